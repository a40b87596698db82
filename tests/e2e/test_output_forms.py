#!/usr/bin/env python3
"""The forms that logcat prints records in: JSON of its own and as kcat's, packed integers, text that
is cut, escaped or coloured. kcat, a JSON parser and a terminal are the witnesses."""

import base64
import json
import os
import pty
import struct

from support import main
from support.printing import PrintingCase


def decoded(value):
    """The bytes that a value in JSON stands for."""
    if isinstance(value, dict):
        return base64.b64decode(value["base64"], validate=True)
    return None if value is None else value.encode()


class Forms(PrintingCase):
    def objects(self, *options):
        return [json.loads(line) for line in self.printed(*options).splitlines()]

    def refused(self, *options):
        """What is said to a command line that is wrong."""
        ended = self.logcat("-e", *options, self.from_topic)
        self.assertEqual(ended.code, 2, ended)
        return ended.err

    def send(self, *records):
        """As logtail takes them: whatever bytes, headers and nulls."""

        def written(value):
            return value if value is None else {"base64": base64.b64encode(value).decode()}

        lines = []
        for record in records:
            headers = [[written(n), written(v)] for n, v in record.pop("headers", [])]
            fields = {name: written(value) for name, value in record.items()}
            lines.append(json.dumps({"headers": headers, **fields}).encode() + b"\n")
        sent = self.logtail("-t", self.from_topic, "--input", "json", "-", input=b"".join(lines))
        self.assert_ended(sent, 0)


class Json(Forms):
    ODD = [
        {"key": b"key", "value": b"value", "headers": [(b"a", b"1"), (b"a", b"2"), (b"n", None)]},
        {"key": None, "value": None},
        {"key": b"", "value": b""},
        {"key": b"\xff\x00", "value": b"caf\xe9", "headers": [(b"\xffname", b"\xfe")]},
        {"key": 'quote " backslash \\ slash /'.encode(), "value": b"\x1b[31m\x7f\t\n\0"},
        {"key": "中文 🎉 é".encode(), "value": "\u0085\u009b31m".encode()},
        {"key": b"long", "value": b"x" * 10_000 + b"\xc2\x85" + b"\"" * 5000},
    ]

    def test_all_that_a_record_has_is_there(self):
        self.send(*(dict(record) for record in self.ODD))
        objects = self.objects("-J")
        for offset, (expected, got) in enumerate(zip(self.ODD, objects, strict=True)):
            self.assertEqual(got["topic"], str(self.from_topic))
            self.assertEqual((got["partition"], got["offset"]), (0, offset))
            self.assertEqual(got["timestamp_type"], "create")
            self.assertEqual(decoded(got["key"]), expected["key"])
            self.assertEqual(decoded(got["value"]), expected["value"])
            headers = [(decoded(name), decoded(value)) for name, value in got["headers"]]
            self.assertEqual(headers, expected.get("headers", []))

    def test_nothing_in_it_drives_a_terminal(self):
        self.send(*(dict(record) for record in self.ODD))
        text = self.printed("-J").decode()
        driving = [c for c in text if c != "\n" and (c < " " or "\x7f" <= c < "\xa0")]
        self.assertEqual(driving, [])

    def test_base64_is_the_one_shape_where_that_is_asked_for(self):
        self.send(*(dict(record) for record in self.ODD))
        for expected, got in zip(self.ODD, self.objects("-J", "--json-bytes", "base64")):
            for name in ("key", "value"):
                self.assertTrue(got[name] is None or isinstance(got[name], dict), got[name])
                self.assertEqual(decoded(got[name]), expected[name])

    def test_what_it_prints_can_be_sent_again(self):
        self.send(*(dict(record) for record in self.ODD))
        copy = self.topic()
        text = self.printed("-J")
        sent = self.logtail("-t", copy, "--input", "json", "-", input=text)
        self.assert_ended(sent, 0)
        again = self.logcat("-e", "-J", copy).out
        self.assertEqual(again.replace(str(copy).encode(), str(self.from_topic).encode()), text)

    def test_as_kcat_prints_it(self):
        self.from_topic.write(b"plain", b'{"a":"b"}', "中文 é".encode())
        options = ["-K", ":", "-Z", "-H", "trace=1", "-H", "trace=2", "-H", "none="]
        self.from_topic.write(b"key:value", b":null key", b"null value:", options=options)
        theirs = self.from_topic.kcat("-C", "-e", "-q", "-o", "beginning", "-J").splitlines()
        ours = self.objects("--json=kcat")
        self.assertEqual(ours, [json.loads(line) for line in theirs])
        self.assertEqual([list(o) for o in ours], [list(json.loads(line)) for line in theirs])

    def test_it_is_json_where_kcat_s_is_not(self):
        self.send({"key": b"\xff", "value": b"caf\xe9"})
        theirs = self.from_topic.kcat("-C", "-e", "-q", "-o", "beginning", "-J")
        with self.assertRaises(UnicodeDecodeError):
            theirs.decode()
        (ours,) = self.objects("--json=kcat")
        self.assertEqual(decoded(ours["key"]), b"\xff")
        self.assertEqual(decoded(ours["payload"]), b"caf\xe9")

    def test_the_keys_and_payloads_of_kcat_s_own_test(self):
        """tests/0002-delim.sh of kcat, read with jq there."""
        text = (
            b"Key1;KeyDel;Value1:MyDilemma::MyDilemma:;KeyDel;Value2:MyDilemma:"
            b"Key3;KeyDel;:MyDilemma:Value4"
        )
        self.from_topic.kcat("-P", "-K", ";KeyDel;", "-D", ":MyDilemma:", "-Z", input=text)
        got = [(o["key"], o["payload"]) for o in self.objects("--json=kcat")]
        expected = [("Key1", "Value1"), (None, "Value2"), ("Key3", None), (None, "Value4")]
        self.assertEqual(got, expected)

    def test_a_nul_may_stand_behind_each(self):
        self.from_topic.write(b"a", b"b")
        records = self.printed("-J", "-0").split(b"\0")
        self.assertEqual([json.loads(r)["value"] for r in records[:-1]], ["a", "b"])
        self.assertEqual(records[-1], b"")

    def test_forms_exclude_each_other(self):
        self.assertIn("-f and -J exclude each other", self.refused("-f", "%s", "-J"))
        self.assertIn("-J and --value exclude each other", self.refused("--value", "-J"))
        self.assertIn("--max-value is for text", self.refused("-J", "--max-value", "1K"))
        self.assertIn("none of auto and base64", self.refused("-J", "--json-bytes", "hex"))
        self.assertIn('"yaml" is not kcat', self.refused("--json=yaml"))


