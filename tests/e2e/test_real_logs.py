#!/usr/bin/env python3
"""A million lines of real logs, from file to topic to text."""

import subprocess
import sys
from collections import Counter

from support import ToolCase, main
from support.tool import ROOT

LINES = 1_000_000


class RealLogs(ToolCase):
    def make_logs(self):
        folder = self.folder / "logs"
        make = [sys.executable, ROOT / "tests" / "data" / "make_log", folder, "--lines", str(LINES)]
        subprocess.run(make, check=True, timeout=120)
        return sorted(folder.iterdir())

    def test_every_line_comes_out_as_it_went_in_and_in_the_order_of_its_file(self):
        logs = self.make_logs()
        topic = self.topic(4)
        self.assert_quiet(self.logtail("-t", topic, "--once", *logs, seconds=120))
        printed = self.logcat("-e", "-f", "%s\\n", topic, seconds=120)
        self.assert_quiet(printed)

        written = [log.read_bytes().split(b"\n")[:-1] for log in logs]
        count = Counter(line for log in written for line in log)
        self.assertEqual(count.total(), LINES)
        out = printed.out.split(b"\n")[:-1]
        self.assertTrue(Counter(out) == count, f"{len(out)} lines, not those written")
        for log, lines in zip(logs, written):
            with self.subTest(log.name):
                # An empty line of one file with its number may stand in another one as well.
                own = {line for line in lines if count[line] == 1}
                self.assertGreater(len(own), len(lines) * 0.9)
                got = [line for line in out if line in own]
                self.assert_same_lines(got, [line for line in lines if line in own])


if __name__ == "__main__":
    main()
