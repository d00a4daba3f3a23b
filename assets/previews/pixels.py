"""Small pictures: shrinking, a spectrum of hues, the plot of a curve."""

from colorsys import hsv_to_rgb

import numpy as np

GROUND, GRID = 28, 84
FINE = 4  # a plot is drawn this much larger, and shrunk: smooth lines


def shrunk(pixels, height, width):
    """The mean of each box of pixels: (height, width, 3), uint8."""
    rows = np.arange(height) * pixels.shape[0] // height
    columns = np.arange(width) * pixels.shape[1] // width
    sums = np.add.reduceat(np.add.reduceat(pixels.astype(float), rows, 0), columns, 1)
    tall = np.diff(np.append(rows, pixels.shape[0]))[:, None, None]
    wide = np.diff(np.append(columns, pixels.shape[1]))[:, None]
    return np.floor(sums / tall / wide + 0.5).astype(np.uint8)


def hues(height, width):
    """All hues from left to right, pale above and deep below."""
    tops = [
        [hsv_to_rgb(x / width, saturation, 0.85) for x in range(width)] for saturation in (0.4, 0.9)
    ]
    return np.repeat(np.floor(np.array(tops) * 255 + 0.5).astype(np.uint8), height // 2, 0)


def ramp():
    """Gray from black to white, 16 bits, one row of three channels."""
    values = np.arange(0, 65536, 16, dtype=np.uint16)
    return np.ascontiguousarray(np.repeat(values[None, :, None], 3, axis=2))


def plot(channels, size):
    """A square plot of what ramp() becomes, (values, 3): a line each, white where they meet."""
    fine = size * FINE
    picture = np.full((fine, fine, 3), GROUND, float)
    for i in range(1, 4):
        picture[i * fine // 4], picture[:, i * fine // 4] = GRID, GRID
    diagonal = np.arange(fine)
    picture[fine - 1 - diagonal, diagonal] = GRID
    xs = np.linspace(0, len(channels) - 1, fine).astype(int)
    lines = np.zeros_like(picture)
    for channel in range(3):
        heights = (1 - channels[xs, channel] / 65535) * (fine - 1)
        for x in range(fine):
            ends = heights[max(x - 2, 0) : x + 3]
            lines[max(int(ends.min()) - 2, 0) : int(ends.max()) + 3, x, channel] = 1
    drawn = lines.any(2, keepdims=True)
    return shrunk(np.where(drawn, 60 + 195 * lines, picture), size, size)
