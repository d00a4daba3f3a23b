"""The functions of NumPy that can be recorded: those that IEEE arithmetic defines.

Of exp, log, sin, power and their like NumPy has versions of its own on some processors, which
differ from libm's in the last bit. They are recorded where this process's NumPy gives libm's bits
for some thousand values (numpy_like_libm.py). A curve that uses them elsewhere is called with an
array of all its inputs; see array_call.py. This module does not import NumPy.
"""

from .operations import (
    ABS,
    ADD,
    ARRAY,
    BOOL,
    CEIL,
    COPYSIGN,
    DIV,
    EQ,
    FLOAT,
    FLOOR,
    INTERP,
    LE,
    LEAST,
    LT,
    MOST,
    MUL,
    NE,
    NEG,
    NUMPY,
    RINT,
    SELECT,
    SQRT,
    SUB,
    TRUNC,
    TRUTH,
)
from .symbol import Value, choose, round_as_numpy, truth

_ONE = {"negative": NEG, "absolute": ABS, "fabs": ABS, "sqrt": SQRT, "floor": FLOOR,
        "ceil": CEIL, "trunc": TRUNC, "rint": RINT}  # fmt: skip
_TWO = {"add": ADD, "subtract": SUB, "multiply": MUL, "divide": DIV, "true_divide": DIV,
        "minimum": LEAST, "maximum": MOST, "fmin": LEAST, "fmax": MOST,
        "copysign": COPYSIGN}  # fmt: skip
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
    if name in ("square", "reciprocal"):
        values = values * 2 if name == "square" else [recorder.constant(1.0), *values]
    op = _ONE.get(name) if len(values) == 1 else _TWO.get(_AS_TWO.get(name, name))
    if op is not None:
        return Value(recorder, recorder.node(op, *(v._node for v in values)), NUMPY)
    if name in _SWAPPED:
        values.reverse()
    op = _COMPARE.get(name, _SWAPPED.get(name))
    if op is None:
        return _like_libm(recorder, ufunc, values)
    return Value(recorder, recorder.node(op, *(v._node for v in values)), TRUTH)


_AS_TWO = {"square": "multiply", "reciprocal": "divide"}


def _like_libm(recorder, ufunc, values):
    from .numpy_like_libm import operation

    op = operation(ufunc, [recorder.number(value) for value in values])
    if op is None:
        return _refuse(recorder, ufunc.__name__)
    return Value(recorder, recorder.node(op, *(v._node for v in values)), NUMPY)


def call_function(recorder, function, args, options):
    """A function of NumPy that is no ufunc: those of _FUNCTIONS."""
    name = function.__name__
    record = _FUNCTIONS.get(name)
    try:
        result = record and record(recorder, *args, **options)
    except (TypeError, ValueError):  # arguments that are not expected here
        result = None
    return _refuse(recorder, name) if result is None else result


def _clip(recorder, *operands):
    a, low, high = map(recorder.lift, operands)
    if FLOAT <= a._kind <= ARRAY:
        above = recorder.node(MOST, a._node, low._node)
        return Value(recorder, recorder.node(LEAST, above, high._node), NUMPY)
    return None


def _where(recorder, *operands):
    condition, a, b = map(recorder.lift, operands)
    if max(a._kind, b._kind) in (FLOAT, NUMPY, ARRAY):
        return Value(recorder, choose(condition, a, b)._node, ARRAY)
    return None


def _select(recorder, conditions, choices, default=0):
    """The choice of the first condition that holds. NumPy evaluates all."""
    result, kinds = recorder.lift(default), set()
    for condition, choice in zip(reversed(conditions), reversed(choices), strict=True):
        condition, choice = recorder.lift(condition), recorder.lift(choice)
        kinds.add(choice._kind)
        if condition._kind not in (BOOL, TRUTH):
            return None
        result = choose(condition, choice, result)
    if not kinds <= {FLOAT, NUMPY, ARRAY}:
        return None
    return Value(recorder, result._node, ARRAY)


def _piecewise(recorder, x, conditions, functions):
    """The function, or number, of the last condition that holds."""
    conditions = [recorder.lift(condition) for condition in conditions]
    functions = list(functions)
    if {c._kind for c in conditions} - {BOOL, TRUTH} or x._kind not in (FLOAT, NUMPY, ARRAY):
        return None
    extra = functions.pop() if len(functions) == len(conditions) + 1 else 0.0
    result = _piece(recorder, extra, x)
    for condition, function in zip(conditions, functions, strict=True):
        piece = _piece(recorder, function, x)
        node = recorder.node(SELECT, truth(condition)._node, piece._node, result._node)
        result = Value(recorder, node, ARRAY)
    return Value(recorder, result._node, ARRAY)


def _piece(recorder, function, x):
    x = Value(recorder, x._node, NUMPY)
    return recorder.lift(function(x) if callable(function) else function)


def _polyval(recorder, coefficients, x):
    """Horner's rule from 0, as NumPy has it."""
    x = recorder.lift(x)
    if x._kind not in (FLOAT, NUMPY, ARRAY):
        return None
    node = recorder.zero
    for factor in coefficients:
        factor = recorder.lift(factor if type(factor) is Value else float(factor))
        node = recorder.node(ADD, recorder.node(MUL, node, x._node), factor._node)
    return Value(recorder, node, NUMPY)


def _interp(recorder, x, xs, ys, left=None, right=None, period=None):
    from .numpy_like_libm import interp_table

    table = None if period is not None else interp_table(xs, ys, left, right)
    x = recorder.lift(x)
    if table is None or x._kind not in (FLOAT, NUMPY, ARRAY):
        return None
    return Value(recorder, recorder.table_node(INTERP, x._node, recorder.place(table)), NUMPY)


def _round(recorder, a, decimals=0):
    a = recorder.lift(a)
    if a._kind not in (FLOAT, NUMPY, ARRAY) or type(decimals) is not int or not 0 <= decimals <= 22:
        return None
    return round_as_numpy(a, decimals)


_FUNCTIONS = {"clip": _clip, "where": _where, "select": _select, "piecewise": _piecewise,
              "polyval": _polyval, "interp": _interp, "round": _round, "round_": _round,
              "around": _round}  # fmt: skip


def _refuse(recorder, name):
    return recorder.refuse(f"it calls numpy.{name} on the value")
