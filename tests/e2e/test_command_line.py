#!/usr/bin/env python3
"""Command lines that are wrong (2, and what to write instead), help and version. No broker."""

import re
import socket

from support import TOOLS, ToolCase, main

BOTH = ("logtail", "logcat")


class CommandLine(ToolCase):
    def setUp(self):
        super().setUp()
        self.brokers = self.closed_port()
        self.log = self.file("app.log", b"one\n")

    def run_tool(self, tool, *arguments):
        """With all that it needs besides."""
        run = self.logtail if tool == "logtail" else self.logcat
        needed = ["-t", "orders", "--once", self.log] if tool == "logtail" else ["-e", "orders"]
        return run(*arguments, *needed, seconds=10)

    def assert_refused(self, ended, *said):
        """Before anything was touched, on one line of stderr and none of stdout."""
        self.assert_ended(ended, 2, *said)
        self.assertEqual(ended.err.count("\n"), 1, ended)
        self.assertEqual(ended.out, b"", ended)

    def assert_each_refused(self, tool, cases):
        for arguments, said in cases.items():
            with self.subTest(tool=tool, arguments=arguments):
                self.assert_refused(self.run_tool(tool, *arguments.split()), said)

    def test_properties_that_are_unknown_or_ours_are_refused(self):
        for tool in BOTH:
            self.assert_each_refused(
                tool,
                {
                    "-X linger.m=5": 'did you mean "linger.ms"?',
                    "-X fetch.mx.bytes=5": 'did you mean "fetch.max.bytes"?',
                    "-X zzz=5": '"zzz"',
                    "-X linger.ms": "KEY=VALUE",
                    "-X linger.ms=soon": "linger.ms",
                    "-X list": "kcat",
                    "-X transactional.id=a": '"transactional.id"',
                    "-X group.id=a": '"group.id"',
                    "-X isolation.level=read_committed": '"isolation.level"',
                    "-X enable.auto.commit=true": '"enable.auto.commit"',
                },
            )

    def test_a_property_that_is_ours_never_sends_to_an_option_that_is_not_there(self):
        for tool in BOTH:
            options = set(re.findall(r"--[a-z-]+", self.run_tool(tool, "--help").out.decode()))
            for name in ("transactional.id", "group.id", "isolation.level", "enable.auto.commit"):
                said = self.run_tool(tool, "-X", f"{name}=x").err
                with self.subTest(said):
                    self.assertLessEqual(set(re.findall(r"--[a-z][a-z-]+", said)), options)

    def test_letters_of_other_tools_are_answered_with_ours(self):
        self.assert_each_refused(
            "logtail",
            {
                "-v": "--verbose",
                "-P": "leave it out",
                "-f": "leave it out",
                "-C": "logcat",
                "-L": "kcat",
                "-l": "logtail -t TOPIC FILE",
                "-c 5": "-n N",
                "-o end": "--from",
                "-e": "--once",
                "-J": "leave it out",
                "--follow": "leave it out",
                "--lines 5": "-n N",
            },
        )
        self.assert_each_refused(
            "logcat",
            {
                "-v": "--verbose",
                "-P": "logtail",
                "-C": "leave it out",
                "-D ,": "-f",
                "-K :": "-f",
                "-u": "leave it out",
                "--from-beginning": "-o oldest",
                "--bootstrap-server x:1": "-b",
                "-r": "^",
                "--max-messages 5": "-c N",
                "--num 5": "-c N",
                "--limit-messages 5": "-c N",
                "--offset end": "-o",
                "--regex": "^",
                "--whitelist a.*": "^",
                "--include a.*": "^",
                "--timeout-ms 5": "--idle",
                "--isolation-level read_committed": "--isolation",
                "--read-committed": "leave it out",
                "--property print.key=true": "-f",
                "--formatter x": "-f",
            },
        )

    def test_places_of_other_tools_are_answered_with_ours(self):
        self.assert_each_refused(
            "logcat",
            {
                "-o s@1795392000000": "--since 1795392000000",
                "-o e@1795392000000": "--until 1795392000000",
                "-o @1795392000000": "--since 1795392000000",
                "-o @-1h": "--since -1h",
                "-o @-2h:-1h": "--since -2h --until -1h",
                "-o @1000:2000": "--since 1000 --until 2000",
                "-o stored": "-G",
                "-o start": "oldest",
                "-o earliest": "oldest",
                "-o latest": "newest",
                "-o :end": "-e",
            },
        )

    def test_grep_s_v_is_answered_with_what_it_could_mean(self):
        for tool in BOTH:
            with self.subTest(tool):
                self.assert_refused(self.run_tool(tool, "-v"), "--verbose", "grep")

    def test_tail_s_capital_f_is_no_configuration(self):
        self.assert_refused(self.logtail("-F", self.log), "-F", "to follow")

    def test_a_long_option_that_is_misspelt_is_answered_with_the_nearest(self):
        self.assert_each_refused("logtail", {"--onse": "did you mean --once?"})
        self.assert_each_refused("logcat", {"--formatt=x": "did you mean --format?"})

    def test_values_that_make_no_sense_are_refused(self):
        self.assert_each_refused(
            "logtail",
            {
                "-p everywhere": '"everywhere"',
                "-p -1": "-p",
                "-n -5": "-n",
                "-n many": '"many"',
                "--from middle": '"middle"',
                "--from 5": '"5"',
                "--memory 1X": '"1X"',
                "--memory 1": "64K",
                "--timeout soon": '"soon"',
                "--stop-timeout 5": '"5"',
                "--poll=never": '"never"',
                "-z rar": '"rar"',
                "-n 5 --from end": "--from",
            },
        )
        self.assert_each_refused(
            "logcat",
            {
                "-o somewhere": '"somewhere"',
                "-o 1.5": '"1.5"',
                "-o 99999999999999999999": '"99999999999999999999"',
                "-n -5": "-n",
                "-n 5 -o oldest": "exclude",
                "-c 0": "-c",
                "-c many": '"many"',
                "-p 1-": '"1-"',
                "-p 4-2": '"4-2"',
                "-p zero": '"zero"',
                "-p -1": "-p",
                "--timeout 5": '"5"',
                "--idle soon": '"soon"',
                "-f %s --value": "--value",
            },
        )

    def test_a_format_that_is_wrong_is_refused_with_the_place(self):
        cases = {
            "%t %q": "position 4",
            "%s\\": "position 3",
            "%s\\x1": "position 3",
            "%s\\q": "position 3",
            "abc%": "position 4",
            "%d{%H": "position 1",
            "%H{": "position 1",
            "%d": "position 1",
        }
        for text, place in cases.items():
            with self.subTest(text):
                self.assert_refused(self.run_tool("logcat", "-f", text), place)

    def test_a_format_without_any_token_is_warned_about(self):
        ended = self.logcat("-e", "--connect-timeout", "100ms", "-f", "hello", "orders")
        self.assert_ended(ended, 3, "no token")

    def test_what_is_missing_is_named(self):
        self.assert_refused(self.logtail("--once", self.log), "-t TOPIC")
        self.assert_refused(self.logtail("-t", "orders"), "PATH")
        self.assert_refused(self.logcat("-e"), "TOPIC")

    def test_a_name_that_no_topic_can_have_is_refused(self):
        for name in ("a topic", "a/b", "..", "x" * 250):
            with self.subTest(name[:20]):
                limit = ("--connect-timeout", "100ms")
                self.assert_refused(self.logcat("-e", *limit, name), name)
                self.assert_refused(self.logtail("-t", name, "--once", *limit, self.log), name)

    def test_a_configuration_file_that_is_not_there_is_named(self):
        for tool in BOTH:
            with self.subTest(tool):
                self.assert_refused(self.run_tool(tool, "-F", "/no/such.conf"), "/no/such.conf")

    def test_a_line_of_a_configuration_file_that_is_wrong_is_named(self):
        config = self.file("cluster.conf", b"# ours\nlinger.ms=5\nbatch.sise=1\n")
        for tool in BOTH:
            self.assert_refused(self.run_tool(tool, "-F", config), f"{config}:3", "batch.size")


