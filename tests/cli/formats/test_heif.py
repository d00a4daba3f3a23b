"""HEIC and AVIF in: files of heif-enc, at 8, 10 and 12 bits, upright, with what they carry."""

import os
import re
import struct
import subprocess
import sys

import codec_files as files
import numpy as np
import pytest
from codec_files import samples, smooth, tool
from PIL import Image

EXACT = "-L", "-p", "chroma=444", "--matrix_coefficients=0"


def made(tmp_path, name, pixels, *options, **carried):
    files.write_png(tmp_path / "source.png", pixels, **carried)
    kind = ["-A"] if name.endswith(".avif") else []
    tool("heif-enc", *kind, *options, tmp_path / "source.png", "-o", tmp_path / name)
    return tmp_path / name


def distance(a, b):
    return np.abs(a.astype(int) - b).mean()


@pytest.mark.parametrize("name", ["a.heic", "a.avif"])
@pytest.mark.parametrize("channels", [3, 4])
def test_8_bits_are_read(lutist, tmp_path, name, channels):
    pixels = smooth(channels)
    read = samples(lutist, made(tmp_path, name, pixels, "-q", 95))
    assert read.dtype == np.uint8 and distance(read, pixels) < 2


@pytest.mark.parametrize("turned", [False, True])
def test_alpha_is_kept_or_told(lutist, tmp_path, turned):
    """libheif 1.15 does not find it in a turned picture; a later one may."""
    files.write_png(tmp_path / "a.png", smooth(4))
    turn = ["--irot", 1] if turned else []
    tool("avifenc", "-s", 10, *turn, tmp_path / "a.png", tmp_path / "a.avif")
    done = lutist("batch", "a.avif", "-o", "out.png")
    told = "a.avif: its alpha channel is not kept: libheif does not find it" in done.stderr
    with Image.open(tmp_path / "out.png") as image:
        assert (image.mode == "RGB") == told and (turned or not told)


@pytest.mark.parametrize(("name", "bits"), [("a.heic", 10), ("a.avif", 12)])
def test_more_bits_become_16(lutist, tmp_path, name, bits):
    """As many levels as the file has, the last of them 65535."""
    pixels = smooth(3, 65535)
    pixels[:4], pixels[-4:] = 0, 65535
    path = made(tmp_path, name, pixels, "-b", bits, *EXACT)
    read = samples(lutist, path)
    assert read.dtype == ">u2" and read.max() == 65535 and read.min() == 0
    assert distance(read, pixels) < 65535 / (1 << bits)
    level = 65535 / ((1 << bits) - 1)
    assert np.abs(read / level - np.rint(read / level)).max() <= 0.5 / level + 1e-9


@pytest.mark.parametrize("name", ["a.heic", "a.avif"])
def test_what_it_carries_is_kept(lutist, tmp_path, name):
    carried = {"exif": files.exif(), "icc_profile": files.profile()}
    Image.fromarray(smooth()).save(tmp_path / "a.jpg", **carried)
    kind = ["-A"] if name == "a.avif" else []
    tool("heif-enc", *kind, tmp_path / "a.jpg", "-o", tmp_path / name)
    for suffix in "png", "webp", "jpg":
        done = lutist("batch", name, "-o", f"out.{suffix}")
        assert done.returncode == 0, done.stderr
        with Image.open(tmp_path / f"out.{suffix}") as image:
            assert image.getexif()[0x010F] == files.MAKER
            assert image.info["icc_profile"] == files.profile()


def inside(data, path):
    """Where the box of that path begins, and its size."""
    at, end, box_at = 0, len(data), 0
    for name in path:
        while True:
            assert at < end, name
            size, found = struct.unpack_from(">I4s", data, at)
            if found == name:
                break
            at += size
        box_at, end = at, at + size
        at += 12 if name == b"meta" else 8
    return box_at, end - box_at


def turned(data, angle):
    """A file of one picture with a box that says how it is turned (irot), in quarters."""
    data = bytearray(data)
    at, size = inside(data, (b"meta", b"iprp", b"ipco"))
    number = 0
    place = at + 8
    while place < at + size:
        place += struct.unpack_from(">I", data, place)[0]
        number += 1
    irot = files.box(b"irot", bytes([angle]))
    owner, owned = inside(data, (b"meta", b"iprp", b"ipma"))
    assert data[owner + 8 : owner + 12] == bytes(4)  # version 0, an association a byte
    count = data[owner + 18]  # of the first item
    data[owner + 18] += 1
    data[owner + 19 + count : owner + 19 + count] = bytes([0x80 | number + 1])
    data[place:place] = irot
    grown = len(irot) + 1
    for path in ((b"meta", b"iprp", b"ipma"), (b"meta", b"iprp", b"ipco")):
        box_at, box_size = inside_by_name(data, path[-1])
        add = 1 if path[-1] == b"ipma" else len(irot)
        struct.pack_into(">I", data, box_at, box_size + add)
    for name in b"iprp", b"meta":
        box_at, box_size = inside_by_name(data, name)
        struct.pack_into(">I", data, box_at, box_size + grown)
    return shifted(data, grown)


def inside_by_name(data, name):
    at = data.index(name) - 4
    return at, struct.unpack_from(">I", data, at)[0]


def shifted(data, by):
    """The places of the items' data, which stand behind the boxes, moved."""
    at, _ = inside_by_name(data, b"iloc")
    assert data[at + 8 : at + 14] == b"\0\0\0\0\x44\x40"  # version 0; bytes of the numbers
    (count,) = struct.unpack_from(">H", data, at + 14)
    place = at + 16
    for _ in range(count):
        _, _, base, extents = struct.unpack_from(">HHIH", data, place)
        struct.pack_into(">I", data, place + 4, base + by)
        place += 10 + 8 * extents
    return bytes(data)


