"""Runs the tools under test. Each run has a bound; output goes to files, so none can block."""

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from .waiting import wait_until

ROOT = Path(__file__).resolve().parents[3]
APPS = ROOT / "build" / "dev" / "apps"
TOOLS = {
    "logtail": os.environ.get("LOGPIPE_LOGTAIL", str(APPS / "logtail" / "logtail")),
    "logcat": os.environ.get("LOGPIPE_LOGCAT", str(APPS / "logcat" / "logcat")),
}

# What would change how the tools behave is not taken over from whoever runs the tests.
INHERITED = ("PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")


@dataclass(frozen=True)
class Ended:
    """How a run ended and what it said."""

    command: str
    code: int
    out: bytes
    err: str
    seconds: float
    peak_bytes: int  # resident

    @property
    def lines(self):
        return self.out.splitlines()

    def __str__(self):
        return (
            f"{self.command}\nexit code {self.code} after {self.seconds:.1f} s\n"
            f"stdout: {self.out[:1000]!r}\nstderr: {self.err[:3000]}"
        )


class Running:
    """A tool that was started. `stdin`, `stdout`: as subprocess has them; stdout is kept in a file
    unless given. A program that should run it (setpriv, say) goes before its name in `command`."""

    def __init__(
        self, command, folder, *, stdin=subprocess.DEVNULL, stdout=None, env=None, cwd=None
    ):
        self.command = [str(word) for word in command]
        self._begin = time.monotonic()
        number = len(list(folder.glob("*.err")))
        self._out = folder / f"{number}.out"
        self._err = folder / f"{number}.err"
        self._ended = None
        environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
        environment |= {"HOME": str(folder), "TZ": "UTC", "LC_ALL": "C.UTF-8"} | (env or {})
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.process = subprocess.Popen(
                self.command,
                stdin=stdin,
                stdout=stdout or out,
                stderr=err,
                env=environment,
                cwd=cwd,
            )

    @property
    def pid(self):
        return self.process.pid

    @property
    def out(self):
        return self._out.read_bytes()

    @property
    def err(self):
        return self._err.read_text(errors="replace")

    def wait_for_message(self, text, seconds=20):
        """Until `text` stands on stderr."""
        what = lambda: f"{text!r} in: {self.err}"
        wait_until(lambda: text in self.err or self._reap(), what, seconds)
        if text not in self.err:
            raise AssertionError(f"ended without {text!r}: {self.end()}")

    def wait_for_output(self, lines, seconds=20):
        """Until stdout holds that many lines; gives them."""
        wait_until(
            lambda: self.out.count(b"\n") >= lines or self._reap(),
            lambda: f"{lines} lines in: {self.out[-1000:]!r}\nstderr: {self.err}",
            seconds,
        )
        return self.out.splitlines()

    def feed(self, content):
        """Writes to its stdin, which must be a pipe."""
        self.process.stdin.write(content)
        self.process.stdin.flush()

    def end_input(self):
        self.process.stdin.close()

    def send(self, number=signal.SIGTERM):
        if not self._reap():
            os.kill(self.pid, number)

    def stop(self, number=signal.SIGTERM, seconds=20):
        """Sends the signal and waits for the end."""
        self.send(number)
        return self.end(seconds)

    @contextlib.contextmanager
    def asleep(self):
        """It notices nothing of what happens meanwhile, and all of it at once behind."""
        self.send(signal.SIGSTOP)
        wait_until(lambda: self._state() == "T", "stopped")
        try:
            yield
        finally:
            self.send(signal.SIGCONT)

    def end(self, seconds=60):
        """Waits until it ends by itself."""
        what = lambda: f"{' '.join(self.command)} ended; stderr: {self.err}"
        wait_until(self._reap, what, seconds)
        return self._ended

    def kill(self):
        """Whatever state it is in: it does not outlive the test."""
        if not self._reap():
            self.process.kill()
            wait_until(self._reap, "killed")
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    def _state(self):
        """As ps has it."""
        return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]

    def _reap(self):
        if self._ended:
            return self._ended
        pid, status, usage = os.wait4(self.pid, os.WNOHANG)
        if pid == 0:
            return None
        code = os.waitstatus_to_exitcode(status)
        self.process.returncode = code
        seconds = time.monotonic() - self._begin
        command = " ".join(self.command)
        self._ended = Ended(command, code, self.out, self.err, seconds, usage.ru_maxrss * 1024)
        return self._ended
