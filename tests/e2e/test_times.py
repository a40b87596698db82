#!/usr/bin/env python3
"""Windows of time: --since, --until, --slack. Each record's own timestamp counts, in whatever order
they stand."""

import random
import time
from datetime import datetime, timezone

from support import ToolCase, main

DAY = 1_700_000_000_000  # 2023-11-14T22:13:20Z
HOUR = 3_600_000
# A time ahead before which a run can start and records be written, also on a slow machine.
SOON = 8000


def now():
    return int(time.time() * 1000)


class Times(ToolCase):
    def read(self, topic, *options, **how):
        """The values that a run prints which ends with 0 and says nothing."""
        ended = self.logcat("--value", *options, topic, **how)
        self.assert_quiet(ended)
        return ended.lines

    def ten(self, **config):
        """Records 0 to 9, an hour from one to the next."""
        topic = self.topic(**config)
        topic.write_at(*((DAY + n * HOUR, b"%d" % n) for n in range(10)))
        return topic


class Since(Times):
    def test_the_time_itself_is_within(self):
        topic = self.ten()
        for time, first in ((DAY + 7 * HOUR, 7), (DAY + 7 * HOUR + 1, 8), (0, 0)):
            with self.subTest(time):
                expected = [b"%d" % n for n in range(first, 10)]
                self.assertEqual(self.read(topic, "-e", "--since", time), expected)

    def test_a_record_out_of_order_counts_by_its_own_time(self):
        topic = self.topic()
        topic.write_at(*((DAY + n * HOUR, b"%d" % n) for n in (0, 3, 1, 5, 2, 4)))
        self.assertEqual(self.read(topic, "-e", "--since", DAY + 3 * HOUR), [b"3", b"5", b"4"])

    def test_each_partition_begins_at_its_own_first(self):
        topic = self.topic(3)
        topic.write_at((DAY, b"old"), (DAY + HOUR, b"a"), partition=0)
        topic.write_at((DAY + HOUR, b"b"), partition=1)
        topic.write_at((DAY, b"old"), partition=2)
        self.assertEqual(sorted(self.read(topic, "-e", "--since", DAY + HOUR)), [b"a", b"b"])

    def test_past_the_last_record_there_is_none(self):
        self.assertEqual(self.read(self.ten(), "-e", "--since", "now"), [])

    def test_past_the_last_record_a_follower_waits_for_such_ones(self):
        topic = self.ten()
        run = self.start_logcat("--verbose", "--value", "--since", DAY + 20 * HOUR, topic)
        run.wait_for_message("from offset 10")
        topic.write_at((DAY + 19 * HOUR, b"late"), (DAY + 20 * HOUR, b"new"))
        self.assertEqual(run.wait_for_output(1), [b"new"])
        self.assert_ended(run.stop(), 0)

    def test_so_long_ago_in_both_ways_to_write_it(self):
        topic = self.topic()
        topic.write_at((now() - 2 * HOUR, b"old"), (now(), b"new"))
        for options in (("--since", "-15m"), ("--since=-15m",)):
            with self.subTest(options):
                self.assertEqual(self.read(topic, "-e", *options), [b"new"])

    def test_a_time_without_a_zone_is_local(self):
        topic = self.ten()
        berlin = {"env": {"TZ": "Europe/Berlin"}}
        since = ("-e", "--since", "2023-11-15T06:13:20")
        self.assertEqual(self.read(topic, *since), [b"8", b"9"])
        self.assertEqual(self.read(topic, *since, **berlin), [b"7", b"8", b"9"])
        self.assertEqual(self.read(topic, *since[:2], since[2] + "+08:00", **berlin)[0], b"0")

    def test_an_hour_that_comes_twice_is_refused_and_both_are_named(self):
        options = ("--since", "2026-10-25T02:30", "any")
        ended = self.logcat(*options, env={"TZ": "Europe/Berlin"})
        self.assert_ended(ended, 2, "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00")

    def test_a_topic_with_nothing_in_it(self):
        self.assertEqual(self.read(self.topic(3), "-e", "--since", "-1h"), [])

    def test_what_transactions_leave_does_not_matter(self):
        topic = self.topic()
        topic.write_at((DAY, b"old"))
        topic.abort_transaction(5)
        topic.commit_transaction(2)
        self.assertEqual(self.read(topic, "-e", "--since", DAY + 1), [b"0", b"1"])


