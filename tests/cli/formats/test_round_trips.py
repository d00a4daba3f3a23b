"""Every format that is written: pixels and metadata of a look that changes nothing."""

import json
import shutil
import subprocess

import codec_files as files
import numpy as np
import pytest
from codec_files import smooth, tool
from PIL import Image

SOURCES = ["a.jpg", "b.png", "c.png", "d.tif", "e.tif", "f.webp", "g.jxl", "h.jxl"]
WRITTEN = ["jpeg", "png", "tiff", "webp", "jxl"]
DEEP = {"c.png", "e.tif", "h.jxl"}  # 16 bits
TAGS = {
    "IFD0:Make": files.MAKER,
    "IFD0:Model": "One of them",
    "IFD0:Artist": "Jörg Ä.",
    "IFD0:XResolution": 240,
    "IFD0:YResolution": 240,
    "IFD0:ResolutionUnit": "inches",
    "ExifIFD:ExposureTime": "1/250",
    "ExifIFD:FNumber": 2.8,
    "ExifIFD:ISO": 400,
    "ExifIFD:DateTimeOriginal": "2024:05:01 12:33:10",
    "ExifIFD:LensModel": "50mm",
    "GPS:GPSLatitude": 47.5,
    "GPS:GPSLatitudeRef": "North",
    "XMP-dc:Title": "Türe",
    "XMP-xmp:Rating": 4,
}
IPTC = {"jpeg", "png", "tiff"}  # formats that have it
COMPARED = "IFD0:", "ExifIFD:", "GPS:", "XMP-", "IPTC:", "ICC"


