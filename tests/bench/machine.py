"""The machine and the versions that figures are true of."""

import os
import platform
import re
import subprocess

from . import rsyslog


def facts(kafka_version):
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
        "rsyslog": rsyslog.version(),
    }


def print_facts(facts):
    print(
        "{cpu}, {cores} cores (load before {load_at_the_start:.1f}), {memory:.0f} GiB; {system}, Linux {kernel}; "
        "Kafka {kafka} on loopback, librdkafka {librdkafka}, kcat {kcat}, rsyslog {rsyslog}; {commit}".format(
            memory=facts["memory_bytes"] / 2**30, **facts
        )
    )


def _output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _first(pattern, text):
    found = re.search(pattern, text)
    return found[1] if found else "unknown"
