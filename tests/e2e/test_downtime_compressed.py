#!/usr/bin/env python3
"""Logs that are rotated and compressed while nothing runs, or while they are read."""

import gzip
import os
import random

from support import main, wait_until
from support.following import lines, text
from support.remembering import RememberingCase
from support.rotating import ENDINGS, compress, compressed, copytruncate, old_name, rotate

MANY = 300_000  # lines, more than is read at once


class Compressed(RememberingCase):
    """Line 1 is shipped, line 2 is written in downtime."""

    def setUp(self):
        super().setUp()
        self.begin()

    def begin(self):
        self.append(text(lines(1, 1)))
        self.ship()
        self.append(text(lines(2, 2)))

    def begin_again(self, name):
        self.into = self.topic()
        self.log = self.folder / name
        self.sources = [self.log]
        self.begin()

    def rotate_and_compress(self, next_line, ending="gz"):
        rotate(self.log)
        compress(old_name(self.log, 1), ending)
        self.append(text(lines(next_line, next_line)))

    def test_each_kind(self):
        for ending in ENDINGS:
            with self.subTest(ending):
                if compressed(b"", ending) is None:
                    self.skipTest(f"nothing makes {ending}")
                self.begin_again(f"{ending}.log")
                self.rotate_and_compress(3, ending)  # half of it was read
                self.rotate_and_compress(4, ending)  # nothing of it
                self.ship()
                self.ship()
                self.assert_topic(lines(1, 4))

    def test_the_youngest_is_not_compressed_yet(self):
        self.rotate_and_compress(3)
        rotate(self.log)
        self.append(text(lines(4, 4)))
        self.ship()
        self.assert_topic(lines(1, 4))

    def test_one_that_was_shipped_is_compressed_later(self):
        rotate(self.log)
        self.append(text(lines(3, 3)))
        self.ship()
        compress(old_name(self.log, 1))
        self.rotate_and_compress(4)
        self.ship()
        self.assert_topic(lines(1, 4))

    def test_copytruncate_whose_copy_is_compressed(self):
        copytruncate(self.log)
        compress(old_name(self.log, 1))
        self.append(text(lines(3, 3)))
        self.ship()
        self.assert_topic(lines(1, 3))

    def test_a_date_in_the_name(self):
        for n, day in enumerate(("20261120", "20261121"), start=3):
            old = self.log.with_name(f"app.log-{day}")
            self.log.rename(old)
            compress(old)
            self.append(text(lines(n, n)))
        self.ship()
        self.assert_topic(lines(1, 4))

    def test_the_pattern_matches_the_compressed_one_too(self):
        self.sources = [self.folder / "app.log*"]
        self.rotate_and_compress(3)
        self.rotate_and_compress(4)
        self.ship()
        self.assert_topic(lines(1, 4))

    def test_files_that_begin_alike(self):
        """Of a log that begins with its columns' names only those were shipped."""
        for names in (b"#Version: 1\n#Fields: a b\n", b"ok\n"):
            with self.subTest(names):
                self.into = self.topic()
                self.log = self.folder / f"{len(names)}.log"
                self.sources = [self.log]
                self.append(names)
                self.ship()
                expected = names.splitlines()
                for n in range(1, 4):
                    if n > 1:
                        rotate(self.log)
                        compress(old_name(self.log, 1))
                        self.append(names)
                        expected += names.splitlines()
                    more = b"ok" if names == b"ok\n" else b"line %d" % n
                    self.append((more + b"\n") * n)
                    expected += [more] * n
                self.ship()
                self.assert_topic(expected)

    def test_an_empty_one(self):
        rotate(self.log)
        self.append(b"")
        self.rotate_and_compress(3)
        self.ship()
        self.assert_topic(lines(1, 3))

    def test_half_a_line_at_its_end(self):
        self.append(b"half")
        self.rotate_and_compress(3)
        self.ship()
        self.assert_topic([*lines(1, 2), b"half", *lines(3, 3)])

    def test_those_of_the_first_start_are_never_sent(self):
        self.file("other.log.2.gz", compressed(b"older\n", "gz"))
        self.file("other.log.1", b"old\n")
        self.begin_again("other.log")
        compress(old_name(self.log, 1))
        self.rotate_and_compress(3)
        self.ship()
        self.assert_topic(lines(1, 3))

    def test_the_disk_was_full_and_it_is_there_twice(self):
        rotate(self.log)
        old = old_name(self.log, 1)
        content = old.read_bytes()
        compress(old)
        old.write_bytes(content)
        self.append(text(lines(3, 3)))
        self.ship()
        self.assert_topic(lines(1, 3))


