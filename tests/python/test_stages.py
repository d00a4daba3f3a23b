"""What tone() and matrix() take, what a pipeline may return, and what each refusal says."""

import ctypes
from array import array
from decimal import Decimal
from fractions import Fraction
from itertools import count

import numpy as np
import pytest

import lutist
from lutist import Slider, matrix, pipeline, tone

NEGATIVE = [255 - i for i in range(256)]


def table(values):
    """The table that tone() makes of it."""
    return list(tone(values)._spec[1])


@pytest.mark.parametrize(
    "values",
    [
        NEGATIVE,
        tuple(NEGATIVE),
        range(256),
        [0, 2],
        [0, -255],
        [float(v) for v in NEGATIVE],
        np.linspace(0, 255, 256),
        np.arange(256, dtype=np.float32),
        [np.int64(v) for v in NEGATIVE],
    ],
)
def test_values_meant_for_8_bits_are_refused_with_what_to_do(values):
    with pytest.raises(ValueError, match=r"^tone\(\): these look like 8-bit values.*divide by 255"):
        tone(values)
    with pytest.raises(ValueError, match=r"^green: these look like 8-bit values"):
        tone(green=values)


@pytest.mark.parametrize(
    ("values", "want"),
    [
        ([1, 0], [1, 0]),
        ([-1, 0, 1], [-1, 0, 1]),
        ([0, 1.5], [0, 1.5]),
        ([-2.0, 3.0], [-2, 3]),
        ([0, 2.5, 3], [0, 2.5, 3]),
        (np.array([0, 4.0]), [0, 4]),
        (np.array([0, 0.5], np.float16), [0, 0.5]),
        (np.array([0, 0.5], ">f8"), [0, 0.5]),
        (np.array([0, 65535], ">u2"), [0, 1]),
        ((ctypes.c_double * 2)(0.25, 0.5), [0.25, 0.5]),
        (np.arange(0, 256, 51, dtype=np.uint8)[::-1], [1, 0.8, 0.6, 0.4, 0.2, 0]),
        (bytes([0, 255]), [0, 1]),
        (array("B", [0, 51]), [0, 0.2]),
        (array("H", [0, 65535]), [0, 1]),
        ([Fraction(1, 2), Decimal("0.25"), np.float32(1)], [0.5, 0.25, 1]),
    ],
)
def test_tables(values, want):
    assert table(values) == want


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (np.arange(256), "int64"),
        (np.arange(256, dtype=np.int32), "int32"),
        (np.arange(100, dtype=np.int8), "int8"),
        (np.array([True, False]), "bool"),
        (np.array([1.0, None]), "object"),
        (np.array([1, 2j]), "complex128"),
        (array("i", NEGATIVE), "values of format 'i'"),
        (array("q", NEGATIVE), "values of format 'q'"),
    ],
)
def test_other_integers_are_refused_by_name(values, kind):
    with pytest.raises(ValueError, match=f"floats, uint8 or uint16, not {kind}: "):
        tone(values)


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ([], ValueError, "a table has two values or more, this one has 0"),
        ((), ValueError, "a table has two values or more, this one has 0"),
        (b"", ValueError, "this one has 0"),
        ([0.5], ValueError, "this one has 1"),
        ([0, float("nan")], ValueError, "entry 1: nan is not finite"),
        ([0.0, float("nan")], ValueError, "entry 1 of the table is nan"),
        (np.array([0, np.inf]), ValueError, "entry 1 of the table is inf"),
        ([0, 10**400], ValueError, "entry 1: a number of this size is too large"),
        ([[0, 1], [1, 0]], TypeError, r"entry 0: \[0, 1\] is not a number"),
        (np.zeros((2, 2)), ValueError, "one row of values, not 2-dimensional"),
        (np.float64(1), ValueError, "one row of values, not 0-dimensional"),
        ([0, 1j], TypeError, "entry 1: 1j is not a number"),
        ([0, "1"], TypeError, "entry 1: '1' is not a number"),
        ([0, None], TypeError, "entry 1: None is not a number"),
        ([False, True], TypeError, "entry 0: False is not a number"),
        ("0 1", TypeError, "'0 1' is neither a function nor a table"),
        ({0: 1}, TypeError, "neither a function nor a table"),
        ({0.0, 1.0}, TypeError, "neither a function nor a table"),
        (count(), TypeError, "neither a function nor a table: make a list of it"),
        (5, TypeError, "5 is neither a function nor a table"),
        (np.array([b"1"]), ValueError, "floats, uint8 or uint16, not .S1"),
    ],
)
def test_what_is_no_table(values, error, message):
    with pytest.raises(error, match=message) as caught:
        tone(values)
    assert str(caught.value).startswith("tone()")
    assert "\n" not in str(caught.value)


