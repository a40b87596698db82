#!/usr/bin/env python3
"""logcat -G: goes on where a consumer group is, and shares its partitions with other members."""

import subprocess
import threading
import uuid

from support import ToolCase, main
from support.tool import Running
from support.topic import Topic
from support.waiting import wait_until


def numbers(first, last):
    return [b"%d" % n for n in range(first, last + 1)]


class GroupCase(ToolCase):
    def setUp(self):
        super().setUp()
        self.group = f"e2e-{uuid.uuid4().hex[:12]}"

    def read(self, topic, *options, code=0, said=()):
        """What a run prints that ends at the topic's end."""
        ended = self.logcat("-G", self.group, "-e", "--value", *options, topic)
        self.assert_ended(ended, code, *said)
        return sorted(ended.lines, key=int)

    def follow(self, topic, *options):
        return self.start_logcat("-G", self.group, "--value", *options, topic)

    def write_everywhere(self, topic, values):
        """Spreads values over all partitions."""
        for partition in range(topic.partitions):
            topic.write(*values[partition :: topic.partitions], partition=partition)

    def wait_for_all(self, runs, values):
        """Until these runs together have printed each of the values."""
        printed = lambda: {line for run in runs for line in run.out.splitlines()}
        wait_until(
            lambda: printed() >= set(values),
            lambda: f"{sorted(set(values) - printed())[:20]} in {[run.err for run in runs]}",
            30,
        )


class Resuming(GroupCase):
    def test_a_run_goes_on_where_the_last_one_ended(self):
        topic = self.topic(4)
        self.write_everywhere(topic, numbers(0, 99))
        self.assertEqual(self.read(topic), numbers(0, 99))
        self.assertEqual(self.read(topic), [])
        self.write_everywhere(topic, numbers(100, 109))
        self.assertEqual(self.read(topic), numbers(100, 109))

    def test_a_start_counts_only_where_nothing_is_committed_and_is_kept_without_a_record(self):
        topic = self.topic(2)
        topic.write(*numbers(0, 9))
        self.assertEqual(self.read(topic, "-o", "newest"), [])
        topic.write(*numbers(10, 14))
        self.assertEqual(self.read(topic, "-o", "oldest"), numbers(10, 14))

    def test_the_first_run_may_begin_at_the_last_records(self):
        topic = self.topic(2)
        topic.write(*numbers(0, 9), partition=0)
        topic.write(*numbers(10, 19), partition=1)
        self.assertEqual(self.read(topic, "-o", "-2"), [*numbers(8, 9), *numbers(18, 19)])
        self.assertEqual(self.read(topic), [])

    def test_what_a_failed_run_printed_comes_again(self):
        topic = self.topic()
        topic.write(*numbers(0, 9))
        with open("/dev/full", "wb") as full:
            ended = self.start_logcat("-G", self.group, "-e", "--value", topic, stdout=full).end()
        self.assert_ended(ended, 1)
        ended = self.logcat("-G", self.group, "-c", "20", "-o", "oldest", "--timeout", "2s", topic)
        self.assert_ended(ended, 3, "10 of 20 records came")
        self.assertEqual(self.read(topic), numbers(0, 9))

    def test_a_count_commits_what_was_printed_and_no_more(self):
        topic = self.topic()
        topic.write(*numbers(0, 9))
        self.assertEqual(self.read(topic, "-c", "4"), numbers(0, 3))
        self.assertEqual(self.read(topic), numbers(4, 9))

    def test_a_filter_has_dealt_with_what_lies_before_the_last_match_that_was_wanted(self):
        topic = self.topic()
        topic.write(*numbers(1, 29))
        wanted = ("--grep", "5", "-c", "2")
        self.assertEqual(self.read(topic, *wanted), [b"5", b"15"])
        self.assertEqual(self.read(topic, *wanted), [b"25"])
        self.assertEqual(self.read(topic), [])

    def test_since_says_where_to_begin_and_counts_no_more_behind_that(self):
        topic = self.topic()
        topic.write_at(*((1_700_000_000_000 + n, b"%d" % n) for n in range(10)))
        self.assertEqual(self.read(topic, "-c", "2"), numbers(0, 1))
        self.assertEqual(self.read(topic, "--since", "1700000000005"), numbers(2, 9))

    def test_until_leaves_the_rest_to_the_next_run(self):
        topic = self.topic()
        topic.write_at(*((1_700_000_000_000 + n, b"%d" % n) for n in range(10)))
        self.assertEqual(self.read(topic, "--until", "1700000000003"), numbers(0, 2))
        output = self.folder / "output"
        until = ("--until", "1700000000007", "--output", output)
        self.assertEqual(self.read(topic, *until), [])
        self.assertEqual(output.read_bytes().splitlines(), numbers(3, 6))
        counts = self.logcat("-G", self.group, "--count-only", topic)
        self.assertEqual(counts.lines[-1].split(), [b"total", b"3"])
        self.assertEqual(self.read(topic), [])

    def test_with_flush_what_a_run_printed_is_kept_however_it_ends(self):
        topic = self.topic()
        topic.write(*numbers(0, 9))
        ended = self.logcat(
            *("-G", self.group, "-c", "20", "-o", "oldest", "--timeout", "3s", "--commit", "flush"),
            topic,
        )
        self.assert_ended(ended, 3)
        self.assertEqual(self.read(topic), [])

    def test_a_follower_that_is_told_to_end_has_committed_all_that_it_printed(self):
        topic = self.topic(4)
        self.write_everywhere(topic, numbers(0, 19))
        run = self.follow(topic, "-o", "oldest")
        run.wait_for_output(20)
        self.assert_ended(run.stop(), 0)
        self.assertEqual(self.read(topic), [])

    def test_a_partition_that_is_new_since_is_read_from_its_first_record(self):
        topic = self.topic(1)
        topic.write(*numbers(0, 4))
        self.read(topic)
        topic.grow(2)
        topic.write(*numbers(5, 9), partition=1)
        self.assertEqual(self.read(topic, "-o", "newest"), numbers(5, 9))

    def test_records_that_retention_removed_are_told_with_their_number(self):
        topic = self.topic()
        topic.write(*numbers(0, 9))
        self.assertEqual(self.read(topic, "-c", "2"), numbers(0, 1))
        topic.truncate(0, 5)
        said = f"{topic} [0]: offsets 2 to 4 (3) are gone from the log; going on at 5"
        self.assertEqual(self.read(topic, said=(said,)), numbers(5, 9))

    def test_a_topic_that_was_made_anew_is_read_from_its_beginning(self):
        topic = self.topic()
        topic.write(*numbers(0, 9))
        self.read(topic)
        topic.delete()  # the broker forgets its offsets too
        topic.create()
        topic.write(*numbers(100, 104))
        self.assertEqual(self.read(topic), numbers(100, 104))

    def test_it_leaves_the_group_so_that_the_next_run_need_not_wait(self):
        topic = self.topic()
        topic.write(*numbers(0, 9))
        self.read(topic)
        ended = self.logcat("-G", self.group, "-e", topic)
        self.assert_ended(ended, 0)
        self.assertLess(ended.seconds, 8)  # a session is 10 s


