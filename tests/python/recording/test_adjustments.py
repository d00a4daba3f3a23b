"""Every look that comes with lutist can be recorded."""

import pytest
from test_record import EIGHT, SIXTEEN, check, recorded

import lutist
from conftest import BUNDLED, ends

LOOKS = [
    lutist.exposure(0.3),
    lutist.gamma(1.4),
    lutist.contrast(0.3),
    lutist.levels(0.1, 0.9, 1.2),
    lutist.curve((0, 0), (0.2, 0.3), (0.5, 0.4), (0.8, 0.9), (1, 1)),
    lutist.curve((0.2, 0.1), (0.9, 0.8)),
    lutist.invert(),
    lutist.posterize(5),
    lutist.threshold(0.4),
    lutist.white_balance(0.3, -0.2),
    lutist.split_tone((0.1, 0, -0.1), (0, 0.05, 0.1), 0.2),
    *lutist.brightness(0.3),
    *lutist.sigmoid(1.7, 0.4),
    *lutist.black_point(0.1),
    *lutist.white_point(0.9),
    lutist.solarize(0.6),
    lutist.srgb_to_linear(),
    lutist.linear_to_srgb(),
    lutist.filmic("hable", 1.0, 4.0),
    lutist.filmic("aces", -1.0),
    *(lutist.log_to_display(curve) for curve in ("cineon", "logc3", "slog3", "vlog")),
    *lutist.lift_gamma_gain(0.1, 1.2, (0.9, 1.0, 1.1)),
    *lutist.asc_cdl((1.1, 0.9, 1.0), 0.02, 1.2),
    *lutist.cross_process(0.7),
]


@pytest.mark.parametrize("stage", LOOKS, ids=range(len(LOOKS)))
def test_every_ready_made_look_records(stage):
    for function in {id(f): f for f in stage._spec[1:]}.values():
        check(function, EIGHT)
        check(function, [x * 4 - 1.5 for x in SIXTEEN])


@pytest.mark.parametrize("name", BUNDLED)
def test_every_bundled_script_records(name):
    develop = lutist.load(name)
    settings = [{}]
    for param, control in develop.controls.items():
        settings += [{param: value} for value in ends(control)]
    for setting in settings:
        for stage in develop.stages(**setting):
            for function in filter(callable, stage[1:]):
                recorded(function)
