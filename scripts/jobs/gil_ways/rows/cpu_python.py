"""CPU-bound rows in Python code: fib(n) once a core."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from ..measure import Missing, expect, measured
from ..row import Row
from ..work import calls, deliver, fib, fib_value, in_turn, on_threads

GROUP = "CPU-bound: Python code"


def fibs(run, function, n, settings):
    """The row of run(function, n, cores)."""
    cores = settings["cores"]
    check = expect([fib_value(n)] * cores)
    row = measured(lambda: run(function, n, cores), settings, check)
    return {**row, "n": n, "work": calls(n)}


def python_fibs(run, settings):
    return fibs(run, fib, settings["n"], settings)


def pinned(count, settings):
    cpus = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, cpus[:count])
    return python_fibs(on_threads, settings)


def processes(method, settings):
    """Results come back through a pipe, one worker a core."""
    context = multiprocessing.get_context(method)

    def run(_function, n, count):
        queue = context.SimpleQueue()
        workers = [context.Process(target=deliver, args=(queue, n)) for _ in range(count)]
        for worker in workers:
            worker.start()
        results = [queue.get() for _ in workers]
        for worker in workers:
            worker.join()
        return results

    return python_fibs(run, settings)


def own_threads():
    """The threads of this process but for those of the host: these sleep between their
    tasks, and hold no lock meanwhile."""
    names = [path.read_text() for path in Path("/proc/self/task").glob("*/comm")]
    return [name for name in names if not name.startswith("lutist-")]


def forked(settings):
    """Only a process of one thread may fork and go on as Python: others may hold locks."""
    if len(own_threads()) > 1:
        raise Missing("other threads may hold locks that a fork inherits; start the lab alone")
    return processes("fork", settings)


def pool(settings):
    context = multiprocessing.get_context("spawn")

    def run(function, n, count):
        with context.Pool(count) as workers:
            results = workers.map(function, [n] * count, chunksize=1)
            workers.close()
            workers.join()
        return results

    return python_fibs(run, settings)


def executor(make, settings):
    def run(function, n, count):
        with make(count) as workers:
            return list(workers.map(function, [n] * count))

    return python_fibs(run, settings)


def loky(settings):
    """joblib's processes, which it would keep for the next call: their start counts here too."""
    try:
        from joblib import Parallel, delayed
        from joblib.externals.loky import get_reusable_executor
    except ImportError:
        raise Missing("no package joblib; pip install joblib in a venv") from None

    def run(function, n, count):
        results = Parallel(n_jobs=count, backend="loky")(delayed(function)(n) for _ in range(count))
        get_reusable_executor().shutdown(wait=True)
        return results

    return python_fibs(run, settings)


def spawning_executor(count):
    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))


def pinned_counts(workers):
    """1, 2, … cores; powers of two where there are many."""
    cores = min(workers, len(os.sched_getaffinity(0)))
    powers = {1 << bit for bit in range(cores.bit_length())}
    return sorted(range(1, cores + 1) if cores <= 4 else powers | {cores})


PINNED = {1: "6.992 s real", 2: "9.509 s real", 3: "9.527 s real", 4: "9.619 s real"}


def rows(cores):
    """In the order of the table."""

    def row(key, strategy, work, published="", **more):
        published = published and f"fib(35) on 4 logical cores: {published}"
        return Row(key, GROUP, strategy, work, origin="one", published=published, **more)

    yield row("one", "one thread", partial(python_fibs, in_turn))
    yield row(
        "threads",
        "threading.Thread",
        partial(python_fibs, on_threads),
        "8.754 s real, 8.778 s user",
        base="one",
    )
    for count in pinned_counts(cores):
        name = f"threading.Thread, pinned to {count} core{'s' * (count > 1)}"
        work = partial(pinned, count)
        yield row(f"pinned-{count}", name, work, PINNED.get(count, ""), base="one")
    yield row(
        "thread-executor",
        "ThreadPoolExecutor",
        partial(executor, ThreadPoolExecutor),
        base="one",
    )
    yield row(
        "processes",
        "multiprocessing.Process, spawn",
        partial(processes, "spawn"),
        "2.187 s real, 7.292 s user",
        base="one",
        copies=True,
    )
    yield row("fork", "multiprocessing.Process, fork", forked, base="one", copies=True)
    yield row("pool", "multiprocessing.Pool", pool, base="one", copies=True)
    yield row(
        "process-executor",
        "ProcessPoolExecutor",
        partial(executor, spawning_executor),
        base="one",
        copies=True,
    )
    yield row("joblib", "joblib, loky", loky, base="one", copies=True)
