"""Random looks against double precision; run inside the host: random_pipelines.py SEED CASES.

Every case is a chain of up to twenty stages on a picture of some layout and depth. Tones alone
must come out exactly; with matrices and cubes between them within 1 step at 8 bits and 2 at 16.
Prints a digest of all results, so that thread counts and CPU levels can be compared.
"""

import hashlib
import random
import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[1]))  # what all tests share

import lutist
from lutist import cube, matrix, tone
from lutist.math import exp, trunc
from tetrahedral import interpolated, lattice

SHAPES = {1: (), 2: (2,), 3: (3,), 4: (4,)}
PALETTE, HEIGHT, WIDTH = 1500, 311, 457  # several tiles, and rows of no round length


def tones(rng):
    """A function of a float: the curves that looks are made of."""
    kind = rng.randrange(12)
    a, b = rng.uniform(0.1, 2.0), rng.uniform(-0.3, 0.3)
    if kind == 0:
        return lambda x: x * 2 ** (2 * b)
    if kind == 1:  # the default script's gamma
        return lambda x: max(x, 0.0) ** (1 / a)
    if kind == 2:
        return lambda x: 1.0 - x
    if kind == 3:
        return lambda x: x + b
    if kind == 4:  # an S
        return lambda x: (y := min(max(x, 0.0), 1.0)) * y * (3 - 2 * y)
    if kind == 5:
        steps = rng.randrange(2, 9)
        return lambda x: trunc(min(max(x, 0.0), 1.0) * steps + 0.5) / steps
    if kind == 6:
        level = rng.choice((a / 2, 0.5, rng.randrange(256) / 255))
        return lambda x: 1.0 if x >= level else 0.0
    # A contrast that can be so hard that it is a jump to any table. Its values are no smaller than
    # e^-200, because a power of them may be subnormal, which a recording leaves to Python.
    if kind == 7:
        slope = 10 ** rng.uniform(0, 12)
        return lambda x: 1 / (1 + exp(min(max((0.5 + b - x) * slope, -200), 200)))
    if kind == 8:  # levels: straight between two points
        lo, hi = 0.4 + b, 0.4 + b + 10 ** rng.uniform(-6, -0.5)
        return lambda x: (x - lo) / (hi - lo)
    if kind == 9:  # cannot be recorded: it looks up what it is given
        steps = rng.randrange(2, 9)
        return lambda x: [k / steps for k in range(steps + 1)][int(min(max(x, 0), 1) * steps + 0.5)]
    if kind == 10:  # sRGB, decoded
        return lambda x: x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4
    return [rng.random() for _ in range(rng.randrange(2, 40))]


def call(curve, x):
    """A curve at x; a table as the documents say it is read."""
    if callable(curve):
        return curve(x)
    at = x * (len(curve) - 1)
    if not at > 0:
        return curve[0]
    if at >= len(curve) - 1:
        return curve[-1]
    i = int(at)
    return curve[i] + (curve[i + 1] - curve[i]) * (at - i)


def random_tone(rng):
    """Three curves, and the stage."""
    if rng.random() < 0.5:
        one = tones(rng)
        return [one] * 3, tone(one)
    three = [tones(rng) if rng.random() < 0.8 else None for _ in range(3)]
    if three == [None] * 3:
        three[0] = tones(rng)
    return three, tone(red=three[0], green=three[1], blue=three[2])


def random_matrix(rng):
    """Rows, and the stage: a saturation, or anything."""
    if rng.random() < 0.5:
        amount = rng.uniform(0, 2)
        luma = (0.2126, 0.7152, 0.0722)
        rows = [[(1 - amount) * luma[c] + amount * (c == r) for c in range(3)] for r in range(3)]
    else:
        rows = [[rng.uniform(-0.6, 1.2) for _ in range(3)] for _ in range(3)]
    if rng.random() < 0.3:
        rows = [[*row, rng.uniform(-0.1, 0.1)] for row in rows]
    return rows, matrix(rows)


def random_cube(rng):
    """(Table, mix), and the stage: anything, or a gentle change of every colour."""
    size = rng.choice((2, 3, 9, 17, 33))
    numbers = np.random.default_rng(rng.randrange(2**32))
    table = numbers.random((size, size, size, 3)) * 1.4 - 0.2
    if rng.random() < 0.5:
        points = lattice(size)
        table = points + 0.2 * np.sin(3 * points[..., ::-1]) * table
    mix = rng.choice((1.0, 1.0, rng.uniform(-0.5, 1.5)))
    return (table, mix), cube(table, mix=mix)


