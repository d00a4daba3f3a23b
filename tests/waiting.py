"""The one way in which a test waits: until a condition holds, for as long as patience lasts."""

import time

PATIENCE = 60  # seconds that anything may take, however slow and busy the machine is


def until(check, told="it never came to be", patience=PATIENCE):
    """Poll check() until what it returns is true, and return that. told: a text, or a function
    that makes one, for the failure."""
    end = time.monotonic() + patience
    while not (found := check()):
        assert time.monotonic() < end, told() if callable(told) else told
        time.sleep(0.02)
    return found


def passed(seconds):
    """A condition: so much time has passed since this call. For what must have lasted at
    least so long; a test has to stay right however much longer it took."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end
