"""TIFF through lutist batch: 16 bits without loss, and what stands beside the pixels.

Pillow knows 16 bits of gray only, so that files of more are written and read here, from
the TIFF 6.0 specification.
"""

import os
import struct
import subprocess
import sys
import zlib
from fractions import Fraction

import numpy as np
import pytest
from PIL import Image, ImageCms, TiffImagePlugin

SIZES = {3: 2, 4: 4}  # bytes of SHORT and LONG
EXIF, GPS = 0x8769, 0x8825


def write_tiff(path, array, order="<", extra=None):
    """An uncompressed single-strip file of a (height, width, channels) array."""
    height, width, channels = array.shape
    depth = array.itemsize * 8
    tags = {
        256: (4, width),
        257: (4, height),
        258: (3, *[depth] * channels),
        259: (3, 1),
        262: (3, 2 if channels >= 3 else 1),
        273: (4, 8),
        277: (3, channels),
        278: (4, height),
        279: (4, array.nbytes),
    }
    if channels in (2, 4):
        tags[338] = (3, 2)
    tags.update(extra or {})
    data = array.astype(array.dtype.newbyteorder(order)).tobytes()
    data += b"\0" * (len(data) % 2)
    table, apart = b"", b""
    behind = 8 + len(data) + 2 + 12 * len(tags) + 4
    for tag, (kind, *values) in sorted(tags.items()):
        packed = struct.pack(f"{order}{len(values)}{'?BBHI'[kind]}", *values)
        if len(packed) > 4:
            apart, packed = apart + packed, struct.pack(f"{order}I", behind + len(apart))
        table += struct.pack(f"{order}HHI", tag, kind, len(values)) + packed.ljust(4, b"\0")
    mark = b"II*\0" if order == "<" else b"MM\0*"
    path.write_bytes(
        mark
        + struct.pack(f"{order}I", 8 + len(data))
        + data
        + struct.pack(f"{order}H", len(tags))
        + table
        + b"\0" * 4
        + apart
    )


def read_tags(data, at):
    """The numbers of a little-endian directory, by tag."""
    tags = {}
    for i in range(struct.unpack_from("<H", data, at)[0]):
        tag, kind, count = struct.unpack_from("<HHI", data, at + 2 + 12 * i)
        if kind not in SIZES:
            continue
        where = at + 2 + 12 * i + 8
        if SIZES[kind] * count > 4:
            where = struct.unpack_from("<I", data, where)[0]
        tags[tag] = struct.unpack_from(f"<{count}{'???HI'[kind]}", data, where)
    return tags


def read_tiff(path):
    """The samples of a file as lutist writes it: Deflate over differences."""
    data = path.read_bytes()
    assert data[:4] == b"II*\0"
    tags = read_tags(data, struct.unpack_from("<I", data, 4)[0])
    (width,), (height,), (channels,) = tags[256], tags[257], tags[277]
    assert tags[259] == (8,) and tags[317] == (2,)
    kind = np.dtype(f"<u{tags[258][0] // 8}")
    strips = b"".join(
        zlib.decompress(data[at : at + size])
        for at, size in zip(tags[273], tags[279], strict=False)
    )
    differences = np.frombuffer(strips, kind).reshape(height, width, channels)
    return np.cumsum(differences, axis=1, dtype=kind)


def noise(shape, top=65536, seed=3):
    """Every value is as likely as any other."""
    return np.random.default_rng(seed).integers(0, top, shape).astype(np.uint16)


def develop(array, exposure=0.5, gamma=1.3, top=65535):
    """What the bundled exposure script is by definition, in double precision."""
    values = (array.astype(np.float64) / top * 2**exposure) ** (1 / gamma)
    return np.floor(np.clip(values, 0, 1) * top + 0.5)


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("order", "<>")
def test_sixteen_bits_come_back_bit_for_bit(lutist, tmp_path, channels, order):
    source = noise((211, 157, channels))
    write_tiff(tmp_path / "a.tif", source, order)
    done = lutist("batch", "-o", "out", "a.tif")
    assert (done.returncode, done.stdout) == (0, "a.tif -> out/a.tif\n")
    assert "pages" not in done.stderr
    assert np.array_equal(read_tiff(tmp_path / "out/a.tif"), source)


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_sixteen_bits_are_exact(lutist, tmp_path, channels):
    source = noise((301, 307, channels))
    write_tiff(tmp_path / "a.tiff", source)
    done = lutist("batch", "-p", "exposure=0.5", "-p", "gamma=1.3", "-o", "out", "a.tiff")
    assert done.returncode == 0, done.stderr
    wanted = develop(source)
    if channels in (2, 4):
        wanted[..., -1] = source[..., -1]
    assert np.array_equal(read_tiff(tmp_path / "out/a.tiff"), wanted)


def test_eight_bits_are_exact(lutist, tmp_path):
    source = noise((90, 80, 3), 256).astype(np.uint8)
    write_tiff(tmp_path / "a.tif", source)
    done = lutist("batch", "-p", "exposure=0.5", "-p", "gamma=1.3", "-o", "out", "a.tif")
    assert done.returncode == 0, done.stderr
    assert np.array_equal(read_tiff(tmp_path / "out/a.tif"), develop(source, top=255))


