#!/usr/bin/env python3
"""Where logcat ends: -e, -c, --timeout, --idle; and that a follower finds what is new."""

import os

from support import ToolCase, main


class Ends(ToolCase):
    def topic_of(self, count, partitions=1):
        topic = self.topic(partitions)
        for partition in range(partitions):
            topic.write(*(b"%d" % n for n in range(count)), partition=partition)
        return topic

    def test_c_ends_after_that_many_records(self):
        topic = self.topic_of(100)
        ended = self.logcat("--value", "-o", "oldest", "-c", "5", topic)
        self.assert_ended(ended, 0)
        self.assertEqual(ended.lines, [b"0", b"1", b"2", b"3", b"4"])

    def test_c_counts_over_all_partitions(self):
        ended = self.logcat("--value", "-o", "oldest", "-c", "150", self.topic_of(100, 4))
        self.assert_ended(ended, 0)
        self.assertEqual(len(ended.lines), 150)

    def test_c_and_e_with_fewer_records_end_with_0(self):
        ended = self.logcat("--value", "-e", "-c", "50", self.topic_of(3))
        self.assert_ended(ended, 0)
        self.assertEqual(len(ended.lines), 3)

    def test_a_time_limit_before_the_count_is_reached_ends_with_3(self):
        options = ("-o", "oldest", "-c", "50", "--timeout", "1s")
        ended = self.logcat("--value", *options, self.topic_of(3))
        self.assert_ended(ended, 3)
        self.assertEqual(len(ended.lines), 3)
        self.assertGreater(ended.seconds, 0.9)
        self.assertLess(ended.seconds, 5)

    def test_a_time_limit_ends_a_follower_that_has_caught_up_with_0(self):
        ended = self.logcat("--value", "-o", "oldest", "--timeout", "1s", self.topic_of(3))
        self.assert_ended(ended, 0)
        self.assertEqual(len(ended.lines), 3)

    def test_a_time_limit_holds_while_the_reader_does_not_read(self):
        topic = self.topic()
        topic.write(*[b"x" * 1000] * 1000)
        reader, writer = self.pipe()
        with writer:
            run = self.start_logcat("-o", "oldest", "-e", "--timeout", "1s", topic, stdout=writer)
        self.assert_ended(run.end(10), 3)
        reader.close()

    def pipe(self):
        read, write = os.pipe()
        return open(read, "rb"), open(write, "wb")

    def test_idle_ends_when_no_record_has_come_for_so_long(self):
        ended = self.logcat("--value", "-o", "oldest", "--idle", "700ms", self.topic_of(3))
        self.assert_ended(ended, 0)
        self.assertEqual(len(ended.lines), 3)
        self.assertGreater(ended.seconds, 0.7)
        self.assertLess(ended.seconds, 5)

    def test_e_ends_where_the_end_was_at_the_start(self):
        """A topic that is written to all the time: logtail fills it while logcat reads."""
        topic = self.topic_of(10)
        log = self.file("many", b"".join(b"%d\n" % n for n in range(300_000)))
        filler = self.start_logtail("-t", topic, "-p", "0", "--once", log)
        ended = self.logcat("--value", "-e", topic)
        self.assert_ended(ended, 0)
        self.assertGreaterEqual(len(ended.lines), 10)
        self.assert_ended(filler.end(), 0)

    def start_stuck(self, topic):
        """A reader of all that is in the topic, stopped early by a pipe that nobody reads yet."""
        topic.write(*[b"old" + b"." * 50_000] * 200)
        reader, writer = self.pipe()
        with writer:
            options = ("-X", "queued.max.messages.kbytes=64", "--value", "-e", "--timeout", "20s")
            run = self.start_logcat(*options, topic, stdout=writer)
        self.addCleanup(reader.close)
        reader.peek(1)
        return run, reader

    def test_e_ends_though_the_topic_is_made_anew_in_the_middle(self):
        for count in (1, 150):  # before and behind the place that was reached
            with self.subTest(count):
                topic = self.topic()
                run, reader = self.start_stuck(topic)
                topic.delete()
                topic.create()
                topic.write(*[b"new"] * count)
                self.assertIn(b"old", reader.read())
                self.assert_ended(run.end(20), 0, f"{topic} [0]: the log ends at {count}")

    def test_a_topic_that_is_deleted_in_the_middle_ends_a_bounded_run_with_1(self):
        topic = self.topic()
        run, reader = self.start_stuck(topic)
        topic.delete()
        self.assertIn(b"old", reader.read())
        self.assert_ended(run.end(20), 1, f'topic "{topic}" is not there any more')

    def test_a_follower_waits_for_a_topic_that_is_deleted(self):
        topic = self.topic_of(3)
        run = self.start_logcat("--value", "-o", "oldest", topic)
        run.wait_for_output(3)
        topic.delete()
        run.wait_for_message(f'topic "{topic}" is not there any more; waiting for it')
        topic.create()
        topic.write(b"new")
        self.assertEqual(run.wait_for_output(4)[3], b"new")
        self.assert_ended(run.stop(), 0, "made anew")

    def test_a_follower_finds_new_partitions_within_ten_seconds(self):
        topic = self.topic_of(1)
        run = self.start_logcat("-f", "%p %s\\n", "-o", "oldest", topic)
        run.wait_for_output(1)
        topic.grow(3)
        topic.write(b"first", partition=2)
        self.assertIn(b"2 first", run.wait_for_output(2, seconds=12))
        self.assert_ended(run.stop(), 0)

    def test_a_follower_that_began_at_the_newest_reads_new_partitions_from_their_first(self):
        topic = self.topic_of(5)
        run = self.start_logcat("--verbose", "-f", "%p %s\\n", "-o", "newest", topic)
        run.wait_for_message("from offset 5")
        topic.grow(2)
        topic.write(b"first", b"second", partition=1)
        self.assertEqual(run.wait_for_output(2, seconds=12), [b"1 first", b"1 second"])
        self.assert_ended(run.stop(), 0)

    def test_records_are_printed_as_they_come(self):
        topic = self.topic_of(1)
        run = self.start_logcat("--value", "-o", "oldest", topic)
        for n in range(2, 6):
            run.wait_for_output(n - 1)
            topic.write(b"more")
        run.wait_for_output(5)
        self.assert_ended(run.stop(), 0)


if __name__ == "__main__":
    main()
