"""lutist.batch: files in, files out, with the same engine as the command line."""

import os
from _collections_abc import Iterable  # collections.abc brings all of collections

import _lutist

from . import coding
from .checks import answer, whole, word
from .pipeline import Pipeline
from .script.files_read import stages_and_files
from .values import short

_OPTIONS = (
    "format",
    *coding.NAMES,
    "raw",
    "jobs",
    "mode",
    "max_pixels",
    "max_metadata",
    "memory",
    "sync",
    "recursive",
    "overwrite",
    "include",
    "exclude",
    "retry_failed",
    "part",
    "resume",
    "check",
    "journal",
    "skip_existing",
    "newer",
    "resize",
    "resize_linear",
    "strip",
    "sidecars",
    "keep_times",
    "fail_fast",
    "dry_run",
    "lenient",
    "convert",
    "intent",
)


# A pipeline's parameter of such a name would be ambiguous.
_TAKEN = {"develop", "inputs", "output", "progress", "per_image", "engine", "task_bytes", *_OPTIONS}
_MOST = 2**64 - 1
# The range of each number; a 0 in it stands for the default.
_RANGES = {
    "jobs": (1, 1024),
    "max_pixels": (0, _MOST),
    "max_metadata": (0, _MOST),
    "memory": (1, _MOST),
}
_FLAGS = (
    "recursive",
    "overwrite",
    "resume",
    "skip_existing",
    "newer",
    "resize_linear",
    "keep_times",
    "fail_fast",
    "dry_run",
    "lenient",
)
_WORDS = {
    "check": ("time", "hash"),
    "raw": ("full", "half"),
}


def _check(options):
    for name, value in options.items():
        if name in coding.NAMES:
            options[name] = coding.check(name, value)
        elif name in _RANGES:
            whole(name, value, *_RANGES[name])
        elif name in _FLAGS:
            answer(name, value)
        elif name in ("convert", "journal", "retry_failed"):
            os.fspath(value)
        elif name in ("include", "exclude"):
            for pattern in paths_of(value):
                word(name, pattern)
        elif name in _WORDS:
            coding.choice(name, value, _WORDS[name])
        elif name == "strip":
            _check_strip(value)
        elif name != "mode":
            word(name, value)


def _check_strip(strip):
    if strip is not True and strip is not False and strip != "all":
        raise _lutist.ParameterError(f"strip={short(strip)}: must be True, False or 'all'")


def _look(develop, settings, resume):
    """The pipeline, its name, and its values. Raises ParameterError."""
    if resume and not os.path.isfile(develop.path):
        raise _lutist.ParameterError(
            f"resume: {develop.__name__}() is in no file ({short(develop.path)}), so a change of "
            "it would not be seen: load it from a script",
        )
    return develop, develop.__name__, develop.row(settings)


def _looks(develop, per_image, options, files, chosen):
    if per_image is None:
        return None
    from .per_image.looks import Looks

    limits = chosen.get("max_pixels", 0), chosen.get("max_metadata", 0)
    return Looks(develop, per_image, options, files, limits)


def paths_of(inputs):
    """A list of them."""
    if isinstance(inputs, (str, bytes, os.PathLike)):
        return [inputs]
    if not isinstance(inputs, Iterable):
        raise TypeError(f"inputs={short(inputs)}: must be a path or a list of paths")
    return list(inputs)


def check_functions(develop, **given):
    if not isinstance(develop, Pipeline):
        raise TypeError(f"batch() takes a pipeline, as load({short(develop)}) would give")
    for name, function in given.items():
        if not (function is None or callable(function)):
            raise TypeError(f"{name}={short(function)}: must be a function")


def take(develop, options):
    """Those of batch, out of `options`, as _lutist.batch wants them."""
    chosen = {name: options.pop(name) for name in _OPTIONS if name in options}
    _check(chosen)
    for name in {"include", "exclude"} & chosen.keys():
        chosen[name] = paths_of(chosen[name])
    if "strip" in chosen:
        chosen["strip"] = 2 if chosen["strip"] == "all" else int(chosen["strip"])
    clash = [name for name in develop.controls if name in _TAKEN]
    if clash:
        raise _lutist.ParameterError(
            f"{develop.__name__}() has a parameter named {clash[0]}, as batch has: rename it",
        )
    return chosen


