#!/usr/bin/env python3
"""How a signal ends the tools: what is shipped before, and the exit code."""

import os
import signal
import subprocess
import time

from support import ToolCase, main

LINES = 100_000


class LogtailEndings(ToolCase):
    def follow(self, topic, *, under=()):
        """A follower that has shipped one line of the log."""
        log = self.folder / "app.log"
        run = self.start_logtail("-t", topic, log, under=under)
        run.wait_for_message("waiting for it")
        log.write_bytes(b"first\n")
        topic.wait_for(1)
        return run, log

    def assert_signal_ships_all(self, number):
        topic = self.topic()
        run, log = self.follow(topic)
        with log.open("ab") as out:
            out.write(b"".join(b"%d\n" % n for n in range(LINES)))
        self.assert_ended(run.stop(number), 0)
        self.assertEqual(topic.count(), LINES + 1)

    def endless(self, *options):
        """A run in the midst of a file that it will not have read while a test lasts: behind its
        first line it is one hole."""
        log = self.file("endless.log", b"first\n")
        os.truncate(log, 1 << 40)
        topic = self.topic()
        run = self.start_logtail("-t", topic, "--from", "beginning", *options, log)
        topic.wait_for(1)
        return run

    def test_a_stop_timeout_holds_while_there_is_more_to_read(self):
        ended = self.endless("--stop-timeout", "100ms").stop(seconds=5)
        self.assert_ended(ended, 3, "bytes not read are left")

    def test_a_time_limit_holds_while_there_is_more_to_read(self):
        ended = self.endless("--timeout", "2s").end(seconds=5)
        self.assert_ended(ended, 3, "bytes not read are left")

    def endless_dry_run(self, *options):
        log = self.file("app.log", b"first\n")
        os.truncate(log, 1 << 40)
        run = self.start_logtail("-t", "orders", "--dry-run", *options, log)
        run.wait_for_output(1)
        return run

    def test_a_stop_timeout_holds_in_a_dry_run_too(self):
        options = ("--from", "beginning", "--stop-timeout", "100ms")
        self.assert_ended(self.endless_dry_run(*options).stop(seconds=5), 3)
        options = ("--once", "--stop-timeout", "100ms")
        self.assert_ended(self.endless_dry_run(*options).stop(seconds=5), 143)

    def test_a_time_limit_holds_in_a_dry_run_too(self):
        options = ("--from", "beginning", "--timeout", "500ms")
        self.assert_ended(self.endless_dry_run(*options).end(seconds=10), 3)

    def test_a_second_signal_ends_it_while_there_is_more_to_read(self):
        run = self.endless("--stop-timeout", "1h")
        run.send(signal.SIGINT)
        self.assert_ended(run.stop(signal.SIGTERM, seconds=5), 143)

    def test_sigterm_ships_what_is_in_the_file(self):
        self.assert_signal_ships_all(signal.SIGTERM)

    def test_sigint_ships_what_is_in_the_file(self):
        self.assert_signal_ships_all(signal.SIGINT)

    def test_sighup_ships_what_is_in_the_file(self):
        self.assert_signal_ships_all(signal.SIGHUP)

    def test_a_sighup_that_is_ignored_ends_nothing(self):
        topic = self.topic()
        run, log = self.follow(topic, under=("nohup",))
        run.send(signal.SIGHUP)
        with log.open("ab") as out:
            out.write(b"second\n")
        topic.wait_for(2)
        self.assert_ended(run.stop(), 0)
        self.assertEqual(topic.values(), [b"first", b"second"])

    def assert_cut_short(self, number, code):
        """stdin that does not end: the run was to take all of it, and takes what the pipe holds."""
        topic = self.topic()
        run = self.start_logtail("-t", topic, "-", stdin=subprocess.PIPE)
        run.feed(b"one\ntwo\n")
        topic.wait_for(2)
        run.feed(b"three\n")
        self.assert_ended(run.stop(number), code)
        self.assertEqual(topic.values(), [b"one", b"two", b"three"])

    def test_a_bounded_run_that_sigterm_cuts_short_ends_with_143(self):
        self.assert_cut_short(signal.SIGTERM, 143)

    def test_a_bounded_run_that_sigint_cuts_short_ends_with_130(self):
        self.assert_cut_short(signal.SIGINT, 130)

    def test_a_time_limit_ends_a_follower_that_has_shipped_all_with_0(self):
        topic = self.topic()
        log = self.file("app.log", b"one\n")
        options = ("--from", "beginning", "--timeout", "1s")
        ended = self.logtail("-t", topic, *options, log)
        self.assert_ended(ended, 0)
        self.assertEqual(topic.values(), [b"one"])

    def test_a_time_limit_with_work_left_ends_with_3(self):
        topic = self.topic()
        begin = time.monotonic()
        run = self.start_logtail("-t", topic, "--timeout", "1s", "-", stdin=subprocess.PIPE)
        run.feed(b"one\n")
        topic.wait_for(1)
        ended = run.end()
        self.assert_ended(ended, 3)
        self.assertLess(time.monotonic() - begin, 5)


class LogcatEndings(ToolCase):
    def started(self, *options):
        """A logcat that has printed the topic's one record."""
        topic = self.topic()
        topic.write(b"one")
        run = self.start_logcat("-o", "oldest", *options, topic)
        run.wait_for_output(1)
        return run

    def test_a_follower_ends_with_0(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(number.name):
                self.assert_quiet(self.started("-q").stop(number))

    def test_a_bounded_run_that_sigterm_cuts_short_ends_with_143(self):
        self.assert_ended(self.started("-c", "2").stop(signal.SIGTERM), 143)

    def test_a_bounded_run_that_sigint_cuts_short_ends_with_130(self):
        self.assert_ended(self.started("-c", "2").stop(signal.SIGINT), 130)

    def test_a_signal_ends_it_while_its_reader_does_not_read(self):
        topic = self.topic()
        topic.write(*[b"x" * 1000] * 1000)
        run = self.start_logcat("-o", "oldest", topic, stdout=subprocess.PIPE)
        self.addCleanup(run.process.stdout.close)
        self.assertEqual(run.process.stdout.read(1), b"e")
        self.assertLess(run.stop(seconds=10).seconds, 10)


if __name__ == "__main__":
    main()
