"""The one way in which a test waits: until a condition holds, up to a deadline."""

import time
from pathlib import Path

PATIENCE = 60  # seconds that anything may take, however slow and busy the machine is


def until(check, told="it never came to be", patience=PATIENCE):
    """Poll check() until what it returns is true, and return that. told: a text, or a function
    that makes one, for the failure."""
    end = time.monotonic() + patience
    while not (found := check()):
        assert time.monotonic() < end, told() if callable(told) else told
        time.sleep(0.002)
    return found


def passed(seconds):
    """A condition: so much time has passed since this call. For what must have lasted at
    least so long; a test has to stay right however much longer it took."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def is_pending(pid, number):
    """Has a process still to take a signal that was sent to it?"""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    pending = next(line for line in lines if line.startswith("ShdPnd:"))
    return int(pending.split()[1], 16) >> (number - 1) & 1 == 1
