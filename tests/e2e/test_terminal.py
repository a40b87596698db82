#!/usr/bin/env python3
"""logcat on a terminal: colours, records that would drive it, the progress line, ^C, its width."""

import base64
import json
import re
import signal
import subprocess

from support import TOOLS, ToolCase, main
from support.terminal import Terminal

TOPIC, PARTITION, KEY, PLAIN = b"\x1b[35m", b"\x1b[36m", b"\x1b[33m", b"\x1b[0m"
OURS = re.compile(rb"\x1b\[(35|36|33|0)m")

# What a terminal would obey: sequences of ESC and of C1 in both their writings, a title, a clipboard,
# a line that is overwritten, a bell; and bytes that are no text.
DRIVING = (
    b"\x1b[2J\x1b[H\x1bc",
    b"\x1b]0;title\x07",
    b"\x1b]52;c;cm0gLXJm\x1b\\",
    b"ok\rbad",
    b"a\nb\bc\x7f",
    "\u009b31m\u0085".encode(),
    b"\x9b31m\xff\xc3",
    b"\x1bP$q\x1b\\\0",
)


class OnTerminal(ToolCase):
    def on_terminal(self, *options, columns=80, env=None, stdout=None):
        """logcat with a terminal for its descriptors, or all but stdout."""
        command = [TOOLS["logcat"], "-b", self.brokers, *options]
        environment = {"HOME": str(self.folder), "TZ": "UTC"} | (env or {})
        terminal = Terminal(command, columns=columns, env=environment, stdout=stdout)
        self.addCleanup(terminal.close)
        return terminal

    def shown(self, *options, **how):
        """What a run that ends has sent to the terminal."""
        terminal = self.on_terminal("-e", *options, **how)
        self.assertEqual(terminal.end(60), 0, terminal.seen)
        return terminal.seen.replace(b"\r\n", b"\n")

    def send(self, topic, *records):
        lines = b"".join(json.dumps(record).encode() + b"\n" for record in records)
        sent = self.logtail("-t", topic, "--input", "json", "--once", "-", input=lines)
        self.assert_ended(sent, 0)


class Colours(OnTerminal):
    FORMAT = ("-f", "%t %p %k %s\\n")

    def setUp(self):
        super().setUp()
        self.of = self.topic()
        self.send(self.of, {"key": "k", "value": "v"})
        name = str(self.of).encode()
        self.plain = name + b" 0 k v\n"
        self.coloured = b" ".join(
            [TOPIC + name + PLAIN, PARTITION + b"0" + PLAIN, KEY + b"k" + PLAIN, b"v\n"]
        )

    def test_a_terminal_shows_topic_partition_and_key_in_colours(self):
        self.assertEqual(self.shown(*self.FORMAT, self.of), self.coloured)
        for colour in (TOPIC, PARTITION, KEY):
            self.assertIn(colour, self.shown(self.of))

    def test_what_says_that_it_has_none_gets_none(self):
        for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            with self.subTest(env):
                self.assertEqual(self.shown(*self.FORMAT, self.of, env=env), self.plain)

    def test_an_empty_no_color_says_nothing(self):
        self.assertEqual(self.shown(*self.FORMAT, self.of, env={"NO_COLOR": ""}), self.coloured)

    def test_the_option_counts_more_than_the_terminal(self):
        never = self.shown("--color", "never", *self.FORMAT, self.of)
        self.assertEqual(never, self.plain)
        always = self.shown("--color", "always", *self.FORMAT, self.of, env={"NO_COLOR": "1"})
        self.assertEqual(always, self.coloured)

    def test_a_pipe_gets_colours_only_when_they_are_asked_for(self):
        self.assertEqual(self.logcat("-e", *self.FORMAT, self.of).out, self.plain)
        always = self.logcat("-e", "--color", "always", *self.FORMAT, self.of)
        self.assertEqual(always.out, self.coloured)

    def test_a_value_and_json_have_none(self):
        for form in ("--value", "-J"):
            self.assertNotIn(b"\x1b", self.shown(form, "--color", "always", self.of))


