#!/usr/bin/env python3
"""What is a line, and which lines become records."""

import re
import signal

from support import ToolCase, main
from support.tool import ROOT

MEGABYTE = 1024 * 1024


class Framing(ToolCase):
    def setUp(self):
        super().setUp()
        self.into = self.topic()

    def ship(self, content, *options, code=0):
        ended = self.logtail("-t", self.into, "--once", *options, self.file("app.log", content))
        self.assert_ended(ended, code)
        return ended

    def assert_shipped(self, content, options, expected):
        self.assert_quiet(self.ship(content, *options))
        self.assert_same_lines(self.into.values(), expected)

    def test_a_return_before_the_line_end_is_dropped_or_kept(self):
        self.assert_shipped(b"a\r\nb\n\r\nc\rd\n", [], [b"a", b"b", b"", b"c\rd"])
        self.into = self.topic()
        self.assert_shipped(b"a\r\nb\n\r\n", ["--keep-cr"], [b"a\r", b"b", b"\r"])

    def test_lines_end_where_the_delimiter_says(self):
        self.assert_shipped(b"a;b\nc;;d", ["-D", ";"], [b"a", b"b\nc", b"", b"d"])

    def test_a_delimiter_has_escapes_and_several_bytes(self):
        self.assert_shipped(b"a\x1e\nb\x1ec\n\x1e\n", ["--delimiter", r"\x1e\n"], [b"a", b"b\x1ec\n"])

    def test_records_that_end_with_nul(self):
        self.assert_shipped(b"a\nb\0c\0\0", ["-0"], [b"a\nb", b"c", b""])

    def test_stdin_is_cut_by_the_same_delimiter(self):
        self.assert_quiet(self.logtail("-t", self.into, "-0", "-", input=b"a\nb\0c"))
        self.assertEqual(self.into.values(), [b"a\nb", b"c"])

    def test_the_last_lines_are_counted_by_the_same_delimiter(self):
        self.assert_shipped(b"a;b;c;d;", ["-D", ";", "-n", "2"], [b"c", b"d"])

    def test_a_line_longer_than_the_limit_comes_in_pieces_that_join_to_the_whole(self):
        long = bytes(range(97, 123)) * 100  # 2600 bytes
        self.assert_quiet(self.ship(b"a\n" + long + b"\nb\n", "--max-line", "1000"))
        records = self.into.records()
        self.assertEqual([len(r.value) for r in records], [1, 1000, 1000, 600, 1])
        self.assertEqual(b"".join(r.value for r in records[1:4]), long)
        self.assertEqual([r.headers for r in records], ["", "partial=1", "partial=1", "", ""])

    def test_a_line_of_100_mb_takes_bounded_memory(self):
        log = self.folder / "app.log"
        piece = bytes(range(32, 127)) * 11038  # about 1 MiB
        with log.open("wb") as out:
            for _ in range(100):
                out.write(piece)
            out.write(b"\nlast\n")
        ended = self.logtail("-t", self.into, "--once", log)
        self.assert_quiet(ended)
        *pieces, last = self.into.records()
        self.assertEqual(last.value, b"last")
        self.assertTrue(b"".join(r.value for r in pieces) == piece * 100)
        self.assertEqual({r.headers for r in pieces[:-1]}, {"partial=1"})
        self.assertEqual(pieces[-1].headers, "")
        self.assertLess(ended.peak_bytes, 128 * MEGABYTE)

    def test_a_limit_above_the_usual_one_is_sent_whole_where_the_topic_takes_it(self):
        self.into = self.topic(max_message_bytes=4 * MEGABYTE)
        long = b"x" * (3 * MEGABYTE)
        self.assert_shipped(long + b"\n", ["--max-line", "3500K"], [long])

    def test_the_limit_follows_a_topic_that_takes_less(self):
        self.into = self.topic(max_message_bytes=50_000)
        self.assert_quiet(self.ship(b"y" * 120_000 + b"\n", "-z", "none"))
        records = self.into.records()
        self.assertEqual(b"".join(r.value for r in records), b"y" * 120_000)
        self.assertEqual([r.headers for r in records], ["partial=1", "partial=1", ""])

    def test_an_unfinished_line_is_shipped_when_the_file_has_been_still(self):
        log = self.file("app.log", b"whole\nhalf")
        options = ("-t", self.into, "--from", "beginning", "--flush-partial", "100ms")
        run = self.start_logtail(*options, log)
        self.into.wait_for(2)
        with log.open("ab") as out:
            out.write(b" rest\n")
        self.into.wait_for(3)
        self.assert_ended(run.stop(), 0)
        self.assertEqual(self.into.values(), [b"whole", b"half", b" rest"])

    def test_only_lines_that_match_are_shipped(self):
        lines = b"error one\ninfo two\nerror three debug\nwarn four\n"
        options = ["--include", "^error", "--include", "four$", "--drop", "debug"]
        self.assert_shipped(lines, options, [b"error one", b"warn four"])

    def test_a_pattern_that_is_none_is_refused(self):
        for option in ("--include", "--drop", "--multiline-start"):
            with self.subTest(option):
                ended = self.ship(b"a\n", option, "a(", code=2)
                self.assert_ended(ended, 2, option, "a(", "missing )")