@pytest.mark.parametrize("angle", [1, 2, 3])
def test_it_stands_upright_once(lutist, tmp_path, angle):
    """libheif turns it; the orientation in EXIF says the same and must not be applied again."""
    orientation = {1: 8, 2: 3, 3: 6}[angle]
    pixels = smooth()
    Image.fromarray(pixels).save(tmp_path / "a.jpg", quality=100, exif=files.exif(orientation))
    tool("heif-enc", "-q", 95, tmp_path / "a.jpg", "-o", tmp_path / "flat.heic")
    (tmp_path / "a.heic").write_bytes(turned((tmp_path / "flat.heic").read_bytes(), angle))
    read = samples(lutist, tmp_path / "a.heic")
    assert read.shape[:2] == ((files.WIDE, files.HIGH), (files.HIGH, files.WIDE))[angle == 2]
    assert distance(read, np.rot90(pixels, angle)) < 3
    lutist("batch", "a.heic", "-o", "a.jpg", "--overwrite")
    with Image.open(tmp_path / "a.jpg") as image:
        assert image.getexif()[0x0112] == 1 and image.size == read.shape[1::-1]


def test_a_declared_space_is_named(lutist, tmp_path):
    """Display P3 by numbers (nclx) becomes a profile where a format has no such numbers."""
    path = made(tmp_path, "a.avif", smooth())
    data = path.read_bytes()
    unspecified, p3 = (b"nclx" + struct.pack(">HH", *numbers) for numbers in ((2, 2), (12, 13)))
    assert data.count(unspecified) == 1
    path.write_bytes(data.replace(unspecified, p3))
    assert "Display P3" in lutist("info", path).stdout
    done = lutist("batch", path, "-o", "a.jpg")
    assert done.returncode == 0, done.stderr
    assert "ICC (Display P3)" in lutist("info", "a.jpg").stdout


@pytest.mark.parametrize(("code", "word"), [(16, "PQ"), (18, "HLG")])
def test_that_it_is_hdr_is_kept_or_told(lutist, tmp_path, code, word):
    path = made(tmp_path, "a.avif", smooth())
    unspecified, hdr = (b"nclx" + struct.pack(">HH", *numbers) for numbers in ((2, 2), (9, code)))
    path.write_bytes(path.read_bytes().replace(unspecified, hdr))
    done = lutist("batch", path, "-o", "a.jpg")
    assert f"that it is HDR ({word}) is not kept" in done.stderr
    done = lutist("batch", path, "-o", "a.png")
    assert "HDR" not in done.stderr and bytes([9, code, 0, 1]) in (tmp_path / "a.png").read_bytes()
    assert "HDR" in lutist("batch", path, "-o", "b.png", "--strip", "all").stderr


@pytest.mark.parametrize("name", ["a.heic", "a.avif"])
def test_a_file_that_is_cut_short_is_refused(lutist, tmp_path, name):
    path = made(tmp_path, name, smooth(), "-q", 60)
    files.refused_when_cut(lutist, path, tmp_path / "cut")


def test_its_size_is_refused_by_the_header(lutist, tmp_path):
    path = made(tmp_path, "a.heic", smooth())
    done = lutist("batch", path, "-o", "out", "--max-pixels", 1000)
    assert done.returncode == 1 and "96 × 64 pixels are more than the limit of 1000" in done.stderr


def test_a_canvas_that_no_header_tells_of_is_bounded(lutist, tmp_path):
    """A picture of 96 by 64 that says it is an overlay on one of 400 megapixels."""
    data = made(tmp_path, "a.heic", smooth(4)).read_bytes().replace(b"hvc1", b"iovl", 1)
    at = data.index(b"mdat") + 4
    canvas = struct.pack(">BB4HHH", 0, 0, 0, 0, 0, 0, 20000, 20000)
    (tmp_path / "a.heic").write_bytes(data[:at] + canvas + data[at + len(canvas) :])
    done = lutist("batch", "a.heic", "-o", "out")
    assert done.returncode == 1
    assert "a.heic: " in done.stderr and "20000x20000 exceeds" in done.stderr


# A process counts its parent's memory until it has become another program, so a small one stands
# between. A build with AddressSanitizer would hold what has been freed.
PEAK = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000)
"""


def peak_and_estimate(lutist_path, path):
    """MB that a batch of this file takes, and those that it expects (-v)."""
    options = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"
    done = subprocess.run(
        [sys.executable, "-c", PEAK, lutist_path, "batch", "-v", "-j1", path, "-o", path.stem],
        cwd=path.parent,
        env={**os.environ, "ASAN_OPTIONS": options},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout), float(re.search(r" ms, (\d+) MB", done.stderr)[1])


@pytest.mark.parametrize("name", ["a.heic", "a.avif"])
def test_memory_is_estimated(lutist_path, tmp_path, name):
    """With colours at full size, which take most."""
    fast = "speed=9" if name == "a.avif" else "preset=ultrafast"
    how = "-p", "chroma=444", "-p", fast
    small = made(tmp_path, f"small{name}", smooth(), *how)
    large = made(tmp_path, name, np.tile(smooth(), (25, 20, 1)), *how)
    peaks, estimates = zip(
        *(peak_and_estimate(lutist_path, p) for p in (small, large)), strict=True
    )
    assert peaks[1] - peaks[0] < estimates[1] - estimates[0] + 4
