"""A contact sheet: the images of a folder, developed, small and side by side in one file.

Example:
    lutist run scripts/jobs/contact_sheet.py photos/ sheet.png
"""

import argparse
import math
import sys
import tempfile

import lutist

WHITE, GAP = b"\xff", 8  # pixels between the squares


def small_pictures(folder: str, look: str, side: int, place: str) -> list[lutist.Image]:
    """The pictures in sRGB, at most `side` pixels wide and high; prints why others failed."""
    report = lutist.batch(
        lutist.load(look),
        folder,
        f"{place}/{{index}}.png",
        resize=f"{side}x{side}",
        convert="srgb",
    )
    for item in report.failed:
        print(item.reason, file=sys.stderr)
    return [lutist.open(item.output) for item in report.done]


def rows_of(picture: lutist.Image) -> list[bytes]:
    """The picture's rows as 8-bit RGB, without alpha."""
    pixels = memoryview(picture.convert(8)).tobytes()
    if picture.channels > 2:
        planes = [pixels[color :: picture.channels] for color in range(3)]
    else:
        planes = [pixels[:: picture.channels]] * 3
    row = bytearray(3 * picture.width * picture.height)
    for color, plane in enumerate(planes):
        row[color::3] = plane
    length = 3 * picture.width
    return [bytes(row[at : at + length]) for at in range(0, len(row), length)]


def contact_sheet(pictures: list[lutist.Image], side: int, columns: int) -> lutist.Image:
    """Each picture in the middle of a square of `side` pixels, `columns` squares in a row."""
    step = side + GAP
    width = columns * step + GAP
    height = math.ceil(len(pictures) / columns) * step + GAP
    sheet = bytearray(WHITE * (3 * width * height))
    for number, picture in enumerate(pictures):
        line, column = divmod(number, columns)
        top = GAP + line * step + (side - picture.height) // 2
        left = GAP + column * step + (side - picture.width) // 2
        for y, row in enumerate(rows_of(picture), top):
            at = 3 * (y * width + left)
            sheet[at : at + len(row)] = row
    return lutist.Image.from_buffer(memoryview(sheet).cast("B", (height, width, 3)))


def main() -> int:
    parser = argparse.ArgumentParser(prog="contact_sheet", description="A contact sheet.")
    parser.add_argument("folder", nargs="?", default="photos", help="images (default: photos)")
    parser.add_argument("output", nargs="?", default="sheet.png", help="default: sheet.png")
    parser.add_argument("-s", "--script", default="exposure", help="look (default: exposure)")
    parser.add_argument("--side", type=int, default=240, help="pixels per square (default: 240)")
    parser.add_argument("--columns", type=int, default=4, help="squares per row (default: 4)")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as place:
        pictures = small_pictures(options.folder, options.script, options.side, place)
    if not pictures:
        return 1
    contact_sheet(pictures, options.side, options.columns).save(options.output)
    return 0


sys.exit(main())
