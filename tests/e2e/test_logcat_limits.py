#!/usr/bin/env python3
"""logcat's limits and exit codes in every mode: time limits, signals, a full disk, a reader that goes
away, and which of them counts where several are true."""

import os
import signal
import subprocess

from support import ToolCase, main

# What prints, with the options that make it end.
MODES = {
    "text": ("-e",),
    "format": ("-e", "-f", "%o %s\\n"),
    "value": ("-e", "--value"),
    "json": ("-e", "-J"),
    "merge": ("-e", "--merge"),
    "tail": ("-e", "-n", "100"),
    "count": ("--count-only",),
    "histogram": ("--histogram", "1h"),
    "at": ("--at", "0:1"),
    "list": ("-L",),
    "list json": ("-L", "-J"),
    "query": ("-Q", "2000-01-01"),
    "verify": ("--verify",),
}
FOLLOWERS = {
    "text": ("-o", "oldest"),
    "json": ("-o", "oldest", "-J"),
    "merge": ("-o", "oldest", "--merge"),
    "tail": ("-n", "10"),
}


class Limits(ToolCase):
    def topic_of(self, count, size=10):
        topic = self.topic()
        topic.write(*[b"x" * size] * count)
        return topic

    def start_blocked(self, *options, **how):
        """A run that has filled a pipe which nobody reads."""
        read, write = os.pipe()
        self.reader = open(read, "rb")
        self.addCleanup(self.reader.close)
        with open(write, "wb") as writer:
            run = self.start_logcat(*options, stdout=writer, **how)
        self.reader.peek(1)
        return run


class Disk(Limits):
    def test_a_full_disk_fails_whatever_is_printed(self):
        topic = self.topic_of(10)
        for mode, options in MODES.items():
            with self.subTest(mode), open("/dev/full", "wb") as full:
                run = self.start_logcat(*options, topic, stdout=full)
                self.assert_ended(run.end(), 1, "stdout: No space left on device")

    def test_a_full_disk_fails_a_follower(self):
        topic = self.topic_of(10)
        for mode, options in FOLLOWERS.items():
            with self.subTest(mode), open("/dev/full", "wb") as full:
                run = self.start_logcat(*options, topic, stdout=full)
                self.assert_ended(run.end(), 1, "stdout: No space left on device")

    def test_an_output_file_on_a_full_disk_fails_and_is_not_there(self):
        disk = self.folder / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]
        if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
            self.skipTest("no right to mount")
        self.addCleanup(subprocess.run, ["umount", disk], check=True)
        path = disk / "export"
        ended = self.logcat("-e", "--output", path, self.topic_of(1000, size=1000))
        self.assert_ended(ended, 1, str(disk), "No space left on device")
        self.assertEqual(list(disk.iterdir()), [])


class Reader(Limits):
    """It reads a line and goes away."""

    def test_it_ends_every_mode_quietly(self):
        topic = self.topic_of(3000, size=1000)
        for mode, options in MODES.items():
            with self.subTest(mode):
                run = self.start_logcat(*options, topic, stdout=subprocess.PIPE)
                self.assertTrue(run.process.stdout.readline())
                run.process.stdout.close()
                self.assert_quiet(run.end())

    def test_it_ends_a_follower_that_has_nothing_to_print(self):
        topic = self.topic_of(20)
        for mode, options in FOLLOWERS.items():
            with self.subTest(mode):
                run = self.start_logcat("-q", *options, topic, stdout=subprocess.PIPE)
                self.assertTrue(run.process.stdout.readline())
                run.process.stdout.close()
                self.assert_quiet(run.end())

    def test_it_has_gone_before_anything_is_there(self):
        topic = self.topic_of(10)
        for mode, options in MODES.items():
            with self.subTest(mode):
                read, write = os.pipe()
                os.close(read)
                with open(write, "wb") as writer:
                    run = self.start_logcat(*options, topic, stdout=writer)
                self.assert_quiet(run.end())


class Time(Limits):
    def test_a_limit_holds_while_nobody_reads(self):
        topic = self.topic_of(3000, size=1000)
        for mode in ("text", "json", "merge"):
            with self.subTest(mode):
                run = self.start_blocked(*MODES[mode], "--timeout", "2s", topic)
                self.assert_ended(run.end(), 3, "the time limit of 2s has passed")

    def test_a_limit_holds_for_a_follower_that_nobody_reads(self):
        run = self.start_blocked("-o", "oldest", "--timeout", "2s", self.topic_of(3000, size=1000))
        self.assert_ended(run.end(), 3, "the time limit of 2s has passed")

    def test_idle_ends_a_run_that_had_more_to_wait_for(self):
        topic = self.topic_of(3)
        ended = self.logcat("--value", "-o", "oldest", "-c", "5", "--idle", "1s", topic)
        self.assert_ended(ended, 3, "no record came for 1s", "3 of 5 records")
        self.assertEqual(len(ended.lines), 3)

    def test_the_shorter_of_two_limits_counts(self):
        topic = self.topic_of(3)
        options = ("-o", "oldest", "-c", "5")
        ended = self.logcat(*options, "--idle", "1s", "--timeout", "1h", topic)
        self.assert_ended(ended, 3, "no record came")
        ended = self.logcat(*options, "--idle", "1h", "--timeout", "1s", topic)
        self.assert_ended(ended, 3, "the time limit")

    def test_no_broker_within_the_time_for_one(self):
        for mode, options in MODES.items():
            with self.subTest(mode):
                limit = ("--connect-timeout", "300ms")
                ended = self.logcat(*options, *limit, "test", brokers=self.closed_port())
                self.assert_ended(ended, 3, "300ms")

    def test_no_broker_within_the_whole_time(self):
        for mode, options in MODES.items():
            with self.subTest(mode):
                limit = ("--timeout", "300ms")
                ended = self.logcat(*options, *limit, "test", brokers=self.closed_port())
                self.assert_ended(ended, 3, "the time limit of 300ms has passed")


