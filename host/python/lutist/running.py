"""lutist run: a job file as __main__, every ending turned into an exit code."""

import _signal  # the module signal is an Enum around it, and costs as much as all of lutist
import os
import sys
from _thread import get_ident

from _lutist import ParameterError

from .errors import own_part
from .loading import check_text

FAILED, INTERRUPTED = 3, 130


def take_signals():
    """SIGTERM and SIGHUP end a run as SIGINT does: in order. In a forked child they just end it."""
    for number in (_signal.SIGTERM, _signal.SIGHUP):
        if _signal.getsignal(number) == _signal.SIG_DFL:
            _signal.signal(number, _signal.default_int_handler)
    os.register_at_fork(before=_hold, after_in_parent=_let_go, after_in_child=_drop)


# Signal masks of threads that are forking. A signal that comes to the child before it has
# dropped our handlers waits, and then ends it: caught by ours it would be lost.
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


def job(argv):
    """Run argv[0] with sys.argv = argv; the exit code. Raises ParameterError (no such file)."""
    path = os.path.abspath(argv[0])
    try:
        with open(path, "rb") as file:
            source = file.read()
    except OSError as error:
        raise ParameterError(f"{argv[0]}: {error.strerror}") from None
    sys.argv = argv
    sys.path.insert(0, os.path.dirname(os.path.realpath(path)))
    main = sys.modules["__main__"]
    main.__file__ = path
    check_text(source, argv[0])
    return _flush(_run(source, path, main.__dict__))


def _run(source, path, namespace):
    try:
        exec(compile(source, path, "exec", dont_inherit=True), namespace)
    except SystemExit as request:
        return _code(request.code)
    except BaseException as error:
        end = error
    else:
        return 0
    # Outside of the handler, so that what a hook raises has no context of ours.
    interrupted = isinstance(end, KeyboardInterrupt)
    if interrupted and sys.excepthook is sys.__excepthook__:
        return INTERRUPTED
    code = _uncaught(end)
    return INTERRUPTED if interrupted else code


def _uncaught(error):
    """What Python does with an exception that nobody has caught; the exit code."""
    trace = own_part(error)
    sys.last_type, sys.last_value, sys.last_traceback = type(error), error, trace
    try:
        sys.excepthook(type(error), error.with_traceback(trace), trace)
    except SystemExit as request:
        return _code(request.code)
    except BaseException as second:
        print("Error in sys.excepthook:", file=sys.stderr)
        sys.__excepthook__(type(second), second, own_part(second))
        print("\nOriginal exception was:", file=sys.stderr)
        sys.__excepthook__(type(error), error, trace)
    return FAILED


def _code(request):
    if request is None:
        return 0
    if isinstance(request, int):
        return request & 0xFF if -(2**31) <= request < 2**31 else 0xFF
    print(request, file=sys.stderr)
    return 1


def _flush(code):
    for stream in (sys.stdout, sys.stderr):
        if stream is None:  # closed before we started: print() says nothing then
            continue
        try:
            stream.flush()
        except (OSError, ValueError) as error:
            # What Python itself would complain about at exit; a closed pipe is no fault.
            if not isinstance(error, BrokenPipeError) and stream is sys.stdout:
                reason = getattr(error, "strerror", None) or error
                print(f"lutist: stdout: {reason}", file=sys.stderr)
            code = code or 1
            sys.stdout = None
    return code