def reference(chain, colors):
    """Unclamped results, pixel by pixel, as Python computes them."""
    values = colors.copy()
    for kind, what in chain:
        if kind == "matrix":
            m = np.array([[*row, 0.0][:4] for row in what])
            r, g, b = values.T
            values = np.stack([q[0] * r + q[1] * g + q[2] * b + q[3] for q in m], 1)
            continue
        if kind == "cube":
            table, mix = what
            values = interpolated(table, values, mix)
            continue
        for c, curve in enumerate(what):
            if curve is not None:
                distinct, where = np.unique(values[:, c], return_inverse=True)
                values[:, c] = np.array([call(curve, x) for x in distinct.tolist()])[where]
    return values


def random_chain(rng, with_matrices):
    chain, stages = [], []
    for _ in range(rng.choice((1, 2, 3, 5, 20))):
        kind = rng.random() if with_matrices else 1.0
        if kind < 0.2:
            rows, stage = random_matrix(rng)
            chain.append(("matrix", rows))
        elif kind < 0.4:
            what, stage = random_cube(rng)
            chain.append(("cube", what))
        else:
            what, stage = random_tone(rng)
            chain.append(("tone", what))
        stages.append(stage)
    return chain, stages


def picture(rng, channels, depth):
    """(pixels of a palette, which of them is where)."""
    top = 2**depth - 1
    numbers = np.random.default_rng(rng.randrange(2**32))
    palette = numbers.integers(0, top, (PALETTE, channels), endpoint=True)
    palette[:4] = np.array([[0], [top], [top // 2], [1]])
    return palette, numbers.integers(0, PALETTE, (HEIGHT, WIDTH))


def expected(chain, palette, depth):
    """Samples: what the palette must become."""
    channels, top = palette.shape[1], 2**depth - 1
    colors = palette[:, :3] if channels >= 3 else palette[:, :1].repeat(3, 1)
    values = reference(chain, colors / top)
    result = np.floor(np.clip(values, 0, 1) * top + 0.5)
    if channels <= 2 and (result[:, :1] == result).all():
        result = result[:, :1]
    if channels in (2, 4):
        result = np.concatenate([result, palette[:, -1:]], 1)
    return result


def check(seed, digest):
    rng = random.Random(seed)
    with_matrices = rng.random() < 0.6
    chain, stages = random_chain(rng, with_matrices)
    exact = all(kind == "tone" for kind, _ in chain)
    channels, depth = rng.randrange(1, 5), rng.choice((8, 16))
    palette, where = picture(rng, channels, depth)
    dtype = np.uint8 if depth == 8 else np.uint16
    pixels = palette.astype(dtype)[where].reshape(HEIGHT, WIDTH, *SHAPES[channels])

    @lutist.pipeline
    def look():
        return stages

    got = np.asarray(look.apply(lutist.Image.from_buffer(pixels)))
    digest.update(got.tobytes())
    want = expected(chain, palette, depth)
    got = got.reshape(HEIGHT, WIDTH, -1).astype(float)
    name = f"seed {seed}: {depth} bits, {channels} channels, {[kind for kind, _ in chain]}"
    if exact:
        assert got.shape[2] == want.shape[1], f"{name}: {got.shape[2]} channels came out"
    off = np.abs(got - (want[where] if got.shape[2] == want.shape[1] else np.nan))
    if got.shape[2] != want.shape[1]:  # rounding decides whether gray stays gray
        wide = want[where][..., :1].repeat(3, 2)
        off = np.abs(got[..., :3] - wide)
    worst = off.max(initial=0)
    bound = 0 if exact else 1 if depth == 8 else 2
    assert worst <= bound, f"{name}: off by {worst} steps"


def check_seeds(first, cases, check):
    """Call check(seed, digest) for `cases` seeds, and print what failed and the digest."""
    digest, failed = hashlib.sha256(), 0
    for seed in range(first, first + cases):
        try:
            check(seed, digest)
        except AssertionError as error:
            print(error, file=sys.stderr)
            failed += 1
    print(f"seeds {first} to {first + cases - 1}: {cases - failed} good, {failed} failed")
    print(digest.hexdigest())
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(check_seeds(int(sys.argv[1]), int(sys.argv[2]), check))
