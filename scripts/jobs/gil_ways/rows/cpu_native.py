"""CPU-bound rows in native code: the same fib(n), compiled, once a core."""

import ctypes
import importlib
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

from ..made import SOURCES
from ..measure import Missing, Wrong, median
from ..row import Row
from ..work import calls, fib_value, in_turn, on_threads
from .cpu_python import GROUP as PYTHON_GROUP
from .cpu_python import fibs

GROUP = "CPU-bound: native code"


def part(settings, name, hint=""):
    """The path of a piece that CMake builds. Raises Missing, with the command that does."""
    path = Path(settings["parts"]) / name
    if path.exists():
        return path
    build = build_folder(settings)
    where = ", then --parts BUILD/lib/lutist/gil_lab" if build == "BUILD" else ""
    raise Missing(f"{path} is not built; {hint}cmake --build {build} --target gil_lab{where}")


def build_folder(settings):
    """Of the program, where it runs in a build tree."""
    prefix = Path(settings["prefix"])
    return str(prefix) if (prefix / "CMakeCache.txt").exists() else "BUILD"


def module(settings, name, hint=""):
    path = part(settings, f"{name}.so", hint)
    sys.path.insert(0, str(path.parent))
    return importlib.import_module(name)


def library(settings):
    """fib.so through ctypes, its types declared: a long would be cut to an int without."""
    loaded = ctypes.CDLL(str(part(settings, "fib.so")))
    loaded.fib.argtypes, loaded.fib.restype = [ctypes.c_int], ctypes.c_long
    loaded.fib_on_threads.argtypes = [ctypes.c_int, ctypes.c_int]
    loaded.fib_on_threads.restype = ctypes.c_long
    return loaded


def native_fibs(run, function, settings):
    return fibs(run, function, settings["n_native"], settings)


def extension(run, name, settings):
    return native_fibs(run, getattr(module(settings, "fib_extension"), name), settings)


def through_ctypes(settings):
    return native_fibs(on_threads, library(settings).fib, settings)


def pthreads(settings):
    """One call into C starts and joins the threads; it gives the sum of the results."""
    loaded = library(settings)

    def run(_function, n, count):
        total = loaded.fib_on_threads(n, count)
        return [total // count] * count

    return native_fibs(run, None, settings)


def host_pool(settings):
    """The threads on which lutist maps pixels, with other work: one call into the host."""
    index = library(settings).fib_index
    try:
        parallel_for = ctypes.CDLL(None).lutist_parallel_for
    except AttributeError:
        raise Missing("no lutist around this Python; lutist run scripts/jobs/gil_lab.py") from None
    parallel_for.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p]
    parallel_for.restype = ctypes.c_bool

    def run(_function, n, count):
        results = (ctypes.c_long * (1 + count))(n)
        if not parallel_for(count, count, index, results):
            raise Wrong("a thread was not to be had")
        return results[1:]

    return native_fibs(run, None, settings)


def cython_compiled(run, settings):
    build = build_folder(settings)
    hint = f"pip install 'cython>=3' in a venv; cmake {build} -DLUTIST_CYTHON=VENV/bin/python; "
    return native_fibs(run, module(settings, "fib_cython", hint).fib, settings)


def cython_uncompiled(settings):
    """The same file as an ordinary Python module, which takes Cython for its names."""
    try:
        import cython
    except ImportError:
        raise Missing("no package cython; pip install 'cython>=3' in the venv") from None
    if int(cython.__version__.partition(".")[0]) < 3:
        raise Missing(f"Cython {cython.__version__} is too old; pip install 'cython>=3'")
    sys.path.insert(0, str(SOURCES))
    return fibs(on_threads, importlib.import_module("fib_cython").fib, settings["n"], settings)


def java(threaded, settings):
    """Measured by the program itself: the start of the virtual machine does not count."""
    program = shutil.which("java")
    if not program:
        raise Missing("no java; apt-get install default-jdk-headless")
    folder = part(settings, "Fib.class", "apt-get install default-jdk-headless; ").parent
    n, cores = settings["n_native"], settings["cores"]
    command = [program, "-cp", str(folder), "Fib", n, cores, cores if threaded else 1]
    runs = []
    for _ in range(settings["repeat"]):
        out = subprocess.check_output([str(word) for word in command], text=True)
        total, wall, cpu = (float(word) for word in out.split())
        if total != fib_value(n) * cores:
            raise Wrong(f"wrong result: {total:.0f}")
        runs.append({"wall_s": wall, "cpu_s": cpu})
    return {**median(runs), "n": n, "work": calls(n)}


def rows(_cores):
    """In the order of the table."""

    def row(key, strategy, work, published="", group=GROUP, **more):
        published = published and f"fib(45) on 4 logical cores: {published}"
        return Row(key, group, strategy, work, origin="one", published=published, **more)

    yield row(
        "cython-uncompiled",
        "Cython source, uncompiled",
        cython_uncompiled,
        "1123.677 s real",
        group=PYTHON_GROUP,
        base="one",
    )
    yield row("c-one", "C, one thread", partial(extension, in_turn, "released"))
    yield row(
        "c-held",
        "C extension, GIL held",
        partial(extension, on_threads, "held"),
        base="c-one",
    )
    yield row(
        "c-released",
        "C extension, GIL released",
        partial(extension, on_threads, "released"),
        "4.021 s real, 15.548 s user",
        base="c-one",
    )
    yield row("ctypes", "ctypes", through_ctypes, "4.427 s real, 17.141 s user", base="c-one")
    yield row("pthreads", "native threads (pthreads in C)", pthreads, base="c-one")
    yield row("host-pool", "the host's native pool", host_pool, base="c-one")
    yield row("cython-one", "Cython, one thread", partial(cython_compiled, in_turn))
    yield row(
        "cython-compiled",
        "Cython, compiled, nogil",
        partial(cython_compiled, on_threads),
        "4.274 s real, 15.741 s user",
        base="cython-one",
    )
    yield row("java-one", "Java, one thread", partial(java, False))
    yield row(
        "java",
        "Java threads",
        partial(java, True),
        "9.758 s real, 38.465 s user",
        base="java-one",
    )


def rate(settings):
    """Calls of fib a second in C on one thread, or 0 where it is not built."""
    try:
        function = library(settings).fib
    except (Missing, OSError):
        return 0
    from ..measure import timed

    best = min(timed(partial(function, 27))[1]["wall_s"] for _ in range(3))
    return calls(27) / best
