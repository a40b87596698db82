#!/usr/bin/env python3
"""--merge: one stream in the order of time."""

import json
import random
import time

from support import ToolCase, main
from support.case import OwnBrokerCase
from support.waiting import wait_until

NOON = 1_700_000_000_000
PLACE = ("-f", r"%T %p %o\n")
MIB = 1 << 20


def now():
    return int(time.time() * 1000)


def record(partition, timestamp, value=""):
    return json.dumps({"partition": partition, "timestamp": timestamp, "value": value})


def places(printed):
    """Timestamp, partition and offset of each printed record."""
    return [tuple(map(int, line.split())) for line in printed]


class Merging(ToolCase):
    def ship(self, topic, records):
        """(partition, timestamp) or with a value, each partition's in this order."""
        text = "".join(record(*each) + "\n" for each in records)
        self.assert_quiet(
            self.logtail(
                "-t", topic, "-p", "same", "--once", "--input", "json", "-", input=text.encode()
            )
        )

    def merged(self, *arguments, code=0):
        ended = self.logcat("--merge", *PLACE, *arguments)
        self.assertEqual(ended.code, code, ended)
        return ended


class InABoundedRun(Merging):
    def test_records_of_64_partitions_come_in_order_though_one_is_silent(self):
        topic = self.topic(64)
        random.seed(3)
        records = [(random.randrange(63), NOON + number // 3) for number in range(20_000)]
        self.ship(topic, records)
        ended = self.merged("-e", topic)
        self.assert_quiet(ended)
        got = places(ended.lines)
        self.assertEqual(got, sorted(got))
        self.assertEqual(len(got), len(records))
        self.assertEqual(
            sorted((partition, time) for time, partition, _ in got), sorted(records)
        )

    def test_several_topics_are_one_stream(self):
        topics = [self.topic(2), self.topic(3)]
        for number, topic in enumerate(topics):
            self.ship(topic, [(i % 2, NOON + 2 * i + number) for i in range(500)])
        ended = self.merged("-e", *topics)
        self.assert_quiet(ended)
        times = [time for time, _, _ in places(ended.lines)]
        self.assertEqual(times, list(range(NOON, NOON + 1000)))

    def test_the_first_records_of_a_topic(self):
        topic = self.topic(4)
        self.ship(topic, [(i % 3, NOON + 1000 - i % 3 * 100 + i // 3) for i in range(300)])
        ended = self.merged("-e", "-c", "5", topic)
        self.assert_quiet(ended)
        self.assertEqual(places(ended.lines), [(NOON + 800 + i, 2, i) for i in range(5)])

    def test_what_is_asked_for_is_found_in_the_stream(self):
        topic = self.topic(3)
        self.ship(topic, [(i % 3, NOON + i, "x" if i % 5 == 0 else "") for i in range(30)])
        times = lambda *options: [
            time - NOON for time, _, _ in places(self.merged(*options, topic).lines)
        ]
        matches = ("-e", "--grep", "x")
        self.assertEqual(times("--since", str(NOON + 5), "--until", str(NOON + 9)), [5, 6, 7, 8])
        self.assertEqual(times(*matches, "-c", "3"), [0, 5, 10])
        self.assertEqual(times(*matches, "-n", "10"), [20, 25])
        # Context is that of the partition, and comes with its match.
        self.assertEqual(times(*matches, "-B", "1", "-c", "3"), [0, 2, 5, 7, 10])
        counts = self.logcat("--merge", "--count-only", topic)
        self.assertEqual(counts.lines[-1].split(), [b"total", b"30"])

    def test_what_is_out_of_order_in_its_partition_is_told_of_once(self):
        topic = self.topic(2)
        self.ship(topic, [(0, NOON), (0, NOON + 900), (0, NOON + 10), (0, NOON + 20)])
        self.ship(topic, [(1, NOON + 5), (1, NOON + 950)])
        ended = self.merged("-e", topic)
        self.assertEqual(
            [(time - NOON, partition) for time, partition, _ in places(ended.lines)],
            [(0, 0), (5, 1), (900, 0), (10, 0), (20, 0), (950, 1)],
        )
        self.assertEqual(ended.err.count("\n"), 1, ended)
        self.assertIn(f"{topic} [0]: offset 2 is older than one before it", ended.err)

    def test_the_last_records_and_what_lies_behind_markers(self):
        topic = self.topic(3)
        topic.commit_transaction(3, partition=1)
        self.ship(topic, [(0, NOON), (2, NOON + 1)])
        topic.abort_transaction(2, partition=2)
        topic.commit_transaction(1, partition=0)
        self.assertEqual(len(self.merged("-e", topic).lines), 6)
        self.assertEqual(len(self.merged("-e", "-o", "-1", topic).lines), 3)
        self.assertEqual(len(self.merged("-e", "-n", "4", topic).lines), 4)

    def test_memory_is_bounded_though_one_partition_is_far_ahead(self):
        topic = self.topic(64)
        log = self.folder / "ahead.log"
        line = b"x" * 80 + b"\n"
        with log.open("wb") as file:
            for _ in range(100):
                file.write(line * 4000)
        # By the broker's clock these are younger than all that follows.
        topic.write_lines(log, partition=0)
        self.ship(topic, [(1 + i % 62, NOON + i, "y" * 80) for i in range(100_000)])
        with open("/dev/null", "wb") as nowhere:
            ended = self.start_logcat("--merge", "-e", topic, stdout=nowhere).end(120)
        self.assert_quiet(ended)
        self.assertLess(ended.peak_bytes / MIB, 64)

    def test_merge_wait_is_for_merging(self):
        ended = self.logcat("--merge-wait", "2s", self.missing_topic())
        self.assert_ended(ended, 2, "--merge-wait goes with --merge")


class WhileFollowing(Merging):
    def follow(self, topic, *options):
        run = self.start_logcat("--merge", "-o", "oldest", *PLACE, *options, topic)
        self.addCleanup(run.kill)
        return run

    def test_a_record_waits_for_a_silent_partition_and_is_then_printed(self):
        topic = self.topic(3)
        begin = now()
        self.ship(topic, [(1, begin)])
        run = self.follow(topic, "--merge-wait", "1500ms")
        run.wait_for_output(1)
        self.assertGreaterEqual(now(), begin + 1500)
        ended = run.stop()
        self.assert_quiet(ended)

    def test_what_comes_in_time_is_put_in_order(self):
        topic = self.topic(3)
        run = self.follow(topic, "--merge-wait", "6s")
        begin = now()
        self.ship(topic, [(1, begin + 200)])
        self.ship(topic, [(0, begin + 100), (2, begin + 300)])
        self.ship(topic, [(0, begin + 250)])
        in_time = now() < begin + 5000  # not so on a machine that stood still
        times = [time for time, _, _ in places(run.wait_for_output(4, seconds=40))]
        if in_time:
            self.assertEqual(times, sorted(times))
        self.assertEqual(len(run.stop().lines), 4)

    def test_what_comes_too_late_is_printed_at_once_and_told_of_once(self):
        topic = self.topic(2)
        self.ship(topic, [(0, NOON + 1000)])
        run = self.follow(topic)
        run.wait_for_output(1)
        self.ship(topic, [(1, NOON + 300), (1, NOON + 400)])
        run.wait_for_output(3)
        ended = run.stop()
        self.assertEqual(
            [time - NOON for time, _, _ in places(ended.lines)], [1000, 300, 400]
        )
        self.assertEqual(ended.err.count("behind"), 1, ended)
        self.assertIn(f"{topic} [1]: offset 0 came too late for its place, 700ms", ended.err)

    def test_a_backlog_is_not_held_back_and_is_in_order(self):
        topic = self.topic(8)
        records = [(i % 7, NOON + i) for i in range(20_000)]
        self.ship(topic, records)
        run = self.follow(topic, "--merge-wait", "1h")
        run.wait_for_output(len(records), seconds=60)
        ended = run.stop()
        self.assert_quiet(ended)
        got = places(ended.lines)
        self.assertEqual(got, sorted(got))

    def test_the_last_records_come_first_and_then_it_follows(self):
        topic = self.topic(2)
        self.ship(topic, [(i % 2, NOON + i) for i in range(10)])
        run = self.start_logcat("--merge", "-n", "3", *PLACE, topic)
        self.assertEqual([time - NOON for time, _, _ in places(run.wait_for_output(3))], [7, 8, 9])
        self.ship(topic, [(0, NOON + 20)])
        run.wait_for_output(4)
        self.assertEqual(len(run.stop().lines), 4)

    def test_a_partition_that_appears_is_merged_too(self):
        topic = self.topic(2)
        run = self.follow(topic)
        self.ship(topic, [(0, NOON)])
        run.wait_for_output(1)
        topic.grow(3)
        wait_until(lambda: topic.write(b"new", partition=2) or True, "a record in partition 2")
        self.assertEqual(places(run.wait_for_output(2, seconds=40))[1][1], 2)
        self.assert_ended(run.stop(), 0)


class InAnOutage(OwnBrokerCase, Merging):
    def test_a_broker_that_goes_away_in_the_middle_loses_and_doubles_nothing(self):
        self.broker.start()
        topic = self.topic(4)
        before = [(i % 3, NOON + i) for i in range(1000)]
        after = [(i % 4, NOON + 1000 + i) for i in range(1000)]
        self.ship(topic, before)
        run = self.start_logcat("--merge", "-o", "oldest", *PLACE, topic)
        run.wait_for_output(len(before), seconds=40)
        self.broker.restart()
        self.ship(topic, after)
        run.wait_for_output(len(before) + len(after), seconds=60)
        ended = run.stop()
        self.assertEqual(ended.code, 0, ended)
        got = [(partition, time) for time, partition, _ in places(ended.lines)]
        self.assertEqual(got[: len(before)], before)
        self.assertEqual(sorted(got), sorted(before + after))


if __name__ == "__main__":
    main()
