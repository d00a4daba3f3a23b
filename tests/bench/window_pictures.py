"""The pictures that the window is measured with: the sample picture, laid side by side.

Of each size a JPEG file, and a TIFF file with 16 bits a sample, not compressed. They are made
row by row, so a gigapixel takes no memory, and once: what is there is used again.
"""

import os
import struct
import subprocess

import numpy as np
from PIL import Image

SIZES = {12: (4272, 2848), 43: (8064, 5376), 240: (18960, 12640), 1026: (39232, 26152)}
STRIP = 64  # rows
# TIFF's kinds of values
SHORT, LONG8 = 3, 16


def bands(tile, width, height):
    """The picture as arrays of a few rows."""
    times = -(-width // tile.shape[1])
    for y in range(0, height, STRIP):
        rows = np.arange(y, min(y + STRIP, height)) % tile.shape[0]
        yield np.tile(tile[rows], (1, times, 1))[:, :width]


def deepened(tile):
    """16 bits of 8, with a noise that uses the entries of a table between them too."""
    noise = np.random.default_rng(1).integers(-128, 129, tile.shape, np.int32)
    return np.clip(tile.astype(np.int32) * 257 + noise, 0, 65535).astype("<u2")


def write_jpeg(file, tile, width, height):
    make = ["cjpeg", "-quality", "92"]
    with subprocess.Popen(make, stdin=subprocess.PIPE, stdout=file) as process:
        process.stdin.write(b"P6 %d %d 255\n" % (width, height))
        for band in bands(tile, width, height):
            process.stdin.write(band.tobytes())
    if process.returncode:
        raise OSError("cjpeg failed")


def write_tiff(file, tile, width, height):
    """A BigTIFF file: the picture may take more than 4 GB."""
    strips = range(0, height, STRIP)
    offsets, sizes = [], []
    file.write(struct.pack("<2sHHHQ", b"II", 43, 8, 0, 0))
    for band in bands(tile, width, height):
        offsets.append(file.tell())
        sizes.append(file.write(band.tobytes()))
    entries = {
        256: (SHORT, [width]),
        257: (SHORT, [height]),
        258: (SHORT, [16, 16, 16]),
        259: (SHORT, [1]),
        262: (SHORT, [2]),
        273: (LONG8, offsets),
        277: (SHORT, [3]),
        278: (SHORT, [STRIP]),
        279: (LONG8, sizes),
    }
    assert len(offsets) == len(strips)
    directory = struct.pack("<Q", len(entries))
    for tag, (kind, values) in entries.items():
        data = struct.pack(f"<{len(values)}{'H' if kind == SHORT else 'Q'}", *values)
        if len(data) > 8:
            at = file.tell()
            file.write(data)
            data = struct.pack("<Q", at)
        directory += struct.pack("<HHQ8s", tag, kind, len(values), data)
    at = file.tell()
    file.write(directory + struct.pack("<Q", 0))
    file.seek(8)
    file.write(struct.pack("<Q", at))


def picture(folder, sample, megapixels, depth):
    """The path of the picture, which is made if it is not there."""
    path = folder / f"{megapixels}mp-{depth}.{'jpg' if depth == 8 else 'tif'}"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    print(f"making {path}", flush=True)
    tile = np.asarray(Image.open(sample).convert("RGB"))
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        if depth == 8:
            write_jpeg(file, tile, *SIZES[megapixels])
        else:
            write_tiff(file, deepened(tile), *SIZES[megapixels])
    os.replace(part, path)
    return path
