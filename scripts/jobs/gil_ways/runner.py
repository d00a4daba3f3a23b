"""Runs rows, each in a process of its own with a time limit, inside the same host."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import sampler
from .measure import cpu_seconds

ONE_ROW = Path(__file__).with_name("one_row.py")
DISTURBED = 0.1  # cores that others use, from where on figures suffer
INSIDE = "_lutist" in sys.builtin_module_names


def host(threads):
    """The command that runs a Python file as this job is run."""
    if not INSIDE:
        return [sys.executable]
    command = [os.path.realpath("/proc/self/exe"), "run", "-q"]
    if threads:
        command += ["-t", str(threads)]
    if sys.prefix != sys.base_prefix:
        command += ["--venv", sys.prefix]
    return command


def prefix():
    """The folder above bin/: a build tree or an installation."""
    return Path(os.path.realpath("/proc/self/exe" if INSIDE else sys.executable)).parents[1]


def parts_folder():
    """Where CMake puts the lab's pieces."""
    return prefix() / "lib" / "lutist" / "gil_lab"


def stop(process):
    """The row and the workers it has started. A session of its own makes them one group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def reason(process, errors):
    """The reason for a row without a result."""
    code = process.returncode
    if code < 0:
        return f"ended by {signal.Signals(-code).name}"
    lines = errors.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"ended with exit code {code}"


def measure(row, settings, limit, started):
    """The row's result: times, or {"skipped": …} or {"failed": …}. Calls started(its pid)."""
    with tempfile.TemporaryDirectory(prefix="gil-lab-") as folder:
        result, errors = Path(folder, "result"), Path(folder, "errors")
        command = [*host(row.threads), str(ONE_ROW), row.key, json.dumps(settings), str(result)]
        with open(errors, "wb") as log:
            process = subprocess.Popen(
                command,
                env={**os.environ, **row.env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            started(process.pid)
            process.wait(limit)
        except subprocess.TimeoutExpired:
            return {"failed": f"stopped after {limit:g} s (--limit)"}
        finally:
            stop(process)
        if not result.exists():
            return {"failed": reason(process, errors)}
        return json.loads(result.read_text())


def busy_seconds():
    """CPU time of the whole machine, and of this process and its children."""
    everyone = sum(busy for busy, _ in sampler.ticks()) / os.sysconf("SC_CLK_TCK")
    return everyone, cpu_seconds()


def others_during(work):
    """(what work() returned, how many cores other programs used meanwhile)."""
    begin, before = time.monotonic(), busy_seconds()
    value = work()
    passed, after = time.monotonic() - begin, busy_seconds()
    others = (after[0] - before[0] - after[1] + before[1]) / passed
    return value, round(max(others, 0.0), 2)


def watched(row, settings, limit, started=lambda pid: None):
    """measure() with "others"."""
    result, others = others_during(lambda: measure(row, settings, limit, started))
    return {**result, "others": others}


def trace(row, settings, limit):
    """The use of each core while the row runs once: times from 0, and shares a core."""
    with sampler.Sampler() as samples:
        result = watched(row, {**settings, "repeat": 1}, limit, samples.watch)
    if "begin" in result:
        result.update(sampler.use(samples.lines, result["begin"], result["end"]))
    return {"key": row.key, "strategy": row.strategy, **result}


def wait_for_quiet(until):
    """Return when other programs have left the machine alone for half a second, or at that time."""
    while time.monotonic() < until:
        if others_during(lambda: time.sleep(0.5))[1] <= DISTURBED:
            return


def patient(run, patience):
    """The least disturbed result of run(): for up to `patience` seconds wait, and try again."""
    until = time.monotonic() + patience
    wait_for_quiet(until)
    best = run()
    while best["others"] > DISTURBED and "wall_s" in best and time.monotonic() < until:
        wait_for_quiet(until)
        best = min(best, run(), key=lambda result: result["others"])
    return best