class Driving(OnTerminal):
    """Nothing of a record reaches the terminal as a control character, in whatever form."""

    FORMS = (
        (),
        ("-f", "%t %p %o %k %s %h %H{name}\\n"),
        ("--value",),
        ("-J",),
        ("--json=kcat",),
        ("-f", "%s\\n", "--max-value", "3"),
        ("-Z",),
        ("--color", "never"),
        ("--merge",),
    )

    def setUp(self):
        super().setUp()
        self.of = self.topic()

        def written(content):
            return {"base64": base64.b64encode(content).decode()}

        records = (
            {"key": written(c), "value": written(c), "headers": [["name", written(c)], [written(c), "v"]]}
            for c in DRIVING
        )
        self.send(self.of, *records)

    def assert_drives_nothing(self, shown):
        text = OURS.sub(b"", shown).decode()  # is UTF-8
        driving = [c for c in text if c != "\n" and (c < " " or "\x7f" <= c < "\xa0")]
        self.assertEqual(driving, [], text)

    def test_on_a_terminal(self):
        for form in self.FORMS:
            with self.subTest(form):
                shown = self.shown(*form, self.of)
                self.assert_drives_nothing(shown)
                self.assertEqual(shown.count(b"\n"), len(DRIVING), shown)

    def test_where_a_pipe_asks_for_escapes(self):
        for form in ((), ("--color", "always"), ("--value",)):
            with self.subTest(form):
                ended = self.logcat("-e", *form, "--escape", "always", self.of)
                self.assert_drives_nothing(ended.out)

    def test_a_pipe_gets_the_bytes_also_with_colours(self):
        ended = self.logcat("-e", "-0", "-f", "%s", "--color", "always", self.of)
        self.assertEqual(ended.out, b"".join(content + b"\0" for content in DRIVING))

    def test_who_turns_escapes_off_gets_them_off(self):
        self.assertIn(DRIVING[1], self.shown("--value", "--escape", "never", self.of))

    def test_a_group_is_listed_harmlessly(self):
        group = f"{self.of}\x1b]0;x\x07\u009b2J"
        self.assert_ended(self.logcat("-e", "-o", "oldest", "-G", group, self.of), 0)
        terminal = self.on_terminal("-L", "-G", group)
        self.assertEqual(terminal.end(60), 0, terminal.seen)
        self.assertIn(str(self.of).encode() + rb"\x1b]0;x\x07", terminal.seen)
        self.assert_drives_nothing(terminal.seen.replace(b"\r\n", b"\n"))

    def test_a_name_that_is_no_topic_is_told_harmlessly(self):
        terminal = self.on_terminal("-e", "a\x1b]0;x\x07\u009bb")
        self.assertEqual(terminal.end(60), 2)
        self.assert_drives_nothing(terminal.seen.replace(b"\r\n", b"\n"))


