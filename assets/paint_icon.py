#!/usr/bin/env python3
"""Paint assets/icon.png: a lute along the diagonal of a tone curve's chart.

Drawn at four times its size and reduced; every shape is plain enough for 16 pixels.

    python3 assets/paint_icon.py
    python3 assets/paint_icon.py --size 48 --output /tmp/icon48.png
"""

import argparse
import math
from pathlib import Path

from PIL import Image, ImageDraw

SIZE = 256
DRAWN = 4 * SIZE

GROUND = (0x26, 0x26, 0x28)
GRID = (0x3C, 0x3C, 0x40)
WOOD = (0xE2, 0xAC, 0x5C)
SHADE = (0xB4, 0x78, 0x30)
NUT = (0x8E, 0x4F, 0x22)  # the darker wood of neck and edge
DARK = (0x40, 0x22, 0x0E)
STRING = (0xFF, 0xF6, 0xE4)

# Along the lute, in parts of its length: where the body ends, where the neck ends.
BODY, NECK = 0.62, 0.90
WIDE, SLIM = 0.265, 0.046  # half widths, of the body and of the neck


def at(along, across):
    """From the lute's own axes to pixels: its tail lies low left, its head high right."""
    start, length, turn = 0.135, 1.0, math.radians(45)
    x = start + length * (along * math.cos(turn) - across * math.sin(turn))
    y = 1 - start - length * (along * math.sin(turn) + across * math.cos(turn))
    return x * DRAWN, y * DRAWN


def half_width(along):
    """A pear: round at the tail, running out into the neck."""
    t = min(along / BODY, 1)
    round_part = math.sqrt(max(0, 1 - (1 - t / 0.42) ** 2)) if t < 0.42 else 1
    taper = 0 if t < 0.42 else (t - 0.42) / 0.58
    return WIDE * round_part * (1 - taper**1.7) + SLIM * taper**1.7


def outline(scale=1.0):
    steps = [BODY * i / 200 for i in range(201)]
    return [at(s, half_width(s) * scale) for s in steps] + [
        at(s, -half_width(s) * scale) for s in reversed(steps)
    ]


def bar(draw, begin, end, half_begin, half_end, color):
    corners = [(begin, half_begin), (end, half_end), (end, -half_end), (begin, -half_begin)]
    draw.polygon([at(*corner) for corner in corners], fill=color)


def disc(draw, along, across, radius, color):
    x, y = at(along, across)
    r = radius * DRAWN
    draw.ellipse((x - r, y - r, x + r, y + r), fill=color)


def chart(draw):
    """A dark square with round corners, and the grid of a curve."""
    draw.rounded_rectangle((0, 0, DRAWN - 1, DRAWN - 1), DRAWN // 5, fill=GROUND)
    for i in range(1, 4):
        p = DRAWN * i / 4
        for box in ((p, 0, p, DRAWN), (0, p, DRAWN, p)):
            draw.line(box, fill=GRID, width=DRAWN // 128)


def lute(draw):
    for peg in range(3):  # they look out on both sides of the head
        for side in (-1, 1):
            disc(draw, NECK + 0.045 + 0.05 * peg, side * 0.078, 0.02, WOOD)
    bar(draw, NECK - 0.02, 1.07, 0.054, 0.042, NUT)
    draw.polygon(outline(), fill=NUT)
    draw.polygon(outline(0.92), fill=WOOD)
    bar(draw, BODY - 0.12, NECK, SLIM, SLIM, NUT)
    bar(draw, NECK - 0.012, NECK + 0.012, 0.054, 0.054, STRING)
    disc(draw, 0.37, 0, 0.092, SHADE)
    disc(draw, 0.37, 0, 0.074, DARK)
    bar(draw, 0.10, 0.135, 0.115, 0.115, DARK)  # the bridge


def strings(draw):
    for across in (-0.027, 0, 0.027):
        ends = [at(0.115, across), at(NECK, across)]
        draw.line(ends, fill=STRING, width=DRAWN // 110)


def paint():
    picture = Image.new("RGBA", (DRAWN, DRAWN), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    chart(draw)
    lute(draw)
    strings(draw)
    corners = Image.new("L", picture.size, 0)
    ImageDraw.Draw(corners).rounded_rectangle((0, 0, DRAWN - 1, DRAWN - 1), DRAWN // 5, fill=255)
    picture.putalpha(corners)
    return picture


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", default=Path(__file__).with_name("icon.png"))
    parser.add_argument("--size", type=int, default=SIZE)
    options = parser.parse_args()
    picture = paint().resize((options.size, options.size), Image.LANCZOS)
    picture.save(options.output, optimize=True)


if __name__ == "__main__":
    main()
