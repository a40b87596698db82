#!/usr/bin/env python3
"""The commands and files of docs/operating.md as they stand there, below a folder of the test's."""

import json
import os
import shutil
import socket
import subprocess
import unittest
import urllib.request
from pathlib import Path

from support import TOOLS, ToolCase, main, wait_until
from support.page import Page
from support.tool import Running

PAGE = Page("docs/operating.md")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
DIRECTORIES = ("/var/log", "/var/lib", "/var/spool", "/run/", "/usr/local/bin")


# What scripts/setup does not install: the one would take port 80, the other is part of the system.
PEERS = ("nginx", "systemd-analyze")


def needs(*programs):
    missing = [name for name in programs if not find(name)]
    may_skip = not os.environ.get("CI") or set(missing) <= set(PEERS)
    return unittest.skipIf(missing and may_skip, f"{missing} not installed")


def find(program):
    return shutil.which(program, path=PATH)


class OperatingCase(ToolCase):
    tested = set()

    def setUp(self):
        super().setUp()
        self.root = self.folder / "root"
        self.programs = self.root / "usr/local/bin"
        for name in ("var/log/nginx", "var/lib/logtail", "run", "usr/local/bin"):
            (self.root / name).mkdir(parents=True)
        (self.programs / "logtail").symlink_to(TOOLS["logtail"])
        self.into = self.topic()
        self.log = self.root / "var/log/nginx/access.log"
        self.state = self.root / "var/lib/logtail/web.db"

    def block(self, name, **also):
        """Its topic is the test's, whatever it is called on the page."""
        self.tested.add(name)
        replaced = {path: f"{self.root}{path}" for path in DIRECTORIES}
        topics = ("web", "app", "containers", "jobs")
        replaced |= {f" -t {topic} ": f" -t {self.into} " for topic in topics}
        return PAGE.block(name, replaced | {"kafka1:9092": self.brokers} | also)

    def shell(self, text):
        """Starts it; what it becomes at its end gets the signals."""
        environment = {"PATH": f"{self.programs}:{PATH}"}
        running = Running(["bash", "-euc", text], self.runs, env=environment)
        self.addCleanup(running.kill)
        return running

    def follow(self, name):
        return self.shell("exec " + self.block(name))

    def run_block(self, name, code=0, **also):
        ended = self.shell(self.block(name, **also)).end(30)
        self.assert_ended(ended, code)
        return ended

    def cron_job(self, name):
        """What cron runs: the line without its time and user."""
        fields = self.block(name).strip().split(maxsplit=6)
        self.assertEqual(len(fields), 7)
        return fields[6]

    def append(self, *lines, to=None):
        with (to or self.log).open("ab") as log:
            log.write(b"".join(line + b"\n" for line in lines))

    def status(self):
        ended = self.logtail("--state", self.state, "--status", "-J")
        self.assert_quiet(ended)
        return {Path(of["source"]).name: of for of in map(json.loads, ended.lines)}

    def rotate(self, configuration):
        file = self.folder / "logrotate.conf"
        file.write_text(configuration)
        file.chmod(0o644)
        command = [find("logrotate"), "-f", "-s", self.folder / "logrotate.state", file]
        done = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def stop(self, run):
        ended = run.stop()
        self.assert_ended(ended, 0)
        return ended


