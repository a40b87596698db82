"""Reading a huge topic, as fast as it goes and into a reader of 10 MB/s: peak memory."""

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from . import cases, report
from .process import Pipeline, measure
from .rounds import choose, run_in_turns

MEGABYTES_PER_SECOND = 10
SLOWLY = f" | {MEGABYTES_PER_SECOND} MB/s"

# Takes its input in pieces, each when its time has come.
SLOW_READER = f"""
import os, time
begin, taken = time.monotonic(), 0
while piece := os.read(0, 65536):
    taken += len(piece)
    time.sleep(max(0, begin + taken / {MEGABYTES_PER_SECOND}e6 - time.monotonic()))
"""


@dataclass(frozen=True)
class Memory:
    seconds: float
    peak_bytes: int


def table(broker, file, scale, only):
    """Each program once. Into the slow reader it runs for a time, not to the end."""
    names, skipped = choose(cases.HUGE + [name + SLOWLY for name in cases.HUGE], only)
    times = -(-scale.huge_lines // scale.lines)
    lines = times * scale.lines
    with broker.filled_topic(file, times if names else 0) as topic:

        def run(name):
            with tempfile.TemporaryDirectory() as folder:
                source = cases.Source(broker.address, topic, lines, Path(folder))
                command = cases.READING[name.removesuffix(SLOWLY)](source)
                return _slowly(command, scale.slow_seconds) if SLOWLY in name else _fast(command)

        runs = run_in_turns(names, 1, run, lambda memory: f"{memory.peak_bytes / 2**20:.0f} MiB")
    title = (
        f"Reading {lines:,} lines, to /dev/null, and the first {scale.slow_seconds} s into a reader "
        f"of {MEGABYTES_PER_SECOND} MB/s"
    )
    return report.Table("memory", title, report.memory(runs), skipped)


def _fast(command):
    usage = measure(command)
    return Memory(usage.seconds, usage.peak_bytes)


def _slowly(command, seconds):
    with Pipeline(command, [sys.executable, "-c", SLOW_READER]) as running:
        time.sleep(seconds)
        return Memory(seconds, running.peaks()[0])
