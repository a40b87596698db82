"""A state file with the positions of many logs: what it takes to open it, and to look at them all."""

import tempfile
from pathlib import Path

from . import cases, report
from .process import measure
from .rounds import choose, run_in_turns

VERSION = "logtail --version"
ONE = "logtail --status, of one"
ALL = "logtail --status, of all"


def table(scale, only):
    """Whole processes, from their start to their end: the first does nothing but that, the second
    reads all positions besides."""
    with tempfile.TemporaryDirectory() as folder:
        state = ["--state", Path(folder) / "positions.db"]
        logs = _make_logs(Path(folder) / "logs", scale.files)
        set_all = [word for log in logs for word in ("--set", f"{log}=0")]
        commands = {
            VERSION: ["--version"],
            ONE: [*state, "--status", logs[0]],
            ALL: [*state, "--status"],
        }
        measure([cases.LOGTAIL, "-q", *state, *set_all])
        run = lambda name: measure([cases.LOGTAIL, "-q", *commands[name]])
        names, skipped = choose(commands, only)
        runs = run_in_turns(names, scale.rounds, run, lambda usage: f"{usage.seconds * 1e3:.1f} ms")
    title = f"A state file that holds the positions of {scale.files:,} logs"
    return report.Table("positions", title, report.positions(runs, scale.files), skipped)


def _make_logs(folder, count):
    folder.mkdir()
    logs = [folder / f"app-{number:05}.log" for number in range(count)]
    for log in logs:
        log.write_text(f"the line of {log.name}\n")
    return logs
