#!/usr/bin/env python3
"""What --verify finds, and what it makes of it."""

import json

from support import ToolCase, main, wait_until


def numbers(count):
    return [b"%d" % n for n in range(count)]


class Verify(ToolCase):
    def verify(self, topic, *options):
        """The objects of a run that finds all in order, by their type."""
        ended = self.logcat("--verify", "-J", *options, topic)
        self.assert_quiet(ended)
        told = [json.loads(line) for line in ended.lines]
        kinds = ("missing", "partition", "total")
        return {kind: [o for o in told if o["type"] == kind] for kind in kinds}

    def missing(self, topic, *options):
        """(first, last, verdict) of each run."""
        runs = self.verify(topic, *options)["missing"]
        return [(run["first"], run["last"], run["verdict"]) for run in runs]

    def test_a_plain_topic_misses_nothing(self):
        topic = self.topic(2)
        topic.write(*numbers(1000))
        told = self.verify(topic)
        self.assertEqual(told["missing"], [])
        self.assertEqual([each["records"] for each in told["partition"]], [1000, 0])
        (total,) = told["total"]
        self.assertEqual((total["records"], total["missing"], total["complete"]), (1000, 0, True))

    def test_an_empty_topic_misses_nothing(self):
        self.assertEqual(self.missing(self.topic()), [])

    def test_records_that_were_deleted_from_the_front_are_not_missed(self):
        topic = self.topic()
        topic.write(*numbers(100))
        topic.truncate(0, 40)
        told = self.verify(topic)
        self.assertEqual(told["missing"], [])
        self.assertEqual(told["partition"][0]["first"], 40)
        topic.truncate(0, 100)
        self.assertEqual(self.missing(topic), [])

    def test_a_marker_cannot_be_told_from_a_loss(self):
        topic = self.topic()
        topic.commit_transaction(3)
        topic.write(*numbers(2))
        self.assertEqual(self.missing(topic), [(3, 3, "unknown")])

    def test_aborted_records_are_found_by_reading_them(self):
        topic = self.topic()
        topic.write(*numbers(5))
        topic.abort_transaction(50)
        topic.write(*numbers(5))
        self.assertEqual(self.missing(topic), [(5, 54, "aborted"), (55, 55, "unknown")])

    def test_a_topic_that_ends_with_aborted_records_is_read_to_its_end(self):
        topic = self.topic()
        topic.abort_transaction(20)
        told = self.verify(topic)
        self.assertEqual(self.missing(topic), [(0, 19, "aborted"), (20, 20, "unknown")])
        self.assertTrue(told["partition"][0]["complete"])

    def test_read_uncommitted_only_the_marker_is_missed(self):
        topic = self.topic()
        topic.abort_transaction(20)
        self.assertEqual(self.missing(topic, "--isolation", "uncommitted"), [(20, 20, "unknown")])

    def test_what_an_open_transaction_hides_is_told(self):
        topic = self.topic()
        topic.write(*numbers(4))
        with topic.open_transaction(10):
            ended = self.logcat("--verify", "-J", topic)
            self.assert_ended(ended, 0, "10 offsets behind an open transaction")
            self.assertEqual(json.loads(ended.lines[0])["end"], 4)

    def test_partitions_are_looked_at_apart(self):
        topic = self.topic(3)
        topic.abort_transaction(5, 0)
        topic.write(*numbers(7), partition=1)
        topic.commit_transaction(2, 2)
        told = self.verify(topic)
        self.assertEqual([each["missing"] for each in told["partition"]], [6, 0, 1])
        self.assertEqual([each["aborted"] for each in told["partition"]], [5, 0, 0])
        only = self.verify(topic, "-p", "1")
        self.assertEqual(only["total"][0]["partitions"], 1)

    def test_as_text_it_is_runs_and_a_table(self):
        topic = self.topic()
        topic.write(*numbers(2))
        topic.abort_transaction(10)
        ended = self.logcat("--verify", topic)
        self.assert_quiet(ended)
        self.assertEqual(
            [" ".join(line.split()) for line in ended.out.decode().splitlines()],
            [
                f"{topic} [0]: offsets 2 to 11 (10) are missing: aborted records",
                f"{topic} [0]: offset 12 is missing: markers, compaction or loss: cannot be told",
                "",
                "TOPIC PARTITION FIRST END RECORDS MISSING ABORTED",
                f"{topic} 0 0 13 2 11 10",
                "",
                "1 partition, 2 records, 11 offsets are missing: 10 of aborted records, "
                "1 of markers, compaction or loss",
            ],
        )

    def test_what_compaction_took_cannot_be_told_from_a_loss(self):
        topic = self.topic(
            cleanup_policy="compact",
            segment_ms="200",
            min_cleanable_dirty_ratio="0.01",
            max_compaction_lag_ms="200",
        )
        keyed = ("-K", ":")
        topic.write(*[b"same:%d" % n for n in range(50)], options=keyed)

        def is_compacted():
            # A record in a new segment, so that the one before may be compacted.
            topic.write(b"other:x", options=keyed)
            return self.missing(topic)

        runs = wait_until(is_compacted, "compaction", 90)
        self.assertEqual(runs[0][0], 0)
        self.assertEqual({verdict for _, _, verdict in runs}, {"unknown"})

    def test_a_time_limit_leaves_it_incomplete(self):
        topic = self.topic()
        topic.write_lines(self.file("lines", b"".join(b"%d\n" % n for n in range(200_000))))
        ended = self.logcat("--verify", "--timeout", "1ms", topic)
        self.assert_ended(ended, 3, "the time limit of 1ms has passed")

    def test_what_is_not_there_is_named(self):
        self.assert_ended(self.logcat("--verify", self.missing_topic()), 1, "no topic")

    def test_a_broker_that_is_away_is_3(self):
        options = ("--verify", "--connect-timeout", "2s")
        ended = self.logcat(*options, "orders", brokers=self.closed_port())
        self.assert_ended(ended, 3, "no broker answers")


if __name__ == "__main__":
    main()
