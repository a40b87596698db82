#!/usr/bin/env python3
"""Single records: --at prints exactly these, and says what is known of those that are not there."""

from support import ToolCase, main
from support.waiting import wait_until


class At(ToolCase):
    def topic_of(self, count, partitions=1, **config):
        topic = self.topic(partitions, **config)
        for partition in range(partitions):
            values = (b"%d-%d" % (partition, n) for n in range(count))
            topic.write(*values, partition=partition)
        return topic

    def assert_missing(self, topic, place, text):
        partition, offset = place.split(":")
        ended = self.logcat("--at", place, topic)
        self.assert_ended(ended, 4, f"{topic} [{partition}] {offset}: ", text)
        self.assertEqual(ended.out, b"")

    def test_exactly_the_record(self):
        topic = self.topic_of(10, 2)
        ended = self.logcat("--value", "--at", "1:7", topic)
        self.assert_quiet(ended)
        self.assertEqual(ended.out, b"1-7\n")

    def test_several_in_the_order_of_the_command_line(self):
        topic = self.topic_of(10, 2)
        places = ("--at", "1:7", "--at", "0:3", "--at", "1:2", "--at", "0:3")
        ended = self.logcat("--value", *places, topic)
        self.assert_quiet(ended)
        self.assertEqual(ended.lines, [b"1-7", b"0-3", b"1-2", b"0-3"])

    def test_the_first_and_the_last(self):
        topic = self.topic_of(10)
        ended = self.logcat("--value", "--at", "0:0", "--at", "0:9", topic)
        self.assert_quiet(ended)
        self.assertEqual(ended.lines, [b"0-0", b"0-9"])

    def test_past_the_end(self):
        topic = self.topic_of(10)
        self.assert_missing(topic, "0:10", "the log ends at 10")
        self.assert_missing(topic, "0:5000000000", "the log ends at 10")

    def test_below_the_log_start(self):
        topic = self.topic_of(10)
        topic.truncate(0, 4)
        self.assert_missing(topic, "0:3", "the log starts at 4")

    def test_an_aborted_record(self):
        topic = self.topic_of(3)
        topic.abort_transaction(5)
        topic.write(b"behind")
        self.assert_missing(topic, "0:5", "it is aborted")

    def test_a_marker(self):
        topic = self.topic_of(3)
        topic.commit_transaction(2)
        self.assert_missing(topic, "0:5", "a transaction's marker")

    def test_a_record_that_compaction_took_away(self):
        topic = self.topic(
            cleanup_policy="compact", segment_ms=100, min_cleanable_dirty_ratio=0.01
        )
        for n in range(3):
            topic.write(b"key:%d" % n, options=("-K", ":"))
        offsets = lambda: [record.offset for record in topic.records()]

        def first_is_gone():
            topic.write(b"other:x", options=("-K", ":"))  # begins the next segment
            return 0 not in offsets()

        wait_until(first_is_gone, lambda: f"compaction: {offsets()}", 90)
        self.assert_missing(topic, "0:0", "compaction took it away")

    def test_those_that_are_there_are_printed_all_the_same(self):
        topic = self.topic_of(10)
        ended = self.logcat("--value", "--at", "0:3", "--at", "0:30", "--at", "0:4", topic)
        self.assert_ended(ended, 4, f"{topic} [0] 30: ")
        self.assertEqual(ended.lines, [b"0-3", b"0-4"])

    def test_a_partition_that_does_not_exist_is_1(self):
        self.assert_ended(self.logcat("--at", "7:0", self.topic_of(1)), 1, "no partition 7")

    def test_filters_and_counts_see_them(self):
        topic = self.topic_of(10)
        at = ("--at", "0:3", "--at", "0:5", topic)
        self.assertEqual(self.logcat("--value", "--grep", "5", *at).lines, [b"0-5"])
        self.assert_ended(self.logcat("--grep", "7", *at), 4)
        self.assertEqual(self.logcat("--count-only", *at).lines[-1].split(), [b"total", b"2"])
        self.assertEqual(self.logcat("--value", "-c", "1", *at).lines, [b"0-3"])

    def test_what_needs_their_neighbours_is_2(self):
        for options in (("--merge",), ("--grep", "x", "-C", "1"), ("-G", "any")):
            ended = self.logcat(*options, "--at", "0:3", "any")
            self.assert_ended(ended, 2, "--at names its records; leave")

    def test_what_is_no_place_is_2(self):
        self.assert_ended(self.logcat("--at", "7", "any"), 2, "PARTITION:OFFSET")


class FromPartitions(ToolCase):
    """-o PARTITION:N,...: these partitions alone, each from a place of its own."""

    def setUp(self):
        super().setUp()
        self.three = self.topic(3)
        for partition in range(3):
            values = (b"%d-%d" % (partition, n) for n in range(10))
            self.three.write(*values, partition=partition)

    def read(self, start):
        ended = self.logcat("-e", "--value", "-o", start, self.three)
        self.assert_quiet(ended)
        return sorted(ended.lines)

    def test_each_from_its_own_place(self):
        self.assertEqual(self.read("0:8,2:9"), [b"0-8", b"0-9", b"2-9"])

    def test_in_every_form(self):
        self.assertEqual(self.read("0:-2,1:newest,2:-1"), [b"0-8", b"0-9", b"2-9"])
        self.assertEqual(self.read("1:oldest"), [b"1-%d" % n for n in range(10)])
        self.assertEqual(self.read("1:5000"), [])

    def test_a_follower_reads_no_other_partition(self):
        run = self.start_logcat("--value", "-o", "1:9", self.three)
        run.wait_for_output(1)
        self.three.write(b"other", partition=0)
        self.three.write(b"ours", partition=1)
        self.assertEqual(run.wait_for_output(2), [b"1-9", b"ours"])
        self.assert_ended(run.stop(), 0)

    def test_a_partition_that_does_not_exist_is_1(self):
        self.assert_ended(self.logcat("-o", "7:0", self.three), 1, "no partition 7")


if __name__ == "__main__":
    main()
