"""Reading a topic to its end, to /dev/null and through a pipe.

What a record costs in instructions (callgrind, 200,000 lines of 83 bytes without key and headers, a
release build, what a run without a record costs taken off; librdkafka 2.0.2):

                                                     logcat   logcat -J
  our code: taking, formatting                          346         521
  librdkafka and mimalloc in our thread                 589       1,115
  librdkafka's thread, which fetches and parses       1,136       1,144

With -J, half of the second row is rd_kafka_message_headers, which sets up a buffer to find none.
With glibc's malloc the rows below the first are 671, 1,395 and 1,739, 1,403, and the run takes twice
as long: the two threads wait for each other at its lock. kcat tuned takes 2,650 and with -J 14,400,
what starting costs included.
"""

import tempfile
from pathlib import Path

from . import cases, report
from .process import count_lines, measure
from .rounds import choose, run_in_turns
from .shipping import LinesDiffer

TIMES = 2  # that the topic holds the file


def table(broker, file, scale, only):
    """Each program once to warm up, when the lines that it writes are counted, and then in rounds."""
    names, skipped = choose(cases.READING, only)
    lines = TIMES * scale.lines
    with broker.filled_topic(file, TIMES if names else 0) as topic:

        def with_command(name, use):
            with tempfile.TemporaryDirectory() as folder:
                source = cases.Source(broker.address, topic, lines, Path(folder))
                return use(cases.READING[name](source))

        for name in names:
            if not name.endswith(cases.INTO_PIPE):
                _expect_lines(with_command(name, count_lines), lines, name)
        runs = run_in_turns(
            names,
            scale.rounds,
            lambda name: with_command(name, lambda command: measure(command, _into(name))),
            lambda usage: f"{usage.seconds:.2f} s",
        )
    title = (
        f"Reading {lines:,} lines; logcat writes topic, partition, offset, key and value, kcat the "
        "value alone, with -J both write all of a record"
    )
    rows = report.throughput(runs, lines, cases.reading_baseline)
    return report.Table("throughput", title, rows, skipped)


def _into(name):
    return ["cat"] if name.endswith(cases.INTO_PIPE) else None


def _expect_lines(count, expected, name):
    if count != expected:
        raise LinesDiffer(f"{name}: {count} lines were written, {expected} are there")
