#!/usr/bin/env python3
"""--input json: a topic is copied with keys, nulls, bytes, headers, timestamps and partitions."""

import base64
import json

from support import ToolCase, main


def text_or_bytes(value):
    if value is None:
        return None
    try:
        return value.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(value).decode()}


def line(value=b"v", key=None, headers=(), timestamp=None, **more):
    record = {"value": text_or_bytes(value), "key": text_or_bytes(key), **more}
    record["headers"] = [[name, text_or_bytes(content)] for name, content in headers]
    if timestamp is not None:
        record["timestamp"] = timestamp
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


class JsonInput(ToolCase):
    def setUp(self):
        super().setUp()
        self.into = self.topic(3)

    def ship(self, *lines, options=(), code=0):
        log = self.file("records.json", b"".join(lines))
        ended = self.logtail("-t", self.into, "--once", "--input", "json", *options, log)
        self.assert_ended(ended, code)
        return ended

    def test_keys_values_nulls_and_bytes_come_through(self):
        pairs = [
            (b"k", b"v"), (None, b""), (b"", None), (None, None), (b"\xff\x00", b"\x80\n\r\0"),
            ("键".encode(), "值\n\u2028\U0001f600".encode()),
        ]  # fmt: skip
        self.assert_quiet(self.ship(*(line(value, key) for key, value in pairs)))
        got = [(r.key, r.value) for r in self.into.records()]
        self.assertCountEqual(got, pairs)

    def test_headers_and_timestamps_come_through(self):
        headers = [("a", b"1"), ("b", None), ("a", b"2")]
        self.assert_quiet(self.ship(line(headers=headers, timestamp=1234567890123)))
        (record,) = self.into.records()
        self.assertEqual(record.headers, "a=1,b=NULL,a=2")
        self.assertEqual(record.timestamp, 1234567890123)

    def test_what_is_absent_is_null_and_what_is_unknown_is_ignored(self):
        self.assert_quiet(self.ship(b'{"value":"v","colour":{"a":[1,{}]},"topic":"other"}\n', b"{}\n"))
        got = [(r.key, r.value) for r in self.into.records()]
        self.assertCountEqual(got, [(None, b"v"), (None, None)])

    def test_partitions_stay_where_they_were_when_asked(self):
        lines = [line(b"%d" % n, b"same key", partition=n % 3) for n in range(30)]
        self.assert_quiet(self.ship(*lines, options=["-p", "same"]))
        for record in self.into.records():
            self.assertEqual(record.partition, int(record.value) % 3)

    def test_a_line_that_is_no_record_is_told_with_its_number_and_the_others_go_on(self):
        rejected = self.folder / "rejected"
        bad = [b"not json\n", b'{"value":1}\n', b'{"value":"a"\n', b'[]\n']
        lines = [line(b"first"), *bad, line(b"last")]
        ended = self.ship(*lines, options=["--rejected", rejected], code=1)
        for number in range(2, 6):
            self.assertIn(f"line {number}", ended.err)
        self.assertEqual(sorted(self.into.values()), [b"first", b"last"])
        kept = [json.loads(one) for one in rejected.read_bytes().splitlines()]
        self.assertEqual([one["value"] for one in kept], [b.decode().rstrip("\n") for b in bad])

    def test_nothing_is_cut_but_a_record_the_topic_does_not_take_is_told(self):
        self.into = self.topic(max_message_bytes=4_000_000)
        self.assert_quiet(self.ship(line(b"x" * 2_000_000)))
        self.assertEqual(self.into.values(), [b"x" * 2_000_000])
        self.into = self.topic()
        ended = self.ship(line(b"x" * 2_000_000), line(b"small"), code=1)
        self.assertIn("2000000 bytes", ended.err)
        self.assertEqual(self.into.values(), [b"small"])

    def test_options_that_contradict_it_are_refused(self):
        for options in (["-D", ";"], ["--multiline-start", "x"], ["-k", "x"], ["-K", ":"]):
            with self.subTest(options):
                ended = self.ship(line(), options=options, code=2)
                self.assert_ended(ended, 2, options[0], "--input json")
        log = self.file("a.log", b"a\n")
        same = self.logtail("-t", self.into, "--once", "-p", "same", log)
        self.assert_ended(same, 2, "-p same", "--input json")


if __name__ == "__main__":
    main()
