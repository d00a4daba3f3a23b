"""What a picture becomes is what the function itself gives, recorded, sampled or called."""

import math

import numpy as np
import pytest
from test_record import branches, loop

import lutist
from lutist import math as lm
from lutist.recording.record import record


def every_sample(function, dtype=np.uint16):
    """What a picture of all values becomes, by the host and by plain calls."""

    @lutist.pipeline
    def look():
        return lutist.tone(function)

    top = np.iinfo(dtype).max
    ramp = np.arange(top + 1, dtype=dtype).reshape(16, -1)
    got = np.asarray(look.apply(lutist.Image.from_buffer(ramp)))
    want = [min(max(function(x / top), 0.0), 1.0) for x in range(top + 1)]
    return got.ravel(), np.floor(np.array(want) * top + 0.5)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize(
    "function",
    [
        lambda x: float(str(x)) ** 0.5,
        lambda x: [0.0, 0.5, 1.0][int(x * 2)],
        lambda x: math.gamma(x + 0.25),
        branches,
        loop,
    ],
    ids=range(5),
)
def test_sampled_or_recorded_the_picture_is_the_same(function, dtype):
    got, want = every_sample(function, dtype)
    np.testing.assert_array_equal(got, want)


def test_handlers_of_exceptions_make_no_wrong_recording():
    def bare(x):
        try:
            return float(str(x)) / 2
        except:  # noqa: E722
            return 0.25

    def patient(x):
        for _ in range(3):
            try:
                return float(str(x))
            except BaseException:
                pass
        return 0.75

    def endless(x):
        while True:
            try:
                if float(str(x)) > -1:
                    return x
            except BaseException:
                continue

    def finally_returns(x):
        try:
            return float(f"{x}") / 2
        finally:
            x = 1 - x

    def division(x):
        try:
            return 1 / (x * 4)
        except ZeroDivisionError:
            return 0.5

    for function in (bare, patient, endless, finally_returns):
        assert record(function)[0] is None
    for function in (bare, patient, endless, finally_returns, division):
        got, want = every_sample(function)
        np.testing.assert_array_equal(got, want)


def test_a_recording_is_not_trusted_blindly():
    """Functions that tell a symbol from a float, or that change their mind."""
    got, want = every_sample(lambda x: x / 2 if type(x) is float else x)
    np.testing.assert_array_equal(got, want)

    calls = []

    def third_time(x):
        calls.append(x)
        return x * 0.5 if len(calls) > 2 else x

    got, want = every_sample(third_time)
    np.testing.assert_array_equal(got[10:], want[10:])


def test_values_kept_from_a_recording_do_no_harm():
    kept = []

    def keeps(x):
        kept.append(x)
        return x + 0 * kept[0]

    got, want = every_sample(keeps)
    np.testing.assert_array_equal(got, want)
    old = kept[0]
    assert isinstance(old, float) and float(old) == old * 1.0 == old + 0 == 0.5
    assert (old > 1, old < 2, bool(old), -old, round(old), math.floor(old)) == (
        False, True, True, -0.5, 0, 0)  # fmt: skip
    assert (old**2, 2**old, divmod(old, 0.3)[0], lm.sqrt(old), np.sqrt(old), abs(old)) == (
        0.25, 2**0.5, 1, 0.5**0.5, 0.5**0.5, 0.5)  # fmt: skip
    assert (str(old), {old: 1}[0.5], lutist.where(old, 1, 2), np.clip(old, 0, 0.1)) == (
        "0.5", 1, 1.0, 0.1)  # fmt: skip


def test_interrupts_and_exits_come_through():
    def stops(x):
        raise KeyboardInterrupt

    def leaves(x):
        raise SystemExit(3)

    for function, error in ((stops, KeyboardInterrupt), (leaves, SystemExit)):
        with pytest.raises(error):
            every_sample(function)


@pytest.mark.parametrize(
    ("function", "x", "message"),
    [
        (lambda x: 1 / (x - 51 / 255), 51 / 255, "division by zero"),
        (lambda x: lm.log(x), 0.0, "math domain error"),
        (lambda x: lm.exp(x * 800), 227 / 255, "math range error"),
        (lambda x: (x - 0.2) ** -2, 51 / 255, "negative power"),
        (lambda x: 10.0 ** (x * 400), 197 / 255, "Result too large|out of range"),
    ],
)
def test_python_s_own_exception_comes_through(function, x, message):
    assert record(function)[0] is not None
    with pytest.raises((ArithmeticError, ValueError), match=message) as caught:
        every_sample(function, np.uint8)
    own = [entry for entry in caught.traceback if entry.name == "<lambda>"]
    assert own[-1].frame.f_locals["x"] == x


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda x: (x - 0.5) ** 0.5, r"gave .*j\) for x = 0, not a number \(a power of a neg"),
        (lambda x: x * math.inf - math.inf, "gave nan for x = 0, not a number"),
        (lambda x: x if x < 0.5 else None, "gave None for x = 0.50"),
        (lambda x: x if x < 0.5 else "1", "gave '1' for x = 0.50"),
    ],
)
def test_what_is_no_number_is_named_as_before(function, message):
    with pytest.raises(lutist.Error, match=r"stage 1 \(tone\): the function " + message):
        every_sample(function, np.uint8)


VECTORS = [
    (np.exp, True),
    (lambda x: np.power(x, 0.45), True),
    (lambda x: np.interp(x, [0, 0.5, 1], [0, 0.8, 1]), True),
    (lambda x: np.tanh(x * 2) / np.tanh(2), True),
    (lambda x: np.sin(x) * 0.5 if np.ndim(x) == 0 else np.sin(x) * 0.5 + 1, False),
    (lambda x: np.exp(x) if np.size(x) == 1 else x[:-1], False),
    (lambda x: np.exp(-x) if np.size(x) == 1 else "no array", False),
    (lambda x: np.exp(-x) if np.size(x) == 1 else np.full(x.shape, np.nan), False),
    (lambda x: np.exp(-x) if np.size(x) == 1 else np.exp(-x) + 0j, False),
    (lambda x: math.gamma(x + 1), False),
    (lambda x: np.heaviside(x - 0.5, 1) + np.exp(x), True),
]


@pytest.mark.parametrize(("function", "one_call"), VECTORS, ids=range(len(VECTORS)))
def test_numpy_s_functions_get_an_array(function, one_call):
    calls = []

    def counted(x):
        calls.append(np.size(x))
        return function(x)

    got, want = every_sample(counted, np.uint16 if one_call else np.uint8)
    np.testing.assert_array_equal(got, want)
    assert (len(calls) < len(want) + 100) == one_call


def test_what_writes_into_its_array_does_no_harm():
    def in_place(x):
        x *= 0.5
        return np.exp(x) - 1

    got, want = every_sample(in_place)
    np.testing.assert_array_equal(got, want)
