"""A writer of numbered lines that does not wait for anybody, and rotates its log at random."""

import random
import threading
import time

from .rotating import compress, copytruncate, old_name, rotate

BATCH = 0.005  # seconds


class LogWriter:
    """Appends `rate` lines a second to `log`, from a thread of its own until stop(): `G N`, the
    N-th line of the G-th generation, both from 0. At random instants the log is rotated in one of
    the ways of `how`; then the old file before the last is compressed, where that is asked for, as
    logrotate does it with delaycompress."""

    def __init__(self, log, rate, seed, how=(rotate,), pause=(0.2, 2.0), compresses=True):
        self._log = log
        self._rate = rate
        self._random = random.Random(seed)
        self._how = how
        self._pause = pause
        self._compresses = compresses
        self._must_rotate = threading.Semaphore(0)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._write, name="writer")
        self.sizes = [0]  # lines of each generation
        self.trouble = None

    def start(self):
        self._file = self._log.open("ab", buffering=0)
        self._thread.start()
        return self

    def stop(self):
        """When all is written; once more does no harm."""
        self._stop.set()
        self._thread.join()
        if self.trouble:
            raise self.trouble
        return self

    def rotate_soon(self):
        """Beside those at random."""
        self._must_rotate.release()

    @property
    def lines(self):
        return sum(self.sizes)

    def _write(self):
        try:
            self._write_on()
        except Exception as trouble:
            self.trouble = trouble
        finally:
            self._file.close()

    def _write_on(self):
        begin = time.monotonic()
        next_rotation = begin + self._random.uniform(*self._pause)
        while not self._stop.wait(BATCH):
            now = time.monotonic()
            self._append(int((now - begin) * self._rate) - self.lines)
            if now >= next_rotation or self._must_rotate.acquire(blocking=False):
                self._rotate()
                next_rotation = time.monotonic() + self._random.uniform(*self._pause)

    def _append(self, count):
        generation, first = len(self.sizes) - 1, self.sizes[-1]
        self._file.write(b"".join(b"%d %d\n" % (generation, first + n) for n in range(count)))
        self.sizes[-1] += count

    def _rotate(self):
        if self.sizes[-1] == 0:
            return
        how = self._random.choice(self._how)
        how(self._log)
        if how is not copytruncate:
            self._file.close()
            self._file = self._log.open("ab", buffering=0)
        self.sizes.append(0)
        if self._compresses and old_name(self._log, 2).exists():
            compress(old_name(self._log, 2))


class Arrivals:
    """What came of a writer's lines: `of` are the values of a topic, in its order."""

    def __init__(self, of, sizes):
        self.again = 0
        self.overtaken = []  # lines before which one of their generation was missing
        self._next = [0] * len(sizes)
        for value in of:
            generation, number = map(int, value.split())
            expected = self._next[generation]
            if number < expected:
                self.again += 1
            else:
                if number > expected:
                    self.overtaken.append((generation, expected, number))
                self._next[generation] = number + 1
        self.missing = [
            (generation, got, size)
            for generation, (got, size) in enumerate(zip(self._next, sizes))
            if got != size
        ]
