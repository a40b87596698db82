"""Many files that are followed and do not change: what it takes to wait."""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from . import cases, report, rsyslog
from .process import Pipeline
from .rounds import choose, run_in_turns


@dataclass(frozen=True)
class Quiet:
    files: int
    start_seconds: float  # until the one line of each file had arrived
    cpu_share: float  # of one core, while nothing happened
    peak_bytes: int


def table(broker, scale, only):
    """Each program once. A file counts as followed when its line has arrived."""

    def run(name):
        with broker.new_topic() as topic, tempfile.TemporaryDirectory() as folder:
            count = min(scale.files, rsyslog.most_files()) if name == "rsyslog" else scale.files
            files = _make_files(Path(folder) / "logs", count)
            job = cases.Job(broker.address, topic, files, Path(folder))
            return _follow(broker, name, job, count, scale)

    names, skipped = choose(cases.FOLLOWING_MANY, only)
    runs = run_in_turns(names, 1, run, lambda quiet: f"{quiet.cpu_share:.3%} of a core")
    title = (
        f"Following files that are quiet: {scale.quiet_seconds} s, from {scale.settle_seconds} s "
        "after the last line had arrived"
    )
    return report.Table("quiet", title, report.quiet(runs), skipped)


def _make_files(folder, count):
    folder.mkdir()
    for number in range(count):
        (folder / f"app-{number:05}.log").write_text(f"the line of file {number}\n")
    return folder / "app-*.log"


def _follow(broker, name, job, count, scale):
    with Pipeline(cases.FOLLOWING_MANY[name](job)) as running:
        broker.await_records(job.topic, count)
        start = running.usage().seconds
        time.sleep(scale.settle_seconds)  # what is done right after the last line is no waiting yet
        before = running.usage()
        time.sleep(scale.quiet_seconds)
        after = running.usage()
    share = (after.cpu_seconds - before.cpu_seconds) / (after.seconds - before.seconds)
    return Quiet(count, start, share, after.peak_bytes)
