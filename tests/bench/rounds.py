"""Which programs are run, and in which order."""

import os
import shutil
import sys

from . import rsyslog


def choose(names, only):
    """Those of `names` that have a word of `only` in them (any, where it is empty), and of these
    the ones that cannot run here. kcl is no Debian package: without one in PATH it is left out."""
    wanted = [name for name in names if not only or any(word in name for word in only)]
    wanted = [name for name in wanted if not name.startswith("kcl") or shutil.which("kcl")]
    missing = [n for n in wanted if n.startswith("rsyslog") and not rsyslog.is_installed()]
    return [name for name in wanted if name not in missing], missing


def run_in_turns(names, rounds, run, describe):
    """`run(name)` for each name in each round, every other round backwards; name to the list of
    what came back, which `describe` puts into words for stderr."""
    results = {name: [] for name in names}
    for index in range(rounds):
        for name in names if index % 2 == 0 else reversed(names):
            os.sync()  # nobody pays for writing back what the one before it wrote
            results[name].append(run(name))
            print(f"  {name}: {describe(results[name][-1])}", file=sys.stderr)
    return results
