#!/usr/bin/env python3
"""logtail follows a log through what happens to it: every line once, in order."""

import subprocess
import sys

from support import main
from support.following import FollowingCase, lines, text
from support.tool import ROOT


class Following(FollowingCase):
    def test_a_file_that_does_not_exist_yet_is_shipped_from_its_first_byte(self):
        run = self.follow()
        self.append(text(lines(1, 3)))
        self.assert_shipped(run, lines(1, 3))

    def test_more_files_than_the_usual_limit_of_descriptors(self):
        logs = [self.file(f"{n}.log", b"line\n") for n in range(100)]
        limited = ("sh", "-c", 'ulimit -S -n 64; exec "$@"', "sh")
        options = ("-t", self.into, "--from", "beginning")
        run = self.start_logtail(*options, *logs, under=limited)
        self.assert_shipped(run, [b"line"] * len(logs))

    def test_what_is_in_the_file_before_is_left_out_and_that_is_said(self):
        self.append(b"old one\nold two\n")
        run = self.start_logtail("-t", self.into, self.log)
        run.wait_for_message("16 bytes before it are left out")
        self.append(text(lines(1, 2)))
        self.assert_shipped(run, lines(1, 2))

    def test_it_begins_with_the_last_lines_when_asked(self):
        self.append(text(lines(1, 1000)))
        run = self.start_logtail("-t", self.into, "-n", "2", self.log)
        self.into.wait_for(2)
        self.append(text(lines(1001, 1002)))
        self.assert_shipped(run, lines(999, 1002))

    def test_it_begins_at_the_beginning_when_asked(self):
        self.append(text(lines(1, 10)))
        run = self.start_logtail("-t", self.into, "--from", "beginning", self.log)
        self.assert_shipped(run, lines(1, 10))

    def test_a_program_that_rotates_its_log_three_times_loses_nothing(self):
        self.assert_rotations_lose_nothing("--verbose")

    def test_rotations_lose_nothing_without_inotify_either(self):
        self.assert_rotations_lose_nothing("--verbose", "--poll=50ms")

    def assert_rotations_lose_nothing(self, *options):
        run = self.follow("--verbose", *options)  # rotations within a minute are told to that alone
        writer = [sys.executable, ROOT / "scripts" / "writer", self.log]
        subprocess.run([*writer, "--count", "40", "--interval", "0.01"], check=True, timeout=60)
        rotated = sorted(self.folder.glob("*.txt"), key=lambda file: file.stat().st_mtime_ns)
        self.assertEqual(len(rotated), 3)
        written = [line for file in rotated for line in file.read_bytes().splitlines()]
        self.into.wait_for(120)
        for file in rotated:
            run.wait_for_message(f"rotated to {file}")
        self.assert_shipped(run, written)

    def test_lines_written_to_the_old_file_after_a_rotation_come_before_those_of_the_new(self):
        run = self.follow()
        old = self.log.open("ab", buffering=0)
        old.write(text(lines(1, 3)))
        self.into.wait_for(3)
        self.log.rename(self.folder / "app.log.1")
        old.write(text(lines(4, 6)))
        self.append(text(lines(7, 9)))
        old.close()
        self.assert_shipped(run, lines(1, 9))

    def test_a_file_that_is_deleted_and_made_again_is_read_from_its_beginning(self):
        run = self.follow()
        self.append(text(lines(1, 5)))
        self.into.wait_for(5)
        self.log.unlink()
        self.append(text(lines(6, 10)))
        self.assert_shipped(run, lines(1, 10))

    def test_a_file_that_is_replaced_by_a_renamed_one_is_read_from_its_beginning(self):
        run = self.follow()
        self.append(text(lines(1, 5)))
        self.into.wait_for(5)
        self.file("new", b"other\n" + text(lines(6, 10))).rename(self.log)
        self.assert_shipped(run, [*lines(1, 5), b"other", *lines(6, 10)])

    def test_half_a_line_waits_for_its_other_half(self):
        run = self.follow()
        self.append(b"whole\nhal")
        self.into.wait_for(1)
        self.append(b"f a line\nnext\n")
        self.assert_shipped(run, [b"whole", b"half a line", b"next"])

    def test_a_line_without_an_end_is_held_and_told_at_the_end(self):
        run = self.follow()
        self.append(b"whole\nunfinished")
        self.into.wait_for(1)
        self.assert_ended(run.stop(), 0, "10 bytes at byte 6 without a line end")
        self.assertEqual(self.into.values(), [b"whole"])

    def test_the_last_line_of_a_rotated_file_needs_no_end(self):
        run = self.follow()
        self.append(b"first\nlast")
        self.into.wait_for(1)
        self.log.rename(self.folder / "app.log.1")
        self.append(b"new\n")
        self.assert_shipped(run, [b"first", b"last", b"new"])

    def test_a_file_is_read_once_its_permission_is_given(self):
        nobody = ("setpriv", "--reuid=65534", "--clear-groups")
        self.folder.chmod(0o755)
        self.append(text(lines(1, 3)))
        self.log.chmod(0)
        options = ("-t", self.into, "--from", "beginning", self.log)
        run = self.start_logtail(*options, under=nobody)
        run.wait_for_message("Permission denied")
        self.log.chmod(0o644)
        self.assert_shipped(run, lines(1, 3))

    def test_two_logs_keep_their_own_order(self):
        other = self.folder / "other.log"
        run = self.start_logtail("-t", self.into, self.log, other)
        run.wait_for_message(f"{other}: not there")
        for n in range(1, 51):
            self.append(b"app %d\n" % n)
            with other.open("ab") as log:
                log.write(b"other %d\n" % n)
        self.into.wait_for(100)
        self.assert_ended(run.stop(), 0)
        values = self.into.values()
        for name in (b"app", b"other"):
            expected = [b"%b %d" % (name, n) for n in range(1, 51)]
            self.assert_same_lines([v for v in values if v.startswith(name)], expected)


if __name__ == "__main__":
    main()
