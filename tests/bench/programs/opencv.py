"""OpenCV. It has no 3D table. A matrix between two tones goes through 8 bits, rounded and
clamped, each time."""

import cv2
import numpy as np
from measure import Work
from tasks import SATURATE

NAME = f"OpenCV {cv2.__version__}"


def works(task, cores):
    if task.has_cube:
        return []
    source, result, table = task.source, task.result, np.dstack(task.luts())
    mix = np.array(SATURATE, np.float32)
    if task.op == "lut1d":
        reused = on(cores, "LUT(dst=)", lambda: cv2.LUT(source, table, dst=result), reuses=True)
        return [reused, on(cores, "LUT", lambda: cv2.LUT(source, table))]
    if task.op == "matrix":
        run = lambda: cv2.transform(source, mix, dst=result)  # noqa: E731
        return [on(n, "transform(dst=)", run, reuses=True) for n in sorted({1, cores})]
    between = np.zeros_like(source)

    def chain():
        cv2.LUT(source, table, dst=result)
        cv2.transform(result, mix, dst=between)
        return cv2.LUT(between, table, dst=result)

    return [on(cores, "LUT, transform, LUT (dst=)", chain, reuses=True)]


def on(threads, call, run, reuses=False):
    """The number of threads is the process's, so each run sets it."""

    def with_threads():
        cv2.setNumThreads(threads)
        return run()

    return Work(call, threads, with_threads, reuses=reuses)
