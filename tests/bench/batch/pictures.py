"""Make the files that are developed: python pictures.py FOLDER SIZES, where SIZES is JSON.

They are like photographs to a codec: slopes, soft shapes of all sizes, edges, and grain.
"""

import json
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

QUALITY = 93  # of the photographs, as cameras have them
GRAIN = 3.5  # standard deviation, of 255


def shapes(width, height, rng):
    """Noise of every size, the coarser the stronger, around 128."""
    found = np.full((height, width, 3), 128, np.float32)
    for side in (3, 9, 27, 81, 243):
        grid = rng.integers(0, 256, (side * height // width + 2, side, 3), dtype=np.uint8)
        layer = Image.fromarray(grid).resize((width, height), Image.Resampling.BICUBIC)
        found += (np.asarray(layer, np.float32) - 128) * (2.5 / side**0.55)
    return found


def photograph(width, height, seed):
    """An array of uint8, shaped (height, width, 3)."""
    rng = np.random.default_rng(seed)
    picture = shapes(width, height, rng)
    picture += np.linspace(-60, 60, width, dtype=np.float32)[:, np.newaxis]
    for _ in range(40):  # what has edges
        x, y = rng.integers(0, width), rng.integers(0, height)
        size = int(rng.integers(2, max(3, width // 8)))
        picture[y : y + size, x : x + size] += rng.normal(0, 25, 3)
    grain = rng.standard_normal((height, width, 1), dtype=np.float32)
    picture += GRAIN * grain + rng.standard_normal(picture.shape, dtype=np.float32)
    return np.clip(picture, 0, 255).astype(np.uint8)


def mosaic(width, height, seed):
    """A large one: the same photograph, turned over in each tile. It takes less memory."""
    columns, rows = -(-width // 4000), -(-height // 4000)
    across, down = -(-width // columns), -(-height // rows)
    tile = photograph(across, down, seed)
    picture = np.empty((rows * down, columns * across, 3), np.uint8)
    for y in range(rows):
        for x in range(columns):
            turned = tile[:: 1 - 2 * (y % 2), :: 1 - 2 * (x % 2)]
            picture[y * down : (y + 1) * down, x * across : (x + 1) * across] = turned
    return picture[:height, :width]


def save_photographs(folder, sizes):
    folder.mkdir()
    for i, (width, height) in enumerate(sizes):
        picture = Image.fromarray(photograph(width, height, i))
        picture.save(folder / f"{i:02}.jpg", quality=QUALITY, progressive=i % 6 == 5)


def save_small(folder, count, side):
    """Many files, of which sixteen differ."""
    folder.mkdir()
    kinds = [Image.fromarray(photograph(side, side, i)) for i in range(16)]
    for i, picture in enumerate(kinds):
        picture.save(folder / f"{i:05}.jpg", quality=QUALITY)
    texts = [(folder / f"{i:05}.jpg").read_bytes() for i in range(16)]
    for i in range(16, count):
        (folder / f"{i:05}.jpg").write_bytes(texts[i % 16])


def chunk(name, data):
    checked = name + data
    return len(data).to_bytes(4, "big") + checked + zlib.crc32(checked).to_bytes(4, "big")


def save_deep(path, picture):
    """A PNG of 16 bits, of which the lower eight are noise, as finer grain would be."""
    rng = np.random.default_rng(1)
    height, width, channels = picture.shape
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([16, 2, 0, 0, 0])
    packer, parts = zlib.compressobj(1), []
    for rows in np.array_split(picture, -(-height // 64)):
        deep = rows.astype(np.uint16) * 256 + rng.integers(0, 256, rows.shape, dtype=np.uint16)
        lines = deep.astype(">u2").view(np.uint8).reshape(len(rows), width * channels * 2)
        parts.append(packer.compress(np.pad(lines, ((0, 0), (1, 0))).tobytes()))
    data = b"".join([*parts, packer.flush()])
    body = chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)


def main(folder, sizes):
    folder = Path(folder)
    if sizes["photographs"]:
        save_photographs(folder / "photographs", sizes["photographs"])
    save_small(folder / "small", sizes["small"], 256)
    for name in ("little", "large", "huge"):
        picture = mosaic(*sizes[name], seed=99)
        Image.fromarray(picture).save(folder / f"{name}.jpg", quality=QUALITY)
        if name == "large":
            save_deep(folder / "deep.png", picture)


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