class Rotation(OperatingCase):
    @needs("nginx", "logrotate")
    @unittest.skipUnless(os.geteuid() == 0, "files are made for www-data")
    def test_nginx_with_logrotate(self):
        port = self.start_nginx()
        run = self.follow("run: follow nginx")
        self.get_some(port, range(3))
        self.into.wait_for(3)
        self.rotate(self.block("file: logrotate nginx"))
        self.get_some(port, range(3, 6))
        self.into.wait_for(6)
        self.stop(run)
        asked = [line.split()[6].decode() for line in self.into.values()]
        self.assertEqual(asked, [f"/{number}" for number in range(6)])

    def start_nginx(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        pid = self.root / "run/nginx.pid"
        file = self.folder / "nginx.conf"
        file.write_text(
            f"daemon off; master_process off; pid {pid}; error_log stderr; events {{}}\n"
            f"http {{ access_log {self.log}; client_body_temp_path {self.folder}/body;\n"
            f"server {{ listen 127.0.0.1:{port}; return 200 x; }} }}\n"
        )
        nginx = Running([find("nginx"), "-c", file, "-p", self.folder], self.runs)
        self.addCleanup(nginx.kill)
        wait_until(pid.exists, lambda: nginx.err)
        return port

    @staticmethod
    def get_some(port, numbers):
        for number in numbers:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{number}", timeout=10) as answer:
                answer.read()

    @needs("logrotate")
    def test_copytruncate(self):
        (self.root / "var/log/app").mkdir()
        log = self.root / "var/log/app/one.log"
        self.append(b"a", b"b", to=log)
        run = self.follow("run: follow copytruncate")
        self.into.wait_for(2)
        self.rotate(self.block("file: logrotate copytruncate"))
        self.append(b"c", to=log)
        self.into.wait_for(3)
        self.stop(run)
        self.assertEqual(self.into.values(), [b"a", b"b", b"c"])

    def test_containers(self):
        pods = self.root / "var/log/pods"
        links = self.root / "var/log/containers"
        pods.mkdir()
        links.mkdir()
        log = pods / "0.log"
        self.append(b"a", to=log)
        (links / "web.log").symlink_to(log)
        run = self.follow("run: follow containers")
        self.into.wait_for(1)
        self.stop(run)
        self.append(b"b", to=log)
        log.rename(pods / "0.log.20261122-101500")
        self.append(b"c", to=log)
        run = self.follow("run: follow containers")
        self.into.wait_for(3)
        self.stop(run)
        self.assertEqual(self.into.values(), [b"a", b"b", b"c"])


class Starting(OperatingCase):
    def test_cron(self):
        jobs = self.root / "var/log/jobs"
        jobs.mkdir()
        for line in (b"a", b"b"):
            self.append(line, to=jobs / "x.log")
            ended = self.shell(self.cron_job("cron: once")).end(30)
            self.assert_quiet(ended)
        self.assertEqual(self.into.values(), [b"a", b"b"])

    @needs("systemd-analyze")
    def test_the_systemd_unit(self):
        unit = self.folder / "logtail.service"
        unit.write_text(self.block("file: systemd unit"))
        command = [find("systemd-analyze"), "verify", "--man=no", unit]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        ours = [line for line in done.stderr.splitlines() if "logtail" in line]
        self.assertEqual((done.returncode, ours), (0, []), done.stderr)

    def test_what_the_systemd_unit_starts(self):
        (self.root / "run/logtail").mkdir()
        self.append(b"a")
        start = next(
            line.removeprefix("ExecStart=")
            for line in self.block("file: systemd unit").splitlines()
            if line.startswith("ExecStart=")
        )
        run = self.shell("exec " + start)
        self.into.wait_for(1)
        self.stop(run)
        metrics = (self.root / "run/logtail/web.prom").read_text()
        for name in self.metrics_of_the_rules():
            self.assertIn(f"\n{name}{{", metrics)

    def metrics_of_the_rules(self):
        words = self.block("file: rules").replace("(", " ").replace("[", " ").split()
        return {word for word in words if word.startswith("logtail_")}


class Watching(OperatingCase):
    def test_status_and_alert(self):
        self.append(b"a")
        run = self.follow("run: follow nginx")
        self.into.wait_for(1)
        self.stop(run)
        self.assertIn(b"access.log", self.run_block("run: status").out)
        alert = self.cron_job("cron: alert")
        self.assert_quiet(self.shell(alert).end(30))
        self.append(b"b")
        os.utime(self.log, (1_000_000_000, 1_000_000_000))
        self.assert_ended(self.shell(alert).end(30), 4, "behind for more than 10m", "access.log")


class Moving(OperatingCase):
    @needs("rsync")
    def test_to_another_host(self):
        written = [b"GET /%d" % number for number in range(200)]
        self.append(*written)
        run = self.follow("run: follow nginx")
        self.into.wait_for(200)
        self.stop(run)
        self.append(b"c")
        other = self.folder / "web2"
        (other / "var/log").mkdir(parents=True)
        (other / "var/lib").mkdir()
        self.run_block("run: move", **{f"web2:{self.root}": other})
        shutil.rmtree(self.root / "var")
        (other / "var").rename(self.root / "var")
        run = self.follow("run: follow nginx")
        self.into.wait_for(201)
        self.append(b"d")
        self.into.wait_for(202)
        self.stop(run)
        self.assert_same_lines(self.into.values(), [*written, b"c", b"d"])

    @needs("jq")
    def test_from_filebeat(self):
        self.append(b"a", b"b")
        error = self.root / "var/log/nginx/error.log"
        self.append(b"x", b"y", to=error)
        registry = self.root / "var/lib/filebeat/registry/filebeat"
        registry.mkdir(parents=True)
        old = [{"_key": "filebeat::logs::native::1-2", "source": str(self.log), "offset": 0}]
        (registry / "7.json").write_text(json.dumps(old))
        (registry / "active.dat").write_text(str(registry / "7.json"))
        log_input = {"source": str(self.log), "offset": 2, "type": "log"}
        filestream = {"cursor": {"offset": 4}, "meta": {"source": str(error)}, "ttl": 0}
        (registry / "log.json").write_text(
            "".join(
                f"{json.dumps({'op': 'set', 'id': 8})}\n{json.dumps({'k': 'key', 'v': value})}\n"
                for value in (log_input, filestream)
            )
        )
        self.run_block("run: filebeat")
        positions = {name: of["files"][0]["position"] for name, of in self.status().items()}
        self.assertEqual(positions, {"access.log": 2, "error.log": 4})
        run = self.follow("run: follow nginx")
        self.into.wait_for(1)
        self.stop(run)
        self.assertEqual(self.into.values(), [b"b"])

    @needs("jq")
    def test_from_rsyslog_and_back_to_the_beginning(self):
        self.append(b"a", b"b")
        spool = self.root / "var/spool/rsyslog"
        spool.mkdir(parents=True)
        kept = {"filename": str(self.log), "prev_was_nl": 0, "curr_offs": 3, "strt_offs": 2}
        (spool / "imfile-state:4711:0815").write_text(json.dumps(kept))
        self.run_block("run: rsyslog")
        self.assertEqual(self.status()["access.log"]["files"][0]["position"], 2)
        self.run_block("run: forget")
        self.assertEqual(self.status(), {})


def tearDownModule():  # noqa: N802: unittest's
    untested = set(PAGE.names()) - OperatingCase.tested
    if untested and os.environ.get("CI"):
        raise AssertionError(f"no test runs {untested}")


if __name__ == "__main__":
    main()
