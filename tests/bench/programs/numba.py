"""Numba: loops over rows in parallel, as its manual shows them."""

import numba
import numpy as np
from measure import Work
from tasks import SATURATE

NAME = f"Numba {numba.__version__}"


@numba.njit(parallel=True)
def one_table(source, result, table):
    flat, out = source.reshape(-1), result.reshape(-1)
    for i in numba.prange(flat.size):
        out[i] = table[flat[i]]


@numba.njit(parallel=True)
def a_table_a_channel(source, result, tables):
    height, width, channels = source.shape
    for y in numba.prange(height):
        for x in range(width):
            for c in range(channels):
                result[y, x, c] = tables[c, source[y, x, c]]


@numba.njit(inline="always")
def rounded(x):
    return int(min(max(x, np.float32(0)), np.float32(255)) + np.float32(0.5))


@numba.njit(parallel=True)
def tone_matrix_tone(source, result, table, m):
    height, width, _ = source.shape
    for y in numba.prange(height):
        for x in range(width):
            r = np.float32(table[source[y, x, 0]])
            g = np.float32(table[source[y, x, 1]])
            b = np.float32(table[source[y, x, 2]])
            for c in range(3):
                result[y, x, c] = table[rounded(m[c, 0] * r + m[c, 1] * g + m[c, 2] * b)]


def works(task, cores):
    if task.has_cube:
        return []
    numba.set_num_threads(cores)
    luts = np.stack(task.luts())
    if task.has_matrix:
        table = luts[0] if task.op != "matrix" else np.arange(256, dtype=np.uint8)
        loop, rest = tone_matrix_tone, (table, np.array(SATURATE, np.float32))
    elif len(luts) == 1:
        loop, rest = one_table, (luts[0],)
    else:
        loop, rest = a_table_a_channel, (luts,)

    def run():
        loop(task.source, task.result, *rest)
        return task.result

    return [Work("prange loop", cores, run, reuses=True)]
