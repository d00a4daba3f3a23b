"""--resize and --strip: what everybody does before a picture leaves the house."""

import json

import numpy as np
import pytest
from PIL import Image

import colour_files
import icc_profiles


def run(lutist, *args):
    done = lutist("batch", "in", "-o", "out", *args)
    assert done.returncode == 0, done.stderr
    return done


@pytest.mark.parametrize(
    ("size", "result"),
    [
        ("40x40", (40, 31)),
        ("long-edge 30", (30, 23)),
        ("50%", (31, 24)),
        ("61x47", (61, 47)),
        ("1000x1000", (61, 47)),
    ],
)
def test_pictures_get_the_size(lutist, picture, tmp_path, size, result):
    picture("in/a.png")
    run(lutist, "--resize", size)
    assert Image.open(tmp_path / "out/a.png").size == result


def test_the_look_comes_first(lutist, tmp_path):
    """A threshold of the full size has grays once it is made smaller."""
    (tmp_path / "in").mkdir()
    stripes = np.tile(np.uint8([0, 255] * 64), (64, 1))
    Image.fromarray(stripes).save(tmp_path / "in/a.png")
    run(lutist, "--resize", "25%", "-p", "exposure=-1")
    gray = np.asarray(Image.open(tmp_path / "out/a.png"))
    assert gray.shape == (16, 32) and abs(gray[8, 16].item() - 64) <= 1
    run(lutist, "--resize", "25%", "--resize-linear", "--overwrite", "-p", "exposure=-1")
    light = np.asarray(Image.open(tmp_path / "out/a.png"))
    assert abs(light[8, 16].item() - 93) <= 1  # half of the light of 128


def test_sizes_in_metadata_follow(lutist, picture, tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    exif[0x0132] = "2026:11:28 04:00:00"
    picture("in/a.jpg", size=(64, 48), exif=exif, quality=90)
    run(lutist, "--resize", "50%")
    result = Image.open(tmp_path / "out/a.jpg")
    assert result.size == (24, 32) and result.getexif()[0x0132].startswith("2026")


@pytest.fixture
def full(picture):
    """A JPEG file with EXIF, a comment and Adobe RGB."""
    exif = Image.Exif()
    exif[0x010E] = "a secret"
    picture("in/a.jpg", exif=exif, icc_profile=icc_profiles.adobe(), dpi=(300, 300))


@pytest.mark.parametrize("format", ["jpeg", "png", "tiff"])
def test_strip_keeps_the_profile(lutist, full, tmp_path, format):
    done = run(lutist, "--strip", "--format", format)
    assert "left out" not in done.stderr
    (path,) = (tmp_path / "out").iterdir()
    result = Image.open(path)
    assert result.info["icc_profile"] == icc_profiles.adobe()
    assert b"a secret" not in path.read_bytes() and 0x010E not in result.getexif()
    assert result.info.get("dpi", (72, 72))[0] != 300


@pytest.mark.parametrize("format", ["jpeg", "png", "tiff"])
def test_strip_all_keeps_nothing(lutist, full, tmp_path, format):
    done = run(lutist, "--strip", "all", "--format", format)
    assert "will look otherwise; --convert srgb keeps them" in done.stderr
    (path,) = (tmp_path / "out").iterdir()
    assert b"a secret" not in path.read_bytes()
    assert "icc_profile" not in Image.open(path).info


def test_colours_that_were_converted_need_no_word(lutist, full, tmp_path):
    done = run(lutist, "--strip=all", "--convert", "srgb")
    assert "left out" not in done.stderr
    assert "icc_profile" not in Image.open(tmp_path / "out/a.jpg").info


def test_colours_that_exif_declares_stay(lutist, picture, tmp_path):
    """DCF's R03 is Adobe RGB: without EXIF the result has a profile of it."""
    picture("in/a.jpg", exif=b"Exif\0\0" + colour_files.dcf_exif())
    run(lutist, "--strip")
    assert "exif" not in Image.open(tmp_path / "out/a.jpg").info
    (facts,) = json.loads(lutist("info", "--json", "out/a.jpg").stdout)
    assert "Adobe RGB" in str(facts)


def test_strip_takes_its_word_alone(lutist, picture, tmp_path):
    picture("all.png")
    picture("a.png")
    assert lutist("batch", "--strip", "all.png", "-o", "out").returncode == 0
    assert lutist("batch", "a.png", "--strip", "-o", "out").returncode == 0
    done = lutist("batch", "a.png", "-o", "out", "--strip=some")
    assert done.returncode == 2
    assert done.stderr == "lutist: --strip 'some': must be 'all' or nothing\n"


def test_words_that_are_no_size(lutist, picture):
    picture("in/a.png")
    done = lutist("batch", "in", "-o", "out", "--resize", "large")
    assert done.returncode == 2 and "resize 'large': use a box such as 1920x1080" in done.stderr
    done = lutist("batch", "in", "-o", "out", "--resize-linear")
    assert done.returncode == 2 and done.stderr == "lutist: --resize-linear needs --resize\n"


def test_a_changed_size_is_done_again(lutist, picture):
    picture("in/a.png")
    assert "1 done" in run(lutist, "--resume", "--resize", "50%").stderr
    assert "1 skipped" in run(lutist, "--resume", "--resize", "50%").stderr
    assert "1 done" in run(lutist, "--resume", "--resize", "40%").stderr
    assert "1 done" in run(lutist, "--resume", "--resize", "40%", "--strip").stderr
    assert "1 done" in run(lutist, "--resume", "--resize", "40%", "--resize-linear").stderr
