#!/usr/bin/env python3
"""Logs that are copied, cut, replaced, restored and moved while nothing runs: a file is known again
by what it holds, and nothing is passed over that might not have been shipped."""

import os
import shutil

from support import main
from support.following import lines, text
from support.remembering import RememberingCase
from support.rotating import copytruncate, restore, rotate

BANNER = b"".join(b"# %03d service starts, version 4.7\n" % n for n in range(100))


class CopyTruncate(RememberingCase):
    """Line 1 is shipped, line 2 is written in downtime, and then comes copytruncate."""

    def setUp(self):
        super().setUp()
        self.append(text(lines(1, 1)))
        self.ship()
        self.append(text(lines(2, 2)))

    def test_the_rest_is_shipped_from_the_copy(self):
        copytruncate(self.log)
        self.append(text(lines(3, 4)))
        self.ship()
        self.assert_topic(lines(1, 4))

    def test_the_new_content_is_larger_than_the_old_one(self):
        copytruncate(self.log)
        self.append(text(lines(3, 100)))
        self.ship()
        self.assert_topic(lines(1, 100))

    def test_nothing_was_written_since(self):
        copytruncate(self.log)
        self.ship()
        self.append(text(lines(3, 3)))
        self.ship()
        self.assert_topic(lines(1, 3))

    def test_three_times(self):
        for n in range(3, 6):
            copytruncate(self.log)
            self.append(text(lines(n, n)))
        self.ship()
        self.assert_topic(lines(1, 5))

    def test_then_the_copy_is_rotated_on(self):
        copytruncate(self.log)
        self.append(text(lines(3, 3)))
        self.ship()
        copytruncate(self.log)
        self.append(text(lines(4, 4)))
        self.ship()
        self.assert_topic(lines(1, 4))

    def test_a_copy_with_a_date(self):
        copytruncate(self.log, self.folder / "app.log-20261122")
        self.append(text(lines(3, 3)))
        self.ship()
        self.assert_topic(lines(1, 3))

    def test_the_copy_matches_the_pattern(self):
        self.sources = [self.folder / "app.log*"]
        copytruncate(self.log)
        self.append(text(lines(3, 3)))
        self.ship()
        self.assert_topic(lines(1, 3))

    def test_a_long_log_whose_copy_has_any_name(self):
        """Found by its content alone."""
        self.append(text(lines(3, 1000)))
        self.ship()
        self.append(text(lines(1001, 1002)))
        self.sources = [self.folder / "*.log"]
        copytruncate(self.log, self.folder / "saved.log")
        self.append(text(lines(1003, 1004)))
        self.ship()
        self.assert_topic_in_any_order(lines(1, 1004))


class Replaced(RememberingCase):
    def started(self, content):
        self.append(content)
        self.ship()

    def test_a_log_that_vanished_is_told_once_with_what_is_lost(self):
        self.started(b"line 1\nhalf")
        self.log.unlink()
        self.append(text(lines(2, 3)))
        self.assert_told_once(str(self.log), "4 bytes")
        self.assert_topic(lines(1, 3))

    def test_a_follower_tells_it_and_goes_on(self):
        self.started(b"line 1\nhalf")
        self.log.unlink()
        self.append(text(lines(2, 2)))
        run = self.go_on()
        run.wait_for_message("4 bytes")
        self.append(text(lines(3, 3)))
        self.assert_shipped(run, lines(1, 3))
        self.ship()

    def test_old_files_that_were_shipped_may_go(self):
        self.started(text(lines(1, 1)))
        for n in range(2, 5):
            rotate(self.log)
            self.append(text(lines(n, n)))
            self.ship()
        for n in range(1, 4):
            (self.folder / f"app.log.{n}").unlink()
        self.append(text(lines(5, 5)))
        self.ship()
        self.assert_topic(lines(1, 5))

    def test_a_log_of_lines_that_are_all_alike(self):
        """Nothing tells the new file's content from the old one's."""
        for how in ("renamed", "deleted"):
            with self.subTest(how):
                self.into = self.topic()
                self.log = self.folder / f"{how}.log"
                self.sources = [self.log]
                self.started(b"ok\n" * 1000)
                if how == "renamed":
                    rotate(self.log)
                else:
                    self.log.unlink()
                self.append(b"ok\n" * 1200)
                self.run_once()
                self.assert_topic([b"ok"] * 2200)

    def test_a_longer_file_that_begins_alike_loses_nothing(self):
        """Sending again what was sent is allowed."""
        self.started(text(lines(1, 500)))
        self.file("new", text(lines(1, 600))).rename(self.log)
        self.run_once()
        self.assertEqual(set(self.into.values()), set(lines(1, 600)))

    def test_two_logs_that_begin_with_the_same_banner(self):
        names = (b"a", b"b")
        logs = [self.file(f"{name.decode()}.log", BANNER) for name in names]
        self.sources = [self.folder / "*.log"]
        self.ship()
        expected = [*BANNER.splitlines()] * 2
        for n in range(3):
            for log, name in zip(logs, names):
                self.append(b"last of %s %d\n" % (name, n), log)
                rotate(log)
                self.append(BANNER + b"first of %s %d\n" % (name, n), log)
                expected += [b"last of %s %d" % (name, n), b"first of %s %d" % (name, n)]
                expected += BANNER.splitlines()
            self.ship()
        self.assert_topic_in_any_order(expected)


