"""lutist.batch: files in, files out, with the same engine as the command line."""

import os
from _collections_abc import Iterable  # collections.abc brings all of collections

import _lutist

from .checks import answer, whole, word
from .pipeline import Pipeline
from .values import short

_OPTIONS = (
    "format",
    "quality",
    "jobs",
    "mode",
    "max_pixels",
    "max_metadata",
    "memory",
    "sync",
    "recursive",
    "overwrite",
    "fail_fast",
    "dry_run",
    "lenient",
)


# A pipeline's parameter of such a name would be ambiguous.
_TAKEN = {"develop", "inputs", "output", "progress", *_OPTIONS}
_MOST = 2**64 - 1
# The range of each number; a 0 in it stands for the default.
_RANGES = {
    "quality": (1, 100),
    "jobs": (1, 1024),
    "max_pixels": (0, _MOST),
    "max_metadata": (0, _MOST),
    "memory": (1, _MOST),
}
_FLAGS = ("recursive", "overwrite", "fail_fast", "dry_run", "lenient")


def _check(options):
    for name, value in options.items():
        if name in _RANGES:
            whole(name, value, *_RANGES[name])
        elif name in _FLAGS:
            answer(name, value)
        elif name != "mode":
            word(name, value)


def _paths(inputs):
    """A list of them."""
    if isinstance(inputs, (str, bytes, os.PathLike)):
        return [inputs]
    if not isinstance(inputs, Iterable):
        raise TypeError(f"inputs={short(inputs)}: a path or a list of paths is wanted")
    return list(inputs)


class Item:
    """One file of a report: input, output, state ("done", "failed", "left"), reason, ms.

    note: a warning about an input that was read all the same, else ""; damaged: is a part of the
    picture lost?
    """

    __slots__ = ("damaged", "input", "ms", "note", "output", "reason", "state")

    def __init__(self, input, output, state, reason, ms, note="", damaged=False):
        self.input, self.output, self.state = input, output, state
        self.reason, self.ms = reason, ms
        self.note, self.damaged = note, damaged

    def __repr__(self):
        return f"<{self.state}: {self.input} -> {self.output}{self.reason and ': ' + self.reason}>"


class Report(list):
    """The items of a batch, in the order of the inputs.

    stopped: why the run ended early, such as a full disk; "" where nothing was short.
    """

    stopped = ""

    @property
    def done(self):
        """The items that were done."""
        return [item for item in self if item.state == "done"]

    @property
    def failed(self):
        """The items that failed; each has its reason."""
        return [item for item in self if item.state == "failed"]

    @property
    def left(self):
        """The items that were not begun, or not ended, when the run was stopped."""
        return [item for item in self if item.state == "left"]

    @property
    def ok(self):
        """Is every file done?"""
        return all(item.state == "done" for item in self)


def batch(develop, inputs, output, *, progress=None, **options):
    """Develop files and folders in parallel; a file that fails does not stop the rest.

    develop: a pipeline. inputs: a path or a list of paths. output: a folder, or a template
    with {stem} {ext} {dir} {index}. options: the pipeline's parameters by name, and format,
    quality (1 to 100), jobs (1 to 1024), recursive, overwrite, fail_fast, dry_run, max_pixels,
    max_metadata (bytes a file; of these two 0 is the default); lenient (damaged JPEG files are
    done as far as they go, and marked); memory, in bytes, for all files in work (default: half
    of what is available); sync, "file" (no file gets its name before it is on the disk; the
    default) or "none"; mode, one of lutist.MODES, else the host's --mode: single is one job at
    a time.
    progress: called after each file that was done or failed with (input, output, reason,
    finished, total); reason is "" for a file that was done.
    Returns a Report. Raises ParameterError, KeyboardInterrupt, and what progress raises; what
    ends a run that has begun carries the Report so far as its attribute report.
    """
    chosen = {name: options.pop(name) for name in _OPTIONS if name in options}
    if not isinstance(develop, Pipeline):
        raise TypeError(f"batch() takes a pipeline, as load({short(develop)}) would give")
    if not (progress is None or callable(progress)):
        raise TypeError(f"progress={short(progress)}: a function is wanted")
    paths = _paths(inputs)
    _check(chosen)
    clash = [name for name in develop.controls if name in _TAKEN]
    if clash:
        raise _lutist.ParameterError(
            f"{develop.__name__}() has a parameter named {clash[0]}, as batch has: rename it",
        )
    settings = develop.settings(**options)
    stages = develop.stages(**settings)
    (items, stopped), error = _lutist.batch(stages, paths, output, progress=progress, **chosen)
    report = Report(Item(*item) for item in items)
    report.stopped = stopped
    if error is None:
        return report
    if isinstance(error, _lutist.Error):
        error = develop.with_settings(error, settings)
    elif isinstance(error, Exception):
        develop.note_settings(error, settings)
    BaseException.__setattr__(error, "report", report)
    raise error
