"""Medians of several runs, the ratio to a peer, and the machine they are true of."""

import os
import platform
import re
import subprocess
from statistics import median

HEADINGS = ["", "lines/s", "(least - most)", "CPU ns/line", "peak MiB", "lines/s ratio", "CPU ratio"]


def summarise(runs, lines, baseline_of):
    """`runs`: name to list of Usage. A row for each name; ratios are those of the medians, to the
    row that `baseline_of(name)` names, and None where that was not run."""
    rows = {}
    for name, usages in runs.items():
        rates = [lines / usage.seconds for usage in usages]
        rows[name] = {
            "name": name,
            "lines_per_second": median(rates),
            "lines_per_second_of_each_run": rates,
            "cpu_ns_per_line": median(usage.cpu_seconds for usage in usages) / lines * 1e9,
            "peak_bytes": max(usage.peak_bytes for usage in usages),
        }
    for name, row in rows.items():
        peer = rows.get(baseline_of(name))
        for field in ("lines_per_second", "cpu_ns_per_line"):
            row[f"{field}_ratio"] = row[field] / peer[field] if peer else None
    return list(rows.values())


def print_table(title, rows):
    if not rows:
        return
    table = [HEADINGS] + [_cells(row) for row in rows]
    widths = [max(len(line[column]) for line in table) for column in range(len(HEADINGS))]
    print(f"\n{title}")
    for first, *others in table:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:])]
        print("  ".join([first.ljust(widths[0]), *cells]).rstrip())


def _cells(row):
    rates = row["lines_per_second_of_each_run"]
    return [
        row["name"],
        _millions(row["lines_per_second"]),
        f"({_millions(min(rates))} - {_millions(max(rates))})",
        f"{row['cpu_ns_per_line']:.0f}",
        f"{row['peak_bytes'] / 2**20:.0f}",
        _ratio(row["lines_per_second_ratio"]),
        _ratio(row["cpu_ns_per_line_ratio"]),
    ]


def _millions(rate):
    return f"{rate / 1e6:.2f} M"


def _ratio(value):
    return "" if value is None else f"{value:.2f}"


def machine(kafka_version):
    """What a figure is worth nothing without."""
    kcat = _output("kcat", "-V")
    return {
        "commit": _output("git", "describe", "--always", "--dirty").strip(),
        "cpu": _first(r"model name\s*: (.*)", open("/proc/cpuinfo").read()),
        "cores": os.cpu_count(),
        "load_at_the_start": os.getloadavg()[0],
        "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "system": _first(r'PRETTY_NAME="(.*)"', open("/etc/os-release").read()),
        "kernel": platform.release(),
        "kafka": kafka_version,
        "librdkafka": _output("pkg-config", "--modversion", "rdkafka").strip(),
        "kcat": _first(r"Version (\S+)", kcat),
    }


def print_machine(facts):
    print(
        "{cpu}, {cores} cores (load before {load_at_the_start:.1f}), {memory:.0f} GiB; {system}, Linux {kernel}; "
        "Kafka {kafka} on loopback, librdkafka {librdkafka}, kcat {kcat}; {commit}".format(
            memory=facts["memory_bytes"] / 2**30, **facts
        )
    )


def _output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _first(pattern, text):
    found = re.search(pattern, text)
    return found[1] if found else "unknown"
