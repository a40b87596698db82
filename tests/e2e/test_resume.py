#!/usr/bin/env python3
"""With --state a run goes on where the last one that counts has stopped."""

import itertools
import signal
import sqlite3
import subprocess
import threading
import time
from contextlib import closing

from support import ToolCase, main, wait_until


def numbers(first, last):
    return [b"%d" % n for n in range(first, last + 1)]


class Resuming(ToolCase):
    def setUp(self):
        super().setUp()
        self.state = self.folder / "state"

    def run_on(self, topics, *options, **how):
        return self.logcat("--value", "--state", self.state, *options, *self._list(topics), **how)

    def next(self, topics, *options):
        """What cron's next run prints; it says nothing else."""
        ended = self.run_on(topics, "-e", *options)
        self.assert_quiet(ended)
        return ended.lines

    def follow(self, topics, *options, **how):
        return self.start_logcat(
            "--value", "--state", self.state, *options, *self._list(topics), **how
        )

    def kept(self):
        """Next offsets by partition, as any program can read them."""
        if not self.state.exists():
            return {}
        with closing(sqlite3.connect(f"file:{self.state}?mode=ro", uri=True)) as database:
            return dict(database.execute("SELECT partition, next FROM positions"))

    @staticmethod
    def _list(topics):
        return topics if isinstance(topics, (list, tuple)) else [topics]

    def topic_with(self, *values, partitions=1, **config):
        topic = self.topic(partitions, **config)
        topic.write(*values)
        return topic


