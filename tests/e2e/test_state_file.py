#!/usr/bin/env python3
"""What --state refuses, before anything is read or sent. No broker: none of it gets that far."""

import contextlib
import os
import sqlite3
import stat
import unittest

from support import ToolCase, main

# No mode keeps root from anything.
IS_ROOT = os.geteuid() == 0
AS_NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups") if IS_ROOT else ()
BESIDE = ("-wal", "-shm", "-journal", ".lock", ".new", ".v1")


class StateCase(ToolCase):
    brokers = None

    def setUp(self):
        super().setUp()
        self.state = self.folder / "positions"
        self.log = self.file("app.log", b"one\ntwo\n")

    def run_logtail(self, *arguments, **how):
        """With the log as its source, unless others are given."""
        sources = arguments or (self.log,)
        command = ("-t", "web", "--once", "--state", self.state, *sources)
        return self.logtail(*command, seconds=10, **how)

    def make_state(self):
        """One with a position."""
        self.assert_ended(self.logtail("--state", self.state, "--set", f"{self.log}=4"), 0)

    def change_state(self, *statements):
        """As another program would."""
        with contextlib.closing(sqlite3.connect(self.state)) as state, state:
            for statement in statements:
                state.execute(statement)

    def assert_refused(self, *said, **how):
        """With one line that names the file, which stays as it is."""
        before = self.state.read_bytes() if self.state.is_file() else None
        ended = self.run_logtail(**how)
        self.assert_ended(ended, 2, self.state.name, *said)
        self.assertEqual(ended.err.count("\n"), 1, ended)
        self.assertEqual(self.state.read_bytes() if self.state.is_file() else None, before)


class Refused(StateCase):
    def test_what_is_no_database(self):
        self.state.write_bytes(b"something else, " * 100)
        self.assert_refused("is no database", "name another file")

    def test_an_empty_file(self):
        self.state.touch()
        self.assert_refused("is empty")

    def test_another_program_s_database(self):
        self.change_state("CREATE TABLE moz_places(url)")
        self.assert_refused("is no database of log positions")

    def test_a_newer_version(self):
        self.make_state()
        self.change_state("PRAGMA user_version = 99")
        self.assert_refused("is of version 99", "use a newer program")

    def test_a_row_that_was_changed(self):
        self.make_state()
        self.change_state("UPDATE generations SET read = read + 4")
        self.assert_refused("is damaged", "put a copy back")

    def test_a_file_that_was_cut(self):
        self.make_state()
        os.truncate(self.state, self.state.stat().st_size - 4096)
        self.assert_refused("is damaged")

    def test_a_directory(self):
        self.state.mkdir()
        self.assert_refused("is a directory", "name a file in it")

    def test_a_directory_that_is_not_there(self):
        self.state = self.folder / "missing" / "positions"
        self.assert_refused("No such file or directory")

    def test_a_directory_that_cannot_be_written(self):
        self.folder.chmod(0o555)
        self.addCleanup(self.folder.chmod, 0o700)
        self.assert_refused("Permission denied", "make the directory writable", under=AS_NOBODY)

    @unittest.skipUnless(IS_ROOT, "needs another user")
    def test_a_state_of_somebody_else(self):
        self.make_state()
        self.folder.chmod(0o777)
        self.assert_refused("Permission denied", under=AS_NOBODY)

    def test_what_has_no_position(self):
        fifo = self.folder / "fifo"
        os.mkfifo(fifo)
        self.assert_ended(self.run_logtail("-", input=b"one\n"), 2, "stdin has no position")
        self.assert_ended(self.run_logtail(self.log, fifo), 2, str(fifo), "has no position")
        self.assertFalse(self.state.exists())


class OwnFiles(StateCase):
    """The state file, and what stands beside it, are never sources."""

    def dry_run(self, *sources):
        ended = self.run_logtail("--dry-run", "-H", "path={path}", *sources)
        self.assert_ended(ended, 0)
        return ended.out

    def test_one_that_is_named_is_refused(self):
        link = self.folder / "link"
        link.symlink_to(self.state)
        self.make_state()
        for path in (self.state, link, *(f"{self.state}{ending}" for ending in BESIDE)):
            with self.subTest(path):
                self.assert_ended(self.run_logtail(self.log, path), 2, str(path), "is no log")
        relative = self.logtail("-t", "web", "--state", self.state, "positions", cwd=self.folder)
        self.assert_ended(relative, 2, "positions: belongs to the state file")

    def test_patterns_do_not_find_them(self):
        self.make_state()
        for ending in BESIDE:
            beside = self.folder / f"{self.state.name}{ending}"
            if not beside.exists() and ending not in ("-wal", "-shm"):
                beside.write_bytes(b"ours\n")
        for source in (self.folder, self.folder / "positions*", self.folder / "*"):
            with self.subTest(source):
                self.assertNotIn(b"positions", self.dry_run(source))
        self.assertIn(b"app.log", self.dry_run(self.folder))

    def test_they_can_be_read_by_their_owner_alone(self):
        self.make_state()
        for path in self.folder.glob("positions*"):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600, path)

    def test_a_dry_run_makes_none(self):
        self.assertIn(b"app.log", self.dry_run(self.log))
        self.assertEqual(list(self.folder.glob("positions*")), [])


if __name__ == "__main__":
    main(needs_broker=False)
