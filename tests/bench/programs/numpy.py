"""NumPy: one thread. A table by take() and by index, and the formula without a table."""

import numpy as np
from measure import Work
from tasks import GAINS, POWER

NAME = f"NumPy {np.__version__}"


def works(task, cores):
    if task.op != "lut1d":
        return []
    if task.tables == 3:
        return [by_channel(task)]
    table, source, result = task.luts()[0], task.source, task.result
    # The default mode would check every index first, into a buffer of its own.
    take = lambda: np.take(table, source, out=result, mode="clip")  # noqa: E731
    found = [
        Work("take(out=)", 1, take, reuses=True),
        Work("table[image]", 1, lambda: table[source]),
    ]
    return [*found, formula(task)] if task.depth == 8 else found


def by_channel(task):
    luts = task.luts()

    def run():
        for c, table in enumerate(luts):
            task.result[..., c] = table[task.source[..., c]]
        return task.result

    return Work("table[image[..., c]]", 1, run, reuses=True)


def formula(task):
    gain, power = np.float32(GAINS[0]), np.float32(POWER)

    def run():
        x = task.source.astype(np.float32) / np.float32(255)
        y = np.clip((x * gain) ** power, 0, 1)
        return (y * np.float32(255) + np.float32(0.5)).astype(np.uint8)

    return Work("formula, float32", 1, run)