class Paths(ToolCase):
    """What a PATH may be, with --once; decided before any broker is asked."""

    def setUp(self):
        super().setUp()
        self.brokers = self.closed_port()

    def ship(self, path, **how):
        return self.logtail("-t", "orders", "--once", path, seconds=10, **how)

    def test_a_socket_is_refused(self):
        path = self.folder / "socket"
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(str(path))
            self.assert_ended(self.ship(path), 2, str(path))

    def test_a_device_is_refused(self):
        self.assert_ended(self.ship("/dev/null"), 2, "/dev/null")

    def test_a_file_that_is_not_there_fails(self):
        path = self.folder / "no.log"
        self.assert_ended(self.ship(path), 1, f"{path}: No such file or directory")

    def test_a_file_that_may_not_be_read_fails(self):
        nobody = ("setpriv", "--reuid=65534", "--clear-groups")
        path = self.file("secret.log", b"one\n")
        self.folder.chmod(0o755)
        path.chmod(0)
        self.assert_ended(self.ship(path, under=nobody), 1, str(path), "Permission denied")


class HelpAndVersion(ToolCase):
    brokers = None

    def help_of(self, tool):
        run = self.logtail if tool == "logtail" else self.logcat
        ended = run("--help")
        self.assert_quiet(ended)
        return ended.out.decode()

    def test_help_begins_with_three_examples(self):
        for tool in BOTH:
            with self.subTest(tool):
                head = self.help_of(tool).split("Usage:")[0]
                self.assertEqual(len(re.findall(rf"^  .*\b{tool} ", head, re.MULTILINE)), 3, head)

    def test_help_lists_every_option(self):
        common = "-b -X -F -q -h --brokers --config --connect-timeout --quiet --verbose --version"
        own = {
            "logtail": "-t -n -p -k -z --topic --from --once --poll --partition --key --compress"
            " --memory --timeout --stop-timeout --dry-run",
            "logcat": "-t -o -n -e -c -p -f -0 --topic --from --tail --exit --count --partition"
            " --format --value --timeout --idle",
        }
        for tool in BOTH:
            with self.subTest(tool):
                listed = set(re.findall(r"(?<![\w-])--?[A-Za-z0][a-z-]*", self.help_of(tool)))
                missing = set(f"{common} --help {own[tool]}".split()) - listed
                self.assertEqual(missing, set())

    def test_help_fits_a_terminal(self):
        for tool in BOTH:
            with self.subTest(tool):
                longest = max(self.help_of(tool).splitlines(), key=len)
                self.assertLessEqual(len(longest), 110, longest)

    def test_version_names_librdkafka_s(self):
        for tool in BOTH:
            with self.subTest(tool):
                run = self.logtail if tool == "logtail" else self.logcat
                ended = run("--version")
                self.assert_quiet(ended)
                version = r"\d+\.\d+\.\d+"
                line = rf"^{tool} {version} \(librdkafka {version}\)\n$"
                self.assertRegex(ended.out.decode(), line)

    def test_help_into_a_full_disk_fails(self):
        for tool in TOOLS:
            with self.subTest(tool), open("/dev/full", "wb") as full:
                start = self.start_logtail if tool == "logtail" else self.start_logcat
                self.assert_ended(start("--help", stdout=full).end(), 1, "No space left")


if __name__ == "__main__":
    main(needs_broker=False)