class Progress(OnTerminal):
    """stdout is a file, stderr the terminal."""

    def topic_of(self, count):
        topic = self.topic()
        topic.write(*[b"x" * 1000] * count)
        return topic

    def read(self, *options, **how):
        """What the terminal was sent, and the lines of stdout."""
        path = self.folder / "out"
        with path.open("wb") as out:
            shown = self.shown(*options, stdout=out, **how)
        return shown, path.read_bytes().splitlines()

    @staticmethod
    def screen(shown):
        """The lines that are left on a terminal when all of it has been drawn."""
        left = []
        for line in shown.split(b"\n"):
            cells = []
            for part in line.split(b"\r"):
                cells[: len(part)] = part
            left.append(bytes(cells).rstrip())
        return left

    def test_it_is_drawn_and_taken_away(self):
        shown, lines = self.read("--value", self.topic_of(3000))
        self.assertEqual(len(lines), 3000)
        self.assertRegex(shown, rb"logcat: \S+ \(\d+ %\), \d+ records")
        self.assertEqual(self.screen(shown), [b""])

    def test_messages_stand_on_lines_of_their_own(self):
        topic = self.topic_of(2000)
        shown, _ = self.read("-s", "value=i$", "--value", topic)
        left = self.screen(shown)
        self.assertEqual(left[-1], b"")
        self.assertEqual(len(left), 3, left)
        for line, told in zip(left, (b"which do not fit -s", b"2000 keys and values")):
            self.assertTrue(line.startswith(b"logcat: "), line)
            self.assertEqual(line.count(b"logcat: "), 1, line)
            self.assertIn(told, line)

    def test_it_fits_a_narrow_terminal(self):
        shown, _ = self.read("--value", self.topic_of(2000), columns=20)
        drawn = re.split(rb"[\r\n]+", shown)
        self.assertTrue(any(each.startswith(b"logcat: ") for each in drawn), shown)
        self.assertLess(max(map(len, drawn)), 20)

    def test_output_on_the_same_terminal_has_none(self):
        self.assertEqual(self.shown("--value", self.topic_of(1)), b"x" * 1000 + b"\n")

    def test_never_means_none(self):
        shown, _ = self.read("--progress", "never", "--value", self.topic_of(10))
        self.assertEqual(shown, b"")

    def test_a_run_that_is_cut_short_leaves_no_half_line(self):
        with (self.folder / "out").open("wb") as out:
            options = ("-c", "2", "-o", "oldest", "--value")
            terminal = self.on_terminal(*options, self.topic_of(1), stdout=out)
            terminal.wait_for("1 records")
            terminal.type("\x03")
            self.assertEqual(terminal.end(), 130)
        last = self.screen(terminal.seen.replace(b"\r\n", b"\n"))[-1]
        self.assertIn(last.strip(), (b"", b"^C"))  # which the terminal itself writes


class Typed(OnTerminal):
    """^C, as whoever sits there types it."""

    def setUp(self):
        super().setUp()
        self.of = self.topic()
        self.of.write(b"one")

    def typed(self, *options):
        terminal = self.on_terminal("--value", "-o", "oldest", *options, self.of)
        terminal.wait_for("one")
        terminal.type("\x03")
        return terminal

    def test_it_ends_a_follower_with_0(self):
        self.assertEqual(self.typed().end(), 0)

    def test_it_cuts_a_bounded_run_short(self):
        self.assertEqual(self.typed("-c", "2").end(), 130)
        self.assertEqual(self.typed("--timeout", "1h").end(), 130)

    def test_a_hangup_ends_a_follower_with_0(self):
        terminal = self.on_terminal("--value", "-o", "oldest", self.of)
        terminal.wait_for("one")
        terminal.process.send_signal(signal.SIGHUP)
        self.assertEqual(terminal.end(), 0)

    def test_it_reaches_a_run_that_nobody_reads(self):
        self.of.write(*[b"x" * 1000] * 2000)
        terminal = self.on_terminal("-e", "--value", self.of, stdout=subprocess.PIPE)
        self.addCleanup(terminal.process.stdout.close)
        self.assertEqual(terminal.process.stdout.read(3), b"one")
        terminal.type("\x03")
        self.assertEqual(terminal.end(), 130)

    def test_it_ends_what_waits_for_a_broker(self):
        self.brokers = self.closed_port()
        terminal = self.on_terminal("test")
        terminal.wait_for("no broker")
        terminal.type("\x03")
        self.assertEqual(terminal.end(), 0)


class Width(OnTerminal):
    NOON = 1_795_348_800_000

    def chart(self, columns):
        topic = self.topic()
        minutes = (0, 1, 1, 3)
        self.send(topic, *({"value": "v", "timestamp": self.NOON + m * 60_000} for m in minutes))
        env = {"LC_ALL": "C.UTF-8"}
        return self.shown("--histogram", "1m", topic, columns=columns, env=env).decode().split("\n")

    def test_bars_take_the_whole_width(self):
        for columns in (40, 80, 150):
            with self.subTest(columns):
                self.assertIn(max(map(len, self.chart(columns))), (columns - 1, columns))

    def test_a_window_of_twenty_columns(self):
        chart = self.chart(20)
        self.assertEqual([line.split()[-1] for line in chart[:-1]][-1], "4")
        for count, line in zip("1201", chart):
            self.assertRegex(line, rf"\d+:\d\d +{count}( |$)")


if __name__ == "__main__":
    main()
