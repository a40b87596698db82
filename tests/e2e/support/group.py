"""Consumer groups of a test's own, made and kept alive by kcat."""

import subprocess
import uuid

from .waiting import wait_until


class Group:
    def __init__(self, brokers, name=None):
        """Has a name that nobody else has, unless given."""
        self.brokers = brokers
        self.name = name or f"e2e-group-{uuid.uuid4().hex[:16]}"

    def __str__(self):
        return self.name

    def consume(self, topic, count):
        """A member reads so many records, commits and leaves."""
        command = self._command(topic, "-c", str(count))
        subprocess.run(command, check=True, capture_output=True, timeout=60)

    def join(self, test, topic, client):
        """A member that stays until the test is over; it commits nothing. Returns when it has its
        partitions."""
        options = ("-X", f"client.id={client}", "-X", "enable.auto.commit=false")
        log = test.folder / f"{client}.log"
        with log.open("wb") as out:
            member = subprocess.Popen(
                self._command(topic, *options), stdout=subprocess.DEVNULL, stderr=out
            )
        test.addCleanup(self._end, member)
        wait_until(lambda: b"assigned" in log.read_bytes(), f"{client} in {self}", 60)
        return member

    def _command(self, topic, *options):
        how = ("-X", "auto.offset.reset=earliest")
        return ["kcat", "-b", self.brokers, *how, *options, "-G", self.name, str(topic)]

    @staticmethod
    def _end(member):
        member.terminate()
        member.wait(timeout=30)