class Packed(Forms):
    NUMBERS = (0, 1, -1, 2**31 - 1, -(2**31), 12345)

    def test_numbers_are_what_kcat_prints(self):
        self.send(*({"key": struct.pack(">i", n), "value": b"v"} for n in self.NUMBERS))
        kcat = self.from_topic.kcat(
            "-C", "-e", "-q", "-o", "beginning", "-s", "key=i$", "-f", "%k %s\\n"
        )
        ours = self.printed("-s", "key=i$", "-f", "%k %s\\n")
        self.assertEqual(ours, kcat)
        self.assertEqual([int(line.split()[0]) for line in ours.splitlines()], list(self.NUMBERS))

    def test_numbers_in_json(self):
        wide = (2**63 - 1, -(2**63))
        self.send(*({"key": struct.pack("<q", n), "value": struct.pack(">bH", -3, 7)} for n in wide))
        objects = self.objects("-J", "-s", "key=<q", "-s", "value=b H")
        self.assertEqual([(o["key"], o["value"]) for o in objects], [(n, "-3 7") for n in wide])

    def test_keys_are_asked_for_by_what_they_print_as(self):
        self.send(*({"key": struct.pack(">i", n), "value": b"%d" % n} for n in self.NUMBERS))
        self.assertEqual(self.printed("-s", "key=>i", "-k", "12345", "--value"), b"12345\n")
        self.assertEqual(self.printed("-s", "key=>i", "-k", "-1", "--value"), b"-1\n")

    def test_one_odd_record_is_printed_as_it_is_and_told_once(self):
        self.send(
            {"key": struct.pack(">i", 1), "value": b"a"},
            {"key": b"odd", "value": b"b"},
            {"key": None, "value": b"c"},
            {"key": b"odder", "value": b"d"},
        )
        ended = self.logcat("-e", "-s", "key=i$", "-f", "%k=%s\\n", self.from_topic)
        self.assert_ended(ended, 0)
        self.assertEqual(ended.lines, [b"1=a", b"odd=b", b"=c", b"odder=d"])
        told = ended.err.splitlines()
        self.assertEqual(len(told), 2, ended)
        self.assertIn("the key of offset 1 has 3 bytes", told[0])
        self.assertIn("2 keys and values did not fit -s", told[1])

    def test_a_packing_that_is_none_is_refused(self):
        self.assertIn("-s: \"avro\": a is none of", self.refused("-s", "value=avro"))


