#!/usr/bin/env python3
"""Stories that the test suites of other followers tell, as far as no other file here tells them."""

import os
import shutil
import subprocess
import unittest

from support import ToolCase, main


class PeersCases(ToolCase):
    def setUp(self):
        super().setUp()
        self.into = self.topic()
        self.logs = self.folder / "logs"
        self.logs.mkdir()

    def write(self, path, *lines):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as log:
            log.write(b"".join(line + b"\n" for line in lines))
        return path

    def follow(self, *arguments):
        return self.start_logtail("-t", self.into, "--from", "beginning", "--verbose", *arguments)

    def assert_shipped(self, run, expected):
        """All of it arrives, and nothing more has by the time logtail has ended."""
        self.into.wait_for(len(expected))
        self.assert_ended(run.stop(), 0)
        self.assert_same_lines(self.into.values(), expected)

    def test_files_that_change_places_are_read_on_where_each_stands(self):
        logs = [self.write(self.logs / f"{n}.log", b"first %d" % n) for n in range(9)]
        run = self.follow(*logs)
        self.into.wait_for(9)
        spare = self.logs / "spare"
        for other in logs[1:]:
            logs[0].rename(spare)
            other.rename(logs[0])
            spare.rename(other)
        for n, log in enumerate(logs):
            self.write(log, b"second %d" % n)
        self.into.wait_for(18)
        self.assert_ended(run.stop(), 0)
        expected = [b"%b %d" % (word, n) for word in (b"first", b"second") for n in range(9)]
        self.assertEqual(sorted(self.into.values()), sorted(expected))

    def test_a_link_is_pointed_at_one_file_after_another_without_a_pause(self):
        link = self.logs / "current"
        run = self.follow(link)
        run.wait_for_message("waiting for it")
        expected = []
        for n in range(10):
            lines = [b"file %d line %d" % (n, i) for i in range(100)]
            target = self.write(self.folder / "targets" / str(n), *lines)
            os.symlink(target, self.logs / "new")
            os.rename(self.logs / "new", link)
            expected += lines
            self.into.wait_for(len(expected))
        self.assert_shipped(run, expected)

    def test_a_link_that_is_removed_and_made_again_sends_nothing_twice(self):
        target = self.write(self.folder / "target", b"1")
        link = self.logs / "app.log"
        link.symlink_to(target)
        run = self.follow(link)
        self.into.wait_for(1)
        link.unlink()
        self.write(target, b"2")
        link.symlink_to(target)
        self.write(target, b"3")
        self.assert_shipped(run, [b"1", b"2", b"3"])

    def test_the_log_of_a_container_rotates_behind_its_link(self):
        log = self.write(self.folder / "pods" / "0.log", b"start")
        (self.logs / "container.log").symlink_to(log)
        run = self.follow(self.logs / "*.log")
        expected = [b"start"]
        self.into.wait_for(1)
        for n in range(6):
            self.write(log, b"old %d" % n)
            log.rename(log.with_name(f"0.log.20261122-10150{n}"))
            self.write(log, b"new %d" % n)
            expected += [b"old %d" % n, b"new %d" % n]
            if n % 3 == 0:  # otherwise it rotates again before anybody can have looked
                self.into.wait_for(len(expected))
        self.assert_shipped(run, expected)

    def test_a_directory_is_replaced_with_all_that_is_in_it(self):
        run = self.follow(self.logs / "*" / "*.log")
        expected = []
        for n in range(5):
            for name in ("a", "b", "c"):
                self.write(self.logs / name / "app.log", b"%d %b" % (n, name.encode()))
                expected.append(b"%d %b" % (n, name.encode()))
            self.into.wait_for(len(expected))
            for name in ("a", "b", "c"):
                shutil.rmtree(self.logs / name)
        self.assert_ended(run.stop(), 0)
        self.assertEqual(sorted(self.into.values()), sorted(expected))

    @unittest.skipUnless(shutil.which("logrotate"), "no logrotate")
    def test_logrotate_in_each_of_its_ways(self):
        for how in ("create", "copytruncate", "create\ncompress", "copytruncate\ncompress"):
            with self.subTest(how.replace("\n", " ")):
                self.into = self.topic()
                self.rotate_by_logrotate(self.folder / how.replace("\n", "-"), how)

    def rotate_by_logrotate(self, folder, how):
        log = self.write(folder / "app.log", b"first line")
        rules = folder / "rules"
        rules.write_text(f"{log} {{\nrotate 5\n{how}\n}}\n")
        rules.chmod(0o644)
        folder.chmod(0o755)
        run = self.follow(folder / "app.log*")
        expected = [b"first line"]
        for n in range(3):
            lines = [b"round %d line %d" % (n, i) for i in range(50)]
            self.write(log, *lines)
            expected += lines
            self.into.wait_for(len(expected))
            rotate = ["logrotate", "--force", "--state", folder / "state", rules]
            subprocess.run(rotate, check=True, timeout=60)
        self.assert_shipped(run, expected)

    def test_utf_16_is_cut_at_its_own_line_ends(self):
        lines = ["no conversion", "是", "end"]
        log = self.logs / "app.log"
        log.write_bytes("".join(line + "\n" for line in lines).encode("utf-16-le"))
        ended = self.logtail("-t", self.into, "--once", "-D", r"\n\x00", log)
        self.assert_quiet(ended)
        self.assertEqual([value.decode("utf-16-le") for value in self.into.values()], lines)

    def test_a_line_as_long_as_the_limit_is_whole_with_any_line_end(self):
        for end in (b"\n", b"\r\n"):
            with self.subTest(end):
                self.into = self.topic()
                log = self.file("app.log", b"x" * 20 + end + b"y" * 40 + end + b"z" + end)
                self.assert_quiet(self.logtail("-t", self.into, "--once", "--max-line", "20", log))
                records = [(r.value, r.headers) for r in self.into.records()]
                half = b"y" * 20
                expected = [(b"x" * 20, ""), (half, "partial=1"), (half, ""), (b"z", "")]
                self.assertEqual(records, expected)

    def test_what_is_excluded_is_named_from_anywhere_and_with_braces(self):
        for name in ("a.log", "b.tmp", "c.bak", "old/d.log"):
            self.write(self.logs / name, name.encode())
        for old in ("old/*", "**/old/*", self.logs / "old" / "*"):
            with self.subTest(old):
                self.into = self.topic()
                options = ("--once", "--exclude", "*.{tmp,bak}", "--exclude", old, "-r", ".")
                self.assert_quiet(self.logtail("-t", self.into, *options, cwd=self.logs))
                self.assertEqual(self.into.values(), [b"a.log"])


if __name__ == "__main__":
    main()
