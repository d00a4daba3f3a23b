"""Timers that a script leaves running: by themselves they would end the process."""

import _signal  # the module signal wraps it in Enums, which cost as much as all of lutist
import atexit

import _lutist

_TIMERS = {
    _signal.SIGALRM: ("SIGALRM", "ITIMER_REAL"),  # of alarm() too
    _signal.SIGVTALRM: ("SIGVTALRM", "ITIMER_VIRTUAL"),
    _signal.SIGPROF: ("SIGPROF", "ITIMER_PROF"),
}
_told = set()


def take():
    """From here on a timer that goes off without a handler of the script's is stopped, and the
    first one is told of. The timers of a signal that the host handles itself are left alone. They
    go off on the calling thread, which is Python's main one."""
    for number in _TIMERS:
        if _signal.getsignal(number) == _signal.SIG_DFL:
            _signal.signal(number, _over)
            _signal.siginterrupt(number, False)
            # It runs behind the script's own exit functions, and before Python drops all handlers.
            atexit.register(_stop, number)
    _signal.pthread_sigmask(_signal.SIG_UNBLOCK, _TIMERS)


def _stop(number):
    _signal.setitimer(getattr(_signal, _TIMERS[number][1]), 0)


def _over(number, frame):
    _stop(number)
    if number in _told:
        return
    _told.add(number)
    name, timer = _TIMERS[number]
    _lutist.log(
        f"a timer of the script has gone off ({name}) without a handler, and is stopped: handle "
        f"the signal, or end the timer with signal.setitimer(signal.{timer}, 0)"
    )
