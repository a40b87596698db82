"""Tables of figures: medians of several runs, and the ratio to a peer."""

from dataclasses import asdict, dataclass
from statistics import median, quantiles

# Of each kind of table its columns: the heading, and what it says of a row.
COLUMNS = {
    "throughput": {
        "lines/s": lambda row: _millions(row["lines_per_second"]),
        "least - most": lambda row: " - ".join(
            _millions(end(row["lines_per_second_of_each_run"])) for end in (min, max)
        ),
        "CPU ns/line": lambda row: f"{row['cpu_ns_per_line']:.0f}",
        "peak MiB": lambda row: _mebibytes(row["peak_bytes"]),
        "lines/s ratio": lambda row: _ratio(row["lines_per_second_ratio"]),
        "CPU ratio": lambda row: _ratio(row["cpu_ns_per_line_ratio"]),
    },
    "latency": {
        "median ms": lambda row: _milliseconds(row["median_seconds"]),
        "p99 ms": lambda row: _milliseconds(row["p99_seconds"]),
        "highest ms": lambda row: _milliseconds(row["highest_seconds"]),
    },
    "positions": {
        "logs": lambda row: f"{row['logs']:,}",
        "median ms": lambda row: _milliseconds(row["median_seconds"]),
        "highest ms": lambda row: _milliseconds(row["highest_seconds"]),
        "peak MiB": lambda row: _mebibytes(row["peak_bytes"]),
    },
    "whole": {
        "median ms": lambda row: _milliseconds(row["median_seconds"]),
        "least ms": lambda row: _milliseconds(row["least_seconds"]),
        "CPU ms": lambda row: _milliseconds(row["cpu_seconds"]),
        "peak MiB": lambda row: _mebibytes(row["peak_bytes"]),
    },
    "memory": {
        "peak MiB": lambda row: _mebibytes(row["peak_bytes"]),
        "s": lambda row: f"{row['seconds']:.1f}",
    },
    "quiet": {
        "files": lambda row: f"{row['files']:,}",
        "CPU, % of a core": lambda row: f"{row['cpu_share'] * 100:.2f}",
        "peak MiB": lambda row: _mebibytes(row["peak_bytes"]),
        "all read after s": lambda row: f"{row['start_seconds']:.1f}",
    },
}


@dataclass(frozen=True)
class Table:
    kind: str  # of COLUMNS
    title: str
    rows: list  # each a dictionary, with its "name"
    skipped: list  # names of what is not installed


def throughput(runs, lines, baseline_of):
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


def latency(runs):
    """`runs`: name to a list of lists of seconds; the lines of all rounds count alike."""
    rows = []
    for name, rounds in runs.items():
        times = [seconds for one in rounds for seconds in one]
        rows.append({
            "name": name,
            "median_seconds": median(times),
            "p99_seconds": quantiles(times, n=100)[98],
            "highest_seconds": max(times),
            "median_seconds_of_each_round": [median(one) for one in rounds],
        })  # fmt: skip
    return rows


def positions(runs, logs):
    """`runs`: name to list of Usage."""
    return [
        {
            "name": name,
            "logs": logs,
            "median_seconds": median(usage.seconds for usage in usages),
            "highest_seconds": max(usage.seconds for usage in usages),
            "peak_bytes": max(usage.peak_bytes for usage in usages),
        }
        for name, usages in runs.items()
    ]


def whole(runs):
    """`runs`: name to list of Usage."""
    return [
        {
            "name": name,
            "median_seconds": median(usage.seconds for usage in usages),
            "least_seconds": min(usage.seconds for usage in usages),
            "cpu_seconds": median(usage.cpu_seconds for usage in usages),
            "peak_bytes": max(usage.peak_bytes for usage in usages),
        }
        for name, usages in runs.items()
    ]


def memory(runs):
    """`runs`: name to a list of one Memory."""
    return [{"name": name, **asdict(one)} for name, (one,) in runs.items()]


def quiet(runs):
    """`runs`: name to a list of one Quiet."""
    return [{"name": name, **asdict(one)} for name, (one,) in runs.items()]


def cells(table):
    """The table as lists of texts, the headings first."""
    columns = COLUMNS[table.kind]
    return [["", *columns]] + [
        [row["name"], *(text_of(row) for text_of in columns.values())] for row in table.rows
    ]


def print_table(table):
    lines = cells(table)
    widths = [max(map(len, column)) for column in zip(*lines)]
    print(f"\n{table.title}")
    for first, *others in lines if table.rows else []:
        texts = [text.rjust(width) for text, width in zip(others, widths[1:])]
        print("  ".join([first.ljust(widths[0]), *texts]).rstrip())
    for name in table.skipped:
        print(f"{name}: skipped, it is not installed (scripts/setup --bench)")


def _millions(rate):
    return f"{rate / 1e6:.2f} M"


def _mebibytes(count):
    return f"{count / 2**20:.0f}"


def _milliseconds(seconds):
    return f"{seconds * 1e3:.1f}"


def _ratio(value):
    return "" if value is None else f"{value:.2f}"
