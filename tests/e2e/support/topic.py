"""Topics of a test's own, looked at with kcat: nothing of the tools but librdkafka is in it."""

import os
import re
import subprocess
import uuid
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from .tool import ROOT
from .waiting import wait_until

BUILT = ROOT / "build" / "dev" / "tests" / "support" / "topic_tool"
TOPIC_TOOL = os.environ.get("LOGPIPE_TOPIC_TOOL", str(BUILT))


class NoAuthorizer(Exception):
    pass


class NoLeader(Exception):
    pass


@dataclass(frozen=True)
class Record:
    partition: int
    offset: int
    key: bytes  # None: null
    value: bytes  # None: null
    timestamp: int
    headers: str  # as kcat prints them: a=1,b=2


class Topic:
    def __init__(self, brokers, partitions=1, name=None, **config):
        """Has a name that nobody else has, unless given; settings as `max_message_bytes=50000`."""
        self.brokers = brokers
        self.partitions = partitions
        self.name = name or f"e2e-{uuid.uuid4().hex[:16]}"
        self._settings = [f"{name.replace('_', '.')}={value}" for name, value in config.items()]

    def __str__(self):
        return self.name

    def create(self):
        self._tool("create", self.partitions, *self._settings)

    def delete(self):
        self._tool("delete")

    def grow(self, partitions):
        self._tool("grow", partitions)
        self.partitions = partitions

    def set(self, setting):
        """As `max.message.bytes=50000`."""
        self._tool("set", setting)

    def truncate(self, partition, before):
        self._tool("truncate", partition, before)

    def deny(self):
        self._tool("deny")

    def allow(self):
        """What was denied."""
        self._tool("allow")

    def commit_transaction(self, records, partition=0):
        self._transaction("commit", records, partition)

    def abort_transaction(self, records, partition=0):
        self._transaction("abort", records, partition)

    @contextmanager
    def open_transaction(self, records, partition=0, end="commit"):
        """Is open with so many records inside the block, and ends behind it."""
        command = [TOPIC_TOOL, "--brokers", self.brokers, "open", self.name]
        with subprocess.Popen(
            [*command, str(records), str(partition)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as tool:
            try:
                if tool.stdout.readline() != b"open\n":
                    raise RuntimeError(f"no transaction in {self}")
                yield
                tool.communicate(end.encode() + b"\n", timeout=60)
            finally:
                tool.kill()
        self._wait_for_stable(partition)

    def _transaction(self, how, records, partition):
        self._tool(how, records, partition)
        self._wait_for_stable(partition)

    def _wait_for_stable(self, partition):
        """The broker answers before the marker is written: the last stable offset is waited for."""

        def is_over():
            ends = [
                self._ends([partition], "-X", f"isolation.level=read_{level}")
                for level in ("committed", "uncommitted")
            ]
            return ends[0] == ends[1]

        wait_until(is_over, f"the end of the transaction in {self} [{partition}]")

    def write(self, *values, partition=0, options=()):
        """Values without newlines, in order, by kcat. `options` are its own."""
        text = b"".join(value + b"\n" for value in values)
        self.kcat("-P", "-p", str(partition), *options, input=text)

    def write_at(self, *records, partition=0):
        """Timestamps, in milliseconds, and values, in order."""
        text = b"".join(b"%d %s\n" % record for record in records)
        self._tool("write", partition, input=text)

    def write_lines(self, file, partition=0):
        """One record for each line of a file that is too large for an argument."""
        self.kcat("-P", "-p", str(partition), "-l", str(file))

    def count(self):
        """The sum of the end offsets: records, in a topic that only ever grew."""
        return sum(self._ends(range(self.partitions)))

    def _ends(self, partitions, *options):
        asked = [word for p in partitions for word in ("-t", f"{self.name}:{p}:-1")]
        text = self._run(["kcat", "-Q", "-b", self.brokers, *options, *asked]).decode()
        return [int(end) for end in re.findall(r"offset (\d+)", text)]

    def wait_for(self, records, seconds=30):
        """Until that many records are in the topic."""
        seen = 0

        def are_there():
            nonlocal seen
            with suppress(NoLeader):  # a broker that was just started leads nothing yet
                seen = self.count()
            return seen >= records

        wait_until(are_there, lambda: f"{records} records in {self}, there are {seen}", seconds)

    def records(self):
        """All that a consumer sees, by partition and offset. Nobody may be writing: kcat runs after
        an end that moves."""
        text = self.kcat("-C", "-e", "-q", "-o", "beginning", "-f", "%p %o %K %S %T %h\\n%k%s")
        return sorted(_parse(text), key=lambda record: (record.partition, record.offset))

    def values(self, partition=None):
        return [r.value for r in self.records() if partition in (None, r.partition)]

    def kcat(self, *arguments, input=None):
        command = ["kcat", *arguments, "-b", self.brokers, "-t", self.name]
        return self._run(command, input)

    def _tool(self, command, *arguments, input=None):
        words = [TOPIC_TOOL, "--brokers", self.brokers, command, self.name, *map(str, arguments)]
        self._run(words, input)

    @staticmethod
    def _run(command, input=None):
        done = subprocess.run(command, input=input, capture_output=True, timeout=60)
        if command[0] == TOPIC_TOOL and done.returncode == 4:
            raise NoAuthorizer
        if b"Not leader for partition" in done.stderr:
            raise NoLeader
        if done.returncode != 0:
            raise RuntimeError(f"{command}: {done.stderr.decode(errors='replace')}")
        return done.stdout


def _parse(text):
    """Records as kcat was told to print them: a head of numbers, then so many bytes; -1 is null."""
    at = 0
    while at < len(text):
        head, at = text[at : (newline := text.index(b"\n", at))], newline + 1
        *numbers, headers = head.split(b" ", 5)
        partition, offset, key_size, value_size, timestamp = map(int, numbers)
        key, at = _take(text, at, key_size)
        value, at = _take(text, at, value_size)
        yield Record(partition, offset, key, value, timestamp, headers.decode(errors="surrogateescape"))


def _take(text, at, size):
    return (None, at) if size < 0 else (text[at : at + size], at + size)
