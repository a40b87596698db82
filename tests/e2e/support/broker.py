"""The real Kafka that all tests share, and those that a test owns because it breaks them."""

import os
import shutil
import signal
import subprocess

from .tool import ROOT

SANDBOX_BROKER = os.environ.get(
    "LOGPIPE_SANDBOX_BROKER", str(ROOT / "build" / "dev" / "tests" / "support" / "sandbox_broker")
)
SCRIPT = ROOT / "scripts" / "kafka"


def shared_brokers():
    """Where the broker for all tests is; None: there is none."""
    return os.environ.get("LOGPIPE_TEST_BROKERS") or None


def must_not_skip():
    return bool(os.environ.get("CI"))


def can_own_brokers():
    return must_not_skip() or bool(shutil.which("java") and shutil.which("mvn"))


class SandboxBroker:
    """librdkafka's mock cluster with one topic: partitions can be left without a leader."""

    def __init__(self, topic, partitions=1, brokers=1):
        words = ["--topic", topic, "--partitions", partitions, "--brokers", brokers]
        self._topic = topic
        self._process = subprocess.Popen(
            [SANDBOX_BROKER, "--until-stdin-closes", *map(str, words)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.address = self._process.stdout.readline().strip()

    def lead(self, partition, broker):
        """None: nobody does."""
        self._command(f"lead {self._topic} {partition} {-1 if broker is None else broker}")

    def close(self):
        self._process.communicate(timeout=20)

    def _command(self, line):
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline().strip()
        if answer != "done":
            raise RuntimeError(f"sandbox_broker, {line}: {answer}")


class OwnBroker:
    """A Kafka for one test class. It keeps its address while it is down."""

    def __init__(self, name, version="4.3.0", settings=(), join=None):
        """With `join`, another OwnBroker, it is the second broker of that one's cluster."""
        self._name = f"e2e-{name}-{os.getpid()}"
        self._options = ["--name", self._name, "--version", version]
        self._settings = [word for setting in settings for word in ("--config", setting)]
        if join:
            self._settings += ["--join", join._name]
        self.address = self._script("start", *self._settings).strip()

    def start(self):
        self._script("start", *self._settings)

    def stop(self):
        self._script("stop")

    def restart(self):
        self._script("restart", *self._settings)

    def sleep(self):
        """Its connections stay, and nobody answers."""
        os.kill(self._pid(), signal.SIGSTOP)

    def wake(self):
        os.kill(self._pid(), signal.SIGCONT)

    def delete(self):
        self._script("stop", "--delete")

    def _pid(self):
        return int(self._script("status").split()[-1])

    def _script(self, *command):
        done = subprocess.run([SCRIPT, *command, *self._options], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"scripts/kafka {command}: {done.stderr}")
        return done.stdout
