"""What the tests of runs that go on where an earlier one ended share."""

from .following import FollowingCase


class RememberingCase(FollowingCase):
    """Positions are kept in `self.state`; runs read `self.sources`, which is `self.log` unless a
    test says otherwise."""

    def setUp(self):
        super().setUp()
        self.state = self.folder / "positions"
        self.sources = [self.log]

    def run_once(self, *options, **how):
        """What cron runs."""
        return self.logtail(*self._arguments("--once", *options), **how)

    def ship(self, *options):
        """A bounded run that ends well; cron mails what is said, so it says nothing."""
        self.assert_quiet(self.run_once(*options))

    def go_on(self, *options):
        """A run that follows."""
        return self.start_logtail(*self._arguments(*options))

    def assert_topic(self, expected):
        """Holds these, in order, and nothing more."""
        self.assert_same_lines(self.into.values(), expected)

    def assert_topic_in_any_order(self, expected):
        self.assert_same_lines(sorted(self.into.values()), sorted(expected))

    def assert_told_once(self, *texts, code=1):
        """The next bounded run tells these, in one message, and the one behind it nothing."""
        ended = self.run_once()
        self.assert_ended(ended, code, *texts)
        telling = [line for line in ended.err.splitlines() if all(text in line for text in texts)]
        self.assertEqual(len(telling), 1, ended)
        self.ship()

    def _arguments(self, *options):
        return ("-t", self.into, "--state", self.state, *options, *self.sources)
