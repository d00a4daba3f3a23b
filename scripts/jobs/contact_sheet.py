"""A contact sheet: the images of a folder, developed, small and side by side in one file.

Example:
    lutist run scripts/jobs/contact_sheet.py photos/ sheet.png
"""

import argparse
import sys
import tempfile

import lutist

WHITE, GAP = b"\xff", 8  # pixels between the squares


def small_pictures(folder: str, look: str, side: int, place: str) -> list[lutist.Image]:
    """The pictures, sRGB, at most `side` pixels wide and high; those that fail are named."""
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
    """Its rows as RGB of 8 bits, without alpha."""
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


def main() -> int:
    parser = argparse.ArgumentParser(prog="contact_sheet", description="A contact sheet.")
    parser.add_argument("folder", nargs="?", default="photos", help="its images")
    parser.add_argument("output", nargs="?", default="sheet.png", help="to write")
    parser.add_argument("-s", "--script", default="exposure", help="the look (default: exposure)")
    parser.add_argument("--side", type=int, default=240, help="pixels of a square (default: 240)")
    parser.add_argument("--columns", type=int, default=4, help="squares in a row (default: 4)")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as place:
        pictures = small_pictures(options.folder, options.script, options.side, place)
    if not pictures:
        return 1
    step = options.side + GAP
    width, height = options.columns * step + GAP, -(-len(pictures) // options.columns) * step + GAP
    sheet = bytearray(WHITE * (3 * width * height))
    for number, picture in enumerate(pictures):
        line, column = divmod(number, options.columns)
        top = GAP + line * step + (options.side - picture.height) // 2
        left = GAP + column * step + (options.side - picture.width) // 2
        for y, row in enumerate(rows_of(picture), top):
            at = 3 * (y * width + left)
            sheet[at : at + len(row)] = row
    image = lutist.Image.from_buffer(memoryview(sheet).cast("B", (height, width, 3)))
    image.save(options.output)
    return 0


sys.exit(main())
