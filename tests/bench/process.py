"""Runs a command to its end and says what it took."""

import os
import subprocess
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Usage:
    seconds: float  # until all output was taken
    cpu_seconds: float  # user and system, of the command alone
    peak_bytes: int  # resident; what Python itself has (some 15 MB) is the least it can show


class CommandFailed(Exception):
    pass


def measure(command, into=None):
    """Runs `command` with its output to /dev/null, or through a pipe to /dev/null by way of the
    command `into`. Throws CommandFailed, with what the command said, where it does not exit with 0.
    """
    begin = time.perf_counter()
    sink = into and subprocess.Popen(into, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=sink.stdin if sink else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        if sink:
            sink.stdin.close()  # the command has it now; its end is the end of the pipe
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if sink:
            sink.wait()
    except BaseException:
        process.kill()
        raise
    seconds = time.perf_counter() - begin
    if process.returncode != 0:
        said = errors.decode(errors="replace").strip()
        raise CommandFailed(f"{' '.join(map(str, command))}: exit code {process.returncode}: {said}")
    return Usage(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def count_lines(command):
    """How many lines `command` writes."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        blocks = iter(lambda: process.stdout.read1(1 << 20), b"")
        return sum(block.count(b"\n") for block in blocks)
