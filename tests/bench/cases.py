"""What is run: our tools, as they come and otherwise, and their peers beside them."""

from dataclasses import dataclass
from pathlib import Path

from . import rsyslog

BUILD = Path(__file__).resolve().parents[2] / "build" / "release"
LOGTAIL = BUILD / "apps" / "logtail" / "logtail"
LOGCAT = BUILD / "apps" / "logcat" / "logcat"
TOPIC_TOOL = BUILD / "tests" / "support" / "topic_tool"
AWAIT_RECORDS = BUILD / "tests" / "bench" / "await_records"
LINE_LATENCY = BUILD / "tests" / "bench" / "line_latency"

# Without these kcat stands still for up to a second whenever its queue of a partition is full.
KCAT_TUNING = [
    "-X", "queued.min.messages=10000000",
    "-X", "queued.max.messages.kbytes=2000000",
    "-X", "fetch.message.max.bytes=10000000",
    "-X", "fetch.wait.max.ms=10",
]  # fmt: skip


@dataclass(frozen=True)
class Job:
    """What a program that ships is given."""

    brokers: str
    topic: str  # of 4 partitions, empty
    files: Path  # one, or a pattern for several
    folder: Path  # of the program's own, to write to


def _logtail(job, *options):
    return [LOGTAIL, "-q", "-b", job.brokers, "-t", job.topic, *options]


def _kcat_producer(job):
    return ["kcat", "-P", "-b", job.brokers, "-t", job.topic]


# Functions of a Job to a command that ends when all has been shipped; rsyslog's does not end.
SHIPPING = {
    "kcat -P -l": lambda job: [*_kcat_producer(job), "-l", job.files],
    "rsyslog": rsyslog.command,
    "logtail": lambda job: _logtail(job, "--once", job.files),
    "logtail --state": lambda job: _logtail(
        job, "--state", job.folder / "positions.db", "--once", job.files
    ),
    "logtail -p spread": lambda job: _logtail(job, "-p", "spread", "--once", job.files),
}
SHIPPING_BASELINE = "kcat -P -l"

# Functions of a Job to the commands of a pipeline that follows one file.
DIRECT = "(no file: produced directly)"
FOLLOWING = {
    DIRECT: lambda job: [],
    "logtail": lambda job: [_logtail(job, job.files)],
    "rsyslog": lambda job: [rsyslog.command(job)],
    "rsyslog, linger.ms=1": lambda job: [rsyslog.command(job, "linger.ms=1")],
    "tail -F | kcat -P": lambda job: [["tail", "-n", "0", "-F", job.files], _kcat_producer(job)],
}


def _logtail_of_all(job, *options):
    paths = sorted(job.files.parent.glob(job.files.name))
    return _logtail(job, "--from", "beginning", *options, *paths)


# Functions of a Job to a command that ships many files and goes on to follow them.
FOLLOWING_MANY = {
    "logtail": _logtail_of_all,
    "logtail --poll": lambda job: _logtail_of_all(job, "--poll"),
    "rsyslog": rsyslog.command,
}


@dataclass(frozen=True)
class ReadingCase:
    command: list
    into: list = None  # the reader of its output; none: /dev/null


def reading(brokers, topic):
    kcat = ["kcat", "-C", "-q", "-b", brokers, "-t", topic, "-o", "beginning", "-e"]
    logcat = [LOGCAT, "-q", "-b", brokers, "-o", "oldest", "-e", topic]
    commands = {
        "kcat -C, tuned": [*kcat, *KCAT_TUNING],
        "kcat -C": kcat,
        "logcat": logcat,
        "logcat --merge": [*logcat, "--merge"],
    }
    to_null = {name: ReadingCase(command) for name, command in commands.items()}
    to_pipe = {f"{name} | cat": ReadingCase(command, ["cat"]) for name, command in commands.items()}
    return to_null | to_pipe


def reading_baseline(name):
    """kcat tuned by hand, into the same kind of output."""
    return "kcat -C, tuned" + (" | cat" if name.endswith("| cat") else "")