class Item:
    """One file of a report: input, output, state, reason, ms.

    state: "done", "skipped" (an earlier run has done it), "failed" or "left".
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
    def skipped(self):
        """The items that need not be done: an earlier run has."""
        return [item for item in self if item.state == "skipped"]

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
        """Is every file done, now or earlier?"""
        return all(item.state in ("done", "skipped") for item in self)


def batch(develop, inputs, output, *, progress=None, per_image=None, engine=None, **options):
    """Develop files and folders in parallel; a file that fails does not stop the rest.

    develop: a pipeline.
    inputs: a path or a list of paths, of files and folders.
    output: a folder, or a template with {stem} {ext} {dir} {index}.
    progress: called after each file that was done or failed with (input, output, reason,
        finished, total); reason is "" for a file that was done.
    per_image: a function of what is known of a file (a PictureInfo: path, size, depth, format,
        exposure, iso, camera, lens, date, and histogram()) that gives a dict of its own parameters
        or None, ahead of the workers. A value that does not fit fails the file.
    engine: a distributed.Client: the files are developed by its workers (lutist.dask).
    options: the pipeline's parameters by name, and the options of `lutist batch`. Of the inputs:
        recursive; include and exclude (patterns, or lists of them); retry_failed (the path of a
        report or a journal); part ("3/16": the third of sixteen, for several machines); lenient
        (read damaged JPEG and raw files as far as possible); raw ("full", the default, or "half");
        max_pixels; max_metadata (bytes per file; 0 is the default of both). Of the outputs: format;
        overwrite; skip_existing; newer (replace outputs that are older than their inputs); resume
        (skip what an earlier run has done, by its journal), with check ("time" or "hash") and
        journal (its path); sidecars ("xmp": a.xmp and a.jpg.xmp are copied for a.jpg, under the
        result's name); keep_times (a result gets its input's time); dry_run. Of their pictures:
        depth (8 or 16); resize ("1920x1080": to fit this box, "long-edge 2000" or "50%"; never
        larger) and resize_linear (in linear light); convert ("srgb" or the path of an ICC profile,
        to which the colours are converted after the look; default: the profile is kept) and intent
        ("perceptual", the default, "relative", "saturation" or "absolute"); strip (True: no
        metadata but the ICC profile; "all": not even that). Of their coding: quality (1 to 100, or
        "keep": as a JPEG input has it); lossless; for JPEG progressive, optimize and restart (rows
        of blocks); for PNG and TIFF level (1 to 9); for TIFF compression ("none", "lzw",
        "deflate") and predictor ("none", "horizontal"). Of the work: jobs (1 to 1024); memory
        (bytes for all files in work; default: half of what is available); sync ("file", the
        default: a file gets its name once it is on the disk; "none"); fail_fast; mode (one of
        lutist.MODES; single is one job at a time).
    Returns a Report.
    Raises ParameterError, KeyboardInterrupt, and what progress raises. An exception that ends a run
    carries the Report so far as its attribute report.
    """
    if engine is not None:
        from . import dask

        hooks = {"progress": progress, "per_image": per_image}
        return dask.batch(engine, develop, inputs, output, **hooks, **options)
    check_functions(develop, progress=progress, per_image=per_image)
    chosen = take(develop, options)
    hooks = {"progress": progress, "per_image": per_image}
    return run(develop, paths_of(inputs), output, develop.settings(**options), chosen, **hooks)


def run(develop, paths, output, settings, chosen, *, progress=None, per_image=None, **more):
    """batch, of arguments that were checked. more: those of _lutist.batch that batch has not."""
    stages, files = stages_and_files(develop, settings)
    (items, stopped), error = _lutist.batch(
        stages,
        paths,
        output,
        progress=progress,
        files=files,
        look=_look(develop, settings, chosen.get("resume")),
        looks=_looks(develop, per_image, settings, files, chosen),
        **chosen,
        **more,
    )
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
