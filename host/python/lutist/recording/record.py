"""Recording: a curve's function runs on a symbol, and its operations become an expression for C.

The function runs once for every path through its branches. A Value stands in the place of the
number; each operation on it becomes a node of the expression (host/pipe/expr/expr.h), in double
precision and with Python's own result. A function that passes the symbol on to one that needs a
real number is recorded as a copy (rewrite.py). One that cannot be recorded is sampled instead, one
call an entry, with the same result.
"""

import sys
from math import copysign, nan

from _lutist import expression

from .operations import (
    ABS,
    ADD,
    BISECT,
    BISECT_LEFT,
    BOOL,
    CHECK,
    CONST,
    COPYSIGN,
    EQ,
    FLOAT,
    LE,
    LT,
    MAX,
    MIN,
    MUL,
    NE,
    NEG,
    NUMPY,
    SELECT,
    SUB,
    WHOLE,
    WITH_TABLE,
    X,
)
from .symbol import STAND_IN, Value

MOST_PATHS = 64  # through the branches
MOST_CHOICES = 64  # branches on one path
MOST_NODES = 4096
MOST_WHOLES = 24  # that an index may be, of each sign: a path each
MOST_ENTRIES = 1 << 21  # of all tables
_EXACT = 2**53  # below, a double holds every whole number

# Operations that have a value for all operands.
_TOTAL = {X, CONST, ADD, SUB, MUL, NEG, ABS, LT, LE, EQ, NE, SELECT, CHECK, MIN, MAX, COPYSIGN,
          BISECT, BISECT_LEFT}  # fmt: skip


class Unrecordable(BaseException):
    """Ends a recording. No Exception, so that few a script's handlers catch it."""


def record(function):
    """(expression, None), or (None, why the function cannot be recorded, and where)."""
    made, why = _record(function)
    if not made:
        from .rewrite import rewritten  # most functions need no copy

        copy = rewritten(function)
        made, why = _record(copy) if copy else (made, why)
    return made, why


def _record(function):
    recorder = Recorder(function)
    try:
        result = recorder.explore([])
    except Unrecordable as reason:
        return None, str(reason)
    finally:
        recorder.close()
    # Nodes stand behind what they need: the result's are all in front of it.
    nodes = recorder.nodes[: result + 1]
    made = expression(nodes, recorder.constants, recorder.tables or b"")
    return made, None if made else "it does too much"


