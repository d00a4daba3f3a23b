"""Sequences of numbers, indexed by a symbol: the lookup becomes an operation.

A stand-in is of the sequence's own type and has its values. It is made for sequences that a
function finds around itself; a list that it makes itself is met by Value.__index__.
"""

import sys
from array import array
from itertools import pairwise

from .operations import FLOAT, INDEX, NUMPY, WHOLE
from .symbol import Value

_EXACT = 2**53
_MOST = 1 << 20  # entries of a table


def _indexed(base):
    def __getitem__(self, index):
        if type(index) is Value and not index._recorder.closed and index._kind <= WHOLE:
            kind = kind_of(self)
            if kind is not None:
                return _look_up(self, index, kind)
        return base.__getitem__(self, index)

    return __getitem__


class _List(list):
    __getitem__ = _indexed(list)


class _Tuple(tuple):
    __slots__ = ()
    __getitem__ = _indexed(tuple)


class _Bytes(bytes):
    __getitem__ = _indexed(bytes)


class _Array(array):
    __getitem__ = _indexed(array)


def stand_in(value):
    """The same sequence of numbers, for symbols too; any other value as it is."""
    kind = type(value)
    if kind in (list, tuple, bytes) and kind_of(value) is not None:
        return {list: _List, tuple: _Tuple, bytes: _Bytes}[kind](value)
    if kind is array and value.typecode != "u" and len(value):
        return _Array(value.typecode, value)
    if _is_vector(value):
        return value.view(_vector())
    return value


def _is_vector(value):
    numpy = sys.modules.get("numpy")
    if numpy is None or type(value) is not numpy.ndarray:
        return False
    return value.ndim == 1 and value.dtype == "float64" and len(value) > 0


def _vector():
    """The class is made once NumPy is there."""
    if "made" not in _VECTORS:
        ndarray = sys.modules["numpy"].ndarray
        _VECTORS["made"] = type("Vector", (ndarray,), {"__getitem__": _indexed(ndarray)})
    return _VECTORS["made"]


_VECTORS = {}


def kind_of(table):
    """The kind of its entries: all floats, or all whole numbers; None for anything else."""
    if not 0 < len(table) <= _MOST:
        return None
    if type(table).__name__ == "Vector":
        return NUMPY if table.ndim == 1 and table.dtype == "float64" else None
    kinds = {*map(type, table)}
    if kinds == {float}:
        return FLOAT
    if kinds == {int} and min(table) > -_EXACT and max(table) < _EXACT:
        return WHOLE
    return None


def _look_up(table, index, kind):
    recorder = index._recorder
    place = place_of(recorder, table)
    return Value(recorder, recorder.table_node(INDEX, index._node, place), kind)


def place_of(recorder, table, *more):
    """The place of a table among the recorder's; `more` stands behind its entries."""
    return recorder.place(array("d", [len(table), *table, *more]))


def is_ascending(table):
    """Is it a sequence of numbers, each not below the one before it?"""
    if not isinstance(table, (list, tuple, array)) or not {*map(type, table)} <= {float, int}:
        return False
    exact = all(-_EXACT < value < _EXACT for value in table if type(value) is int)
    if not table or not exact or table[0] != table[0]:
        return False
    return all(a <= b for a, b in pairwise(table))
