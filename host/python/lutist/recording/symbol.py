"""Value: the symbol on which a curve's function is recorded (see record.py).

It has the operations of a float and records them. An operation that an expression lacks (hashing,
text, C functions that want a float …) ends the recording.
"""

import _operator as operator  # the module operator costs more to import than this one
import math
import sys

from .operations import (
    ABS,
    ADD,
    ARRAY,
    BOOL,
    CEIL,
    CHECK,
    DIV,
    EQ,
    FLOAT,
    FLOOR,
    FLOORDIV,
    INT,
    LE,
    LT,
    MOD,
    MUL,
    NE,
    NEG,
    NUMPY,
    POW,
    RINT,
    ROUND,
    SELECT,
    SUB,
    TRUNC,
    TRUTH,
    WHOLE,
)

_CLASSES = (bool, int, float, float, float, bool)

_INCOMPARABLE = (type(None), str, bytes, tuple, list, dict, set)
_POWERS = range(9)  # of whole numbers, by multiplication


# The number of every Value after its recording has ended, for a function that keeps one or goes on
# after a refusal.
STAND_IN = 0.5


def number(operand):
    """STAND_IN for a Value whose recording has ended; any other object as it is."""
    return STAND_IN if type(operand) is Value else operand


def _while_recording(real):
    """Decorate a method: after the recording it is real(STAND_IN, …)."""

    def decorate(method):
        def guarded(self, *operands):
            if self._recorder.closed:
                return real(STAND_IN, *map(number, operands))
            return method(self, *operands)

        guarded.__name__, guarded.__qualname__ = method.__name__, method.__qualname__
        return guarded

    return decorate


class Value:
    """An unknown number: a node of a recorder, and the kind of the number."""

    __slots__ = ("_kind", "_node", "_recorder")

    def __init__(self, recorder, node, kind):
        self._recorder, self._node, self._kind = recorder, node, kind

    @property
    def __class__(self):
        """isinstance(x, float) must be true, as it is of a float."""
        return _CLASSES[self._kind]

    @_while_recording(bool)
    def __bool__(self):
        return self._recorder.decide(truth(self)._node)

    @_while_recording(operator.neg)
    def __neg__(self):
        return _single(NEG, self)

    @_while_recording(operator.pos)
    def __pos__(self):
        return self if self._kind == FLOAT else _single(None, self)

    @_while_recording(abs)
    def __abs__(self):
        return _single(ABS, self)

    def __divmod__(self, other):
        return self // other, self % other

    def __rdivmod__(self, other):
        return other // self, other % self

    @_while_recording(pow)
    def __pow__(self, other, modulus=None):
        if modulus is not None:
            return self._recorder.refuse("it takes a power with a modulus")
        return combine(POW, self, self._recorder.lift(other))

    @_while_recording(lambda own, other, modulus=None: pow(other, own, modulus))
    def __rpow__(self, other, modulus=None):
        return combine(POW, self._recorder.lift(other), self)

    @_while_recording(round)
    def __round__(self, ndigits=None):
        if ndigits is None and self._kind <= NUMPY:
            return _rounded(RINT, self)
        return _round_to(self, ndigits)

    @_while_recording(math.floor)
    def __floor__(self):
        return _rounded(FLOOR, self)

    @_while_recording(math.ceil)
    def __ceil__(self):
        return _rounded(CEIL, self)

    @_while_recording(math.trunc)
    def __trunc__(self):
        return _rounded(TRUNC, self)

    @_while_recording(operator.and_)
    def __and__(self, other):
        return _logical(self, other, lambda r, a, b: r.node(MUL, a, b))

    @_while_recording(operator.or_)
    def __or__(self, other):
        return _logical(self, other, lambda r, a, b: r.node(NE, r.node(ADD, a, b), r.zero))

    @_while_recording(operator.xor)
    def __xor__(self, other):
        return _logical(self, other, lambda r, a, b: r.node(NE, a, b))

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__

    @_while_recording(operator.invert)
    def __invert__(self):
        recorder = self._recorder
        if self._kind != TRUTH:
            return recorder.refuse("it works on bits")
        return Value(recorder, recorder.node(EQ, self._node, recorder.zero), TRUTH)

    def __index__(self):
        """Each number that it may be has a path of its own."""
        if self._recorder.closed or self._kind > WHOLE:
            raise TypeError("'float' object cannot be interpreted as an integer")
        if self._kind == BOOL:
            return int(bool(self))
        return self._recorder.whole_number(self._node)

    @property
    def real(self):
        return +self

    def conjugate(self):
        return +self

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __getattr__(self, name):
        """Attributes that a float lacks are missing here, too."""
        kind = _CLASSES[self._kind]
        if self._recorder.closed:
            return getattr(STAND_IN, name)
        if hasattr(kind, name):
            self._recorder.refuse(f"it uses .{name} of the value")
        raise AttributeError(f"{kind.__name__!r} object has no attribute {name!r}")

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        if self._recorder.closed:
            return getattr(ufunc, method)(*map(number, inputs), **options)
        return self._recorder.numpy_ufunc(ufunc, method, inputs, options)

    def __array_function__(self, function, types, args, options):
        if self._recorder.closed:
            return function(*map(number, args), **options)
        return self._recorder.numpy_function(function, args, options)


