"""What the tests of ready-made stages share: pictures of all values, and stages applied to them."""

import numpy as np

import lutist
from libm_arrays import libm

TOPS = {8: 255, 16: 65535}
TYPES = {8: np.uint8, 16: np.uint16}


def ramp(depth):
    """Every value of the depth, as a gray picture in three channels: (1, values, 3)."""
    values = np.arange(TOPS[depth] + 1, dtype=TYPES[depth])
    return np.ascontiguousarray(np.repeat(values[None, :, None], 3, axis=2))


def colors(depth, count=40000, seed=11):
    """Seeded random colours, with the corners and edges of the cube among them."""
    top = TOPS[depth]
    pixels = np.random.default_rng(seed).integers(
        0, top, (1, count, 3), TYPES[depth], endpoint=True
    )
    ends = np.array([0, top // 2, top], TYPES[depth])
    pixels[0, :27] = np.stack(np.meshgrid(ends, ends, ends), -1).reshape(27, 3)
    return pixels


def developed(stages, pixels):
    """The pixels that lutist makes."""

    @lutist.pipeline
    def look():
        return stages

    return np.asarray(look.apply(lutist.Image.from_buffer(pixels)))


def rounded(values, depth):
    """floor(clamp(v, 0, 1) * max + 0.5) in double precision."""
    return np.floor(np.clip(values, 0, 1) * TOPS[depth] + 0.5)


def expect_exact(stages, formula, depth):
    """On every value, for each channel: what the formula gives, rounded once. The formula takes
    the values of the picture, shaped (1, values, 3), and gives as many."""
    pixels = ramp(depth)
    want = np.asarray(rounded(formula(libm(pixels / TOPS[depth])), depth))
    np.testing.assert_array_equal(developed(stages, pixels), want)


def expect_close(stages, formula, depth):
    """On random colours: within one step at 8 bits, two at 16."""
    pixels = colors(depth)
    want = rounded(formula(pixels / TOPS[depth]), depth)
    far = np.abs(developed(stages, pixels).astype(float) - want).max()
    assert far <= {8: 1, 16: 2}[depth]


def expect_identity(stages):
    """The stages are none at all, and change nothing."""
    assert stages == []
    for depth in TOPS:
        np.testing.assert_array_equal(developed(stages, colors(depth)), colors(depth))