class Signals(Limits):
    CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 143}

    def test_each_cuts_a_bounded_run_short_that_nobody_reads(self):
        topic = self.topic_of(3000, size=1000)
        for mode in ("text", "json", "merge"):
            for number, code in self.CODES.items():
                with self.subTest(mode, signal=number.name):
                    run = self.start_blocked(*MODES[mode], topic)
                    self.assert_ended(run.stop(number), code)

    def test_each_cuts_short_what_waits_for_a_broker(self):
        brokers = self.closed_port()
        for mode, options in MODES.items():
            with self.subTest(mode):
                run = self.start_logcat("--verbose", *options, "test", brokers=brokers)
                run.wait_for_message("Connection refused")
                self.assert_ended(run.stop(signal.SIGTERM), 143)

    def test_each_ends_a_follower_with_0(self):
        topic = self.topic_of(3)
        for mode, options in FOLLOWERS.items():
            for number in self.CODES:
                with self.subTest(mode, signal=number.name):
                    run = self.start_logcat("-q", *options, topic)
                    run.wait_for_output(3)
                    self.assert_quiet(run.stop(number))

    def test_a_second_one_ends_it_at_once(self):
        """Both come while it sleeps, so that the first is not yet dealt with."""
        for first, second, code in (
            (signal.SIGINT, signal.SIGTERM, 143),
            (signal.SIGHUP, signal.SIGINT, 130),
        ):
            with self.subTest(second.name):
                run = self.start_logcat("-o", "oldest", self.topic_of(1))
                run.wait_for_output(1)
                with run.asleep():
                    run.send(first)
                    run.send(second)
                self.assert_ended(run.end(), code)


class Force(Limits):
    """The first of 2, 5, 130 and 143, 1, 3, 4 counts."""

    def test_what_is_wrong_comes_before_who_owns_the_state(self):
        run, state, topic = self.owner()
        ended = self.logcat("-e", "--state", state, "-f", "%q", topic)
        self.assert_ended(ended, 2)
        self.assert_ended(run.stop(), 0)

    def test_who_owns_the_state_comes_before_a_broker_that_is_away(self):
        run, state, topic = self.owner()
        limit = ("--connect-timeout", "100ms")
        ended = self.logcat("-e", "--state", state, *limit, topic, brokers=self.closed_port())
        self.assert_ended(ended, 5)
        self.assert_ended(run.stop(), 0)

    def owner(self):
        """A follower that owns a state."""
        state, topic = self.folder / "state.db", self.topic_of(1)
        run = self.start_logcat("--state", state, "-o", "oldest", topic)
        run.wait_for_output(1)
        return run, state, topic

    def test_a_signal_comes_before_a_search_that_found_nothing(self):
        run = self.start_logcat(
            "--verbose", "-o", "oldest", "--timeout", "1h", "--grep", "nowhere", self.topic_of(3)
        )
        run.wait_for_message("from offset 0")
        self.assert_ended(run.stop(signal.SIGINT), 130)

    def test_a_signal_comes_before_a_full_disk(self):
        with open("/dev/full", "wb") as full:
            options = ("--verbose", "--count-only", "-o", "newest", "-c", "99")
            run = self.start_logcat(*options, self.topic_of(3), stdout=full)
        run.wait_for_message("from offset 3")
        self.assert_ended(run.stop(signal.SIGINT), 130, "stdout: No space left on device")

    def test_a_limit_comes_before_a_search_that_found_nothing(self):
        options = ("-o", "oldest", "-c", "1", "--timeout", "1s", "--grep", "nowhere")
        self.assert_ended(self.logcat(*options, self.topic_of(3)), 3)

    def test_a_full_disk_comes_before_a_limit(self):
        with open("/dev/full", "wb") as full:
            options = ("-o", "oldest", "-c", "99", "--timeout", "5s", "--count-only")
            run = self.start_logcat(*options, self.topic_of(3), stdout=full)
        self.assert_ended(run.end(), 1)

    def test_nothing_found_within_the_time_is_nothing_found(self):
        options = ("-o", "oldest", "--timeout", "1s", "--grep", "nowhere")
        self.assert_ended(self.logcat(*options, self.topic_of(3)), 4)


if __name__ == "__main__":
    main()
