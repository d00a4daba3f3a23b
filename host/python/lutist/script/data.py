"""lutist.data: the files that a look reads beside its own code."""

import os
import sys

from .sibling_imports import owner


def data(path, /):
    """The absolute path of a file that the look reads, as a str.

    path: str, bytes or os.PathLike. A relative one counts from the folder of the script, also in
        the modules beside it; outside a script from the folder of the calling file, in a notebook
        from the working folder.
    The viewer loads the script again when this file changes, appears or vanishes; it need not
    exist.
    Raises TypeError for another type.
    """
    return located(path, sys._getframe(1))


# Sets of paths, each of a call that wants to know which files its look reads.
listeners = []


def located(path, frame):
    """data() for the code that runs in this frame."""
    script = owner(frame)
    folder = script.folder if script else _folder(frame)
    full = os.path.normpath(os.path.join(folder, os.fsdecode(path)))
    if script:
        script.note(full)
    for paths in listeners:
        paths.add(full)
    return full


def _folder(frame):
    file = frame.f_globals.get("__file__")
    return os.path.dirname(os.path.realpath(file)) if file else os.getcwd()