class Multiline(ToolCase):
    START = r"^\[\d{4}-\d\d-\d\d"

    def setUp(self):
        super().setUp()
        self.into = self.topic()
        self.log = self.folder / "app.log"

    def kafka_log(self):
        """Kafka's own, with stack traces, and the records that a reader would see in it."""
        content = (ROOT / "tests" / "data" / "kafka-server.log").read_bytes()
        starts = [m.start() for m in re.finditer(rb"^\[\d{4}-\d\d-\d\d", content, re.MULTILINE)]
        self.assertEqual(starts[0], 0)
        ends = [*starts[1:], len(content)]
        return content, [content[a:b].rstrip(b"\n") for a, b in zip(starts, ends)]

    def append(self, content):
        with self.log.open("ab") as log:
            log.write(content)

    def test_stack_traces_come_out_as_one_record_each(self):
        content, records = self.kafka_log()
        self.assertGreater(max(record.count(b"\n") for record in records), 10)
        self.append(content)
        ended = self.logtail("-t", self.into, "--once", "--multiline-start", self.START, self.log)
        self.assert_quiet(ended)
        self.assert_same_lines(self.into.values(), records)

    def test_a_record_that_a_rotation_cuts_in_two_is_one(self):
        run = self.start_logtail("-t", self.into, "--multiline-start", "^[A-Z]", self.log)
        run.wait_for_message("waiting for it")
        self.append(b"First\n more\nSecond\n at a\n")
        self.into.wait_for(1)
        self.log.rename(self.folder / "app.log.1")
        self.append(b" at b\nThird\n")
        self.into.wait_for(3)
        self.assert_ended(run.stop(), 0)
        self.assertEqual(self.into.values(), [b"First\n more", b"Second\n at a\n at b", b"Third"])

    def test_the_last_record_is_shipped_after_the_timeout(self):
        options = ("--multiline-start", "^[A-Z]", "--multiline-timeout", "200ms")
        run = self.start_logtail("-t", self.into, *options, self.log)
        run.wait_for_message("waiting for it")
        self.append(b"First\n more\n")
        self.into.wait_for(1)
        self.assert_ended(run.stop(), 0)
        self.assertEqual(self.into.values(), [b"First\n more"])

    def test_sigterm_ships_the_record_that_is_still_open(self):
        options = ("--multiline-start", "^[A-Z]", "--multiline-timeout", "1h")
        run = self.start_logtail("-t", self.into, *options, self.log)
        run.wait_for_message("waiting for it")
        self.append(b"First\nSecond\n more\n")
        self.into.wait_for(1)
        self.assert_ended(run.stop(signal.SIGTERM), 0)
        self.assertEqual(self.into.values(), [b"First", b"Second\n more"])

    def test_include_and_drop_see_the_whole_record(self):
        self.append(b"One\n at x\nTwo\nThree\n at y\n")
        options = ("--multiline-start", "^[A-Z]", "--include", "at ", "--drop", "y")
        self.assert_quiet(self.logtail("-t", self.into, "--once", *options, self.log))
        self.assertEqual(self.into.values(), [b"One\n at x"])


if __name__ == "__main__":
    main()
