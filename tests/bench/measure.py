"""Time many programs on one task in turn, and compare their results."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

QUICK_MS = 200  # a faster program has an uncounted run before each counted one
BAND = 256  # rows that are compared at a time


@dataclass
class Work:
    """One way of doing a task: `run` runs it once, `pixels` makes an array of its result."""

    call: str  # as its users write it
    threads: int  # that it was given, or that it starts
    run: Callable[[], object]
    reuses: bool = False  # writes into a result that exists; otherwise into a new one
    pixels: Callable[[object], np.ndarray] = np.asarray
    copies: bool = False  # does no more than copy, so there is nothing to compare
    program: str = ""
    worst: int | None = None  # largest difference from lutist, in steps
    differ: float | None = None  # share of the samples that differ
    times: list = field(default_factory=list, repr=False)
    busy: list = field(default_factory=list, repr=False)

    def once(self):
        """Keep the time of one run, and how many cores it kept busy. Its result is freed
        outside the measured time."""
        wall, cpu = time.perf_counter(), time.process_time()
        made = self.run()
        took = time.perf_counter() - wall
        self.busy.append((time.process_time() - cpu) / took)
        self.times.append(took * 1000)
        del made

    @property
    def ms(self):
        return statistics.median(self.times)

    def summary(self):
        return {
            "program": self.program,
            "call": self.call,
            "result": "reused" if self.reuses else "new",
            "mode": "parallel" if self.threads > 1 else "single",
            "threads": self.threads,
            "busy": round(statistics.median(self.busy), 2),
            "ms": round(self.ms, 3),
            "ms_min": round(min(self.times), 3),
            "worst": self.worst,
            "differ": self.differ,
        }


def rounds(works, count):
    """Every work once a round, so that all meet the same conditions. The uncounted run lets
    the threads of the program before fall asleep, and its own wake."""
    for _ in range(count):
        for work in works:
            if not work.times or work.ms < QUICK_MS:
                work.run()
            work.once()


def difference(expected, got):
    """(largest difference in steps, share of samples that differ)."""
    if got.shape != expected.shape or got.dtype != expected.dtype:
        raise ValueError(f"made {got.dtype} {got.shape}, not {expected.dtype} {expected.shape}")
    worst, differ = 0, 0
    for y in range(0, len(expected), BAND):
        one, other = expected[y : y + BAND], got[y : y + BAND]
        if not np.array_equal(one, other):
            steps = np.maximum(one, other) - np.minimum(one, other)
            worst = max(worst, int(steps.max()))
            differ += int(np.count_nonzero(steps))
    return worst, differ / expected.size
