"""JPEG XL in and out: exact without loss, and files of cjxl."""

import codec_files as files
import numpy as np
import pytest
from codec_files import samples, smooth, tool
from PIL import Image


def noise(channels, top):
    kind = np.uint8 if top < 256 else np.uint16
    return np.random.default_rng(1).integers(0, top + 1, (*files.SIZE, channels), kind)


def by_djxl(path):
    tool("djxl", path, path.with_suffix(".ppm"))
    with open(path.with_suffix(".ppm"), "rb") as file:
        data = file.read()
    kind, size, top, data = data.split(b"\n", 3)
    wide, high = map(int, size.split())
    samples = np.frombuffer(data, ">u2" if int(top) > 255 else "u1")
    return samples.reshape(high, wide, {b"P5": 1, b"P6": 3}[kind])


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("top", [255, 65535])
def test_without_loss_every_sample_is_kept(lutist, tmp_path, channels, top):
    pixels = noise(channels, top)
    files.write_png(tmp_path / "a.png", pixels)
    done = lutist("batch", "a.png", "-o", "a.jxl", "--lossless")
    assert done.returncode == 0, done.stderr
    assert np.array_equal(samples(lutist, tmp_path / "a.jxl"), pixels)
    assert np.array_equal(by_djxl(tmp_path / "a.jxl"), pixels)


def test_alpha_is_kept(lutist, tmp_path):
    pixels = noise(4, 255)
    pixels[:20, :, 3] = 0
    files.write_png(tmp_path / "a.png", pixels)
    assert lutist("batch", "a.png", "-o", "a.jxl", "--lossless").returncode == 0
    assert lutist("batch", "a.jxl", "-o", "b.png").returncode == 0
    assert np.array_equal(np.asarray(Image.open(tmp_path / "b.png")), pixels)


@pytest.mark.parametrize("top", [255, 65535])
@pytest.mark.parametrize("quality", [30, 92])
def test_with_loss_it_is_as_near_as_the_codec_is(lutist, tmp_path, top, quality):
    pixels = smooth(3, top)
    files.write_png(tmp_path / "a.png", pixels)
    assert lutist("batch", "a.png", "-o", "a.jxl", "--quality", quality).returncode == 0
    tool("cjxl", tmp_path / "a.png", tmp_path / "theirs.jxl", "-q", quality)
    ours, theirs = (
        np.abs(samples(lutist, tmp_path / name).astype(int) - pixels).mean()
        for name in ("a.jxl", "theirs.jxl")
    )
    assert ours <= theirs * 1.5 + top / 500


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.webp"])
def test_what_a_picture_carries_is_kept(lutist, tmp_path, name):
    carried = {"exif": files.exif(6), "icc_profile": files.profile()}
    if name == "a.webp":
        carried["xmp"] = files.XMP
    Image.fromarray(smooth()).save(tmp_path / name, **carried)
    for step in (name, "a.jxl"), ("a.jxl", "b.webp"):
        done = lutist("batch", step[0], "-o", step[1], "--lossless")
        assert done.returncode == 0, done.stderr
    with Image.open(tmp_path / "b.webp") as image:
        assert image.size == files.SIZE
        assert image.getexif()[0x010F] == files.MAKER and image.getexif()[0x0112] == 1
        assert image.info.get("xmp") == carried.get("xmp")
        assert image.info["icc_profile"]


@pytest.mark.parametrize("options", [["-d", 0], ["-d", 1], ["-j", 0, "-d", 1, "-p"]])
def test_a_file_of_cjxl_is_read(lutist, tmp_path, options):
    pixels = smooth(3, 65535)
    files.write_png(tmp_path / "a.png", pixels)
    tool("cjxl", tmp_path / "a.png", tmp_path / "a.jxl", *options)
    read = samples(lutist, tmp_path / "a.jxl").astype(int)
    assert np.abs(read - pixels).mean() <= (0 if options == ["-d", 0] else 65535 / 200)


def test_wide_colours_survive_a_loss(lutist, tmp_path):
    """With a profile that libjxl knows by its bytes alone it gives another space, as wide."""
    import icc_profiles

    (tmp_path / "adobe.icc").write_bytes(icc_profiles.adobe())
    pixels = smooth() // 4 + np.array([10, 170, 20], np.uint8)  # green beyond sRGB
    files.write_png(tmp_path / "a.png", pixels, icc_profile=icc_profiles.adobe())
    assert lutist("batch", "a.png", "-o", "a.jxl", "--quality", "98").returncode == 0
    done = lutist("batch", "a.jxl", "-o", "b.png", "--convert", "adobe.icc")
    assert done.returncode == 0, done.stderr
    read = np.asarray(Image.open(tmp_path / "b.png")).astype(int)
    assert np.abs(read - pixels).max(axis=2).mean() < 4


def test_a_jpeg_inside_stands_upright_once(lutist, tmp_path):
    """cjxl keeps a JPEG's data, its orientation and its EXIF."""
    pixels = smooth()
    Image.fromarray(pixels).save(tmp_path / "a.jpg", quality=100, exif=files.exif(6))
    tool("cjxl", tmp_path / "a.jpg", tmp_path / "a.jxl")
    read = samples(lutist, tmp_path / "a.jxl").astype(int)
    assert np.abs(read - np.rot90(pixels, -1)).mean() < 3
    assert lutist("batch", "a.jxl", "-o", "b.webp").returncode == 0
    with Image.open(tmp_path / "b.webp") as image:
        assert image.getexif()[0x010F] == files.MAKER and image.getexif()[0x0112] == 1


@pytest.mark.parametrize("container", [0, 1])
def test_a_file_that_is_cut_short_is_refused(lutist, tmp_path, container):
    files.write_png(tmp_path / "a.png", noise(3, 255))
    tool("cjxl", tmp_path / "a.png", tmp_path / "a.jxl", f"--container={container}")
    files.refused_when_cut(lutist, tmp_path / "a.jxl", tmp_path / "cut")


def test_its_size_is_refused_by_the_header(lutist, tmp_path):
    files.write_png(tmp_path / "a.png", smooth())
    tool("cjxl", tmp_path / "a.png", tmp_path / "a.jxl")
    done = lutist("batch", "a.jxl", "-o", "out", "--max-pixels", 1000)
    assert done.returncode == 1 and "96 × 64 pixels are more than the limit of 1000" in done.stderr
