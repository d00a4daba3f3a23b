"""Brightness, sigmoid, black and white point against their formulas: exact at every value."""

import numpy as np
import pytest
from pictures import expect_exact, expect_identity

import lutist

DEPTHS = pytest.mark.parametrize("depth", [8, 16])


def schlick_bias(x, amount):
    b = (1 + amount) / 2
    inside = np.clip(x, 0, 1)
    y = inside / ((1 / b - 2) * (1 - inside) + 1)
    y = y + np.minimum(x, 0) * (b / (1 - b))
    return y + np.maximum(x - 1, 0) * ((1 - b) / b)


@DEPTHS
@pytest.mark.parametrize("amount", [-0.999, -0.5, -0.01, 0.2, 0.7, 0.999])
def test_brightness(depth, amount):
    expect_exact(lutist.brightness(amount), lambda x: schlick_bias(x, amount), depth)


def test_brightness_moves_middle_gray_where_it_says():
    for amount in (-0.5, 0.25):
        middle = lutist.brightness(amount)[0]._spec[1]
        assert middle(0.5) == pytest.approx((1 + amount) / 2, abs=1e-15)
        assert (middle(0.0), middle(1.0)) == (0.0, 1.0)


@DEPTHS
def test_brightness_goes_on_beyond_black_and_white(depth):
    stages = [lutist.exposure(1), lutist.brightness(-0.4), lutist.exposure(-2)]
    expect_exact(stages, lambda x: schlick_bias(x * 2, -0.4) / 4, depth)
    stages = [lutist.levels(0.5, 1.5), lutist.brightness(0.4), lutist.tone(lambda x: x + 1)]
    expect_exact(
        [lutist.tone(lambda x: x - 0.5), *stages[1:]],
        lambda x: schlick_bias(x - 0.5, 0.4) + 1,
        depth,
    )


def piecewise_power(x, contrast, pivot):
    x = np.clip(x, 0, 1)
    low = pivot * (x / pivot) ** contrast
    high = 1 - (1 - pivot) * ((1 - x) / (1 - pivot)) ** contrast
    return np.where(x < pivot, low, high)


@DEPTHS
@pytest.mark.parametrize(
    ("contrast", "pivot"), [(1.5, 0.5), (4, 0.18), (0.6, 0.4), (0.01, 0.9), (30, 0.5), (2, 0.999)]
)
def test_sigmoid(depth, contrast, pivot):
    expect_exact(
        lutist.sigmoid(contrast, pivot), lambda x: piecewise_power(x, contrast, pivot), depth
    )


def test_sigmoid_keeps_black_pivot_and_white_and_its_reciprocal_takes_it_back():
    curve = lutist.sigmoid(2.5, 0.3)[0]._spec[1]
    back = lutist.sigmoid(1 / 2.5, 0.3)[0]._spec[1]
    assert [curve(x) for x in (-1.0, 0.0, 1.0, 2.0)] == [0, 0, 1, 1]
    assert curve(0.3) == pytest.approx(0.3, abs=1e-15)
    slope = (curve(0.3 + 1e-7) - curve(0.3 - 1e-7)) / 2e-7
    assert slope == pytest.approx(2.5, rel=1e-5)
    for x in np.linspace(0, 1, 101):
        assert back(curve(float(x))) == pytest.approx(x, abs=1e-9)


@DEPTHS
@pytest.mark.parametrize("value", [-2.0, -0.1, 0.05, 0.5, 0.999])
def test_black_point(depth, value):
    expect_exact(lutist.black_point(value), lambda x: (x - value) / (1 - value), depth)


@DEPTHS
@pytest.mark.parametrize("value", [0.001, 0.5, 0.95, 1.5, 20.0])
def test_white_point(depth, value):
    expect_exact(lutist.white_point(value), lambda x: x / value, depth)


@DEPTHS
@pytest.mark.parametrize("cut", [0.0, 0.3, 0.5, 1.0, 1.1])
def test_solarize(depth, cut):
    expect_exact(lutist.solarize(cut), lambda x: np.where(x >= cut, 1 - x, x), depth)


@pytest.mark.parametrize(
    "stages",
    [
        lutist.brightness(0),
        lutist.sigmoid(1),
        lutist.sigmoid(1.0, 0.2),
        lutist.black_point(0),
        lutist.white_point(1),
        lutist.white_point(1.0),
    ],
)
def test_the_neutral_value_is_no_stage_at_all(stages):
    expect_identity(stages)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lutist.brightness(1), r"brightness\(\): 1 is out of range: above -1 and below 1"),
        (lambda: lutist.brightness(-1.5), r"brightness\(\): -1.5 is out of range"),
        (lambda: lutist.sigmoid(0), r"sigmoid\(\), contrast: 0 is out of range: above 0"),
        (lambda: lutist.sigmoid(2, 0), r"sigmoid\(\), pivot: 0 is out of range: above 0 and below"),
        (lambda: lutist.sigmoid(2, 1), r"sigmoid\(\), pivot: 1 is out of range"),
        (lambda: lutist.black_point(1), r"black_point\(1.0\): must be below 1, which is white"),
        (lambda: lutist.white_point(0), r"white_point\(0.0\): must be above 0, which is black"),
    ],
)
def test_what_is_out_of_range_is_told(call, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        call()
