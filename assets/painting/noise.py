"""Seeded noise: a smooth lattice noise with derivatives, and sums of its octaves."""

import numpy as np

_LATTICE = np.random.default_rng(20).uniform(-1, 1, 1 << 16).astype(np.float32)
_TURN = (0.8, 0.6)  # a rotation between octaves hides the lattice


def _corner(ix, iy):
    return _LATTICE[((iy & 255) << 8) | (ix & 255)]


def noise(x, y, slope=False):
    """Smooth noise in [-1, 1] of period 256; with `slope`, also its two derivatives."""
    fx, fy = np.floor(x), np.floor(y)
    ix, iy = fx.astype(np.int32), fy.astype(np.int32)
    tx, ty = (x - fx).astype(np.float32), (y - fy).astype(np.float32)
    sx = tx * tx * tx * (tx * (tx * 6 - 15) + 10)
    sy = ty * ty * ty * (ty * (ty * 6 - 15) + 10)
    a, b = _corner(ix, iy), _corner(ix + 1, iy)
    c, d = _corner(ix, iy + 1), _corner(ix + 1, iy + 1)
    k1, k2, k3 = b - a, c - a, a - b - c + d
    value = a + k1 * sx + k2 * sy + k3 * sx * sy
    if not slope:
        return value
    gx = 30 * tx * tx * (tx * (tx - 2) + 1)
    gy = 30 * ty * ty * (ty * (ty - 2) + 1)
    return value, gx * (k1 + k3 * sy), gy * (k2 + k3 * sx)


def fbm(x, y, octaves=6, gain=0.5):
    """Octaves of noise, each twice as fine and `gain` times as strong; about [-1, 1]."""
    total, weight, norm = 0.0, 1.0, 0.0
    for _ in range(octaves):
        total = total + weight * noise(x, y)
        norm += weight
        weight *= gain
        x, y = 2.03 * (_TURN[0] * x - _TURN[1] * y) + 17.3, 2.03 * (_TURN[1] * x + _TURN[0] * y)
    return total / norm


def ridged(x, y, octaves=9):
    """Octaves of creases, finer ones mostly where the coarser ones are high; about [0, 1]."""
    total, weight, amount = 0.0, 1.0, 1.0
    for _ in range(octaves):
        crease = (1 - np.abs(noise(x, y)) * 1.25) ** 2
        total = total + weight * amount * crease
        amount = np.clip(crease * 1.5, 0, 1)
        weight *= 0.47
        x, y = 2.1 * (_TURN[0] * x - _TURN[1] * y) + 9.1, 2.1 * (_TURN[1] * x + _TURN[0] * y) + 3.7
    return total / 1.6


def smooth(lo, hi, x):
    """0 below `lo`, 1 above `hi`, an S between."""
    t = np.clip((x - lo) / (hi - lo), 0, 1)
    return t * t * (3 - 2 * t)


def blend(a, b, t):
    """`a` where t is 0, `b` where it is 1; `t` gets a colour axis."""
    t = np.asarray(t, np.float32)[..., None]
    return np.asarray(a, np.float32) * (1 - t) + np.asarray(b, np.float32) * t
