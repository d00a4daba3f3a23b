"""lutist.dask: a batch on the workers of a Dask cluster, with the engine of lutist.batch.

The files lie on storage that all machines share, under the same names; pixels stay there.
"""

import contextlib
import itertools
import os
import queue
import warnings

from _lutist import Error, __version__, journal_place

from .. import batching
from ..script.files_read import stages_and_files
from ..values import short
from . import journals
from .look_text import LookText

# The driver has heeded these when it lists the files.
_LISTED = (
    "recursive",
    "include",
    "exclude",
    "retry_failed",
    "part",
    "skip_existing",
    "newer",
    "dry_run",
)
# These tell how files are developed, which a dry run does not.
_WORK = ("mode", "jobs")
_SEVERAL = 4  # tasks a thread, where the inputs are few
_AHEAD = 3  # tasks a thread that the scheduler knows of
_SENT = ("inputs", "outputs", "label", "journal")  # of a task
_UNFIT = 4  # workers that a task may meet one after the other and that cannot do it
# Text, and the rest pickled: what cannot be read there fails the task, not the worker.
_DEVELOP = "__import__('lutist.dask.task').dask.task.develop(version, common, sent)"
_VERSION = "__import__('lutist.dask.task').dask.task.version()"
_CLOSED = "closing", "closed"
_NO_LUTIST = ImportError, AttributeError  # from a worker without this version of lutist
_QUIET = 10  # seconds without a result until the workers are counted


def batch(
    client,
    develop,
    inputs,
    output,
    *,
    progress=None,
    per_image=None,
    task_bytes=300_000_000,
    **options,
):
    """lutist.batch on the workers of a Dask cluster; lutist.batch(engine=client) calls this.

    client: a distributed.Client.
    progress: called here, for all files of a task when that has ended.
    per_image: must be a function that Dask can send to the workers.
    task_bytes: the size of a task's inputs in bytes; smaller ones where the inputs are few.
    develop, inputs, output, options: as for lutist.batch; jobs is for each thread of the workers,
        of which each has a task (default: 1).
    Each worker needs this version of lutist, and sees inputs and outputs under their absolute paths
    here. The script, its modules and tables up to 1 MiB are sent with the tasks; larger tables and
    files of parameters must lie there as they do here. A worker that dies costs its tasks, which
    others go on with; a task with which four workers have died, and no file was done meanwhile, has
    failed. The first KeyboardInterrupt lets the files in work be finished, the second leaves them.
    Returns a Report. Raises what lutist.batch raises; Error where distributed is not installed.
    """
    distributed = _distributed()
    if not isinstance(client, distributed.Client) or client.asynchronous:
        raise TypeError(
            f"engine={short(client)}: must be a distributed.Client that is not asynchronous"
        )
    if client.status in _CLOSED:
        raise Error(f"engine={short(client)}: is closed")
    batching.check_functions(develop, progress=progress, per_image=per_image)
    chosen = batching.take(develop, options)
    settings = develop.settings(**options)
    paths = batching.paths_of(inputs)
    listed = _list(develop, paths, output, settings, chosen)
    if chosen.get("dry_run"):
        return listed
    run = _Run(client, listed, progress, chosen)
    run.prepare(develop, output, settings, per_image, task_bytes)
    return run.run()


def _distributed():
    try:
        import distributed
    except ModuleNotFoundError:
        raise Error(
            "lutist.dask needs the package distributed: pip install distributed, "
            "or Debian's python3-distributed",
        ) from None
    return distributed


def _list(develop, paths, output, settings, chosen):
    """What a batch on this machine would do: a Report in which `done` is what is to be done."""
    unused = _WORK if chosen.get("resume") else (*_WORK, "journal")
    chosen = {name: value for name, value in chosen.items() if name not in unused}
    return batching.run(develop, paths, output, settings, {**chosen, "dry_run": True})


