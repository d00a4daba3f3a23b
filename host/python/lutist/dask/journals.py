"""The journals of a batch on a cluster: host/batch/journal/journal.h.

Each task keeps one of its own, beside that of the whole. The driver makes it with what is known of
the task's files, so another worker can go on where one has died. In the end the driver adds its
lines to that of the whole and removes it. A driver has a file of its own there, too, which it locks
while it lives, so that no other takes the journals of its tasks.
"""

import contextlib
import fcntl
import glob
import itertools
import json
import os
import re
import time

from _lutist import Error

HEAD = '{"lutist": "journal", "format": 1}\n'
END = '{"state": "end"}'
LABEL = "dask-"  # a task's journal has it in its name
_PATIENCE = 300  # seconds: a file server frees the lock of a dead machine after its lease
_LINES = {"encoding": "utf-8", "errors": "surrogateescape"}


def labelled(place, label):
    """The path of a task's journal, where `place` is that of the whole."""
    stem, ext = os.path.splitext(place)
    return f"{stem}.{label}{ext}"


def lines_of(path):
    """The whole lines behind the head; none where there is no such file."""
    try:
        with open(path, **_LINES) as file:
            text = file.read()
    except FileNotFoundError:
        return []
    return text.rpartition("\n")[0].split("\n")[1:]


def _read(line):
    """A line as a dict; an empty one where it is torn."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _at(place):
    """The journals there: those of parts, then the one of the whole."""
    folder, name = os.path.split(place)
    stem, ext = os.path.splitext(name)
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    parts = [n for n in names if n.startswith(f"{stem}.") and n.endswith(ext) and n != name]
    return [os.path.join(folder, n) for n in (*sorted(parts), name)]


def _keys(output, prefix):
    """The names that lines have for an output and the sidecars beside it."""
    stem = os.path.splitext(output)[0]
    paths = (output, *(f"{start}.{ext}" for start in (output, stem) for ext in ("xmp", "XMP")))
    return [path.removeprefix(prefix) for path in paths]


def known(place, outputs, prefix):
    """{output: the lines of it and of its sidecars}, from all journals at `place`."""
    wanted = {key: output for output in outputs for key in _keys(output, prefix)}
    found = {}
    for path in _at(place):
        for line in lines_of(path):
            output = wanted.get(_read(line).get("output"))
            if output:
                found.setdefault(output, []).append(line)
    return found


def _lock(file, patience=0):
    """Is the file ours? False: another has it at the end of so many seconds. None: the file system
    has no locks."""
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(0.5)
        except OSError:
            return None
        else:
            return True


def _is_at(file, path):
    """Does the file still have this name?"""
    try:
        return os.path.samestat(os.fstat(file), os.stat(path))
    except FileNotFoundError:
        return False


def _own(path):
    """A driver's file, open and locked. Another driver may take it for one that was left behind,
    and remove it, before it is locked."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        _lock(file, _PATIENCE)
        if _is_at(file, path):
            os.write(file, HEAD.encode())  # a journal that tells of no file
            return file
        os.close(file)


@contextlib.contextmanager
def owned(place, name):
    """While this lasts, no other driver takes the journals that are labelled `name`-…"""
    path = labelled(place, name)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        file = _own(path)
    except OSError as error:
        raise Error(f"{path}: {error.strerror}") from None
    try:
        yield
    finally:
        remove(path)
        os.close(file)


def _is_left(path):
    """Has the driver died whose file this is? A file that cannot be opened tells nothing."""
    try:
        with open(path, "r+b") as file:
            return _lock(file) is True
    except OSError as error:
        return isinstance(error, FileNotFoundError)


def make(path, lines):
    """A task's journal, by the driver. lines: what is known of the task's files. A worker that
    finds none there has other storage."""
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "x", **_LINES) as file:
            file.write(HEAD + "".join(f"{line}\n" for line in (*lines, END)))
    except OSError as error:
        raise Error(f"{path}: {error.strerror}") from None


def begin(path):
    """On a worker: wait until the machine's or the server's lock is gone of one that had the task
    before and died. Raises FileNotFoundError where the worker does not see the journal."""
    with open(path, "r+b") as file:
        _lock(file, _PATIENCE)


def own_lines(path):
    """What the task has added to what was known before."""
    lines = lines_of(path)
    start = lines.index(END) + 1 if END in lines else 0
    return [line for line in lines[start:] if line != END]


def done(path, outputs):
    """The outputs that a task has written, and the lines that it has added. A line is written
    before the output has its name."""
    lines = own_lines(path)
    keys = {f.get("output") for f in map(_read, lines) if f.get("state") == "done"}
    prefix = os.path.dirname(path) + "/"
    told = {o for o in outputs if o in keys or o.removeprefix(prefix) in keys}
    return {o for o in told if os.path.lexists(o)}, lines


def remove(path):
    with contextlib.suppress(OSError):
        os.unlink(path)


class Main:
    """The journal of the whole, open and locked where the batch is one that can go on. What tasks
    have left whose driver died is added to it."""

    def __init__(self, place, kept):
        self.place, self.kept, self.file = place, kept, None

    @contextlib.contextmanager
    def _named(self):
        """An OSError, as of a full disk, becomes an Error that names the journal."""
        try:
            yield
        except OSError as error:
            raise Error(f"{self.place}: {error.strerror}") from None

    def __enter__(self):
        if self.kept:
            with self._named():
                self._open()
        return self

    def _open(self):
        os.makedirs(os.path.dirname(self.place), exist_ok=True)
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        self.file = os.open(self.place, flags, 0o666)
        try:
            self._lock()
            self._begin()
            self._adopt()
        except BaseException:
            os.close(self.file)
            raise

    def _lock(self):
        if _lock(self.file) is False:
            raise Error(
                f"{self.place}: another run writes there now; wait for its end, or write to "
                "another folder",
            )

    def _begin(self):
        size = os.fstat(self.file).st_size
        if size < len(HEAD):
            os.ftruncate(self.file, 0)
            os.write(self.file, HEAD.encode())
        elif os.pread(self.file, 1, size - 1) != b"\n":
            os.write(self.file, b"\n")

    def _adopt(self):
        stem, ext = map(glob.escape, os.path.splitext(self.place))
        paths = sorted(glob.glob(f"{stem}.{LABEL}*{ext}"))
        for owner, left in itertools.groupby(paths, self._owner):
            if _is_left(owner):
                for path in left:
                    self.take(path, (True,))

    def _owner(self, path):
        """The path of the file of the driver whose task has the journal `path`."""
        start = len(os.path.splitext(self.place)[0]) + 1
        return labelled(self.place, re.match(rf"{LABEL}[^-.]*", path[start:])[0])

    def take(self, path, locked=(True, None)):
        """Add what a task has added to its journal, and remove that, unless a worker has it.
        locked: what the lock must tell."""
        with (
            contextlib.suppress(FileNotFoundError, PermissionError),
            open(path, "r+b") as file,
        ):
            if _lock(file) in locked:
                self.add(own_lines(path))
                remove(path)

    def add(self, lines):
        if self.file is not None and lines:
            text = "".join(f"{line}\n" for line in lines).encode(**_LINES)
            with self._named():
                while text:
                    text = text[os.write(self.file, text) :]
                os.fsync(self.file)

    def __exit__(self, *_):
        if self.file is not None:
            os.close(self.file)
