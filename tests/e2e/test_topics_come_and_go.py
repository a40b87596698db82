#!/usr/bin/env python3
"""Which topics logcat reads: expressions for their names, and what comes, goes, and comes back
while it follows."""

import uuid

from support import ToolCase, main
from support.case import OwnBrokerCase
from support.waiting import wait_until


def numbers(first, last):
    return [b"%d" % n for n in range(first, last + 1)]


class FamilyCase(ToolCase):
    """Topics whose names begin alike, with a begin that nobody else's have."""

    def setUp(self):
        super().setUp()
        self.prefix = f"e2e-{uuid.uuid4().hex[:12]}"

    def missing_member(self, name, partitions=1):
        return self.missing_topic(partitions, name=f"{self.prefix}-{name}")

    def member(self, name, *values, partitions=1):
        topic = self.missing_member(name, partitions)
        topic.create()
        if values:
            topic.write(*values)
        return topic


class Expressions(FamilyCase):
    def read(self, *arguments):
        ended = self.logcat("-e", "-f", "%t %s\\n", *arguments)
        self.assert_quiet(ended)
        return sorted(line.removeprefix(self.prefix.encode() + b"-") for line in ended.lines)

    def test_all_topics_that_match_are_read(self):
        self.member("eu", b"one", b"two")
        self.member("us", b"three")
        self.member("us-old", b"four")
        self.assertEqual(
            self.read(f"^{self.prefix}"), [b"eu one", b"eu two", b"us three", b"us-old four"]
        )
        self.assertEqual(self.read(f"^{self.prefix}-us$"), [b"us three"])
        self.assertEqual(self.read(f"^{self.prefix}-(eu|us-)"), [b"eu one", b"eu two", b"us-old four"])

    def test_a_topic_that_is_asked_for_in_several_ways_is_read_once(self):
        topic = self.member("eu", b"one")
        self.member("us", b"two")
        twice = (f"^{self.prefix}", f"^{self.prefix}-eu", topic)
        self.assertEqual(self.read(*twice), [b"eu one", b"us two"])

    def test_p_reads_those_partitions_of_the_topics_that_have_them(self):
        self.member("small", b"no")
        large = self.member("large", b"no", partitions=3)
        large.write(b"yes", partition=2)
        self.assertEqual(self.read("-p", "2", f"^{self.prefix}"), [b"large yes"])

    def test_the_last_of_all_are_the_last_by_time(self):
        for n in range(6):
            self.member(f"t{n}", b"%d" % n)
        self.assertEqual(self.read("-n", "2", f"^{self.prefix}"), [b"t4 4", b"t5 5"])

    def test_none_that_matches_ends_a_bounded_run_with_1(self):
        self.member("eu", b"one")
        nothing = f"^{self.prefix}-asia"
        for options in (("-e",), ("-c", "1"), ("--timeout", "30s")):
            with self.subTest(options):
                ended = self.logcat(*options, f"^{self.prefix}", nothing)
                said = f'logcat: no topic matches "{nothing}" on {self.brokers}\n'
                self.assert_ended(ended, 1)
                self.assertEqual(ended.err, said)

    def test_none_that_matches_is_waited_for_and_told_once(self):
        expression = f"^{self.prefix}"
        run = self.start_logcat("-f", "%t %s\\n", expression)
        told = f'no topic matches "{expression}" on {self.brokers}; waiting for one'
        run.wait_for_message(told)
        topic = self.member("late", b"first", b"second")
        lines = run.wait_for_output(2, 30)
        self.assertEqual(lines, [f"{topic} first".encode(), f"{topic} second".encode()])
        ended = run.stop()
        self.assertEqual(ended.err.count("no topic matches"), 1)
        self.assert_ended(ended, 0)

    def test_internal_topics_are_read_when_asked_for_by_name(self):
        topic = self.member("eu")
        topic.commit_transaction(1)
        ended = self.logcat("-e", "-f", "%t\\n", "--isolation", "uncommitted", "^__transaction_state")
        self.assert_ended(ended, 0)
        self.assertEqual(set(ended.lines), {b"__transaction_state"})
        ended = self.logcat("-e", "^_+transaction_state")
        self.assert_ended(ended, 1, "no topic matches")

    def test_what_is_no_expression_is_refused(self):
        self.assert_ended(self.logcat("-e", "^orders("), 2, '"^orders("', "missing )")

    def test_several_topics_that_are_missing_are_all_named(self):
        here = self.member("here", b"one")
        missing = [self.missing_member(name) for name in ("a", "b")]
        for options in (("-e",), ()):
            with self.subTest(options):
                ended = self.logcat(*options, here, *missing)
                self.assert_ended(ended, 1, *(f'no topic "{topic}"' for topic in missing))
                self.assertEqual(ended.out, b"")