def _cut(sizes, threads, most):
    """Ranges of neighbours with `most` bytes or fewer, several for each thread."""
    each = min(most, max(1, sum(sizes) // (threads * _SEVERAL)))
    start = held = 0
    for i, size in enumerate(sizes):
        held += size
        if held >= each:
            yield range(start, i + 1)
            start, held = i + 1, 0
    if start < len(sizes):
        yield range(start, len(sizes))


def _pickled(value):
    from distributed.protocol import pickle

    return pickle.dumps(value)


def _size(path):
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


class _Run:
    """The driver's part of a batch. items: the report's; todo: of these, those to be done."""

    def __init__(self, client, listed, progress, chosen):
        self.client, self.items, self.progress = client, listed, progress
        self.todo = [item for item in listed if item.state == "done"]
        self.rest = [item for item in listed if item.state != "done"]
        for item in self.todo:
            item.state = "left"
        self.fail_fast, self.finished = chosen.get("fail_fast"), 0
        self.options = {name: value for name, value in chosen.items() if name not in _LISTED}
        self.options.setdefault("jobs", 1)
        if chosen.get("newer"):
            self.options["overwrite"] = True
        self.name = f"{journals.LABEL}{os.urandom(4).hex()}"
        self.here = os.getcwd()
        self.futures, self.ended = {}, queue.SimpleQueue()
        # Was it told that no worker is there, to stop, and of a worker that cannot do it?
        self.alone = self.stopped = self.told_unfit = False

    def prepare(self, develop, output, settings, per_image, task_bytes):
        """Cut the files into tasks, and open the journal."""
        given = self.options.get("journal")
        place = os.path.join(self.here, os.fsdecode(given or journal_place(output)))
        if given:
            self.options["journal"] = place
        profile = self.options.get("convert")
        if profile and profile != "srgb":
            self.options["convert"] = os.path.join(self.here, os.fsdecode(profile))
        resume = self.options.pop("resume", False)
        self.place, self.journal = place, journals.Main(place, resume)
        files = stages_and_files(develop, settings)[1]
        common = {
            "look": LookText(develop, files, develop.files_of(settings)),
            "settings": settings,
            "options": self.options,
            "per_image": per_image,
            "folder": None if given else os.path.dirname(place),
            "stop": self.name,
        }
        try:
            self.common = _pickled(common)
        except Exception as error:  # Dask's own as well as pickle's
            raise TypeError(f"{short(per_image)}: cannot be sent to the workers: {error}") from None
        inputs = [os.path.join(self.here, item.input) for item in self.todo]
        outputs = [os.path.join(self.here, item.output) for item in self.todo]
        prefix = "" if given else os.path.dirname(place) + "/"
        known = journals.known(place, outputs, prefix) if resume else {}
        sizes = [_size(path) for path in inputs]
        threads = self.threads() or 1
        self.tasks = [
            {
                "items": self.todo[part.start : part.stop],
                "inputs": inputs[part.start : part.stop],
                "outputs": outputs[part.start : part.stop],
                "known": [line for i in part for line in known.get(outputs[i], ())],
                "label": f"{self.name}-{number}",
                "journal": journals.labelled(place, f"{self.name}-{number}"),
                "sent": 0,  # how often
                "done": 0,  # files, by workers that have died
                "unfit": 0,  # workers
            }
            for number, part in enumerate(_cut(sizes, threads, task_bytes))
        ]

    def threads(self):
        """Those of the cluster. Tells once where there are none."""
        threads = sum(self.client.nthreads().values())
        if not threads and not self.alone:
            place = self.client.scheduler.address
            warnings.warn(f"{place} has no workers; the batch waits for one", stacklevel=2)
        self.alone = not threads
        return threads

    def unfit(self):
        """{address: what is wrong} of the workers that cannot do it."""
        unfit = {}
        for address, found in self.client.run(eval, _VERSION, on_error="return").items():
            if isinstance(found, _NO_LUTIST):
                unfit[address] = f"the worker {address} has no lutist {__version__}: {found}"
            elif isinstance(found, str) and found != __version__:
                told = f"has lutist {found}, not {__version__} as here"
                unfit[address] = f"the worker {address} {told}"
        return unfit

    def check_workers(self):
        """Raises Error for a worker that cannot do it."""
        for told in self.unfit().values():
            raise Error(told)

    def part(self, error):
        """Retire the workers that cannot do it, which came later, and tell once."""
        unfit = self.unfit() or {"": f"a worker has no lutist {__version__}: {error}"}
        if not self.told_unfit:
            told = next(iter(unfit.values()))
            warnings.warn(f"{told}; it and others like it leave the cluster", stacklevel=2)
        self.told_unfit = True
        self.client.retire_workers([address for address in unfit if address], close_workers=True)

    def run(self):
        """Returns the Report; an exception has it as its attribute."""
        try:
            with self.journal:
                self.check_workers()
                for item in self.rest:
                    self.tell(item)
                if self.tasks:
                    with journals.owned(self.place, self.name):
                        self.work()
        except BaseException as error:
            told = self.closed(error)
            BaseException.__setattr__(told, "report", self.items)
            if told is error:
                raise
            raise told from None
        return self.items

    def is_closed(self):
        return self.client.status in _CLOSED

    def closed(self, error):
        """An Error for what follows from a client that was closed; else the same."""
        if not (self.is_closed() and isinstance(error, Exception)):
            return error
        return Error("the Dask client was closed; what is done stays: resume=True goes on")

    def work(self):
        waiting = iter(self.tasks)
        try:
            self.submit(waiting)
            while self.futures:
                future = self.wait()
                if future:
                    self.take(future)
                self.submit(waiting)
        except BaseException:
            if self.is_closed():
                self.salvage()
            else:
                self.end()
            raise

    def submit(self, waiting):
        """As many more tasks as the cluster has use for."""
        more = 0 if self.halted() else _AHEAD * max(2, self.threads()) - len(self.futures)
        for task in itertools.islice(waiting, max(0, more)):
            journals.make(task["journal"], task["known"])
            self.send(task)

    def send(self, task):
        sent = _pickled({name: task[name] for name in _SENT})
        task["sent"] += 1
        future = self.client.submit(
            eval,
            _DEVELOP,
            {"version": __version__, "common": self.common, "sent": sent},
            key=f"lutist-{task['label']}-{task['sent']}",
            pure=False,
        )
        self.futures[future] = task
        future.add_done_callback(self.ended.put)

    def send_again(self, future):
        self.send(self.futures.pop(future))
        future.release()

    def wait(self, seconds=_QUIET):
        """The future of a task that has ended; None: none has for so long."""
        with contextlib.suppress(queue.Empty):
            return self.ended.get(timeout=seconds)

    def halted(self):
        """Is nothing more to be begun? The tasks that have begun are told, too."""
        failed = self.fail_fast and any(item.state == "failed" for item in self.items)
        if failed or self.items.stopped:
            self.stop()
        return failed or self.items.stopped

    def stop(self):
        """Tell the workers to begin no more files; those that come later do not know of it."""
        from .task import stop

        self.stopped = True
        self.client.run(stop, self.name, on_error="ignore")

    def take(self, future):
        """The result of a task."""
        task = self.futures[future]
        try:
            rows, lines, stopped, blind = future.result()
        except _killed():
            done, lines = journals.done(task["journal"], task["outputs"])
            if len(done) > task["done"] and not self.stopped:
                task["done"] = len(done)
                self.send_again(future)
                return
            rows, stopped, blind = _rows_of_killed(task, done), "", ""
        except _NO_LUTIST as error:
            self.part(error)
            task["unfit"] += 1
            if task["unfit"] == _UNFIT:
                raise Error(f"{task['label']}: no worker can do it: {error}") from None
            self.send_again(future)
            return
        except _cancelled():
            raise Error(
                f"{self.client.scheduler.address} has dropped the batch: is the scheduler gone? "
                "What is done stays: resume=True goes on",
            ) from None
        del self.futures[future]
        future.release()
        self.journal.add(lines)
        journals.remove(task["journal"])
        self.check_seen(task, blind)
        self.items.stopped = self.items.stopped or stopped
        for item, row, path in zip(task["items"], rows, task["inputs"], strict=True):
            item.state, item.reason, item.ms, item.note, item.damaged = row
            item.reason = item.reason.replace(path, item.input)
            item.note = item.note.replace(path, item.input)
        for item in task["items"]:
            if item.state != "left":
                self.tell(item)

    def check_seen(self, task, blind):
        """Raises Error where a worker sees none of a task's inputs and the driver sees one."""
        from .task import unseen

        here = [path for path in task["inputs"] if blind and os.path.lexists(path)]
        if here:
            raise Error(unseen(blind, here[0]))

    def tell(self, item):
        self.finished += 1
        if self.progress:
            total = len(self.items)
            self.progress(item.input, item.output, item.reason, self.finished, total)

    def pending(self):
        return [future for future in self.futures if future.status == "pending"]

    def end(self):
        """Let the files in work be finished, and keep what is told of them."""
        self.progress = None
        try:
            while self.pending() and self.client.nthreads():
                self.stop()
                self.wait(1)
            for future in [future for future in self.futures if future.status == "finished"]:
                self.take(future)
        finally:
            if self.pending():
                self.client.cancel(self.pending())
            self.salvage()

    def salvage(self):
        """What workers have done of the tasks whose results do not come."""
        for task in self.futures.values():
            done = journals.done(task["journal"], task["outputs"])[0]
            for item, output in zip(task["items"], task["outputs"], strict=True):
                item.state = "done" if output in done else item.state
            self.journal.take(task["journal"])


def _killed():
    from distributed.scheduler import KilledWorker

    return KilledWorker


def _cancelled():
    from distributed import CancelledError

    return CancelledError


def _rows_of_killed(task, done):
    """Of a task with which several workers have died: what they have done stays."""
    told = "the workers that developed its task died, one after the other; is memory short?"
    return [
        ("done", "", 0.0, "", False)
        if output in done
        else ("failed", f"{path}: {told}", 0.0, "", False)
        for path, output in zip(task["inputs"], task["outputs"], strict=True)
    ]
