#!/usr/bin/env python3
"""The man pages say what the help says: the same options, each with the same argument."""

import pathlib
import re
import shutil
import subprocess

from support import ToolCase, main

PAGES = pathlib.Path(__file__).resolve().parents[2] / "man"
TOOLS = ("logtail", "logcat")


def options_of_help(text):
    """{"-t": "TOPIC", "--topic": "TOPIC", ...}, as --help has them."""
    options = {}
    for line in text.splitlines():
        found = re.match(r"  (-\S+)(?: (\S+))?(?:  |$)", line)
        if not found:
            continue
        names, argument = found.groups()
        for name in names.split(","):
            name, optional, value = re.match(r"([^[]+)(\[=(.*)\])?$", name).groups()
            options[name] = f"[={value}]" if optional else argument or ""
    return options


def options_of_page(text):
    """The same, as a page in mdoc(7) has them: .It Fl t , -topic Ar TOPIC."""
    options = {}
    for names, optional, argument in re.findall(
        r'^\.It Fl (\S+(?: , \S+)*)( Ns Op = Ns)?(?: Ar "?([^"\n]+)"?)?$', text, re.MULTILINE
    ):
        names = ["-" + name for name in names.split(" , ")]
        for name in names:
            options[name] = "" if optional else argument
        if optional:
            options[names[-1]] = f"[={argument}]"
    return options


class Manual(ToolCase):
    def help_of(self, tool):
        ended = getattr(self, tool)("--help", seconds=20)
        self.assert_ended(ended, 0)
        return ended.out.decode()

    def test_each_option_is_in_both_with_the_same_argument(self):
        for tool in TOOLS:
            with self.subTest(tool=tool):
                helped = options_of_help(self.help_of(tool))
                written = options_of_page((PAGES / f"{tool}.1").read_text())
                self.assertGreater(len(helped), 30)
                self.assertEqual(helped, written)

    def test_every_exit_code_is_in_the_page(self):
        for tool, codes in {"logtail": "012345", "logcat": "012345"}.items():
            page = (PAGES / f"{tool}.1").read_text().partition(".Sh EXIT STATUS")[2]
            for code in codes:
                self.assertRegex(page, rf"(?m)^\.It {code}$", tool)
            self.assertIn(".It 130, 143", page, tool)

    def test_groff_finds_nothing_wrong(self):
        groff = shutil.which("groff")
        if groff is None:
            self.skipTest("no groff")
        for tool in TOOLS:
            checked = subprocess.run(
                [groff, "-mdoc", "-ww", "-z", PAGES / f"{tool}.1"],
                stderr=subprocess.PIPE,
                text=True,
                check=True,
                timeout=60,
            )
            self.assertEqual(checked.stderr, "", tool)


if __name__ == "__main__":
    main(needs_broker=False)
