"""What the tests of a follower share: a log that is not there yet, and what must come out of it."""

from .case import ToolCase


def lines(first, last):
    return [b"line %d" % n for n in range(first, last + 1)]


def text(of):
    return b"".join(line + b"\n" for line in of)


class FollowingCase(ToolCase):
    """`self.log` is to be followed into `self.into`."""

    def setUp(self):
        super().setUp()
        self.into = self.topic()
        self.log = self.folder / "app.log"

    def follow(self, *options):
        """Has logtail wait for the log, which is not there yet."""
        run = self.start_logtail("-t", self.into, *options, self.log)
        run.wait_for_message("waiting for it")
        return run

    def follow_all(self, pattern, *options):
        """Has logtail follow what a pattern matches, all of it from its first byte."""
        options = ("--from", "beginning", *options)
        return self.start_logtail("-t", self.into, *options, self.folder / pattern)

    def append(self, content, to=None):
        with (to or self.log).open("ab") as log:
            log.write(content)

    def assert_shipped(self, run, expected):
        """All of it arrives, and nothing more has by the time logtail has ended."""
        ended = self.end_with(run, len(expected))
        self.assert_same_lines(self.into.values(), expected)
        return ended

    def assert_shipped_in_any_order(self, run, expected):
        ended = self.end_with(run, len(expected))
        self.assert_same_lines(sorted(self.into.values()), sorted(expected))
        return ended

    def end_with(self, run, records):
        self.into.wait_for(records)
        ended = run.stop()
        self.assert_ended(ended, 0)
        return ended
