"""An evening sky, as a function of direction: gradient, glow and a broken cloud deck."""

import numpy as np

from .noise import blend, fbm, smooth

SUN_AZIMUTH = np.radians(-52.0)
SUN_HEIGHT = np.radians(13.0)
SUN = np.array(
    [
        np.sin(SUN_AZIMUTH) * np.cos(SUN_HEIGHT),
        np.sin(SUN_HEIGHT),
        np.cos(SUN_AZIMUTH) * np.cos(SUN_HEIGHT),
    ],
    np.float32,
)
SUN_COLOUR = np.array([3.5, 2.22, 1.22], np.float32)


def clear(azimuth, slope):
    """Linear RGB of the cloudless sky; `slope` is the tangent of the height."""
    height = np.degrees(np.arctan(np.maximum(slope, 0)))
    away = smooth(-0.95, 1.1, azimuth)
    horizon = blend((1.55, 0.90, 0.44), (0.76, 0.54, 0.50), away)
    middle = blend((0.84, 0.67, 0.60), (0.38, 0.37, 0.48), away)
    high = blend((0.20, 0.31, 0.49), (0.085, 0.175, 0.37), away)
    top = np.array((0.05, 0.10, 0.24), np.float32)
    sky = blend(horizon, middle, smooth(0, 8, height))
    sky = blend(sky, high, smooth(3.0, 14, height))
    sky = blend(sky, top, smooth(16, 60, height))
    span = np.hypot(azimuth - SUN_AZIMUTH, np.radians(height - 6))
    glow = np.exp(-span / 0.30) * 1.6
    return sky + glow[..., None] * np.array((1.0, 0.55, 0.22), np.float32)


def _deck(u, v):
    """Cloud thickness at a point of the layer: long streets, broken into flakes."""
    wu = u + 0.45 * fbm(u * 0.7 + 5.2, v * 0.7, 3)
    wv = v + 0.45 * fbm(u * 0.7, v * 0.7 + 9.4, 3)
    streets = fbm(wu * 0.42 + 3.1, wv * 0.75 + 1.7, 3)
    flakes = fbm(wu * 3.4, wv * 2.3, 7, 0.60)
    return streets * 1.1 + flakes * 0.80


def clouds(azimuth, slope):
    """Cover in [0, 1] and linear RGB of the clouds in a direction."""
    reach = 0.42 / (np.maximum(slope, 0) + 0.075)
    u, v = np.tan(np.clip(azimuth, -1.2, 1.2)) * reach * 1.3, reach * 1.9
    here = _deck(u, v)
    toward = _deck(u - 0.10, v + 0.07)
    cover = smooth(0.02, 0.52, here) * smooth(0.0, 0.035, slope) * 0.93
    lit = np.clip(0.50 + 1.5 * (here - toward) - 0.42 * (here - 0.25), 0, 1)
    away = smooth(-0.9, 0.9, azimuth)
    bright = blend((2.0, 1.16, 0.66), (1.12, 0.66, 0.50), away)
    dark = blend((0.42, 0.34, 0.36), (0.19, 0.20, 0.29), away)
    return cover, blend(dark, bright, lit)


def sky(azimuth, slope):
    """Linear RGB of the sky with its clouds."""
    cover, colour = clouds(azimuth, slope)
    return blend(clear(azimuth, slope), colour, cover)


def haze(azimuth):
    """Linear RGB that a long stretch of evening air takes on in a direction."""
    low = clear(azimuth, np.full_like(azimuth, 0.02)) * np.float32(0.70)
    return low * 0.72 + np.float32((0.26, 0.34, 0.50)) * 0.28
