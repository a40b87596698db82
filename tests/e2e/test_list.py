#!/usr/bin/env python3
"""What -L tells of a cluster, of topics, and of a consumer group."""

import json
import subprocess
import time

from support import ToolCase, main, wait_until
from support.group import Group

MANY = 1000


def numbers(count):
    return [b"%d" % n for n in range(count)]


class ListCase(ToolCase):
    def list(self, *what):
        """The lines of text."""
        ended = self.logcat("-L", *what)
        self.assert_quiet(ended)
        return ended.out.decode().splitlines()

    def objects(self, kind, *what):
        ended = self.logcat("-L", "-J", *what)
        self.assert_quiet(ended)
        return [o for o in map(json.loads, ended.lines) if o["type"] == kind]

    def assert_refused(self, *what, said):
        self.assert_ended(self.logcat("-L", *what), 1, *said)


class Clusters(ListCase):
    def test_a_whole_cluster_is_its_brokers_and_all_partitions(self):
        topic = self.topic(2)
        topic.write(*numbers(3), partition=1)
        lines = self.list()
        self.assertEqual(lines[0].split(), ["BROKER", "ADDRESS", "LEADS", "HOLDS"])
        self.assertEqual(lines[1].split()[:2], ["1", self.brokers])
        self.assertIn(f"{topic} 0 1 1 1 0 0 0", [" ".join(line.split()) for line in lines])
        self.assertIn(f"{topic} 1 1 1 1 0 3 3", [" ".join(line.split()) for line in lines])
        self.assertRegex(lines[-1], r"^\d+ topics, \d+ partitions$")

    def test_topics_alone_come_without_brokers(self):
        topic = self.topic()
        topic.write(*numbers(5))
        heading, row, empty, total = self.list(topic)
        self.assertEqual(
            heading.split(),
            ["TOPIC", "PARTITION", "LEADER", "REPLICAS", "IN-SYNC", "FIRST", "END", "OFFSETS"],
        )
        self.assertEqual(row.split(), [str(topic), "0", "1", "1", "1", "0", "5", "5"])
        self.assertEqual((empty, total), ("", "1 topic, 1 partition"))

    def test_as_json_it_is_an_object_for_each(self):
        topic = self.topic(2)
        topic.write(*numbers(4))
        (broker,) = self.objects("broker")
        self.assertEqual(f"{broker['host']}:{broker['port']}", self.brokers)
        self.assertTrue(broker["controller"])
        (told,) = self.objects("topic", topic)
        self.assertEqual((told["topic"], told["partitions"]), (str(topic), 2))
        self.assertEqual((told["offsets"], told["internal"]), (4, False))
        first, second = self.objects("partition", topic)
        self.assertEqual((first["first"], first["end"], first["stable"]), (0, 4, 4))
        self.assertEqual((second["partition"], second["offsets"]), (1, 0))

    def test_it_says_of_partitions_what_kcat_says(self):
        topic = self.topic(3)
        (theirs,) = json.loads(topic.kcat("-L", "-J"))["topics"]
        ours = self.objects("partition", topic)
        self.assertEqual(len(ours), 3)
        for their, our in zip(theirs["partitions"], ours):
            self.assertEqual(their["partition"], our["partition"])
            self.assertEqual(their["leader"], our["leader"])
            self.assertEqual([each["id"] for each in their["replicas"]], our["replicas"])
            self.assertEqual([each["id"] for each in their["isrs"]], our["isr"])

    def test_topics_are_matched_by_regular_expressions(self):
        prefix = self.missing_topic().name
        for end in ("a", "b"):
            self.missing_topic(name=f"{prefix}-{end}").create()
        names = [each["topic"] for each in self.objects("topic", f"^{prefix}-")]
        self.assertEqual(names, [f"{prefix}-a", f"{prefix}-b"])
        self.assert_refused(f"^{prefix}-x", said=[f'no topic matches "^{prefix}-x"'])

    def test_an_internal_topic_is_marked(self):
        Group(self.brokers).consume(self.written(1), 1)
        self.assertTrue(all(t["internal"] for t in self.objects("topic", "^__consumer_offsets$")))
        self.assertIn("internal", self.list("__consumer_offsets")[1])

    def test_topics_that_are_not_there_are_named_with_what_was_meant(self):
        topic = self.topic()
        nearly = f"{topic}"[:-1]
        said = [f'no topic "{nearly}" on', f'did you mean "{topic}"?', 'no topic "else"']
        self.assert_refused(nearly, "else", topic, said=said)

    def test_p_lists_these_partitions_alone(self):
        topic = self.topic(4)
        listed = [each["partition"] for each in self.objects("partition", "-p", "1-2", topic)]
        self.assertEqual(listed, [1, 2])
        said = [f'no partition 7 in topic "{topic}", which has 4']
        self.assert_refused("-p", "7", topic, said=said)

    def test_the_first_offset_is_that_of_the_log(self):
        topic = self.written(10)
        topic.truncate(0, 4)
        (partition,) = self.objects("partition", topic)
        self.assertEqual((partition["first"], partition["end"], partition["offsets"]), (4, 10, 6))

    def test_an_open_transaction_holds_back_the_last_stable_offset(self):
        topic = self.written(3)
        with topic.open_transaction(5):
            (partition,) = self.objects("partition", topic)
            self.assertEqual((partition["stable"], partition["end"]), (3, 8))
            heading, row, *_ = self.list(topic)
            self.assertIn("STABLE", heading)
            self.assertIn("5 behind an open transaction", row)

    def test_a_topic_that_we_may_not_see_is_refused_with_the_reason(self):
        topic = self.denied_topic()
        # The broker hears of it from its controller.
        wait_until(lambda: self.logcat("-L", topic).code != 0, "the denial is known")
        self.assert_refused(topic, said=[str(topic), "authorization"])
        self.assertNotIn(str(topic), [each["topic"] for each in self.objects("topic")])

    def test_a_list_can_be_written_to_a_file(self):
        topic = self.topic()
        into = self.folder / "list.json"
        self.assert_quiet(self.logcat("-L", "-J", "--output", into, topic))
        self.assertEqual(len(into.read_bytes().splitlines()), 2)

    def test_a_thousand_partitions_are_no_matter(self):
        topic = self.topic(MANY)
        topic.write(b"last", partition=MANY - 1)
        begin = time.monotonic()
        partitions = self.objects("partition", topic)
        self.assertLess(time.monotonic() - begin, 10)
        self.assertEqual([each["end"] for each in partitions], [0] * (MANY - 1) + [1])

    def written(self, count):
        topic = self.topic()
        topic.write(*numbers(count))
        return topic


