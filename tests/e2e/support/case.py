"""What each test class derives from, and how a file of tests is run."""

import contextlib
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from . import broker
from .tool import TOOLS, Running
from .topic import NoAuthorizer, Topic

SKIPPED = 77  # CTest's SKIP_RETURN_CODE


class ToolCase(unittest.TestCase):
    """A test has a folder of its own, `self.folder`, topics of its own, and no tool outlives it."""

    brokers = broker.shared_brokers()

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="logpipe-e2e-")))
        self.runs = self.folder / "runs"
        self.runs.mkdir()

    def topic(self, partitions=1, brokers=None, **config):
        topic = self.missing_topic(partitions, brokers, **config)
        topic.create()
        return topic

    def missing_topic(self, partitions=1, brokers=None, **config):
        """One that the test may make, or have made."""
        topic = Topic(brokers or self.brokers, partitions, **config)
        self.addCleanup(self._delete, topic)
        return topic

    def denied_topic(self):
        topic = self.topic()
        try:
            topic.deny()
        except NoAuthorizer:
            if broker.must_not_skip():
                raise
            self.skipTest("the broker has no authorizer")
        return topic

    def file(self, name, content=b""):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def closed_port(self):
        """An address where nobody answers for as long as the test lasts."""
        held = self.enterContext(socket.socket())
        held.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{held.getsockname()[1]}"

    def start_logtail(self, *arguments, **how):
        return self._start("logtail", arguments, **how)

    def start_logcat(self, *arguments, **how):
        return self._start("logcat", arguments, **how)

    def logtail(self, *arguments, input=None, seconds=60, **how):
        return self._run(self.start_logtail, arguments, input, seconds, how)

    def logcat(self, *arguments, input=None, seconds=60, **how):
        return self._run(self.start_logcat, arguments, input, seconds, how)

    def assert_ended(self, ended, code, *said):
        """With this exit code, and each of these texts on stderr."""
        self.assertEqual(ended.code, code, ended)
        for text in said:
            self.assertIn(text, ended.err, ended)

    def assert_quiet(self, ended, code=0):
        self.assert_ended(ended, code)
        self.assertEqual(ended.err, "", ended)

    def assert_same_lines(self, got, expected):
        """As assertEqual, but of a long list it shows the place where they part."""
        if got == expected:
            return
        differs = (i for i, (a, b) in enumerate(zip(got, expected)) if a != b)
        at = next(differs, min(len(got), len(expected)))
        self.fail(
            f"{len(got)} lines instead of {len(expected)}, the first difference at {at}:\n"
            f"got      {got[at:at + 3]}\nexpected {expected[at:at + 3]}"
        )

    def _start(self, tool, arguments, *, brokers=None, under=(), **how):
        address = brokers or self.brokers
        connection = ["-b", address] if address else []
        running = Running([*under, TOOLS[tool], *connection, *arguments], self.runs, **how)
        self.addCleanup(running.kill)
        return running

    @staticmethod
    def _run(start, arguments, input, seconds, how):
        if input is None:
            return start(*arguments, **how).end(seconds)
        running = start(*arguments, stdin=subprocess.PIPE, **how)
        with contextlib.suppress(BrokenPipeError):
            running.feed(input)
        with contextlib.suppress(BrokenPipeError):
            running.end_input()
        return running.end(seconds)

    @staticmethod
    def _delete(topic):
        """One that is denied, or gone, stays as it is."""
        with contextlib.suppress(RuntimeError):
            topic.delete()


class OwnBrokerCase(ToolCase):
    """The class has a Kafka of its own, `self.broker`, that it may stop."""

    version = "4.3.0"
    settings = ()  # the broker's, as "auto.create.topics.enable=true"

    @classmethod
    def setUpClass(cls):
        if not broker.can_own_brokers():
            raise unittest.SkipTest("no Java or Maven to run a broker with")
        cls.broker = broker.OwnBroker(cls.__name__, cls.version, cls.settings)
        cls.addClassCleanup(cls.broker.delete)
        cls.brokers = cls.broker.address

    def _delete(self, topic):
        """It goes with the broker, which may be down by now."""


def main(needs_broker=True):
    """Runs the tests of the calling file. Without a broker for those that need one they count as
    skipped, in CI as failed."""
    if needs_broker and not broker.shared_brokers():
        print("LOGPIPE_TEST_BROKERS names no Kafka; scripts/test starts one")
        sys.exit(1 if broker.must_not_skip() else SKIPPED)
    unittest.main(module="__main__", verbosity=2)
