#!/usr/bin/env python3
"""`--once --state`, again and again, as cron does it: each run takes what has come since the last
one, ends with 0 and says nothing."""

import os
import signal

from support import main, wait_until
from support.case import OwnBrokerCase
from support.following import lines, text
from support.log_writer import Arrivals, LogWriter
from support.remembering import RememberingCase
from support.rotating import compress, copytruncate, old_name, rotate

RUNS = 15


class WhileItIsWritten(RememberingCase):
    """A run begins when the last one has ended, and the writer never waits."""

    def assert_each_line_once(self, **how):
        self.log.touch()
        self.ship()  # what is rotated before the first run is nobody's
        writer = LogWriter(self.log, rate=20_000, seed=1, **how)
        self.addCleanup(writer.stop)
        writer.start()
        wait_until(lambda: writer.lines, "a first line")
        files = len(writer.sizes)
        while len(writer.sizes) < files + RUNS:
            self.ship()
        writer.stop()
        self.ship()
        arrivals = Arrivals(self.into.values(), writer.sizes)
        self.assertEqual(arrivals.missing, [])
        self.assertEqual(arrivals.overtaken, [])
        self.assertEqual(arrivals.again, 0)

    def test_a_log_that_is_renamed_and_compressed(self):
        self.assert_each_line_once(how=(rotate,), pause=(0.1, 1.0))

    def test_a_log_that_is_copied_and_cut(self):
        self.assert_each_line_once(how=(copytruncate,), pause=(0.1, 1.0))

    def test_several_rotations_between_two_runs(self):
        self.assert_each_line_once(how=(rotate,), pause=(0.02, 0.1))


class EachMinute(RememberingCase):
    """What happens between two runs."""

    def minutes(self, happens):
        """Two lines come each minute; from the third minute on something happens to the log."""
        for minute in range(12):
            first = 2 * minute + 1
            self.append(text(lines(first, first)))
            if minute > 2:
                happens(minute)
            self.append(text(lines(first + 1, first + 1)))
            self.ship()
        self.assert_topic(lines(1, 24))

    def test_nothing(self):
        self.minutes(lambda minute: None)

    def test_it_is_renamed(self):
        self.minutes(lambda minute: rotate(self.log))

    def test_it_is_copied_and_cut(self):
        self.minutes(lambda minute: copytruncate(self.log))

    def test_logrotate_s_delaycompress(self):
        def rotate_and_compress_the_last(minute):
            rotate(self.log)
            if minute > 3:
                compress(old_name(self.log, 2))

        self.minutes(rotate_and_compress_the_last)

    def test_it_is_copied_and_cut_and_the_copy_compressed(self):
        def copytruncate_and_compress(minute):
            copytruncate(self.log)
            compress(old_name(self.log, 1))

        self.minutes(copytruncate_and_compress)

    def test_only_the_last_three_old_files_are_left(self):
        def rotate_and_delete(minute):
            rotate(self.log)
            old_name(self.log, 4).unlink(missing_ok=True)

        self.minutes(rotate_and_delete)

    def test_a_log_that_rotates_while_it_is_empty(self):
        for n in range(1, 5):
            self.append(text(lines(n, n)))
            self.ship()
            rotate(self.log)
            self.append(b"")
            self.ship()
            rotate(self.log)
            self.append(b"")
        self.ship()
        self.assert_topic(lines(1, 4))


class UnfinishedLines(RememberingCase):
    def test_the_last_line_waits_for_the_run_that_finds_its_end(self):
        self.append(b"line 1\nli")
        self.ship()
        self.ship()
        self.append(b"ne ")
        self.ship()
        self.assert_topic(lines(1, 1))
        self.append(b"2\n")
        self.ship()
        self.assert_topic(lines(1, 2))

    def test_it_is_shipped_when_the_log_was_still_for_as_long_as_asked(self):
        self.append(b"line 1\nline 2")
        self.ship("--flush-partial", "1h")
        self.assert_topic(lines(1, 1))
        two_hours_ago = self.log.stat().st_mtime - 2 * 3600
        os.utime(self.log, (two_hours_ago, two_hours_ago))
        self.ship("--flush-partial", "1h")
        self.ship("--flush-partial", "1h")
        self.assert_topic(lines(1, 2))

    def test_an_hour_is_what_it_waits_unless_asked(self):
        self.append(b"line 1\nline 2")
        self.ship()
        two_hours_ago = self.log.stat().st_mtime - 2 * 3600
        os.utime(self.log, (two_hours_ago, two_hours_ago))
        self.ship()
        self.assert_topic(lines(1, 2))


