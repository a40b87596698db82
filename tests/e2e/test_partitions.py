#!/usr/bin/env python3
"""To which partition a line goes, and with which key."""

import socket

from support import ToolCase, main

PARTITIONS = 7


class Partitions(ToolCase):
    def setUp(self):
        super().setUp()
        self.into = self.topic(PARTITIONS)

    def ship(self, *options, lines=50_000, name="app.log"):
        log = self.file(name, b"".join(b"a line to be shipped %d\n" % n for n in range(lines)))
        self.assert_quiet(self.logtail("-t", self.into, "--once", *options, log))
        return log

    def partitions_used(self):
        return {record.partition for record in self.into.records()}

    def partition_java_picks(self, key):
        """Where kcat puts a record with that key when told to hash as Java's client does."""
        topic = self.topic(PARTITIONS)
        topic.kcat("-P", "-X", "topic.partitioner=murmur2", "-K", "\t", input=key + b"\tx\n")
        return topic.records()[0].partition

    def test_a_file_s_lines_all_go_to_the_partition_that_host_and_path_hash_to(self):
        for name in ("one.log", "another.log", "and another.log"):
            with self.subTest(name):
                self.into = self.topic(PARTITIONS)
                log = self.ship(name=name, lines=100)
                source = f"{socket.gethostname()}{log}".encode()
                self.assertEqual(self.partitions_used(), {self.partition_java_picks(source)})

    def test_a_path_is_made_absolute_before_it_is_hashed(self):
        self.file("app.log", b"one\n")
        relative = self.logtail("-t", self.into, "--once", "./app.log", cwd=self.folder)
        self.assert_quiet(relative)
        self.assert_quiet(self.logtail("-t", self.into, "--once", self.folder / "app.log"))
        self.assertEqual(len(self.partitions_used()), 1)

    def test_p_file_is_the_default_said_aloud(self):
        self.ship(lines=100)
        self.ship("-p", "file", lines=100)
        self.assertEqual(len(self.partitions_used()), 1)

    def test_p_spread_uses_all_partitions_and_loses_nothing(self):
        self.ship("-p", "spread", lines=500_000)
        records = self.into.records()
        self.assertEqual({record.partition for record in records}, set(range(PARTITIONS)))
        self.assertEqual(len({record.value for record in records}), 500_000)

    def test_p_n_is_that_partition(self):
        self.ship("-p", "5", lines=100)
        self.assertEqual(self.partitions_used(), {5})

    def test_a_key_is_every_record_s_and_picks_the_partition_as_java_does(self):
        for key in ("nightly", "käse", "a", "abcd", "x" * 100):
            with self.subTest(key):
                self.into = self.topic(PARTITIONS)
                self.ship("-k", key, lines=100)
                self.assertEqual({record.key for record in self.into.records()}, {key.encode()})
                self.assertEqual(self.partitions_used(), {self.partition_java_picks(key.encode())})

    def test_without_a_key_it_is_null(self):
        self.ship(lines=1)
        self.assertEqual(self.into.records()[0].key, None)

    def test_an_empty_key_is_a_key(self):
        self.ship("-k", "", lines=1)
        self.assertEqual(self.into.records()[0].key, b"")

    def test_a_key_and_a_partition_go_together(self):
        self.ship("-k", "nightly", "-p", "3", lines=10)
        self.assertEqual({(r.key, r.partition) for r in self.into.records()}, {(b"nightly", 3)})

    def test_every_codec_can_be_read(self):
        for codec in ("none", "gzip", "snappy", "lz4", "zstd"):
            with self.subTest(codec):
                self.into = self.topic()
                self.ship("-z", codec, lines=1000)
                self.assertEqual(self.into.count(), 1000)
                self.assertEqual(len(self.into.values()), 1000)


if __name__ == "__main__":
    main()
