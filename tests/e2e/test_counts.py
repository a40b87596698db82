#!/usr/bin/env python3
"""Counts instead of records, by partition and by time, and the progress line."""

import signal

from support import ToolCase, main

DAY = 86_400_000
NOON = 1_795_348_800_000  # 2026-11-22T12:00:00Z


class Counts(ToolCase):
    def topic_of(self, *counts):
        """Of so many records in each partition, every tenth with an x."""
        topic = self.topic(len(counts))
        for partition, count in enumerate(counts):
            if count:
                values = (b"%d%s" % (n, b" x" * (n % 10 == 0)) for n in range(count))
                topic.write(*values, partition=partition)
        return topic

    def counts(self, *options, code=0):
        ended = self.logcat(*options)
        self.assert_quiet(ended, code)
        return [line.split() for line in ended.out.decode().splitlines()]

    def test_each_partition_and_all(self):
        topic = self.topic_of(1000, 0, 7)
        name = str(topic)
        self.assertEqual(
            self.counts("--count-only", topic),
            [[name, "[0]", "1000"], [name, "[1]", "0"], [name, "[2]", "7"], ["total", "1007"]],
        )
        self.assertEqual(self.counts("--count-only", "-p", "2", topic)[-1], ["total", "7"])

    def test_a_filter_comes_before_the_count(self):
        topic = self.topic_of(100, 20)
        name = str(topic)
        self.assertEqual(
            self.counts("--count-only", "--grep", "x", topic),
            [[name, "[0]", "10"], [name, "[1]", "2"], ["total", "12"]],
        )
        self.assertEqual(self.counts("--count-only", "--grep", "y", topic, code=4)[-1][1], "0")

    def test_offsets_are_not_counted_but_records(self):
        topic = self.topic_of(3)
        topic.commit_transaction(2)
        topic.abort_transaction(50)
        self.assertEqual(self.counts("--count-only", topic)[-1], ["total", "5"])

    def test_the_last_are_counted_and_a_limit_holds(self):
        topic = self.topic_of(100)
        self.assertEqual(self.counts("--count-only", "-n", "30", "--grep", "x", topic)[-1][1], "3")
        self.assertEqual(self.counts("--count-only", "-c", "25", topic)[-1][1], "25")

    def test_from_the_newest_on_it_counts_until_the_run_is_ended(self):
        topic = self.topic_of(5)
        run = self.start_logcat("--verbose", "--count-only", "-o", "newest", topic)
        run.wait_for_message("from offset 5")
        ended = run.stop(signal.SIGINT)
        self.assert_ended(ended, 0)
        self.assertEqual(ended.lines[-1].split(), [b"total", b"0"])

    def test_what_comes_from_now_on_is_counted(self):
        topic = self.topic_of(5)
        run = self.start_logcat("--verbose", "--count-only", "-o", "newest", "-c", "2", topic)
        run.wait_for_message("from offset 5")
        topic.write(b"a", b"b")
        ended = run.end()
        self.assert_ended(ended, 0)
        self.assertEqual(ended.lines[-1].split(), [b"total", b"2"])

    def test_counts_print_no_records_so_a_format_is_a_slip(self):
        for options in (("-f", "%s"), ("--value",), ("-0",)):
            self.assert_ended(self.logcat("--count-only", *options, "test"), 2, "print no records")


class Histogram(ToolCase):
    def topic_at(self, *timestamps):
        topic = self.topic()
        lines = (b'{"value":"x","timestamp":%d}\n' % timestamp for timestamp in timestamps)
        options = ("-t", topic, "--input", "json", "--once", "-")
        self.assert_ended(self.logtail(*options, input=b"".join(lines)), 0)
        return topic

    def chart(self, topic, *options, **variables):
        ended = self.logcat("--histogram", *options, topic, env={"TZ": "UTC"} | variables)
        self.assert_quiet(ended)
        return ended.out.decode().splitlines()

    def test_a_bar_for_each_stretch_of_time(self):
        minute = 60_000
        topic = self.topic_at(NOON, NOON + 2 * minute, NOON + 1, NOON + 100 * minute)
        chart = self.chart(topic, "1m")
        self.assertEqual(chart[0], "2026-11-22 12:00   2 " + "█" * 59)
        self.assertEqual(chart[1:3], ["2026-11-22 12:01   0", "2026-11-22 12:02   1 " + "█" * 29 + "▌"])
        self.assertEqual(chart[3], "...               97 empty")
        self.assertEqual(chart[5], "total              4")
        self.assertEqual(max(map(len, chart)), 80)

    def test_another_locale_and_zone(self):
        topic = self.topic_at(NOON)
        chart = self.chart(topic, "1d", LC_ALL="C", TZ="Asia/Tokyo")
        self.assertEqual(chart, ["2026-11-22  1 " + "#" * 66, "total       1"])

    def test_a_filter_comes_before_the_bars(self):
        topic = self.topic_at(NOON, NOON + DAY)
        chart = self.chart(topic, "1d", "--grep", "x", "-c", "1")
        self.assertEqual(chart[-1], "total       1")

    def test_of_a_window_in_whatever_order_it_is_read(self):
        topic = self.topic_at(*(NOON - days * DAY for days in (3, 2, 1, 0)))
        window = ("1d", "--since", str(NOON - 2 * DAY), "--until", str(NOON))
        for order in ((), ("--merge",)):
            chart = self.chart(topic, *window, *order)
            self.assertEqual([line.split()[:2] for line in chart],
                             [["2026-11-20", "1"], ["2026-11-21", "1"], ["total", "2"]])

    def test_a_stretch_of_time_is_not_nothing(self):
        self.assert_ended(self.logcat("--histogram", "0s", "test"), 2, "at least 1ms")


class Progress(ToolCase):
    def test_records_and_share_are_shown_while_a_bounded_run_reads(self):
        topic = self.topic()
        topic.write(*[b"x" * 1000] * 2000)
        ended = self.logcat("-e", "--value", "--progress", "always", topic)
        self.assert_ended(ended, 0)
        self.assertEqual(len(ended.lines), 2000)
        self.assertRegex(ended.err, r"logcat: \d.* \(\d+ %\), \d+ records")

    def test_no_terminal_no_progress(self):
        topic = self.topic()
        topic.write(b"one")
        self.assert_quiet(self.logcat("-e", topic))
        self.assert_quiet(self.logcat("-e", "--progress", "never", topic))

    def test_a_follower_has_no_share_to_show(self):
        topic = self.topic()
        topic.write(b"one")
        run = self.start_logcat("-o", "oldest", "--progress", "always", topic)
        run.wait_for_output(1)
        self.assert_quiet(run.stop())


if __name__ == "__main__":
    main()
