"""Ready-made stages in random chains against double precision, and no error at any setting."""

import random

import pytest
from pictures import colors
from test_looks import distance

import lutist


def stages(rng):
    """Some stage at some setting."""
    u = rng.uniform
    return rng.choice(
        [
            lambda: lutist.exposure(u(-2, 2)),
            lambda: lutist.brightness(u(-0.9, 0.9)),
            lambda: lutist.sigmoid(u(0.4, 3), u(0.1, 0.9)),
            lambda: lutist.black_point(u(-0.3, 0.4)),
            lambda: lutist.white_point(u(0.5, 1.6)),
            lambda: lutist.solarize(u(0, 1)),
            lambda: lutist.linear(lutist.exposure(u(-2, 2))),
            lambda: lutist.linear(lutist.filmic("hable", u(-2, 3), u(0.5, 8))),
            lambda: lutist.linear(lutist.filmic("aces", u(-2, 3))),
            lambda: lutist.log_to_display(
                rng.choice(["cineon", "logc3", "slog3", "vlog"]), u(-3, 3)
            ),
            lambda: lutist.channel_mixer((u(-0.5, 1.5), u(-0.5, 0.5), 0.2, u(-0.1, 0.1))),
            lambda: lutist.hue_rotate(u(-180, 180)),
            lambda: lutist.color_temperature(u(1667, 25000), u(-150, 150)),
            lambda: lutist.lift_gamma_gain(u(-0.2, 0.2), u(0.3, 3), (u(0.5, 1.5), 1, 1)),
            lambda: lutist.asc_cdl(u(0.5, 2), u(-0.2, 0.2), (u(0.4, 2.5), 1, 1), u(0, 2)),
            lambda: lutist.sepia(u(0, 1)),
            lambda: lutist.duotone((u(0, 0.3), 0.1, 0.2), (1, u(0.6, 1), 0.5), u(0, 1)),
            lambda: lutist.cross_process(u(0, 1)),
            lambda: lutist.bleach_bypass(u(0, 1)),
        ]
    )()


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("seed", range(20))
def test_a_chain_is_its_stages_in_double_precision(seed, depth):
    rng = random.Random(seed)
    chain = [stages(rng) for _ in range(rng.randrange(2, 9))]

    @lutist.pipeline
    def look():
        return chain

    assert distance(look, colors(depth, count=1200, seed=seed), depth, {}) <= {8: 1, 16: 2}[depth]
