#!/usr/bin/env python3
"""Small inputs on which lutist once failed, made from nothing (needs Pillow, NumPy and djpeg
of libjpeg-turbo-progs).

    python3 make_cases.py FOLDER [SEED]   writes the files and FOLDER/cases.json

cases.json: file -> {"want": what must happen, "got": what happened before, and, where
pixels matter, "pixels": the name of a PNG beside it with the right ones}.
"""

import io
import json
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

CASES = {}
SEED = 0


def photo(width, height, seed=1):
    """A smooth picture with some grain: compresses like a photograph."""
    seed += SEED
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    waves = [np.sin(x / (7 + c) + seed) * np.cos(y / (11 - c)) for c in range(3)]
    noise = rng.normal(0, 6, (height, width, 3))
    return np.clip(np.stack(waves, -1) * 90 + 128 + noise, 0, 255).astype(np.uint8)


def jpeg(array, **options):
    out = io.BytesIO()
    Image.fromarray(array).save(out, "JPEG", quality=85, **options)
    return out.getvalue()


class Maker:
    def __init__(self, folder):
        self.folder = folder

    def put(self, name, data, want, got, pixels=None):
        (self.folder / name).write_bytes(data)
        CASES[name] = {"want": want, "got": got}
        if pixels is not None:
            right = f"{name}.right.png"
            Image.fromarray(pixels).save(self.folder / right)
            CASES[name]["pixels"] = right


def damaged_scans(make):
    """One bit of the entropy-coded data flipped so that the picture is visibly wrong and
    libjpeg complains of surplus bytes before the end marker, and of nothing else."""
    if not shutil.which("djpeg"):
        sys.exit("djpeg is missing: apt-get install libjpeg-turbo-progs")
    base = jpeg(photo(160, 120))
    start = base.index(b"\xff\xda") + 14
    right = np.asarray(Image.open(io.BytesIO(base))).astype(int)
    found = 0
    for at in range(start + 40, len(base) - 40, 7):
        data = bytearray(base)
        data[at] ^= 0x10
        if b"\xff" in data[at - 1 : at + 2]:
            continue
        try:
            got = np.asarray(Image.open(io.BytesIO(bytes(data)))).astype(int)
        except OSError:
            continue
        said = subprocess.run(["djpeg"], input=bytes(data), capture_output=True).stderr
        if b"extraneous" in said and (abs(got - right) > 16).mean() > 0.02:
            make.put(
                f"flipped_{at}.jpg",
                bytes(data),
                "refused as damaged: surplus bytes after a scan that are not all 00 or FF "
                "mean lost or invented pixels; with --lenient done and listed as damaged",
                "developed, exit 0",
            )
            found += 1
        if found == 12:
            break
    padded = base[:-2] + b"\0" * 700 + base[-2:]
    make.put(
        "padded.jpg",
        padded,
        "read, exactly: cameras pad with 00 before the end",
        "the same",
        right.astype(np.uint8),
    )
    make.put(
        "no_end.jpg",
        base[:-2],
        "read, with a warning on stderr: every row is there, only the end marker is missing",
        "refused: cut short",
        right.astype(np.uint8),
    )


def lying_headers(make):
    side = 16383
    want = "refused in < 0.2 s and < 64 MB, also by info: more pixels than the file has bytes for"
    got = "0.8 to 2.1 GB of memory, up to 16 s"
    for name, kind in (("lie24.tga", 2), ("lie24rle.tga", 10)):
        head = struct.pack("<BBBHHBHHHHBB", 0, 0, kind, 0, 0, 0, 0, 0, side, side, 24, 32)
        make.put(name, head + b"\x80\x01\x02\x03" * 10, want, got)
    head = struct.pack("<2sIHHI", b"BM", 118, 0, 0, 54)
    info = struct.pack("<IiiHHIIiiII", 40, side, side, 1, 24, 0, 0, 2835, 2835, 0, 0)
    make.put("lie24.bmp", head + info + bytes(64), want, got)
    make.put("lie.ppm", b"P6\n%d %d\n255\n" % (side, side) + bytes(64), want, got)
    make.put(
        "lie.qoi",
        b"qoif" + struct.pack(">IIBB", side, side, 3, 0) + bytes(64) + b"\0" * 7 + b"\1",
        want,
        got,
    )
    pcx = struct.pack(
        "<BBBBHHHHHH48sBBHH",
        10,
        5,
        1,
        8,
        0,
        0,
        side - 1,
        side - 1,
        72,
        72,
        bytes(48),
        0,
        3,
        side + 1,
        1,
    )
    make.put("lie.pcx", pcx.ljust(128, b"\0") + bytes(64), want, got)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
    for kind in (b"tEXt", b"zTXt", b"iTXt", b"sPLT"):
        body = png + struct.pack(">I", 0x3FFFFFFF) + kind + b"Comment\0text"
        make.put(f"huge_{kind.decode()}.png", body, want, "1.06 GB for 57 bytes")


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def marker_flood(make):
    base = jpeg(photo(64, 48))
    flood = (b"\xff\xe1" + struct.pack(">H", 4) + b"xx") * 150_000
    make.put(
        "marker_flood.jpg",
        base[:2] + flood + base[2:],
        "decoded or refused within 1 s; Ctrl-C stops it at once, in info too",
        "over 30 s, deaf to two SIGINTs",
    )


