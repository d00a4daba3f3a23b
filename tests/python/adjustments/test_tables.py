"""Stages that are 3D tables: tetrahedral interpolation of their formula's values, and near it."""

import numpy as np
import pytest
from pictures import TOPS, colors, developed, expect_identity, ramp, rounded

import lutist
from tetrahedral import interpolated, lattice

DEPTHS = pytest.mark.parametrize("depth", [8, 16])
LUMA = np.array([0.2126, 0.7152, 0.0722])


def vibrance(x, amount):
    luma = (x @ LUMA)[..., None]
    spread = (x.max(-1) - x.min(-1))[..., None]
    return luma + (1 + amount * (1 - spread)) * (x - luma)


def bleach_bypass(x, amount):
    luma = (x @ LUMA)[..., None]
    overlay = np.where(luma <= 0.5, 2 * x * luma, 1 - 2 * (1 - x) * (1 - luma))
    return x + amount * (overlay - x)


def tetrahedral(formula, x, size=33):
    """Of the formula's values on a lattice."""
    return interpolated(formula(lattice(size)), x)


CASES = [
    (lutist.vibrance, vibrance, (-1, -0.4, 0.5, 1)),
    (lutist.bleach_bypass, bleach_bypass, (0.3, 1)),
]
CASES = [(stage, formula, amount) for stage, formula, amounts in CASES for amount in amounts]


@DEPTHS
@pytest.mark.parametrize(("stage", "formula", "amount"), CASES)
def test_a_stage_is_its_formula_s_table(stage, formula, amount, depth):
    pixels = colors(depth)
    x = pixels / TOPS[depth]
    got = developed(stage(amount), pixels).astype(float)
    want = rounded(tetrahedral(lambda v: formula(v, amount), x), depth)
    assert np.abs(got - want).max() <= {8: 1, 16: 2}[depth]
    away = np.abs(got / TOPS[depth] - np.clip(formula(x, amount), 0, 1))
    assert away.max() < 0.017 and away.mean() < 0.002


@DEPTHS
def test_gray_stays_gray(depth):
    pixels = ramp(depth)
    np.testing.assert_array_equal(developed(lutist.vibrance(1), pixels), pixels)
    silver = developed(lutist.bleach_bypass(), pixels).astype(int)
    assert np.ptp(silver, axis=-1).max() <= (depth == 16)
    assert (np.diff(silver[0, :, 0]) >= 0).all()


def test_vibrance_spares_strong_colors():
    pale, strong = np.array([[[140, 120, 120], [250, 10, 10]]], np.uint8).swapaxes(0, 1)
    gain = [np.ptp(developed(lutist.vibrance(1), p[None])) / np.ptp(p) for p in (pale, strong)]
    assert gain[0] > 1.8 and gain[1] < 1.1


def test_the_slider_only_mixes_a_table_in():
    """So a move of it calls no Python function."""
    stages = [lutist.vibrance(amount)[0]._spec for amount in (0.2, 0.7)]
    assert stages[0][1] is stages[1][1] and stages[0][2:] != stages[1][2:]


def test_the_neutral_value_is_no_stage_at_all():
    expect_identity(lutist.vibrance(0))
    expect_identity(lutist.bleach_bypass(0))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lutist.vibrance(1.5), "vibrance(): 1.5 is out of range: from -1 to 1"),
        (lambda: lutist.bleach_bypass(-0.1), "bleach_bypass(): -0.1 is out of range: from 0 to 1"),
    ],
)
def test_what_is_out_of_range_is_told(call, message):
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value) == message