class Cron(Resuming):
    def test_each_run_prints_what_is_new(self):
        topic = self.topic_with(*numbers(0, 4))
        self.assertEqual(self.next(topic), numbers(0, 4))
        self.assertEqual(self.next(topic), [])
        topic.write(*numbers(5, 9))
        self.assertEqual(self.next(topic), numbers(5, 9))

    def test_from_newest_the_first_run_keeps_its_start_though_it_prints_nothing(self):
        topic = self.topic_with(*numbers(0, 4))
        self.assertEqual(self.next(topic, "-o", "newest"), [])
        topic.write(*numbers(5, 9))
        self.assertEqual(self.next(topic, "-o", "newest"), numbers(5, 9))

    def test_a_start_counts_only_where_nothing_is_kept(self):
        topic = self.topic_with(*numbers(0, 9))
        self.assertEqual(self.next(topic, "-o", "-3"), numbers(7, 9))
        for start in (("-o", "oldest"), ("-o", "2"), ("-n", "5"), ("-o", "-5")):
            self.assertEqual(self.next(topic, *start), [])

    def test_n_counts_where_nothing_is_kept(self):
        topic = self.topic_with(*numbers(0, 9))
        self.assertEqual(self.next(topic, "-n", "2"), numbers(8, 9))
        topic.write(b"10")
        self.assertEqual(self.next(topic, "-n", "2"), [b"10"])

    def test_a_start_that_lies_ahead_is_no_position(self):
        topic = self.topic_with(*numbers(0, 4))
        self.assertEqual(self.next(topic, "-o", "7"), [])
        topic.write(*numbers(5, 9))
        self.assertEqual(self.next(topic, "-o", "7"), numbers(7, 9))

    def test_a_count_is_how_many_are_taken_at_once(self):
        topic = self.topic_with(*numbers(0, 9))
        self.assertEqual(self.next(topic, "-c", "4", "-o", "oldest"), numbers(0, 3))
        self.assertEqual(self.next(topic, "-c", "4"), numbers(4, 7))
        self.assertEqual(self.next(topic, "-c", "4"), numbers(8, 9))

    def test_each_topic_and_partition_has_its_own_position(self):
        first, second = self.topic(2), self.topic_with(b"x")
        first.write(*numbers(0, 2), partition=1)
        self.assertEqual(self.next(first), numbers(0, 2))
        self.assertEqual(self.next([first, second]), [b"x"])
        first.write(b"3", partition=0)
        self.assertEqual(self.next([second, first]), [b"3"])

    def test_partitions_that_were_left_out_begin_where_the_plan_says(self):
        topic = self.topic(2)
        topic.write(b"a", partition=0)
        topic.write(b"b", partition=1)
        self.assertEqual(self.next(topic, "-p", "0"), [b"a"])
        self.assertEqual(self.next(topic, "-o", "newest"), [])
        topic.write(b"c", partition=1)
        self.assertEqual(self.next(topic), [b"c"])

    def test_a_new_partition_is_read_from_its_first_record(self):
        topic = self.topic_with(b"a")
        self.assertEqual(self.next(topic, "-o", "newest"), [])
        topic.grow(2)
        topic.write(b"b", partition=1)
        self.assertEqual(self.next(topic, "-o", "newest"), [b"b"])

    def test_a_topic_that_an_expression_finds_later_is_read_from_its_first_record(self):
        first = self.topic_with(b"a")
        expression = f"^{first}"
        self.assertEqual(self.next(expression, "-o", "newest"), [])
        second = self.missing_topic(name=f"{first}-more")
        second.create()
        second.write(b"b")
        self.assertEqual(self.next(expression, "-o", "newest"), [b"b"])

    def test_since_says_where_to_begin_and_counts_no_more_behind_that(self):
        topic = self.topic()
        topic.write(*numbers(0, 4))
        self.assertEqual(self.next(topic, "--since", "now"), [])
        topic.write(*numbers(5, 9))
        self.assertEqual(self.next(topic, "--since", "now"), numbers(5, 9))

    def test_what_is_too_late_for_until_comes_with_the_next_run(self):
        topic = self.topic()
        times = {"early": 1_000_000_000_000, "late": 1_000_000_900_000}
        log = self.file(
            "records",
            b"".join(b'{"value":"%s","timestamp":%d}\n' % (v.encode(), t) for v, t in times.items()),
        )
        self.assert_ended(self.logtail("--once", "--input", "json", "-t", topic, log), 0)
        self.assertEqual(self.next(topic, "--until", "1000000500000"), [b"early"])
        self.assertEqual(self.next(topic), [b"late"])

    def test_what_a_filter_left_out_has_been_read(self):
        topic = self.topic_with(b"yes", b"no")
        self.assertEqual(self.next(topic, "--grep", "yes"), [b"yes"])
        self.assertEqual(self.next(topic), [])

    def test_a_run_that_finds_nothing_counts(self):
        topic = self.topic_with(b"no")
        self.assert_ended(self.run_on(topic, "-e", "--grep", "yes"), 4)
        self.assertEqual(self.next(topic), [])

    def test_a_filter_has_dealt_with_what_lies_before_the_last_match_that_was_wanted(self):
        topic = self.topic_with(b"1", b"2 x", b"3", b"4 x", b"5", b"6 x", b"7")
        wanted = ("--grep", "x", "-c", "2")
        self.assertEqual(self.next(topic, *wanted), [b"2 x", b"4 x"])
        self.assertEqual(self.kept(), {0: 4})
        self.assertEqual(self.next(topic, *wanted, "-A", "1"), [b"6 x", b"7"])

    def test_merged_runs_go_on_from_each_other(self):
        topic = self.topic(3)
        records = [(n % 3, b"%d" % n) for n in range(30)]
        for n, (partition, value) in enumerate(records):
            topic.write_at((1_700_000_000_000 + n, value), partition=partition)
        printed = [self.next(topic, "--merge", "-c", "8") for _ in range(4)]
        self.assertEqual([value for run in printed for value in run], numbers(0, 29))
        self.assertEqual(list(map(len, printed)), [8, 8, 8, 6])
        self.assertEqual(self.kept(), {0: 10, 1: 10, 2: 10})

    def test_counts_are_of_what_is_new(self):
        topic = self.topic_with(*numbers(0, 4))
        options = ("--count-only", "--state", self.state, topic)
        self.assertEqual(self.logcat(*options).lines[-1].split()[-1], b"5")
        topic.write(*numbers(5, 6))
        self.assertEqual(self.logcat(*options).lines[-1].split()[-1], b"2")

    def test_runs_beside_a_writer_print_each_record_once_and_in_order(self):
        """Records come between the moment when a run looks for the end and when it gets there."""
        topic = self.topic_with(b"first")
        command = ["kcat", "-P", "-b", topic.brokers, "-t", str(topic), "-X", "linger.ms=1"]
        writer = subprocess.Popen(command, stdin=subprocess.PIPE)
        is_over = threading.Event()
        written = []

        def write():
            for n in itertools.count(0, 200):
                if is_over.is_set():
                    break
                written.extend(numbers(n, n + 199))
                writer.stdin.write(b"".join(b"%d\n" % i for i in range(n, n + 200)))
                writer.stdin.flush()
                time.sleep(0.002)  # so that it lasts

        thread = threading.Thread(target=write)
        thread.start()
        try:
            printed = [line for _ in range(20) for line in self.next(topic)]
        finally:
            is_over.set()
            thread.join()
            writer.stdin.close()
        self.assertEqual(writer.wait(60), 0)
        printed += self.next(topic)
        self.assert_same_lines(printed, [b"first", *written])

    def test_uncommitted_records_that_were_read_are_not_taken_for_a_new_topic(self):
        topic = self.topic_with(b"a")
        topic.abort_transaction(3)
        self.assertEqual(len(self.next(topic, "--isolation", "uncommitted")), 4)
        self.assertEqual(self.next(topic), [])
        topic.write(b"b")
        self.assertEqual(self.next(topic), [b"b"])


