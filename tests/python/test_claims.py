"""What a header claims is held against the size of the file before memory is taken."""

import struct

import numpy as np
import pytest
from rare_files import chunk

import lutist

SIDE = 16383


def bmp(bits, how, width=SIDE, height=SIDE, palette=b""):
    at = 54 + len(palette)
    return (
        struct.pack("<2sIHHI", b"BM", 0, 0, 0, at)
        + struct.pack(
            "<IiiHHIIiiII", 40, width, height, 1, bits, how, 0, 0, 0, len(palette) // 4, 0
        )
        + palette
    )


def tga(kind, bits, width=SIDE, height=SIDE):
    return struct.pack("<BBBHHBHHHHBB", 0, 0, kind, 0, 0, 0, 0, 0, width, height, bits, 32)


def pcx(bits, planes, width=SIDE, height=SIDE, line=SIDE + 1):
    corner = (width - 1, height - 1)
    head = struct.pack("<BBBBHHHHHH", 10, 5, 1, bits, 0, 0, *corner, 72, 72)
    return head.ljust(65, b"\0") + struct.pack("<BHH", planes, line, 1).ljust(63, b"\0")


def gif(width=SIDE, height=SIDE):
    return (
        b"GIF89a"
        + struct.pack("<HHBBB", width, height, 0x80, 0, 0)
        + b"\0\0\0\xff\xff\xff"
        + (b"," + struct.pack("<HHHHB", 0, 0, width, height, 0))
    )


def lossy_webp(width=SIDE, height=SIDE):
    """The header of a key frame whose first part has 30 bytes."""
    part = struct.pack("<I", 0 << 0 | 1 << 4 | 30 << 5)[:3]
    frame = chunk(b"VP8 ", part + b"\x9d\x01\x2a" + struct.pack("<HH", width, height) + bytes(64))
    return b"RIFF" + struct.pack("<I", 4 + len(frame)) + b"WEBP" + frame


def tiff(compression, strip=64, width=SIDE, height=SIDE):
    tags = {
        256: width,
        257: height,
        258: 8,
        259: compression,
        262: 1,
        273: 8,
        278: height,
        279: strip,
    }
    table = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    return (
        struct.pack("<2sHI", b"II", 42, 72)
        + bytes(64)
        + struct.pack("<H", len(tags))
        + table
        + bytes(4)
    )


LIES = {
    "plain.tga": tga(2, 24) + bytes(40),
    "runs.tga": tga(10, 24) + b"\x80\1\2\3" * 10,
    "gray.tga": tga(11, 8) + b"\x80\1" * 10,
    "24.bmp": bmp(24, 0) + bytes(64),
    "1.bmp": bmp(1, 0, palette=bytes(8)) + bytes(64),
    "runs8.bmp": bmp(8, 1, palette=bytes(8)) + b"\xff\0" * 30,
    "runs4.bmp": bmp(4, 2, palette=bytes(8)) + b"\xff\0" * 30,
    "colours.pcx": pcx(8, 3) + bytes(64),
    "bits.pcx": pcx(1, 1, line=2048) + bytes(64),
    "1.pbm": b"P1 16383 16383\n" + b"0" * 64,
    "2.pgm": b"P2 16383 16383 255\n" + b"0 " * 32,
    "4.pbm": b"P4 16383 16383\n" + bytes(64),
    "6.ppm": b"P6 16383 16383 255\n" + bytes(64),
    "7.pam": b"P7\nWIDTH 16383\nHEIGHT 16383\nDEPTH 4\nMAXVAL 255\nENDHDR\n" + bytes(64),
    "a.qoi": b"qoif" + struct.pack(">IIBB", SIDE, SIDE, 3, 0) + b"\xfd" * 64 + bytes(7) + b"\1",
    "a.gif": gif() + b"\2\2\x4c\1\0;",
    "a.webp": lossy_webp(),
    "plain.tif": tiff(1),
    "packed.tif": tiff(32773),
    "lzw.tif": tiff(5),
    "deflate.tif": tiff(8),
}


@pytest.mark.parametrize("name", LIES)
def test_more_pixels_than_the_file_can_hold(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(LIES[name])
    with pytest.raises(
        lutist.ImageError, match=f"claims more pixels than its {len(LIES[name])} bytes can hold"
    ):
        lutist.open(path)


FLAT = {
    "runs.tga": (tga(10, 24, 1280, 100) + b"\xff\1\2\3" * 1000, (1280, 100)),
    "runs8.bmp": (
        bmp(8, 1, 2550, 100, bytes([3, 2, 1, 0])) + (b"\xff\0" * 10 + b"\0\0") * 100 + b"\0\1",
        (2550, 100),
    ),
    "colours.pcx": (
        pcx(8, 3, 630, 100, 630) + b"".join((b"\xff" + bytes([v])) * 10 for v in (3, 2, 1)) * 100,
        (630, 100),
    ),
    "a.qoi": (
        b"qoif"
        + struct.pack(">IIBB", 6200, 100, 3, 0)
        + b"\xfe\3\2\1"
        + b"\xfd" * 9999
        + b"\xfc"
        + bytes(7)
        + b"\1",
        (6200, 100),
    ),
}


@pytest.mark.parametrize("name", FLAT)
def test_a_flat_picture_may_be_as_small_as_its_format_lets_it(tmp_path, name):
    data, size = FLAT[name]
    path = tmp_path / name
    path.write_bytes(data)
    image = lutist.open(path)
    assert (image.width, image.height) == size
    np.testing.assert_array_equal(np.unique(np.asarray(image)), [1, 2, 3])
