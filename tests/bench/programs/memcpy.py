"""libc's copy of the same bytes: one long memmove a thread."""

import ctypes
import platform
from concurrent.futures import ThreadPoolExecutor

from measure import Work

NAME = f"memcpy, {' '.join(platform.libc_ver())}"


def works(task, cores):
    """With as many threads as any of the others has."""
    return [copy(task, threads) for threads in sorted({1, min(3, cores), cores})]


def copy(task, threads):
    total = task.source.nbytes
    cuts = [total * i // threads for i in range(threads + 1)]
    source, result = task.source.ctypes.data, task.result.ctypes.data
    pool = ThreadPoolExecutor(threads)

    def part(i):
        ctypes.memmove(result + cuts[i], source + cuts[i], cuts[i + 1] - cuts[i])

    def run():
        list(pool.map(part, range(threads)))
        return task.result

    return Work("memmove", threads, run, reuses=True, copies=True)
