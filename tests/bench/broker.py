"""A real Kafka of its own for the benchmark, by way of scripts/kafka."""

import re
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "kafka"
PARTITIONS = 4


class Broker:
    """Starts with no data and leaves none: `with Broker(name) as broker:`."""

    def __init__(self, name):
        self.name = name
        self.address = None

    def __enter__(self):
        self._script("stop", "--delete")
        self.address = self._script("start").strip()
        return self

    def __exit__(self, *_):
        self._script("stop", "--delete")

    @property
    def version(self):
        return (SCRIPT.parents[1] / "build/kafka/data" / self.name / "version").read_text().strip()

    def make_topic(self, topic):
        self._script("topic", topic, "--partitions", str(PARTITIONS))

    def delete_topic(self, topic):
        self._script("topic", topic, "--delete")

    def count(self, topic):
        """Records in a topic that only ever grew: the sum of its end offsets."""
        ends = [word for p in range(PARTITIONS) for word in ("-t", f"{topic}:{p}:-1")]
        text = subprocess.check_output(["kcat", "-Q", "-b", self.address, *ends], text=True)
        return sum(int(end) for end in re.findall(r"offset (\d+)", text))

    def _script(self, command, *arguments):
        result = subprocess.run(
            [SCRIPT, command, *arguments, "--name", self.name],
            check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        return result.stdout
