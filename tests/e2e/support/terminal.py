"""A program on a terminal of its own: what it draws, and what is typed."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time


class Terminal:
    """Runs `command` with a pseudo-terminal of `columns` as its three descriptors, or as those
    that are not given. `seen` is all that it has written so far."""

    def __init__(self, command, *, columns=80, env=None, cwd=None, stdin=None, stdout=None):
        self.seen = b""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        environment = {"PATH": os.environ["PATH"], "TERM": "xterm", "LC_ALL": "C.UTF-8"}
        self.process = subprocess.Popen(
            [str(word) for word in command],
            stdin=stdin or slave,
            stdout=stdout or slave,
            stderr=slave,
            env=environment | (env or {}),
            cwd=cwd,
            start_new_session=True,
            # ^C reaches what has the terminal for its own.
            preexec_fn=lambda: fcntl.ioctl(2, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    def type(self, text):
        os.write(self._master, text.encode())

    def wait_for(self, text, seconds=30):
        """Until it has been written, and returns what had been; an AssertionError otherwise."""
        deadline = time.monotonic() + seconds
        while text.encode() not in self.seen:
            if not self._read(deadline):
                raise AssertionError(f"not seen: {text!r}, but {self.seen.decode(errors='replace')!r}")
        return self.seen

    def end(self, seconds=30):
        """Waits for the program's end and returns its exit code; all that it wrote is in `seen`."""
        deadline = time.monotonic() + seconds
        while self._read(deadline):
            pass
        return self.process.wait(max(0.1, deadline - time.monotonic()))

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)

    def _read(self, deadline):
        """False at the end, and when time is over."""
        readable, _, _ = select.select([self._master], [], [], max(0, deadline - time.monotonic()))
        if not readable:
            return False
        try:
            got = os.read(self._master, 65536)
        except OSError:  # EIO: nobody has the other side open any more
            return False
        self.seen += got
        return bool(got)
