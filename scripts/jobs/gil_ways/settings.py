"""How much work a row does: enough to be timed, not more than a class waits for."""

import math
import os
import subprocess
import sys
from pathlib import Path

from . import work
from .measure import timed
from .rows import cpu_native, interpreters
from .runner import INSIDE, prefix

GOLDEN = (1 + math.sqrt(5)) / 2
FULL = {
    "one_fib_s": 0.7,
    "repeat": 3,
    "budget": 8,
    "samples": 15_000_000,
    "matrix_s": 8,
    "image": (9600, 4500),
    "python_samples": 2_000_000,
}
QUICK = {
    "one_fib_s": 0.15,
    "repeat": 1,
    "budget": 2,
    "samples": 300_000,
    "matrix_s": 0.5,
    "image": (1920, 1080),
    "python_samples": 100_000,
}


def fitting_n(calls_a_second, seconds):
    """The n whose fib(n) takes about that long. fib(n) makes 2 fib(n + 1) - 1 calls."""
    calls = max(calls_a_second * seconds, 10)
    return max(5, round(math.log(calls * math.sqrt(5) / 2, GOLDEN) - 1))


def python_rate():
    best = min(timed(lambda: work.fib(20))[1]["wall_s"] for _ in range(3))
    return work.calls(20) / best


def settings(options, cores):
    """The settings of every row. Many cores make the one-thread rows long, so fib shrinks."""
    chosen = dict(QUICK if options.quick else FULL)
    seconds = chosen.pop("one_fib_s") * min(1, 8 / cores)
    rate = python_rate()
    chosen.update(
        quick=options.quick,
        cores=cores,
        prefix=str(prefix()),
        parts=str(Path(options.parts).resolve()),
        interpreters=interpreters.found(options.interpreter),
        n=fitting_n(rate, seconds),
    )
    native = cpu_native.rate(chosen) or 30 * rate
    chosen["n_native"] = fitting_n(native, seconds)
    if options.repeat:
        chosen["repeat"] = options.repeat
    return chosen


def longer(chosen):
    """The same with fib about 2.6 times as long, for a picture of cores over time."""
    return {**chosen, "n": chosen["n"] + 2, "n_native": chosen["n_native"] + 2}


def lutist_version():
    """Of the host, "" under an ordinary Python."""
    if not INSIDE:
        return ""
    program = os.path.realpath("/proc/self/exe")
    return subprocess.check_output([program, "--version"], text=True).split()[-1]


def machine(chosen):
    """The head of a report."""
    with open("/proc/cpuinfo") as file:
        models = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
    return {
        "version": lutist_version(),
        "cpu": models[0] if models else "unknown",
        "cores": chosen["cores"],
        "python": sys.version.split()[0],
        "quick": chosen["quick"],
        "settings": chosen,
    }
