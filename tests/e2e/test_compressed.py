#!/usr/bin/env python3
"""Compressed files that are named: their content is shipped, whole or up to where it is damaged."""

import bz2
import functools
import gzip
import lzma
import subprocess

from support import ToolCase, main

LINES = [b"line %d of the rotated log" % n for n in range(20_000)]
TEXT = b"".join(line + b"\n" for line in LINES)


def by_command(*command):
    """Compresses as a program does."""
    return lambda text: subprocess.run(command, input=text, capture_output=True, check=True).stdout


COMPRESS = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": by_command("zstd", "-c"),
    "lz4": by_command("lz4", "-c"),
}


def in_each_format(test):
    """The test is given a file's name and what compresses its content, and has a topic."""

    @functools.wraps(test)
    def run(self):
        for ending, compress in COMPRESS.items():
            with self.subTest(ending):
                self.into = self.topic()
                test(self, f"app.log.1.{ending}", compress)

    return run


class CompressedFiles(ToolCase):
    def ship(self, name, content):
        return self.logtail("-t", self.into, "--once", self.file(name, content))

    @in_each_format
    def test_the_content_is_shipped(self, name, compress):
        self.assert_quiet(self.ship(name, compress(TEXT)))
        self.assert_same_lines(self.into.values(), LINES)

    @in_each_format
    def test_several_members_in_one_file_are_one_log(self, name, compress):
        first, second = TEXT[:300_000], TEXT[300_000:]
        self.assert_quiet(self.ship(name, compress(first) + compress(second)))
        self.assert_same_lines(self.into.values(), LINES)

    @in_each_format
    def test_an_empty_one_has_no_lines(self, name, compress):
        self.assert_quiet(self.ship(name, compress(b"")))
        self.assertEqual(self.into.count(), 0)

    @in_each_format
    def test_one_that_is_cut_off_is_shipped_up_to_there_and_told(self, name, compress):
        member = compress(TEXT)
        ended = self.ship(name, member + member[: len(member) // 2])
        self.assert_ended(ended, 1, name, "cannot be decompressed from byte", "it is cut off")
        shipped = self.into.values()
        self.assert_same_lines(shipped, (LINES + LINES)[: len(shipped)])
        self.assertGreater(len(shipped), len(LINES) // 2)  # some formats lose a block with it
        end = sum(len(line) + 1 for line in shipped)
        self.assertIn(f"from byte {end} on", ended.err)

    def test_damage_in_its_midst_is_told(self):
        damaged = bytearray(gzip.compress(TEXT))
        damaged[len(damaged) // 2] ^= 0xFF
        self.into = self.topic()
        ended = self.ship("app.log.1.gz", bytes(damaged))
        self.assert_ended(ended, 1, "app.log.1.gz", "cannot be decompressed from byte")

    def test_an_unfinished_last_line_is_one(self):
        self.into = self.topic()
        self.assert_quiet(self.ship("app.log.1.gz", gzip.compress(b"one\nhalf")))
        self.assertEqual(self.into.values(), [b"one", b"half"])

    def test_plain_lines_under_a_compressed_name_are_shipped(self):
        self.into = self.topic()
        self.assert_quiet(self.ship("app.log.1.gz", b"one\ntwo\n"))
        self.assertEqual(self.into.values(), [b"one", b"two"])

    def test_a_pattern_leaves_it_out(self):
        self.into = self.topic()
        self.file("app.log", b"one\n")
        self.file("app.log.1.gz", gzip.compress(b"old\n"))
        self.assert_quiet(self.logtail("-t", self.into, "--once", self.folder / "app.log*"))
        self.assertEqual(self.into.values(), [b"one"])

    def test_a_bomb_takes_no_memory(self):
        self.into = self.topic()
        bomb = self.file("app.log.1.gz", gzip.compress(bytes(300_000_000)))
        how = ("--drop", "^", "--memory", "8M")
        ended = self.logtail("-t", self.into, "--once", *how, bomb)
        self.assert_ended(ended, 0)
        self.assertLess(ended.peak_bytes, 150_000_000)

    def test_a_follower_ships_one_that_takes_its_place(self):
        self.into = self.topic()
        log = self.file("app.log.1.gz", gzip.compress(b"one\n"))
        run = self.start_logtail("-t", self.into, log)
        self.into.wait_for(1)
        log.rename(self.folder / "app.log.2.gz")
        self.file("app.log.1.gz", gzip.compress(b"two\n"))
        self.into.wait_for(2)
        self.assert_ended(run.stop(), 0)
        self.assertEqual(self.into.values(), [b"one", b"two"])


if __name__ == "__main__":
    main()
