"""A real Kafka of its own for the benchmark, by way of scripts/kafka."""

import contextlib
import itertools
import re
import subprocess
import sys
from pathlib import Path

from . import cases

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "kafka"
PARTITIONS = 4
FILLINGS = 3  # of a topic, until it holds every line


class Broker:
    """Starts with no data and leaves none: `with Broker(name) as broker:`."""

    def __init__(self, name):
        self.name = name
        self.address = None
        self._numbers = itertools.count()

    def __enter__(self):
        self._script("stop", "--delete")
        self.address = self._script("start").strip()
        return self

    def __exit__(self, *_):
        self._script("stop", "--delete")

    @property
    def version(self):
        return (SCRIPT.parents[1] / "build/kafka/data" / self.name / "version").read_text().strip()

    @contextlib.contextmanager
    def new_topic(self):
        """The name of an empty topic of 4 partitions, which is deleted at the end."""
        topic = f"bench-{next(self._numbers)}"
        self._topic_tool("create", topic, PARTITIONS)
        try:
            yield topic
        finally:
            self._topic_tool("delete", topic)

    @contextlib.contextmanager
    def filled_topic(self, file, times=1):
        """The name of a topic that holds the lines of `file`, that many times."""
        with contextlib.ExitStack() as topics:
            for _ in range(FILLINGS):
                topic = topics.enter_context(self.new_topic())
                for _ in range(times):
                    _run("kcat", "-P", "-b", self.address, "-t", topic, "-l", file)
                missing = times * _count_lines(file) - self.count(topic)
                if missing == 0:
                    break
                print(f"  kcat -P lost {missing} lines, once more", file=sys.stderr)
            else:
                raise RuntimeError(f"kcat -P lost lines {FILLINGS} times")
            yield topic

    def count(self, topic):
        """Records in a topic that only ever grew: the sum of its end offsets."""
        ends = [word for p in range(PARTITIONS) for word in ("-t", f"{topic}:{p}:-1")]
        text = subprocess.check_output(["kcat", "-Q", "-b", self.address, *ends], text=True)
        return sum(int(end) for end in re.findall(r"offset (\d+)", text))

    def await_records(self, topic, count):
        """Returns as soon as `topic` holds that many."""
        _run(cases.AWAIT_RECORDS, self.address, topic, count)

    def _script(self, command, *arguments):
        return _run(SCRIPT, command, *arguments, "--name", self.name)

    def _topic_tool(self, *arguments):
        _run(cases.TOPIC_TOOL, "--brokers", self.address, *arguments)


def _count_lines(file):
    with open(file, "rb") as lines:
        return sum(1 for _ in lines)


def _run(*command):
    result = subprocess.run(
        [str(word) for word in command],
        check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    return result.stdout
