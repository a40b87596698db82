"""What is run: our tools, as they come and otherwise, and kcat beside them."""

from dataclasses import dataclass
from pathlib import Path

BIN = Path(__file__).resolve().parents[2] / "build" / "release" / "apps"
LOGTAIL = BIN / "logtail" / "logtail"
LOGCAT = BIN / "logcat" / "logcat"

# Without these kcat stands still for up to a second whenever its queue of a partition is full.
KCAT_TUNING = [
    "-X", "queued.min.messages=10000000",
    "-X", "queued.max.messages.kbytes=2000000",
    "-X", "fetch.message.max.bytes=10000000",
    "-X", "fetch.wait.max.ms=10",
]  # fmt: skip


@dataclass(frozen=True)
class Case:
    name: str
    command: list
    into: list = None  # the reader of its output; none: /dev/null

    @property
    def is_ours(self):
        return self.command[0] in (LOGTAIL, LOGCAT)


def shipping(brokers, topic, file):
    ours = [LOGTAIL, "-q", "-b", brokers, "-t", topic, "--once"]
    return [
        Case("kcat -P -l", ["kcat", "-P", "-b", brokers, "-t", topic, "-l", file]),
        Case("logtail", [*ours, file]),
        Case("logtail -p spread", [*ours, "-p", "spread", file]),
    ]


SHIPPING_BASELINE = "kcat -P -l"


def reading(brokers, topic):
    kcat = ["kcat", "-C", "-q", "-b", brokers, "-t", topic, "-o", "beginning", "-e"]
    commands = {
        "kcat -C, tuned": [*kcat, *KCAT_TUNING],
        "kcat -C": kcat,
        "logcat": [LOGCAT, "-q", "-b", brokers, "-o", "oldest", "-e", topic],
    }
    to_null = [Case(name, command) for name, command in commands.items()]
    to_pipe = [Case(f"{name} | cat", command, ["cat"]) for name, command in commands.items()]
    return to_null + to_pipe


def reading_baseline(name):
    """kcat tuned by hand, into the same kind of output."""
    return "kcat -C, tuned" + (" | cat" if name.endswith("| cat") else "")
