#!/usr/bin/env python3
"""No broker where one was said to be: told, waited for, and given up in time."""

from support import ToolCase, main

NO_SUCH_NAME = "no-such-broker.invalid:9092"


class NoBroker(ToolCase):
    def setUp(self):
        super().setUp()
        self.brokers = self.closed_port()
        self.log = self.file("app.log", b"one\ntwo\n")

    def assert_gave_up(self, ended, brokers):
        self.assert_ended(ended, 3, "no broker ", f" at {brokers}")
        self.assertGreater(ended.seconds, 0.9)
        self.assertLess(ended.seconds, 4)

    def test_a_bounded_logtail_gives_up_after_the_connect_timeout(self):
        ended = self.logtail("-t", "orders", "--once", "--connect-timeout", "1s", self.log)
        self.assert_gave_up(ended, self.brokers)

    def test_a_bounded_logcat_gives_up_after_the_connect_timeout(self):
        self.assert_gave_up(self.logcat("-e", "--connect-timeout", "1s", "orders"), self.brokers)

    def test_a_name_that_does_not_resolve_is_given_up_too(self):
        options = ("--connect-timeout", "1s")
        ended = self.logtail("-t", "orders", "--once", *options, self.log, brokers=NO_SUCH_NAME)
        self.assert_gave_up(ended, NO_SUCH_NAME)
        ended = self.logcat("-e", *options, "orders", brokers=NO_SUCH_NAME)
        self.assert_gave_up(ended, NO_SUCH_NAME)

    def test_a_name_that_does_not_resolve_is_said_to_be_that(self):
        cat = self.start_logcat("orders", brokers=NO_SUCH_NAME)
        cat.wait_for_message("resolve")
        tail = self.start_logtail("-t", "orders", self.log, brokers=NO_SUCH_NAME)
        tail.wait_for_message("resolve", seconds=5)

    def assert_told_after_two_seconds(self, run):
        run.wait_for_message(f" at {self.brokers}")
        ended = run.stop()
        self.assertGreater(ended.seconds, 1.8)
        self.assertLess(ended.seconds, 3.2)
        self.assertEqual(ended.err.count("no broker "), 1, ended)
        return ended

    def test_a_follower_tells_once_after_two_seconds_and_waits(self):
        tail = self.start_logtail("-t", "orders", "--from", "beginning", self.log)
        self.assert_ended(self.assert_told_after_two_seconds(tail), 3)
        cat = self.start_logcat("orders")
        self.assert_ended(self.assert_told_after_two_seconds(cat), 0)

    def test_a_follower_that_leaves_nothing_behind_ends_with_0(self):
        run = self.start_logtail("-t", "orders", self.folder / "not-there.log")
        run.wait_for_message("no broker ")
        self.assert_ended(run.stop(), 0)

    def test_the_configuration_that_was_read_is_named(self):
        config = self.file("cluster.conf", b"# comment\nclient.id=e2e\n")
        run = self.start_logcat("-F", config, "orders")
        run.wait_for_message(f"(configuration: {config})")

    def test_a_dry_run_asks_no_broker(self):
        ended = self.logtail("-t", "orders", "--once", "--dry-run", "-k", "key", self.log)
        self.assert_quiet(ended)
        self.assertEqual(len(ended.lines), 2)
        self.assertIn(b'"topic":"orders"', ended.lines[0])
        self.assertIn(b'"key":"key","value":"two"', ended.lines[1])


if __name__ == "__main__":
    main(needs_broker=False)
