#!/usr/bin/env python3
"""More files, and more events, than fit: none is starved, none is forgotten."""

from pathlib import Path

from support import main
from support.following import FollowingCase, lines, text


class ManySources(FollowingCase):
    def test_ten_thousand_quiet_files_and_a_busy_one(self):
        for n in range(10_000):
            self.file(f"quiet{n}.log", b"quiet\n")
        run = self.follow_all("*.log", "--memory", "4M", "-q")
        self.into.wait_for(10_000)
        with run.asleep():
            self.append(text(lines(1, 300_000)))
            self.append(b"late\n", self.folder / "quiet4711.log")
        self.into.wait_for(310_001)
        ended = run.stop()
        self.assert_quiet(ended)
        values = self.into.values()[10_000:]
        self.assertLess(values.index(b"late"), 200_000)
        values.remove(b"late")
        self.assert_same_lines(values, lines(1, 300_000))
        self.assertLess(ended.peak_bytes, 96 << 20)

    def test_more_events_than_inotify_s_queue_holds(self):
        a, b = self.file("a.log"), self.file("b.log")
        most = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
        if most > 100_000:
            self.skipTest(f"{most} events are too many")
        run = self.follow_all("*.log", "--verbose")
        self.append(b"first\n", a)
        self.into.wait_for(1)
        with run.asleep(), a.open("ab", 0) as one, b.open("ab", 0) as two:
            for n in range(most):
                one.write(b"a %d\n" % n)
                two.write(b"b %d\n" % n)
            (self.folder / "c.log").write_bytes(b"unseen\n")
        expected = [b"first", b"unseen"]
        expected += [b"%s %d" % (name, n) for name in (b"a", b"b") for n in range(most)]
        ended = self.assert_shipped_in_any_order(run, expected)
        self.assertEqual(ended.err.count("inotify"), 1, ended)

    def test_more_files_than_inotify_may_watch(self):
        script = 'echo 8 >/proc/sys/user/max_inotify_watches && exec "$@"'
        limited = ("unshare", "--user", "--map-root-user", "sh", "-c", script, "sh")
        run = self.start_logtail("--version", under=limited)
        if run.end().code != 0:
            self.skipTest("no user namespaces")
        options = ("-t", self.into, "--from", "beginning", self.folder / "*.log")
        for n in range(20):
            self.file(f"{n}.log", b"%d\n" % n)
        run = self.start_logtail(*options, under=limited)
        run.wait_for_message("inotify")
        self.into.wait_for(20)
        for n in range(20, 30):
            self.append(b"%d\n" % n, self.folder / f"{n}.log")
            self.append(b"more of %d\n" % n, self.folder / f"{n - 20}.log")
        expected = [b"%d" % n for n in range(30)] + [b"more of %d" % n for n in range(20, 30)]
        ended = self.assert_shipped_in_any_order(run, expected)
        self.assertEqual(ended.err.count("inotify"), 1, ended)


if __name__ == "__main__":
    main()
