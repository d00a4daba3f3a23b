#!/usr/bin/env python3
"""Paint assets/sample.jpg: an evening by a mountain lake, for judging exposure and gamma.

Everything is computed here, from noise and light; no photograph is used. The picture holds what
a tone curve is judged by: a smooth sky, cloud, snow in the last sun, haze, forest and jug in deep
shade, fruit whose skin is near the colours of ours, white glaze, stone, grass and linen.

    python3 assets/paint_sample.py             about five minutes, the same pixels every time
    python3 assets/paint_sample.py --scale 0.25 --output /tmp/small.jpg
"""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from painting import grass, land, sky, still, water

WIDTH, HEIGHT = 4272, 2848
FOCAL = 4580  # pixels: 50 degrees across
HORIZON = 1250  # row


def scenery(dx, slopes, scale):
    """Sky, land, lake and grass, as linear RGB."""
    azimuth = np.arctan(dx)
    picture = np.empty((len(slopes), len(dx), 3), np.float32)
    for lo in range(0, len(slopes), 256):
        part = slopes[lo : lo + 256, None]
        shape = (len(part), len(dx))
        picture[lo : lo + 256] = sky.sky(
            np.broadcast_to(azimuth, shape), np.broadcast_to(part, shape)
        )
    panorama, ground = _land(picture, dx, slopes)
    mirrored = land.mirror_rows(slopes[slopes > 0], panorama)
    focal, horizon = FOCAL * scale, HORIZON * scale
    water.paint(dx, slopes, picture, ground, mirrored, lambda s: horizon - s * focal)
    grass.paint(picture, scale, horizon - focal * still.LEDGE / still.EDGE)
    return picture


def _land(picture, dx, slopes):
    """Paint the land at twice the resolution and shrink it into `picture`: smooth outlines."""
    band = slice(*np.searchsorted(-slopes, (-0.24, 0.03)))
    half = (dx[1] - dx[0]) / 4
    fine_dx = np.stack([dx - half, dx + half], 1).ravel()
    fine_slopes = np.stack([slopes[band] + half, slopes[band] - half], 1).ravel()
    panorama = land.Panorama(fine_dx)
    backdrop = picture[band].repeat(2, 0).repeat(2, 1)
    fine, ground = land.paint(fine_dx, fine_slopes, panorama, land.Shade(), backdrop)
    picture[band] = fine.reshape(len(fine) // 2, 2, len(dx), 2, 3).mean((1, 3))
    mask = np.zeros(picture.shape[:2], bool)
    mask[band] = ground.reshape(len(fine) // 2, 2, len(dx), 2).mean((1, 3)) > 0.4
    return panorama.every_other(), mask


def develop(linear):
    """Linear scene light to sRGB in 0 to 1: a film-like shoulder, a short toe."""
    x = linear * np.float32(1.16)
    luma = x @ np.float32((0.2126, 0.7152, 0.0722))
    x = luma[..., None] + (x - luma[..., None]) * np.float32(1.0)
    x = np.maximum(x, 0)
    x = x * (1 + x / 7.5) / (1 + 0.82 * x)
    x = np.clip(x, 0, 1)
    x = 0.42 * x + 0.58 * x * x * (3 - 2 * x)
    return np.where(x <= 0.0031308, 12.92 * x, 1.055 * np.maximum(x, 1e-6) ** (1 / 2.4) - 0.055)


def vignette(picture):
    """The corners a little darker, as a lens would have it."""
    rows, cols = picture.shape[:2]
    y = np.linspace(-1, 1, rows, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, cols, dtype=np.float32)
    picture *= (1 - 0.13 * (x * x * 0.7 + y * y * 0.3) ** 2)[..., None]


def paint(scale, crop=(0, 0, 1, 1)):
    """The picture at a share of its full size, as uint8; `crop` is for looking closely."""
    cols, rows = round(WIDTH * scale), round(HEIGHT * scale)
    dx = ((np.arange(cols) + 0.5 - cols / 2) / (FOCAL * scale)).astype(np.float32)
    slopes = ((HORIZON * scale - np.arange(rows) - 0.5) / (FOCAL * scale)).astype(np.float32)
    if crop == (0, 0, 1, 1):
        picture = scenery(dx, slopes, scale)
        vignette(picture)
    else:
        x0, y0, x1, y1 = crop
        dx = dx[int(x0 * cols) : int(x1 * cols)]
        slopes = slopes[int(y0 * rows) : int(y1 * rows)]
        picture = np.full((len(slopes), len(dx), 3), 0.4, np.float32)
    still.Still(dx, slopes, max(2, round(12 * scale))).paint(picture)
    rng = np.random.default_rng(8)
    out = np.empty(picture.shape, np.uint8)
    for lo in range(0, len(picture), 256):
        part = develop(picture[lo : lo + 256]) * 255
        dither = rng.random(part.shape[:2], np.float32)[..., None]
        out[lo : lo + 256] = np.clip(part + dither, 0, 255)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", default=Path(__file__).with_name("sample.jpg"))
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--crop", type=float, nargs=4, default=(0, 0, 1, 1))
    options = parser.parse_args()
    picture = Image.fromarray(paint(options.scale, tuple(options.crop)))
    picture.save(options.output, quality=86, optimize=True, subsampling="4:2:0")


if __name__ == "__main__":
    main()
