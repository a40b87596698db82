#!/usr/bin/env python3
"""Offsets at a time, by -Q."""

import json

from support import ToolCase, main

HOUR = 3_600_000
DAWN = 1_790_000_000_000  # milliseconds since the epoch


class Query(ToolCase):
    def written(self, *partitions):
        """A topic with records at these hours after DAWN in each partition."""
        topic = self.topic(len(partitions))
        lines = [
            json.dumps({"value": "x", "partition": number, "timestamp": DAWN + hour * HOUR})
            for number, hours in enumerate(partitions)
            for hour in hours
        ]
        text = "".join(line + "\n" for line in lines).encode()
        options = ("--once", "--input", "json", "-p", "same")
        self.assert_ended(self.logtail("-t", topic, *options, "-", input=text), 0)
        return topic

    def at(self, time, topic, *options):
        """Offset and end of each partition."""
        ended = self.logcat(f"--query={time}", "-J", *options, topic)
        self.assert_quiet(ended)
        told = [json.loads(line) for line in ended.lines]
        return [(each["offset"], each["end"]) for each in told]

    def test_it_is_the_first_record_at_or_past_the_time(self):
        topic = self.written([0, 1, 2, 3])
        self.assertEqual(self.at(DAWN, topic), [(0, 4)])
        self.assertEqual(self.at(DAWN + HOUR, topic), [(1, 4)])
        self.assertEqual(self.at(DAWN + HOUR + 1, topic), [(2, 4)])

    def test_past_the_last_record_it_is_the_end(self):
        self.assertEqual(self.at(DAWN + 9 * HOUR, self.written([0, 1])), [(2, 2)])

    def test_each_partition_has_its_own(self):
        topic = self.written([0, 2, 4], [1, 3], [])
        self.assertEqual(self.at(DAWN + 2 * HOUR, topic), [(1, 3), (1, 2), (0, 0)])
        self.assertEqual(self.at(DAWN + 2 * HOUR, topic, "-p", "1"), [(1, 2)])

    def test_a_time_is_written_as_people_do(self):
        topic = self.written([0])
        self.assertEqual(self.at("2020-01-01", topic), [(0, 1)])
        self.assertEqual(self.at("2100-01-01T00:00:00Z", topic), [(1, 1)])
        now = self.topic()
        now.write(b"now")
        self.assertEqual(self.at("-15m", now), [(0, 1)])

    def test_as_text_it_is_a_table(self):
        topic = self.written([0, 1])
        ended = self.logcat("-Q", str(DAWN + HOUR), topic)
        self.assert_quiet(ended)
        heading, row = [line.decode().split() for line in ended.lines]
        self.assertEqual(heading, ["TOPIC", "PARTITION", "OFFSET", "END"])
        self.assertEqual(row, [str(topic), "0", "1", "2"])

    def test_it_says_what_kcat_says(self):
        topic = self.written([0, 1, 2])
        when = DAWN + HOUR
        theirs = topic._run(["kcat", "-b", self.brokers, "-Q", "-t", f"{topic}:0:{when}"])
        self.assertIn(b"offset 1", theirs)
        self.assertEqual(self.at(when, topic), [(1, 3)])

    def test_what_is_not_there_is_named(self):
        ended = self.logcat("-Q", "now", self.missing_topic())
        self.assert_ended(ended, 1, "no topic")
        topic = self.topic()
        self.assert_ended(self.logcat("-Q", "now", "-p", "4", topic), 1, "no partition 4")

    def test_kcats_way_is_refused_with_ours(self):
        ended = self.logcat("-Q", "-t", "orders:0:1790000000000")
        self.assert_ended(ended, 2, "write -Q TIME TOPIC")

    def test_a_broker_that_is_away_is_3(self):
        options = ("-Q", "now", "--connect-timeout", "2s")
        ended = self.logcat(*options, "orders", brokers=self.closed_port())
        self.assert_ended(ended, 3, "no broker answers")


if __name__ == "__main__":
    main()