class ComeAndGo(FamilyCase):
    def follow(self, *arguments):
        """A follower that has begun."""
        run = self.start_logcat("-f", "%s\\n", "--verbose", *arguments)
        run.wait_for_message("reading ")
        return run

    def test_a_topic_that_comes_later_is_read_from_its_first_record(self):
        old = self.member("old", b"before")
        run = self.follow(f"^{self.prefix}")
        self.member("new", *numbers(0, 2))
        self.assertEqual(run.wait_for_output(3), numbers(0, 2))
        old.write(b"behind")
        self.assertEqual(run.wait_for_output(4)[3], b"behind")
        self.assert_ended(run.stop(), 0)

    def test_a_topic_made_anew_is_read_from_its_start_however_long_it_is(self):
        topic = self.member("eu", *numbers(0, 9))
        run = self.follow("-o", "oldest", topic)
        run.wait_for_output(10)
        topic.delete()
        run.wait_for_message(f'topic "{topic}" is not there any more; waiting for it')
        topic.create()
        topic.write(*numbers(100, 149))
        self.assertEqual(run.wait_for_output(60, 40), numbers(0, 9) + numbers(100, 149))
        topic.write(b"more")
        self.assertEqual(run.wait_for_output(61)[60], b"more")
        ended = run.stop()
        self.assert_ended(ended, 0, f"{topic} [0] was made anew; going on at its start 0")
        self.assertEqual(ended.err.count("any more"), 1)

    def test_a_topic_made_anew_at_once_is_known_by_its_end(self):
        topic = self.member("eu", *numbers(0, 9))
        run = self.follow("-o", "oldest", topic)
        run.wait_for_output(10)
        topic.delete()
        topic.create()
        topic.write(*numbers(100, 104))
        self.assertEqual(run.wait_for_output(15, 40), numbers(0, 9) + numbers(100, 104))
        self.assert_ended(run.stop(), 0, "made anew; going on at its start 0")

    def test_a_topic_of_an_expression_that_comes_back_is_read_again(self):
        topic = self.member("eu", *numbers(0, 2))
        self.member("us")
        run = self.follow("-o", "oldest", f"^{self.prefix}")
        run.wait_for_output(3)
        topic.delete()
        run.wait_for_message(f'topic "{topic}" is not there any more; waiting for it')
        topic.partitions = 2
        topic.create()
        topic.write(*numbers(3, 5))
        topic.write(*numbers(6, 8), partition=1)
        self.assertEqual(sorted(run.wait_for_output(9, 40)), numbers(0, 8))
        self.assert_ended(run.stop(), 0)



    def test_a_topic_that_says_no_twice_is_told_of_twice_and_of_its_giving_again(self):
        topic = self.member("eu", b"0")
        run = self.follow("-o", "oldest", topic)
        run.wait_for_output(1)
        for n in (1, 2):
            topic.deny()
            wait_until(lambda: run.err.count("authorization failed") == n, "told of", 40)
            topic.allow()
            topic.write(b"%d" % n)
            self.assertEqual(run.wait_for_output(n + 1, 40), numbers(0, n))
            wait_until(lambda: run.err.count("gives records again") == n, "told of", 40)
        self.assert_ended(run.stop(), 0)


class LookingMakesNothing(OwnBrokerCase):
    """A broker that makes each topic that is asked for, if the question lets it."""

    settings = ("auto.create.topics.enable=true",)

    def test_a_topic_that_is_missing_stays_missing(self):
        topic = self.missing_topic()
        other = self.topic()
        for _ in range(2):
            self.assert_ended(self.logcat("-e", other, topic), 1, f'no topic "{topic}"')
        self.assert_ended(self.logcat("-e", f"^{topic}"), 1, "no topic matches")

    def test_a_topic_that_is_deleted_while_it_is_followed_is_not_made_again(self):
        topic, other = self.topic(), self.topic()
        topic.write(b"one")
        run = self.start_logcat("--value", "-o", "oldest", topic, other)
        run.wait_for_output(1)
        topic.delete()
        run.wait_for_message("is not there any more")
        other.write(b"two")
        run.wait_for_output(2)
        self.assert_ended(self.logcat("-e", topic), 1, f'no topic "{topic}"')
        self.assert_ended(run.stop(), 0)


if __name__ == "__main__":
    main()
