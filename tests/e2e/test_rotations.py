#!/usr/bin/env python3
"""Logs that are renamed, replaced, linked and moved: every line once, the older file's first."""

import os
import threading
from pathlib import Path

from support import main, wait_until
from support.following import FollowingCase, lines, text


def watches(pid):
    """How many inotify watches a process has."""
    infos = Path(f"/proc/{pid}/fdinfo").iterdir()
    return sum(info.read_text().count("inotify wd:") for info in infos)


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


class Rotations(FollowingCase):
    def rotate(self, number=1):
        self.log.rename(self.folder / f"app.log.{number}")

    def started(self, *options):
        """A follower that has shipped line 1 and is at the end of its log."""
        run = self.follow(*options)
        self.append(text(lines(1, 1)))
        self.into.wait_for(1)
        return run

    def test_a_file_that_is_replaced_behind_its_end_was_appended_to_first(self):
        run = self.started()
        with run.asleep():
            self.append(text(lines(2, 3)))
            self.file("new", text(lines(4, 6))).rename(self.log)
        self.assert_shipped(run, lines(1, 6))

    def test_three_rotations_before_the_reader_wakes(self):
        for mode in ((), ("--poll=50ms",)):
            with self.subTest(mode):
                self.log = self.folder / f"app{len(mode)}.log"
                self.into = self.topic()
                run = self.started(*mode)
                with run.asleep():
                    for n in range(1, 4):
                        self.append(text(lines(10 * n, 10 * n + 3)))
                        for old in range(n, 0, -1):
                            name = f"{self.log}.{old - 1}" if old > 1 else self.log
                            os.rename(name, f"{self.log}.{old}")
                    self.append(text(lines(40, 43)))
                expected = [line for n in range(1, 5) for line in lines(10 * n, 10 * n + 3)]
                self.assert_shipped(run, [*lines(1, 1), *expected])

    def test_200_rotations_leave_no_descriptor_and_no_watch_behind(self):
        run = self.started()
        before = descriptors(run.pid), watches(run.pid)
        for n in range(2, 202):
            self.rotate(n)
            self.append(text(lines(n, n)))
        self.into.wait_for(201)
        # A few old ones, that somebody might still write to, are watched for longer.
        few = lambda: descriptors(run.pid) < before[0] + 20 and watches(run.pid) < before[1] + 20
        wait_until(few, lambda: f"{before}, now {descriptors(run.pid)}, {watches(run.pid)}")
        self.assert_shipped(run, lines(1, 201))

    def test_the_writer_stays_in_the_old_file_while_another_writes_the_new_one(self):
        run = self.started()
        old = self.enterContext(self.log.open("ab", buffering=0))
        self.rotate()
        self.append(text(lines(2, 3)))
        self.into.wait_for(3, 12)
        old.write(text(lines(4, 4)))
        self.into.wait_for(4)
        self.append(text(lines(5, 5)))
        self.assert_shipped(run, lines(1, 5))

    def test_half_a_line_that_is_finished_after_the_rotation_is_one_record(self):
        run = self.started()
        old = self.log.open("ab", buffering=0)
        old.write(b"line")
        self.rotate()
        self.append(text(lines(3, 3)))

        def finish():
            old.write(b" 2\n")
            old.close()

        later = threading.Timer(3, finish)
        later.start()
        self.addCleanup(later.join)
        self.assert_shipped(run, lines(1, 3))

    def test_a_file_that_comes_back_is_the_same_file(self):
        run = self.started()
        self.rotate()
        (self.folder / "app.log.1").rename(self.log)
        self.append(text(lines(2, 3)))
        self.assert_shipped(run, lines(1, 3))