class AnotherLog(Resuming):
    def make_anew(self, topic, partitions=1):
        topic.delete()
        wait_until(lambda: self.made(topic, partitions), f"{topic} made anew")

    @staticmethod
    def made(topic, partitions):
        topic.partitions = partitions
        try:
            topic.create()
            return topic.count() == 0
        except RuntimeError:
            return False

    def told(self, topic, *texts):
        ended = self.run_on(topic, "-e")
        self.assert_ended(ended, 0, *texts)
        self.assertEqual(self.next(topic), [])
        return ended.lines

    def test_a_topic_made_anew_is_read_from_its_beginning(self):
        topic = self.topic_with(*numbers(0, 4))
        self.next(topic)
        self.make_anew(topic)
        topic.write(*numbers(10, 19))
        self.assertEqual(self.told(topic, "[0]", "another record", "made anew"), numbers(10, 19))

    def test_a_run_that_took_a_few_knows_its_last_record_again(self):
        topic = self.topic_with(*numbers(0, 9))
        self.assertEqual(self.next(topic, "-c", "4"), numbers(0, 3))
        self.make_anew(topic)
        topic.write(*numbers(10, 19))
        self.assertEqual(self.told(topic, "[0]", "another record", "made anew"), numbers(10, 19))

    def test_a_topic_made_anew_that_is_shorter_is_known_for_certain(self):
        topic = self.topic_with(*numbers(0, 4))
        self.next(topic)
        self.make_anew(topic)
        topic.write(b"one")
        said = "the log ends at 1, before offset 5"
        self.assertEqual(self.told(topic, said, "made anew"), [b"one"])

    def test_a_topic_made_anew_is_read_from_its_beginning_in_partitions_that_were_silent(self):
        topic = self.topic(2)
        topic.write(*numbers(0, 4), partition=0)
        self.next(topic)
        self.make_anew(topic, 2)
        topic.write(b"a", partition=1)
        self.assertEqual(self.told(topic, "[0]", "made anew"), [b"a"])

    def test_records_that_retention_took_are_told_with_their_number(self):
        topic = self.topic_with(*numbers(0, 4))
        self.next(topic)
        topic.write(*numbers(5, 9))
        topic.truncate(0, 8)
        said = f"{topic} [0]: offsets 5 to 7 (3) are gone"
        self.assertEqual(self.told(topic, said), numbers(8, 9))

    def test_retention_of_what_was_read_is_no_news(self):
        topic = self.topic_with(*numbers(0, 4))
        self.next(topic)
        topic.truncate(0, 5)
        self.assertEqual(self.next(topic), [])
        topic.write(b"5")
        self.assertEqual(self.next(topic), [b"5"])

    def test_markers_behind_the_last_record_change_nothing(self):
        topic = self.topic()
        topic.commit_transaction(3)
        self.assertEqual(self.next(topic), numbers(0, 2))
        topic.abort_transaction(3)
        self.assertEqual(self.next(topic), [])
        topic.write(b"3")
        self.assertEqual(self.next(topic), [b"3"])


