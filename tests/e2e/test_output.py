#!/usr/bin/env python3
"""Output that cannot be written: a closed pipe ends quietly, a full disk does not."""

import os
import subprocess

from support import ToolCase, main


def closing(redirection):
    """What runs a tool with one of its standard descriptors closed."""
    return ("sh", "-c", f'exec "$@" {redirection}', "sh")


class Output(ToolCase):
    def topic_of(self, count):
        topic = self.topic()
        topic.write(*(b"value %d" % n for n in range(count)))
        return topic

    def read_first_line_and_close(self, run):
        line = run.process.stdout.readline()
        run.process.stdout.close()
        return line

    def test_a_full_disk_fails(self):
        topic = self.topic_of(10)
        for options in (("-e",), ("-o", "oldest")):
            with self.subTest(options), open("/dev/full", "wb") as full:
                run = self.start_logcat(*options, topic, stdout=full)
                self.assert_ended(run.end(20), 1, "No space left on device")

    def test_a_full_disk_fails_a_dry_run(self):
        log = self.file("app.log", b"one\n")
        with open("/dev/full", "wb") as full:
            run = self.start_logtail("-t", "orders", "--once", "--dry-run", log, stdout=full)
        self.assert_ended(run.end(), 1, "No space left on device")

    def test_a_file_that_may_not_grow_fails(self):
        log = self.file("app.log", b"a line\n" * 1000)
        limited = ("sh", "-c", 'ulimit -f 8; exec "$@"', "sh")
        ended = self.logtail("-t", "orders", "--once", "--dry-run", log, under=limited)
        self.assert_ended(ended, 1, "stdout: File too large")

    def test_metrics_replace_no_device(self):
        device, log = self.folder / "device", self.file("app.log", b"one\n")
        os.mkfifo(device)
        ended = self.logtail("-t", self.topic(), "--once", "--metrics", device, log)
        self.assert_ended(ended, 2, "--metrics", "no regular file")
        self.assertTrue(device.is_fifo())

    def test_a_stdout_that_is_closed_fails(self):
        run = self.start_logcat("-e", self.topic_of(10), under=closing(">&-"))
        self.assert_ended(run.end(20), 1, "stdout: Bad file descriptor")

    def test_a_stdin_that_is_closed_fails(self):
        run = self.start_logtail("-t", self.topic(), "-", under=closing("<&-"))
        self.assert_ended(run.end(20), 1, "stdin: Bad file descriptor")

    def test_a_stderr_that_is_closed_is_no_connection(self):
        """Messages go nowhere, and not into what was opened with the number of stderr."""
        topic = self.topic()
        log = self.file("app.log", b"one\n")
        options = ("--verbose", "--from", "beginning", "--timeout", "1s")
        run = self.start_logtail("-t", topic, *options, log, under=closing("2>&-"))
        self.assert_quiet(run.end(20))
        self.assertEqual(topic.values(), [b"one"])

    def test_a_reader_that_goes_away_ends_it_quietly(self):
        topic = self.topic_of(10)
        topic.write(*[b"x" * 1000] * 1000)
        run = self.start_logcat("-e", topic, stdout=subprocess.PIPE)
        self.assertIn(b"Offset:0,", self.read_first_line_and_close(run))
        self.assert_quiet(run.end(20))

    def test_a_reader_that_goes_away_ends_it_while_the_topic_is_quiet(self):
        run = self.start_logcat("-q", "-o", "oldest", self.topic_of(3), stdout=subprocess.PIPE)
        self.assertIn(b"Offset:0,", self.read_first_line_and_close(run))
        self.assert_quiet(run.end(10))

    def test_a_reader_that_goes_away_ends_a_dry_run_quietly(self):
        log = self.file("app.log", b"a line\n" * 100_000)
        options = ("-t", "orders", "--once", "--dry-run")
        run = self.start_logtail(*options, log, stdout=subprocess.PIPE)
        self.assertIn(b'"value":"a line"', self.read_first_line_and_close(run))
        self.assert_quiet(run.end(20))

    def test_a_slow_reader_gets_all(self):
        topic = self.topic_of(20_000)
        run = self.start_logcat("-e", "-f", "%o\\n", topic, stdout=subprocess.PIPE)
        offsets = run.process.stdout.read().split()
        self.assert_quiet(run.end())
        self.assertEqual(offsets, [b"%d" % n for n in range(20_000)])


if __name__ == "__main__":
    main()
