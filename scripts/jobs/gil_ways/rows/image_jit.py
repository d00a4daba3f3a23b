"""Compilers that take a Python function: a table lookup over all samples, on every core.

Each function gives what readies a row: (a function to measure). Compiling comes before and
does not count.
"""

from ..measure import Missing
from .curve import table
from .numpy_rows import load


def numba(threaded, pixels, settings):
    np = load()
    try:
        import numba as nb
    except ImportError:
        raise Missing("no package numba; pip install numba in a venv") from None
    nb.set_num_threads(min(settings["cores"], nb.config.NUMBA_NUM_THREADS) if threaded else 1)

    @nb.njit(parallel=True)
    def kernel(source, levels, result):
        for i in nb.prange(source.size):
            result[i] = levels[source[i]]

    return _readied(np, kernel, pixels)


def taichi(threaded, pixels, settings):
    np = load()
    try:
        import taichi as ti
    except ImportError:
        raise Missing("no package taichi; pip install taichi in a venv") from None
    threads = settings["cores"] if threaded else 1
    ti.init(arch=ti.cpu, cpu_max_num_threads=threads, log_level=ti.ERROR, offline_cache=False)
    samples = ti.types.ndarray(dtype=ti.u8, ndim=1)

    @ti.kernel
    def kernel(source: samples, levels: samples, result: samples):
        ti.loop_config(block_dim=4096)
        for i in range(source.shape[0]):
            result[i] = levels[ti.cast(source[i], ti.i32)]

    return _readied(np, kernel, pixels)


def _readied(np, kernel, pixels):
    source = np.frombuffer(pixels, np.uint8).copy()
    levels = np.frombuffer(table(), np.uint8).copy()
    kernel(source[:1000], levels, np.empty(1000, np.uint8))

    def run():
        result = np.empty_like(source)
        kernel(source, levels, result)
        return result

    return (run,)


JITS = {"Numba": numba, "Taichi": taichi}
