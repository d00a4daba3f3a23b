"""The user's own presets of a script: lutist/presets/SCRIPT.json of the user's data folder.

{"presets": {FUNCTION: {NAME: {PARAMETER: value}}}}. A file is changed under a lock on its folder
and replaced as a whole, so that two programs at a time lose nothing.
"""

import os

from _lutist import Error, data_folder

from ..script import regular


def path_of(pipeline):
    """Where the user's presets of this script lie; None: the user has no home."""
    own = data_folder()
    return own and os.path.join(own, "presets", pipeline.script + ".json")


class Damaged(Exception):
    """The file cannot be read, or is not a presets file."""


def read(path):
    """{function: {name: {parameter: value}}}. Raises Damaged."""
    if path is None or not os.path.lexists(path):
        return {}
    try:
        return _all_of(regular.read(path))
    except OSError as error:
        raise Damaged(f"{path}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise Damaged(f"{path} is not a presets file ({error}): mend it, or move it away") from None


def _all_of(text):
    from json import loads  # most looks have no presets

    found = loads(text)
    found = found.get("presets") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not all(isinstance(v, dict) for v in found.values()):
        raise ValueError('"presets" is missing')
    return found


class Changed:
    """`with Changed(path, function) as presets`: those of one function, to be changed.

    They are read under the lock, and written at the end unless an exception ends the block.
    Raises Error where the file is damaged (it is left as it is) or cannot be written.
    """

    def __init__(self, path, function):
        self.path, self.function = path, function

    def __enter__(self):
        if self.path is None:
            raise Error("there is no home folder to keep presets in: set HOME or XDG_DATA_HOME")
        folder = os.path.dirname(self.path)
        try:
            os.makedirs(folder, exist_ok=True)
            self.folder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            raise Error(f"{folder}: {error.strerror}") from None
        try:
            return self._begin()
        except BaseException:
            os.close(self.folder)
            raise

    def _begin(self):
        from fcntl import LOCK_EX, flock

        try:
            flock(self.folder, LOCK_EX)
            self.all = read(self.path)
        except OSError as error:
            raise Error(f"{self.path}: {error.strerror}") from None
        except Damaged as damage:
            raise Error(str(damage)) from None
        return self.all.setdefault(self.function, {})

    def __exit__(self, kind, error, trace):
        try:
            if kind is None:
                self._write()
        except OSError as failure:
            raise Error(f"{self.path}: {failure.strerror}") from None
        finally:
            os.close(self.folder)

    def _write(self):
        """To a temporary name, which is renamed when it is on the disk."""
        from json import dumps

        text = dumps({"presets": self.all}, indent=2) + "\n"
        new = f"{self.path}.new"
        try:
            if os.path.lexists(new):  # of a program that was killed: the lock is ours
                os.unlink(new)
            with open(new, "x", encoding="ascii") as file:
                if os.path.lexists(self.path):
                    os.fchmod(file.fileno(), os.stat(self.path).st_mode & 0o777)
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(new, self.path)
            os.fsync(self.folder)
        except OSError:
            if os.path.lexists(new):
                os.unlink(new)
            raise
