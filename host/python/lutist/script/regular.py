"""Reading a file that a user names: an ordinary one.

A pipe would be waited for, and a device can do anything.
"""

import errno
import os
from stat import S_ISFIFO, S_ISREG


def read(path, most=-1):
    """Its bytes, not more than `most`. Raises OSError."""
    _check(os.stat(path), path)
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    with open(handle, "rb") as file:
        _check(os.fstat(handle), path)
        return file.read(most)


def _check(info, path):
    if S_ISREG(info.st_mode):
        return
    if S_ISFIFO(info.st_mode):
        raise OSError(errno.ESPIPE, "is a pipe; put its content into a file first", path)
    if not os.path.isdir(path):
        raise OSError(errno.EINVAL, "not an ordinary file", path)
    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