POINTS = ((0, 0.1), (0.4, 0.6), (1, 0.9))


@pytest.mark.parametrize(
    "stage",
    [
        lutist.curve(*POINTS),
        lutist.exposure(0.5),
        lutist.contrast(0.3),
        lutist.brightness(0.3),
        lutist.brightness(0),
        lutist.white_point(0.7),
        tone([1.0, 0.0]),
    ],
)
@pytest.mark.parametrize("channel", ["red", "green", "blue"])
def test_a_stage_of_one_curve_is_the_curve_of_a_channel(stage, channel, noise):
    array, _ = noise()
    whole = look_of(stage).apply(array)
    one = look_of(tone(**{channel: stage})).apply(array)
    for i, name in enumerate(("red", "green", "blue")):
        want = whole if name == channel else array
        np.testing.assert_array_equal(one[..., i], want[..., i])
    if stage:
        np.testing.assert_array_equal(look_of(tone(stage)).apply(array), whole)


@pytest.mark.parametrize(
    ("stage", "message"),
    [
        (tone(red=lambda x: x), "<lutist tone stage> is not one curve"),
        (lutist.white_balance(0.2), "<lutist tone stage> is not one curve"),
        (lutist.saturation(0.5), "<lutist matrix stage> is not one curve"),
        (lutist.sepia(0.5), "<lutist matrix stage> is not one curve"),
        (lutist.vibrance(0.5), "<lutist cube stage> is not one curve"),
        (lutist.linear(lutist.exposure(1)), "3 stages are not one curve: write a tone for each"),
        ([lutist.invert(), 0.5], "2 stages are not one curve"),
    ],
)
def test_a_stage_of_several_curves_or_none_is_refused(stage, message):
    for call, name in ((tone, "tone()"), (lambda f: tone(blue=f), "blue")):
        with pytest.raises(TypeError) as caught:
            call(stage)
        assert str(caught.value).startswith(f"{name}: {message}")
        assert "\n" not in str(caught.value)
        assert caught.value.__context__ is None


def test_an_object_that_is_no_curve_is_refused_without_a_second_exception():
    with pytest.raises(TypeError, match="5 is neither a function nor a table") as caught:
        tone(5)
    assert caught.value.__context__ is None


ROW = [1, 0, 0]


@pytest.mark.parametrize(
    ("rows", "error", "message"),
    [
        ([ROW, ROW, [1, 0, True]], TypeError, r"row 2, column 2: True is not a number"),
        ([ROW, ROW, [1, 0, "0"]], TypeError, "row 2, column 2: '0' is not a number"),
        ([ROW, [1, None, 0], ROW], TypeError, "row 1, column 1: None is not a number"),
        ([ROW, [1, 1j, 0], ROW], TypeError, "row 1, column 1: 1j is not a number"),
        ([[float("nan"), 0, 0], ROW, ROW], ValueError, "row 0, column 0: nan is not finite"),
        ([[float("inf"), 0, 0], ROW, ROW], ValueError, "row 0, column 0: inf is not finite"),
        ([[10**400, 0, 0], ROW, ROW], ValueError, "row 0, column 0: .* too large"),
        ([ROW, ROW], ValueError, "three rows of three numbers, or of four"),
        ([ROW, ROW, [1, 0]], ValueError, "three rows of three numbers, or of four"),
        ([ROW, ROW, [1, 0, 0, 0]], ValueError, "three rows"),
        ([ROW, ROW, "100"], ValueError, "three rows"),
        ([ROW, ROW, 5], ValueError, "three rows"),
        (5, ValueError, "three rows of three numbers, or of four; this is 5"),
        (count(), ValueError, "three rows"),
        (None, ValueError, "three rows"),
        (np.eye(3)[..., None], TypeError, "row 0, column 0"),
    ],
)
def test_what_is_no_matrix(rows, error, message):
    with pytest.raises(error, match=message) as caught:
        matrix(rows)
    assert "\n" not in str(caught.value)


