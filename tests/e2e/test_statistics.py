#!/usr/bin/env python3
"""What a run tells of itself: --stats, SIGUSR1, --metrics, the progress line."""

import json
import os
import pty
import signal
import stat

from prometheus_client.parser import text_string_to_metric_families
from support import ToolCase, main, wait_until


class Statistics(ToolCase):
    def setUp(self):
        super().setUp()
        self.into = self.topic()
        self.log = self.folder / "app.log"
        self.metrics = self.folder / "logtail.prom"

    def objects(self, run):
        return [json.loads(line) for line in run.err.splitlines() if line.startswith("{")]

    def samples(self):
        text = self.metrics.read_text()
        families = list(text_string_to_metric_families(text))
        self.assertTrue(all(f.documentation and f.type != "unknown" for f in families), text)
        return {sample.name: sample.value for f in families for sample in f.samples}

    def test_counters_are_told_at_an_interval(self):
        self.log.write_bytes(b"one\ntwo\n")
        options = ("-t", self.into, "--from", "beginning", "--stats", "100ms")
        run = self.start_logtail(*options, self.log)
        self.into.wait_for(2)
        wait_until(
            lambda: any(o["lines_total"] == 2 for o in self.objects(run)), lambda: f"2 lines in {run.err}"
        )
        self.assertGreaterEqual(len(self.objects(run)), 1)
        self.assert_ended(run.stop(), 0)

    def test_counters_are_told_on_a_signal(self):
        self.log.write_bytes(b"one\n")
        run = self.start_logtail("-t", self.into, "--from", "beginning", self.log)
        self.into.wait_for(1)
        self.assertEqual(self.objects(run), [])
        run.send(signal.SIGUSR1)
        wait_until(lambda: self.objects(run), "an object")
        self.assert_ended(run.stop(), 0)

    def test_metrics_are_text_that_prometheus_reads(self):
        self.into = self.topic(max_message_bytes=50_000)
        self.log.write_bytes(b"one\n" + os.urandom(100_000).hex().encode() + b"\ntwo\n")
        options = ("--once", "--max-line", "900K", "--metrics", self.metrics)
        ended = self.logtail("-t", self.into, *options, self.log)
        self.assert_ended(ended, 1)
        samples = self.samples()
        self.assertEqual(samples["logtail_lines_total"], 2)
        self.assertEqual(samples["logtail_refused_lines_total"], 1)
        self.assertEqual(samples["logtail_lag_bytes"], 0)
        self.assertEqual(stat.S_IMODE(self.metrics.stat().st_mode), 0o644)
        self.assertEqual([p.name for p in self.folder.glob("*.prom*")], ["logtail.prom"])

    def test_metrics_tell_of_a_backlog_and_of_a_broker_that_is_down(self):
        self.log.write_bytes(b"one\n" * 1000)
        options = ("-t", "x", "--from", "beginning", "--metrics", self.metrics)
        run = self.start_logtail(*options, self.log, brokers=self.closed_port())
        wait_until(self.metrics.exists, "metrics")
        run.send(signal.SIGINT)
        run.end()
        samples = self.samples()
        self.assertEqual(samples["logtail_lag_bytes"], 4000)
        self.assertEqual(samples["logtail_broker_up"], 0)

    def test_a_progress_line_is_drawn_on_a_terminal_alone(self):
        self.log.write_bytes(b"some line of a log\n" * 1_000_000)
        master, terminal = pty.openpty()
        self.addCleanup(os.close, master)
        self.addCleanup(os.close, terminal)
        on_terminal = ("sh", "-c", f'exec "$@" 2>{os.ttyname(terminal)}', "sh")
        ended = self.logtail("-t", self.into, "--once", self.log, under=on_terminal)
        self.assert_ended(ended, 0)
        drawn = os.read(master, 65536)
        self.assertRegex(drawn, rb"\d+ %.*\d+ lines")
        self.assert_quiet(self.logtail("-t", self.into, "--once", self.log))

    def test_it_is_drawn_or_not_as_asked(self):
        self.log.write_bytes(b"some line of a log\n" * 1_000_000)
        options = ("-t", self.into, "--once", self.log)
        always = self.logtail("--progress", "always", *options)
        self.assert_ended(always, 0, " lines")
        self.assert_quiet(self.logtail("--progress", "never", *options))
        wrong = self.logtail("--progress", "often", *options)
        self.assert_ended(wrong, 2, "auto, always and never")


if __name__ == "__main__":
    main()
