#!/usr/bin/env python3
"""`logcat -J -e a | logtail -t b --input json -`: the copy of a topic is like the topic."""

import base64
import json
import random
import subprocess

from support import ToolCase, main

YEAR = 365 * 86_400_000
NOW = 1_795_348_800_000

CONTENTS = (
    None,
    b"",
    b"plain",
    b"\xff\x00\xfe",
    b"caf\xe9",
    "中文 🎉 \u2028\u0085".encode(),
    b'{"base64":"AAAA"}',
    b'"quoted" \\ / \x1b[2J\r\n\t\0\x7f',
    b"\xed\xa0\x80",  # a surrogate is no UTF-8
    b"x" * 100_000,
)
HEADERS = (
    [],
    [("a", b"1"), ("b", None), ("a", b"2"), ("a", b"1")],
    [("empty", b""), ("", b"no name"), ("bytes", b"\xff\0"), ("中", "é".encode())],
    [(f"h{n}", b"%d" % n) for n in range(50)],
)


def content(written):
    """As --input json takes any bytes."""
    return written if written is None else {"base64": base64.b64encode(written).decode()}


class RoundTrip(ToolCase):
    def setUp(self):
        super().setUp()
        self.a = self.old_topic()
        self.b = self.old_topic()

    def old_topic(self, **config):
        """One that keeps what is old."""
        return self.topic(3, retention_ms=-1, **config)

    def fill(self, records, *options):
        """`records`: key, value, headers, timestamp; to one partition after the other."""
        lines = []
        for n, (key, value, headers, timestamp) in enumerate(records):
            record = {"key": content(key), "value": content(value), "partition": n % 3}
            record["headers"] = [[name, content(each)] for name, each in headers]
            if timestamp is not None:
                record["timestamp"] = timestamp
            lines.append(json.dumps(record).encode() + b"\n")
        into = ("-t", self.a, "-p", "same", "--input", "json", "--once", "-")
        self.assert_ended(self.logtail(*options, *into, input=b"".join(lines)), 0)

    def copy(self, *reading, sending=("-p", "same")):
        """One tool's output is the other's input."""
        reader = self.start_logcat("-J", "-e", *reading, self.a, stdout=subprocess.PIPE)
        into = ("-t", self.b, "--input", "json", "--once", *sending, "-")
        writer = self.start_logtail(*into, stdin=reader.process.stdout)
        reader.process.stdout.close()
        self.assert_quiet(writer.end())
        self.assert_quiet(reader.end())

    def records(self, topic):
        """All that is in it, without the names of its places."""
        ended = self.logcat("-J", "-e", topic)
        self.assert_quiet(ended)
        objects = [json.loads(line) for line in ended.lines]
        for each in objects:
            del each["topic"]
        return sorted(objects, key=lambda each: (each["partition"], each["offset"]))

    def assert_same(self):
        """As logcat has it, and as kcat has."""
        self.assertEqual(self.records(self.b), self.records(self.a))
        self.assertEqual(self.b.records(), self.a.records())

    def test_keys_values_nulls_and_bytes(self):
        pairs = [(key, value) for key in CONTENTS[:-1] for value in CONTENTS]
        self.fill((key, value, [], NOW) for key, value in pairs)
        written = [(record.key, record.value) for record in self.a.records()]
        self.assertCountEqual(written, pairs)
        self.copy()
        self.assert_same()

    def test_an_empty_key_is_not_a_null_one(self):
        self.fill([(b"", b"empty", [], NOW), (None, b"null", [], NOW)])
        self.copy()
        keys = {record.value: record.key for record in self.b.records()}
        self.assertEqual(keys, {b"empty": b"", b"null": None})

    def test_headers_in_their_order(self):
        self.fill((b"k", b"v", headers, NOW) for headers in HEADERS * 3)
        self.copy()
        self.assert_same()
        got = [len(each["headers"]) for each in self.records(self.b)]
        self.assertCountEqual(got, [len(headers) for headers in HEADERS * 3])

    def test_records_of_all_ages(self):
        ages = [1, 1000, NOW - 20 * YEAR, NOW - YEAR, NOW - 1, NOW]
        self.fill((b"k", b"%d" % at, [], at) for at in ages)
        self.copy()
        self.assert_same()
        self.assertCountEqual([record.timestamp for record in self.b.records()], ages)

    def test_the_epoch_itself_is_told_a_millisecond_late_and_not_as_now(self):
        self.fill([(None, b"of 1970", [], 0)])
        self.assertEqual([record.timestamp for record in self.a.records()], [1])

    def test_partitions_are_the_copy_s_own_unless_they_are_to_be_the_same(self):
        self.fill((b"key %d" % (n % 7), b"%d" % n, [], NOW + n) for n in range(300))
        self.copy(sending=())
        of_key = {}
        for record in self.b.records():
            of_key.setdefault(record.key, set()).add(record.partition)
        self.assertEqual({len(partitions) for partitions in of_key.values()}, {1})
        without_place = lambda topic: sorted((r.key, r.value, r.timestamp) for r in topic.records())
        self.assertEqual(without_place(self.b), without_place(self.a))

    def test_one_shape_for_all_bytes(self):
        pairs = [(key, value) for key in CONTENTS[:4] for value in CONTENTS]
        self.fill((key, value, HEADERS[2], NOW) for key, value in pairs)
        self.copy("--json-bytes", "base64")
        self.assert_same()

    def test_whatever_the_topic_is_compressed_with(self):
        rng = random.Random(7)
        records = [
            (rng.randbytes(rng.randrange(9)), b"%d " % n * rng.randrange(99), [("n", b"%d" % n)], NOW + n)
            for n in range(600)
        ]
        for codec in ("zstd", "gzip", "snappy", "lz4", "uncompressed"):
            with self.subTest(codec):
                self.a, self.b = self.old_topic(compression_type=codec), self.old_topic()
                self.fill(records)
                self.copy()
                self.assert_same()
                self.assertEqual(self.b.count(), 600)

    def test_by_time_over_all_partitions(self):
        self.fill((None, b"%d" % n, [], NOW + n) for n in range(300))
        self.b = self.topic(1)
        self.copy("--merge", sending=())
        self.assertEqual(self.b.values(), [b"%d" % n for n in range(300)])

    def test_a_copy_of_the_copy(self):
        """What goes round twice has settled."""
        self.fill((key, key, headers, NOW) for key in CONTENTS[:-1] for headers in HEADERS)
        self.copy()
        first = self.records(self.b)
        self.a, self.b = self.b, self.old_topic()
        self.copy()
        self.assertEqual(self.records(self.b), first)


if __name__ == "__main__":
    main()
