"""Tall grasses behind the ledge, drawn stroke by stroke, the sun shining through them."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

FINE = 2  # strokes are drawn this much larger and shrunk


def _curve(root, lean, tall, bow, n=26):
    """Points of a stem: up and over, as its weight bends it."""
    t = np.linspace(0, 1, n)
    x = root[0] + tall * (lean * t + bow * t**2.6)
    y = root[1] - tall * (t - 0.42 * abs(bow) * t**3)
    return np.stack([x, y], 1)


def _stroke(draw, points, wide, thin, colour):
    """A tapering stroke along `points`, as one polygon."""
    step = np.gradient(points, axis=0)
    side = np.stack([-step[:, 1], step[:, 0]], 1)
    side /= np.linalg.norm(side, axis=1, keepdims=True) + 1e-9
    half = np.linspace(wide, thin, len(points))[:, None] / 2
    outline = np.concatenate([points + side * half, (points - side * half)[::-1]])
    draw.polygon([tuple(p) for p in outline], fill=colour)


def _tone(rng, lit):
    """An 8-bit colour (square-root coded) between shade and straw in the sun."""
    stops = np.array([(0.016, 0.022, 0.008), (0.082, 0.085, 0.022), (0.40, 0.29, 0.085),
                      (1.35, 0.86, 0.30)])  # fmt: skip
    at = np.clip(lit, 0, 0.999) * 3
    i = int(at)
    linear = (stops[i] * (1 - at + i) + stops[i + 1] * (at - i)) * rng.uniform(0.8, 1.15)
    return (*(int(v) for v in np.sqrt(np.clip(linear / 2, 0, 1)) * 255), 255)


def _head(draw, rng, points, size, lit):
    """A panicle: short awned grains hanging to both sides of the stem's end."""
    end = points[-11:]
    for k in range(64):
        f = (k / 64) ** 0.9
        at = end[min(int(f * 10), 9)] * (1 - (f * 10) % 1) + end[min(int(f * 10) + 1, 10)] * (
            (f * 10) % 1
        )
        along = points[-1] - points[-4]
        angle = np.arctan2(along[1], along[0]) + rng.normal(0, 0.42) + 0.25
        length = size * (1.1 - 0.55 * f) * rng.uniform(0.6, 1.2)
        tip = at + length * np.array((np.cos(angle), np.sin(angle) + 0.12))
        middle = (at + tip) / 2 + rng.normal(0, size * 0.06, 2)
        grain = np.stack([at, middle, tip])
        _stroke(draw, grain, size * 0.16, size * 0.03, _tone(rng, lit * rng.uniform(0.35, 1.2)))


def _blade(draw, rng, root, tall, size):
    lean, bow = rng.normal(0.10, 0.16), rng.normal(0.18, 0.22)
    points = _curve(root, lean, tall, bow)
    lit = np.clip(rng.beta(1.1, 2.8), 0.02, 0.75)
    wide = size * rng.uniform(0.35, 0.75)
    _stroke(draw, points, wide, size * 0.05, _tone(rng, lit))
    if rng.random() < 0.45:
        edge = points - np.array((wide * 0.33, 0))
        _stroke(draw, edge, wide * 0.28, size * 0.04, _tone(rng, min(1, lit + 0.35)))


def _ear(draw, rng, root, tall, size):
    lean, bow = rng.normal(0.10, 0.10), abs(rng.normal(0.14, 0.10))
    points = _curve(root, lean, tall, bow)
    lit = rng.uniform(0.40, 0.85)
    _stroke(draw, points, size * 0.20, size * 0.10, _tone(rng, lit * 0.6))
    _head(draw, rng, points, size * 1.5, lit)


def paint(picture, scale, foot):
    """Draw a stand of grass into the left of `picture`, rooted below row `foot`."""
    rng = np.random.default_rng(11)
    rows, cols = int(foot + 60 * scale), int(1250 * scale)
    k = scale * FINE
    sheet = Image.new("RGBA", (cols * FINE, rows * FINE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(sheet)
    root_y = (foot + 50 * scale) * FINE
    for _ in range(520):
        x = min(rng.gamma(1.1, 190), 1150) - 60
        thin_out = np.exp(-max(x, 0) / 420)
        tall = (130 + 560 * thin_out) * rng.uniform(0.45, 1.0)
        _blade(draw, rng, (x * k, root_y), tall * k, 15 * k)
    for _ in range(46):
        x = min(rng.gamma(1.2, 200), 1000) - 50
        tall = (330 + 700 * np.exp(-max(x, 0) / 420)) * rng.uniform(0.62, 1.0)
        _ear(draw, rng, (x * k, root_y), tall * k, 22 * k)
    sheet = sheet.filter(ImageFilter.GaussianBlur(0.7 * FINE * scale))
    sheet = np.asarray(sheet.resize((cols, rows), Image.Resampling.BOX), np.float32) / 255
    cover = sheet[..., 3:]
    colour = (sheet[..., :3] / np.maximum(cover, 1e-3)) ** 2 * 2
    place = picture[:rows, :cols]
    place[:] = place * (1 - cover) + np.clip(colour, 0, 2.4) * cover
