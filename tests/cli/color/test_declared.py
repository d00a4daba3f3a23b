"""Colour spaces that pictures declare without an ICC profile."""

import io
import json

import numpy as np
import pytest
from PIL import Image, ImageCms

import icc_profiles as icc
from colour_files import ADOBE, P3, SRGB, chrm, chunk, cicp, dcf_exif, gama, with_chunks

COLORS = np.random.default_rng(4).integers(0, 256, (32, 32, 3), dtype=np.uint8)
SRGB_CHUNK = chunk(b"sRGB", b"\0")


def png(pixels=COLORS, **options):
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "png", **options)
    return file.getvalue()


def jpeg(exif):
    file = io.BytesIO()
    Image.fromarray(COLORS).save(file, "jpeg", quality=95, exif=b"Exif\0\0" + exif)
    return file.getvalue()


def same(power):
    return icc.rgb("Same", icc.SRGB, icc.formula(0, power))


DECLARED = {
    "adobe": (png, [gama(45471), chrm(ADOBE)], "Adobe RGB primaries, gamma 2.2", "gAMA", icc.adobe),
    "p3": (png, [cicp(12, 13)], "Display P3", "cICP", icc.display_p3),
    "before": (png, [cicp(12, 13), SRGB_CHUNK], "Display P3", "cICP", icc.display_p3),
    "mac": (png, [gama(55556)], "sRGB primaries, gamma 1.8", "gAMA", lambda: same(1.8)),
    "linear": (png, [gama(100000)], "sRGB primaries, linear", "gAMA", lambda: same(1)),
    "2.2": (png, [cicp(1, 4)], "sRGB primaries, gamma 2.2", "cICP", lambda: same(2.2)),
    "big": (jpeg, dcf_exif(), "Adobe RGB", "EXIF", icc.adobe),
    "little": (jpeg, dcf_exif(order="<"), "Adobe RGB", "EXIF", icc.adobe),
    "two": (jpeg, dcf_exif(2, b"R98\0"), "Adobe RGB", "EXIF", icc.adobe),
}


def made(kind):
    how, what = DECLARED[kind][:2]
    return with_chunks(png(), *what) if how is png else jpeg(what)


def profile_name(image):
    profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
    return ImageCms.getProfileDescription(profile).strip()


def reference(pixels, profile):
    """Little CMS's own result in sRGB."""
    ends = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
    image = ImageCms.profileToProfile(Image.fromarray(pixels), *ends, flags=0x100)
    return np.asarray(image).astype(int)


@pytest.mark.parametrize("kind", DECLARED)
def test_it_is_converted_and_told(lutist, tmp_path, kind):
    name, by, profile = DECLARED[kind][2:]
    (tmp_path / "a").write_bytes(made(kind))
    pixels = np.asarray(Image.open(tmp_path / "a"))
    assert lutist("info", "a").stdout.count(f", colours: {name} ({by})") == 1
    (facts,) = json.loads(lutist("info", "--json", "a").stdout)
    assert (facts["declared"], facts["declared_by"], facts["profile"]) == (name, by, None)
    done = lutist("batch", "a", "-q", "--convert", "srgb", "-o", "out.png")
    assert (done.returncode, done.stderr) == (0, "")
    result = Image.open(tmp_path / "out.png")
    wanted = reference(pixels, profile())
    # The primaries' chunks and the profile differ in the fourth digit, which dark colours enlarge.
    assert np.abs(np.asarray(result) - wanted)[wanted.min(-1) >= 16].max() <= 2
    assert profile_name(result) == "sRGB built-in"
    (facts,) = json.loads(lutist("info", "--json", "out.png").stdout)
    assert facts["declared"] is None


PLAIN = {
    "srgb": [SRGB_CHUNK, gama(100000), chrm(ADOBE)],
    "usual": [gama(45455), chrm(SRGB)],
    "gamma alone": [gama(45455)],
    "primaries alone": [chrm(ADOBE)],
    "a line": [gama(45455), chrm((31270, 32900, 64000, 33000, 64000, 33000, 15000, 6000))],
    "zero": [gama(1)],
    "pq": [cicp(9, 16)],
    "cicp of sRGB": [cicp(1, 13), gama(100000)],
    "video": [cicp(12, 13, matrix=1)],
    "narrow": [cicp(12, 13, full=0)],
    "short": [chunk(b"cICP", b"\x0c\x0d")],
}


