"""Does this process's NumPy give the bits of the host's operations?

NumPy chooses loops by the processor. Those for exp, log, sin, power and their like may be its own,
which differ from libm's in the last bit of one value in a hundred or so. So the whole range of
such a function is tried once: a few thousand values, one by one and as an array.
"""

import sys
from array import array

from _lutist import evaluate, expression

from .operations import CONST, INTERP, NUMBER, X
from .symbol import is_symbol
from .tables import is_ascending

_NAMES = {"exp": "exp", "exp2": "exp2", "expm1": "expm1", "log": "log", "log2": "log2",
          "log10": "log10", "log1p": "log1p", "sin": "sin", "cos": "cos", "tan": "tan",
          "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arctan2": "atan2",
          "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "arcsinh": "asinh",
          "arccosh": "acosh", "arctanh": "atanh", "cbrt": "cbrt", "power": "pow",
          "float_power": "pow"}  # fmt: skip
_SAMPLES = 2048  # of each range
_SHORT_CUTS = {-1.0, 0.0, 0.5, 1.0, 2.0, 3.0}  # exponents for which NumPy has code of its own
_EXPONENTS = (0.45, 1 / 3, 2.2, -1.7, 7.0, 31.3)
_known = {}


def operation(ufunc, constants):
    """The host's operation for ufunc; None where there is none, or the bits differ.

    constants: the operands, None for those that are no constants.
    """
    name = _NAMES.get(ufunc.__name__)
    if name is None:
        return None
    exponent = constants[-1] if constants[-1] in _SHORT_CUTS else None
    key = (ufunc.__name__, exponent)
    if key not in _known:
        _known[key] = _agrees(ufunc, NUMBER[name], exponent, len(constants))
    return NUMBER[name] if _known[key] else None


def _agrees(ufunc, op, exponent, operands):
    if operands == 1:
        return _agrees_with(ufunc, op)
    others = _EXPONENTS if exponent is None else (exponent,)
    return all(_agrees_with(ufunc, op, other) for other in others)


def _agrees_with(ufunc, op, *constant):
    """Has every ordinary value NumPy's bits, one by one and in an array?"""
    numpy = sys.modules["numpy"]
    inputs = _inputs()
    with numpy.errstate(all="ignore"):
        together = ufunc(inputs, *constant)
        size = abs(together)
        ordinary = (size < 1e30) & ((size > 1e-300) | (inputs == 0))  # evaluate() limits values
        inputs, together = inputs[ordinary], together[ordinary]
        singly = [ufunc(x, *constant) for x in inputs[::4].tolist()]
    nodes = [(X, 0, 0, 0), (CONST, 0, 0, 0), (op, 0, 1 if constant else 0, 0)]
    own = evaluate(expression(nodes, [*constant, 0.0], b""), inputs)
    return own == together.tobytes() and numpy.frombuffer(own)[::4].tolist() == singly


def _inputs():
    """Between black and white and around them, and of other sizes, both signs."""
    numpy = sys.modules["numpy"]
    spread = (0.61803398874989485 * numpy.arange(_SAMPLES)) % 1.0
    wide = (-1.0) ** numpy.arange(_SAMPLES) * 2.0 ** (40 * spread - 30)
    return numpy.concatenate([spread, 5 * spread - 2, wide])


def interp_table(xs, ys, left, right):
    """numpy.interp's points as expr.h has them; None where its result would not be ours."""
    xs, ys = _numbers(xs), _numbers(ys)
    if not xs or not ys or len(xs) != len(ys) or not is_ascending(xs):
        return None
    ends = _numbers([ys[0] if left is None else left, ys[-1] if right is None else right])
    if ends is None or not _interpolates_like_us():
        return None
    return array("d", [len(xs), *xs, *ys, *ends])


def _numbers(values):
    """A list of floats; None for anything else."""
    numpy = sys.modules["numpy"]
    if isinstance(values, numpy.ndarray) and (values.ndim != 1 or values.dtype.kind not in "fiu"):
        return None
    values = list(values)
    if not all(isinstance(v, (float, int, numpy.floating, numpy.integer)) for v in values):
        return None
    if any(map(is_symbol, values)):
        return None
    return [float(v) for v in values]


def _interpolates_like_us():
    """False where its loop was compiled to fused additions."""
    if "interp" not in _known:
        numpy = sys.modules["numpy"]
        xs, ys = [0.0, 0.1, 0.3, 0.7, 1.0], [0.1, 0.3, 0.2, 0.9, 0.7]
        table = array("d", [len(xs), *xs, *ys, ys[0], ys[-1]])
        own = expression([(X, 0, 0, 0), (INTERP, 0, 0, 0)], [0.0], table)
        inputs = _inputs()
        _known["interp"] = evaluate(own, inputs) == numpy.interp(inputs, xs, ys).tobytes()
    return _known["interp"]
