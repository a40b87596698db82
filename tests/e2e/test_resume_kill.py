#!/usr/bin/env python3
"""kill -9 at any instant, 30 times in each mode, of runs with --state while records are written:
what counts as done holds every record, whatever the mode.

LOGPIPE_TEST_SEED repeats the instants of a run; LOGPIPE_TEST_KILLS makes it longer or shorter.
"""

import os
import random
import re
import signal
import subprocess
import time
from collections import Counter

from support import ToolCase, main

KILLS = int(os.environ.get("LOGPIPE_TEST_KILLS", "30"))
SEED = int(os.environ.get("LOGPIPE_TEST_SEED", random.SystemRandom().randrange(1 << 32)))
PARTITIONS = 3
AT_ONCE = 2000  # records that are written before each run
LONGEST = 0.15  # seconds that a bounded run is left alive; it may have ended before


class Kill(ToolCase):
    def setUp(self):
        super().setUp()
        print(f"LOGPIPE_TEST_SEED={SEED}", flush=True)
        self.random = random.Random(SEED)
        self.state = self.folder / "state"
        self.into = self.topic(PARTITIONS)
        self.written = 0

    def write_some(self, count=AT_ONCE):
        last = self.written + count
        values = [b"%08d %s" % (n, b"." * 100) for n in range(self.written, last)]
        self.into.write(*values, partition=self.random.randrange(PARTITIONS))
        self.written = last

    def rounds(self):
        """As many as it takes until so many runs were killed."""
        self.killed = 0
        number = 0
        while self.killed < KILLS:
            self.assertLess(number, 10 * KILLS, "runs end before they are killed")
            self.write_some()
            yield number
            number += 1

    def options(self, *more):
        return ("-o", "oldest", "--value", "--state", self.state, *more, self.into)

    def kill_within(self, seconds, run):
        """It may have ended well before."""
        time.sleep(self.random.uniform(0, seconds))  # the instant is what is random here
        ended = run.stop(signal.SIGKILL)
        self.assertIn(ended.code, (-signal.SIGKILL, 0), ended)
        self.assertEqual(ended.err, "", ended)
        self.killed += ended.code != 0

    def judge(self, contents):
        """All records are there; a record that a kill has cut counts as absent."""
        whole = re.compile(rb"^(\d{8}) \.{100}$", re.MULTILINE)
        seen = Counter(int(number) for content in contents for number in whole.findall(content))
        twice = sum(seen.values()) - len(seen)
        print(f"{self.written} records, {self.killed} runs killed: {twice} twice", flush=True)
        self.assertEqual(sorted(set(range(self.written)) - set(seen)), [])
        self.assertEqual(len(seen), self.written)

    def test_exports(self):
        """Each finished file counts, and nothing else."""
        exports = self.folder / "exports"
        exports.mkdir()
        for number in self.rounds():
            options = self.options("-e", "--output", exports / f"export-{number}")
            self.kill_within(LONGEST, self.start_logcat(*options))
        self.assert_quiet(self.logcat(*self.options("-e", "--output", exports / "export-last")))
        finished = [path.read_bytes() for path in exports.glob("export-*")]
        for content in finished:
            self.assertTrue(content == b"" or content.endswith(b"\n"))
        self.judge(finished)

    def test_bounded_runs_into_a_file(self):
        """With flush, what a killed run has written counts too."""
        outputs = []
        for _ in self.rounds():
            run = self.start_logcat(*self.options("-e", "--commit", "flush"))
            self.kill_within(LONGEST, run)
            outputs.append(run.out)
        outputs.append(self.logcat(*self.options("-e")).out)
        self.judge(outputs)

    def test_followers_into_a_pipe(self):
        """The same of followers, which keep positions on the way."""
        all_of_it = self.folder / "all"
        with all_of_it.open("wb") as file:
            for _ in self.rounds():
                with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=file) as cat:
                    run = self.start_logcat(*self.options(), stdout=cat.stdin)
                    cat.stdin.close()
                    self.kill_within(4 * LONGEST, run)
        last = self.logcat(*self.options("-e")).out
        self.judge([all_of_it.read_bytes(), last])


if __name__ == "__main__":
    main()
