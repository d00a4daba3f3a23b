"""OpenCV. Its transform works on one thread. A matrix between two tones goes through 8 bits,
rounded and clamped, each time."""

import cv2
import numpy as np
from measure import Work
from tasks import SATURATE

NAME = f"OpenCV {cv2.__version__}"


def works(task, cores):
    cv2.setNumThreads(cores)
    source, result, table = task.source, task.result, np.dstack(task.luts())
    mix = np.array(SATURATE, np.float32)
    if task.op == "lut1d":
        reused = Work("LUT(dst=)", cores, lambda: cv2.LUT(source, table, dst=result), reuses=True)
        return [reused, Work("LUT", cores, lambda: cv2.LUT(source, table))]
    if task.op == "matrix":
        run = lambda: cv2.transform(source, mix, dst=result)  # noqa: E731
        return [Work("transform(dst=)", 1, run, reuses=True)]
    between = np.zeros_like(source)

    def chain():
        cv2.LUT(source, table, dst=result)
        cv2.transform(result, mix, dst=between)
        return cv2.LUT(between, table, dst=result)

    return [Work("LUT, transform, LUT (dst=)", cores, chain, reuses=True)]