def grained(top):
    """A smooth picture whose lowest bits are all used."""
    pixels = smooth(3, top) * 0.9
    noise = np.random.default_rng(1).integers(0, top // 50 + 2, pixels.shape)
    return (pixels + noise).astype(np.uint8 if top < 256 else np.uint16)


def write_sources(folder):
    """One file of each kind, made by other programs."""
    files.write_png(folder / "b.png", grained(255))
    files.write_png(folder / "c.png", grained(65535))
    (folder / "c.pnm").unlink()
    Image.fromarray(grained(255)).save(folder / "a.jpg", quality=95, dpi=(240, 240))
    Image.fromarray(grained(255)).save(folder / "d.tif", dpi=(240, 240))
    tool("convert", folder / "c.png", folder / "e.tif")
    tool("cwebp", "-lossless", "-exact", folder / "b.png", "-o", folder / "f.webp")
    for source, made in ("b.png", "g.jxl"), ("c.png", "h.jxl"):
        tool("cjxl", "-d", "0", "--container=1", folder / source, folder / made)


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    if not shutil.which("exiftool"):
        pytest.skip("exiftool is not installed: ./dev test installs it")
    folder = tmp_path_factory.mktemp("sources")
    write_sources(folder)
    (folder / "p.icc").write_bytes(files.profile())
    given = [f"-{name}={value}" for name, value in TAGS.items()]
    given += ["-IPTC:Keywords=lute", f"-ICC_Profile<={folder / 'p.icc'}"]
    tool("exiftool", "-q", "-m", "-overwrite_original", *given, *(folder / n for n in SOURCES))
    return folder


@pytest.fixture(scope="module")
def results(lutist_path, sources):
    """Each source in each format; WebP and JPEG XL without loss."""
    for kind in WRITTEN:
        done = subprocess.run(
            [
                lutist_path,
                "batch",
                "-q",
                *SOURCES,
                "-o",
                f"{kind}/{{index}}{{ext}}",
                "--sync",
                "none",
            ]
            + ["--format", kind]
            + ["--lossless"] * (kind in ("webp", "jxl")),
            cwd=sources,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), kind
    return {
        (name, kind): next(iter((sources / kind).glob(f"{number}.*")))
        for kind in WRITTEN
        for number, name in enumerate(SOURCES, 1)
    }


def carried(paths):
    """What exiftool finds in each of the files."""
    done = subprocess.run(
        ["exiftool", "-j", "-G1", "-a", "-s", *paths], check=True, capture_output=True
    )
    return [
        {key: value for key, value in found.items() if key.startswith(COMPARED)}
        for found in json.loads(done.stdout)
    ]


# Of the main directory, those that tell how a TIFF file or a JPEG's colours are stored.
def is_of_picture(key):
    return not key.startswith("IFD0:") or key in TAGS


def test_what_is_carried_is_as_before(sources, results):
    before = dict(zip(SOURCES, carried(sources / name for name in SOURCES), strict=True))
    for name, found in before.items():
        assert {key: found.get(key) for key in TAGS if not key.startswith("GPS")} == {
            key: value for key, value in TAGS.items() if not key.startswith("GPS")
        }, name
    after = carried(results.values())
    for ((name, kind), path), found in zip(results.items(), after, strict=True):
        wanted = {key: value for key, value in before[name].items() if is_of_picture(key)}
        found = {key: value for key, value in found.items() if is_of_picture(key)}
        for box in wanted, found:  # exiftool knows no profile in JPEG XL
            for key in [key for key in box if key.startswith("ICC")]:
                if kind == "jxl" or name.endswith(".jxl"):
                    del box[key]
        if kind not in IPTC:
            wanted = {key: value for key, value in wanted.items() if not key.startswith("IPTC")}
        assert found == wanted, (name, kind, path)


def test_imagemagick_finds_the_iptc_record(results):
    """In the form that it has in PNG."""
    done = subprocess.run(
        ["identify", "-verbose", results["a.jpg", "png"]], check=True, capture_output=True
    )
    assert b"Profile-iptc" in done.stdout


def pixels_of(path):
    """By other programs, as 16 bits; and whether the file has so many."""
    if path.suffix == ".jxl":
        tool("djxl", path, path.with_suffix(".djxl.png"))
        path = path.with_suffix(".djxl.png")
    if path.suffix == ".webp":
        return np.asarray(Image.open(path).convert("RGB")).astype(int) * 257
    done = subprocess.run(
        ["convert", path, "-depth", "16", "ppm:-"], check=True, capture_output=True
    )
    _, size, _, data = done.stdout.split(b"\n", 3)
    wide, high = map(int, size.split())
    return np.frombuffer(data, ">u2").reshape(high, wide, 3).astype(int)


def test_pixels_are_exact_without_loss(sources, results):
    for name in SOURCES:
        wanted = pixels_of(sources / name)
        for kind in "png", "tiff", "webp", "jxl":
            made = pixels_of(results[name, kind])
            most = 128 if kind == "webp" and name in DEEP else 0  # half of a step of 8 bits
            assert np.abs(made - wanted).max() <= most, (name, kind)


def test_jpeg_is_as_near_as_libjpeg_is(sources, results):
    for name in SOURCES:
        wanted = pixels_of(sources / name)
        theirs = sources / "theirs.jpg"
        eight = ((wanted * 255 + 32767) // 65535).astype(np.uint8)
        Image.fromarray(eight).save(theirs, quality=92, subsampling=0)
        ours, peer = (np.abs(pixels_of(p) - wanted).mean() for p in (results[name, "jpeg"], theirs))
        assert ours <= peer + 26, name  # a tenth of a step of 8 bits


TURNED = {
    1: lambda p: p,
    2: lambda p: p[:, ::-1],
    3: lambda p: p[::-1, ::-1],
    4: lambda p: p[::-1],
    5: lambda p: p.transpose(1, 0, 2),
    6: lambda p: np.rot90(p, -1),
    7: lambda p: p[::-1, ::-1].transpose(1, 0, 2),
    8: lambda p: np.rot90(p),
}


def write_turned(folder, orientation):
    """The same pixels with the same orientation in every format that has one."""
    image = Image.fromarray(smooth())
    stem = folder / f"{orientation}"
    for kind in "jpg", "png", "webp":
        options = {"quality": 98} if kind == "jpg" else {"lossless": True}
        image.save(f"{stem}-{kind}.{kind}", exif=files.exif(orientation), **options)
    image.save(f"{stem}-tif.tif", tiffinfo={0x0112: orientation})
    tool("cjxl", f"{stem}-jpg.jpg", f"{stem}-jxl.jxl")
    tool("avifenc", "-s", 10, "-l", f"{stem}-jpg.jpg", f"{stem}-avif.avif")


def test_eight_orientations_stand_upright(lutist, tmp_path):
    """Once, in pixels and in tags."""
    (tmp_path / "in").mkdir()
    for orientation in TURNED:
        write_turned(tmp_path / "in", orientation)
    for kind in "png", "webp", "jpeg":
        lossless = ["--lossless"] * (kind == "webp")
        done = lutist(
            "batch", "in", "-q", "-o", kind, "--format", kind, "--sync", "none", *lossless
        )
        assert (done.returncode, done.stderr) == (0, "")
    for path in sorted(tmp_path.glob("*/[1-8]-*")):
        if path.parent.name == "in":
            continue
        with Image.open(path) as image:
            read = np.asarray(image.convert("RGB")).astype(int)
            assert image.getexif().get(0x0112, 1) == 1, path
        wanted = TURNED[int(path.name[0])](smooth()).astype(int)
        assert read.shape == wanted.shape, path
        assert np.abs(read - wanted).mean() < 4, path
