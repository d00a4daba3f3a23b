"""Icons, Amiga pictures and X11's pixmaps, which SDL2_image reads."""

import struct

import numpy as np
import pytest
from sdl_files import COLOURS, FILES, bitmap, icon, lbm, xpm

import lutist
from lutist.surroundings import HOSTED

pytestmark = pytest.mark.skipif(not HOSTED, reason="a wheel is built without SDL")


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


BROKEN = {
    "unknown_letter.xpm": ["2 1 1 1", "a c #010203", "ab"],
    "short_colour.xpm": ["1 1 1 2", "a", "aa"],
    "short_row.xpm": ["3 2 1 1", "a c #010203", "aa", "aaa"],
    "long_row.xpm": ["2 1 1 1", "a c #010203", "aaa"],
    "few_colours.xpm": ["1 1 2 1", "a c #010203", "a"],
    "no_letters.xpm": ["1 1 1 0", "a c #010203", "a"],
    "many_letters.xpm": ["1 1 1 16", "a c #010203", "a"],
    "no_number.xpm": ["1 1 1 1a", "a c #010203", "a"],
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_pixmap_that_the_library_would_not_survive(tmp_path, name):
    """SDL2_image crashes on a letter that is no colour's."""
    path = tmp_path / name
    strings = ",\n".join(f'"{line}"' for line in BROKEN[name])
    path.write_text(f"/* XPM */\nstatic char *a[] = {{\n{strings}}};\n")
    with pytest.raises(lutist.ImageError, match=rf"{name}: (damaged XPM|.*cut short)"):
        lutist.open(path)
