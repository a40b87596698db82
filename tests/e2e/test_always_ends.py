#!/usr/bin/env python3
"""-e always ends, whatever stands, stood or will not stand at the ends that were pinned; and on many
partitions and topics."""

import os
import uuid

from support import ToolCase, main
from support.waiting import wait_until


def numbers(first, last):
    return [b"%d" % n for n in range(first, last + 1)]


class AlwaysEnds(ToolCase):
    def read(self, *arguments):
        ended = self.logcat("-e", "--value", *arguments)
        self.assert_quiet(ended)
        return ended.lines

    def start_stuck(self, topic, *values):
        """A reader of all of them, stopped early by a pipe that nobody reads yet; what it has
        printed can be read from the second thing that this gives."""
        topic.write(*values)
        reader, writer = (open(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb")))
        with writer:
            options = ("-X", "queued.max.messages.kbytes=64", "-f", "%o\\n%s\\n")
            run = self.start_logcat(*options, "-e", topic, stdout=writer)
        self.addCleanup(reader.close)
        reader.peek(1)
        return run, reader

    def test_markers_and_aborted_records_in_every_place(self):
        topic = self.topic(5)
        topic.commit_transaction(2, 0)
        topic.abort_transaction(20, 1)
        topic.write(b"one", partition=2)
        topic.abort_transaction(20, 2)
        topic.abort_transaction(20, 3)
        topic.commit_transaction(1, 3)
        for options in ((), ("-o", "oldest"), ("-o", "-5"), ("-n", "10"), ("--isolation", "committed")):
            with self.subTest(options):
                self.assertEqual(sorted(self.read(*options, topic)), [b"0", b"0", b"1", b"one"])
        for options in (("-p", "1"), ("-p", "4"), ("-p", "1,4"), ("-o", "newest"), ("-p0", "-o2")):
            with self.subTest(options):
                self.assertEqual(self.read(*options, topic), [])

    def test_holes_that_compaction_left(self):
        settings = {
            "cleanup_policy": "compact",
            "segment_ms": "100",
            "min_cleanable_dirty_ratio": "0.001",
            "max_compaction_lag_ms": "100",
            "delete_retention_ms": "1",
        }
        topic = self.topic(**settings)
        keyed = [b"%d:%d" % (n % 3, n) for n in range(300)]
        topic.write(*keyed, options=("-K:",))

        def is_compacted():
            """A segment is closed, and so cleaned, when there is something behind it."""
            topic.write(b"last:0", options=("-K:",))
            return len(topic.records()) < 50

        wait_until(is_compacted, f"{topic} compacted", 120)
        left = [record.value for record in topic.records()]
        self.assertEqual(left[:3], numbers(297, 299))
        self.assertEqual(self.read(topic), left)
        self.assertEqual(self.read("-o", "5", topic), left)
        for option in ("-o", "-n"):
            wanted = len(left) - 1
            count = f"-{wanted}" if option == "-o" else str(wanted)
            self.assertEqual(self.read(option, count, topic), left[1:])

    def test_records_that_are_deleted_before_they_are_reached(self):
        for end in (150, 200):
            with self.subTest(end):
                topic = self.topic()
                run, reader = self.start_stuck(topic, *[b"." * 50_000] * 200)
                topic.truncate(0, end)
                offsets = [int(line) for line in reader.read().splitlines()[::2]]
                ended = run.end()
                self.assert_ended(ended, 0, f"{topic} [0]: offsets ", f"going on at {end}")
                self.assertEqual(offsets[-1] if end < 200 else 199, 199)
                self.assertNotIn(end - 1, offsets)

    def test_a_topic_made_anew_with_fewer_partitions(self):
        topic = self.topic(2)
        topic.write(b"one", partition=1)
        run, reader = self.start_stuck(topic, *[b"." * 50_000] * 200)
        topic.delete()
        topic.partitions = 1
        topic.create()
        reader.read()
        self.assertEqual(run.end().code, 0)

    def test_two_hundred_partitions(self):
        topic = self.topic(200)
        options = ("-X", "sticky.partitioning.linger.ms=0")
        topic.kcat("-P", "-p", "-1", *options, input=b"".join(b"%d\n" % n for n in range(5000)))
        self.assertEqual(sorted(map(int, self.read(topic))), list(range(5000)))
        self.assertEqual(sorted(map(int, self.read("-o", "-1000", topic))), list(range(5000)))
        self.assertEqual(len(self.read("-n", "300", topic)), 300)
        run = self.start_logcat("--value", "-o", "oldest", topic)
        run.wait_for_output(5000)
        topic.write(b"last", partition=123)
        self.assertEqual(run.wait_for_output(5001)[5000], b"last")
        self.assert_ended(run.stop(), 0)

    def test_fifty_topics(self):
        prefix = f"e2e-{uuid.uuid4().hex[:12]}"
        topics = [self.missing_topic(name=f"{prefix}-{n}") for n in range(50)]
        for n, topic in enumerate(topics):
            topic.create()
            if n % 2:
                topic.write(b"%d" % n)
        odd = list(range(1, 50, 2))
        self.assertEqual(sorted(map(int, self.read(f"^{prefix}"))), odd)
        self.assertEqual(sorted(map(int, self.read(*topics))), odd)


if __name__ == "__main__":
    main()
