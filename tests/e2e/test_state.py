#!/usr/bin/env python3
"""A run and its state file: who owns it, a disk that is full, a run that is cut short or killed, and
the number of lines that may have come twice."""

import re
import signal
import subprocess
import time
from collections import Counter

from support import main
from support.following import lines, text
from support.remembering import RememberingCase

MANY = 500_000  # lines, more than is sent in the instants that a test gives


class Owner(RememberingCase):
    def setUp(self):
        super().setUp()
        self.append(text(lines(1, 1)))
        self.first = self.go_on()
        self.into.wait_for(1)

    def assert_owned(self, ended):
        self.assert_ended(ended, 5, f"{self.state}: process {self.first.pid} keeps its positions")
        self.assertEqual(ended.err.count("keeps its positions"), 1, ended)

    def test_another_run_ends_with_5_at_once(self):
        self.assert_owned(self.run_once())
        self.assert_owned(self.go_on().end(5))

    def test_it_is_5_by_whatever_name_the_state_goes(self):
        link = self.folder / "link"
        link.symlink_to(self.state)
        self.state = link
        self.assert_ended(self.run_once(), 5, str(self.first.pid))

    def test_a_run_that_waits_goes_on_when_the_other_ends(self):
        second = self.go_on("--wait-lock", "20s")
        second.wait_for_message(f"waiting for process {self.first.pid} to end")
        self.assert_ended(self.first.stop(), 0)
        self.append(text(lines(2, 2)))
        self.assert_shipped(second, lines(1, 2))

    def test_it_goes_on_when_the_other_is_killed(self):
        second = self.go_on("--wait-lock", "20s")
        second.wait_for_message("waiting for process")
        self.first.stop(signal.SIGKILL)
        self.append(text(lines(2, 2)))
        self.into.wait_for(2)
        self.assert_ended(second.stop(), 0)
        # The first line may be there twice: nothing says that its position was kept.
        self.assertEqual(set(self.into.values()), set(lines(1, 2)))

    def test_a_run_that_waited_for_nothing_ends_with_5(self):
        begin = time.monotonic()
        self.assert_owned(self.run_once("--wait-lock", "500ms"))
        self.assertGreaterEqual(time.monotonic() - begin, 0.5)

    def test_a_signal_ends_the_wait(self):
        follower = self.go_on("--wait-lock", "1h")
        follower.wait_for_message("waiting for process")
        self.assert_ended(follower.stop(seconds=5), 0)
        bounded = self.go_on("--wait-lock", "1h", "--once", "--verbose")
        bounded.wait_for_message("waiting for process")
        self.assert_ended(bounded.stop(seconds=5), 143)


class FullDisk(RememberingCase):
    """Files beyond a size cannot be written, as those on a full disk; the state's log is first."""

    def setUp(self):
        super().setUp()
        self.append(text(lines(1, 1)))
        self.follower = self.go_on("--metrics", self.folder / "run.prom")
        self.into.wait_for(1)

    def fill_disk(self):
        self._limit("4096")

    def make_room(self):
        self._limit("unlimited")

    def _limit(self, size):
        limit = f"--fsize={size}:unlimited"
        subprocess.run(["prlimit", "--pid", str(self.follower.pid), limit], check=True)

    def ship_into_full_disk(self):
        self.fill_disk()
        for n in range(2, 6):
            self.append(text(lines(n, n)))
            self.into.wait_for(n)
        self.follower.wait_for_message(f"{self.state}: positions cannot be kept")

    def test_lines_are_shipped_and_it_is_told_once_when_it_begins_and_ends(self):
        self.ship_into_full_disk()
        self.make_room()
        self.follower.wait_for_message("positions are kept again")
        ended = self.follower.stop()
        self.assert_ended(ended, 0)
        self.assertEqual(ended.err.count("cannot be kept"), 1, ended)
        self.assertEqual(ended.err.count("kept again"), 1, ended)
        errors = re.search(r"logtail_state_errors_total\S* (\d+)", self.metrics())
        self.assertGreaterEqual(int(errors[1]), 1)
        self.ship()
        self.assert_topic(lines(1, 5))

    def metrics(self):
        return (self.folder / "run.prom").read_text()

    def test_a_run_whose_last_positions_are_not_kept_ends_with_1(self):
        self.ship_into_full_disk()
        ended = self.follower.stop()
        self.assert_ended(ended, 1, f"{self.state}: the last positions could not be kept")
        self.assert_ended(self.run_once(), 0)
        self.ship()
        first_sight = list(dict.fromkeys(self.into.values()))
        self.assert_same_lines(first_sight, lines(1, 5))


class CutShort(RememberingCase):
    """In the midst of many lines."""

    def setUp(self):
        super().setUp()
        self.append(text(lines(1, MANY)))

    def send_some(self, *options):
        run = self.go_on("--memory", "1M", *options)
        self.into.wait_for(1000)
        return run

    def assert_told_what_came_twice(self, ended):
        """Each line is there, in order at first sight, and no more of them twice than `ended`, which
        sent the rest, has told."""
        self.assert_ended(ended, 0)
        values = self.into.values()
        self.assert_same_lines(list(dict.fromkeys(values)), lines(1, MANY))
        told = sum(int(n) for n in re.findall(r"at most (\d+) lines were sent again", ended.err))
        twice = len(values) - MANY
        self.assertLessEqual(twice, told, ended)
        self.assertLess(told, MANY, ended)
        self.assertEqual(set(Counter(values).values()) - {1, 2}, set())
        self.ship()
        self.assertEqual(self.into.count(), len(values))
        return told

    def test_kill_9_is_told_with_at_least_the_lines_that_come_twice(self):
        self.send_some().stop(signal.SIGKILL)
        self.assertGreater(self.assert_told_what_came_twice(self.run_once()), 0)

    def test_kill_9_of_a_bounded_run(self):
        self.send_some("--once").stop(signal.SIGKILL)
        self.assertGreater(self.assert_told_what_came_twice(self.run_once()), 0)

    def test_a_follower_that_a_signal_ends_is_0_and_tells_what_waits(self):
        ended = self.send_some("--stop-timeout", "0s").stop()
        self.assert_ended(ended, 0, "bytes not read wait, the next run goes on there")
        unconfirmed = int(re.search(r"(\d+) lines not confirmed", ended.err)[1])
        self.assertLessEqual(self.assert_told_what_came_twice(self.run_once()), unconfirmed)

    def test_a_bounded_run_that_a_signal_cuts_short_is_143(self):
        ended = self.send_some("--once", "--stop-timeout", "0s").stop()
        self.assert_ended(ended, 143, "are left")
        self.assert_told_what_came_twice(self.run_once())

    def test_a_follower_that_has_the_time_leaves_nothing(self):
        self.assert_ended(self.send_some("--stop-timeout", "1h").stop(seconds=60), 0)
        self.ship()
        self.assert_topic(lines(1, MANY))


if __name__ == "__main__":
    main()