class WhileItIsRead(RememberingCase):
    def test_a_file_that_is_being_caught_up_is_compressed(self):
        self.append(text(lines(1, 1)))
        self.ship()
        self.append(text(lines(2, MANY)))
        rotate(self.log)
        self.append(text(lines(MANY + 1, MANY + 1)))
        run = self.go_on("--memory", "1M")
        self.into.wait_for(2)
        with run.asleep():
            self.assertLess(self.into.count(), MANY)
            compress(old_name(self.log, 1))
        self.assert_shipped(run, lines(1, MANY + 1))

    def test_it_is_compressed_when_a_run_had_read_half_of_it(self):
        self.append(text(lines(1, MANY)))
        run = self.go_on("--memory", "1M")
        self.into.wait_for(1)
        with run.asleep():
            self.assertLess(self.into.count(), MANY)
            rotate(self.log)
            self.append(text(lines(MANY + 1, MANY + 1)))
            run.kill()
        compress(old_name(self.log, 1))
        self.assert_ended(self.run_once(), 0)
        values = self.into.values()
        first_sight = list(dict.fromkeys(values))
        self.assert_same_lines(first_sight, lines(1, MANY + 1))

    def test_a_compressed_file_is_caught_up_by_one_run_and_then_another(self):
        self.append(text(lines(1, 1)))
        self.ship()
        self.append(text(lines(2, MANY)))
        rotate(self.log)
        compress(old_name(self.log, 1))
        self.append(text(lines(MANY + 1, MANY + 1)))
        run = self.go_on("--memory", "1M", "--stop-timeout", "5s")
        self.into.wait_for(2)
        self.assert_ended(run.stop(), 0)
        self.ship()
        self.assert_topic(lines(1, MANY + 1))


class Damaged(RememberingCase):
    """Line 1 is shipped; much is written, rotated, and compressed to a file that lacks its end."""

    def setUp(self):
        super().setUp()
        self.append(text(lines(1, 1)))
        self.ship()
        noise = random.Random(1)
        self.old = [noise.randbytes(16).hex().encode() for _ in range(MANY // 3)]
        self.append(text(self.old))
        rotate(self.log)
        self.gz = compress(old_name(self.log, 1))
        os.truncate(self.gz, self.gz.stat().st_size // 2)
        self.append(b"new\n")

    def assert_first_part(self, values):
        """What can be read, up to the last whole line at least, and then the new log."""
        self.assertEqual(values[0], b"line 1")
        self.assertEqual(values[-1], b"new")
        part = values[1:-1]
        self.assertGreater(len(part), MANY // 10)
        self.assert_same_lines(part[:-1], self.old[: len(part) - 1])
        self.assertTrue(self.old[len(part) - 1].startswith(part[-1]))

    def test_one_that_is_cut_off_is_told_once(self):
        self.assert_told_once(str(self.gz))
        self.assert_first_part(self.into.values())

    def test_a_follower_tells_it_and_goes_on(self):
        run = self.go_on()
        run.wait_for_message(str(self.gz))
        wait_until(lambda: self.into.values()[-1] == b"new", "the new log")
        self.assert_ended(run.stop(), 0)
        self.assert_first_part(self.into.values())
        self.ship()

    def test_one_that_is_no_archive_is_told(self):
        self.gz.write_bytes(b"no archive\n" * 100)
        self.assert_told_once(str(self.gz))
        self.assert_topic([b"line 1", b"new"])


class Named(RememberingCase):
    def test_a_compressed_file_that_is_named_is_shipped_once(self):
        self.sources = [self.file("app.log.7.gz", gzip.compress(text(lines(1, 9))))]
        self.ship()
        self.ship()
        self.assert_topic(lines(1, 9))


if __name__ == "__main__":
    main()
