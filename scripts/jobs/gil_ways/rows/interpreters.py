"""CPU-bound rows in other interpreters: sub-interpreters, the build without a GIL, PyPy."""

import json
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

from ..measure import Missing, Wrong, median
from ..row import Row
from ..work import calls, fib_value

GROUP = "CPU-bound: other interpreters"
FOREIGN = Path(__file__).with_name("foreign.py")
NAME = re.compile(r"(python|pypy)3(\.\d+)?t?$")
FOLDERS = ("~/.pyenv/versions/*/bin", "/usr/local/bin", "/usr/bin", "/opt/python*/bin")
PROBE = """
import json, os, sys, sysconfig
from importlib.util import find_spec
own_gil = ["_interpreters", "_xxsubinterpreters"]
pool = "concurrent.futures.interpreter"
pypy = sys.implementation.name == "pypy"
free = sysconfig.get_config_var("Py_GIL_DISABLED") == 1
print(json.dumps({
    "path": os.path.realpath(sys.executable),
    "version": list(sys.version_info[:3]),
    "ways": [way for way, there in {
        "newer": not free and sys.version_info >= (3, 12) and any(map(find_spec, own_gil)),
        "pool": not free and find_spec(pool) is not None,
        "free": free,
        "pypy": pypy,
    }.items() if there],
}))
"""


def probe(path):
    """An interpreter's description of itself; None: it does not run."""
    try:
        done = subprocess.run(
            [path, "-I", "-c", PROBE],
            capture_output=True,
            timeout=20,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        return json.loads(done.stdout) if done.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def candidates():
    """Paths, the Python in use first. pyenv's shims are other names of its versions."""
    yield sys.executable
    folders = [Path(f) for f in os.environ.get("PATH", "").split(os.pathsep)]
    for pattern in FOLDERS:
        root = Path(pattern).expanduser()
        folders += Path(root.anchor).glob(str(root.relative_to(root.anchor)))
    for folder in folders:
        if folder.is_dir() and folder.name != "shims":
            yield from (str(path) for path in sorted(folder.iterdir()) if NAME.match(path.name))


def found(given):
    """Interpreters that have a way of their own: those given first, then the newest first."""
    seen, good = {}, []
    for path in [*given, *candidates()]:
        real = os.path.realpath(path)
        if real not in seen:
            seen[real] = probe(path)
            good.append((path in given, seen[real]))
    good = [(first, one) for first, one in good if one and one["ways"]]
    good.sort(key=lambda pair: (pair[0], pair[1]["version"]), reverse=True)
    return [one for _, one in good]


ABSENT = {
    "newer": "no Python 3.12 or newer was found; uv python install 3.13",
    "pool": "no Python 3.14 or newer was found; uv python install 3.14",
    "free": "no Python without a GIL was found; uv python install 3.13t (or newer)",
    "pypy": "no PyPy was found; apt-get install pypy3",
}


def chosen(settings, kind):
    """An interpreter of a kind. Raises Missing."""
    for one in settings["interpreters"]:
        if kind in one["ways"]:
            return one
    raise Missing(ABSENT[kind])


def measured(way, kind, settings):
    one = chosen(settings, kind)
    n, cores = settings["n"], settings["cores"]
    command = [one["path"], FOREIGN, way, n, cores, settings["repeat"]]
    words = [str(word) for word in command]
    env = {**os.environ, "PYTHONPATH": str(FOREIGN.parent)}  # for interpreters of a pool
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=env)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise RuntimeError(f"{one['path']}: {lines[-1]}")
    runs = json.loads(done.stdout)
    if any(run.pop("results") != [fib_value(n)] * cores for run in runs):
        raise Wrong("wrong result")
    version = ".".join(map(str, one["version"]))
    name = "PyPy, Python" if kind == "pypy" else "Python"
    return {**median(runs), "n": n, "work": calls(n), "note": f"{name} {version}"}


def rows(_cores):
    """In the order of the table."""

    def row(key, strategy, way, kind, **more):
        return Row(key, GROUP, strategy, partial(measured, way, kind), origin="one", **more)

    yield row("newer-one", "Python 3.12+, one thread", "one", "newer")
    yield row(
        "newer-threads", "Python 3.12+, threading.Thread", "threads", "newer", base="newer-one"
    )
    yield row(
        "sub-interpreters",
        "sub-interpreters, each its own GIL",
        "interpreters",
        "newer",
        base="newer-one",
        copies=True,
    )
    yield row(
        "interpreter-pool",
        "InterpreterPoolExecutor",
        "pool",
        "pool",
        base="newer-one",
        copies=True,
    )
    yield row("free-one", "free-threaded Python, one thread", "one", "free")
    yield row(
        "free-threads",
        "free-threaded Python, threading.Thread",
        "threads",
        "free",
        base="free-one",
        published="fib(35) on 4 logical cores, the nogil fork: 1.622 s real, 6.094 s user",
    )
    yield row("pypy-one", "PyPy, one thread", "one", "pypy")
    yield row("pypy", "PyPy, threading.Thread", "threads", "pypy", base="pypy-one")
