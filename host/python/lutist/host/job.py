"""lutist run: run a job file as __main__ and turn each way to end into an exit code."""

import builtins
import os
import sys

from _lutist import ParameterError

from ..script.loading import check_text
from .errors import own_part

FAILED, INTERRUPTED = 3, 130


def run(argv):
    """Run argv[0] with sys.argv = argv; the exit code. Raises ParameterError (no such file)."""
    path = os.path.abspath(argv[0])
    try:
        with open(path, "rb") as file:
            source = file.read()
    except OSError as error:
        raise ParameterError(f"{argv[0]}: {error.strerror}") from None
    sys.argv = argv
    sys.path.insert(0, os.path.dirname(os.path.realpath(path)))
    # A new module: the collector skips the one that the start made (interp.c).
    main = sys.modules["__main__"] = type(sys)("__main__")
    main.__file__ = path
    main.__builtins__ = builtins
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
    # Outside of the handler: a hook's exception must not get ours as its context.
    interrupted = isinstance(end, KeyboardInterrupt)
    if interrupted and sys.excepthook is sys.__excepthook__:
        return INTERRUPTED
    code = _uncaught(end)
    return INTERRUPTED if interrupted else code


def _uncaught(error):
    """Report an uncaught exception as Python does; the exit code."""
    trace = own_part(error)
    sys.last_type, sys.last_value, sys.last_traceback = type(error), error, trace
    try:
        sys.excepthook(type(error), error.with_traceback(trace), trace)
    except SystemExit as request:
        return _code(request.code)
    except BaseException as second:
        _tell("Error in sys.excepthook:")
        sys.__excepthook__(type(second), second, own_part(second))
        _tell("\nOriginal exception was:")
        sys.__excepthook__(type(error), error, trace)
    return FAILED


def _code(request):
    """The exit code of sys.exit(request), as in Python: the lowest byte of a C long."""
    if request is None:
        return 0
    if isinstance(request, int):
        return request & 0xFF if -(2**63) <= request < 2**63 else 0xFF
    _tell(request)
    return 1


def _tell(text):
    """Print a line on stderr, if that is open."""
    stream = getattr(sys, "stderr", None) or sys.__stderr__
    try:
        if stream is not None:
            print(text, file=stream)
    except Exception:
        return


def _is_closed(stream):
    try:
        return bool(stream.closed)
    except Exception:  # a stand-in without that attribute
        return False


def _flush(code):
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name, None)
        if stream is None or _is_closed(stream):  # print() writes nothing then
            continue
        try:
            stream.flush()
        except Exception as error:
            # Python itself would complain at exit; a closed pipe is no fault.
            if not isinstance(error, BrokenPipeError) and name == "stdout":
                _tell(f"lutist: stdout: {getattr(error, 'strerror', None) or error}")
            code = code or 1
            setattr(sys, name, None)
    return code
