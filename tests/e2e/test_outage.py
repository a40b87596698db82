#!/usr/bin/env python3
"""A broker that goes away and comes back, or does not."""

import signal
import subprocess
import threading

from support import main
from support.case import OwnBrokerCase


class Outage(OwnBrokerCase):
    def setUp(self):
        super().setUp()
        self.broker.start()
        self.log = self.folder / "app.log"

    def follow(self, topic, *options):
        """A follower of the log that has shipped its first line."""
        run = self.start_logtail("-t", topic, *options, self.log)
        run.wait_for_message("waiting for it")
        self.append(b"first\n")
        topic.wait_for(1)
        return run

    def append(self, content):
        with self.log.open("ab") as log:
            log.write(content)

    def write_until(self, stop):
        """A line every 5 ms until the event is set; gives them when the thread has ended."""
        written = []

        def write():
            while not stop.wait(0.005):
                written.append(b"line %d" % len(written))
                self.append(written[-1] + b"\n")

        writer = threading.Thread(target=write)
        writer.start()
        self.addCleanup(writer.join)
        self.addCleanup(stop.set)
        return writer, written

    def test_a_restart_while_lines_are_written_loses_and_doubles_nothing(self):
        topic = self.topic(4)
        reader = self.start_logcat("-o", "oldest", "--value", topic)
        tail = self.follow(topic)
        stop = threading.Event()
        writer, written = self.write_until(stop)
        self.broker.restart()
        topic.wait_for(len(written) + 10)
        stop.set()
        writer.join()
        expected = [b"first", *written]
        topic.wait_for(len(expected))
        reader.wait_for_output(len(expected))
        self.assert_ended(tail.stop(), 0)
        self.assert_same_lines(topic.values(), expected)
        printed = reader.stop()
        self.assert_ended(printed, 0)
        self.assert_same_lines(printed.lines, expected)

    def test_a_broker_that_is_down_at_the_start_is_waited_for(self):
        topic = self.topic()
        self.broker.stop()
        self.append(b"one\ntwo\n")
        tail = self.start_logtail("-t", topic, "--from", "beginning", self.log)
        reader = self.start_logcat("-o", "oldest", "--value", topic)
        tail.wait_for_message(f" at {self.brokers}")
        reader.wait_for_message(f" at {self.brokers}")
        self.broker.start()
        topic.wait_for(2)
        self.assertEqual(topic.values(), [b"one", b"two"])
        tail.wait_for_message("answers again")
        self.assertEqual(reader.wait_for_output(2), [b"one", b"two"])
        self.assert_ended(tail.stop(), 0)
        self.assert_ended(reader.stop(), 0)

    def test_a_log_that_is_rotated_during_an_outage_is_shipped_whole(self):
        topic = self.topic()
        run = self.follow(topic)
        self.broker.stop()
        for n in range(3):
            self.append(b"line %d\n" % n)
            self.log.rename(self.folder / f"app.log.{n}")
        self.append(b"line 3\n")
        run.wait_for_message("no broker ")
        self.broker.start()
        topic.wait_for(5)
        self.assert_ended(run.stop(), 0)
        self.assertEqual(topic.values(), [b"first", *(b"line %d" % n for n in range(4))])

    def test_a_backlog_larger_than_memory_is_read_as_it_is_shipped(self):
        topic = self.topic()
        run = self.follow(topic, "--memory", "16M")
        self.broker.stop()
        lines, block = 2_000_000, 10_000
        for first in range(0, lines, block):
            numbers = range(first, first + block)
            self.append(b"".join(b"%09d GET /orders/8 HTTP/1.1 200 4711\n" % n for n in numbers))
        run.wait_for_message("no broker ")
        self.broker.start()
        topic.wait_for(1 + lines, seconds=60)
        ended = run.stop()
        self.assert_ended(ended, 0)
        self.assertEqual(topic.count(), 1 + lines)
        self.assertLess(ended.peak_bytes, 64 << 20)

    def test_sigterm_during_an_outage_ends_with_3_in_time_and_says_what_is_left(self):
        topic = self.topic()
        run = self.follow(topic, "--stop-timeout", "1s")
        self.broker.stop()
        self.append(b"two\nthree\nfour\n")
        run.send(signal.SIGTERM)
        self.assert_ended(run.end(5), 3, "3 lines not confirmed")

    def test_a_second_signal_ends_at_once(self):
        topic = self.topic()
        run = self.follow(topic, "--stop-timeout", "10m")
        self.broker.stop()
        self.append(b"two\n")
        run.wait_for_message("no broker ")
        run.send(signal.SIGTERM)
        with self.assertRaisesRegex(AssertionError, "still not"):
            run.end(1)
        self.assert_ended(run.stop(signal.SIGTERM, seconds=2), 143)

    def test_a_bounded_run_gives_up_when_the_outage_lasts(self):
        topic = self.topic()
        options = ("-t", topic, "--connect-timeout", "2s", "-")
        run = self.start_logtail(*options, stdin=subprocess.PIPE)
        run.feed(b"one\n")
        topic.wait_for(1)
        self.broker.stop()
        run.feed(b"two\n")
        run.end_input()
        self.assert_ended(run.end(20), 3, "no broker ", "1 lines not confirmed")

    def test_a_bounded_reader_gives_up_when_the_outage_lasts(self):
        topic = self.topic()
        topic.write(b"one")
        options = ("-o", "oldest", "-c", "2", "--connect-timeout", "2s")
        run = self.start_logcat(*options, topic)
        run.wait_for_output(1)
        self.broker.stop()
        self.assert_ended(run.end(20), 3, "no broker ")


if __name__ == "__main__":
    main(needs_broker=False)
