#!/usr/bin/env python3
"""Partitions without a leader, on a cluster where they can be made: librdkafka's mock."""

import os
import subprocess

from support import ToolCase, main
from support.broker import SandboxBroker

NAME = "orders"


class Leaders(ToolCase):
    def setUp(self):
        super().setUp()
        self.cluster = SandboxBroker(NAME, partitions=3)
        self.addCleanup(self.cluster.close)
        self.brokers = self.cluster.address

    def write(self, *values, partition=0):
        text = b"".join(value + b"\n" for value in values)
        command = ["kcat", "-P", "-b", self.brokers, "-t", NAME, "-p", str(partition)]
        subprocess.run(command, input=text, check=True, timeout=60)

    def assert_gave_up(self, ended, *said):
        self.assert_ended(ended, 3, "after 2s", *said)
        self.assertGreater(ended.seconds, 1.9)
        self.assertLess(ended.seconds, 10)

    def test_a_bounded_run_gives_up_a_partition_without_a_leader_and_names_it(self):
        self.write(b"one")
        for partition in (1, 2):
            self.cluster.lead(partition, None)
        for options in (("-e",), ("-e", "-n", "5"), ("-c", "5"), ("-e", "-p", "1-2")):
            with self.subTest(options):
                ended = self.logcat(*options, "--connect-timeout", "2s", NAME)
                self.assert_gave_up(ended, f'partition 1,2 of topic "{NAME}"')
        self.assert_quiet(self.logcat("-e", "-p", "0", NAME))

    def test_a_leader_that_comes_in_time_is_waited_for(self):
        self.write(b"one", partition=1)
        self.cluster.lead(1, None)
        run = self.start_logcat("-e", "--value", "--verbose", "-X", "debug=metadata", NAME)
        run.wait_for_message("librdkafka")
        self.cluster.lead(1, 1)
        ended = run.end()
        self.assertEqual((ended.code, ended.lines), (0, [b"one"]), ended)

    def test_a_partition_that_loses_its_leader_in_the_middle_is_given_up_and_named(self):
        self.write(*[b"." * 50_000] * 80)
        reader, writer = (os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb")))
        options = ("-X", "queued.max.messages.kbytes=64", "--connect-timeout", "2s")
        with writer:
            run = self.start_logcat("-e", "--value", *options, NAME, stdout=writer)
        with reader:
            reader.peek(1)
            self.cluster.lead(0, None)
            reader.read()
        self.assert_gave_up(run.end(), f"{NAME} [0] has no leader", "offsets are left")

    def test_a_follower_reads_the_others_and_that_one_when_it_has_a_leader(self):
        self.write(b"old", partition=1)
        self.cluster.lead(1, None)
        run = self.start_logcat("-f", "%p %s\\n", "-o", "oldest", NAME)
        self.write(b"zero")
        self.assertEqual(run.wait_for_output(1), [b"0 zero"])
        self.cluster.lead(1, 1)
        self.assertEqual(run.wait_for_output(2), [b"0 zero", b"1 old"])
        self.assert_ended(run.stop(), 0, f"{NAME} [1] answers")

    def test_a_follower_tells_that_a_partition_lost_its_leader_and_goes_on_with_the_next(self):
        self.write(b"one")
        run = self.start_logcat("--value", "-o", "oldest", NAME)
        self.assertEqual(run.wait_for_output(1), [b"one"])
        for partition in (0, 2):
            self.cluster.lead(partition, None)
        run.wait_for_message(f"{NAME} [0,2]: no leader; waiting for one")
        for partition in (0, 2):
            self.cluster.lead(partition, 1)
        run.wait_for_message(f"{NAME} [0,2]: a leader again; going on")
        self.write(b"two")
        self.assertEqual(run.wait_for_output(2), [b"one", b"two"])
        ended = run.stop()
        self.assert_ended(ended, 0)
        self.assertEqual(ended.err.count("no leader"), 1, ended)

    def test_a_follower_of_the_newest_does_not_go_back_to_what_stood_there_before(self):
        self.write(b"old", partition=1)
        self.cluster.lead(1, None)
        run = self.start_logcat("-f", "%p %s\\n", NAME)
        run.wait_for_message(f"{NAME} [1]: no leader answers; waiting for it")
        self.cluster.lead(1, 1)
        run.wait_for_message(f"{NAME} [1] answers; reading it from offset 1")
        self.write(b"new", partition=1)
        self.assertEqual(run.wait_for_output(1), [b"1 new"])
        self.assert_ended(run.stop(), 0)

    def test_a_follower_starts_though_nobody_leads_anything(self):
        for partition in range(3):
            self.cluster.lead(partition, None)
        run = self.start_logcat("--value", "-o", "oldest", NAME)
        self.cluster.lead(2, 1)
        self.write(b"one", partition=2)
        self.assertEqual(run.wait_for_output(1), [b"one"])
        self.assert_ended(run.stop(), 0)


if __name__ == "__main__":
    main(needs_broker=False)