@pytest.mark.parametrize("kind", PLAIN)
def test_what_means_srgb_or_nothing_changes_nothing(lutist, tmp_path, kind):
    (tmp_path / "a.png").write_bytes(with_chunks(png(), *PLAIN[kind]))
    assert "colours" not in lutist("info", "a.png").stdout
    done = lutist("batch", "a.png", "-q", "--convert", "srgb", "-o", "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert (np.asarray(Image.open(tmp_path / "out/a.png")) == COLORS).all()


@pytest.mark.parametrize(
    "exif", [dcf_exif(index=b"R98\0"), dcf_exif(1), dcf_exif()[:-6], dcf_exif()[:30]]
)
def test_nor_do_other_cameras_pictures(lutist, tmp_path, exif):
    (tmp_path / "a.jpg").write_bytes(jpeg(exif))
    assert "colours" not in lutist("info", "a.jpg").stdout
    pixels = np.asarray(Image.open(tmp_path / "a.jpg"))
    assert lutist("batch", "a.jpg", "-q", "--convert", "srgb", "-o", "out.png").returncode == 0
    assert (np.asarray(Image.open(tmp_path / "out.png")) == pixels).all()


def test_a_profile_comes_first(lutist, tmp_path):
    (tmp_path / "a.png").write_bytes(with_chunks(png(icc_profile=icc.adobe()), cicp(12, 13)))
    assert ", ICC (Adobe RGB (1998))" in lutist("info", "a.png").stdout
    done = lutist("batch", "a.png", "-q", "--convert", "srgb", "-o", "out.png")
    assert done.returncode == 0
    result = np.asarray(Image.open(tmp_path / "out.png"))
    assert np.abs(result - reference(COLORS, icc.adobe())).max() <= 2


def test_files_of_one_batch_keep_apart(lutist, tmp_path):
    """Their programs are kept by what they declare."""
    for kind in DECLARED:
        (tmp_path / f"{kind}.in.png").write_bytes(made(kind))
    (tmp_path / "plain.in.png").write_bytes(png())
    inputs = sorted(path.name for path in tmp_path.glob("*.in.png"))
    assert lutist("batch", *inputs, "-q", "--convert", "srgb", "-o", "all").returncode == 0
    for name in inputs:
        done = lutist("batch", name, "-q", "--convert", "srgb", "-o", "alone")
        assert done.returncode == 0
        assert (tmp_path / "alone" / name).read_bytes() == (tmp_path / "all" / name).read_bytes()


def test_gray_follows_its_gamma(lutist, tmp_path):
    grays = np.arange(256, dtype=np.uint8).reshape(16, 16)
    (tmp_path / "a.png").write_bytes(with_chunks(png(grays), gama(100000), chrm(P3)))
    assert lutist("batch", "a.png", "-q", "--convert", "srgb", "-o", "out.png").returncode == 0
    result = Image.open(tmp_path / "out.png")
    light = grays / 255
    wanted = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    assert result.mode == "L" and np.abs(np.asarray(result) - wanted * 255).max() <= 1
    assert lutist("batch", "a.png", "-q", "-o", "out.tif").returncode == 0
    data = Image.open(tmp_path / "out.tif").info["icc_profile"]
    profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
    assert profile.profile.xcolor_space.strip() == "GRAY"


@pytest.mark.parametrize("format", ["jpeg", "tiff"])
@pytest.mark.parametrize("kind", ["adobe", "p3", "mac"])
def test_other_formats_get_a_profile_of_png_s_chunks(lutist, tmp_path, kind, format):
    """What the result means stays the same."""
    (tmp_path / "a.png").write_bytes(made(kind))
    for out in ("out", "again"):
        assert lutist("batch", "a.png", "-q", "-o", out, "--format", format).returncode == 0
    first, again = (next((tmp_path / out).iterdir()) for out in ("out", "again"))
    assert first.read_bytes() == again.read_bytes()
    result = Image.open(first)
    assert profile_name(result) == DECLARED[kind][2]
    wanted = reference(np.asarray(result), DECLARED[kind][4]())
    shown = reference(np.asarray(result), result.info["icc_profile"])
    assert np.abs(shown - wanted)[wanted.min(-1) >= 16].max() <= 2


def test_png_keeps_its_chunks_and_exif_its_index(lutist, tmp_path):
    for kind in ("adobe", "p3", "big"):
        (tmp_path / f"{kind}.in").write_bytes(made(kind))
        done = lutist("batch", f"{kind}.in", "-q", "-o", f"{kind}.png", "--format", "png")
        assert (done.returncode, done.stderr) == (0, "")
        assert DECLARED[kind][2] in lutist("info", f"{kind}.png").stdout
        assert "icc_profile" not in Image.open(tmp_path / f"{kind}.png").info


@pytest.mark.parametrize(("target", "space"), [("srgb", 1), ("p3.icc", 0xFFFF)])
def test_a_converted_picture_s_exif_claims_nothing_else(lutist, tmp_path, target, space):
    (tmp_path / "p3.icc").write_bytes(icc.display_p3())
    (tmp_path / "a.jpg").write_bytes(jpeg(dcf_exif()))
    done = lutist("batch", "a.jpg", "-q", "--convert", target, "-o", "out")
    assert done.returncode == 0
    exif = Image.open(tmp_path / "out/a.jpg").getexif()
    details = exif.get_ifd(0x8769)
    assert details[0xA001] == space and exif.get_ifd(0xA005)[1] == "R98"
