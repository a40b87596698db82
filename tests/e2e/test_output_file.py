#!/usr/bin/env python3
"""--output: a file that is there whole or not at all, and positions behind it."""

import datetime
import os
import signal
import stat
import subprocess
from pathlib import Path

from support import ToolCase, main, wait_until


def numbers(first, last):
    return [b"%d" % n for n in range(first, last + 1)]


class OutputFile(ToolCase):
    def setUp(self):
        super().setUp()
        self.exports = self.folder / "exports"
        self.exports.mkdir()
        self.output = self.exports / "export"

    def export(self, topic, *options, output=None, **how):
        return self.logcat(*self.words(topic, output), *options, **how)

    def start_export(self, topic, *options, **how):
        return self.start_logcat(*self.words(topic), *options, **how)

    def words(self, topic, output=None):
        return ("--value", topic, "--output", output or self.output)

    def ten(self):
        topic = self.topic()
        topic.write(*numbers(0, 9))
        return topic

    def names(self):
        return sorted(path.name for path in self.exports.iterdir())

    def lines(self):
        return self.output.read_bytes().splitlines()

    def unfinished(self):
        """The temporary file of a run that goes on."""
        found = [name for name in self.names() if ".unfinished-" in name]
        return self.exports / found[0] if found else None

    def wait_for_unfinished(self, size):
        wait_until(
            lambda: (path := self.unfinished()) and path.stat().st_size >= size,
            lambda: f"{size} bytes in an unfinished file among {self.names()}",
        )


class Whole(OutputFile):
    def test_the_file_holds_what_stdout_would(self):
        ended = self.export(self.ten(), "-e")
        self.assert_quiet(ended)
        self.assertEqual(ended.out, b"")
        self.assertEqual(self.lines(), numbers(0, 9))
        self.assertEqual(self.names(), ["export"])

    def test_an_empty_topic_gives_an_empty_file(self):
        self.assert_quiet(self.export(self.topic(), "-e"))
        self.assertEqual(self.output.read_bytes(), b"")

    def test_it_is_not_there_before_the_end_and_not_after_a_run_that_was_cut_short(self):
        topic = self.ten()
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            run = self.start_export(topic, "-o", "oldest", "-c", "100")
            self.wait_for_unfinished(20)
            self.assertFalse(self.output.exists())
            self.assert_ended(run.stop(number), code)
            self.assertEqual(self.names(), [])

    def test_a_run_with_work_left_leaves_the_old_one(self):
        self.output.write_bytes(b"old\n")
        ended = self.export(self.ten(), "-o", "oldest", "-c", "100", "--timeout", "2s")
        self.assert_ended(ended, 3)
        self.assertEqual(self.lines(), [b"old"])
        self.assertEqual(self.names(), ["export"])

    def test_an_old_one_is_replaced_as_a_whole_and_keeps_its_mode(self):
        self.output.write_bytes(b"old\n" * 1000)
        self.output.chmod(0o604)
        with self.output.open("rb") as reader:
            self.assert_quiet(self.export(self.ten(), "-e"))
            self.assertEqual(reader.read(), b"old\n" * 1000)
        self.assertEqual(self.lines(), numbers(0, 9))
        self.assertEqual(stat.S_IMODE(self.output.stat().st_mode), 0o604)

    def test_a_new_one_has_the_mode_that_the_umask_gives(self):
        before = os.umask(0o037)
        self.addCleanup(os.umask, before)
        self.assert_quiet(self.export(self.ten(), "-e"))
        self.assertEqual(stat.S_IMODE(self.output.stat().st_mode), 0o640)

    def test_what_a_killed_run_left_is_removed_by_the_next_one_alone(self):
        topic = self.ten()
        killed = self.start_export(topic, "-o", "oldest", "-c", "100")
        self.wait_for_unfinished(20)
        killed.stop(signal.SIGKILL)
        left = self.unfinished()
        self.assertTrue(left)
        at_work = self.start_export(topic, "-o", "oldest", "-c", "11")
        wait_until(lambda: self.unfinished() not in (left, None), "another unfinished file")
        self.assert_quiet(self.export(topic, "-e"))
        self.assertNotIn(left.name, self.names())
        topic.write(b"10")
        self.assert_ended(at_work.end(), 0)
        self.assertEqual(self.lines(), numbers(0, 10))
        self.assertEqual(self.names(), ["export"])

    def test_the_time_in_its_name_is_local_time_at_the_start(self):
        zone = {"TZ": "Pacific/Kiritimati"}  # 14 hours ahead
        ahead = datetime.timezone(datetime.timedelta(hours=14))
        day = lambda: f"orders-{datetime.datetime.now(ahead):%Y%m%d}"
        days = {day()}
        pattern = self.exports / "orders-%Y%m%d"
        self.assert_quiet(self.export(self.ten(), "-e", output=pattern, env=zone))
        days.add(day())
        self.assertIn(self.names()[0], days)

    def test_what_a_link_leads_to_is_replaced(self):
        target = self.folder / "target"
        self.output.symlink_to(target)
        for topic in (self.ten(), self.topic()):
            self.assert_quiet(self.export(topic, "-e"))
            self.assertTrue(self.output.is_symlink())
        self.assertEqual(target.read_bytes(), b"")