class Recorder:
    """The nodes of one recording, and its current path through the branches.

    A node is a tuple: operation, and up to three earlier nodes; for CONST an index into the
    constants; with a table one node and such an index, to the place among the tables.
    """

    def __init__(self, function):
        self.function = function
        self.nodes = [(X, 0, 0, 0)]
        self.index = {}
        self.constants = []
        self.tables = None  # an array of doubles, once there is one
        self.places = {}  # constants' indices, by the table's bytes
        self.ends = {}  # by node and trail: where the function stopped to take whole numbers
        self.known = {}  # Values of constants, by type and number
        self.floats = {}  # by the float alone; no zeros, which have a sign
        self.results = {}
        self.x = Value(self, 0, FLOAT)
        self.paths = 0
        self.closed = False  # ended or refused: Values act as STAND_IN
        self.why = ""
        self.fragile = []

    def close(self):
        """End the recording. A Value that the function has kept must not keep the nodes alive."""
        self.closed = True
        self.x = self.function = None
        for kept in (self.known, self.floats, self.results, self.index, self.places, self.ends):
            kept.clear()

    def refuse(self, why):
        """Give up. A function that goes on after this works with STAND_IN."""
        if not self.closed:
            self.closed, self.why = True, _line_of_script() + why
            raise Unrecordable(self.why)
        return STAND_IN

    def node(self, op, a, b=0, c=0):
        key = (op, a, b, c)
        found = self.index.get(key)
        if found is None:
            found = self._new_node(key)
        if op not in _TOTAL:
            self.fragile.append(found)
        return found

    def _new_node(self, key):
        if self.closed:
            return 0
        self.index[key] = len(self.nodes)
        self.nodes.append(key)
        if len(self.nodes) > MOST_NODES:
            self.refuse("it does too much")
        return len(self.nodes) - 1

    def float_node(self, op, a, b):
        """The node as a Value of kind FLOAT, from a cache: most operations are of this kind."""
        key = (op, a, b)
        value = self.results.get(key)
        if value is None:
            value = self.results[key] = Value(self, self.node(op, a, b), FLOAT)
        elif op not in _TOTAL:
            self.fragile.append(value._node)
        return value

    def constant(self, number):
        """A Value of a Python number, NumPy's float64 included."""
        kind = type(number)
        key = (kind, number) if number else (kind, number, copysign(1.0, number))
        value = self.known.get(key)
        if value is None:
            value = Value(self, self._constant_node(number), _kind_of(number))
            self.known[key] = value
            if kind is float and number:
                self.floats[number] = value
        return value

    @property
    def zero(self):
        return self.constant(0.0)._node

    def number(self, value):
        """The number of a constant's Value; None for another Value."""
        op, at, _, _ = self.nodes[value._node]
        return self.constants[at] if op == CONST else None

    def _constant_node(self, number):
        self.constants.append(float(number))
        return self.node(CONST, len(self.constants) - 1)

    def lift(self, operand):
        """The other operand as a Value."""
        kind = type(operand)
        if kind is Value:
            if operand._recorder is not self:
                self.refuse("it keeps values of an earlier call")
            return operand
        if kind is int and not -_EXACT < operand < _EXACT:
            self.refuse("it uses very large integers")
        elif kind in (float, int, bool) or _is_float64(kind):
            return self.constant(operand)
        self.refuse(f"it combines the value with {_a(kind)}")
        return self.x

    def place(self, table):
        """An array of doubles, as expr.h has it, among the tables: the index of its place."""
        key = table.tobytes()
        at = self.places.get(key)
        if at is None:
            tables = self.tables = self.tables or table[:0]
            at = self.places[key] = len(self.constants)
            self.constants.append(float(len(tables)))
            tables.extend(table)
            if len(tables) > MOST_ENTRIES:
                self.refuse("its tables are too long")
        return at

    def table_node(self, op, node, place):
        return self.node(op, node, place)

    def whole_number(self, node):
        """A whole number that the node may be; there is a path for each, up to some.

        Where the function raises at one, larger ones (below 0, smaller ones) are not tried. An
        input that gives another number has no value, so the function is called.
        """
        before = (node, len(self.trail), tuple(self.trail))
        for sign in (1, -1):
            for size in range(sign < 0, self.ends.get((before, sign), MOST_WHOLES) + 1):
                number = sign * size
                condition = self.node(EQ, node, self.constant(float(number))._node)
                self.given[condition] = (before, sign, size)
                if self.decide(condition):
                    return number
        raise IndexError("it uses a whole number that has many values")

    def numpy_ufunc(self, ufunc, method, inputs, options):
        """A ufunc called with a Value among its inputs."""
        from .numpy_calls import call_ufunc  # most scripts use no NumPy

        return call_ufunc(self, ufunc, method, inputs, options)

    def numpy_function(self, function, args, options):
        """A function of NumPy's called with a Value among its arguments."""
        from .numpy_calls import call_function

        return call_function(self, function, args, options)

    def decide(self, condition):
        """The outcome of the branch on this node, on the current path."""
        outcome = self.outcomes.get(condition)
        if outcome is not None:
            return outcome
        at = len(self.trail)
        if at == MOST_CHOICES:
            self.refuse("it branches too often")
        if at < len(self.prefix):
            expected, outcome = self.prefix[at]
            if expected != condition:
                self.refuse("it does not do the same twice")
        else:
            outcome = True
        self.trail.append((condition, outcome))
        self.outcomes[condition] = outcome
        return outcome

    def explore(self, prefix):
        """The node of the result, for all paths that begin with these outcomes."""
        result = self.run(prefix)
        chosen = self.trail
        for at in range(len(chosen) - 1, len(prefix) - 1, -1):
            condition = chosen[at][0]
            other = self.explore([*chosen[:at], (condition, False)])
            result = self.node(SELECT, condition, result, other)
        return result

    def run(self, prefix):
        """One path: run the function from its beginning. An exception becomes a NaN."""
        self.paths += 1
        if self.paths > MOST_PATHS:
            self.refuse("it branches too often")
        self.prefix, self.trail, self.outcomes, self.fragile = prefix, [], {}, []
        self.given = {}
        try:
            result = self.leaf(self.function(self.x))
        except (Exception, SystemExit):
            result = self._constant_node(nan)
            self._note_end()
        if self.closed:  # the function caught Unrecordable
            raise Unrecordable(self.why)
        return self.guarded(result)

    def _note_end(self):
        """An exception right after a whole number was given out: the function takes no more."""
        condition, outcome = self.trail[-1] if self.trail else (None, False)
        if outcome and condition in self.given:
            before, sign, size = self.given[condition]
            self.ends[before, sign] = size

    def leaf(self, result):
        """The node of the function's result, as the host would read that."""
        kind = type(result)
        if kind is Value:
            return self.lift(result)._node
        if kind in (float, int, bool) or hasattr(kind, "__float__"):
            return self._constant_node(float(result))
        return self._constant_node(nan)

    def guarded(self, result):
        """An operation that can fail must fail the path, even where the result does not use it."""
        if not self.fragile:
            return result
        needed = self.needed([result, *(condition for condition, _ in self.trail)])
        for node in self.fragile:
            if node not in needed:
                result = self.node(CHECK, result, node)
                needed.add(node)
        return result

    def needed(self, stack):
        """These nodes and all their operands."""
        nodes, seen = self.nodes, {0}
        while stack:
            node = stack.pop()
            if node not in seen:
                seen.add(node)
                op, a, b, c = nodes[node]
                if op in WITH_TABLE:
                    stack.append(a)
                elif op != CONST:
                    stack += (a, b, c) if c else (a, b) if b else (a,)
        return seen


def _line_of_script():
    """'film.py:12: ' for the line that runs; '' if the script has no line in this."""
    frame = sys._getframe(2)
    while frame and str(frame.f_globals.get("__name__")).partition(".")[0] in _OWN:
        if frame.f_code is Recorder.run.__code__:
            return ""
        frame = frame.f_back
    if frame is None:
        return ""
    code = frame.f_code
    return f"{code.co_filename.rpartition('/')[2]}:{frame.f_lineno}: "


_OWN = ("lutist", "numpy")


def _kind_of(number):
    return {bool: BOOL, int: WHOLE, float: FLOAT}.get(type(number), NUMPY)


def _is_float64(kind):
    return kind.__name__ == "float64" and kind.__module__ == "numpy"


def _a(kind):
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