def combine(op, a, b):
    """a op b with the result that Python gives for numbers of these kinds."""
    recorder = a._recorder
    top = a._kind if a._kind > b._kind else b._kind
    if top == FLOAT:
        return recorder.float_node(op, a._node, b._node)
    if top <= WHOLE:
        return _combine_whole(op, a, b)
    if top == TRUTH or op in (FLOORDIV, MOD) or (op == POW and a._kind == ARRAY):
        recorder.refuse("it does with NumPy what cannot be recorded")
    return Value(recorder, recorder.node(op, a._node, b._node), NUMPY)


def _combine_whole(op, a, b):
    recorder = a._recorder
    if op == POW:
        return _whole_power(a, b)
    node = recorder.node(op, a._node, b._node)
    if op == DIV:
        return Value(recorder, node, FLOAT)
    return Value(recorder, recorder.node(INT, node), WHOLE)


def _whole_power(a, b):
    recorder = a._recorder
    exponent = recorder.number(b)
    if exponent is not None and exponent < 0:
        return Value(recorder, recorder.node(POW, a._node, b._node), FLOAT)
    if exponent not in _POWERS:
        return recorder.refuse("it takes a power of an integer")
    result = recorder.constant(1)
    for _ in range(int(exponent)):
        result = _combine_whole(MUL, result, a)
    return result


def _single(op, value):
    recorder, node, kind = value._recorder, value._node, value._kind
    if kind == TRUTH:
        recorder.refuse("it computes with numpy.bool_")
    if op is not None:
        node = recorder.node(op, node)
    if kind <= WHOLE:
        return Value(recorder, recorder.node(INT, node), WHOLE)
    return Value(recorder, node, min(kind, NUMPY))


def _rounded(op, value):
    recorder, node = value._recorder, value._node
    if value._kind > WHOLE:
        node = recorder.node(INT, recorder.node(op, node))
    return Value(recorder, node, WHOLE)


def _round_to(value, ndigits):
    recorder, kind = value._recorder, value._kind
    if type(ndigits) is not int or not 0 <= ndigits <= 22 or kind > NUMPY:
        return recorder.refuse("it rounds to a number of digits that is not 0 to 22")
    if kind <= WHOLE:
        return as_whole(value)
    if kind == NUMPY:
        return round_as_numpy(value, ndigits)
    node = recorder.node(ROUND, value._node, recorder.constant(float(ndigits))._node)
    return Value(recorder, node, FLOAT)


def round_as_numpy(value, ndigits):
    """numpy.round: scaled, rounded, and scaled back, each in double precision."""
    recorder, node = value._recorder, value._node
    power = recorder.constant(10.0**ndigits)._node
    if ndigits:
        node = recorder.node(MUL, node, power)
    node = recorder.node(RINT, node)
    return Value(recorder, recorder.node(DIV, node, power) if ndigits else node, NUMPY)


def as_float(value):
    """float(value)"""
    return value if value._kind == FLOAT else Value(value._recorder, value._node, FLOAT)


def as_whole(value):
    """int(value) of a whole number."""
    return value if value._kind == WHOLE else Value(value._recorder, value._node, WHOLE)


def _logical(a, other, node_of):
    recorder = a._recorder
    b = recorder.lift(other)
    if not {a._kind, b._kind} <= {BOOL, TRUTH}:
        recorder.refuse("it works on bits")
    return Value(recorder, node_of(recorder, a._node, b._node), max(a._kind, b._kind))


def compare(op, a, b):
    recorder = a._recorder
    top = max(a._kind, b._kind)
    if top == TRUTH:
        recorder.refuse("it compares numpy.bool_")
    return Value(recorder, recorder.node(op, a._node, b._node), TRUTH if top > FLOAT else BOOL)


