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
    threads = settings["cores"] if threaded else 1
    return _taichi(pixels, ("x64", "arm64"), cpu_max_num_threads=threads)


def taichi_gpu(pixels, _settings):
    """The samples go to the device and back in each call: Taichi copies NumPy's arrays. Its
    search for OpenGL crashes where there is no screen, so that is left out."""
    return _taichi(pixels, ("cuda", "amdgpu", "vulkan"))


def _taichi(pixels, wanted, **options):
    np = load()
    try:
        import taichi as ti
    except ImportError:
        raise Missing("no package taichi; pip install taichi in a venv") from None
    devices = [getattr(ti, name) for name in wanted]
    ti.init(arch=devices, log_level=ti.ERROR, offline_cache=False, **options)
    if ti.lang.impl.current_cfg().arch not in devices:
        raise Missing("Taichi found no GPU; a driver for CUDA, ROCm or Vulkan brings one")
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
