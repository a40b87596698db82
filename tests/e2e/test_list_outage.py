#!/usr/bin/env python3
"""What -L tells of a cluster that has lost one of its two brokers."""

import json

from support import main, wait_until
from support.broker import OwnBroker
from support.case import OwnBrokerCase


class LostBroker(OwnBrokerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = OwnBroker(cls.__name__ + "-second", join=cls.broker)
        cls.addClassCleanup(cls.second.delete)

    def made(self, replicas):
        """A topic of four partitions, each on so many brokers."""
        topic = self.missing_topic(4)
        how = ("--once", f"--create-topic=4:{replicas}", "-p", "0")
        log = self.file("log", b"line\n")
        wait_until(lambda: self.logtail("-t", topic, *how, log).code == 0, f"topic {topic}", 60)
        return topic

    def partitions(self, topic):
        ended = self.logcat("-L", "-J", topic)
        self.assert_ended(ended, 0)
        return [o for o in map(json.loads, ended.lines) if o["type"] == "partition"]

    def test_a_broker_that_does_not_answer_hides_its_own_offsets_only(self):
        topic = self.made(1)

        def listed_while_it_sleeps():
            """Before the controller takes its partitions away, which it does after three seconds."""
            wait_until(lambda: all(p["leader"] for p in self.partitions(topic)), "leaders", 60)
            self.second.sleep()
            ended = self.logcat("-L", topic)
            self.second.wake()
            return ended if "does not answer" in ended.err else None

        ended = wait_until(listed_while_it_sleeps, "a list while a broker sleeps", 90)
        said = "broker 2 does not answer: the offsets of 2 partitions are not known"
        self.assert_ended(ended, 3, said)
        self.assertEqual(ended.out.count(b"broker 2 does not answer"), 2)
        self.assertIn(b"4 partitions: 2 with unknown offsets", ended.out)

    def test_what_has_lost_its_leader_or_a_replica_stands_out(self):
        single, double = self.made(1), self.made(2)
        wait_until(
            lambda: all(len(p["isr"]) == 2 for p in self.partitions(double)), "both in sync", 60
        )
        self.assertNotIn(b"under-replicated", self.logcat("-L").out)
        self.second.stop()
        self.addCleanup(self.second.start)
        wait_until(
            lambda: all(p["isr"] == [1] for p in self.partitions(double)), "the loss is known", 60
        )
        for partition in self.partitions(double):
            self.assertEqual((partition["leader"], partition["under_replicated"]), (1, True))
        lost = [p for p in self.partitions(single) if p["replicas"] == [2]]
        self.assertEqual(len(lost), 2)
        for partition in lost:
            self.assertEqual((partition["leader"], partition["end"]), (None, None))
        text = self.logcat("-L").out.decode()
        self.assertIn("under-replicated, 1 of 2", text)
        self.assertIn("no leader", text)
        self.assertIn("away", text)
        self.assertRegex(text.splitlines()[-1], r"\d+ without a leader, \d+ under-replicated")

        ended = self.logcat("--verify", "--connect-timeout", "2s", single)
        self.assert_ended(ended, 3, str(single))
        ended = self.logcat("-Q", "now", single)
        self.assert_ended(ended, 3, "leader")
        self.assertEqual(ended.out.count(b"no leader"), 2)


if __name__ == "__main__":
    main(needs_broker=False)
