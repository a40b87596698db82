"""A topic that is read in a moment: what it takes to start, to find the ends, and to end."""

import tempfile
from pathlib import Path

from . import cases, report
from .process import measure
from .rounds import choose, run_in_turns


def table(broker, file, scale, only):
    """Whole processes, from their start to their end; one that counts for nothing goes before."""
    names, skipped = choose(cases.WHOLE_RUN, only)
    with broker.filled_topic(file, 1 if names else 0) as topic:

        def run(name):
            with tempfile.TemporaryDirectory() as folder:
                source = cases.Source(broker.address, topic, scale.few_lines, Path(folder))
                return measure(cases.READING[name](source))

        for name in names:
            run(name)
        describe = lambda usage: f"{usage.seconds * 1e3:.0f} ms"
        runs = run_in_turns(names, scale.whole_runs, run, describe)
    title = f"A whole run over {scale.few_lines:,} lines in 4 partitions, {scale.whole_runs} times"
    return report.Table("whole", title, report.whole(runs), skipped)
