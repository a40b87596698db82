#!/usr/bin/env python3
"""Both tools' memory is bounded, however large the log."""

from support import ToolCase, main

MIB = 1 << 20
SIZE = 300 * MIB


class Memory(ToolCase):
    def large_log(self):
        """Written in blocks: what this process holds counts for the tools that it starts."""
        path = self.folder / "large.log"
        with path.open("wb") as log:
            number = 0
            while log.tell() < SIZE:
                block = range(number, number + 10_000)
                log.write(b"".join(b"%09d 10.0.0.7 GET /orders/8 200 %d\n" % (n, n * n) for n in block))
                number += 10_000
        return path, number

    def test_a_log_of_300_mib_goes_through_within_the_bounds(self):
        log, lines = self.large_log()
        topic = self.topic(4)
        shipped = self.logtail("-t", topic, "--once", log, seconds=120)
        self.assert_quiet(shipped)
        self.assertEqual(topic.count(), lines)
        self.assertLess(shipped.peak_bytes / MIB, 96)
        with open("/dev/null", "wb") as nowhere:
            printed = self.start_logcat("-e", topic, stdout=nowhere).end(120)
        self.assert_quiet(printed)
        self.assertLess(printed.peak_bytes / MIB, 64)

    def test_spreading_stays_within_the_bounds_too(self):
        log, lines = self.large_log()
        topic = self.topic(4)
        shipped = self.logtail("-t", topic, "--once", "-p", "spread", log, seconds=120)
        self.assert_quiet(shipped)
        self.assertEqual(topic.count(), lines)
        self.assertLess(shipped.peak_bytes / MIB, 96)


if __name__ == "__main__":
    main()
