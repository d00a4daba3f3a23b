"""The operations of recordings: told by the host's names, wherever those stand in its list."""

import importlib
import operator

import pytest

import _lutist
import lutist.math
from lutist.recording import operations
from lutist.recording.record import Recorder

FUNCTIONS = "sqrt exp log log2 log10 sin cos tan asin acos atan sinh cosh tanh".split()
CURVES = {
    "add": lambda x: x + 2.0,
    "sub": lambda x: x - 2.0,
    "mul": lambda x: x * 2.0,
    "div": lambda x: x / 2.0,
    "floordiv": lambda x: x // 2.0,
    "mod": lambda x: x % 2.0,
    "pow": lambda x: x**2.5,
    "neg": operator.neg,
    "abs": abs,
    "lt": lambda x: lutist.where(x < 2.0, 0.0, x),
    "le": lambda x: lutist.where(x <= 2.0, 0.0, x),
    "eq": lambda x: lutist.where(x == 2.0, 0.0, x),
    "ne": lambda x: lutist.where(x != 2.0, 0.0, x),
    "select": lambda x: 1.0 if x < 2.0 else x,
    "min": lambda x: lutist.math.min(x, 2.0),
    "max": lambda x: lutist.math.max(x, 2.0),
    **{name: getattr(lutist.math, name) for name in FUNCTIONS},
    "atan2": lambda x: lutist.math.atan2(x, 2.0),
}


@pytest.mark.parametrize("name", CURVES)
def test_a_curve_is_recorded_by_the_operation_s_name(name):
    recorder = Recorder(CURVES[name])
    recorder.explore([])
    assert name in {_lutist.expr_ops[node[0]] for node in recorder.nodes}


def test_the_order_of_the_host_s_list_does_not_matter(monkeypatch):
    names = _lutist.expr_ops
    constants = {name: name.upper() for name in names if hasattr(operations, name.upper())}
    assert len(constants) == 34
    try:
        with monkeypatch.context() as patch:
            patch.setattr(_lutist, "expr_ops", names[::-1])
            importlib.reload(operations)
            for name, constant in constants.items():
                assert getattr(operations, constant) == names[::-1].index(name)
    finally:
        importlib.reload(operations)
