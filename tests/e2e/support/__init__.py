"""What the tests of the real binaries stand on: tools that are run with bounds, topics and brokers
of a test's own, and a reader that is not ours.
"""

from .case import ToolCase, main
from .tool import TOOLS
from .waiting import wait_until

__all__ = ["TOOLS", "ToolCase", "main", "wait_until"]
