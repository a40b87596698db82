#!/usr/bin/env python3
"""Which files are sources: patterns, directories, what is left out, what appears later."""

import os
import shutil

from support import ToolCase, main, wait_until


class Sources(ToolCase):
    def setUp(self):
        super().setUp()
        self.into = self.topic()
        self.logs = self.folder / "logs"
        self.logs.mkdir()

    def write(self, name, content):
        path = self.logs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def ship(self, *arguments, code=0):
        ended = self.logtail("-t", self.into, "--once", *arguments)
        self.assert_ended(ended, code)
        return ended

    def follow(self, *arguments):
        return self.start_logtail("-t", self.into, "--from", "beginning", *arguments)

    def assert_values(self, *expected):
        self.assertEqual(sorted(self.into.values()), sorted(expected))

    def test_a_quoted_glob_names_files(self):
        for name in ("a.log", "b.log", "c.txt", ".hidden.log", "sub/d.log"):
            self.write(name, name.encode() + b"\n")
        self.ship(self.logs / "*.log")
        self.assert_values(b"a.log", b"b.log")

    def test_two_stars_stand_for_any_directories(self):
        for name in ("a.log", "one/b.log", "one/two/c.log", "one/two/d.txt"):
            self.write(name, name.encode() + b"\n")
        self.ship(self.logs / "**" / "*.log")
        self.assert_values(b"a.log", b"one/b.log", b"one/two/c.log")

    def test_a_directory_stands_for_its_files_and_with_r_for_its_tree(self):
        for name in ("a.log", "b.txt", "one/c.log"):
            self.write(name, name.encode() + b"\n")
        self.ship(self.logs)
        self.assert_values(b"a.log", b"b.txt")
        self.into = self.topic()
        self.ship("-r", self.logs)
        self.assert_values(b"a.log", b"b.txt", b"one/c.log")

    def test_what_is_excluded_is_left_out(self):
        for name in ("a.log", "b.log.gz", "old/c.log", "d.log"):
            self.write(name, name.encode() + b"\n")
        self.ship("-r", "--exclude", "*.gz", "--exclude", str(self.logs / "old" / "*"), self.logs)
        self.assert_values(b"a.log", b"d.log")

    def test_a_file_whose_name_has_a_star_is_named_as_it_is(self):
        log = self.write("a*.log", b"star\n")
        self.write("ab.log", b"no\n")
        self.ship(log)
        self.assert_values(b"star")

    def test_a_glob_that_matches_nothing_is_told_and_no_error(self):
        ended = self.ship(self.logs / "*.log")
        self.assertIn("*.log", ended.err)

    def test_one_file_by_several_names_is_shipped_once(self):
        log = self.write("a.log", b"one\n")
        (self.logs / "link.log").symlink_to("a.log")
        (self.logs / "hard.log").hardlink_to(log)
        self.ship(self.logs / "*.log", log, self.logs)
        self.assert_values(b"one")

    def test_files_that_appear_later_are_shipped_from_their_first_byte(self):
        self.write("a.log", b"a\n")
        run = self.start_logtail("-t", self.into, self.logs / "**" / "*.log")
        run.wait_for_message("2 bytes before it are left out")
        self.write("b.log", b"b\n")
        self.write("new/dir/c.log", b"c\n")
        self.write("d.txt", b"d\n")
        self.into.wait_for(2)
        shutil.rmtree(self.logs / "new")
        self.write("new/dir/e.log", b"e\n")
        self.into.wait_for(3)
        self.assert_ended(run.stop(), 0)
        self.assert_values(b"b", b"c", b"e")

    def test_rotations_within_a_pattern_send_nothing_twice(self):
        log = self.write("app.log", b"".join(b"first %d\n" % n for n in range(300)))
        run = self.follow("--verbose", self.logs / "app.log*")
        self.into.wait_for(300)
        log.rename(self.logs / "app.log.1")
        self.write("app.log", b"".join(b"second %d\n" % n for n in range(300)))
        self.into.wait_for(600)
        shutil.copyfile(log, self.logs / "app.log.2")
        log.write_bytes(b"")  # copytruncate
        with log.open("ab") as out:
            out.write(b"third\n")
        self.into.wait_for(601)
        self.assert_ended(run.stop(), 0)
        expected = [b"%s %d" % (word, n) for word in (b"first", b"second") for n in range(300)]
        self.assert_same_lines(self.into.values(), [*expected, b"third"])

    def test_what_logtail_writes_is_no_source(self):
        self.write("a.log", b"a\n" + b"x" * 200_000 + b"\n")
        self.into = self.topic(max_message_bytes=50_000)
        metrics, rejected = self.logs / "logtail.prom", self.logs / "rejected"
        with (self.logs / "stderr.log").open("wb") as errors:
            own = ("--metrics", metrics, "--rejected", rejected, "--max-line", "1M")
            done = self.logtail(
                *("-t", self.into, "--from", "beginning", "--timeout", "3s", *own, self.logs),
                under=("sh", "-c", 'exec "$@" 2>' + f"'{errors.name}'", "sh"),
            )
        self.assertEqual(done.code, 0, (self.logs / "stderr.log").read_text())
        self.assertTrue(rejected.stat().st_size > 200_000)
        self.assertTrue(metrics.stat().st_size > 0)
        self.assert_values(b"a")

    def test_a_thousand_files_need_few_descriptors(self):
        expected = []
        for n in range(1000):
            self.write(f"{n}.log", b"%d\n" % n)
            expected.append(b"%d" % n)
        limited = ("sh", "-c", 'ulimit -n 256; exec "$@"', "sh")
        run = self.start_logtail(
            "-t", self.into, "--from", "beginning", self.logs / "*.log", under=limited
        )
        self.into.wait_for(1000)
        with (self.logs / "7.log").open("ab") as out:
            out.write(b"more\n")
        self.into.wait_for(1001)
        self.assert_ended(run.stop(), 0)
        self.assert_values(*expected, b"more")

    def test_a_directory_that_may_not_be_read_fails_a_bounded_run(self):
        self.write("a.log", b"a\n")
        secret = self.logs / "secret"
        secret.mkdir()
        secret.chmod(0)
        self.addCleanup(secret.chmod, 0o700)
        self.folder.chmod(0o755)
        as_nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
        options = ("-t", self.into, "--once", "-r", self.logs)
        ended = self.logtail(*options, under=as_nobody)
        self.assert_ended(ended, 1, str(secret), "Permission denied")
        self.assert_values(b"a")

    def test_a_fifo_that_appears_is_read(self):
        fifo = self.logs / "pipe"
        run = self.start_logtail("-t", self.into, fifo)
        run.wait_for_message("waiting for it")
        os.mkfifo(fifo)
        wait_until(lambda: self._write_to(fifo, b"through the pipe\n"), "a reader of the FIFO")
        self.into.wait_for(1)
        self.assert_ended(run.stop(), 0)
        self.assert_values(b"through the pipe")

    @staticmethod
    def _write_to(fifo, content):
        """False while nobody reads it."""
        try:
            descriptor = os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            return False
        with open(descriptor, "wb") as out:
            out.write(content)
        return True


if __name__ == "__main__":
    main()
