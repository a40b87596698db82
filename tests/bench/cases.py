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
class Source:
    """What a program that reads is given."""

    brokers: str
    topic: str
    records: int  # that it holds
    folder: Path  # of the program's own, new for each run


def _kcat_consumer(source, *options):
    command = ["kcat", "-C", "-q", "-b", source.brokers, "-t", source.topic, "-o", "beginning"]
    return [*command, "-e", *options]


def _logcat(source, *options):
    return [LOGCAT, "-q", "-b", source.brokers, "-o", "oldest", "-e", *options, source.topic]


def _kcl(source):
    """It ends at a count, as it has no end of its own for several partitions."""
    seeds = f"seed_brokers={source.brokers}"
    return ["kcl", "-X", seeds, "consume", "-o", "start", "-n", str(source.records), source.topic]


KCAT_TUNED = "kcat -C, tuned"
KCAT_JSON = "kcat -C -J, tuned"
INTO_PIPE = " | cat"

# Functions of a Source to a command that prints all of it and ends.
READING = {
    KCAT_TUNED: lambda source: _kcat_consumer(source, *KCAT_TUNING),
    "kcat -C": _kcat_consumer,
    "kcl": _kcl,
    "logcat": _logcat,
    "logcat --merge": lambda source: _logcat(source, "--merge"),
    "logcat --state": lambda source: _logcat(source, "--state", source.folder / "positions.db"),
    KCAT_JSON: lambda source: _kcat_consumer(source, "-J", *KCAT_TUNING),
    "logcat -J": lambda source: _logcat(source, "-J"),
}
PIPED = [KCAT_TUNED, "kcat -C", "kcl", "logcat"]
READING |= {name + INTO_PIPE: READING[name] for name in PIPED}


def reading_baseline(name):
    """kcat tuned by hand, of the same kind of output."""
    if "-J" in name:
        return KCAT_JSON
    return KCAT_TUNED + (INTO_PIPE if name.endswith(INTO_PIPE) else "")


# Of READING, what is looked at where a topic is small, and where it is huge. kcat tuned by hand
# would hold all of a huge one.
WHOLE_RUN = [KCAT_TUNED, "kcl", "logcat", "logcat -J"]
HUGE = ["kcat -C", "kcl", "logcat", "logcat -J", "logcat --merge"]
