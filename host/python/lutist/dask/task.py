"""A task, on a worker: some hundred megabytes of files, by the engine of lutist.batch."""

import os
import threading
import time
from types import SimpleNamespace

from _lutist import Error, __version__

from .. import batching
from . import journals

_EVERY = 1.0  # seconds between two looks at whether the driver wants the task
_STOPPED = set()  # the names of batches that begin no more files
_LOADED = {}  # digest: pipeline
_LOCK = threading.Lock()


class _StoppedError(Exception):
    pass


def _worker():
    from distributed import get_worker

    return get_worker()


def version():
    """The driver asks each worker."""
    return __version__


def stop(name):
    """The driver tells each worker."""
    _STOPPED.add(name)


def unseen(address, path):
    return (
        f"the worker {address} does not see {path}, which is there for the driver; all machines "
        "must see inputs and outputs under the same paths"
    )


class _Stop:
    """The driver's wish to begin no more files."""

    def __init__(self, name):
        self.name, self.again = name, 0.0
        self.worker = _worker()
        self.key = self.worker.get_current_task()

    def heed(self, *_):
        """For `progress` of a batch. Raises _StoppedError."""
        if time.monotonic() < self.again:
            return
        self.again = time.monotonic() + _EVERY
        if self.name in _STOPPED or self._is_dropped():
            raise _StoppedError

    def _is_dropped(self):
        """Has the driver cancelled the task, or died?"""
        state = self.worker.state.tasks.get(self.key)
        return state is None or state.state == "cancelled"


def _pipeline(look):
    with _LOCK:
        if look.digest not in _LOADED:
            _LOADED[look.digest] = look.load(_worker().local_directory)
        return _LOADED[look.digest]


def _unpickled(address, common, sent):
    """The task. Raises Error where the worker lacks a module of per_image."""
    from distributed.protocol import pickle

    try:
        return SimpleNamespace(**pickle.loads(common), **pickle.loads(sent))
    except (ImportError, AttributeError) as missing:
        raise Error(f"the worker {address} cannot read what per_image needs: {missing}") from None


def develop(version, common, sent):
    """(rows, lines of the journal, why it was stopped, the worker's address where it sees none of
    the inputs): a row is what a report has of an input.

    version: the driver's; common, sent: pickled, what _Run.prepare has for all tasks and _Run.send
    for one. Raises ImportError where the worker has another version.
    """
    address = _worker().address
    if version != __version__:
        raise ImportError(f"lutist {__version__}")
    task = _unpickled(address, common, sent)
    blind = "" if any(map(os.path.lexists, task.inputs)) else address
    try:
        report = _report(task)
        lines = [] if report is None else journals.own_lines(task.journal)
    except Error:
        raise
    except ModuleNotFoundError as missing:
        raise Error(
            f"the worker {address} has no module {missing.name}, which {task.look.script} needs; "
            "install it there, or put it beside the script",
        ) from None
    except OSError as error:
        raise Error(f"the worker {address}: {error}") from None
    if report is None:
        return [("left", "", 0.0, "", False)] * len(task.inputs), [], "", blind
    return _rows(report, task), lines, report.stopped, blind


def _rows(report, task):
    """What is skipped was done by a worker that had the task before, and whose answer was lost."""
    done = journals.done(task.journal, task.outputs)[0]
    return [
        ("done" if output in done else item.state, item.reason, item.ms, item.note, item.damaged)
        for item, output in zip(report, task.outputs, strict=True)
    ]


def _report(task):
    """None: nothing was begun."""
    wish = _Stop(task.stop)
    try:
        wish.heed()
        return _run(_pipeline(task.look), task, wish)
    except _StoppedError as stopped:
        return getattr(stopped, "report", None)


def _run(look, task, wish):
    try:
        journals.begin(task.journal)
    except FileNotFoundError:
        raise Error(unseen(_worker().address, task.journal)) from None
    try:
        return batching.run(
            look,
            task.inputs,
            task.folder or os.path.dirname(task.outputs[0]),
            task.settings,
            {**task.options, "resume": True},
            progress=wish.heed,
            per_image=task.per_image,
            outputs=task.outputs,
            label=task.label,
        )
    except Exception as error:
        if not isinstance(error, _StoppedError):
            error.__dict__.pop("report", None)  # it stays here
        raise
