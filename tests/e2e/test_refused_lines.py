#!/usr/bin/env python3
"""Lines that the topic does not take are named and passed over; all others arrive, in order."""

import base64
import random

from support import ToolCase, main


def incompressible(size):
    """A line of that many bytes; lz4 makes no more than a quarter of it vanish."""
    noise = random.Random(size).randbytes(size)
    return base64.b64encode(noise)[:size]


class RefusedLines(ToolCase):
    def setUp(self):
        super().setUp()
        self.before = [b"before %d" % n for n in range(3000)]
        self.after = [b"after %d" % n for n in range(3000)]

    def log_with(self, *large):
        content = b"".join(line + b"\n" for line in [*self.before, *large, *self.after])
        return self.file("app.log", content), content.index(large[0])

    def assert_passed_over(self, topic, large, ended, log, offset):
        self.assert_ended(ended, 1, f"{log}: ", f"byte {offset} ", f"{len(large)} bytes")
        self.assertIn(str(topic), ended.err)
        self.assert_same_lines(topic.values(), self.before + self.after)

    def test_a_line_too_large_for_the_topic_is_named_and_the_others_arrive(self):
        topic = self.topic(max_message_bytes=50000)
        large = incompressible(100_000)
        log, offset = self.log_with(large)
        ended = self.logtail("-t", topic, "--once", "--max-line", "3M", log)
        self.assert_passed_over(topic, large, ended, log, offset)

    def test_a_line_too_large_for_any_topic_is_named_and_the_others_arrive(self):
        topic = self.topic()
        large = incompressible(2_000_000)
        log, offset = self.log_with(large)
        ended = self.logtail("-t", topic, "--once", "--max-line", "3M", log)
        self.assert_passed_over(topic, large, ended, log, offset)

    def test_each_of_several_is_named(self):
        topic = self.topic(max_message_bytes=50000)
        large = [incompressible(size) for size in (90_000, 100_000, 110_000)]
        log, _ = self.log_with(*large)
        ended = self.logtail("-t", topic, "--once", "--max-line", "3M", log)
        self.assert_ended(ended, 1, *(f"{len(line)} bytes" for line in large))
        self.assert_same_lines(topic.values(), self.before + self.after)

    def test_a_batch_larger_than_the_topic_takes_loses_nothing(self):
        topic = self.topic(max_message_bytes=10000)
        lines = [incompressible(300 + n % 50) + b" %d" % n for n in range(20_000)]
        log = self.file("app.log", b"".join(line + b"\n" for line in lines))
        self.assert_quiet(self.logtail("-t", topic, "--once", log))
        self.assert_same_lines(topic.values(), lines)

    def test_a_limit_lowered_below_what_is_being_sent_loses_nothing(self):
        """What is known of the topic is of the start: batches are refused, lines are not."""
        topic = self.topic()
        log = self.folder / "app.log"
        run = self.start_logtail("-t", topic, log)
        run.wait_for_message("waiting for it")
        log.write_bytes(b"first\n")
        topic.wait_for(1)
        topic.set("max.message.bytes=10000")
        lines = [incompressible(300 + n % 50) + b" %d" % n for n in range(5_000)]
        with log.open("ab") as out:
            out.write(b"".join(line + b"\n" for line in lines))
        topic.wait_for(1 + len(lines))
        self.assert_ended(run.stop(), 0)
        self.assert_same_lines(topic.values(), [b"first", *lines])

    def test_a_follower_tells_it_goes_on_and_ends_with_0(self):
        topic = self.topic(max_message_bytes=50000)
        log, offset = self.log_with(incompressible(100_000))
        run = self.start_logtail("-t", topic, "--from", "beginning", "--max-line", "1M", log)
        run.wait_for_message(f"byte {offset} ")
        topic.wait_for(len(self.before + self.after))
        self.assert_ended(run.stop(), 0)
        self.assert_same_lines(topic.values(), self.before + self.after)


if __name__ == "__main__":
    main()
