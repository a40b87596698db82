#!/usr/bin/env python3
"""A broker that takes connections and says nothing: what happens to logs meanwhile, and how it ends."""

import os
import shutil
import signal

from support import main
from support.case import OwnBrokerCase
from support.following import lines, text


class SlowBroker(OwnBrokerCase):
    def setUp(self):
        super().setUp()
        self.log = self.folder / "app.log"
        self.into = self.topic()
        self.addCleanup(self.broker.wake)

    def append(self, content):
        with self.log.open("ab") as log:
            log.write(content)

    def follow(self, *options):
        """A follower that has shipped line 1, before its broker fell asleep."""
        run = self.start_logtail("-t", self.into, "--from", "beginning", *options)
        self.append(text(lines(1, 1)))
        self.into.wait_for(1)
        self.broker.sleep()
        return run

    def test_sigterm_ships_what_is_pending_when_the_broker_wakes_in_time(self):
        run = self.follow("--stop-timeout", "30s", self.log)
        self.append(text(lines(2, 1000)))
        run.send(signal.SIGTERM)
        with self.assertRaisesRegex(AssertionError, "still not"):
            run.end(1)
        self.broker.wake()
        self.assert_ended(run.end(20), 0)
        self.assert_same_lines(self.into.values(), lines(1, 1000))

    def test_sigterm_ends_with_3_and_the_number_that_is_left(self):
        run = self.follow("--stop-timeout", "1s", self.log)
        self.append(text(lines(2, 1000)))
        ended = run.stop(seconds=5)
        self.assert_ended(ended, 3, "999 lines not confirmed")
        self.assertLess(ended.seconds, 10)

    def test_copytruncate_while_memory_is_full(self):
        run = self.follow("--memory", "64K", self.folder / "app.log*")
        written = lines(1, 50_000)
        self.append(text(written[1:]))
        shutil.copyfile(self.log, self.folder / "app.log.1")
        os.truncate(self.log, 0)
        self.append(text(lines(50_001, 50_003)))
        self.broker.wake()
        self.into.wait_for(50_003)
        self.assert_ended(run.stop(), 0)
        self.assert_same_lines(self.into.values(), [*written, *lines(50_001, 50_003)])

    def test_rotations_while_memory_is_full(self):
        run = self.follow("--memory", "64K", self.log)
        for n in range(5):
            first = 2 + n * 10_000
            self.append(text(lines(first, first + 9_999)))
            for old in range(n, 0, -1):
                (self.folder / f"app.log.{old}").rename(self.folder / f"app.log.{old + 1}")
            self.log.rename(self.folder / "app.log.1")
        self.append(text(lines(50_002, 50_002)))
        self.broker.wake()
        self.into.wait_for(50_002)
        self.assert_ended(run.stop(), 0)
        self.assert_same_lines(self.into.values(), lines(1, 50_002))


if __name__ == "__main__":
    main(needs_broker=False)
