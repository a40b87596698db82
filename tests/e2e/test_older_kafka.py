#!/usr/bin/env python3
"""The whole way on Kafka 3.9.2, the last with protocol versions that 4.x no longer speaks."""

from support import main
from support.case import OwnBrokerCase


class OlderKafka(OwnBrokerCase):
    version = "3.9.2"

    def test_lines_go_in_and_come_out(self):
        topic = self.topic(4)
        lines = [b"line %d" % n for n in range(50_000)]
        log = self.file("app.log", b"\n".join(lines) + b"\n")
        self.assert_quiet(self.logtail("-t", topic, "--once", log))
        printed = self.logcat("-e", "--value", topic)
        self.assert_quiet(printed)
        self.assert_same_lines(printed.lines, lines)
        self.assertEqual(self.logcat("-e", "--value", "-n", "2", topic).lines, lines[-2:])

    def test_transactions_end_and_a_follower_follows(self):
        topic = self.topic()
        topic.commit_transaction(2)
        topic.abort_transaction(5)
        self.assertEqual(self.logcat("-e", "--value", topic).lines, [b"0", b"1"])
        run = self.start_logcat("--value", "-o", "oldest", topic)
        topic.write(b"new")
        self.assertEqual(run.wait_for_output(3), [b"0", b"1", b"new"])
        self.assert_ended(run.stop(), 0)


if __name__ == "__main__":
    main(needs_broker=False)
