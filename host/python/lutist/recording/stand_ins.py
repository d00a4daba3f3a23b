"""Stand-ins for Python's functions that need a real number, while a function is recorded.

Each takes numbers as the real one does, and gives its result. Of a symbol it records the
operation, or ends the recording with the real one's name.
"""

import bisect
import math
import sys

from .. import math as own_math
from . import symbol
from .operations import BISECT, BISECT_LEFT, INT, NUMPY, TRUNC, WHOLE
from .symbol import Value
from .tables import is_ascending, place_of

# They call a method of the symbol (__floor__, __mul__, __index__), which records.
_BY_METHODS = {"floor", "ceil", "trunc", "prod", "comb", "factorial", "gcd", "isqrt", "lcm", "perm"}


def to_float(x=0.0, /):
    """float(x)"""
    return symbol.as_float(x) if _is_open(x) else float(x)


def to_int(x=0, /, **options):
    """int(x)"""
    if not _is_open(x) or options:
        return int(x, **options)
    if x._kind <= WHOLE:
        return symbol.as_whole(x)
    recorder = x._recorder
    return Value(recorder, recorder.node(INT, recorder.node(TRUNC, x._node)), WHOLE)


def total(items, /, start=0):
    """sum(items), with the rounding of this version of Python."""
    items = list(items)
    if not any(map(_is_open, (start, *items))):
        return sum(items, start)
    if sys.version_info < (3, 12):
        return _plain_sum(start, items)
    for at, item in enumerate(items):
        if _is_float(start):
            return _compensated_sum(start, items[at:])
        start = start + item
    return start


def _plain_sum(result, items):
    for item in items:
        result = result + item
    return result


def _is_float(item):
    return type(item) is float or (_is_open(item) and item._kind == symbol.FLOAT)


def _compensated_sum(high, items):
    """Neumaier's sum, as Python has it from 3.12 on: the rounding errors are added at the end."""
    low = 0.0
    for item in items:
        if not _is_float(item):
            return _refuse_of((high, *items), "it calls sum() of floats and other numbers")
        summed = high + item
        larger = abs(high) >= abs(item)
        low += own_math.where(larger, (high - summed) + item, (item - summed) + high)
        high = summed
    return own_math.where(low == 0, high, high + low)


def _refuse_of(operands, why):
    return next(v for v in operands if type(v) is Value)._recorder.refuse(why)


def _bisect(op, real):
    def stand_in(a, x, lo=0, hi=None, *, key=None):
        plain = lo == 0 and hi is None and key is None
        if plain and _is_open(x) and x._kind <= NUMPY and is_ascending(a):
            place = place_of(x._recorder, a)
            return Value(x._recorder, x._recorder.table_node(op, x._node, place), WHOLE)
        return real(a, x, lo, hi, key=key)

    return stand_in


def _refusing(real):
    def stand_in(*operands, **options):
        for value in filter(_is_open, operands):
            return value._recorder.refuse(f"it calls {real.__module__}.{real.__name__}")
        return real(*operands, **options)

    return stand_in


def _is_open(value):
    return type(value) is Value and not value._recorder.closed


def _of_math():
    for name, real in vars(math).items():
        if callable(real) and name not in _BY_METHODS and not name.startswith("_"):
            yield real, getattr(own_math, name, None) or _refusing(real)


FUNCTIONS = {
    **dict(_of_math()),
    bisect.bisect_right: _bisect(BISECT, bisect.bisect_right),
    bisect.bisect_left: _bisect(BISECT_LEFT, bisect.bisect_left),
}
BUILTINS = {"float": to_float, "int": to_int, "sum": total}
