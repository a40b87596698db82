#!/usr/bin/env python3
"""Which records are printed: keys, expressions, headers, tombstones, context; and exit code 4."""

import subprocess

from support import ToolCase, main


class Filters(ToolCase):
    def topic_of(self, *values, partitions=1):
        topic = self.topic(partitions)
        topic.write(*values)
        return topic

    def read(self, topic, *options):
        """What is printed of the whole topic, values alone."""
        ended = self.logcat("-e", "--value", *options, topic)
        self.assert_quiet(ended)
        return ended.lines

    def assert_finds_nothing(self, *options):
        ended = self.logcat("-e", "--value", *options)
        self.assert_quiet(ended, 4)
        self.assertEqual(ended.out, b"")


class Conditions(Filters):
    def test_a_key_is_exactly_that(self):
        topic = self.topic()
        topic.write(b"a:1", b"ab:2", b"A:3", b"a:4", options=("-K", ":"))
        topic.write(b"no key")
        self.assertEqual(self.read(topic, "-k", "a"), [b"1", b"4"])
        self.assertEqual(self.read(topic, "-k", "a", "--invert"), [b"2", b"3", b"no key"])

    def test_a_key_of_any_bytes(self):
        topic = self.topic()
        topic.write(b"\xff\x01:bytes", b"text:text", options=("-K", ":"))
        self.assertEqual(self.read(topic, "-k", r"\xff\x01"), [b"bytes"])

    def test_values_that_match(self):
        topic = self.topic_of(b"ERROR one", b"info", b"Error two", b"ERRORS")
        self.assertEqual(self.read(topic, "-g", r"ERROR\b"), [b"ERROR one"])
        self.assertEqual(self.read(topic, "--grep", "error", "-i"),
                         [b"ERROR one", b"Error two", b"ERRORS"])
        self.assertEqual(self.read(topic, "--grep", "ERROR", "--grep", "S$"), [b"ERRORS"])
        self.assertEqual(self.read(topic, "--grep", "rror", "--invert"),
                         [b"ERROR one", b"info", b"ERRORS"])

    def test_expressions_of_characters_and_of_bytes(self):
        topic = self.topic_of("größe".encode(), b"\xfe\xff", "中文".encode())
        self.assertEqual(self.read(topic, "--grep", "GRÖSSE|GRÖßE", "-i"), ["größe".encode()])
        self.assertEqual(self.read(topic, "--grep", "^..$"), ["中文".encode()])
        self.assertEqual(self.read(topic, "--grep", r"^[\xfe\xff]+$"), [b"\xfe\xff"])

    def test_keys_that_match(self):
        topic = self.topic()
        topic.write(b"user-1:a", b"user-22:b", b"order-1:c", options=("-K", ":"))
        self.assertEqual(self.read(topic, "--grep-key", r"^user-\d$"), [b"a"])

    def test_any_header_of_the_name(self):
        topic = self.topic()
        topic.write(b"both", options=("-H", "trace=7", "-H", "trace=8"))
        topic.write(b"other", options=("-H", "span=7"))
        topic.write(b"none")
        for expression in ("trace=7", "trace=^8$", "trace="):
            self.assertEqual(self.read(topic, "--grep-header", expression), [b"both"])
        self.assertEqual(self.read(topic, "--grep-header", "trace=", "--invert"),
                         [b"other", b"none"])

    def test_null_matches_nothing_and_tombstones_are_null_alone(self):
        topic = self.topic()
        topic.write(b"deleted:", b"set:value", options=("-K", ":", "-Z"))
        keys = ("-f", "%k\\n", "-e")
        self.assertEqual(self.logcat(*keys, "--tombstones", topic).lines, [b"deleted"])
        self.assertEqual(self.logcat(*keys, "--grep", "", topic).lines, [b"set"])
        self.assertEqual(self.logcat(*keys, "--grep", "", "--invert", topic).lines, [b"deleted"])

    def test_c_counts_what_is_printed(self):
        topic = self.topic_of(*(b"%d" % n for n in range(1000)))
        self.assertEqual(self.read(topic, "--grep", "5$", "-c", "3"), [b"5", b"15", b"25"])

    def test_the_last_records_are_what_a_filter_sees(self):
        topic = self.topic_of(*(b"%d" % n for n in range(100)))
        self.assertEqual(self.read(topic, "--grep", "5$", "-n", "10"), [b"95"])
        self.assertEqual(self.read(topic, "--grep", "5$", "-o", "-10"), [b"95"])

    def test_a_follower_prints_what_matches_as_it_comes(self):
        topic = self.topic_of(b"old x")
        run = self.start_logcat("--value", "-o", "oldest", "--grep", "x", topic)
        run.wait_for_output(1)
        topic.write(b"a", b"new x", b"b")
        self.assertEqual(run.wait_for_output(2), [b"old x", b"new x"])
        self.assert_ended(run.stop(), 0)

    def test_the_same_as_kcat_and_grep(self):
        topic = self.topic()
        values = [b"%d %s" % (n, b"fizz" * (n % 3 == 0) + b"buzz" * (n % 5 == 0)) for n in range(3000)]
        topic.write(*values)
        consumed = topic.kcat("-C", "-e", "-q", "-o", "beginning")
        for expression in ("fizzbuzz$", "^1.*f", "[02468] "):
            command = ("grep", "-E", expression)
            expected = subprocess.run(command, input=consumed, capture_output=True).stdout
            self.assertEqual(self.read(topic, "--grep", expression), expected.splitlines())


