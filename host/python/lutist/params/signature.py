"""A pipeline function's signature: its parameters, their controls and defaults.

It is read from the function itself: the module inspect costs more to import than lutist.
"""

from ..values import short
from .controls import Control, Slider

# Flags of a code object, by their names in the module inspect.
_VARIADIC = 0x04 | 0x08  # CO_VARARGS, CO_VARKEYWORDS
_SUSPENDED = 0x20 | 0x80 | 0x100 | 0x200  # generators and coroutines


def check_kind(function):
    """Raises TypeError for anything but an ordinary function."""
    if not hasattr(function, "__code__"):
        raise TypeError(f"@pipeline stands before a function, not {short(function)}")
    if function.__code__.co_flags & _SUSPENDED:
        raise TypeError(
            f"{function.__name__}(): a pipeline returns its stages: no async def, and no yield",
        )


def _names(function):
    code = function.__code__
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


def defaults_of(function):
    """{name: default} of every parameter. Raises TypeError where one has none."""
    names = _names(function)
    positional = function.__code__.co_argcount
    values = function.__defaults__ or ()
    found = dict(zip(names[positional - len(values) : positional], values, strict=True))
    found.update(function.__kwdefaults__ or {})
    missing = [name for name in names if name not in found]
    if missing:
        raise TypeError(f"{function.__name__}(): {missing[0]} needs a default value")
    return {name: found[name] for name in names}


def controls_of(function):
    """{name: control} of every parameter. Raises TypeError for a parameter without one."""
    if function.__code__.co_flags & _VARIADIC:
        raise TypeError(f"{function.__name__}(): a pipeline has no * or ** parameters")
    if function.__code__.co_posonlyargcount:
        raise TypeError(f"{function.__name__}(): parameters are given by name: leave out the /")
    controls = {name: _control(function, name) for name in _names(function)}
    for name, control in controls.items():
        _check_enabled_by(function, name, control.enabled_by, controls)
    return controls


def _check_enabled_by(function, name, enabled_by, controls):
    """Raises ValueError where it names no other Toggle, and no words of another Choice."""
    other, _, words = enabled_by.partition("=")
    known = other in controls and other != name
    if enabled_by and not (known and controls[other].enables(words.split("|") if words else ())):
        raise ValueError(
            f"{function.__name__}(): {name}: enabled_by={short(enabled_by)}: must name a Toggle, "
            'or a Choice with its words, such as "style=soft|hard"',
        )


def _control(function, name):
    annotation = function.__annotations__.get(name)
    if isinstance(annotation, str):  # from __future__ import annotations
        annotation = eval(annotation, function.__globals__)
    for found in (annotation, *getattr(annotation, "__metadata__", ())):
        if isinstance(found, type) and issubclass(found, Control):
            found = found()
        if isinstance(found, Slider) and getattr(annotation, "__origin__", None) is float:
            return found.fractional()
        if isinstance(found, Control):
            return found
    raise TypeError(
        f"{function.__name__}(): {name} needs a control, "
        f"as in {name}: Slider(0, 1) = 0.5 (or Choice, Toggle, File, Curve, Color)",
    )
