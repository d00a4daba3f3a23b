"""The programs of build/venv."""

import subprocess
from functools import cache
from pathlib import Path

PYTHON = Path(__file__).resolve().parents[1] / "build/venv/bin/python"


@cache
def in_venv(name):
    """The command of a program that ./dev installs there; None: there is none.

    A program is a module here: the script of its name knows only the folder in which it was made,
    so it does not start in a tree that was moved, or through a link.
    """
    command = [str(PYTHON), "-m", name]
    try:
        found = subprocess.run([*command, "--version"], capture_output=True)
    except FileNotFoundError:
        return None
    return command if found.returncode == 0 else None
