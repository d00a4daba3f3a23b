"""Codec libraries that are opened on demand, and a machine that lacks one of them."""

import subprocess

import pytest
from PIL import Image

import icc_profiles

# Of each: a format of it, the file to be opened, its name and the package that has it.
LIBRARIES = [
    ("tiff", "libtiff.so.6", "libtiff", "libtiff6"),
    ("webp", "libwebp.so.7", "libwebp", "libwebp7"),
    ("heic", "libheif.so.1", "libheif", "libheif1"),
    ("jxl", "libjxl.so.0.7", "libjxl", "libjxl0.7"),
    ("jp2", "libopenjp2.so.7", "OpenJPEG", "libopenjp2-7"),
    ("raw", "libraw_r.so.20", "LibRaw", "libraw20"),
    ("xpm", "libSDL2_image-2.0.so.0", "SDL2_image", "libsdl2-image-2.0-0"),
]
XPM = """/* XPM */
static char *a[] = {
"1 1 1 1",
"a c #010203",
"a"};
"""


# Formats that Pillow does not write: so much of a file that its library is asked.
BEGINNINGS = {
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0heicmif1",
    "jxl": b"\xff\x0a\xfa\x1f",
    "raw": b"FUJIFILMCCD-RAW 0201".ljust(600, b"\0"),
}


def hide(folder, name):
    """The environment in which a library cannot be opened: an empty file is found first."""
    (folder / name).touch()
    return {"LD_LIBRARY_PATH": str(folder)}


def make(format_name, picture, tmp_path):
    if format_name == "xpm":
        (tmp_path / "a.xpm").write_text(XPM)
        return tmp_path / "a.xpm"
    if format_name in BEGINNINGS:
        (tmp_path / f"a.{format_name}").write_bytes(BEGINNINGS[format_name])
        return tmp_path / f"a.{format_name}"
    return picture(f"a.{format_name}")


@pytest.mark.parametrize(("format_name", "name", "library", "package"), LIBRARIES)
def test_without_it_the_others_are_done(
    lutist, picture, tmp_path, format_name, name, library, package
):
    lacking = make(format_name, picture, tmp_path)
    env = hide(tmp_path, name)
    done = lutist("batch", lacking, picture("b.png"), "-o", "out", "--format", "png", env=env)
    why = f"{library} cannot be opened ({name}); install the package {package}"
    assert done.returncode == 1 and (tmp_path / "out/b.png").exists()
    assert done.stderr.startswith(f"lutist: {lacking}: {why}\nlutist: 1 done, 1 failed")
    doctor = lutist("doctor", env=env)
    assert doctor.returncode == 0 and f": MISSING: {why}\n" in doctor.stdout
    there = lutist("batch", lacking, "-o", "there", "--format", "png")
    assert "cannot be opened" not in there.stderr
    assert there.returncode == (format_name in BEGINNINGS)


def test_without_little_cms_colours_are_not_converted(lutist, picture, tmp_path):
    env = hide(tmp_path, "liblcms2.so.2")
    why = "liblcms2 cannot be opened (liblcms2.so.2); install the package liblcms2-2"
    done = lutist("batch", picture("a.png"), "--convert", "srgb", "-o", "out", env=env)
    assert (done.returncode, done.stderr) == (2, f"lutist: --convert: {why}\n")
    inks = Image.new("CMYK", (8, 8), (10, 20, 30, 40))
    inks.save(tmp_path / "inks.tif", icc_profile=icc_profiles.cmyk())
    done = lutist("batch", "inks.tif", "-o", "b.png", env=env)
    assert done.returncode == 0 and f"its CMYK profile is not used ({why})" in done.stderr
    assert f"colour profiles: MISSING: {why}\n" in lutist("doctor", env=env).stdout


def test_it_is_needed_for_writing_too(lutist, picture, tmp_path):
    env = hide(tmp_path, "libtiff.so.6")
    done = lutist("batch", picture("a.png"), "-o", "out", "--format", "tiff", env=env)
    assert done.returncode == 1 and not list((tmp_path / "out").glob("*"))
    assert "out/a.tif: libtiff cannot be opened (libtiff.so.6)" in done.stderr


def test_the_program_links_none_of_them(lutist_path):
    module = lutist_path.parent.parent / "lib/lutist/commands.so"
    linked = subprocess.run(["ldd", module], capture_output=True, text=True, check=True).stdout
    assert "libpng" in linked
    assert not [name for _, name, _, _ in LIBRARIES if name in linked]
    assert "lcms" not in linked
