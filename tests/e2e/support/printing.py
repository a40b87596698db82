"""What tests of how records are printed derive from."""

from .case import ToolCase


class PrintingCase(ToolCase):
    """A test has a topic, `self.from_topic`, of which logcat prints all."""

    def setUp(self):
        super().setUp()
        self.from_topic = self.topic()

    def printed(self, *options):
        ended = self.logcat("-e", *options, self.from_topic)
        self.assert_ended(ended, 0)
        return ended.out
