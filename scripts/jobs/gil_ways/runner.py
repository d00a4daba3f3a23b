"""Runs rows, each in a process of its own with a time limit, inside the same host."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from . import sampler

ONE_ROW = Path(__file__).with_name("one_row.py")
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


def parts_folder():
    """Where CMake puts the lab's pieces: ../lib/lutist/gil_lab from the program."""
    program = Path(os.path.realpath("/proc/self/exe" if INSIDE else sys.executable))
    return program.parents[1] / "lib" / "lutist" / "gil_lab"


def stop(process):
    """The row and the workers it has started. A session of its own makes them one group."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def reason(process, errors):
    """Why a row left no result."""
    code = process.returncode
    if code < 0:
        return f"ended by {signal.Signals(-code).name}"
    lines = errors.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"ended with exit code {code}"


def measure(row, settings, limit, started=lambda pid: None):
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


def trace(row, settings, limit):
    """The use of each core while the row runs once: times from 0, and shares a core."""
    with sampler.Sampler() as samples:
        result = measure(row, {**settings, "repeat": 1}, limit, samples.watch)
    if "wall_s" not in result or "begin" not in result:
        return None
    used = sampler.use(samples.lines, result["begin"], result["end"])
    return {"key": row.key, "strategy": row.strategy, "wall_s": result["wall_s"], **used}
