"""The programs that are compared, a module each.

A module imports its program at the top, names it in NAME, and offers works(task, cores): the
ways it has of doing the task, none where it cannot. Where importing or running fails, the reason
is listed in place of a figure.
"""

import importlib
import subprocess

MODULES = (
    "lutist",
    "memcpy",
    "opencv",
    "numba",
    "libvips",
    "ffmpeg",
    "opencolorio",
    "pillow",
    "numpy",
    "tutorial",
)
TROUBLE = (ImportError, OSError, subprocess.CalledProcessError)


def load_all():
    """(modules, {module's name: why it is not among them})."""
    loaded, missing = [], {}
    for name in MODULES:
        try:
            loaded.append(importlib.import_module(f"{__name__}.{name}"))
        except TROUBLE as error:
            missing[name] = f"{type(error).__name__}: {error}"
    return loaded, missing
