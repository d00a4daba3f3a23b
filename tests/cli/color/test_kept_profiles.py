"""Profiles in a batch without --convert: kept, or left out with a note."""

import json
import struct

import numpy as np
import pytest
from PIL import Image

import icc_profiles as icc

GRAYS = np.arange(256, dtype=np.uint8).reshape(16, 16)
COLORS = np.stack([GRAYS, GRAYS.T, GRAYS[::-1]], -1)


@pytest.fixture
def note(lutist, tmp_path):
    """Develop a file; returns the batch's note about it and the result's profile."""

    def run(name, format, *options):
        report = tmp_path / "report.json"
        report.unlink(missing_ok=True)
        done = lutist(
            "batch", name, "-o", "out", "--format", format, "--overwrite", *options,
            "--report", report,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        (item,) = json.loads(report.read_text())["files"]
        told = item["note"] or ""
        assert not told or done.stderr.count(told) == 1
        return told, Image.open(tmp_path / item["output"]).info.get("icc_profile")

    return run


@pytest.mark.parametrize("format", ["jpeg", "png", "tiff"])
def test_a_gray_profile_goes_where_the_look_makes_colours(note, tmp_path, format):
    Image.fromarray(GRAYS).save(tmp_path / "gray.png", icc_profile=icc.gray())
    assert note("gray.png", format) == ("", icc.gray())
    told = "its ICC profile is left out: it is one of gray, and the result is RGB"
    assert note("gray.png", format, "-s", "cyanotype") == (told, None)


@pytest.mark.parametrize("format", ["jpeg", "png", "tiff"])
@pytest.mark.parametrize(
    ("data", "told"),
    [
        (icc.cmyk(), "it is one of CMYK"),
        (icc.gray(), "it is one of gray"),
        (icc.profile(b"Lab ", [(b"desc", icc.text("Lab"))]), "it is of another colour space"),
    ],
)
def test_a_profile_of_another_kind_is_told_of(note, tmp_path, data, told, format):
    Image.fromarray(COLORS).save(tmp_path / "a.jpg", icc_profile=data)
    told = f"its ICC profile is left out: {told}, and the result is RGB"
    assert note("a.jpg", format) == (told, None)


def test_png_has_no_profile_of_rgb_in_gray(note, tmp_path):
    Image.fromarray(GRAYS).save(tmp_path / "a.jpg", icc_profile=icc.adobe())
    assert note("a.jpg", "jpeg") == ("", icc.adobe())
    told = "its ICC profile is left out: a gray PNG file can only have one of gray"
    assert note("a.jpg", "png") == (told, None)


def first_tag_beyond(data):
    """Its first part lies beyond its end."""
    return data[:136] + struct.pack(">I", len(data)) + data[140:]


ADOBE = icc.adobe()
HEADER, TABLES = ": its header is wrong", ": its tables are missing"
DAMAGED = {
    "junk": (b"junk" * 100, HEADER),
    "one byte": (b"x", HEADER),
    "short": (ADOBE[:100], HEADER),
    "header": (ADOBE[:128], ""),
    "signature": (ADOBE.replace(b"acsp", b"acsq", 1), HEADER),
    "cut": (ADOBE[:-50], TABLES),
    "count": (ADOBE[:128] + b"\xff" * 4 + ADOBE[132:], ""),
}
# Little CMS can use these, but libpng refuses them.
ODD = {
    "longer": struct.pack(">I", len(ADOBE) + 99) + ADOBE[4:],
    "behind": ADOBE + bytes(70000),
    "part": first_tag_beyond(ADOBE),
}


@pytest.mark.parametrize("format", ["jpeg", "png", "tiff"])
@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_profile_is_kept_and_told_of(note, lutist, tmp_path, kind, format):
    data, reason = DAMAGED[kind]
    pictures = {"a.tif": COLORS}
    if reason == HEADER:  # else it is one of RGB, which a gray PNG file cannot have
        pictures["gray.tif"] = GRAYS
    for name, pixels in pictures.items():
        Image.fromarray(pixels).save(tmp_path / name, icc_profile=data)
        told, kept = note(name, format)
        assert told == (
            "its ICC profile is kept, but no conversion can use it: damaged ICC profile" + reason
        )
        assert kept == data
    (tmp_path / "again").mkdir()
    (made,) = (path for path in (tmp_path / "out").iterdir() if path.stem == "a")
    made.rename(tmp_path / "again" / made.name)
    assert note(f"again/{made.name}", format)[1] == data  # read and written once more


@pytest.mark.parametrize("format", ["jpeg", "png", "tiff"])
@pytest.mark.parametrize("kind", ODD)
def test_an_odd_profile_is_kept(note, tmp_path, kind, format):
    Image.fromarray(COLORS).save(tmp_path / "a.tif", icc_profile=ODD[kind])
    assert note("a.tif", format) == ("", ODD[kind])


@pytest.mark.parametrize("format", ["jpeg", "png", "tiff"])
def test_a_profile_of_an_unknown_class_is_kept(note, tmp_path, format):
    data = ADOBE.replace(b"mntr", b"xxxx", 1)
    Image.fromarray(COLORS).save(tmp_path / "a.tif", icc_profile=data)
    assert note("a.tif", format)[1] == data


PART = b"ICC_PROFILE\0"
LONG = struct.pack(">I", 160000) + ADOBE[4:] + bytes(160000 - len(ADOBE))  # three parts


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (b"XCC_PROFILE\0\2\3", "part 2 of 3 is missing"),
        (PART + b"\3\3", "its parts contradict each other"),
        (PART + b"\0\3", "its parts contradict each other"),
    ],
)
def test_a_profile_with_a_missing_part_is_told_of(note, tmp_path, second, reason):
    Image.fromarray(COLORS).save(tmp_path / "a.jpg", icc_profile=LONG)
    whole = (tmp_path / "a.jpg").read_bytes()
    assert whole.count(PART + b"\2\3") == 1
    (tmp_path / "a.jpg").write_bytes(whole.replace(PART + b"\2\3", second))
    assert note("a.jpg", "jpeg") == (f"its ICC profile is left out: {reason}", None)


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [(b"\1\1", b"\1\2"), (b"\1\1", b"\1\0"), (b"\2\3", b"\2\2"), (b"\3\3", b"\3\2")],
)
def test_a_whole_profile_is_kept_whatever_the_numbers_of_its_parts(note, tmp_path, numbers, wrong):
    data = ADOBE if numbers == b"\1\1" else LONG
    Image.fromarray(COLORS).save(tmp_path / "a.jpg", icc_profile=data)
    whole = (tmp_path / "a.jpg").read_bytes()
    assert whole.count(PART + numbers) == 1
    (tmp_path / "a.jpg").write_bytes(whole.replace(PART + numbers, PART + wrong))
    assert note("a.jpg", "jpeg") == ("", data)


def test_a_profile_that_no_jpeg_file_can_hold_is_told_of(note, tmp_path):
    data = icc.adobe() + bytes(255 * 65519)
    Image.fromarray(COLORS).save(tmp_path / "a.tif", icc_profile=data)
    assert note("a.tif", "tiff") == ("", data)
    told = f"{len(data)} bytes of ICC data do not fit into a JPEG file and are left out"
    assert note("a.tif", "jpeg") == (told, None)
