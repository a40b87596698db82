#!/usr/bin/env python3
"""Topics that are not there, that refuse us, or have no such partition."""

from support import ToolCase, main


class Topics(ToolCase):
    def setUp(self):
        super().setUp()
        self.log = self.file("app.log", b"one\ntwo\n")

    def misspelt(self):
        """A topic and a name that is nearly its own."""
        topic = self.topic()
        return topic, topic.name[:-1]

    def test_logtail_gives_a_missing_topic_two_seconds_and_names_the_nearest(self):
        topic, wrong = self.misspelt()
        ended = self.logtail("-t", wrong, "--once", self.log)
        said = f'logtail: no topic "{wrong}" on {self.brokers}; did you mean "{topic}"?\n'
        self.assert_ended(ended, 1, said)
        self.assertGreater(ended.seconds, 1.8)
        self.assertLess(ended.seconds, 6)

    def test_a_topic_that_is_made_within_two_seconds_is_no_error(self):
        topic = self.topic()
        topic.delete()
        run = self.start_logtail("-t", topic, "--once", self.log)
        topic.create()
        self.assert_quiet(run.end())
        self.assertEqual(topic.values(), [b"one", b"two"])

    def test_logcat_says_at_once_that_a_topic_is_missing(self):
        topic, wrong = self.misspelt()
        for options in (("-e",), ()):
            with self.subTest(options):
                ended = self.logcat(*options, wrong)
                said = f'logcat: no topic "{wrong}" on {self.brokers}; did you mean "{topic}"?\n'
                self.assert_ended(ended, 1, said)
                self.assertLess(ended.seconds, 2)

    def test_logcat_names_the_missing_one_of_several(self):
        topic, wrong = self.misspelt()
        topic.write(b"one")
        self.assert_ended(self.logcat("-e", topic, wrong), 1, f'no topic "{wrong}"')

    def test_looking_makes_no_topic(self):
        _, wrong = self.misspelt()
        self.assert_ended(self.logcat("-e", wrong), 1)
        self.assert_ended(self.logcat("-e", wrong), 1)

    def test_a_partition_that_is_not_there_is_named(self):
        topic = self.topic(4)
        self.assert_ended(self.logtail("-t", topic, "-p", "99", "--once", self.log), 1, "99", str(topic))
        self.assert_ended(self.logcat("-e", "-p", "2,99", topic), 1, "99", str(topic))
        self.assertEqual(topic.count(), 0)

    def test_a_topic_that_is_not_ours_to_write_fails_at_once(self):
        topic = self.denied_topic()
        for options in (("--once",), ("--from", "beginning")):
            with self.subTest(options):
                ended = self.logtail("-t", topic, *options, self.log)
                self.assert_ended(ended, 1, str(topic), "authorization failed")
                self.assertLess(ended.seconds, 5)

    def test_a_topic_that_is_not_ours_to_read_fails_at_once(self):
        topic = self.denied_topic()
        for options in (("-e",), ()):
            with self.subTest(options):
                ended = self.logcat(*options, topic)
                self.assert_ended(ended, 1, str(topic), "authorization failed")
                self.assertLess(ended.seconds, 5)


if __name__ == "__main__":
    main()
