#!/usr/bin/env python3
"""A line's bytes arrive as they are, from a file, from stdin and from a FIFO."""

import os
import subprocess
import threading

from support import ToolCase, main


class Bytes(ToolCase):
    def setUp(self):
        super().setUp()
        self.into = self.topic()

    def ship(self, content):
        """A file of that content with --once; gives the values that arrive."""
        log = self.file("app.log", content)
        self.assert_quiet(self.logtail("-t", self.into, "--once", log))
        return self.into.values()

    def test_empty_lines_are_empty_values_and_not_null(self):
        self.assertEqual(self.ship(b"\none\n\n\n"), [b"", b"one", b"", b""])

    def test_a_carriage_return_before_the_line_end_is_dropped_and_any_other_kept(self):
        self.assertEqual(self.ship(b"dos\r\na\rb\r\r\n\r\n"), [b"dos", b"a\rb\r", b""])

    def test_any_other_byte_arrives(self):
        every = bytes(byte for byte in range(256) if byte not in b"\r\n")
        self.assertEqual(self.ship(every + b"\n"), [every])

    def test_nul_arrives(self):
        self.assertEqual(self.ship(b"a\0b\n\0\n"), [b"a\0b", b"\0"])

    def test_what_is_not_utf_8_arrives(self):
        self.assertEqual(self.ship(b"\xff\xfe\xc3\n"), [b"\xff\xfe\xc3"])

    def test_a_byte_order_mark_arrives(self):
        self.assertEqual(self.ship(b"\xef\xbb\xbfone\n"), [b"\xef\xbb\xbfone"])

    def test_a_last_line_without_an_end_arrives_with_once(self):
        self.assertEqual(self.ship(b"one\ntwo"), [b"one", b"two"])

    def test_an_empty_file_is_no_record(self):
        self.assertEqual(self.ship(b""), [])

    def test_lines_longer_than_a_read_arrive(self):
        lines = [b"x" * size for size in (65_535, 65_536, 65_537, 900_000)]
        self.assertEqual(self.ship(b"\n".join(lines) + b"\n"), lines)

    def test_nothing_that_comes_after_the_start_belongs_to_a_once(self):
        log = self.file("app.log", b"one\n")
        self.assert_quiet(self.logtail("-t", self.into, "--once", log))
        with log.open("ab") as out:
            out.write(b"two\n")
        self.assertEqual(self.into.values(), [b"one"])


class Streams(ToolCase):
    def setUp(self):
        super().setUp()
        self.into = self.topic()

    def test_stdin_is_shipped_to_its_end(self):
        lines = [b"%d" % n for n in range(1, 100_001)]
        ended = self.logtail("-t", self.into, "-", input=b"\n".join(lines) + b"\n")
        self.assert_quiet(ended)
        self.assert_same_lines(self.into.values(), lines)

    def test_stdin_s_last_line_needs_no_end(self):
        self.assert_quiet(self.logtail("-t", self.into, "-", input=b"one\n\ntwo"))
        self.assertEqual(self.into.values(), [b"one", b"", b"two"])

    def test_an_empty_stdin_is_no_record(self):
        self.assert_quiet(self.logtail("-t", self.into, "-", input=b""))
        self.assertEqual(self.into.count(), 0)

    def test_a_line_is_shipped_before_the_next_is_written(self):
        run = self.start_logtail("-t", self.into, "-", stdin=subprocess.PIPE)
        for n in range(1, 4):
            run.feed(b"line %d\n" % n)
            self.into.wait_for(n)
        run.end_input()
        self.assert_quiet(run.end())

    def test_a_file_as_stdin_is_shipped(self):
        log = self.file("app.log", b"one\ntwo\n")
        with log.open("rb") as stdin:
            self.assert_quiet(self.start_logtail("-t", self.into, "-", stdin=stdin).end())
        self.assertEqual(self.into.values(), [b"one", b"two"])

    def test_stdin_and_a_file_go_together(self):
        log = self.file("app.log", b"one\ntwo\n")
        self.assert_quiet(self.logtail("-t", self.into, "--once", log, "-", input=b"three\n"))
        self.assertEqual(sorted(self.into.values()), [b"one", b"three", b"two"])

    def test_a_fifo_is_shipped_until_its_writer_closes_it(self):
        fifo = self.folder / "fifo"
        os.mkfifo(fifo)
        lines = [b"%d" % n for n in range(20_000)]

        def write():
            fifo.write_bytes(b"\n".join(lines) + b"\n")

        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        self.assert_quiet(self.logtail("-t", self.into, "--once", fifo))
        writer.join(10)
        self.assert_same_lines(self.into.values(), lines)


if __name__ == "__main__":
    main()
