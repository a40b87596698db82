#!/usr/bin/env python3
"""logcat -G is killed at any moment, again and again: no record is lost."""

import random
import time
import uuid

from support import ToolCase, main

KILLS = 30


class Kills(ToolCase):
    """The member is a static one: it need not wait for the session of the one that was killed."""

    def setUp(self):
        super().setUp()
        self.random = random.Random(7)
        self.of_topic = self.topic(4)
        self.written = set()
        self.group = ["-G", f"e2e-{uuid.uuid4().hex[:12]}", "-X", "group.instance.id=one"]

    def write_more(self, count=2000):
        values = [b"%d" % n for n in range(len(self.written), len(self.written) + count)]
        self.written.update(values)
        for partition in range(4):
            lines = b"".join(value + b"\n" for value in values[partition::4])
            self.of_topic.write_lines(self.file("lines", lines), partition)

    def start(self, *options):
        return self.start_logcat(*self.group, "-o", "oldest", "--value", *options, self.of_topic)

    def kill_at_random(self, run, most):
        # This is no wait for something: the moment is what is tested.
        time.sleep(self.random.uniform(0, most))
        run.kill()
        return run.end()

    def test_with_flush_all_that_was_ever_printed_counts(self):
        printed = set()
        for _ in range(KILLS):
            run = self.start()
            self.write_more()
            printed.update(self.kill_at_random(run, 0.6).out.split(b"\n")[:-1])
        last = self.start("-e").end()
        self.assert_ended(last, 0)
        self.assertLess(len(last.lines), len(self.written), "nothing was ever committed")
        self.assertEqual(self.written - printed - set(last.lines), set())

    def test_with_end_what_a_killed_run_printed_comes_again(self):
        done = set()
        succeeded = 0
        for _ in range(KILLS):
            self.write_more(400)
            ended = self.kill_at_random(self.start("-e"), 0.5)
            lines = set(ended.out.split(b"\n")[:-1])
            # One that is killed behind its commit has printed everything.
            if ended.code == 0 or done | lines == self.written:
                done |= lines
            succeeded += ended.code == 0
        last = self.start("-e").end()
        self.assert_ended(last, 0)
        self.assertEqual(self.written - done - set(last.lines), set())
        self.assertLess(succeeded, KILLS, "none was killed in time")


if __name__ == "__main__":
    main()