class Until(Times):
    def test_the_time_itself_is_not_within_and_the_run_ends(self):
        topic = self.ten()
        for time, last in ((DAY + 3 * HOUR, 3), (DAY + 3 * HOUR + 1, 4), (DAY, 0), ("now", 10)):
            with self.subTest(time):
                expected = [b"%d" % n for n in range(last)]
                self.assertEqual(self.read(topic, "--until", time), expected)

    def test_windows_join_over_records_in_any_order(self):
        topic = self.topic(3)
        dice = random.Random(11)
        written = []
        for partition in range(3):
            values = [b"%d-%d" % (partition, n) for n in range(2000)]
            written += values
            times = [DAY + dice.randrange(10 * HOUR) for _ in values]
            topic.write_at(*zip(times, values), partition=partition)
        bounds = [None, DAY + 2 * HOUR, DAY + 7 * HOUR + 1, DAY + 11 * HOUR, None]
        windows = []
        for since, until in zip(bounds, bounds[1:]):
            options = ("--since", since) if since else ()
            options += ("--until", until) if until else ("-e",)
            windows.append(self.read(topic, *options))
        self.assertEqual(sorted(sum(windows, [])), sorted(written))
        self.assertTrue(windows[0] and windows[1] and windows[2])
        self.assertEqual(windows[3], [])

    def late(self, later, minutes):
        """Two records of before DAY, so many at or past it between them, for so many minutes."""
        topic = self.topic()
        steps = ((DAY + minutes * 60_000 * n // (later - 1), b"later") for n in range(later))
        topic.write_at((DAY - 1, b"first"), *steps, (DAY - 1, b"late"))
        return topic

    def test_a_late_record_is_found_within_the_slack(self):
        for later, minutes, options in (
            (1100, 59, ()),  # not an hour
            (999, 600, ()),  # not a thousand
            (1100, 100, ("--slack", "2h")),
        ):
            with self.subTest((later, minutes, options)):
                topic = self.late(later, minutes)
                self.assertEqual(self.read(topic, "--until", DAY, *options), [b"first", b"late"])

    def test_behind_the_slack_nothing_is_read(self):
        for minutes, options in ((60, ()), (10, ("--slack", "10m")), (0, ("--slack", "0s"))):
            with self.subTest((minutes, options)):
                topic = self.late(1100, minutes)
                self.assertEqual(self.read(topic, "--until", DAY, *options), [b"first"])

    def test_a_partition_that_has_passed_it_does_not_end_another(self):
        topic = self.topic(2)
        topic.write_at((DAY - 1, b"a"), *((DAY + 2 * n * HOUR, b"x") for n in range(2000)))
        topic.write_at(*((DAY - 1, b"b") for _ in range(3000)), partition=1)
        self.assertEqual(len(self.read(topic, "--until", DAY)), 3001)

    def test_with_the_brokers_own_times_the_first_later_record_is_the_end(self):
        topic = self.topic(message_timestamp_type="LogAppendTime")
        topic.write(b"first")
        bound = topic.records()[0].timestamp + 1
        while now() < bound:
            time.sleep(0.001)
        topic.write(b"later")
        topic.set("message.timestamp.type=CreateTime")
        topic.write_at((bound - 1, b"behind"))
        self.assertEqual(self.read(topic, "--until", bound), [b"first"])
        self.assertEqual(self.read(topic, "-e", "--since", bound), [b"later"])

    def test_since_now_is_what_comes_from_now_on(self):
        topic = self.ten()
        self.assertEqual(self.read(topic, "--since", "now", "--until", "now"), [])


class Ahead(Times):
    def test_a_time_that_lies_ahead_is_waited_for(self):
        topic = self.ten()
        until = now() + SOON
        run = self.start_logcat("--value", "-o", "newest", "--verbose", "--until", until, topic)
        run.wait_for_message("from offset 10")
        topic.write_at((until - 1, b"within"), (until, b"without"), (until - 1, b"within too"))
        self.assertEqual(run.wait_for_output(2), [b"within", b"within too"])
        ended = run.end(30)
        self.assertGreaterEqual(now(), until)
        self.assert_ended(ended, 0)
        self.assertEqual(len(ended.lines), 2)

    def test_the_time_of_day_in_any_form(self):
        when = datetime.fromtimestamp(now() / 1000 + 2, timezone.utc).isoformat("T", "milliseconds")
        self.assertEqual(len(self.read(self.ten(), "--until", when)), 10)

    def test_a_quiet_topic_ends_too(self):
        for topic in (self.topic(3), self.ten()):
            self.read(topic, "-o", "newest", "--until", now() + 1500)

    def test_markers_at_the_end_do_not_keep_it_from_ending(self):
        topic = self.topic()
        run = self.start_logcat("--verbose", "--value", "--until", now() + SOON, topic)
        run.wait_for_message("from offset 0")
        topic.abort_transaction(5)
        topic.commit_transaction(2)
        self.assert_ended(run.end(30), 0)
        self.assertEqual(run.out, b"0\n1\n")

    def test_a_partition_that_comes_just_before_is_read(self):
        topic = self.topic()
        until = now() + SOON
        run = self.start_logcat("--verbose", "--value", "--until", until, topic)
        run.wait_for_message("from offset 0")
        topic.grow(2)
        topic.write_at((until - 1, b"new"), partition=1)
        self.assert_ended(run.end(30), 0)
        self.assertEqual(run.out, b"new\n")

    def test_a_time_limit_before_it_leaves_work(self):
        options = ("--until", now() + 100 * HOUR, "--timeout", "1s")
        self.assert_ended(self.logcat(*options, self.ten()), 3, "--until has not come yet")

    def test_a_signal_before_it_ends_it_unfinished(self):
        run = self.start_logcat("--until", now() + 100 * HOUR, self.ten())
        run.wait_for_output(10)
        self.assert_ended(run.stop(), 143)

    def test_with_e_it_is_not_waited_for(self):
        self.assertEqual(len(self.read(self.ten(), "-e", "--until", now() + 100 * HOUR)), 10)


class OfPeers(Times):
    """What users of other tools write and expect."""

    def test_kcats_times_are_told_where_they_belong(self):
        for given, meant in (("s@5000", "--since 5000"), ("e@5000", "--until 5000")):
            self.assert_ended(self.logcat("-o", given, "any"), 2, f"write {meant}")

    def test_rpks_times_are_told_where_they_belong(self):
        self.assert_ended(self.logcat("-o", "@-1h", "any"), 2, "write --since -1h")

    def test_seconds_since_the_epoch_are_no_silent_1970(self):
        self.assert_ended(self.logcat("--since", "1700000000", "any"), 2, "write 1700000000000")

    def test_what_kcat_prints_for_the_same_window(self):
        """kcat ends each partition at the first record past the end; these are in order."""
        topic = self.ten()
        options = ("-o", f"s@{DAY + 2 * HOUR}", "-o", f"e@{DAY + 6 * HOUR}")
        theirs = topic.kcat("-C", "-q", "-e", *options, "-f", "%s\\n").splitlines()
        ours = self.read(topic, "--since", DAY + 2 * HOUR, "--until", DAY + 6 * HOUR)
        self.assertEqual(ours, theirs)


if __name__ == "__main__":
    main()
