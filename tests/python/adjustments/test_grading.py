"""Lift, gamma, gain and the ASC CDL against their formulas, and the files of the CDL."""

import numpy as np
import pytest
from pictures import developed, expect_close, expect_exact, expect_identity, ramp

import lutist

DEPTHS = pytest.mark.parametrize("depth", [8, 16])
LUMA = np.array([0.2126, 0.7152, 0.0722])


@DEPTHS
@pytest.mark.parametrize(
    "settings",
    [
        {"lift": 0.1},
        {"gamma": (0.8, 1, 2.2)},
        {"gain": (1.2, 1, 0)},
        {"lift": (-0.3, 0.05, 0), "gamma": (1.1, 0.05, 20), "gain": 0.9},
        {"lift": (-1, 1, 0), "gain": (100, 0, 1)},
    ],
)
def test_lift_gamma_gain(depth, settings):
    def formula(x):
        lift, gamma, gain = (
            np.broadcast_to(settings.get(name, neutral), 3)
            for name, neutral in (("lift", 0), ("gamma", 1), ("gain", 1))
        )
        return np.maximum(gain * (x + lift * (1 - x)), 0) ** (1 / gamma)

    expect_exact(lutist.lift_gamma_gain(**settings), formula, depth)


def cdl(x, slope=1.0, offset=0.0, power=1.0, saturation=1.0):
    """ASC CDL 1.2: slope, offset, clamp, power; saturation; clamp."""
    x = np.clip(x * slope + np.asarray(offset), 0, 1) ** np.asarray(power)
    luma = (x @ LUMA)[..., None]
    return np.clip(luma + saturation * (x - luma), 0, 1)


@DEPTHS
@pytest.mark.parametrize(
    "settings",
    [
        {"slope": 1.3},
        {"offset": (-0.1, 0, 0.2)},
        {"power": (0.5, 1, 3.0)},
        {"slope": (1.2, 1.0, 0.0), "offset": 0.02, "power": (1.1, 0.9, 1.0)},
    ],
)
def test_asc_cdl_without_saturation_is_exact(depth, settings):
    expect_exact(lutist.asc_cdl(**settings), lambda x: cdl(x, **settings), depth)


@DEPTHS
@pytest.mark.parametrize("saturation", [0, 0.5, 1.8])
def test_asc_cdl_with_saturation(depth, saturation):
    settings = {"slope": (1.2, 1, 0.8), "offset": (0, 0.05, -0.05), "power": 1.2}
    expect_close(
        lutist.asc_cdl(**settings, saturation=saturation),
        lambda x: cdl(x, **settings, saturation=saturation),
        depth,
    )


def test_asc_cdl_clamps_between_as_the_standard_says():
    bright = [lutist.asc_cdl(slope=4.0), lutist.exposure(-1)]
    assert developed(bright, ramp(8)).max() == 128
    vivid = [lutist.asc_cdl(saturation=4.0), lutist.exposure(-1)]
    red = np.zeros((1, 1, 3), np.uint8)
    red[..., 0] = 200
    assert developed(vivid, red)[0, 0, 0] == 128


@pytest.mark.parametrize(
    "stages",
    [
        lutist.lift_gamma_gain(),
        lutist.lift_gamma_gain((0, 0, 0), 1, (1, 1, 1)),
        lutist.asc_cdl(),
        lutist.asc_cdl((1, 1, 1), (0, 0, 0), (1, 1, 1), 1),
    ],
)
def test_the_neutral_value_is_no_stage_at_all(stages):
    expect_identity(stages)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: lutist.lift_gamma_gain(lift=(1, 2)),
            "lift_gamma_gain(), lift=(1, 2): must be three",
        ),
        (lambda: lutist.lift_gamma_gain(gamma=0), "lift_gamma_gain(), gamma: 0.0 is out of range"),
        (lambda: lutist.lift_gamma_gain(gain=(1, 1, -1)), "lift_gamma_gain(), gain: -1.0 is out"),
        (lambda: lutist.lift_gamma_gain("0"), "lift_gamma_gain(), lift: '0' is not a number"),
        (lambda: lutist.asc_cdl(slope=-1), "asc_cdl(), slope: -1.0 is out of range: at least 0"),
        (lambda: lutist.asc_cdl(power=0), "asc_cdl(), power: 0.0 is out of range: above 0"),
        (lambda: lutist.asc_cdl(saturation=-1), "asc_cdl(), saturation: -1 is out of range: at"),
        (lambda: lutist.asc_cdl(offset=None), "asc_cdl(), offset: None is not a number"),
    ],
)
def test_what_is_out_of_range_is_told(call, message):
    with pytest.raises((TypeError, ValueError)) as caught:
        call()
    assert str(caught.value).startswith(message)