def test_matrices_of_every_kind():
    want = ("matrix", 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0)
    for rows in (np.eye(3), np.eye(3, dtype=int), np.eye(3).tolist(), tuple(np.eye(3))):
        assert matrix(rows)._spec == want
    assert matrix(np.eye(3, 4))._spec == want


@pytest.mark.parametrize(
    "call",
    [
        lambda bad: lutist.exposure(bad),
        lambda bad: lutist.gamma(bad),
        lambda bad: lutist.contrast(bad),
        lambda bad: lutist.levels(bad),
        lambda bad: lutist.levels(0, 1, bad),
        lambda bad: lutist.curve((0, 0), (1, bad)),
        lambda bad: lutist.posterize(bad),
        lambda bad: lutist.threshold(bad),
        lambda bad: lutist.grayscale(bad),
        lambda bad: lutist.saturation(bad),
        lambda bad: lutist.white_balance(bad),
        lambda bad: lutist.split_tone((bad, 0, 0)),
        lambda bad: lutist.split_tone(balance=bad),
        lambda bad: lutist.brightness(bad),
        lambda bad: lutist.sigmoid(bad),
        lambda bad: lutist.sigmoid(2, bad),
        lambda bad: lutist.black_point(bad),
        lambda bad: lutist.white_point(bad),
        lambda bad: lutist.solarize(bad),
        lambda bad: lutist.filmic(exposure=bad),
        lambda bad: lutist.log_to_display(exposure=bad),
        lambda bad: lutist.channel_mixer((1, bad, 0)),
        lambda bad: lutist.hue_rotate(bad),
        lambda bad: lutist.color_temperature(bad),
        lambda bad: lutist.color_temperature(5000, bad),
        lambda bad: lutist.lift_gamma_gain(bad),
        lambda bad: lutist.lift_gamma_gain(gain=(1, 1, bad)),
        lambda bad: lutist.asc_cdl(bad),
        lambda bad: lutist.asc_cdl(saturation=bad),
        lambda bad: lutist.sepia(bad),
        lambda bad: lutist.duotone((bad, 0, 0)),
        lambda bad: lutist.duotone(amount=bad),
        lambda bad: lutist.cross_process(bad),
        lambda bad: lutist.vibrance(bad),
        lambda bad: lutist.bleach_bypass(bad),
    ],
)
@pytest.mark.parametrize("bad", ["1", None, float("nan"), float("inf"), True, 1j, 10**400])
def test_a_ready_made_stage_wants_finite_numbers(call, bad):
    with pytest.raises((TypeError, ValueError), match=r"\(\).*(not a number|not finite|too large)"):
        call(bad)


def test_points_of_a_curve_are_pairs():
    with pytest.raises(ValueError, match=r"curve\(\): point 2 is 1, not a pair"):
        lutist.curve((0, 0), 1)
    with pytest.raises(ValueError, match="so much light"):
        lutist.exposure(2000)


def look_of(result):
    @pipeline
    def look():
        return result

    return look


def test_a_list_may_be_nested_deep():
    stage = tone(lambda x: 1 - x)
    nested = stage
    for _ in range(20000):
        nested = [None, nested]
    assert look_of((nested, [], [stage])).stages() == [stage._spec, stage._spec]


def test_a_list_that_contains_itself_is_told():
    stages = [tone(lambda x: x)]
    stages.append([stages])
    with pytest.raises(ValueError, match=r"look\(\) returned a list that contains itself"):
        look_of(stages).stages()