def test_pillow_and_lutist_agree(lutist, tmp_path):
    deep = noise((40, 50))
    Image.fromarray(deep).save(tmp_path / "deep.tif")
    flat = noise((40, 50, 4), 256).astype(np.uint8)
    Image.fromarray(flat).save(tmp_path / "flat.tif", compression="tiff_lzw")
    assert lutist("batch", "-o", "out", "deep.tif", "flat.tif").returncode == 0
    assert np.array_equal(np.asarray(Image.open(tmp_path / "out/deep.tif")), deep)
    assert np.array_equal(np.asarray(Image.open(tmp_path / "out/flat.tif")), flat)


def test_png_and_tiff_turn_into_each_other(lutist, tmp_path):
    source = noise((60, 70, 4))
    write_tiff(tmp_path / "a.tif", source)
    assert lutist("batch", "-o", "out", "--format", "png", "a.tif").returncode == 0
    assert lutist("batch", "-o", "back", "--format", "tiff", "out/a.png").returncode == 0
    assert np.array_equal(read_tiff(tmp_path / "back/a.tif"), source)


def camera_jpeg(path):
    """A photograph that tells how it was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x8298] = "A. Camera", "Model 1", "Nobody"
    exif.get_ifd(EXIF).update(
        {
            0x829A: Fraction(1, 125),
            0x8827: 400,
            0x9003: "2020:02:02 20:20:20",
            0x927C: b"a maker's note",
        }
    )
    exif.get_ifd(GPS).update({1: "N", 2: (52.0, 31.0, 12.5), 29: "2020:02:02"})
    pixels = np.zeros((30, 40, 3), np.uint8)
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.fromarray(pixels).save(path, exif=exif, icc_profile=icc, dpi=(300, 300))


def test_exif_goes_into_a_tiff_and_out_again(lutist, tmp_path):
    camera_jpeg(tmp_path / "a.jpg")
    assert lutist("batch", "-o", "out", "--format", "tiff", "a.jpg").returncode == 0
    assert lutist("batch", "-o", "back", "--format", "jpeg", "out/a.tif").returncode == 0
    wanted = Image.open(tmp_path / "a.jpg").getexif()
    for path in ("out/a.tif", "back/a.jpg"):
        image = Image.open(tmp_path / path)
        found = image.getexif()
        for tag in (0x010F, 0x0110, 0x8298):
            assert found[tag] == wanted[tag]
        for directory in (EXIF, GPS):
            assert dict(found.get_ifd(directory)) == dict(wanted.get_ifd(directory))
        assert image.info["icc_profile"] == Image.open(tmp_path / "a.jpg").info["icc_profile"]
        assert image.info["dpi"] == pytest.approx((300, 300))


def test_orientation_is_applied(lutist, tmp_path):
    source = noise((30, 20, 3))
    write_tiff(tmp_path / "a.tif", source, extra={274: (3, 6)})
    assert lutist("batch", "-o", "out", "a.tif").returncode == 0
    assert np.array_equal(read_tiff(tmp_path / "out/a.tif"), np.rot90(source, -1))
    assert Image.open(tmp_path / "out/a.tif").tag_v2[274] == 1


def test_only_the_first_page_is_read_and_that_is_said(lutist, tmp_path):
    pages = [Image.new("L", (9, 9), shade) for shade in (10, 20, 30)]
    with TiffImagePlugin.AppendingTiffWriter(str(tmp_path / "a.tif"), new=True) as file:
        for page in pages:
            page.save(file, "TIFF")
            file.newFrame()
    done = lutist("batch", "-o", "out", "a.tif")
    assert done.returncode == 0
    assert "a.tif: the first of several pages is read\n" in done.stderr
    assert np.all(np.asarray(Image.open(tmp_path / "out/a.tif")) == 10)


def test_a_cut_file_fails(lutist, tmp_path):
    write_tiff(tmp_path / "a.tif", noise((30, 20, 3)))
    whole = (tmp_path / "a.tif").read_bytes()
    (tmp_path / "a.tif").write_bytes(whole[:-1])
    done = lutist("batch", "-o", "out", "a.tif")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0].endswith("a.tif: the TIFF file is cut short")
    assert list((tmp_path / "out").glob("*")) == []


# A process counts its parent's memory until it has become another program, so that a
# small one has to stand between.
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_memory_does_not_grow_with_the_image(lutist_path, tmp_path):
    peaks = []
    # A build with AddressSanitizer would hold what has been freed.
    options = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"
    for rows in (1000, 8000):
        write_tiff(tmp_path / "a.tif", np.zeros((rows, 2000, 3), np.uint16))
        command = [lutist_path, "batch", "-q", "-j1", "-o", f"o{rows}", "a.tif"]
        done = subprocess.run(
            [sys.executable, "-c", PEAK, *command],
            cwd=tmp_path,
            env={**os.environ, "ASAN_OPTIONS": options},
            capture_output=True,
            text=True,
            check=True,
        )
        peaks.append(int(done.stdout))
    assert peaks[1] - peaks[0] < 12 * 1024  # KiB, of 82 MiB more


def test_the_codec_is_named(lutist):
    assert "\ntiff: libtiff 4." in lutist("doctor").stdout
    assert "jpeg, png, tiff, webp or jxl" in lutist("batch", "--help").stdout
