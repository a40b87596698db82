#!/usr/bin/env python3
"""Logs that are cut, rewritten, replaced, and that are larger than they look."""

import os
import shutil

from support import main
from support.following import FollowingCase, lines, text

GIB = 1 << 30


class Truncations(FollowingCase):
    def started(self, last):
        run = self.follow()
        self.append(text(lines(1, last)))
        self.into.wait_for(last)
        return run

    def copytruncate(self, copy="app.log.1"):
        shutil.copyfile(self.log, self.folder / copy)
        os.truncate(self.log, 0)

    def test_copytruncate_while_it_is_read_ships_the_rest_from_the_copy(self):
        written = lines(1, 400_000)
        self.append(text(written))
        run = self.follow_all("app.log*")
        self.into.wait_for(1)
        with run.asleep():
            self.copytruncate()
            self.append(text(lines(400_001, 400_002)))
        expected = [*written, *lines(400_001, 400_002)]
        self.assert_shipped_in_any_order(run, expected)

    def test_copytruncate_before_the_end_was_read_ships_the_rest_from_the_copy(self):
        run = self.started(3)
        with run.asleep():
            self.append(text(lines(4, 6)))
            self.copytruncate()
            self.append(text(lines(7, 8)))
        self.assert_shipped(run, lines(1, 8))

    def test_what_a_cut_may_have_taken_is_told(self):
        run = self.started(3)
        with run.asleep():
            self.append(text(lines(4, 6)))
            os.truncate(self.log, 0)
            self.append(text(lines(7, 8)))
        run.wait_for_message(f"{self.log}: truncated")
        self.assert_shipped(run, [*lines(1, 3), *lines(7, 8)])

    def test_rewritten_larger_than_before_in_one_write(self):
        run = self.started(5)
        with run.asleep():
            self.file("app.log", text(lines(101, 199)))
        self.assert_shipped(run, [*lines(1, 5), *lines(101, 199)])

    def test_deleted_and_made_again_with_the_same_first_line(self):
        run = self.started(2)
        with run.asleep():
            self.log.unlink()
            self.append(text([*lines(1, 1), *lines(10, 12)]))
        self.assert_shipped(run, [*lines(1, 2), *lines(1, 1), *lines(10, 12)])

    def test_replaced_by_a_longer_file_that_begins_alike_loses_nothing(self):
        run = self.started(2)
        self.file("new", text(lines(1, 5))).rename(self.log)
        self.into.wait_for(5)
        self.append(text(lines(6, 6)))
        self.into.wait_for(6)
        self.assert_ended(run.stop(), 0)
        self.assertEqual(sorted(set(self.into.values())), lines(1, 6))

    def test_a_file_that_shrinks_while_it_is_read(self):
        self.append(text(lines(1, 400_000)))
        run = self.start_logtail("-t", self.into, "--from", "beginning", self.log)
        self.into.wait_for(1)
        os.truncate(self.log, 100)
        self.append(b"\nlast\n")
        run.wait_for_message("truncated")
        ended = run.stop()
        self.assert_ended(ended, 0)
        self.assertEqual(self.into.values()[-1], b"last")

    def test_times_do_not_decide_what_is_read(self):
        run = self.started(2)
        for moment in (0, 1 << 32):
            os.utime(self.log, (moment, moment))
        self.append(text(lines(3, 3)))
        os.utime(self.log, (1000, 1000))
        self.log.rename(self.folder / "app.log.1")
        self.append(text(lines(4, 4)))
        os.utime(self.log, (500, 500))
        self.assert_shipped(run, lines(1, 4))


class LargeFiles(FollowingCase):
    def hole(self, size):
        with self.log.open("ab") as log:
            log.truncate(log.tell() + size)

    def test_the_last_lines_behind_4_gib(self):
        self.hole(5 * GIB)
        self.append(b"\n" + text(lines(1, 5)))
        options = ("--from", "-3", "-H", "at={offset}")
        run = self.start_logtail("-t", self.into, *options, self.log)
        self.into.wait_for(3)
        self.append(text(lines(6, 6)))
        self.assert_shipped(run, lines(3, 6))
        first = 5 * GIB + 1 + 2 * len("line 1\n")
        expected = [f"at={first + n * len('line 1' + chr(10))}" for n in range(4)]
        self.assertEqual([record.headers for record in self.into.records()], expected)

    def test_a_hole_is_bytes_as_any(self):
        self.append(text(lines(1, 2)))
        self.hole(3 << 20)
        self.append(b"\n" + text(lines(3, 4)))
        ended = self.logtail("-t", self.into, "--once", "--max-line", "512K", self.log)
        self.assert_ended(ended, 0)
        values = self.into.values()
        self.assertEqual(values[:2] + values[-2:], lines(1, 4))
        self.assertEqual(b"".join(values[2:-2]), bytes(3 << 20))


if __name__ == "__main__":
    main()
