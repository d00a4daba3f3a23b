"""Samples exactly at jumps after matrices and cubes; run inside the host.

    jumps.py SEED CASES [MODE…]

Every case is a chain that ends in a jump at a value which some of the picture's samples have, to
the last bit. Double precision decides on which side they fall. Every mode must give that result,
and all of them the same bits. Prints a digest of all results.
"""

import random
import sys

import numpy as np
from random_pipelines import (
    SHAPES,
    check_seeds,
    expected,
    random_cube,
    random_matrix,
    random_tone,
    reference,
)

import lutist
from lutist import tone
from lutist.math import trunc

PALETTE, TOP = 4000, {8: 255, 16: 65535}


def jump(rng, level, inside):
    """A function that jumps at `level`, from one visible value to another. inside: there are
    values on both sides of it; else a function that is sampled may not be asked beyond it."""
    low, high = rng.choice(((0.0, 1.0), (1.0, 0.0), (0.25, 0.5), (-3.0, 5.0)))
    kind = rng.randrange(6)
    if kind == 0:
        return lambda x: high if x >= level else low
    if kind == 1:
        return lambda x: high if x > level else low
    if kind == 2:  # one number alone
        return lambda x: high if x == level else low
    if kind == 3:  # a band that samples would miss
        return lambda x: high if abs(x - level) < 1e-9 else low
    if kind == 4:  # one of many steps
        return lambda x: trunc(max(x - level, -3.0) * 7 + 3 * 7) / 42
    if not inside:
        return lambda x: low if x < level else high
    return lambda x: [low, high][x >= level]  # cannot be recorded


def colors_of(palette, depth):
    wide = palette[:, :3] if palette.shape[1] >= 3 else palette[:, :1].repeat(3, 1)
    return wide / TOP[depth]


def add_mixing(rng, chain, stages):
    """A matrix or a cube."""
    kind, make = rng.choice((("matrix", random_matrix), ("cube", random_cube)))
    what, stage = make(rng)
    chain.append((kind, what))
    stages.append(stage)


def random_look(rng, palette, depth):
    """A chain whose last matrix or cube makes, somewhere, exactly the value at which it jumps."""
    chain, stages = [], []
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        what, stage = random_tone(rng)
        chain.append(("tone", what))
        stages.append(stage)
        add_mixing(rng, chain, stages)
    add_mixing(rng, chain, stages)
    values = reference(chain, colors_of(palette, depth))
    levels = values[rng.randrange(PALETTE)]
    inside = (values.min(0) < levels) & (levels < values.max(0))
    curves = [jump(rng, float(level), within) for level, within in zip(levels, inside, strict=True)]
    chain.append(("tone", curves))
    stages.append(tone(red=curves[0], green=curves[1], blue=curves[2]))
    if rng.random() < 0.3:
        add_mixing(rng, chain, stages)
    return chain, stages


def picture(rng, channels, depth):
    numbers = np.random.default_rng(rng.randrange(2**32))
    palette = numbers.integers(0, TOP[depth], (PALETTE, channels), endpoint=True)
    palette[:300, :3] = palette[:300, :1]  # gray, and the corners
    palette[:2] = np.array([[0], [TOP[depth]]])
    return palette


def check(seed, modes, digest):
    rng = random.Random(seed)
    channels, depth = rng.choice((1, 2, 3, 3, 3, 4)), rng.choice((8, 8, 16))
    palette = picture(rng, channels, depth)
    chain, stages = random_look(rng, palette, depth)
    dtype = np.uint8 if depth == 8 else np.uint16
    pixels = palette.astype(dtype).reshape(50, PALETTE // 50, *SHAPES[channels])

    @lutist.pipeline
    def look():
        return stages

    name = f"seed {seed}: {depth} bits, {channels} channels, {len(chain)} stages"
    image = lutist.Image.from_buffer(pixels)
    results = {mode: np.asarray(look.apply(image, mode=mode)) for mode in modes}
    first = results[modes[0]]
    differ = [mode for mode in modes if not np.array_equal(results[mode], first)]
    assert differ == [], f"{name}: {differ} differ from {modes[0]}"
    digest.update(first.tobytes())
    want = expected(chain, palette, depth)
    got = first.reshape(PALETTE, -1).astype(float)
    if got.shape[1] != want.shape[1]:  # rounding decides whether gray stays gray
        got, want = got[:, :3], want[:, :1].repeat(3, 1)
    off = np.abs(got - want)
    assert off.max() <= (1 if depth == 8 else 2), f"{name}: off by {off.max()} steps"


def main():
    modes = sys.argv[3:] or ["parallel"]
    first, cases = int(sys.argv[1]), int(sys.argv[2])
    return check_seeds(first, cases, lambda seed, digest: check(seed, modes, digest))


if __name__ == "__main__":
    sys.exit(main())
