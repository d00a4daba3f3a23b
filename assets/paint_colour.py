"""Paint the pictures of docs/colour.md from assets/sample.jpg.

    ./dev build && build/release/bin/lutist run assets/paint_colour.py

They come from what the page describes: --convert, linear(), an exported HaldCLUT and cube().
--output DIR is for another folder than docs/.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np

import lutist
from previews.pixels import shrunk

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests"))
import icc_profiles  # noqa: E402 (found by the line above)

LEVEL = 6
SIDE, GAP = LEVEL**3, 4  # a HaldCLUT of this level has as many pixels a side
CROP = np.s_[430:2750, 1350:3670]  # mountains, jug and fruit
QUALITY = 85


@lutist.pipeline
def as_it_is():
    return None


@lutist.pipeline
def stored():
    return lutist.exposure(1)


@lutist.pipeline
def light():
    return lutist.linear(lutist.exposure(1))


def applied(look, pixels):
    return np.asarray(look.apply(lutist.Image.from_buffer(np.ascontiguousarray(pixels))))


def beside(*pictures):
    """In a row, with gaps of white."""
    gap = np.full((len(pictures[0]), GAP, 3), 255, np.uint8)
    parts = [part for picture in pictures for part in (gap, picture)]
    return np.hstack(parts[1:])


def converted(path, folder, target):
    """The file's pixels after lutist batch --convert."""
    report = lutist.batch(as_it_is, [path], folder, convert=target, format="png", overwrite=True)
    if report.failed:
        sys.exit(f"paint_colour.py: {report.failed[0]}")
    return Path(folder) / f"{path.stem}.png"


def profiles(photo, folder):
    """Adobe RGB with its numbers taken as sRGB, and converted by its profile."""
    profile, source = folder / "adobe.icc", folder / "photo.png"
    profile.write_bytes(icc_profiles.adobe())
    lutist.Image.from_buffer(photo).save(source)
    adobe = converted(source, folder / "adobe", profile)
    srgb = converted(adobe, folder / "srgb", "srgb")
    return beside(*(np.asarray(lutist.open(path)) for path in (adobe, srgb)))


def amounts_of_light(photo, folder):
    """As it is, doubled as stored, and doubled as light."""
    return beside(photo, *(applied(look, photo) for look in (stored, light)))


def hald(photo, folder):
    """Above the photograph and the identity; below a look's table, and the photograph by it."""
    identity, table = folder / "identity.png", folder / "look.png"
    as_it_is.export(identity, format="png8", size=LEVEL)
    lutist.load("cross_process").export(table, format="png8", size=LEVEL)
    pictures = [np.asarray(lutist.open(path)) for path in (identity, table)]

    @lutist.pipeline
    def by_table():
        return lutist.cube(str(table))

    above, below = beside(photo, pictures[0]), beside(applied(by_table, photo), pictures[1])
    return np.vstack([above, np.full((GAP, above.shape[1], 3), 255, np.uint8), below])


PICTURES = {"profiles": profiles, "linear": amounts_of_light, "hald": hald}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=ROOT / "docs", metavar="DIR")
    options = parser.parse_args()
    photo = shrunk(np.asarray(lutist.open(ROOT / "assets" / "sample.jpg"))[CROP], SIDE, SIDE)
    (options.output / "colour").mkdir(parents=True, exist_ok=True)
    for name, paint in PICTURES.items():
        with tempfile.TemporaryDirectory() as folder:
            pixels = np.ascontiguousarray(paint(photo, Path(folder)))
        path = options.output / "colour" / f"{name}.jpg"
        lutist.Image.from_buffer(pixels).save(path, quality=QUALITY, overwrite=True)
        print(path)


if __name__ == "__main__":
    main()
