"""Runs commands and says what they took."""

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Usage:
    seconds: float  # until all output was taken, or what was waited for had come
    cpu_seconds: float  # user and system, of the command alone
    peak_bytes: int  # resident; what Python itself has (some 15 MB) is the least it can show


class CommandFailed(Exception):
    def __init__(self, command, code, errors):
        said = errors.decode(errors="replace").strip()
        super().__init__(f"{' '.join(map(str, command))[:500]}: exit code {code}: {said}")


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
        raise CommandFailed(command, process.returncode, errors)
    return Usage(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


class Pipeline:
    """Commands that run until they are told to end, each writing into the next: `with
    Pipeline([...], ...) as running:`. That one of them ended before is a CommandFailed."""

    def __init__(self, *commands):
        self._commands = commands
        self._processes = []
        self._errors = tempfile.TemporaryFile()

    def __enter__(self):
        self._begin = time.perf_counter()
        try:
            for command in self._commands:
                self._start(command)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, kind, *_):
        codes = [process.poll() for process in self._processes]
        self._stop()
        for command, code in zip(self._commands, codes):
            if code is not None:
                self._errors.seek(0)
                raise CommandFailed(command, code, self._errors.read())

    def usage(self):
        """Of all of them, until now."""
        seconds = time.perf_counter() - self._begin
        return Usage(seconds, self.cpu_seconds(), sum(self.peaks()))

    def peaks(self):
        """The peak memory of each of them, in bytes."""
        return [_peak_bytes(process) for process in self._processes]

    def cpu_seconds(self):
        return sum(time.clock_gettime(_cpu_clock(process)) for process in self._processes)

    def _start(self, command):
        source = self._processes[-1].stdout if self._processes else subprocess.DEVNULL
        is_last = len(self._processes) + 1 == len(self._commands)
        self._processes.append(
            subprocess.Popen(
                command,
                stdin=source,
                stdout=subprocess.DEVNULL if is_last else subprocess.PIPE,
                stderr=self._errors,
            )
        )
        if source is not subprocess.DEVNULL:
            source.close()

    def _stop(self):
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _cpu_clock(process):
    """The kernel's clock of what all threads of a process have run, in nanoseconds; it is what
    clock_getcpuclockid(3) gives, where /proc counts in ticks of 10 ms."""
    per_process, scheduler = 0, 2
    return ~process.pid << 3 | per_process | scheduler


def _peak_bytes(process):
    with open(f"/proc/{process.pid}/status") as status:
        peaks = [int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:")]
        return sum(peaks)  # none where the process has just ended


def count_lines(command):
    """How many lines `command` writes."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        blocks = iter(lambda: process.stdout.read1(1 << 20), b"")
        return sum(block.count(b"\n") for block in blocks)
