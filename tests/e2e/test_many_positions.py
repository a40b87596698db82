#!/usr/bin/env python3
"""The positions of thousands of files. Apart from the tests of memory: what a test's own process
takes counts in that of the tools that it starts."""

import contextlib
import re
import sqlite3
from collections import defaultdict
from pathlib import Path

from support import main, wait_until
from support.remembering import RememberingCase


class ManyPositions(RememberingCase):
    FILES = 3000

    def setUp(self):
        super().setUp()
        self.counts = [0] * self.FILES  # lines of each file
        self.sources = [self.folder / "quiet*.log"]

    def write(self, file, count):
        """`F N`, the N-th line of the F-th file."""
        first, self.counts[file] = self.counts[file], self.counts[file] + count
        more = b"".join(b"%d %d\n" % (file, n) for n in range(first, first + count))
        self.append(more, self.folder / f"quiet{file}.log")

    def assert_each_line_once_in_order(self):
        arrived = defaultdict(list)
        for value in self.into.values():
            file, number = map(int, value.split())
            arrived[file].append(number)
        for file, count in enumerate(self.counts):
            self.assertEqual(arrived[file], list(range(count)), f"quiet{file}.log")

    def kept_ahead(self):
        """Files of which more is kept as sent than as acknowledged."""
        with contextlib.closing(sqlite3.connect(self.state)) as state:
            select = "SELECT count(*) FROM generations WHERE sent > read"
            return state.execute(select).fetchone()[0]

    def writes(self, run):
        """System calls, so far."""
        return int(re.search(r"syscw: (\d+)", Path(f"/proc/{run.pid}/io").read_text())[1])

    def test_quiet_files_that_wake_together(self):
        for file in range(self.FILES):
            self.write(file, 1)
        run = self.go_on()
        self.into.wait_for(sum(self.counts))
        for _ in range(2):
            wait_until(lambda: self.kept_ahead() == 0, "all is kept, and nothing ahead")
            before = self.writes(run)
            with run.asleep():
                for file in range(self.FILES):
                    self.write(file, 20_000 if file % 500 == 0 else 1)
            self.into.wait_for(sum(self.counts))
            # A save costs four at least: they are not kept one by one.
            self.assertLess(self.writes(run) - before, 3 * self.FILES)
        self.assert_ended(run.stop(), 0)
        self.ship()
        self.assert_each_line_once_in_order()


if __name__ == "__main__":
    main()
