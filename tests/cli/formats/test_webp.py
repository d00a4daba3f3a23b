"""WebP out: without loss exact, with loss as good as libwebp's own tool, and what is carried."""

import codec_files as files
import numpy as np
import pytest
from PIL import Image


def noise(channels, seed=1):
    return np.random.default_rng(seed).integers(0, 256, (*files.SIZE, channels), np.uint8)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_without_loss_every_sample_is_kept(lutist, tmp_path, channels):
    """Colours under an alpha of 0 too; gray becomes three equal samples."""
    pixels = noise(channels)
    if channels == 4:
        pixels[:20, :, 3] = 0
    files.write_png(tmp_path / "a.png", pixels)
    done = lutist("batch", "a.png", "-o", "a.webp", "--lossless")
    assert (done.returncode, done.stderr.count("\n")) == (0, 1), done.stderr
    with Image.open(tmp_path / "a.webp") as image:
        assert image.format == "WEBP"
        assert np.array_equal(np.asarray(image), np.broadcast_to(pixels, np.shape(image)))


def test_16_bits_become_8(lutist, tmp_path):
    pixels = files.smooth(3, 65535)
    files.write_png(tmp_path / "a.png", pixels)
    assert lutist("batch", "a.png", "-o", "a.webp", "--lossless").returncode == 0
    wanted = (pixels.astype(np.uint32) * 255 + 32767) // 65535
    assert np.array_equal(np.asarray(Image.open(tmp_path / "a.webp")), wanted)


@pytest.mark.parametrize("quality", [30, 92])
def test_with_loss_it_is_as_near_as_the_codec_is(lutist, tmp_path, quality):
    pixels = files.smooth()
    files.write_png(tmp_path / "a.png", pixels)
    done = lutist("batch", "a.png", "-o", "a.webp", "--quality", quality)
    assert done.returncode == 0, done.stderr
    Image.fromarray(pixels).save(tmp_path / "theirs.webp", quality=quality)
    ours, theirs = (
        np.abs(np.asarray(Image.open(tmp_path / name)).astype(int) - pixels).mean()
        for name in ("a.webp", "theirs.webp")
    )
    assert ours <= theirs + 0.5


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.webp"])
def test_what_a_picture_carries_is_kept(lutist, tmp_path, name):
    carried = {"exif": files.exif(6), "icc_profile": files.profile()}
    if name == "a.webp":
        carried["xmp"] = files.XMP
    Image.fromarray(files.smooth()).save(tmp_path / name, **carried)
    done = lutist("batch", name, "-o", "out", "--format", "webp")
    assert done.returncode == 0, done.stderr
    with Image.open(tmp_path / "out/a.webp") as image:
        assert image.size == files.SIZE
        assert image.getexif()[0x010F] == files.MAKER and image.getexif()[0x0112] == 1
        assert image.info["icc_profile"] == files.profile()
        assert image.info.get("xmp") == carried.get("xmp")


def test_a_webp_stays_one(lutist, tmp_path):
    pixels = noise(3)
    Image.fromarray(pixels).save(tmp_path / "a.webp", lossless=True, exif=files.exif())
    done = lutist("batch", "a.webp", "-o", "out", "--lossless")
    assert done.returncode == 0, done.stderr
    with Image.open(tmp_path / "out/a.webp") as image:
        assert np.array_equal(np.asarray(image), pixels)
        assert image.getexif()[0x010F] == files.MAKER


def test_a_file_of_cwebp_is_read(lutist, tmp_path):
    pixels = files.smooth()
    Image.fromarray(pixels).save(tmp_path / "a.jpg", quality=100, exif=files.exif())
    read = np.asarray(Image.open(tmp_path / "a.jpg"))
    made = tmp_path / "a.webp"
    files.tool("cwebp", "-lossless", "-metadata", "all", tmp_path / "a.jpg", "-o", made)
    assert np.array_equal(files.samples(lutist, made), read)
    assert "EXIF" in lutist("info", made).stdout
    files.refused_when_cut(lutist, made, tmp_path / "cut")


def test_what_does_not_fit_is_said(lutist, tmp_path):
    Image.new("RGB", (16384, 1)).save(tmp_path / "wide.png")
    Image.new("RGB", (8, 8)).save(tmp_path / "a.jpg")
    wide = lutist("batch", "wide.png", "-o", "wide.webp")
    assert wide.returncode == 1 and not (tmp_path / "wide.webp").exists()
    assert "wide.webp: a WebP picture has at most 16383 pixels a side" in wide.stderr
    lost = lutist("batch", "a.jpg", "-o", "out", "--lossless")
    assert "out/a.jpg: a JPEG file always loses something" in lost.stderr


def test_a_gray_profile_is_left_out_with_a_note(lutist, tmp_path):
    import icc_profiles

    Image.new("L", (8, 8), 99).save(tmp_path / "a.png", icc_profile=icc_profiles.gray())
    done = lutist("batch", "a.png", "-o", "a.webp")
    assert done.returncode == 0
    assert "its ICC profile is left out: it is one of gray, and the result is RGB" in done.stderr


def test_without_libwebpmux_only_what_is_carried_fails(lutist, tmp_path):
    (tmp_path / "libwebpmux.so.3").touch()
    env = {"LD_LIBRARY_PATH": str(tmp_path)}
    Image.new("RGB", (8, 8)).save(tmp_path / "bare.png")
    Image.new("RGB", (8, 8)).save(tmp_path / "full.png", exif=files.exif())
    done = lutist("batch", "bare.png", "full.png", "-o", "out", "--format", "webp", env=env)
    assert done.returncode == 1 and (tmp_path / "out/bare.webp").exists()
    assert "install the package libwebpmux3" in done.stderr
