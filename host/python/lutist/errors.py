"""An exception in two forms: one line for a status bar, a traceback for a terminal."""

import os
import sys
import traceback

_HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep
_LONGEST = 3900  # characters of a traceback that the host keeps


def describe(exception):
    """(line, traceback): "film.py:12: ZeroDivisionError: division by zero", and the whole."""
    line = summary(exception)
    where = place(exception)
    return (f"{where}: {line}" if where else line), trace(exception)


def summary(exception):
    text = str(exception).partition("\n")[0]
    if isinstance(exception, SyntaxError):
        text = exception.msg
    if isinstance(exception, SystemExit):
        return f"the script called sys.exit({exception.code!r})"
    name = type(exception).__name__
    if type(exception).__module__ in ("lutist", "_lutist"):
        return text
    return f"{name}: {text}" if text else name


def place(exception):
    """FILE:LINE of the script's own frame nearest to the failure, or ""."""
    if isinstance(exception, SyntaxError) and exception.filename:
        return f"{os.path.basename(exception.filename)}:{exception.lineno}"
    found = ""
    step = exception.__traceback__
    while step:
        name = step.tb_frame.f_code.co_filename
        if not name.startswith((_HERE, "<")):
            found = f"{os.path.basename(name)}:{step.tb_lineno}"
        step = step.tb_next
    return found


def trace(exception):
    """The traceback without the frames of lutist around the script's."""
    step = exception.__traceback__
    while step and step.tb_frame.f_code.co_filename.startswith((_HERE, "<")):
        step = step.tb_next
    lines = traceback.format_exception(type(exception), exception, step)
    text = "".join(lines).rstrip("\n")
    if len(text.encode()) <= _LONGEST:
        return text
    return "[…]\n" + text.encode()[-_LONGEST:].decode(errors="ignore").partition("\n")[2]


def show(exception):
    """Print the traceback as Python would, without our own frames."""
    print(trace(exception), file=sys.stderr)
