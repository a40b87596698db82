#!/usr/bin/env python3
"""Completion in bash, zsh and fish: options from the help, topics from the broker, in time."""

import os
import pathlib
import shutil
import subprocess
import time

from support import TOOLS, ToolCase, main
from support.terminal import Terminal

SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "completions"
PATH = os.pathsep.join(
    [str(pathlib.Path(tool).resolve().parent) for tool in TOOLS.values()] + [os.environ["PATH"]]
)


class Completions(ToolCase):
    def setUp(self):
        super().setUp()
        for tool in TOOLS:  # a fish file is named after its command
            shutil.copy(SCRIPTS / "logpipe.fish", self.folder / f"{tool}.fish")
        shutil.copy(SCRIPTS / "_logpipe", self.folder)

    def shell(self, *command):
        if shutil.which(command[0]) is None:
            self.skipTest(f"no {command[0]}")
        ended = subprocess.run(
            [str(word) for word in command],
            env={"PATH": PATH, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=60,
            text=True,
            check=False,
        )
        self.assertEqual(ended.stderr, "", ended)
        return ended.stdout.splitlines()

    def bash(self, line):
        """What bash offers behind `line`."""
        words = line.split(" ")
        script = (
            f"source {SCRIPTS}/logpipe.bash; COMP_LINE='{line}'; COMP_WORDS=({line} ); "
            f"COMP_CWORD={len(words) - 1}; "
            f"_logpipe {words[0]} '{words[-1]}' '{words[-2]}'; "
            'printf "%s\\n" "${COMPREPLY[@]}"'
        )
        return [each for each in self.shell("bash", "--norc", "-c", script) if each]

    def fish(self, line):
        tool = line.split(" ")[0]
        offered = self.shell(
            "fish", "--no-config", "-c", f"source {self.folder}/{tool}.fish; complete -C '{line}'"
        )
        return [each.split("\t")[0] for each in offered]

    def zsh(self, line, shows):
        """Types `line` and a tab, and waits until zsh has completed it to `shows`."""
        if shutil.which("zsh") is None:
            self.skipTest("no zsh")
        terminal = Terminal(["zsh", "-f", "-i"], env={"PATH": PATH, "PS1": "ready> "}, columns=200)
        self.addCleanup(terminal.close)
        terminal.wait_for("ready> ")
        terminal.type(f"fpath=({self.folder} $fpath); autoload -Uz compinit; compinit -u -D\n")
        terminal.type("echo is-$((40+2))\n")
        terminal.wait_for("is-42")
        terminal.type(f"{line}\t")
        terminal.wait_for(shows)

    def test_options(self):
        for line, expected in {
            "logtail --crea": "--create-topic",
            "logtail --rota": "--rotated",
            "logcat --connect-t": "--connect-timeout",
        }.items():
            with self.subTest(line=line):
                self.assertEqual(self.bash(line), [expected])
                self.assertEqual(self.fish(line), [expected])
                self.zsh(line, expected)
        self.assertIn("-t", self.bash("logtail -"))

    def test_words_that_an_option_takes(self):
        for line, expected in {"logtail -z sna": "snappy", "logcat -o new": "newest"}.items():
            with self.subTest(line=line):
                self.assertEqual(self.bash(line), [expected])
                self.assertEqual(self.fish(line), [expected])
                self.zsh(line, expected)

    def test_topics(self):
        topic = str(self.topic())
        for line in (f"logcat -b {self.brokers} {topic[:12]}", f"logtail -b {self.brokers} -t {topic[:12]}"):
            with self.subTest(line=line):
                self.assertEqual(self.bash(line), [topic])
                self.assertEqual(self.fish(line), [topic])
                self.zsh(line, topic)

    def test_no_broker_holds_nobody_up(self):
        begin = time.monotonic()
        self.assertEqual(self.bash(f"logcat -b {self.closed_port()} x"), [])
        self.assertLess(time.monotonic() - begin, 10)  # one second, and a slow machine


if __name__ == "__main__":
    main()