class ListEndings(ListCase):
    def test_a_broker_that_is_away_is_waited_for_as_long_as_was_said(self):
        ended = self.logcat("-L", "--connect-timeout", "3s", brokers=self.closed_port())
        self.assert_ended(ended, 3, "no broker answers at", "Connection refused")
        self.assertEqual(ended.out, b"")

    def test_the_time_limit_is_kept(self):
        ended = self.logcat("-L", "--timeout", "500ms", brokers=self.closed_port())
        self.assert_ended(ended, 3, "the time limit of 500ms has passed")

    def test_a_signal_ends_it(self):
        run = self.start_logcat("-L", brokers=self.closed_port())
        run.wait_for_message("no broker answers")
        self.assert_ended(run.stop(), 143)

    def test_a_closed_pipe_is_no_failure(self):
        topic = self.topic(MANY)
        run = self.start_logcat("-L", topic, stdout=subprocess.PIPE)
        run.process.stdout.readline()
        run.process.stdout.close()
        self.assert_quiet(run.end())

    def test_a_full_disk_is_one(self):
        with open("/dev/full", "wb") as full:
            ended = self.start_logcat("-L", stdout=full).end()
        self.assert_ended(ended, 1, "No space left")


class Groups(ListCase):
    def setUp(self):
        super().setUp()
        self.group = Group(self.brokers)

    def written(self, *counts):
        """A topic with so many records in each partition."""
        topic = self.topic(len(counts))
        for partition, count in enumerate(counts):
            topic.write(*numbers(count), partition=partition)
        return topic

    def look(self, kind, *what):
        return self.objects(kind, "-G", self.group, *what)

    def test_a_group_without_members_shows_what_it_has_committed(self):
        topic = self.written(10)
        self.group.consume(topic, 10)
        topic.write(*numbers(5))
        (group,) = self.look("group")
        self.assertEqual((group["state"], group["members"], group["lag"]), ("Empty", 0, 5))
        (committed,) = self.look("committed")
        self.assertEqual((committed["topic"], committed["partition"]), (str(topic), 0))
        self.assertEqual((committed["committed"], committed["stable"]), (10, 15))
        self.assertEqual((committed["lag"], committed["client"]), (5, None))
        self.assertIn(f"{topic} 0 10 15 5", " ".join(self.list("-G", self.group)[-1].split()))

    def test_members_are_told_with_what_they_are_assigned(self):
        topic = self.written(3, 4)
        self.group.join(self, topic, "billing")
        (member,) = self.look("member")
        self.assertEqual((member["client"], member["partitions"]), ("billing", 2))
        self.assertIn("127.0.0.1", member["host"])
        for committed in self.look("committed"):
            self.assertEqual((committed["committed"], committed["lag"]), (None, None))
            self.assertEqual(committed["member"], member["member"])
        text = "\n".join(self.list("-G", self.group))
        self.assertIn(f"{topic} 0,1", text)
        self.assertIn("nothing committed", text)

    def test_looking_does_not_disturb_the_group(self):
        self.group.join(self, self.written(3), "billing")
        before = self.look("member")
        for _ in range(3):
            self.assertEqual(self.look("member"), before)
        self.assertEqual(self.look("group")[0]["state"], "Stable")

    def test_what_retention_took_before_it_was_committed_is_counted(self):
        topic = self.written(10)
        self.group.consume(topic, 10)
        topic.write(*numbers(10))
        topic.truncate(0, 15)
        (committed,) = self.look("committed")
        self.assertEqual((committed["gone"], committed["lag"]), (5, 10))
        self.assertIn("5 of them gone from the log", self.list("-G", self.group)[-1])

    def test_lag_is_counted_to_the_last_stable_offset(self):
        topic = self.written(4)
        self.group.consume(topic, 4)
        topic.write(b"more")
        with topic.open_transaction(100):
            self.assertEqual(self.look("committed")[0]["lag"], 1)

    def test_a_topic_can_be_picked_out(self):
        first, second = self.written(1), self.written(1)
        self.group.consume(first, 1)
        self.group.consume(second, 1)
        self.assertEqual(len(self.look("committed")), 2)
        (committed,) = self.look("committed", second)
        self.assertEqual(committed["topic"], str(second))

    def test_a_group_that_there_is_not_is_named_with_what_was_meant(self):
        self.group.consume(self.written(1), 1)
        nearly = f"{self.group}"[:-1]
        said = [f'no consumer group "{nearly}" on', f'did you mean "{self.group}"?']
        self.assert_refused("-G", nearly, said=said)


if __name__ == "__main__":
    main()
