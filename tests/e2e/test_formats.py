#!/usr/bin/env python3
"""How logcat prints a record; kcat is the witness for what it has too."""

from support import main
from support.printing import PrintingCase


class Formats(PrintingCase):
    def write(self, key, value, *headers):
        """One record; None is null. Neither may hold a tab or a newline."""
        options = [word for header in headers for word in ("-H", header)]
        if key is None and value is not None:
            self.from_topic.write(value, options=options)
            return
        options += ["-K", "\t", "-Z"]
        self.from_topic.write((key or b"") + b"\t" + (value or b""), options=options)

    def test_the_default_is_one_line_with_everything(self):
        for n in range(13):
            self.write(None, b"Hello current time is %d" % n)
        line = f"{self.from_topic}---Partition:0, Offset:12, Key:, Value:Hello current time is 12\n"
        self.assertEqual(self.printed("-o", "12"), line.encode())

    def test_tokens_print_what_kcat_s_print(self):
        self.write(b"key", b"value", "trace=1", "user=anna")
        self.write(None, b"no key")
        self.write(b"", b"empty key is null for kcat -Z")
        self.write(b"tombstone", None)
        self.write(b"\xff\x00\x80", b"\x00\xfe\x1b[31m")
        self.write("käse".encode(), "größe".encode())
        for token in "tpokKsSTRh":
            with self.subTest(token):
                text = f"<%{token}>\\n"
                self.assertEqual(self.printed("-f", text), self.kcat(text))
        everything = r"%t %p %o %k %K %s %S %T %h %R %% \n \r \t \x41"
        self.assertEqual(self.printed("-f", everything), self.kcat(everything))

    def kcat(self, text):
        return self.from_topic.kcat("-C", "-e", "-q", "-o", "beginning", "-f", text)

    def test_no_newline_is_added(self):
        self.from_topic.write(b"a", b"b")
        self.assertEqual(self.printed("-f", "%s"), b"ab")

    def test_hex_shows_the_bytes(self):
        self.write(b"\x00\xff", b"A\x80")
        self.assertEqual(self.printed("-f", "%X %x\\n"), b"00ff 4180\n")

    def test_a_header_is_found_by_its_name(self):
        self.write(None, b"v", "trace=1", "trace=2", "user=anna")
        self.assertEqual(self.printed("-f", "%H{trace} %H{user} [%H{absent}]\\n"), b"2 anna []\n")

    def test_the_time_is_the_record_s(self):
        self.write(None, b"v")
        time, milliseconds = self.printed("-f", "%d{%s%3N} %T\\n").split()
        self.assertEqual(time, milliseconds)
        date = self.printed("-f", "%d{%Y-%m-%d %H:%M:%S}\\n")
        self.assertRegex(date, rb"^2\d{3}-\d\d-\d\d \d\d:\d\d:\d\d\n$")

    def test_the_time_s_zone_is_tz_s(self):
        self.write(None, b"v")
        ended = self.logcat("-e", "-f", "%d{%z}\\n", self.from_topic, env={"TZ": "Asia/Shanghai"})
        self.assertEqual(ended.out, b"+0800\n")

    def test_value_is_the_value_and_a_newline(self):
        self.write(b"key", b"one")
        self.write(b"key", None)
        self.assertEqual(self.printed("--value"), b"one\n\n")

    def test_nul_stands_in_the_place_of_the_last_newline(self):
        self.from_topic.write(b"one", b"two")
        self.assertEqual(self.printed("--value", "-0"), b"one\0two\0")
        self.assertEqual(self.printed("-f", "%o\\n%s\\n", "-0"), b"0\none\x001\ntwo\0")
        self.assertEqual(self.printed("-f", "%s", "-0"), b"one\0two\0")

    def test_bytes_are_printed_as_they_are_where_no_terminal_is(self):
        value = bytes(byte for byte in range(256) if byte not in b"\t\n")
        self.write(None, value)
        self.assertEqual(self.printed("-f", "%s"), value)

    def test_a_record_larger_than_any_buffer_is_printed_whole(self):
        topic = self.topic(max_message_bytes=12_000_000)
        value = b"0123456789" * 1_000_000
        log = self.file("large", value)
        topic.kcat("-P", "-X", "message.max.bytes=12000000", str(log))
        ended = self.logcat("-e", "-f", "%s", topic)
        self.assert_ended(ended, 0)
        self.assertTrue(ended.out == value, f"{len(ended.out)} bytes; stderr: {ended.err}")


if __name__ == "__main__":
    main()
