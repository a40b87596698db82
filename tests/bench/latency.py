"""A line each 10 ms in a file that is followed: how long until a consumer has the record."""

import subprocess
import tempfile
from pathlib import Path
from statistics import median

from . import cases, report
from .process import Pipeline
from .rounds import choose, run_in_turns

INTERVAL_MS = 10


def table(broker, scale, only):
    """Writer and consumer are one process. Lines count from when they arrive at all."""

    def run(name):
        with broker.new_topic() as topic, tempfile.TemporaryDirectory() as folder:
            return _latencies(broker, name, topic, Path(folder), scale.latency_lines)

    names, skipped = choose(cases.FOLLOWING, only)
    runs = run_in_turns(names, scale.rounds, run, lambda times: f"{median(times) * 1e3:.2f} ms")
    title = (
        f"{scale.rounds * scale.latency_lines} lines, one each {INTERVAL_MS} ms: from the write to "
        "the file to the record in a consumer"
    )
    return report.Table("latency", title, report.latency(runs), skipped)


def _latencies(broker, name, topic, folder, lines):
    file = folder / "app.log"
    file.touch()
    commands = cases.FOLLOWING[name](cases.Job(broker.address, topic, file, folder))
    with Pipeline(*commands):
        target = file if commands else "--direct"
        probe = [cases.LINE_LATENCY, broker.address, topic, str(lines), str(INTERVAL_MS), target]
        result = subprocess.run(probe, check=True, capture_output=True, text=True)
    return [int(micros) / 1e6 for micros in result.stdout.split()]
