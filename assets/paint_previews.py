"""Paint the pictures of docs/stages.md and docs/looks.md from assets/sample.jpg.

    ./dev build && build/release/bin/lutist run assets/paint_previews.py

A name paints that stage or look alone. --output DIR is for another folder than docs/.
"""

import argparse
import sys
from pathlib import Path

import numpy as np

import lutist
from previews.examples import EXAMPLES
from previews.pixels import hues, plot, ramp, shrunk

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "scripts"
SIDE, GAP, STRIP = 176, 4, 16  # pixels of a stage's picture
CROP = np.s_[430:2750, 1350:3670]  # mountains, jug and fruit
LOOK = (320, 480)
QUALITY = 80


def save(pixels, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    image = lutist.Image.from_buffer(np.ascontiguousarray(pixels))
    image.save(path, quality=QUALITY, overwrite=True)
    print(path)


def in_color(image):
    """Its pixels, with three channels."""
    pixels = np.asarray(image)
    return pixels if pixels.ndim == 3 else np.repeat(pixels[..., None], 3, axis=2)


def stage_picture(expression, before):
    """Before and after, the curves of the three channels, and hues below."""
    stages = eval(
        expression, vars(lutist) | {name: getattr(lutist, name) for name in lutist.__all__}
    )

    @lutist.pipeline
    def look():
        return stages

    def after(pixels):
        return in_color(look.apply(lutist.Image.from_buffer(pixels)))

    strip = hues(STRIP, SIDE)
    canvas = np.full((SIDE + GAP + STRIP, 3 * SIDE + 2 * GAP, 3), 255, np.uint8)
    for column, (picture, colors) in enumerate(((before, strip), (after(before), after(strip)))):
        x = column * (SIDE + GAP)
        canvas[:SIDE, x : x + SIDE] = picture
        canvas[SIDE + GAP :, x : x + SIDE] = colors
    canvas[:SIDE, -SIDE:] = plot(after(ramp())[0], SIDE)
    return canvas


def paint_stages(sample, docs, names):
    before = shrunk(sample[CROP], SIDE, SIDE)
    for room, examples in EXAMPLES.items():
        for name, expression in examples.items():
            if not names or name in names:
                save(stage_picture(expression, before), docs / "stages" / room / f"{name}.jpg")


def paint_looks(sample, docs, names):
    """Each bundled look as it comes."""
    image = lutist.Image.from_buffer(shrunk(sample, *LOOK))
    for script in sorted(SCRIPTS.glob("*.py")):
        if not names or script.stem in names:
            develop = lutist.load(script)
            save(in_color(develop.apply(image)), docs / "looks" / f"{script.stem}.jpg")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="of a stage or a look")
    parser.add_argument("--output", type=Path, default=ROOT / "docs", metavar="DIR")
    options = parser.parse_args()
    known = {name for room in EXAMPLES.values() for name in room}
    known |= {script.stem for script in SCRIPTS.glob("*.py")}
    unknown = sorted(set(options.names) - known)
    if unknown:
        sys.exit(f"{parser.prog}: no stage or look is named {', '.join(unknown)}")
    sample = np.asarray(lutist.open(ROOT / "assets" / "sample.jpg"))
    paint_stages(sample, options.output, options.names)
    paint_looks(sample, options.output, options.names)


if __name__ == "__main__":
    main()
