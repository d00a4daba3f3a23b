"""lutist run: a job file as __main__, every ending turned into an exit code."""

import os
import sys

from _lutist import ParameterError

from .errors import show

FAILED, INTERRUPTED = 3, 130


def job(argv):
    """Run argv[0] with sys.argv = argv; the exit code. Raises ParameterError (no such file)."""
    path = argv[0]
    try:
        with open(path, "rb") as file:
            source = file.read()
    except OSError as error:
        raise ParameterError(f"{path}: {error.strerror}") from None
    sys.argv = argv
    sys.path.insert(0, os.path.dirname(os.path.abspath(path)))
    main = sys.modules["__main__"]
    main.__file__ = path
    try:
        exec(compile(source, path, "exec", dont_inherit=True), main.__dict__)
        code = 0
    except SystemExit as request:
        code = _code(request.code)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BaseException as error:
        show(error)
        code = FAILED
    return _flush(code)


def _code(request):
    if request is None:
        return 0
    if isinstance(request, int):
        return request & 0xFF
    print(request, file=sys.stderr)
    return 1


def _flush(code):
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            # A closed pipe: what Python itself would complain about at exit.
            code = code or 1
            sys.stdout = None
    return code