class Refused(OutputFile):
    """Before anything is asked or read: there is no broker."""

    def refused(self, code, *said, options=("-e",), **how):
        ended = self.export("test", *options, brokers=self.closed_port(), **how)
        self.assert_ended(ended, code, *said)
        self.assertLess(ended.seconds, 10)

    def test_a_run_that_follows(self):
        self.refused(2, "--output: for a run that ends alone", options=())

    def test_commit_flush(self):
        options = ("-e", "--state", self.folder / "state", "--commit", "flush")
        self.refused(2, "leave --commit flush out", options=options)

    def test_a_directory(self):
        self.refused(2, "is a directory", output=self.exports)

    def test_what_a_rename_would_take_away(self):
        fifo = self.exports / "fifo"
        os.mkfifo(fifo)
        for path in ("/dev/null", "/dev/full", "/dev/stdout", fifo):
            with self.subTest(path):
                self.refused(2, "is no regular file", output=path, stdout=subprocess.PIPE)
        self.assertTrue(Path("/dev/null").is_char_device())

    def test_a_directory_that_is_not_there(self):
        self.refused(1, "absent/export: No such file", output=self.exports / "absent" / "export")

    def test_a_directory_that_cannot_be_written(self):
        if os.geteuid() == 0:
            os.chown(self.exports, 0, 0)
        self.exports.chmod(0o555)
        self.addCleanup(self.exports.chmod, 0o755)
        under = ("setpriv", "--reuid=65534", "--clear-groups") if os.geteuid() == 0 else ()
        self.folder.chmod(0o755)
        self.refused(1, "Permission denied", under=under)

    def test_a_disk_without_room(self):
        self.refused(1, under=("prlimit", "--fsize=0"))  # no message either: stderr is a file
        self.assertEqual(self.names(), [])


class Full(OutputFile):
    def test_a_disk_that_fills_leaves_nothing_and_keeps_no_position(self):
        topic = self.topic()
        topic.write(*[b"x" * 1000] * 300)
        state = self.folder / "state"
        options = ("-e", "--state", state)
        ended = self.export(topic, *options, under=("prlimit", "--fsize=200000"))
        self.assert_ended(ended, 1, "export: File too large")
        self.assertEqual(self.names(), [])
        self.assert_quiet(self.export(topic, *options))
        self.assertEqual(len(self.lines()), 300)


class WithState(OutputFile):
    def test_each_file_holds_what_is_new(self):
        topic = self.ten()
        state = ("-e", "--state", self.folder / "state")
        self.assert_quiet(self.export(topic, *state))
        self.assertEqual(self.lines(), numbers(0, 9))
        topic.write(*numbers(10, 12))
        self.assert_quiet(self.export(topic, *state))
        self.assertEqual(self.lines(), numbers(10, 12))

    def test_a_file_that_cannot_be_put_in_place_keeps_no_position(self):
        topic = self.ten()
        state = ("--state", self.folder / "state")
        run = self.start_export(topic, "-o", "oldest", "-c", "11", *state)
        self.wait_for_unfinished(20)
        self.output.mkdir()
        topic.write(b"10")
        self.assert_ended(run.end(), 1, "export: Is a directory")
        self.assertEqual(self.names(), ["export"])
        self.output.rmdir()
        self.assert_quiet(self.export(topic, "-e", *state))
        self.assertEqual(self.lines(), numbers(0, 10))


if __name__ == "__main__":
    main()