class Text(Forms):
    def test_null_is_what_is_asked_for(self):
        self.send({"key": None, "value": None}, {"key": b"", "value": b""})
        self.assertEqual(self.printed("-f", "[%k][%s]\\n", "--null", "-"), b"[-][-]\n[][]\n")
        self.assertEqual(self.printed("-f", "[%k][%s]\\n", "-Z"), b"[NULL][NULL]\n[][]\n")

    def test_null_is_told_as_by_kcat(self):
        self.send({"key": None, "value": b"v"}, {"key": b"k", "value": None})
        text = "%k %s %K %S\\n"
        theirs = self.from_topic.kcat("-C", "-e", "-q", "-o", "beginning", "-Z", "-f", text)
        self.assertEqual(self.printed("-Z", "-f", text), theirs)

    def test_a_long_value_is_cut_between_characters(self):
        self.send({"value": "中文".encode() * 1000}, {"value": b"short"})
        text = self.printed("--value", "--max-value", "10")
        self.assertEqual(text.decode(), "中文中... (6000 bytes)\nshort\n")

    def test_escapes_where_they_are_asked_for(self):
        self.send({"key": b"\x1b[2J", "value": b"\xff\t\xc2\x9b"})
        self.assertEqual(
            self.printed("-f", "%k %s\n", "--escape", "always"),
            rb"\x1b[2J \xff\x09\xc2\x9b" + b"\n",
        )
        self.assertEqual(self.printed("-f", "%k %s\n"), b"\x1b[2J \xff\t\xc2\x9b\n")

    def test_colours_where_they_are_asked_for(self):
        self.send({"key": b"k", "value": b"v"})
        self.assertEqual(
            self.printed("-f", "%p %k %s\\n", "--color", "always"),
            b"\x1b[36m0\x1b[0m \x1b[33mk\x1b[0m v\n",
        )
        self.assertNotIn(b"\x1b", self.printed())
        self.assertNotIn(b"\x1b", self.printed("-J", "--color", "always"))

    def on_terminal(self, *options, **environment):
        """What a terminal is sent."""
        ours, theirs = pty.openpty()
        try:
            environment = {"TERM": "xterm", **environment}
            run = self.start_logcat("-e", *options, self.from_topic, stdout=theirs, env=environment)
            self.assert_ended(run.end(), 0)
            return os.read(ours, 65536).replace(b"\r\n", b"\n")
        finally:
            os.close(ours)
            os.close(theirs)

    def test_a_terminal_gets_colours_and_no_record_drives_it(self):
        self.send({"key": b"\x1b[2J", "value": b"\x1b]0;title\x07"})
        shown = rb"\x1b[2J"
        value = rb"\x1b]0;title\x07"
        colored = b"\x1b[33m" + shown + b"\x1b[0m " + value + b"\n"
        self.assertEqual(self.on_terminal("-f", "%k %s\\n"), colored)
        self.assertEqual(self.on_terminal("-f", "%k %s\\n", NO_COLOR="1"), shown + b" " + value + b"\n")
        self.assertEqual(
            self.on_terminal("-f", "%k %s\\n", "--color", "never"), shown + b" " + value + b"\n"
        )


if __name__ == "__main__":
    main()