class Sharing(GroupCase):
    def test_two_share_a_topic_and_who_is_left_over_takes_it_all(self):
        topic = self.topic(4)
        first = self.follow(topic, "-o", "oldest")
        self.write_everywhere(topic, numbers(0, 19))
        first.wait_for_output(20)
        second = self.follow(topic)
        second_has = lambda: self.spread(topic, [first, second]) and second.out
        wait_until(second_has, lambda: f"a share for the second one; {second.err}", 30)

        second.stop()
        left = len(second.out.splitlines())
        self.write_everywhere(topic, numbers(1000, 1039))
        self.wait_for_all([first], numbers(1000, 1039))
        self.assert_ended(first.stop(), 0)
        self.assertGreater(left, 0)
        self.assertEqual(self.read(topic), [])

    _next = 100_000

    def spread(self, topic, runs):
        """Writes a record to each partition, and waits until they have all been printed."""
        values = numbers(self._next, self._next + topic.partitions - 1)
        Sharing._next += topic.partitions
        self.write_everywhere(topic, values)
        self.wait_for_all(runs, values)
        return True

    def test_a_rebalance_in_the_middle_of_a_run_that_ends_is_no_error(self):
        topic = self.topic(4)
        lines = self.file("lines", b"".join(b"%d\n" % n for n in range(40_000)))
        for partition in range(4):
            topic.write_lines(lines, partition)
        # The first one stands still in the middle, for nobody reads what it prints.
        first = self.start_logcat(
            *("-G", self.group, "-e", "-f", "%p %s\\n", topic), stdout=subprocess.PIPE
        )
        begun = first.process.stdout.read(1000)
        second = self.start_logcat("-G", self.group, "-e", "-f", "%p %s\\n", topic)
        rest = first.process.stdout.read()
        self.assert_ended(second.end(), 0)
        self.assert_ended(first.end(), 0)
        printed = set((begun + rest).splitlines()) | set(second.out.splitlines())
        self.assertEqual(len(printed), 160_000)
        self.assertEqual(self.read(topic), [])

    def test_a_member_whose_output_is_blocked_for_too_long_is_told_that_it_lost_its_partitions(self):
        topic = self.topic(2)
        lines = self.file("lines", b"".join(b"%d\n" % n for n in range(200_000)))
        topic.write_lines(lines, 0)
        patience = ("-X", "max.poll.interval.ms=6000", "-X", "session.timeout.ms=6000")
        blocked = self.start_logcat(
            *("-G", self.group, "-o", "oldest", "--value", *patience, topic), stdout=subprocess.PIPE
        )
        begun = blocked.process.stdout.read(1000)
        other = self.follow(topic, *patience)
        wait_until(lambda: b"199999" in other.out, lambda: f"the other one's turn: {other.err}", 60)

        rest = []
        reading = threading.Thread(target=lambda: rest.append(blocked.process.stdout.read()))
        reading.start()
        blocked.wait_for_message("of our partitions to others, for it did not hear from us in time")
        self.assert_ended(blocked.stop(), 0)
        reading.join()
        printed = (begun + rest[0]).splitlines() + other.stop().lines
        self.assertEqual(len(set(printed)), 200_000)

    def test_what_a_killed_member_had_is_read_by_another_once_its_session_is_over(self):
        topic = self.topic(2)
        topic.write(*numbers(0, 9))
        session = ("-X", "session.timeout.ms=6000")
        killed = self.follow(topic, "-o", "oldest", *session)
        killed.wait_for_output(10)
        killed.kill()
        other = self.follow(topic, *session)
        topic.write(*numbers(10, 19), partition=1)
        self.wait_for_all([other], numbers(10, 19))
        self.assert_ended(other.stop(), 0, "has not let us in yet")

    def test_a_topic_that_an_expression_finds_later_is_shared_too(self):
        topic = self.topic()
        expression = f"^{topic}.*"
        topic.write(*numbers(0, 9))
        run = self.follow(expression, "-o", "oldest")
        run.wait_for_output(10)
        later = Topic(self.brokers, 2, name=f"{topic}-more")
        self.addCleanup(later.delete)
        later.create()
        later.write(*numbers(10, 19), partition=1)
        self.wait_for_all([run], numbers(0, 19))
        self.assert_ended(run.stop(), 0)

    def test_a_static_member_that_was_killed_has_its_partitions_back_at_once(self):
        topic = self.topic(2)
        topic.write(*numbers(0, 9))
        options = ("-o", "oldest", "-X", "group.instance.id=one", "-X", "session.timeout.ms=45000")
        run = self.follow(topic, *options)
        run.wait_for_output(10)
        run.kill()
        again = self.follow(topic, *options)
        topic.write(*numbers(10, 19), partition=1)
        self.wait_for_all([again], numbers(10, 19))
        self.assert_ended(again.stop(), 0)


