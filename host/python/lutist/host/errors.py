"""An exception in two forms: one line for a status bar, a traceback for a terminal."""

import os

from ..exception_notes import add
from ..script.sibling_imports import own

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_LONGEST = 16000  # bytes of a traceback that the host keeps
_FRAMES = (40, 20, 10, 5, 3)  # kept at either end of a stack that is too deep


def describe(exception, note=None):
    """(line, traceback): "film.py:12: ZeroDivisionError: division by zero", and the whole.

    note: a line for the traceback alone, or None.
    """
    line = summary(exception)
    where = place(exception)
    if note:
        add(exception, note)
    return (f"{where}: {line}" if where else line), trace(exception)


def summary(exception):
    text = str(exception).partition("\n")[0]
    if isinstance(exception, SyntaxError):
        text = exception.msg
    if isinstance(exception, SystemExit):
        return f"the script called sys.exit({exception.code!r})"
    if isinstance(exception, KeyboardInterrupt) and text:  # py_err.c says why
        return text
    name = type(exception).__name__
    if type(exception).__module__ in ("lutist", "_lutist"):
        return text
    return f"{name}: {text}" if text else name


def place(exception):
    """FILE:LINE of the script's own frame nearest to the failure, where there is none of any frame
    outside of lutist, or ""."""
    if isinstance(exception, SyntaxError) and exception.filename:
        return f"{os.path.basename(exception.filename)}:{exception.lineno}"
    found = script = ""
    step = exception.__traceback__
    while step:
        name = step.tb_frame.f_code.co_filename
        if not name.startswith((_PACKAGE, "<")):
            found = f"{os.path.basename(name)}:{step.tb_lineno}"
            script = found if own(step.tb_frame) else script
        step = step.tb_next
    return script or found


def own_part(exception):
    """The exception's traceback without the frames of lutist around the script's."""
    step = exception.__traceback__
    while step and step.tb_frame.f_code.co_filename.startswith((_PACKAGE, "<")):
        step = step.tb_next
    return step


def trace(exception):
    """The traceback as Python prints it, with causes and notes. Very deep stacks lose their
    middle."""
    from traceback import TracebackException  # loads more than all of lutist

    told = TracebackException(type(exception), exception, own_part(exception))
    text = _text(told)
    for frames in _FRAMES:
        if len(text.encode()) <= _LONGEST:
            return text
        _shorten(told, frames)
        text = _text(told)
    return text.encode()[:_LONGEST].decode(errors="ignore") + "\n[…]"


def _text(told):
    return "".join(told.format()).rstrip("\n").encode(errors="replace").decode()


def _shorten(told, frames):
    """Keep so many frames at either end of each stack in the chain."""
    for each in _chain(told):
        if len(each.stack) > 2 * frames:
            each.stack[frames:-frames] = []


def _chain(told):
    while told:
        yield told
        for inner in getattr(told, "exceptions", None) or ():
            yield from _chain(inner)
        told = told.__cause__ or told.__context__