class WhenItCounts(Resuming):
    def test_a_run_that_was_cut_short_keeps_nothing(self):
        topic = self.topic_with(*numbers(0, 4))
        run = self.follow(topic, "-c", "100", "-o", "oldest")
        run.wait_for_output(5)
        self.assert_ended(run.stop(), 143)
        self.assertEqual(self.next(topic), numbers(0, 4))

    def test_a_run_that_reached_its_time_limit_with_work_left_keeps_nothing(self):
        topic = self.topic_with(*numbers(0, 4))
        ended = self.run_on(topic, "-o", "oldest", "-c", "100", "--timeout", "2s")
        self.assert_ended(ended, 3)
        self.assertEqual(self.next(topic), numbers(0, 4))

    def test_a_closed_pipe_is_failure_where_all_or_nothing_counts(self):
        topic = self.topic_with(*[b"x" * 1000] * 5000)
        run = self.follow(topic, "-e", stdout=subprocess.PIPE)
        run.process.stdout.read(10)
        run.process.stdout.close()
        self.assert_ended(run.end(), 1, "no position is kept")
        self.assertEqual(len(self.next(topic)), 5000)

    def test_a_closed_pipe_ends_a_run_well_that_keeps_what_it_has_written(self):
        topic = self.topic_with(b"first")
        run = self.follow(topic, "-o", "oldest", stdout=subprocess.PIPE)
        self.assertEqual(run.process.stdout.readline(), b"first\n")
        wait_until(lambda: self.kept() == {0: 1}, "the position")
        run.process.stdout.close()
        self.assert_ended(run.end(), 0)
        self.assertEqual(self.next(topic), [])

    def test_a_full_disk_behind_stdout_keeps_nothing(self):
        topic = self.topic_with(*numbers(0, 4))
        with open("/dev/full", "wb") as full:
            self.assert_ended(self.run_on(topic, "-e", stdout=full), 1)
        self.assertEqual(self.next(topic), numbers(0, 4))

    def test_a_follower_keeps_its_start_at_once(self):
        topic = self.topic_with(*numbers(0, 4))
        run = self.follow(topic)
        wait_until(lambda: self.kept() == {0: 5}, "the position")
        run.stop(signal.SIGKILL)
        topic.write(b"5")
        self.assertEqual(self.next(topic), [b"5"])

    def test_a_follower_keeps_what_it_has_written_while_it_lives_and_when_it_ends(self):
        topic = self.topic()
        run = self.follow(topic, "-o", "oldest")
        topic.write(*numbers(0, 4))
        run.wait_for_output(5)
        wait_until(lambda: self.kept() == {0: 5}, "the position")
        topic.write(*numbers(5, 9))
        run.wait_for_output(10)
        self.assert_ended(run.stop(), 0)
        self.assertEqual(self.kept(), {0: 10})

    def test_a_follower_with_commit_end_keeps_when_it_is_told_to_end(self):
        topic = self.topic_with(*numbers(0, 4))
        run = self.follow(topic, "-o", "oldest", "--commit", "end")
        run.wait_for_output(5)
        self.assertEqual(self.kept(), {})
        self.assert_ended(run.stop(), 0)
        self.assertEqual(self.kept(), {0: 5})

    def test_a_bounded_run_with_commit_flush_keeps_what_it_has_written(self):
        topic = self.topic_with(*numbers(0, 4))
        run = self.follow(topic, "-c", "100", "-o", "oldest", "--commit", "flush")
        run.wait_for_output(5)
        self.assert_ended(run.stop(), 143)
        self.assertEqual(self.next(topic), [])


class Refused(Resuming):
    def test_what_has_no_position_to_go_on_from(self):
        for options in (
            ("--at", "0:1"),
            ("-n", "5", "-c", "3", "-e"),
            ("--count-only", "-o", "newest"),
            ("--histogram", "1h", "--commit", "flush"),
        ):
            with self.subTest(options):
                command = ("--state", self.state, *options, "test")
                self.assert_ended(self.logcat(*command, brokers=self.closed_port()), 2)
        self.assertFalse(self.state.exists())


class StateFile(Resuming):
    def test_another_owner_is_told_and_may_be_waited_for(self):
        topic = self.topic_with(b"a")
        run = self.follow(topic, "-o", "oldest")
        run.wait_for_output(1)
        self.assert_ended(self.run_on(topic, "-e"), 5, f"process {run.pid} keeps its positions")
        waiting = self.follow(topic, "-e", "--wait-lock", "1m", "--verbose")
        waiting.wait_for_message("waiting for process")
        self.assert_ended(run.stop(), 0)
        self.assert_ended(waiting.end(), 0)

    def test_what_is_no_state_is_refused_and_left_as_it_is(self):
        topic = self.topic()
        self.state.write_bytes(b"something else" * 100)
        self.assert_ended(self.run_on(topic, "-e"), 2, "is no database")
        self.assertEqual(self.state.read_bytes(), b"something else" * 100)

    def test_logtails_state_is_refused(self):
        log = self.file("app.log", b"line\n")
        topic = self.topic()
        self.assert_ended(self.logtail("--once", "-t", topic, "--state", self.state, log), 0)
        self.assert_ended(self.run_on(topic, "-e"), 2, "is no database of topic positions")

    def test_a_damaged_state_is_refused_before_a_broker_is_asked(self):
        topic = self.topic_with(b"a")
        self.next(topic)
        with closing(sqlite3.connect(self.state)) as database:
            database.execute("UPDATE positions SET next = 0")
            database.commit()
        ended = self.run_on(topic, "-e", brokers=self.closed_port())
        self.assert_ended(ended, 2, "is damaged", "checksum")

    def test_positions_that_cannot_be_kept_are_failure(self):
        topic = self.topic_with(b"a")
        run = self.follow(topic, "-o", "oldest")
        run.wait_for_output(1)
        wait_until(lambda: self.kept() == {0: 1}, "the position")
        self.state.unlink()
        topic.write(b"b")
        run.wait_for_output(2)
        run.wait_for_message("positions are not kept: the file was removed")
        self.assert_ended(run.stop(), 1)


if __name__ == "__main__":
    main()
