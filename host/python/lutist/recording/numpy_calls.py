"""The functions of NumPy that can be recorded: those that IEEE arithmetic defines.

exp, log, sin, power and their like are not here: NumPy's own versions differ from libm's in the
last bit. A curve that uses them is called with an array of all its inputs; see array_call.py.
This module does not import NumPy.
"""

from .operations import (
    ABS,
    ADD,
    ARRAY,
    BOOL,
    CEIL,
    DIV,
    EQ,
    FLOAT,
    FLOOR,
    LE,
    LEAST,
    LT,
    MOST,
    MUL,
    NE,
    NEG,
    NUMPY,
    RINT,
    SQRT,
    SUB,
    TRUNC,
    TRUTH,
)
from .symbol import Value, choose

_ONE = {"negative": NEG, "absolute": ABS, "fabs": ABS, "sqrt": SQRT, "floor": FLOOR,
        "ceil": CEIL, "trunc": TRUNC, "rint": RINT}  # fmt: skip
_TWO = {"add": ADD, "subtract": SUB, "multiply": MUL, "divide": DIV, "true_divide": DIV,
        "minimum": LEAST, "maximum": MOST, "fmin": LEAST, "fmax": MOST}  # fmt: skip
_COMPARE = {"less": LT, "less_equal": LE, "equal": EQ, "not_equal": NE}
_SWAPPED = {"greater": LT, "greater_equal": LE}


def call_ufunc(recorder, ufunc, method, inputs, options):
    """ufunc(*inputs) as a Value of kind NUMPY or TRUTH."""
    name = ufunc.__name__
    if method != "__call__" or options:
        return _refuse(recorder, name)
    values = [recorder.lift(operand) for operand in inputs]
    kinds = {value._kind for value in values}
    if not kinds & {FLOAT, NUMPY, ARRAY} or TRUTH in kinds or BOOL in kinds:
        return _refuse(recorder, name)
    if name == "square":
        values *= 2
    op = _ONE.get(name) if len(values) == 1 else {**_TWO, "square": MUL}.get(name)
    if op is not None:
        return Value(recorder, recorder.node(op, *(v._node for v in values)), NUMPY)
    if name in _SWAPPED:
        values.reverse()
    op = _COMPARE.get(name, _SWAPPED.get(name))
    if op is None:
        return _refuse(recorder, name)
    return Value(recorder, recorder.node(op, *(v._node for v in values)), TRUTH)


def call_function(recorder, function, args, options):
    """numpy.where(condition, a, b) and numpy.clip(x, lo, hi)."""
    name = function.__name__
    if options or len(args) != 3 or name not in ("where", "clip"):
        return _refuse(recorder, name)
    a, b, c = (recorder.lift(operand) for operand in args)
    if name == "clip" and FLOAT <= a._kind <= ARRAY:
        low = recorder.node(MOST, a._node, b._node)
        return Value(recorder, recorder.node(LEAST, low, c._node), NUMPY)
    if name == "where" and max(b._kind, c._kind) in (FLOAT, NUMPY, ARRAY):
        return Value(recorder, choose(a, b, c)._node, ARRAY)
    return _refuse(recorder, name)


def _refuse(recorder, name):
    return recorder.refuse(f"it calls numpy.{name} on the value")
