"""Has a pipeline called a parameter of its own, which hides the stage of that name?"""

import ast

from .places import definition


def hidden_stage(error, function, settings):
    """The name, where the TypeError is that of a call of a parameter; "" for any other."""
    line = _line_in(error, function)
    if not line or "object is not callable" not in str(error):
        return ""
    try:
        node = definition(function.__code__)
    except (SyntaxError, ValueError, RecursionError):  # the file has been edited meanwhile
        return ""
    for call in ast.walk(node) if node else ():
        if isinstance(call, ast.Call) and call.lineno <= line <= call.end_lineno:
            name = getattr(call.func, "id", "")
            if name in settings and _is_called(name, settings[name], function, error):
                return name
    return ""


def _line_in(error, function):
    """The line of the function's file in which the error was raised, or None."""
    step = error.__traceback__
    while step.tb_next:
        step = step.tb_next
    own = step.tb_frame.f_code.co_filename == function.__code__.co_filename
    return step.tb_lineno if own else None


def _is_called(name, value, function, error):
    import lutist

    stage = function.__globals__.get(name, getattr(lutist, name, None))
    return callable(stage) and f"'{type(value).__name__}' object" in str(error)
