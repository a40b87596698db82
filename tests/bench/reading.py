"""Reading a topic to its end, to /dev/null and through a pipe."""

from . import cases, report
from .process import count_lines, measure
from .rounds import choose, run_in_turns
from .shipping import LinesDiffer


def table(broker, file, scale, only):
    """The topic holds the file twice. Each program once to warm up, when the lines that it writes
    are counted, and then in rounds."""
    names, skipped = choose(cases.reading("", ""), only)
    lines = 2 * scale.lines
    with broker.new_topic() as topic:
        for _ in range(2 if names else 0):
            measure(["kcat", "-P", "-b", broker.address, "-t", topic, "-l", file])
        programs = cases.reading(broker.address, topic)
        for name in names:
            _expect_lines(programs[name], lines, name)
        runs = run_in_turns(
            names,
            scale.rounds,
            lambda name: measure(programs[name].command, programs[name].into),
            lambda usage: f"{usage.seconds:.2f} s",
        )
    title = (
        f"Reading {lines:,} lines; logcat writes topic, partition, offset, key and value, kcat the "
        "value alone"
    )
    rows = report.throughput(runs, lines, cases.reading_baseline)
    return report.Table("throughput", title, rows, skipped)


def _expect_lines(program, expected, name):
    count = expected if program.into else count_lines(program.command)
    if count != expected:
        raise LinesDiffer(f"{name}: {count} lines were written, {expected} are there")