class AnotherOwner(GroupCase):
    def consume_with_kcat(self, topic):
        """An application of that group reads all that is there."""
        subprocess.run(
            ["kcat", "-b", self.brokers, "-G", self.group, "-e", "-o", "beginning"]
            + ["-X", "auto.offset.reset=earliest", str(topic)],
            capture_output=True,
            check=True,
            timeout=60,
        )

    def test_offsets_that_no_logcat_committed_are_an_applications(self):
        topic = self.topic()
        topic.write(*numbers(0, 9))
        self.consume_with_kcat(topic)
        topic.write(*numbers(10, 14))
        said = ("offsets that no logcat committed", str(topic), "--join")
        self.assertEqual(self.read(topic, code=2, said=said), [])
        self.assertEqual(self.read(topic, "--join"), numbers(10, 14))
        self.assertEqual(self.read(topic, code=0), [])

    def test_members_that_are_no_logcat_keep_it_out_and_are_joined_when_told_to(self):
        topic = self.topic(2)
        application = Running(
            ["kcat", "-u", "-b", self.brokers, "-G", self.group]
            + ["-X", "auto.offset.reset=earliest", "-X", "enable.auto.commit=false", str(topic)],
            self.runs,
        )
        self.addCleanup(application.kill)
        topic.write(*numbers(0, 9))
        application.wait_for_output(10, 30)

        self.read(topic, code=2, said=("a member that is no logcat", "rdkafka", "--join"))
        # It divides partitions eagerly, by range; so does whoever joins it.
        run = self.follow(topic, "--join")

        def has_share():
            self.write_everywhere(topic, numbers(10, 11))
            return run.out

        wait_until(has_share, lambda: f"a share of the partitions; {run.err}", 30)
        self.assert_ended(run.stop(), 0)


if __name__ == "__main__":
    main()
