#!/usr/bin/env python3
"""--status, --set and --forget: what is kept, shown and changed apart from a run. No broker."""

import contextlib
import fcntl
import json
import os

from support import ToolCase, main


class PositionsCase(ToolCase):
    brokers = None

    def setUp(self):
        super().setUp()
        self.state = self.folder / "positions.db"
        self.log = self.file("app.log", b"one\ntwo\nthree\n")

    def command(self, *arguments, **how):
        return self.logtail("--state", self.state, *arguments, seconds=10, **how)

    def set(self, *positions):
        options = [word for position in positions for word in ("--set", position)]
        ended = self.command(*options)
        self.assert_ended(ended, 0)
        return ended

    def status(self, *arguments):
        """Of each log, by its path."""
        ended = self.command("--status", "-J", *arguments)
        self.assert_quiet(ended)
        return {of["source"]: of for of in map(json.loads, ended.lines)}

    def files(self, log):
        """Of one log: name, state and position of each file."""
        of = self.status()[str(log)]["files"]
        return [(os.path.basename(f["file"]), f["state"], f["position"]) for f in of]

    def stamps(self):
        """Of all files but the test's own."""
        return {path: path.stat().st_mtime_ns for path in self.folder.glob("*.*")}

    def append(self, content, to=None):
        with (to or self.log).open("ab") as log:
            log.write(content)

    @contextlib.contextmanager
    def owned(self):
        """Another process writes the state."""
        with open(f"{self.state}.lock", "a+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            lock.truncate(0)
            lock.write("4711\n")
            lock.flush()
            yield


class Set(PositionsCase):
    def test_a_log_goes_on_where_it_is_set(self):
        said = self.set(f"{self.log}=4").err
        self.assertIn("app.log: goes on at byte 4 of 14", said)
        self.assertEqual(said.count("\n"), 1, said)
        self.assertEqual(self.files(self.log), [("app.log", "there", 4)])

    def test_several_are_set_at_once_or_none(self):
        other = self.file("with=equals.log", b"x\n")
        self.set(f"{self.log}=4", f"{other}=2")
        self.assertEqual(len(self.status()), 2)
        self.assert_ended(self.command("--set", f"{self.log}=8", "--set", f"{other}=3"), 2)
        self.assertEqual(self.files(self.log), [("app.log", "there", 4)])

    def test_a_new_position_replaces_the_old_one(self):
        self.set(f"{self.log}=4")
        self.log.rename(self.folder / "app.log.1")
        self.file("app.log", b"new\n")
        said = self.set(f"{self.log}=0").err
        self.assertIn("10 bytes of earlier files were not sent, and will not be", said)
        self.assertEqual(self.files(self.log), [("app.log", "there", 0)])
        self.assertEqual(self.status()[str(self.log)]["lag_bytes"], 4)

    def test_earlier_files_are_left_out(self):
        for name in ("app.log.1", "app.log-20261122", "app.log.2.gz", "app.log.audit"):
            self.file(name, b"earlier: " + name.encode() + b"\n")
        self.assertIn("left out: 3\n", self.set(f"{self.log}=14").err)
        self.assertEqual(self.files(self.log), [("app.log", "there", 14)])

    def test_the_end_is_behind_the_last_line_end(self):
        self.append(b"unfinished")
        self.set(f"{self.log}=end")
        self.assertEqual(self.files(self.log), [("app.log", "there", 14)])

    def test_a_place_within_a_line_is_warned_about(self):
        self.assertIn("no line begins at byte 5", self.set(f"{self.log}=5").err)

    def test_what_cannot_be_a_position_is_refused_and_nothing_made(self):
        self.file("app.log.gz", b"x")
        os.mkfifo(self.folder / "fifo")
        for position, said in {
            "app.log=15": ("14 bytes long", "byte 15"),
            "app.log=1K": ("no offset",),
            "app.log=-1": ("no offset",),
            "app.log": ("PATH=OFFSET",),
            "missing.log=0": ("missing.log: No such file",),
            "app.log.gz=0": ("compressed",),
            "fifo=0": ("no regular file",),
            ".=0": ("directory",),
        }.items():
            with self.subTest(position):
                ended = self.command("--set", position, cwd=self.folder)
                self.assert_ended(ended, 2, *said)
                self.assertEqual(ended.err.count("\n"), 1, ended)
        self.assertFalse(self.state.exists())

    def test_a_file_beyond_4_gib(self):
        with self.log.open("r+b") as log:
            log.truncate(5 << 30)
        self.set(f"{self.log}={(5 << 30) - 1}")
        self.assertEqual(self.status()[str(self.log)]["lag_bytes"], 1)

    def test_a_log_named_by_a_link_is_kept_by_that_name(self):
        link = self.folder / "link.log"
        link.symlink_to("app.log")
        self.set(f"{link}=4")
        self.assertEqual(list(self.status()), [str(link)])

    def test_a_file_has_one_position_whatever_it_is_called(self):
        link = self.folder / "link.log"
        link.symlink_to("app.log")
        self.set(f"{link}=4")
        self.assertIn(f"app.log: was kept as {link} until now", self.set(f"{self.log}=8").err)
        self.assertEqual(list(self.status()), [str(self.log)])
        self.assertEqual(self.files(self.log), [("app.log", "there", 8)])


class Status(PositionsCase):
    def test_what_was_written_since_is_what_it_is_behind_by(self):
        self.set(f"{self.log}=14")
        self.assertEqual(self.status()[str(self.log)]["lag_bytes"], 0)
        self.assertIsNone(self.status()[str(self.log)]["behind_since"])
        self.append(b"four\n")
        now = self.status()[str(self.log)]
        self.assertEqual(now["lag_bytes"], 5)
        self.assertGreaterEqual(now["lag_seconds"], 0)

    def test_names_of_the_json_are_those_that_the_documentation_gives(self):
        self.set(f"{self.log}=4")
        self.assertEqual(
            list(self.status()[str(self.log)]),
            [
                "source", "topic", "cluster", "lag_bytes", "behind_since", "lag_seconds",
                "held_bytes", "lost_bytes", "refused_lines", "sent_again_lines", "files",
            ],
        )  # fmt: skip

    def test_the_table_aligns_and_ends_with_totals(self):
        self.set(f"{self.log}=4")
        ended = self.command("--status")
        self.assert_quiet(ended)
        head, row, totals = ended.out.decode().splitlines()
        self.assertEqual(head.index("FILE"), row.index(str(self.log)))
        self.assertEqual(row.split()[:3], ["4", "14", "10"])
        self.assertTrue(totals.startswith("sources: 1; behind: 10 "), totals)

    def test_some_logs_alone(self):
        other = self.file("other.log", b"x\n")
        self.set(f"{self.log}=4", f"{other}=2")
        self.assertEqual(list(self.status(other)), [str(other)])
        ended = self.command("--status", self.folder / "othr.log")
        self.assert_ended(ended, 2, "nothing is kept", f'did you mean "{other}"?')

    def test_a_limit_that_is_over_ends_with_4(self):
        self.set(f"{self.log}=4")
        self.assert_quiet(self.command("--status", "--max-lag", "10", "--max-age", "1h"))
        far = self.command("--status", "--max-lag", "9")
        self.assert_ended(far, 4, "1 more than 9 behind", str(self.log))
        self.assertEqual(far.err.count("\n"), 1, far)
        os.utime(self.log, (1_000_000_000, 1_000_000_000))
        late = self.command("--status", "--max-lag", "1K", "--max-age", "1h")
        self.assert_ended(late, 4, "behind for more than 1h", str(self.log))

    def test_a_file_that_has_gone_and_one_that_was_rewritten(self):
        self.set(f"{self.log}=8")
        self.log.write_bytes(b"another content of it\n")
        self.assertEqual(self.files(self.log), [("app.log", "rewritten", 8)])
        self.log.unlink()
        self.assertEqual(self.files(self.log), [("app.log", "gone", 8)])
        self.assertIn(b"gone", self.command("--status").out)

    def test_rotations_that_no_run_has_seen_are_behind_too(self):
        self.set(f"{self.log}=4")
        self.log.rename(self.folder / "app.log.2")
        self.file("app.log.1", b"in between\n")
        self.file("app.log", b"now\n")
        self.assertEqual(
            self.files(self.log),
            [("app.log.2", "there", 4), ("app.log.1", "unknown", 0), ("app.log", "unknown", 0)],
        )
        self.assertEqual(self.status()[str(self.log)]["lag_bytes"], 10 + 11 + 4)

    def test_it_needs_no_lock_and_changes_nothing(self):
        self.set(f"{self.log}=4")
        with self.owned():
            before = self.stamps()
            self.assertEqual(len(self.status()), 1)
            self.assertEqual(self.stamps(), before)

    def test_a_state_that_is_not_there_is_an_error_and_not_made(self):
        self.assert_ended(self.command("--status"), 2, "positions.db", "no such file")
        self.assertFalse(self.state.exists())

    def test_a_file_that_is_no_state_is_an_error(self):
        self.state.write_bytes(b"something else, " * 100)
        for arguments in (["--status"], ["--forget", "x"], ["--set", f"{self.log}=0"]):
            with self.subTest(arguments):
                self.assert_ended(self.command(*arguments), 2, "positions.db")
        self.assertEqual(self.state.read_bytes(), b"something else, " * 100)

    def test_a_full_disk_is_1_and_a_reader_that_leaves_is_nothing(self):
        self.set(f"{self.log}=4")
        with open("/dev/full", "wb") as full:
            self.assert_ended(self.command("--status", stdout=full), 1, "No space left")
        reader, writer = os.pipe()
        os.close(reader)
        self.assert_quiet(self.command("--status", stdout=writer))
        os.close(writer)


class Forget(PositionsCase):
    def test_a_log_is_forgotten_and_the_others_are_not(self):
        other = self.file("other.log", b"x\n")
        self.file("app.log.1", b"earlier\n")
        self.set(f"{self.log}=4", f"{other}=2")
        self.assert_ended(self.command("--forget", self.log), 0, "it stood at byte 4")
        self.assertEqual(list(self.status()), [str(other)])

    def test_what_is_not_known_is_refused_and_nothing_forgotten(self):
        self.set(f"{self.log}=4")
        ended = self.command("--forget", self.log, "--forget", self.folder / "ap.log")
        self.assert_ended(ended, 2, f'did you mean "{self.log}"?')
        self.assertEqual(list(self.status()), [str(self.log)])

    def test_a_state_that_is_not_there_is_not_made(self):
        self.assert_ended(self.command("--forget", self.log), 2, "no such file")
        self.assertFalse(self.state.exists())

    def test_logs_that_are_no_more_can_be_forgotten(self):
        self.set(f"{self.log}=4")
        self.log.unlink()
        self.assert_ended(self.command("--forget", self.log), 0)
        self.assertEqual(self.status(), {})


class Owner(PositionsCase):
    def test_what_changes_positions_needs_the_state_for_itself(self):
        self.set(f"{self.log}=4")
        with self.owned():
            for arguments in (["--set", f"{self.log}=8"], ["--forget", self.log]):
                with self.subTest(arguments):
                    self.assert_ended(self.command(*arguments), 5, "positions.db", "4711")
        self.assertEqual(self.files(self.log), [("app.log", "there", 4)])


class Combinations(PositionsCase):
    def test_what_does_not_go_together_is_refused_on_one_line(self):
        for arguments, said in {
            "--status -t web": "--topic: nothing is shipped with --status",
            "--status --once": "--once: nothing is shipped",
            "--status --set app.log=0": "one at a time",
            "--set app.log=0 --forget app.log": "one at a time",
            "--set app.log=0 app.log": "takes one PATH=OFFSET",
            "--forget app.log other.log": "takes one PATH",
            "--forget app.log -J": "with --status alone",
            "--set app.log=0 --max-lag 5": "with --status alone",
            "--status --max-lag much": "--max-lag",
            "--status --max-age 5": "--max-age",
        }.items():
            with self.subTest(arguments):
                ended = self.command(*arguments.split(), cwd=self.folder)
                self.assert_ended(ended, 2, said)
                self.assertEqual(ended.err.count("\n"), 1, ended)
        self.assertFalse(self.state.exists())

    def test_which_state_has_to_be_said(self):
        for arguments in (["--status"], ["--set", f"{self.log}=0"], ["--forget", self.log]):
            self.assert_ended(self.logtail(*arguments, seconds=10), 2, "--state FILE")


if __name__ == "__main__":
    main(needs_broker=False)
