"""os._exit in a look's code."""

import os
import posix


def take():
    """From here on os._exit raises SystemExit in this process, as sys.exit does: a look that ends
    the process, perhaps with exit code 0, would end a batch or a window with it, without a word.
    Forked children keep Python's."""
    leave, process = posix._exit, os.getpid()

    def _exit(status):
        if os.getpid() != process:
            leave(status)
        raise SystemExit(status)

    posix._exit = os._exit = _exit
