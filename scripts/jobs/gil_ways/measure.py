"""How long a piece of work takes, and how much CPU time of how many cores."""

import resource
import time


class Missing(Exception):
    """What a strategy needs is not on this machine. Missing("the reason; what installs it")."""


class Wrong(Exception):
    """A strategy gave another result than the others."""


def cpu_seconds():
    """Of this process and of the children it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def timed(work):
    """(what work() returned, its times). begin and end are on the monotonic clock."""
    cpu, begin = cpu_seconds(), time.monotonic()
    value = work()
    end = time.monotonic()
    times = {"wall_s": end - begin, "cpu_s": cpu_seconds() - cpu, "begin": begin, "end": end}
    return value, times


def measured(work, settings, check):
    """Times of the run with the median wall time.

    Runs settings["repeat"] times, fewer where settings["budget"] seconds are used up. Each
    value goes to check(), which raises Wrong; that is not timed.
    """
    runs = []
    while len(runs) < settings["repeat"] and sum(r["wall_s"] for r in runs) <= settings["budget"]:
        value, times = timed(work)
        check(value)
        del value
        runs.append(times)
    return median(runs)


def median(runs):
    """The run in the middle, by wall time."""
    return sorted(runs, key=lambda run: run["wall_s"])[len(runs) // 2]


def expect(wanted):
    """A check for measured(): the value is the one wanted."""

    def check(value):
        if value != wanted:
            raise Wrong(f"wrong result: {str(value)[:60]}, not {str(wanted)[:60]}")

    return check