class Context(Filters):
    def setUp(self):
        super().setUp()
        self.values = [b"%d%s" % (n, b" x" * (n % 17 == 0 or n in (40, 41))) for n in range(100)]

    def test_the_same_as_grep(self):
        topic = self.topic_of(*self.values)
        for context in (("-A", "2"), ("-B", "3"), ("-C", "1"), ("-A", "1", "-B", "20")):
            with self.subTest(context):
                command = ("grep", "--no-group-separator", *context, "x")
                text = b"".join(value + b"\n" for value in self.values)
                expected = subprocess.run(command, input=text, capture_output=True).stdout
                self.assertEqual(self.read(topic, "--grep", "x", *context), expected.splitlines())

    def test_c_does_not_count_it_and_waits_for_what_is_behind(self):
        topic = self.topic_of(*self.values)
        command = ("grep", "--no-group-separator", "-C", "2", "-m", "4", "x")
        text = b"".join(value + b"\n" for value in self.values)
        expected = subprocess.run(command, input=text, capture_output=True).stdout.splitlines()
        printed = self.read(topic, "--grep", "x", "-C", "2", "-c", "4")
        self.assertEqual(printed, expected)

    def test_it_is_that_of_the_partition(self):
        topic = self.topic(2)
        for n in range(6):
            topic.write(b"%d" % n, partition=n % 2)
        printed = self.read(topic, "--grep", "[23]", "-B", "1")
        self.assertEqual(sorted(printed), [b"0", b"1", b"2", b"3"])

    def test_a_follower_prints_what_is_behind_a_match_when_it_comes(self):
        topic = self.topic_of(b"a", b"b", b"x")
        run = self.start_logcat("--value", "-o", "oldest", "--grep", "x", "-C", "1", topic)
        self.assertEqual(run.wait_for_output(2), [b"b", b"x"])
        topic.write(b"c", b"d")
        self.assertEqual(run.wait_for_output(3), [b"b", b"x", b"c"])
        self.assert_ended(run.stop(), 0)


class NothingFound(Filters):
    def test_a_condition_that_no_record_meets_is_4(self):
        topic = self.topic_of(b"one")
        for condition in (
            ("--grep", "two"),
            ("-k", "two"),
            ("--grep-key", "two"),
            ("--grep-header", "two="),
            ("--tombstones",),
            ("--grep", "one", "--invert"),
            ("--grep", "two", "-C", "1"),
        ):
            with self.subTest(condition):
                self.assert_finds_nothing(*condition, topic)

    def test_an_empty_topic_is_0_unless_that_is_a_failure(self):
        topic = self.topic()
        self.assert_quiet(self.logcat("-e", topic))
        self.assert_finds_nothing("--fail-empty", topic)
        topic.write(b"one")
        self.assert_ended(self.logcat("-e", "--fail-empty", topic), 0)

    def test_a_run_that_ends_by_time_has_found_nothing_either(self):
        ended = self.logcat("-o", "oldest", "--idle", "500ms", "--grep", "two", self.topic_of(b"one"))
        self.assert_quiet(ended, 4)

    def test_work_that_is_left_counts_more(self):
        topic = self.topic_of(b"one")
        options = ("-o", "oldest", "-c", "1", "--timeout", "1s", "--grep", "two")
        self.assert_ended(self.logcat(*options, topic), 3, "0 of 1 records came")

    def test_a_follower_need_not_find_anything(self):
        topic = self.topic_of(b"one")
        run = self.start_logcat("--verbose", "-o", "oldest", "--grep", "two", topic)
        run.wait_for_message("from offset 0")
        self.assert_ended(run.stop(), 0)

    def test_fail_empty_is_for_runs_that_end(self):
        self.assert_ended(self.logcat("--fail-empty", "test"), 2, "--fail-empty", "-e")


if __name__ == "__main__":
    main()
