#!/usr/bin/env python3
"""Transactions: what of them is read, where reading ends, and what of an open one is told."""

from support import ToolCase, main


def numbers(first, last):
    return [b"%d" % n for n in range(first, last + 1)]


def behind(topic, offsets, partition=0):
    shown = "--isolation uncommitted shows them"
    return f"logcat: {topic} [{partition}]: {offsets} offsets behind an open transaction; {shown}\n"


class Isolation(ToolCase):
    def read(self, topic, *options):
        """What is printed of the topic to its end, and what is said."""
        ended = self.logcat("-e", "--value", *options, topic)
        self.assert_ended(ended, 0)
        return ended.lines, ended.err

    def test_aborted_records_are_read_when_asked_for(self):
        topic = self.topic()
        topic.write(b"one")
        topic.abort_transaction(3)
        topic.write(b"two")
        self.assertEqual(self.read(topic), ([b"one", b"two"], ""))
        everything = [b"one", *numbers(0, 2), b"two"]
        self.assertEqual(self.read(topic, "--isolation", "uncommitted"), (everything, ""))
        self.assertEqual(self.read(topic, "--isolation", "committed"), ([b"one", b"two"], ""))

    def test_reading_ends_where_an_open_transaction_begins_and_that_is_told(self):
        topic = self.topic()
        topic.write(b"one")
        with topic.open_transaction(3):
            topic.write(b"two")
            self.assertEqual(self.read(topic), ([b"one"], behind(topic, 4)))
            everything = [b"one", *numbers(0, 2), b"two"]
            self.assertEqual(self.read(topic, "--isolation", "uncommitted"), (everything, ""))
        self.assertEqual(self.read(topic), (everything, ""))

    def test_it_is_told_whatever_is_read_before_it(self):
        topic = self.topic()
        topic.write(*numbers(0, 9))
        with topic.open_transaction(5):
            for options, lines in {
                ("-o", "newest"): [],
                ("-o", "-3"): numbers(7, 9),
                ("-n", "2"): numbers(8, 9),
            }.items():
                with self.subTest(options):
                    self.assertEqual(self.read(topic, *options), (lines, behind(topic, 5)))

    def test_it_is_told_of_a_partition_that_gives_nothing_and_of_no_other(self):
        topic = self.topic(3)
        topic.write(b"one")
        with topic.open_transaction(5, partition=2):
            self.assertEqual(self.read(topic), ([b"one"], behind(topic, 5, 2)))

    def test_a_count_that_is_reached_before_it_makes_no_mention_of_it(self):
        topic = self.topic()
        topic.write(*numbers(0, 9))
        with topic.open_transaction(5):
            self.assertEqual(self.read(topic, "-c", "10"), (numbers(0, 9), ""))

    def test_a_run_that_ends_when_nothing_comes_tells_of_it(self):
        topic = self.topic()
        topic.write(b"one")
        with topic.open_transaction(5):
            ended = self.logcat("--value", "-o", "oldest", "--idle", "700ms", topic)
        self.assertEqual((ended.code, ended.lines, ended.err), (0, [b"one"], behind(topic, 5)))

    def test_the_last_records_are_the_last_that_are_read(self):
        topic = self.topic()
        topic.write(*numbers(100, 102))
        topic.abort_transaction(3)
        for option in ("-o-2", "-n2"):
            self.assertEqual(self.read(topic, option)[0], numbers(101, 102))
            self.assertEqual(self.read(topic, option, "--isolation=uncommitted")[0], numbers(1, 2))

    def test_a_follower_waits_for_the_commit(self):
        topic = self.topic()
        run = self.start_logcat("--value", "-o", "oldest", topic)
        topic.write(b"one")
        run.wait_for_output(1)
        with topic.open_transaction(3):
            topic.write(b"two")
        self.assertEqual(run.wait_for_output(5), [b"one", *numbers(0, 2), b"two"])
        self.assert_quiet(run.stop())

    def test_a_follower_reads_uncommitted_records_at_once(self):
        topic = self.topic()
        run = self.start_logcat("--value", "-o", "oldest", "--isolation", "uncommitted", topic)
        with topic.open_transaction(3):
            self.assertEqual(run.wait_for_output(3), numbers(0, 2))
        self.assert_quiet(run.stop())

    def test_a_follower_tells_of_a_transaction_that_stands_and_when_it_is_over(self):
        topic = self.topic(2)
        run = self.start_logcat("--value", "-o", "oldest", topic)
        topic.write(b"one", partition=1)
        with topic.open_transaction(3, partition=1, end="abort"):
            run.wait_for_message("open transaction", 40)
        run.wait_for_message("is over", 40)
        over = f"logcat: {topic} [1]: the transaction that was open at 1 is over\n"
        ended = run.stop()
        self.assertEqual(ended.err, behind(topic, 3, 1) + over)
        self.assert_ended(ended, 0)

    def test_what_is_no_isolation_is_refused_and_librdkafkas_name_names_ours(self):
        topic = self.topic()
        ended = self.logcat("--isolation", "read_committed", topic)
        self.assert_ended(ended, 2, "--isolation", "committed or uncommitted")
        ended = self.logcat("-X", "isolation.level=read_uncommitted", topic)
        self.assert_ended(ended, 2, "--isolation")


if __name__ == "__main__":
    main()
