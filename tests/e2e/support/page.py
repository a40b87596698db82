"""A page of the documentation, whose commands and files the tests take as they stand there."""

import re

from .tool import ROOT

# A comment that says what the block below it is, and the block.
BLOCK = re.compile(r"^<!-- (\w+: [^>]+) -->\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Page:
    def __init__(self, name):
        self._blocks = dict(BLOCK.findall((ROOT / name).read_text()))

    def names(self):
        return list(self._blocks)

    def block(self, name, replaced):
        """With each key of `replaced` exchanged for its value."""
        text = self._blocks[name]
        for old, new in replaced.items():
            text = text.replace(old, str(new))
        return text