class NamesAndPatterns(FollowingCase):
    def test_a_file_that_leaves_the_pattern_is_read_while_it_is_written_to(self):
        run = self.follow_all("*.log")
        self.append(text(lines(1, 1)))
        self.into.wait_for(1)
        gone = self.folder / "app.done"
        self.log.rename(gone)
        self.append(text(lines(2, 3)), gone)
        self.into.wait_for(3)
        self.append(b"other\n", self.folder / "other.log")
        self.assert_shipped(run, [*lines(1, 3), b"other"])

    def test_one_followed_file_is_moved_onto_another(self):
        a, b = self.folder / "a", self.folder / "b"
        options = ("-t", self.into, "--from", "beginning")
        run = self.start_logtail(*options, self.file("a", b"a 1\n"), self.file("b", b"b 1\n"))
        self.into.wait_for(2)
        with run.asleep():
            self.append(b"a 2\n", a)
            self.append(b"b 2\n", b)
            a.rename(b)
            self.append(b"a 3\n", b)
            self.append(b"new\n", a)
        self.assert_shipped_in_any_order(run, [b"a 1", b"a 2", b"a 3", b"b 1", b"b 2", b"new"])

    def test_a_link_that_is_pointed_elsewhere_while_its_old_target_is_written_to(self):
        one, two, other = self.file("one"), self.file("two", text(lines(4, 5))), self.folder / "new"
        self.log.symlink_to(one)
        run = self.start_logtail("-t", self.into, "--from", "beginning", self.log)
        self.append(text(lines(1, 1)), one)
        self.into.wait_for(1)
        with run.asleep():
            self.append(text(lines(2, 3)), one)
            other.symlink_to(two)
            other.rename(self.log)
        self.into.wait_for(5)
        self.append(text(lines(6, 6)), two)
        self.assert_shipped(run, lines(1, 6))

    def test_a_file_with_two_names_is_shipped_once_whichever_goes(self):
        self.append(text(lines(1, 1)))
        (self.folder / "hard.log").hardlink_to(self.log)
        run = self.follow_all("*.log")
        self.into.wait_for(1)
        self.log.unlink()
        self.append(text(lines(2, 3)), self.folder / "hard.log")
        self.assert_shipped(run, lines(1, 3))

    def test_neighbours_whose_names_are_like_a_rotated_one_s_are_logs(self):
        run = self.follow_all("app.log*")
        names = ("app.log", "app.log.audit", "app.log.pos")
        for name in names:
            self.append(b"first of %s\n" % name.encode(), self.folder / name)
        self.into.wait_for(3)
        self.log.rename(self.folder / "app.log.1")
        for name in names:
            self.append(b"second of %s\n" % name.encode(), self.folder / name)
        expected = [f"{what} of {name}".encode() for what in ("first", "second") for name in names]
        self.assert_shipped_in_any_order(run, expected)

    def test_a_neighbour_is_not_taken_for_an_old_file_that_was_missed(self):
        run = self.follow()
        self.append(text(lines(1, 1)))
        self.into.wait_for(1)
        with run.asleep():
            self.file("app.log.audit", b"not asked for\n")
            self.file("app.log.pos", b"not either\n")
            self.log.rename(self.folder / "app.log.1")
            self.append(text(lines(2, 2)))
        self.assert_shipped(run, lines(1, 2))

    def test_two_files_that_begin_alike_and_diverge_are_two(self):
        run = self.follow_all("*.log")
        for name in ("a.log", "b.log"):
            self.append(b"the same\n" * 20, self.folder / name)
        self.into.wait_for(40)
        for name in ("a.log", "b.log"):
            self.append(name.encode() + b"\n", self.folder / name)
        self.assert_shipped_in_any_order(run, [*[b"the same"] * 40, b"a.log", b"b.log"])

    def test_a_directory_that_goes_and_comes_back(self):
        self.log = self.folder / "logs" / "app.log"
        run = self.follow()
        for n in range(1, 4):
            self.log.parent.mkdir()
            self.append(text(lines(n, n)))
            self.into.wait_for(n)
            self.log.unlink()
            self.log.parent.rmdir()
            wait_until(lambda: not self.log.parent.exists(), "gone")
        self.assert_shipped(run, lines(1, 3))

    def test_a_file_that_is_written_elsewhere_and_moved_in(self):
        run = self.follow()
        self.file("app.log.tmp", text(lines(1, 3))).rename(self.log)
        self.append(text(lines(4, 5)))
        self.assert_shipped(run, lines(1, 5))


if __name__ == "__main__":
    main()
