#!/usr/bin/env python3
"""What is read and not acknowledged stays below --memory: there, reading stops."""

import json

from support import ToolCase, main, wait_until
from support.broker import SandboxBroker

MIB = 1 << 20
NAME = "orders"
LINE = b"x" * 1023 + b"\n"


class MemoryLimit(ToolCase):
    def setUp(self):
        super().setUp()
        self.cluster = SandboxBroker(NAME)
        self.addCleanup(self.cluster.close)
        self.brokers = self.cluster.address
        self.cluster.lead(0, None)
        self.log = self.file("app.log", LINE * (32 * MIB // len(LINE)))

    def in_flight(self, run):
        objects = [json.loads(line) for line in run.err.splitlines() if line.startswith("{")]
        return [each["records_in_flight"] for each in objects]

    def in_flight_at_standstill(self, *options):
        """Bytes of lines that are read while nothing is acknowledged."""
        words = ("-t", NAME, "--from", "beginning", "--stats", "200ms")
        run = self.start_logtail(*words, *options, self.log)

        def stands_still():
            last = self.in_flight(run)[-3:]
            return len(last) == 3 and last[0] > 0 and len(set(last)) == 1

        wait_until(stands_still, lambda: f"a standstill in {run.err}")
        records = self.in_flight(run)[-1]
        run.kill()
        return records * len(LINE)

    def test_reading_stops_there(self):
        for limit in (1, 4, 16):
            with self.subTest(limit):
                waiting = self.in_flight_at_standstill("--memory", f"{limit}M") / MIB
                self.assertGreater(waiting, limit / 4)
                self.assertLessEqual(waiting, limit)


if __name__ == "__main__":
    main(needs_broker=False)
