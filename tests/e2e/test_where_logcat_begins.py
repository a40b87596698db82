#!/usr/bin/env python3
"""Where logcat begins, which partitions it reads, and that markers and holes change nothing."""

from support import ToolCase, main


def numbers(first, last):
    return [b"%d" % n for n in range(first, last + 1)]


class Begins(ToolCase):
    def read(self, topic, *options):
        """What is printed of the topic from there to its end."""
        ended = self.logcat("-e", "--value", *options, topic)
        self.assert_ended(ended, 0)
        return ended.lines

    def ten(self):
        topic = self.topic()
        topic.write(*numbers(0, 9))
        return topic

    def test_a_run_that_ends_begins_at_the_oldest(self):
        self.assertEqual(self.read(self.ten()), numbers(0, 9))

    def test_an_offset_is_that_record(self):
        self.assertEqual(self.read(self.ten(), "-o", "7"), numbers(7, 9))

    def test_a_negative_offset_is_the_last_records_in_every_way_to_write_it(self):
        topic = self.ten()
        for options in (("-o", "-3"), ("-o-3",), ("--from=-3",), ("--from", "-3")):
            with self.subTest(options):
                self.assertEqual(self.read(topic, *options), numbers(7, 9))

    def test_a_negative_offset_counts_in_each_partition(self):
        topic = self.topic(2)
        topic.write(*numbers(0, 9), partition=0)
        topic.write(*numbers(10, 19), partition=1)
        self.assertEqual(sorted(self.read(topic, "-o", "-2")), [*numbers(18, 19), *numbers(8, 9)])

    def test_more_than_there_are_is_all(self):
        self.assertEqual(self.read(self.ten(), "-o", "-1000"), numbers(0, 9))

    def test_words_for_both_ends(self):
        topic = self.ten()
        for word in ("oldest", "beginning"):
            self.assertEqual(self.read(topic, "-o", word), numbers(0, 9))
        for word in ("newest", "end"):
            self.assertEqual(self.read(topic, "-o", word), [])

    def test_an_offset_past_the_end_prints_nothing_with_e(self):
        self.assertEqual(self.read(self.ten(), "-o", "1000"), [])

    def test_an_offset_past_the_end_is_waited_for_when_following(self):
        topic = self.ten()
        run = self.start_logcat("--value", "-o", "12", topic)
        topic.write(*numbers(10, 14))
        self.assertEqual(run.wait_for_output(3), numbers(12, 14))
        self.assert_ended(run.stop(), 0)

    def test_an_offset_below_the_log_start_is_the_log_start(self):
        topic = self.ten()
        topic.truncate(0, 5)
        for start in ("0", "3", "oldest", "-8"):
            with self.subTest(start):
                self.assertEqual(self.read(topic, "-o", start), numbers(5, 9))

    def test_a_follower_begins_at_the_newest(self):
        topic = self.ten()
        run = self.start_logcat("--value", "--verbose", topic)
        run.wait_for_message("from offset 10")
        topic.write(b"new")
        self.assertEqual(run.wait_for_output(1), [b"new"])
        self.assert_ended(run.stop(), 0)

    def test_n_is_the_last_of_all_partitions_by_time(self):
        topic = self.topic(3)
        for n in range(12):
            topic.write(b"%d" % n, partition=n % 3)
        self.assertEqual(sorted(self.read(topic, "-n", "4")), sorted(numbers(8, 11)))
        self.assertEqual(len(self.read(topic, "-n", "100")), 12)
        self.assertEqual(self.read(topic, "-n", "0"), [])

    def test_n_counts_over_partitions_that_are_not_alike(self):
        topic = self.topic(2)
        topic.write(*numbers(0, 99), partition=0)
        topic.write(b"last", partition=1)
        self.assertEqual(sorted(self.read(topic, "-n", "3")), sorted([*numbers(98, 99), b"last"]))

    def test_n_follows_when_there_is_no_e(self):
        topic = self.ten()
        run = self.start_logcat("--value", "-n", "2", topic)
        self.assertEqual(run.wait_for_output(2), numbers(8, 9))
        topic.write(b"10")
        self.assertEqual(run.wait_for_output(3), numbers(8, 10))
        self.assert_ended(run.stop(), 0)

    def test_p_reads_these_partitions_alone(self):
        topic = self.topic(5)
        for partition in range(5):
            topic.write(b"%d" % partition, partition=partition)
        for given, expected in {"0": "0", "1,3": "13", "2-4": "234", "0,2-3": "023"}.items():
            with self.subTest(given):
                self.assertEqual(b"".join(sorted(self.read(topic, "-p", given))), expected.encode())

    def test_several_topics_are_read_together(self):
        first, second = self.ten(), self.topic()
        second.write(b"other")
        self.assertEqual(len(self.read(first, str(second))), 11)
        self.assertEqual(len(self.read(first, "-t", str(second))), 11)


class Holes(ToolCase):
    read = Begins.read

    def test_commit_markers_at_the_end_do_not_keep_it_from_ending(self):
        topic = self.topic()
        topic.commit_transaction(3)
        self.assertEqual(self.read(topic), numbers(0, 2))

    def test_aborted_records_at_the_end_do_not_keep_it_from_ending(self):
        topic = self.topic()
        topic.write(b"one")
        topic.abort_transaction(50)
        self.assertEqual(self.read(topic), [b"one"])

    def test_a_topic_of_aborted_records_alone_ends(self):
        topic = self.topic(2)
        topic.abort_transaction(50, 0)
        topic.abort_transaction(50, 1)
        self.assertEqual(self.read(topic), [])

    def test_an_empty_topic_ends(self):
        self.assertEqual(self.read(self.topic(4)), [])

    def test_a_topic_whose_records_were_all_deleted_ends(self):
        topic = self.topic()
        topic.write(*numbers(0, 9))
        topic.truncate(0, 10)
        self.assertEqual(self.read(topic), [])
        self.assertEqual(self.read(topic, "-o", "3"), [])

    def test_the_last_records_are_found_behind_markers_and_aborted_ones(self):
        topic = self.topic()
        topic.write(*numbers(100, 104))
        for _ in range(5):
            topic.commit_transaction(1)
        topic.abort_transaction(200)
        self.assertEqual(self.read(topic, "-o", "-7"), [*numbers(103, 104), *[b"0"] * 5])
        self.assertEqual(self.read(topic, "-n", "7"), [*numbers(103, 104), *[b"0"] * 5])

    def test_a_start_inside_aborted_records_prints_what_is_behind_them(self):
        topic = self.topic()
        topic.abort_transaction(50)
        topic.write(b"behind")
        self.assertEqual(self.read(topic, "-o", "20"), [b"behind"])


if __name__ == "__main__":
    main()
