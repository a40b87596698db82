#!/usr/bin/env python3
"""What a record carries beside its line: key and headers, from templates or from the line."""

import os

from support import ToolCase, main


class KeysAndHeaders(ToolCase):
    def setUp(self):
        super().setUp()
        self.into = self.topic()
        self.log = self.file("app.log", b"one\ntwo three\n")

    def ship(self, *options, code=0, log=None):
        ended = self.logtail("-t", self.into, "--once", *options, log or self.log)
        self.assert_ended(ended, code)
        return ended

    def records(self, *options):
        self.assert_quiet(self.ship(*options))
        return self.into.records()

    def test_a_key_says_where_a_line_came_from(self):
        inode = f"{os.stat(self.log).st_ino:x}"
        template = "{host} {path} {name} {generation} {offset} {{}}"
        keys = [r.key.decode() for r in self.records("--host", "web1", "-k", template)]
        where = f"web1 {self.log} app.log {inode}"
        self.assertEqual(keys, [f"{where} 0 {{}}", f"{where} 4 {{}}"])

    def test_headers_keep_their_order_and_their_templates(self):
        options = ["-H", "source={name}", "-H", "at={offset}", "-H", "source=again", "-H", "empty="]
        headers = [r.headers for r in self.records(*options)]
        self.assertEqual(
            headers,
            ["source=app.log,at=0,source=again,empty=", "source=app.log,at=4,source=again,empty="],
        )

    def test_headers_stand_beside_those_of_a_line_in_pieces(self):
        self.log = self.file("long.log", b"x" * 250 + b"\n")
        records = self.records("--max-line", "100", "-H", "source={name}")
        whole = "source=long.log"
        self.assertEqual(
            sorted(records[0].headers.split(",")), sorted([whole, "partial=1"]), records[0]
        )
        self.assertEqual(records[2].headers, whole)

    def test_the_key_is_what_stands_before_the_delimiter(self):
        self.log = self.file("keyed.log", b"a:1\n:2\nb\nc:d:3\n")
        records = [(r.key, r.value) for r in self.records("-K", ":")]
        self.assertEqual(records, [(b"a", b"1"), (b"", b"2"), (None, b"b"), (b"c", b"d:3")])

    def test_a_key_delimiter_of_several_bytes_has_escapes(self):
        self.log = self.file("keyed.log", b"a\t|1\nb|2\n")
        records = [(r.key, r.value) for r in self.records("-K", r"\t|")]
        self.assertEqual(records, [(b"a", b"1"), (None, b"b|2")])

    def test_equal_keys_go_to_the_same_partition_as_java_puts_them(self):
        self.into = self.topic(7)
        keys = [b"key%d" % (n % 20) for n in range(200)]
        self.log = self.file("keyed.log", b"".join(b"%s=x\n" % key for key in keys))
        ours = {r.key: r.partition for r in self.records("-K", "=")}
        java = self.topic(7)
        text = b"".join(b"%s=x\n" % key for key in keys)
        java.kcat("-P", "-X", "topic.partitioner=murmur2", "-K", "=", input=text)
        self.assertEqual(ours, {r.key: r.partition for r in java.records()})

    def test_a_template_that_is_wrong_is_refused_with_what_can_be_written(self):
        for options in (["-k", "{nam}"], ["-H", "a={x}"]):
            with self.subTest(options):
                self.assert_ended(self.ship(*options, code=2), 2, options[0], "{name}")
        self.assert_ended(self.ship("-k", "{", code=2), 2, "-k", "{{")
        self.assert_ended(self.ship("-k", "a}", code=2), 2, "-k", "}}")
        self.assert_ended(self.ship("-H", "novalue", code=2), 2, "-H", "NAME=")

    def test_a_topic_for_each_source(self):
        prefix = self.into.name
        logs = [self.file("one.log", b"1\n"), self.file("t w o.log", b"2\n")]
        options = ["-t", prefix + ".{host}.{name}", "--host", "web1", "--create-topic"]
        self.assert_quiet(self.logtail("--once", *options, *logs))
        for name, value in (("one.log", b"1"), ("t_w_o.log", b"2")):
            topic = self.missing_topic(name=f"{prefix}.web1.{name}")
            self.assertEqual(topic.values(), [value])


if __name__ == "__main__":
    main()