def qoi(make):
    """Only QOI_OP_RGB pixels: the plainest legal file."""
    array = photo(24, 16)
    body = b"".join(b"\xfe" + bytes(pixel) for pixel in array.reshape(-1, 3).tolist())
    data = b"qoif" + struct.pack(">IIBB", 24, 16, 3, 0) + body + b"\0" * 7 + b"\1"
    make.put("plain.qoi", data, "read", "every QOI file: 'cut short'", array)


def webp(make):
    frames = [Image.fromarray(photo(40, 30, seed)) for seed in (3, 4, 5)]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], lossless=True, duration=80)
    make.put(
        "animated.webp",
        out.getvalue(),
        "the first frame, as for GIF",
        "'Failed to decode WEBP'",
        np.asarray(frames[0]),
    )


def bitmaps(make):
    array = photo(20, 10)
    rows = np.zeros((10, 20, 4), np.uint8)
    rows[..., :3] = array[..., ::-1]
    rows[..., 3] = np.arange(20, dtype=np.uint8) * 7  # filler, not alpha
    data = rows[::-1].tobytes()
    head = struct.pack("<2sIHHI", b"BM", 54 + len(data), 0, 0, 54)
    info = struct.pack("<IiiHHIIiiII", 40, 20, 10, 1, 32, 0, len(data), 2835, 2835, 0, 0)
    make.put(
        "filler32.bmp",
        head + info + data,
        "opaque RGB: BI_RGB has no alpha",
        "the filler byte as alpha",
        array,
    )
    palette = np.array([(200, 30, 40), (20, 180, 60), (10, 20, 220), (240, 230, 20)], np.uint8)
    index = (np.arange(8)[:, None] + np.arange(12)) % 4
    head = struct.pack("<BBBHHBHHHHBB", 0, 1, 1, 5, 4, 24, 0, 0, 12, 8, 8, 32)
    data = head + palette[:, ::-1].tobytes() + (index + 5).astype(np.uint8).tobytes()
    make.put(
        "palette_offset.tga",
        data,
        "palette entries count from the first-entry field",
        "wrong colours, exit 0",
        palette[index],
    )
    gray16 = (np.arange(64 * 8).reshape(8, 64) * 128).astype(">u2")
    make.put(
        "gray16.pgm",
        b"P5\n64 8\n65535\n" + gray16.tobytes(),
        "read at 16 bits",
        "'unsupported PNM format'",
    )


def thumbnails(make):
    """Orientation 6 and a thumbnail in IFD1; ExifImageWidth and Height set."""
    pixels = photo(48, 32)
    small = jpeg(photo(16, 10, 2))
    entries0 = [(0x0112, 3, 1, struct.pack("<HH", 6, 0)), (0x8769, 4, 1, None)]
    ifd0 = 8
    exif_at = ifd0 + 2 + 12 * len(entries0) + 4
    entries_exif = [(0xA002, 4, 1, struct.pack("<I", 48)), (0xA003, 4, 1, struct.pack("<I", 32))]
    ifd1_at = exif_at + 2 + 12 * len(entries_exif) + 4
    thumb_at = ifd1_at + 2 + 12 * 3 + 4
    entries1 = [
        (0x0103, 3, 1, struct.pack("<HH", 6, 0)),
        (0x0201, 4, 1, struct.pack("<I", thumb_at)),
        (0x0202, 4, 1, struct.pack("<I", len(small))),
    ]

    def ifd(entries, following):
        body = struct.pack("<H", len(entries))
        for tag, kind, count, value in entries:
            body += struct.pack("<HHI", tag, kind, count) + (value or struct.pack("<I", exif_at))
        return body + struct.pack("<I", following)

    tiff = (
        b"II*\0"
        + struct.pack("<I", ifd0)
        + ifd(entries0, ifd1_at)
        + ifd(entries_exif, 0)
        + ifd(entries1, 0)
        + small
    )
    make.put(
        "turned_with_thumbnail.jpg",
        jpeg(pixels, exif=b"Exif\0\0" + tiff),
        "upright pixels, Orientation 1, ExifImageWidth/Height swapped to the file's, and no "
        "stale thumbnail: dropped, or made anew from the result",
        "thumbnail kept as it was: sideways, and with the old look",
    )


def names(make):
    make.put(
        "esc\x1b]0;title\x07.jpg",
        b"not a picture",
        "its name is printed with \\x1b and \\a escaped",
        "raw control bytes reach the terminal",
    )
    make.put("two\nlines.jpg", b"not a picture", "one line", "forges a second line")


def main():
    global SEED
    SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "cases")
    folder.mkdir(parents=True, exist_ok=True)
    make = Maker(folder)
    for part in (damaged_scans, lying_headers, marker_flood, qoi, webp, bitmaps, thumbnails, names):
        part(make)
    (folder / "cases.json").write_text(json.dumps(CASES, indent=1))
    print(f"{len(CASES)} cases in {folder}")


if __name__ == "__main__":
    main()
