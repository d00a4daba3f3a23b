"""An exception in two forms: one line for a status bar, a traceback for a terminal."""

import os

from ..exception_notes import add
from ..script.sibling_imports import own

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_MODULES = ("lutist", "_lutist")  # of lutist's own exceptions
_LONGEST = 16000  # bytes of a traceback that the host keeps
_FRAMES = (40, 20, 10, 5, 3)  # kept at either end of a stack that is too deep


def describe(exception, note=None):
    """(line, traceback): "film.py:12: ZeroDivisionError: division by zero", and the whole.

    note: a line for the traceback alone, or None.
    """
    line = summary(exception)
    where = place(exception) or _place_before(exception)
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
    if type(exception).__module__ in _MODULES:
        return text
    return f"{name}: {text}" if text else name


def place(exception):
    """FILE:LINE of the innermost frame of the script, else of the innermost frame outside lutist,
    else ""."""
    if isinstance(exception, SyntaxError) and exception.filename:
        return f"{os.path.basename(exception.filename)}:{exception.lineno}"
    found = script = ""
    step = exception.__traceback__
    while step:
        name = step.tb_frame.f_code.co_filename
        if not _is_around(step.tb_frame):
            found = f"{os.path.basename(name)}:{step.tb_lineno}"
            script = found if own(step.tb_frame) else script
        step = step.tb_next
    return script or found


def _place_before(exception):
    """Of the interrupt before one that came while lutist itself handled it."""
    while isinstance(exception, KeyboardInterrupt):
        exception = exception.__context__
        if where := place(exception) if exception else "":
            return where
    return ""


def own_part(exception):
    """The exception's traceback without the frames of lutist around the script's: those that
    called it, and those of a check of lutist's own that refused what it gave."""
    step = exception.__traceback__
    while step and _is_around(step.tb_frame):
        step = step.tb_next
    steps = []
    while step:
        steps.append(step)
        step = step.tb_next
    if not steps or not _is_refusal(exception, steps[-1]):
        return steps[0] if steps else None
    while _is_around(steps[-1].tb_frame):
        steps.pop()
    told = None
    for step in reversed(steps):
        told = type(step)(told, step.tb_frame, step.tb_lasti, step.tb_lineno)
    return told


def _is_around(frame):
    return frame.f_code.co_filename.startswith((_PACKAGE, "<"))


def _is_refusal(exception, last):
    """Is it an error that lutist documents: one that a raise statement has made, or its half in C
    or the system for a file or a value? Any other is a fault, whose frames tell where it is."""
    from opcode import opmap

    code = last.tb_frame.f_code
    if not code.co_filename.startswith(_PACKAGE):
        return False
    own = type(exception).__module__ in _MODULES or isinstance(exception, (OSError, ValueError))
    return own or code.co_code[last.tb_lasti] == opmap["RAISE_VARARGS"]


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
