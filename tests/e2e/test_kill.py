#!/usr/bin/env python3
"""kill -9 at any instant, again and again, of a run whose log is written at 20,000 lines a second
and rotated: no line is lost, and few are sent twice.

LOGPIPE_TEST_SEED repeats the story of a run; LOGPIPE_TEST_KILLS makes it longer or shorter.
"""

import os
import random
import signal
import time
from collections import Counter

from support import main, wait_until
from support.log_writer import Arrivals, LogWriter
from support.remembering import RememberingCase
from support.rotating import copytruncate, rotate

RATE = 20_000  # lines a second
KILLS = int(os.environ.get("LOGPIPE_TEST_KILLS", "50"))
SEED = int(os.environ.get("LOGPIPE_TEST_SEED", random.SystemRandom().randrange(1 << 32)))
BETWEEN_SAVES = 1.0  # seconds, of positions that move all the while
SAVE = 1.0  # how long acknowledging and saving may take on a busy machine


class Kill(RememberingCase):
    """Each record says in a header which run sent it."""

    def setUp(self):
        super().setUp()
        print(f"LOGPIPE_TEST_SEED={SEED}", flush=True)
        self.random = random.Random(SEED)
        self.killed_at = []  # milliseconds since the epoch, for each run

    def write(self, **how):
        writer = LogWriter(self.log, RATE, SEED, **how)
        self.addCleanup(writer.stop)
        return writer.start()

    def this_run(self):
        return "-H", f"run={len(self.killed_at)}"

    def kill_within(self, seconds, run):
        time.sleep(self.random.uniform(0, seconds))  # the instant is what is random here
        ended = run.stop(signal.SIGKILL)
        self.killed_at.append(time.time() * 1000)
        self.assertIn(ended.code, (-signal.SIGKILL, 0), ended)
        for line in ended.err.splitlines():
            # One that is cut before its turn comes is told as lost until its copy is found.
            self.assertTrue("lost" not in line or "truncated" in line, ended)

    def stay_down_over(self, rotations, writer):
        files = len(writer.sizes)
        for _ in range(rotations):
            writer.rotate_soon()
        wait_until(lambda: len(writer.sizes) >= files + rotations, "the rotations")

    def finish(self, writer):
        """Ships the rest; gives all that arrived."""
        writer.stop()
        self.assert_ended(self.run_once(*self.this_run()), 0)
        self.ship("-H", "run=-1")
        return self.into.records()

    def judge(self, writer):
        records = self.finish(writer)
        arrivals = Arrivals([record.value for record in records], writer.sizes)
        again = sent_again(records)
        print(
            f"{writer.lines} lines in {len(writer.sizes)} files, {len(self.killed_at)} kills: "
            f"{arrivals.again} lines twice, {max(again.values(), default=0)} at most behind a kill",
            flush=True,
        )
        self.assertEqual(arrivals.missing, [])
        self.assertEqual(arrivals.overtaken, [])
        for run, lines in again.items():
            self.assertLessEqual(lines, self.sent_before_end(run - 1, records), f"run {run}")

    def sent_before_end(self, run, records):
        """Lines that were sent in the last second before that run was killed."""
        since = self.killed_at[run] - 1000 * (BETWEEN_SAVES + SAVE)
        return sum(since <= record.timestamp <= self.killed_at[run] for record in records)

    def test_a_follower(self):
        writer = self.write(how=(rotate,))
        for n in range(KILLS):
            self.kill_within(1.5, self.go_on(*self.this_run()))
            if n % 5 == 4:
                self.stay_down_over(self.random.randrange(1, 6), writer)
        self.judge(writer)

    def test_a_follower_of_a_log_that_is_copied_and_cut(self):
        writer = self.write(how=(rotate, copytruncate))
        for n in range(KILLS // 5):
            self.kill_within(1.5, self.go_on(*self.this_run()))
            if n % 5 == 4:
                self.stay_down_over(self.random.randrange(1, 6), writer)
        self.judge(writer)

    def test_bounded_runs(self):
        writer = self.write(how=(rotate,))
        for _ in range(KILLS // 5):
            options = ("--once", *self.this_run())
            self.kill_within(0.3, self.go_on(*options))
        self.judge(writer)


def sent_again(records):
    """How many lines each run sent that were there already."""
    seen, again = set(), Counter()
    for record in records:
        if record.value in seen:
            again[int(record.headers.removeprefix("run="))] += 1
        seen.add(record.value)
    return again


if __name__ == "__main__":
    main()