def truth(value):
    """Is the number not zero?"""
    if value._kind in (BOOL, TRUTH):
        return value
    recorder = value._recorder
    return Value(recorder, recorder.node(NE, value._node, recorder.zero), BOOL)


def is_symbol(value):
    return type(value) is Value


def function(op, real, *operands):
    """A function of floats that gives a float; one operand at least is a Value."""
    recorder = next(v._recorder for v in operands if type(v) is Value)
    if recorder.closed:
        return real(*map(number, operands))
    nodes = [recorder.lift(operand)._node for operand in operands]
    return Value(recorder, recorder.node(op, *nodes), FLOAT)


def choose(condition, a, b):
    """a where the condition holds, else b, as a float; one of the three is a Value."""
    recorder = next(v._recorder for v in (condition, a, b) if type(v) is Value)
    if recorder.closed:
        return float(a) if condition else float(b)
    condition, a, b = map(recorder.lift, (condition, a, b))
    node = recorder.node(SELECT, truth(condition)._node, a._node, b._node)
    for operand in (a, b):
        node = recorder.node(CHECK, node, operand._node)
    return Value(recorder, node, FLOAT)


def _operator(op, real):
    def forward(self, other):
        recorder = self._recorder
        if recorder.closed:
            return real(STAND_IN, number(other))
        constant = recorder.floats.get(other) if type(other) is float else None
        if constant is None:
            constant = recorder.lift(other)
        return combine(op, self, constant)

    def reflected(self, other):
        if self._recorder.closed:
            return real(number(other), STAND_IN)
        return combine(op, self._recorder.lift(other), self)

    return forward, reflected


def _comparison(op, real, *, swapped=False):
    def method(self, other):
        if self._recorder.closed:
            return real(STAND_IN, number(other))
        if type(other) in _INCOMPARABLE:
            return NotImplemented
        other = self._recorder.lift(other)
        return compare(op, other, self) if swapped else compare(op, self, other)

    return method


def _refusal(name, stand_in):
    """A method that ends the recording, and after that returns `stand_in`."""

    def method(self, *_):
        self._recorder.refuse(f"it {name}")
        return stand_in

    return method


def _watch_sum(method):
    """Python 3.12's sum() compensates for rounding, of floats only: an addition without a + in the
    script ends the recording."""

    def watched(self, other):
        from opcode import opmap  # needed only where something is added

        frame = sys._getframe(1)
        if frame.f_code.co_code[frame.f_lasti] != opmap["BINARY_OP"]:
            self._recorder.refuse("it adds up the value by sum() or the like")
        return method(self, other)

    return watched


for _op, _real in (
    (ADD, operator.add),
    (SUB, operator.sub),
    (MUL, operator.mul),
    (DIV, operator.truediv),
    (FLOORDIV, operator.floordiv),
    (MOD, operator.mod),
):
    _forward, _reflected = _operator(_op, _real)
    setattr(Value, f"__{_real.__name__}__", _forward)
    setattr(Value, f"__r{_real.__name__}__", _reflected)
if sys.version_info >= (3, 12):
    Value.__add__, Value.__radd__ = map(_watch_sum, (Value.__add__, Value.__radd__))

Value.__lt__, Value.__le__ = _comparison(LT, operator.lt), _comparison(LE, operator.le)
Value.__gt__ = _comparison(LT, operator.gt, swapped=True)
Value.__ge__ = _comparison(LE, operator.ge, swapped=True)
Value.__eq__, Value.__ne__ = _comparison(EQ, operator.eq), _comparison(NE, operator.ne)
for _name, _why, _stand_in in (
    ("float", "passes the value to a function that needs a real number", STAND_IN),
    ("int", "passes the value to a function that needs a whole number", int(STAND_IN)),
    ("complex", "wants a complex number", complex(STAND_IN)),
    ("hash", "uses the value as a key", hash(STAND_IN)),
    ("str", "turns the value into text", str(STAND_IN)),
    ("repr", "turns the value into text", repr(STAND_IN)),
    ("format", "turns the value into text", str(STAND_IN)),
    ("array", "makes an array of the value", STAND_IN),
    ("reduce_ex", "pickles the value", (float, (STAND_IN,))),
    *((name, "works on bits", 0) for name in ("lshift", "rlshift", "rshift", "rrshift")),
):
    setattr(Value, f"__{_name}__", _refusal(_why, _stand_in))
