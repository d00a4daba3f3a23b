"""Functions for curves: those of Python's math module, and a few that are usual in shaders.

    from lutist import tone
    from lutist.math import clamp, sqrt

    tone(lambda x: sqrt(clamp(x)))

Each takes numbers and gives the float that Python's math gives, errors included. lutist records a
curve that is made of them, of operators, comparisons, abs, min, max, round, int, float and
Python's own math: a recorded curve runs without Python, some hundred times as fast.
"""

import builtins
import math as _math
import operator as _operator
import sys as _sys

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
tan, tanh, erf, erfc, expm1, log1p = map(_unary, ("tan", "tanh", "erf", "erfc", "expm1", "log1p"))
asinh, acosh, atanh = map(_unary, ("asinh", "acosh", "atanh"))
atan2, pow, fmod, remainder = map(_binary, ("atan2", "pow", "fmod", "remainder"))
copysign = _binary("copysign")
if hasattr(_math, "cbrt"):  # new in Python 3.11
    cbrt = _unary("cbrt")
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
    """math.hypot: the length of a vector. More than two sides are not recorded."""
    if len(sides) == 2 and _symbols(*sides):
        return _symbol.function(_operations.HYPOT, _math.hypot, *sides)
    if len(sides) == 1:
        return fabs(*sides)
    return _math.hypot(*sides)


def degrees(x):
    """math.degrees: an angle in radians as degrees, x * (180 / pi)."""
    return _times(x, 180.0 / pi) if _is_symbol(x) else _math.degrees(x)


def radians(x):
    """math.radians: an angle in degrees as radians, x * (pi / 180)."""
    return _times(x, pi / 180.0) if _is_symbol(x) else _math.radians(x)


def _times(x, factor):
    return _symbol.function(_operations.MUL, _operator.mul, x, factor)


def modf(x):
    """math.modf: the fraction and the whole part, both floats with the sign of x."""
    if not _is_symbol(x):
        return _math.modf(x)
    x, whole = _float(x), _symbol.function(_operations.TRUNC, _math.trunc, x)
    return copysign(x - whole, x), whole


def _float(x):
    return _symbol.as_float(x) if _is_symbol(x) else float(x)


def isfinite(x):
    """math.isfinite: is it neither an infinity nor NaN?"""
    return fabs(x) <= _sys.float_info.max if _is_symbol(x) else _math.isfinite(x)


def isinf(x):
    """math.isinf: is it an infinity?"""
    return fabs(x) > _sys.float_info.max if _is_symbol(x) else _math.isinf(x)


def isnan(x):
    """math.isnan: is it no number?"""
    return fabs(x) != fabs(x) if _is_symbol(x) else _math.isnan(x)


def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    """math.isclose: do two numbers differ by no more than a share of the larger, or abs_tol?"""
    if not _symbols(a, b):
        return _math.isclose(a, b, rel_tol=rel_tol, abs_tol=abs_tol)
    if rel_tol < 0 or abs_tol < 0:
        raise ValueError("tolerances must be non-negative")
    a, b = _float(a), _float(b)
    apart = fabs(b - a)
    near = (apart <= fabs(rel_tol * b)) | (apart <= fabs(rel_tol * a)) | (apart <= abs_tol)
    return (a == b) | (isfinite(a) & isfinite(b) & near)


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