def test_stages_without_end_are_told():
    stages = [tone(lambda x: x)]
    for _ in range(60):
        stages = [stages, stages]
    with pytest.raises(ValueError, match=r"look\(\) returned more than 65536 stages"):
        look_of(stages).stages()


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (look_of(None), r"returned <lutist pipeline .*, which is not a stage: call it, as in look"),
        (tone, r"returned <function tone.*, which is not a stage: call it, as in tone\(…\)"),
        (
            lutist.sepia,
            r"returned <function sepia.*, which is not a stage: call it, as in sepia\(…\)",
        ),
        (lambda x: x, "returned <function <lambda>.*makes one of a function"),
        ((tone(f) for f in ()), "returned <generator.*, which is not a stage: make a list of it"),
        ({tone(lambda x: x)}, "make a list of it"),
        ("invert", "returned 'invert', which is not a stage"),
        ([5], "returned 5, which is not a stage"),
        (np.zeros(3), r"returned array\(.*, which is not a stage"),
        (NotImplemented, "which is not a stage"),
        (0, "returned 0, which is not a stage"),
        (False, "returned False, which is not a stage"),
    ],
)
def test_what_is_no_stage_is_told(result, message):
    with pytest.raises(TypeError, match=message) as caught:
        look_of(result).stages()
    assert "\n" not in str(caught.value)


# A function that forgets its return, one that says None, and those between.


def forgets(x: Slider(0, 1) = 0.5):
    tone(lambda v: v * x)


def empty(x: Slider(0, 1) = 0.5):
    """Only words."""


def one_branch(x: Slider(0, 1) = 0.5):
    if x > 0.5:
        return tone(lambda v: v)


def in_a_loop(x: Slider(0, 1) = 0.5):
    for _ in range(2):
        if x > 0.5:
            return [tone(lambda v: v)]


def in_a_try(x: Slider(0, 1) = 0.5):
    try:
        return tone([x, x / (x - 0.5)])
    except ZeroDivisionError:
        pass


def inner_return(x: Slider(0, 1) = 0.5):
    def inner():
        return None

    inner()


def of_a_choice(x: Slider(0, 1) = 0.5):
    match x:
        case 1:
            return tone(lambda v: v)


@pytest.mark.parametrize(
    "function", [forgets, empty, one_branch, in_a_loop, in_a_try, inner_return, of_a_choice]
)
def test_a_missing_return_is_told(function, noise):
    look = pipeline(function)
    message = f"{function.__name__}.. came to its end without a return: .*None for no change"
    for call in (look, look.stages, lambda: look.apply(noise()[1])):
        with pytest.raises(TypeError, match=message):
            call()


def says_none(x: Slider(0, 1) = 0.5):
    return None


def says_nothing(x: Slider(0, 1) = 0.5):
    if x > 0.75:
        return tone(lambda v: v)
    return


def chooses(x: Slider(0, 1) = 0.5):
    return tone(lambda v: v) if x > 0.5 else None


def looks_up(x: Slider(0, 1) = 0.5):
    return {1: tone(lambda v: v)}.get(x)


def both(x: Slider(0, 1) = 0.5):
    if x == 0.5:
        return None
    if x > 0.75:
        return tone(lambda v: v)


def endless(x: Slider(0, 1) = 0.5):
    while True:
        if x:
            return {}.get(x)


def every_branch(x: Slider(0, 1) = 0.5):
    match x:
        case 1:
            return tone(lambda v: v)
        case _:
            return {}.get(x)


def with_finally(x: Slider(0, 1) = 0.5):
    try:
        return {}.get(x)
    finally:
        x += 1


@pytest.mark.parametrize(
    "function",
    [says_none, says_nothing, chooses, looks_up, both, endless, every_branch, with_finally],
)
def test_none_that_is_said_is_no_change(function):
    assert pipeline(function)() is None


def test_none_of_a_lambda_or_of_code_without_source_is_no_change():
    assert pipeline(lambda: None)() is None
    made = {}
    exec("def look(): pass", made)
    assert pipeline(made["look"])() is None


def test_a_file_that_has_been_edited_meanwhile_is_no_error(script):
    path = script("from lutist import pipeline\n@pipeline\ndef look(): pass\n")
    look = lutist.load(path)
    script("def (:\n")
    assert look() is None
