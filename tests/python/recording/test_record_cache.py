"""Recordings kept from plan to plan: for functions that cannot have changed."""

import math

import numpy as np
import pytest

import lutist
from lutist import math as lm
from lutist.recording import record_cache
from lutist.recording.record_cache import RecordCache

shift = 0.25
table = [0.5]


def helper(x):
    return x + shift


def counter(monkeypatch):
    """Count what is really recorded."""
    calls = []
    real = record_cache.record
    monkeypatch.setattr(record_cache, "record", lambda f: calls.append(f) or real(f))
    return calls


def scaled(gain):
    return lambda x: x * gain


def with_default(gain):
    return lambda x, g=gain: x * g


def with_keyword(gain):
    def curve_at(x, *, g=gain):
        return x * g

    return curve_at


def through_a_tuple(gain):
    pair = (gain, ("text", None, True))
    return lambda x: x * pair[0]


def through_a_function(gain):
    inner = scaled(gain)
    return lambda x: inner(x) + 1


def with_functions(gain):
    return lambda x: lm.clamp(math.floor(x * gain) + helper(x))


KEPT = [scaled, with_default, with_keyword, through_a_tuple, through_a_function, with_functions]


@pytest.mark.parametrize("make", KEPT)
def test_the_same_function_is_recorded_once(make, monkeypatch):
    calls, cache = counter(monkeypatch), RecordCache()
    for _ in range(3):
        cache.turn()
        cache.record(make(0.5))
        cache.record(make(0.5))
    assert len(calls) == 1
    cache.record(make(0.75))
    assert len(calls) == 2
    cache.record(make(0.0)), cache.record(make(-0.0))
    assert len(calls) == 4
    cache.record(make(1)), cache.record(make(1.0))
    assert len(calls) == 6


def test_what_two_plans_did_not_use_is_forgotten(monkeypatch):
    calls, cache = counter(monkeypatch), RecordCache()
    cache.record(scaled(2))
    cache.turn(), cache.record(scaled(2))
    assert len(calls) == 1
    cache.turn(), cache.turn(), cache.record(scaled(2))
    assert len(calls) == 2
    assert len(cache.now) == 1 and not cache.last


def test_a_changed_global_is_seen(monkeypatch):
    calls, cache = counter(monkeypatch), RecordCache()
    for value in (0.25, 0.25, 0.5):
        monkeypatch.setitem(globals(), "shift", value)
        cache.turn()
        cache.record(lambda x: helper(x) * 2)
        cache.record(helper)
    assert len(calls) == 4


class Callable:
    def __call__(self, x):
        return x


def through_a_list(gain):
    values = [gain]
    return lambda x: x * values[0]


def with_attribute(gain):
    def curve_at(x):
        return x * gain

    curve_at.note = gain
    return curve_at


def recursive(gain):
    def curve_at(x):
        return curve_at(x * 0.5) if x > 1 else x * gain

    return curve_at


@pytest.mark.parametrize(
    "make",
    [
        through_a_list,
        with_attribute,
        recursive,
        lambda gain: lambda x: x * table[0] * gain,
        lambda gain: Callable(),
        lambda gain: np.sqrt,
        lambda gain: abs,
    ],
)
def test_what_may_have_changed_is_recorded_again(make, monkeypatch):
    calls, cache = counter(monkeypatch), RecordCache()
    cache.record(make(0.5)), cache.record(make(0.5))
    assert len(calls) == (1 if make(0.5) is abs else 2)


def test_a_name_that_is_not_set_yet_is_no_error():
    def outer():
        curve_at = lambda x: x * later  # noqa: E731
        first = RecordCache().record(curve_at)
        later = 2.0
        return first, RecordCache().record(curve_at)

    _, (expression, why) = outer()
    assert expression is not None and why is None


def test_looks_are_kept(monkeypatch):
    calls, cache = counter(monkeypatch), RecordCache()
    for _ in range(2):
        cache.turn()
        for stage in (
            lutist.exposure(0.5),
            lutist.gamma(1.5),
            lutist.contrast(0.3),
            lutist.levels(0.1, 0.9),
            lutist.curve((0, 0), (0.5, 0.6), (1, 1)),
            lutist.invert(),
            lutist.posterize(4),
            lutist.threshold(0.5),
            lutist.split_tone((0.1, 0, 0)),
        ):
            for function in stage._spec[1:]:
                cache.record(function)
    assert len(calls) == 10  # of split_tone red, and green as blue