class Restored(RememberingCase):
    def setUp(self):
        super().setUp()
        self.append(text(lines(1, 3)))

    def test_a_log_in_another_file_goes_on_where_it_was(self):
        self.ship()
        restore(self.log)
        self.ship()
        self.append(text(lines(4, 4)))
        restore(self.log)
        self.ship()
        self.assert_topic(lines(1, 4))

    def test_old_files_too(self):
        self.ship()
        for n in range(4, 7):
            rotate(self.log)
            self.append(text(lines(n, n)))
        for name in ("app.log", "app.log.1", "app.log.2", "app.log.3"):
            restore(self.folder / name)
        self.ship()
        self.assert_topic(lines(1, 6))

    def test_a_log_that_was_renamed_and_renamed_back(self):
        self.ship()
        self.log.rename(self.folder / "aside")
        self.append(text(lines(4, 4)), self.folder / "aside")
        (self.folder / "aside").rename(self.log)
        self.ship()
        self.assert_topic(lines(1, 4))

    def test_the_pattern_is_edited(self):
        self.sources = [self.folder / "*.log"]
        self.ship()
        self.append(text(lines(4, 4)))
        self.sources = [self.folder / "**" / "*.log"]
        self.ship()
        self.append(text(lines(5, 5)))
        self.sources = [self.log]
        self.ship()
        self.assert_topic(lines(1, 5))

    def test_the_log_is_moved_to_another_directory(self):
        self.sources = [self.folder / "*.log"]
        self.ship()
        (self.folder / "deeper").mkdir()
        self.log.rename(self.folder / "deeper" / "app.log")
        self.append(text(lines(4, 4)), self.folder / "deeper" / "app.log")
        self.sources = [self.folder / "**" / "*.log"]
        self.ship()
        self.assert_topic(lines(1, 4))

    def test_the_log_s_directory_is_copied(self):
        """By rsync to another volume, say: other files, and another path."""
        self.append(text(lines(4, 1000)))
        self.ship()
        self.append(text(lines(1001, 1001)))
        shutil.copytree(self.folder, self.folder.with_name(self.folder.name + "-moved"))
        self.addCleanup(shutil.rmtree, self.folder.with_name(self.folder.name + "-moved"))
        self.sources = [self.folder.with_name(self.folder.name + "-moved") / "app.log"]
        self.ship()
        self.assert_topic(lines(1, 1001))

    def test_times_do_not_decide(self):
        self.ship()
        for moment in (0, 1 << 32):
            self.append(text(lines(4, 4)) if moment == 0 else text(lines(5, 5)))
            os.utime(self.log, (moment, moment))
            rotate(self.log)
            self.append(b"")
            self.ship()
        self.assert_topic(lines(1, 5))


class WhatIsKept(RememberingCase):
    def test_the_state_is_lost(self):
        self.append(text(lines(1, 3)))
        self.ship()
        for path in self.folder.glob("positions*"):
            path.unlink()
        self.append(text(lines(4, 4)))
        self.ship()
        self.assert_topic([*lines(1, 3), *lines(1, 4)])

    def test_sources_that_are_not_named_are_left_alone(self):
        a, b = self.file("a.log", b"a 1\n"), self.file("b.log", b"b 1\n")
        self.sources = [a, b]
        self.ship()
        self.append(b"a 2\n", a)
        self.append(b"b 2\n", b)
        self.sources = [a]
        self.ship()
        rotate(b)
        self.append(b"b 3\n", b)
        self.ship()
        self.sources = [a, b]
        self.ship()
        self.assert_topic_in_any_order([b"a 1", b"a 2", b"b 1", b"b 2", b"b 3"])

    def test_a_log_that_is_not_there_now_is_not_given_up(self):
        """A volume that is not mounted yet."""
        volume = self.folder / "volume"
        volume.mkdir()
        self.log = volume / "app.log"
        self.sources = [volume / "*.log"]
        self.append(text(lines(1, 2)))
        self.ship()
        volume.rename(self.folder / "elsewhere")
        self.assert_ended(self.run_once(), 0, "matches no file")
        (self.folder / "elsewhere").rename(volume)
        self.append(text(lines(3, 3)))
        self.ship()
        self.assert_topic(lines(1, 3))

    def test_files_that_are_older_than_asked_for_are_left_out_unless_known(self):
        old, new = self.file("old.log", b"old 1\n"), self.file("new.log", b"new 1\n")
        os.utime(old, (1000, 1000))
        self.sources = [self.folder / "*.log"]
        self.ship("--ignore-older", "1h")
        self.append(b"new 2\n", new)
        os.utime(new, (1000, 1000))
        self.ship("--ignore-older", "1h")
        self.assert_topic([b"new 1", b"new 2"])


if __name__ == "__main__":
    main()
