"""The signals that end a run, in the process and in its forked children."""

import _signal  # the module signal wraps it in Enums, which cost as much as all of lutist
import os
from _thread import get_ident


def take():
    """SIGTERM and SIGHUP end a run in order, as SIGINT does. They kill a forked child at once."""
    for number in (_signal.SIGTERM, _signal.SIGHUP):
        if _signal.getsignal(number) == _signal.SIG_DFL:
            _signal.signal(number, _signal.default_int_handler)
    os.register_at_fork(before=_hold, after_in_parent=_let_go, after_in_child=_drop)


# Signal masks of threads that are forking. The child drops our handlers before it unblocks the
# signals: a handler of ours would swallow one that came meanwhile.
_masks = {}


def _hold():
    _masks[get_ident()] = _signal.pthread_sigmask(
        _signal.SIG_BLOCK, (_signal.SIGTERM, _signal.SIGHUP)
    )


def _let_go():
    _signal.pthread_sigmask(_signal.SIG_SETMASK, _masks.pop(get_ident()))


def _drop():
    for number in (_signal.SIGTERM, _signal.SIGHUP):
        if _signal.getsignal(number) is _signal.default_int_handler:
            _signal.signal(number, _signal.SIG_DFL)
    _let_go()
