"""One call with an array of all values, for functions of NumPy that cannot be recorded."""

import sys

from .record_cache import FunctionType, surroundings

_CLOSE = 1e-12  # relative: NumPy's exp and its like differ from libm's in the last bit
_DEEPEST = 8  # functions that name functions


def call(function, inputs):
    """function(array of float64) as a buffer of float64; None where the function takes no array.

    inputs: a buffer of float64. A function is tried only where NumPy is loaded and the function
    names something of NumPy. Its result counts if it is an array of numbers of the same shape and
    agrees with calls on single values.
    """
    numpy = sys.modules.get("numpy")
    if numpy is None or not names_numpy(function):
        return None
    try:
        x = numpy.frombuffer(inputs)
        with numpy.errstate(all="ignore"):
            y = function(x.copy())
        return _checked(numpy, function, x, y)
    except (Exception, SystemExit):
        return None


def names_numpy(value, depth=0):
    """Does the function name something of NumPy, or a function of the script that it uses?"""
    origin = getattr(value, "__module__", None) or getattr(value, "__name__", None)
    if str(origin).partition(".")[0] == "numpy" or type(value).__module__ == "numpy":
        return True
    if type(value) is not FunctionType or depth == _DEEPEST:
        return False
    return any(names_numpy(item, depth + 1) for item in surroundings(value))


def _checked(numpy, function, x, y):
    if type(y) is not numpy.ndarray or y.shape != x.shape or y.dtype.kind not in "fiub":
        return None
    y = numpy.ascontiguousarray(y, numpy.float64)
    if numpy.isnan(y).any():
        return None
    last = len(x) - 1
    for i in {0, last // 11, last // 3, last // 2, last - last // 4, last}:
        one = float(function(float(x[i])))
        if not (one == y[i] or abs(one - y[i]) <= _CLOSE * abs(one)):
            return None
    return y
