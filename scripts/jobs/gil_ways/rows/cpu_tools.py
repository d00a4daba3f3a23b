"""CPU-bound rows of tools that compile Python, or wrap C for it: fib(n) once a core."""

from functools import partial

from ..made import compiler, made, module, texts_of, tool
from ..measure import Missing
from ..row import Row
from ..work import in_turn, on_threads
from .cpu_native import GROUP, native_fibs, part
from .cpu_python import fibs

CALL = '\n\nif __name__ == "__main__":\n    fib(5)\n'


def typed(name, *commands, more=""):
    """fib of fib_typed.py, compiled by a tool."""
    texts = texts_of("fib_typed.py")
    texts["fib_typed.py"] += more
    return module(made(name, texts, commands), "fib_typed").fib


def mypyc():
    return typed("mypyc", [tool("mypyc", "pip install mypy setuptools in a venv"), "fib_typed.py"])


def nuitka():
    program = tool("nuitka", "pip install nuitka in a venv")
    return typed("nuitka", [program, "--module", "--quiet", "fib_typed.py"])


def pythran():
    program = tool("pythran", "pip install pythran in a venv")
    return typed("pythran", [program, "fib_typed.py", "-o", "fib_typed.so"])


def shed_skin():
    """It finds out types from calls, so the module needs one."""
    program = tool("shedskin", "pip install shed-skin in a venv; apt-get install libgc-dev cmake")
    command = [program, "build", "--build-type", "Release", "-e", "fib_typed"]
    return typed("shedskin", command, more=CALL)


def numba():
    try:
        import numba as nb
    except ImportError:
        raise Missing("no package numba; pip install numba in a venv") from None

    @nb.njit("int64(int64)", nogil=True)
    def fib(n):
        return n if n < 2 else fib(n - 1) + fib(n - 2)

    return fib


def compiled(make, run, settings):
    """Nuitka keeps Python's objects, and gets as much to do as Python."""
    if make is nuitka:
        return fibs(run, make(), settings["n"], settings)
    return native_fibs(run, make(), settings)


def cffi(settings):
    """The library of the row ctypes, declared in C: no wrapper is compiled."""
    try:
        from cffi import FFI
    except ImportError:
        raise Missing("no package cffi; pip install cffi in a venv") from None
    ffi = FFI()
    ffi.cdef("long fib(int n);")
    return native_fibs(on_threads, ffi.dlopen(str(part(settings, "fib.so"))).fib, settings)


def swig(settings):
    program = tool("swig", "apt-get install swig")
    cc = [*compiler("cc"), "-shared", "fib_swig_wrap.c", "fib.c", "-o", "_fib_swig.so"]
    texts = texts_of("fib_swig.i", "fib.c", "fib.h")
    folder = made("swig", texts, [[program, "-python", "-threads", "fib_swig.i"], cc])
    return native_fibs(on_threads, module(folder, "fib_swig").fib, settings)


def pybind11(settings):
    try:
        from pybind11 import get_include
    except ImportError:
        raise Missing("no package pybind11; pip install pybind11 in a venv") from None
    cc, cxx = [*compiler("cc"), "-c", "fib.c"], compiler("c++")
    cxx += [f"-I{get_include()}", "-shared", "fib_pybind11.cpp", "fib.o", "-o", "fib_pybind11.so"]
    folder = made("pybind11", texts_of("fib_pybind11.cpp", "fib.c", "fib.h"), [cc, cxx])
    return native_fibs(on_threads, module(folder, "fib_pybind11").fib, settings)


COMPILERS = {
    "numba-fib": ("Numba", numba),
    "mypyc": ("mypyc", mypyc),
    "nuitka": ("Nuitka", nuitka),
    "shedskin": ("Shed Skin", shed_skin),
    "pythran": ("Pythran", pythran),
}
WRAPPERS = {
    "cffi": ("CFFI", cffi),
    "swig": ("SWIG -threads", swig),
    "pybind11": ("pybind11, GIL released", pybind11),
}


def rows(_cores):
    """In the order of the table."""

    def row(key, strategy, work, base=""):
        return Row(key, GROUP, strategy, work, origin="one", base=base)

    for key, (name, work) in WRAPPERS.items():
        yield row(key, name, work, "c-one")
    for key, (name, make) in COMPILERS.items():
        yield row(f"{key}-one", f"{name}, one thread", partial(compiled, make, in_turn))
        threads = partial(compiled, make, on_threads)
        yield row(key, f"{name}, threading.Thread", threads, f"{key}-one")
