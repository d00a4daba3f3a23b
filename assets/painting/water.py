"""The lake: a mirror with ripples, darker where one looks into it."""

import numpy as np

from .land import EYE
from .noise import blend, fbm, noise, smooth

DEEP = (0.012, 0.030, 0.036)
TAPS = 7


def _tilt(x, z):
    """How much the surface leans towards the eye, as the tangent of an angle."""
    breeze = smooth(-0.35, 0.45, fbm(x / 260 + 2.2, z / 520, 3))
    waves = fbm(x / 3.1 + z / 17, z / 1.15, 3) + 0.7 * noise(x / 11, z / 3.4 + 5)
    return (0.008 + 0.026 * breeze) * waves


def paint(dx, slopes, picture, land, mirrored, slope_row):
    """Fill the water of `picture`. `mirrored`: slope seen by slope looked at (mirror view);
    `slope_row` turns a slope into a fractional row of `picture`."""
    rows = np.nonzero(slopes < -0.0004)[0]
    r, c = np.nonzero(~land[rows[0] :])
    r += rows[0]
    z = (EYE / -slopes[r]).astype(np.float32)
    foot = z * z / EYE * abs(slopes[1] - slopes[0])
    total = np.zeros((len(z), 3), np.float32)
    last = mirrored.shape[0] - 1
    for tap in range(TAPS):
        zz = z + foot * ((tap + 0.5) / TAPS - 0.5) * 1.6
        lean = _tilt(dx[c] * zz, zz)
        want = np.abs(-slopes[r] + 2 * lean) + 1e-4
        at = np.clip(slope_row(want), 0, last).astype(np.int32)
        seen = np.clip(slope_row(mirrored[at, c]), 0, picture.shape[0] - 1).astype(np.int32)
        side = np.clip(c + (lean * 300).astype(np.int32), 0, picture.shape[1] - 1)
        total += picture[seen, side]
    fresnel = 0.02 + 0.98 * (1 - np.clip(-slopes[r] + 0.03, 0, 1)) ** 5
    picture[r, c] = blend(DEEP, total / TAPS, fresnel * 0.94)
