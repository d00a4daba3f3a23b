"""Pieces of the lab that tools of Python make, kept in the user's cache folder."""

import contextlib
import hashlib
import importlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from .measure import Missing

SOURCES = Path(__file__).resolve().parents[1] / "gil_lab"


def tool(name, hint):
    """The path of a program, the venv's before others. Raises Missing."""
    found = shutil.which(name, path=search_path())
    if not found:
        raise Missing(f"no {name}; {hint}")
    return found


def search_path():
    own = [str(Path(sys.prefix, "bin"))] if sys.prefix != sys.base_prefix else []
    return os.pathsep.join([*own, os.environ.get("PATH", "")])


def compiler(name):
    """A C or C++ compiler that finds Python.h: its command for an extension module."""
    program = tool(name, "apt-get install build-essential")
    include = sysconfig.get_path("include")
    if not Path(include, "Python.h").exists():
        raise Missing(f"no {include}/Python.h; apt-get install python3-dev")
    return [program, "-O2", "-fPIC", f"-I{include}"]


def cache():
    base = os.environ.get("XDG_CACHE_HOME", "")
    folder = Path(base) if os.path.isabs(base) else Path("~/.cache").expanduser()
    return folder / "lutist" / "gil_lab"


def mark(texts, commands):
    """What tells one result from another: sources, commands, the tools' dates, and Python's ABI."""
    dates = [os.stat(command[0]).st_mtime_ns for command in commands]
    whole = [sysconfig.get_config_var("SOABI"), texts, commands, dates]
    return hashlib.sha256(repr(whole).encode()).hexdigest()[:16]


def made(name, texts, commands):
    """The folder in which the commands ran on files of these texts ({file name: text}).

    It is made once, under a name of its own, and renamed when all is done. Raises RuntimeError
    with the last line of a command that fails.
    """
    folder = cache() / f"{name}-{mark(texts, commands)}"
    if folder.exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f"{name}-") as work:
        for file, text in texts.items():
            Path(work, file).write_text(text)
        for command in commands:
            run(command, work)
        with contextlib.suppress(OSError):  # another lab was faster
            os.rename(shutil.copytree(work, f"{work}.done"), folder)
        shutil.rmtree(f"{work}.done", ignore_errors=True)
    return folder


def run(command, folder):
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": search_path()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        lines = done.stdout.strip().splitlines() or [f"exit code {done.returncode}"]
        raise RuntimeError(f"{Path(command[0]).name}: {lines[-1]}")


def texts_of(*names):
    return {name: (SOURCES / name).read_text() for name in names}


def module(folder, name):
    """A module that lies in a folder, or in the folder build of it: the source beside that must
    not be found first."""
    sys.path[:0] = [str(folder / "build"), str(folder)]
    return importlib.import_module(name)
