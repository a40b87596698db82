"""Waiting for a condition, never for a while."""

import time


def wait_until(condition, what, seconds=20):
    """Looks every 20 ms until `condition()` is true and returns what it gave; fails after
    `seconds`, naming `what` was waited for (a text, or a function that gives one)."""
    deadline = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() >= deadline:
            raise AssertionError(f"after {seconds} s still not: {what() if callable(what) else what}")
        time.sleep(0.02)
