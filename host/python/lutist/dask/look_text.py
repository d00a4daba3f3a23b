"""A look that travels: the text of its script and of what lies beside it, each with its hash."""

import contextlib
import hashlib
import os
import shutil
import tempfile

from _lutist import Error, ParameterError

from ..script.loading import load

MOST = 1 << 20  # bytes of a file that is sent along


def _read(path):
    """The bytes of a file, or None."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def _hash(content):
    return hashlib.sha256(content).hexdigest()


class LookText:
    """name: of the pipeline; script: the path of its script where it was sent from.

    sent: {path below the script's folder: (hash, bytes; None: too many)}; elsewhere: {path: hash},
    of tables and the files of parameters. digest: of all of it.
    """

    def __init__(self, develop, files, of_parameters):
        if not os.path.isfile(develop.path):
            raise ParameterError(
                f"{develop.__name__}() is in no file, so it cannot be sent: load it from a script",
            )
        self.name, self.script = develop.__name__, os.path.abspath(develop.path)
        self.sent, self.elsewhere = {}, {}
        folder = os.path.dirname(self.script) + "/"
        for path in {os.path.abspath(path) for path in files if os.path.isfile(path)}:
            content = _read(path)
            if path.startswith(folder) and path not in of_parameters:
                kept = content if len(content) <= MOST else None
                self.sent[path.removeprefix(folder)] = _hash(content), kept
            else:
                self.elsewhere[path] = _hash(content)
        hashes = {path: sent[0] for path, sent in self.sent.items()}
        self.digest = _hash(
            repr(sorted({**hashes, **self.elsewhere, "": self.name}.items())).encode()
        )

    def load(self, folder):
        """The pipeline: from its own place where all is there as it was, else from `folder`, in
        which the text is unpacked. Raises Error for a file that differs and was not sent."""
        home = os.path.dirname(self.script)
        for path, wanted in self.elsewhere.items():
            self._check(path, wanted)
        if not all(self._is_there(home, name) for name in self.sent):
            home = self._unpack(folder)
        return load(os.path.join(home, os.path.basename(self.script)) + f":{self.name}")

    def _is_there(self, home, name):
        content = _read(os.path.join(home, name))
        return content is not None and _hash(content) == self.sent[name][0]

    def _check(self, path, wanted):
        content = _read(path)
        if content is None or _hash(content) != wanted:
            told = "is not on the worker" if content is None else "differs on the worker"
            raise Error(f"{path}: {told}; put it on storage that all machines share")

    def _unpack(self, folder):
        place = os.path.join(folder, f"lutist-look-{self.digest}")
        if os.path.isdir(place):
            return place
        draft = tempfile.mkdtemp(dir=folder)
        try:
            self._write(draft)
            with contextlib.suppress(OSError):  # another thread was faster
                os.rename(draft, place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return place

    def _write(self, draft):
        for name, (wanted, content) in self.sent.items():
            target = os.path.join(draft, name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            if content is None:
                self._check(os.path.join(os.path.dirname(self.script), name), wanted)
                os.symlink(os.path.join(os.path.dirname(self.script), name), target)
            else:
                with open(target, "wb") as file:
                    file.write(content)
