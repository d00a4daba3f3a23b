"""A task, on a worker: some hundred megabytes of files, by the engine of lutist.batch."""

import os
import threading
import time

from _lutist import Error, __version__

from .. import batching
from . import journals

_EVERY = 1.0  # seconds between two looks at whether the driver has stopped the batch
_LOADED = {}  # digest: pipeline
_LOCK = threading.Lock()


class _StoppedError(Exception):
    pass


class _Stop:
    """The driver's wish to begin no more files."""

    def __init__(self, name):
        from distributed import Event

        self.event, self.again = Event(name), 0.0

    def heed(self, *_):
        """For `progress` of a batch. Raises _StoppedError."""
        if time.monotonic() < self.again:
            return
        self.again = time.monotonic() + _EVERY
        if self.event.is_set():
            raise _StoppedError


def _pipeline(look):
    from distributed import get_worker

    with _LOCK:
        if look.digest not in _LOADED:
            _LOADED[look.digest] = look.load(get_worker().local_directory)
        return _LOADED[look.digest]


def develop(task):
    """(rows, lines of the journal, why it was stopped): a row is what a report has of an input."""
    if task["version"] != __version__:
        raise Error(f"a worker has lutist {__version__}, not {task['version']} as here")
    look, stop = _pipeline(task["look"]), _Stop(task["stop"])
    try:
        stop.heed()
        report = _run(look, task, stop)
    except _StoppedError as stopped:
        report = getattr(stopped, "report", None)
    if report is None:
        return [("left", "", 0.0, "", False)] * len(task["inputs"]), [], ""
    rows = [(item.state, item.reason, item.ms, item.note, item.damaged) for item in report]
    return rows, journals.own_lines(task["journal"]), report.stopped


def _run(look, task, stop):
    journals.seed(task["journal"], task["known"])
    journals.wait_until_free(task["journal"])
    try:
        return batching.run(
            look,
            task["inputs"],
            task["folder"] or os.path.dirname(task["outputs"][0]),
            task["settings"],
            {**task["options"], "resume": True},
            progress=stop.heed,
            per_image=task["per_image"],
            outputs=task["outputs"],
            label=task["label"],
        )
    except Exception as error:
        if not isinstance(error, _StoppedError):
            error.__dict__.pop("report", None)  # it stays here
        raise
