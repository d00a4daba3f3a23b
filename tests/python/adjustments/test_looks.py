"""Every bundled look against its stages, worked out one after the other in double precision."""

import numpy as np
import pytest
from pictures import TOPS, colors, rounded
from test_tables import bleach_bypass, tetrahedral

import lutist
from conftest import BUNDLED, ends


def through(stage, x):
    """What a stage makes of colours shaped (1, count, 3)."""
    kind, *rest = stage
    if kind == "matrix":
        rows = np.array(rest).reshape(3, 4)
        return x @ rows[:, :3].T + rows[:, 3]
    if kind == "cube":  # of the bundled looks, only bleach_bypass has one
        inside = np.clip(x, 0, 1)
        table = tetrahedral(lambda v: bleach_bypass(v, 1), inside)
        return x + rest[1] * (table - x)
    columns = [
        values if curve is None else np.array([[curve(v) for v in values[0].tolist()]])
        for curve, values in zip(rest, np.moveaxis(x, -1, 0), strict=True)
    ]
    return np.stack(columns, -1)


def distance(develop, pixels, depth, chosen):
    """How many steps the picture is from its stages in double precision, at most."""
    x = pixels / TOPS[depth]
    for stage in develop.stages(**chosen):
        x = through(stage, x)
    image = develop.apply(lutist.Image.from_buffer(pixels), **chosen)
    return np.abs(np.asarray(image).astype(float) - rounded(x, depth)).max()


def settings(develop):
    """The defaults, the presets, and the lowest and highest of everything at once."""
    controls = develop.controls.items()
    corners = ({name: ends(control)[which] for name, control in controls} for which in (0, -1))
    return [{}, *corners, *develop.presets.values()]


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("name", BUNDLED)
def test_a_look_is_its_stages_in_double_precision(name, depth):
    develop, pixels = lutist.load(name), colors(depth, count=3000)
    for chosen in settings(develop):
        assert distance(develop, pixels, depth, chosen) <= {8: 1, 16: 2}[depth], chosen


def test_presets_are_among_the_settings():
    assert len(settings(lutist.load("silver_print"))) > 3
