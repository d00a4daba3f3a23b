"""Functions for curves: those of Python's math module, and a few that are usual in shaders.

    from lutist import tone
    from lutist.math import clamp, sqrt

    tone(lambda x: sqrt(clamp(x)))

Each takes numbers and gives the float that Python's math gives, errors included. lutist records a
curve that is made of them, of operators, comparisons, abs, min, max, round, math.floor and
math.ceil: a recorded curve runs without Python, some hundred times as fast. float(x), int(x) and
the math module's other functions need a real number, so a curve with one of them is called for
every entry.
"""

import builtins
import math as _math

from .recording import operations as _operations
from .recording import symbol as _symbol
from .recording.symbol import is_symbol as _is_symbol

e, inf, pi, tau = _math.e, _math.inf, _math.pi, _math.tau


def _symbols(x, y):
    return _is_symbol(x) or _is_symbol(y)


def _unary(name, real=None):
    """math.NAME of a number; of a symbol, the operation of that name."""
    real, op = real or getattr(_math, name), _operations.NUMBER[name]

    def function(x, /):
        return _symbol.function(op, real, x) if _is_symbol(x) else real(x)

    return _named(function, real)


def _binary(name):
    real, op = getattr(_math, name), _operations.NUMBER[name]

    def function(x, y, /):
        return _symbol.function(op, real, x, y) if _symbols(x, y) else real(x, y)

    return _named(function, real)


def _named(function, real):
    function.__name__ = function.__qualname__ = real.__name__
    function.__doc__ = f"math.{real.__name__}"
    return function


acos, asin, atan, cos, cosh, exp = map(_unary, ("acos", "asin", "atan", "cos", "cosh", "exp"))
log2, log10, sin, sinh, sqrt = map(_unary, ("log2", "log10", "sin", "sinh", "sqrt"))
tan, tanh = map(_unary, ("tan", "tanh"))
atan2, pow = _binary("atan2"), _binary("pow")
fabs = _unary("abs", _math.fabs)
_log = _unary("log")


def exp2(x):
    """2.0**x, as math.exp2 gives it (as a power before Python 3.11)."""
    return _exp2(x)


_exp2 = _unary("exp2") if hasattr(_math, "exp2") else lambda x: pow(2.0, x)


def log(x, base=None):
    """The natural logarithm, or that to a base."""
    return _log(x) if base is None else _log(x) / _log(base)


def hypot(*sides):
    """math.hypot: the length of a vector. It has no expression: a curve with it is sampled."""
    return _math.hypot(*sides)


def floor(x):
    """math.floor: the largest integer not above x."""
    return _math.floor(x)


def ceil(x):
    """math.ceil: the smallest integer not below x."""
    return _math.ceil(x)


def trunc(x):
    """math.trunc: x without its fraction, an integer."""
    return _math.trunc(x)


def min(a, b):
    """The smaller of two numbers, as a float."""
    if _symbols(a, b):
        return _symbol.function(_operations.MIN, min, a, b)
    return float(builtins.min(a, b))


def max(a, b):
    """The larger of two numbers, as a float."""
    if _symbols(a, b):
        return _symbol.function(_operations.MAX, max, a, b)
    return float(builtins.max(a, b))


def clamp(x, lo=0.0, hi=1.0):
    """x where it lies between lo and hi, else the nearer of them."""
    return min(max(x, lo), hi)


def where(condition, a, b):
    """a where the condition holds, else b; a float. Both are evaluated in any case."""
    if _symbols(condition, a) or _is_symbol(b):
        return _symbol.choose(condition, a, b)
    return float(a if condition else b)


def lerp(a, b, t):
    """a at t = 0, b at t = 1, a straight line between and beyond: a + (b - a) * t."""
    return a + (b - a) * t


mix = lerp


def smoothstep(lo, hi, x):
    """0 up to lo, 1 from hi on, between them the cubic 3t² - 2t³ with t from 0 to 1."""
    t = clamp((x - lo) / (hi - lo))
    return t * t * (3.0 - 2.0 * t)
