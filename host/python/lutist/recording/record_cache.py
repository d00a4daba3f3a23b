"""Recordings are kept from plan to plan: an unchanged function is not recorded again.

A pipeline makes new functions at every call, mostly of the same code around the same numbers. Two
functions count as equal if their code, defaults, closures and named globals are equal, and all of
these are immutable: numbers, text, tuples and functions.
"""

import sys
from math import copysign

from .record import record

# The module types names them, but its import costs too much.
FunctionType, CodeType = type(lambda: None), type((lambda: None).__code__)
BuiltinFunctionType, ModuleType = type(len), type(sys)
_PLAIN = (bool, int, str, bytes, type(None))
_MODULES = ("bisect", "colorsys", "math", "lutist", "lutist.math", "numpy")  # taken not to change
_DEEPEST = 8  # functions that name functions


class RecordCache:
    """The recordings of the last plan, and of the one that is being made."""

    def __init__(self):
        self.last, self.now = {}, {}

    def turn(self):
        """A plan begins."""
        self.last, self.now = self.now, {}

    def record(self, function):
        """As lutist.recording.record.record."""
        known = key(function)
        if known is None:
            return record(function)
        found = self.now.get(known) or self.last.get(known) or (record(function), function)
        self.now[known] = found  # the function keeps the key's code alive
        return found[0]


def key(function):
    """Equal for functions that count as equal, while one of them lives; None: it may change."""
    try:
        return _key(function, 0)
    except _Changeable:
        return None


class _Changeable(Exception):
    """A mutable object: it may hold other values next time."""


def _key(value, depth):
    kind = type(value)
    if kind is float:
        return (kind, value, copysign(1.0, value))
    if kind in _PLAIN:
        return (kind, value)
    if kind is FunctionType and depth < _DEEPEST:
        return value if value.__module__ == "lutist.math" else _function_key(value, depth + 1)
    if kind is tuple and depth < _DEEPEST:
        return (kind, *(_key(item, depth + 1) for item in value))
    if kind is BuiltinFunctionType and type(value.__self__) is ModuleType:
        return value
    if kind is ModuleType and value.__name__ in _MODULES:
        return value
    raise _Changeable


def _function_key(function, depth):
    if function.__dict__:
        raise _Changeable
    try:
        around = list(surroundings(function))
    except ValueError:  # a closed-over name that is not set yet
        raise _Changeable from None
    parts = [function.__defaults__, *(function.__kwdefaults__ or {}).items(), *around]
    return (id(function.__code__), *(_key(part, depth) for part in parts))


def surroundings(function):
    """The values that the function closes over, and the globals that it may use."""
    for cell in function.__closure__ or ():
        yield cell.cell_contents
    known = function.__globals__
    for name in names_in(function.__code__):
        if name in known:
            yield known[name]


def names_in(code):
    """Global names and attributes in the code, that of functions inside it included."""
    names = code.co_names
    for part in code.co_consts:
        if type(part) is CodeType:
            names += names_in(part)
    return names
