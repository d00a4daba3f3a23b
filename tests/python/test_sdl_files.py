"""Icons, Amiga pictures and X11's pixmaps, which SDL2_image reads."""

import struct

import numpy as np
import pytest

import lutist
from lutist.surroundings import HOSTED

pytestmark = pytest.mark.skipif(not HOSTED, reason="a wheel is built without SDL")

RNG = np.random.default_rng(5)
COLOURS = RNG.integers(0, 256, (16, 16, 4), np.uint8)
COLOURS[..., 3] = 255


def icon(kind, picture):
    entry = struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, len(picture), 22)
    return struct.pack("<HHH", 0, kind, 1) + entry + picture


def bitmap():
    """From the bottom, with a mask of one bit a pixel behind it; its rows count, too."""
    head = struct.pack("<IIIHHIIIIII", 40, 16, 32, 1, 32, 0, 0, 0, 0, 0, 0)
    return head + COLOURS[::-1, :, [2, 1, 0, 3]].tobytes() + bytes(4 * 16)


def lbm(width=16, height=16, packed=0):
    """24 planes, one bit of a row after the other, the lowest bit of red first."""
    head = struct.pack(
        ">HHhhBBBBHBBhh", width, height, 0, 0, 24, 0, packed, 0, 0, 1, 1, width, height
    )
    bits = np.unpackbits(COLOURS[..., :3], axis=2, bitorder="little")
    body = np.packbits(bits.transpose(0, 2, 1), axis=2).tobytes()
    chunks = b"BMHD" + struct.pack(">I", len(head)) + head
    chunks += b"BODY" + struct.pack(">I", len(body)) + body
    return b"FORM" + struct.pack(">I", 4 + len(chunks)) + b"ILBM" + chunks


def xpm(size=None):
    names = [f"{i:02x}" for i in range(256)]
    pixels = COLOURS.reshape(-1, 4)
    lines = [size or "16 16 256 2"]
    lines += [f"{n} c #{p[0]:02X}{p[1]:02X}{p[2]:02X}" for n, p in zip(names, pixels, strict=True)]
    lines += ["".join(names[16 * y : 16 * y + 16]) for y in range(16)]
    text = "/* XPM */\nstatic char *a[] = {\n" + ",\n".join(f'"{line}"' for line in lines) + "};\n"
    return text.encode()


FILES = {
    "bitmap.ico": icon(1, bitmap()),
    "bitmap.cur": icon(2, bitmap()),
    "planes.lbm": lbm(),
    "letters.xpm": xpm(),
}


def test_an_icon_of_most_colours_is_read(tmp_path):
    """The size is that of the picture which SDL2_image takes."""
    small = struct.pack("<IIIHHIIIIII", 40, 8, 16, 1, 32, 0, 0, 0, 0, 0, 0) + bytes(8 * 36)
    pictures = [(16, small), (0, bitmap()), (0, small)]
    entries, data = b"", b""
    for colours, picture in pictures:
        at = 6 + 16 * len(pictures) + len(data)
        entries += struct.pack("<BBBBHHII", 8, 8, colours, 0, 1, 32, len(picture), at)
        data += picture
    path = tmp_path / "three.ico"
    path.write_bytes(struct.pack("<HHH", 0, 1, 3) + entries + data)
    np.testing.assert_array_equal(np.asarray(lutist.open(path)), COLOURS)


@pytest.mark.parametrize("name", FILES)
def test_the_samples_are_right(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(FILES[name])
    np.testing.assert_array_equal(np.asarray(lutist.open(path)), COLOURS)


@pytest.mark.parametrize("name", FILES)
def test_what_is_cut_short_is_refused(tmp_path, name):
    path = tmp_path / name
    for cut in range(1, 15):
        path.write_bytes(FILES[name][: len(FILES[name]) * cut // 15])
        with pytest.raises(lutist.ImageError, match=name):
            lutist.open(path)


LIES = {
    "wide.xpm": xpm("4000 4000 256 2"),
    "colours.xpm": xpm("16 16 900000000 2"),
    "wider.xpm": xpm("70000 16 256 2"),
    "plain.lbm": lbm(4000, 4000),
    "packed.lbm": lbm(4000, 4000, 1),
    "bitmap.ico": FILES["bitmap.ico"].replace(
        struct.pack("<III", 40, 16, 32), struct.pack("<III", 40, 4000, 8000)
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_more_pixels_than_the_file_can_hold(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(LIES[name])
    with pytest.raises(lutist.ImageError, match="claims more pixels|side of more than"):
        lutist.open(path)


def test_an_icon_of_png_pictures_is_refused_by_name(tmp_path):
    path = tmp_path / "png.ico"
    path.write_bytes(icon(1, b"\x89PNG\r\n\x1a\n" + bytes(64)))
    with pytest.raises(lutist.ImageError, match=r"png\.ico: an icon of PNG pictures is not read"):
        lutist.open(path)
