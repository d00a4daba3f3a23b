"""lutist batch: how tightly results are packed, and how a JPEG file is laid out."""

import struct

import numpy as np
import pytest
from PIL import Image

LOOK = "-p", "exposure=0.2"


def segments(path):
    """The markers of a JPEG file in their order, and DRI's rows."""
    data, at, found = path.read_bytes(), 2, []
    while at < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        found.append((marker, data[at + 4 : at + 2 + length]))
        at += 2 + length
        if marker == 0xDA:
            break
    return found


@pytest.fixture
def photo(tmp_path):
    y, x = np.mgrid[:300, :400]
    waves = 128 + 90 * np.sin(x / 20) * np.cos(y / 31)
    rgb = np.stack([waves, waves[::-1], 255 - waves], -1).astype(np.uint8)
    Image.fromarray(rgb).save(tmp_path / "a.png")
    return tmp_path


@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("quality", [35, 96])
def test_a_kept_quality_has_the_inputs_tables(lutist, photo, subsampling, quality):
    with Image.open(photo / "a.png") as image:
        image.save(photo / "a.jpg", quality=quality, subsampling=subsampling)
    done = lutist("batch", "a.jpg", "-o", "out", "--quality", "keep", *LOOK)
    assert done.returncode == 0, done.stderr
    with Image.open(photo / "a.jpg") as before, Image.open(photo / "out/a.jpg") as after:
        assert after.quantization == before.quantization
        assert after.layer == before.layer


def test_gray_and_other_formats_have_a_kept_quality_too(lutist, photo):
    with Image.open(photo / "a.png") as image:
        image.convert("L").save(photo / "gray.jpg", quality=50)
    done = lutist("batch", "gray.jpg", "-o", "out", "--quality", "keep", *LOOK)
    assert done.returncode == 0, done.stderr
    with Image.open(photo / "gray.jpg") as before, Image.open(photo / "out/gray.jpg") as after:
        assert (after.mode, after.quantization) == ("L", before.quantization)
    for name, options in (("kept", ["--quality", "keep"]), ("default", [])):
        done = lutist("batch", "a.png", "-o", f"{name}.jpg", *options)
        assert done.returncode == 0, done.stderr
    assert (photo / "kept.jpg").read_bytes() == (photo / "default.jpg").read_bytes()


def test_a_quality_that_no_encoder_can_keep_becomes_the_usual_one(lutist, photo):
    """A quantisation table with a step of zero: libjpeg would divide by it."""
    with Image.open(photo / "a.png") as image:
        image.save(photo / "a.jpg", quality=50)
    data = bytearray((photo / "a.jpg").read_bytes())
    data[data.index(b"\xff\xdb") + 5 + 63] = 0
    (photo / "a.jpg").write_bytes(data)
    for quality in "keep", "92":
        done = lutist("batch", "a.jpg", "-o", f"{quality}.jpg", "--quality", quality)
        assert done.returncode == 0, done.stderr
    assert (photo / "keep.jpg").read_bytes() == (photo / "92.jpg").read_bytes()


def test_the_layout_of_a_jpeg_changes_no_pixel(lutist, photo):
    pixels, sizes = [], {}
    for name, options in (
        ("plain", []),
        ("progressive", ["--progressive"]),
        ("optimize", ["--optimize"]),
        ("restart", ["--restart", "3"]),
    ):
        done = lutist("batch", "a.png", "-o", f"{name}.jpg", *options, *LOOK)
        assert done.returncode == 0, done.stderr
        with Image.open(photo / f"{name}.jpg") as image:
            pixels.append(np.asarray(image))
            assert image.info.get("progressive", 0) == (name == "progressive")
        sizes[name] = (photo / f"{name}.jpg").stat().st_size
    assert all((each == pixels[0]).all() for each in pixels)
    assert sizes["optimize"] < sizes["plain"]
    dri = [data for marker, data in segments(photo / "restart.jpg") if marker == 0xDD]
    assert [struct.unpack(">H", data)[0] for data in dri] == [3 * 50]
    assert 0xDD not in [marker for marker, _ in segments(photo / "plain.jpg")]


@pytest.mark.parametrize(
    ("options", "name", "predictor"),
    [
        ([], "tiff_adobe_deflate", 2),
        (["--compression", "none"], "raw", 1),
        (["--compression", "lzw"], "tiff_lzw", 2),
        (["--compression", "lzw", "--predictor", "none"], "tiff_lzw", 1),
        (["--compression", "deflate", "--level", "9"], "tiff_adobe_deflate", 2),
    ],
)
def test_tiff_is_compressed_as_wanted(lutist, photo, options, name, predictor):
    done = lutist("batch", "a.png", "-o", "out.tif", *options)
    assert done.returncode == 0, done.stderr
    with Image.open(photo / "out.tif") as image, Image.open(photo / "a.png") as before:
        assert image.info["compression"] == name
        assert image.tag_v2.get(317, 1) == predictor
        assert (np.asarray(image) == np.asarray(before)).all()


def test_a_level_makes_png_smaller(lutist, photo):
    for level in (1, 9):
        done = lutist("batch", "a.png", "-o", f"{level}.png", "--level", level)
        assert done.returncode == 0, done.stderr
    with Image.open(photo / "1.png") as low, Image.open(photo / "9.png") as high:
        assert (np.asarray(low) == np.asarray(high)).all()
    assert (photo / "9.png").stat().st_size < (photo / "1.png").stat().st_size


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--quality", "best"], "--quality 'best': must be a whole number from 1 to 100, or keep"),
        (["--compression", "zip"], "--compression 'zip' is unknown; use none, lzw or deflate"),
        (["--predictor", "2"], "--predictor '2' is unknown; use none or horizontal"),
        (["--depth", "12"], "--depth 12: must be 8 or 16"),
        (["--depth", "4"], "--depth '4': must be 8 or 16"),
        (["--level", "10"], "--level '10': must be a whole number from 1 to 9"),
        (["--restart", "0"], "--restart '0': must be a whole number from 1 to 65535"),
    ],
)
def test_a_wrong_word_is_refused(lutist, photo, options, told):
    done = lutist("batch", "a.png", "-o", "out", *options)
    assert done.returncode == 2
    assert told in done.stderr
