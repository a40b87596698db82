"""Shipping a file of lines into a new topic of 4 partitions, as fast as it goes."""

import subprocess
import sys
import tempfile
from pathlib import Path

from . import cases, report
from .process import Pipeline, measure
from .rounds import choose, run_in_turns


# A peer that loses lines is told of, and run again, for its figure is to be that of the whole file.
PEER_ATTEMPTS = 3


class LinesDiffer(Exception):
    pass


def table(broker, file, scale, only):
    """Each program once to warm up, when what arrives is compared with the file, and then in
    rounds, when it is counted."""

    def run_once(name, check):
        with broker.new_topic() as topic, tempfile.TemporaryDirectory() as folder:
            usage = _ship(broker, name, cases.Job(broker.address, topic, file, Path(folder)), lines)
            check(broker, topic, file, lines, name)
        return usage

    def run(name, check):
        attempts = 1 if name.startswith("logtail") else PEER_ATTEMPTS
        for left in reversed(range(attempts)):
            try:
                return run_once(name, check)
            except (LinesDiffer, subprocess.CalledProcessError) as error:
                if left == 0:
                    raise
                said = getattr(error, "stderr", None) or error
                print(f"  {name} lost lines, once more: {said}", file=sys.stderr)

    lines = scale.lines
    names, skipped = choose(cases.SHIPPING, only)
    describe = lambda usage: f"{usage.seconds:.2f} s"
    run_in_turns(names, 1, lambda name: run(name, _expect_same), describe)
    runs = run_in_turns(names, scale.rounds, lambda name: run(name, _expect_count), describe)
    title = f"Shipping {lines:,} lines into 4 partitions"
    rows = report.throughput(runs, lines, lambda _: cases.SHIPPING_BASELINE)
    return report.Table("throughput", title, rows, skipped)


def _ship(broker, name, job, lines):
    command = cases.SHIPPING[name](job)
    if name != "rsyslog":
        return measure(command)
    with Pipeline(command) as running:
        broker.await_records(job.topic, lines)
        return running.usage()


def _expect_count(broker, topic, _, lines, name):
    count = broker.count(topic)
    if count != lines:
        raise LinesDiffer(f"{name}: {count} lines arrived, {lines} were sent")


def _expect_same(broker, topic, file, lines, name):
    """Byte by byte, but for the order; the lines of the file are sorted."""
    _expect_count(broker, topic, file, lines, name)
    source = cases.Source(broker.address, topic, lines, file.parent)
    reader = cases.READING[cases.KCAT_TUNED](source)
    with subprocess.Popen(reader, stdout=subprocess.PIPE) as values:
        ordered = ["env", "LC_ALL=C", "sort"]
        with subprocess.Popen(ordered, stdin=values.stdout, stdout=subprocess.PIPE) as sort:
            if subprocess.run(["cmp", "-s", "-", file], stdin=sort.stdout).returncode != 0:
                raise LinesDiffer(f"{name}: the lines that arrived are not those of the file")