class WhatRunsSay(RememberingCase):
    def setUp(self):
        super().setUp()
        self.append(text(lines(1, 1)))
        self.ship()

    def test_a_log_that_is_not_there_is_1_and_the_others_are_shipped(self):
        other = self.file("other.log", b"other\n")
        self.sources = [self.folder / "none.log", self.log, other]
        self.append(text(lines(2, 2)))
        self.assert_ended(self.run_once(), 1, "none.log", "No such file")
        self.sources = [self.log, other]
        self.ship()
        self.assert_topic_in_any_order([*lines(1, 2), b"other"])

    def test_a_log_that_may_not_be_read_is_1_until_it_may(self):
        self.append(text(lines(2, 2)))
        self.log.chmod(0)
        for path in (self.folder, *self.folder.glob("positions*")):
            path.chmod(0o777)
        as_nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
        ended = self.run_once(under=as_nobody)
        self.assert_ended(ended, 1, str(self.log), "Permission denied")
        self.log.chmod(0o644)
        self.assert_quiet(self.run_once(under=as_nobody))
        self.assert_topic(lines(1, 2))

    def test_a_pattern_that_matches_nothing_is_0_and_told(self):
        self.sources = [self.folder / "*.none"]
        self.assert_ended(self.run_once(), 0, "*.none")

    def test_sigterm_in_a_run_is_143_and_the_next_one_goes_on(self):
        self.append(text(lines(2, 500_000)))
        run = self.go_on("--once", "--memory", "1M", "--stop-timeout", "0s")
        self.into.wait_for(2)
        self.assert_ended(run.stop(signal.SIGTERM), 143)
        self.assert_ended(self.run_once(), 0)
        first_sight = list(dict.fromkeys(self.into.values()))
        self.assert_same_lines(first_sight, lines(1, 500_000))

    def test_a_run_that_is_still_at_it_is_5_for_the_next(self):
        run = self.go_on()
        self.append(text(lines(2, 2)))
        self.into.wait_for(2)
        self.assert_ended(self.run_once(), 5, str(self.state), str(run.pid))
        self.assert_ended(run.stop(), 0)
        self.ship()
        self.assert_topic(lines(1, 2))

    def test_another_topic_is_told_once_and_the_run_goes_on_where_it_was(self):
        first, self.into = self.into, self.topic()
        self.append(text(lines(2, 2)))
        self.assert_ended(self.run_once(), 0, str(first), str(self.into))
        self.ship()
        self.assert_topic(lines(2, 2))


class BrokerAway(OwnBrokerCase, RememberingCase):
    def test_a_run_is_3_and_the_next_one_catches_up(self):
        self.append(text(lines(1, 1)))
        self.ship()
        self.broker.stop()
        self.addCleanup(self.broker.start)
        for n in range(2, 4):
            rotate(self.log)
            self.append(text(lines(n, n)))
            ended = self.run_once("--connect-timeout", "1s")
            self.assert_ended(ended, 3, "no broker ")
        self.assert_ended(self.run_once("--timeout", "1s"), 3)
        self.broker.start()
        self.into.wait_for(1)
        self.append(text(lines(4, 4)))
        self.ship()
        self.assert_topic(lines(1, 4))

    def test_what_was_read_and_not_acknowledged_is_in_the_copy_alone(self):
        self.append(text(lines(1, 1)))
        run = self.go_on("--stop-timeout", "1s")
        self.into.wait_for(1)
        self.broker.stop()
        self.addCleanup(self.broker.start)
        self.append(text(lines(2, 3)))
        run.wait_for_message("no broker ")
        copytruncate(self.log)
        run.wait_for_message("truncated")
        self.append(text(lines(4, 4)))
        self.assert_ended(run.stop(), 0)
        self.broker.start()
        self.into.wait_for(1)
        self.assert_ended(self.run_once(), 0)
        self.assert_topic(lines(1, 4))


if __name__ == "__main__":
    main()
