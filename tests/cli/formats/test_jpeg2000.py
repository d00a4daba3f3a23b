"""JPEG 2000 in: files of opj_compress, JP2 and the codestream alone."""

import struct

import codec_files as files
import numpy as np
import pytest
from codec_files import samples, smooth, tool


def made(tmp_path, name, pixels, *options):
    files.write_png(tmp_path / "source.png", pixels)
    tool("opj_compress", "-i", tmp_path / "source.png", "-o", tmp_path / name, *options)
    return tmp_path / name


@pytest.mark.parametrize("name", ["a.jp2", "a.j2k"])
@pytest.mark.parametrize(("channels", "top"), [(1, 255), (3, 255), (4, 255), (3, 65535)])
def test_without_loss_every_sample_is_read(lutist, tmp_path, name, channels, top):
    pixels = smooth(channels, top)
    assert np.array_equal(samples(lutist, made(tmp_path, name, pixels)), pixels)


@pytest.mark.parametrize("bits", [1, 4, 10, 12])
def test_other_bits_are_spread_over_all_of_8_or_16(lutist, tmp_path, bits):
    levels = np.random.default_rng(bits).integers(0, 1 << bits, (24, 16), np.uint16)
    data = levels.astype(">u2" if bits > 8 else "u1").tobytes()
    (tmp_path / "a.raw").write_bytes(data)
    size = f"16,24,1,{bits},u"
    tool("opj_compress", "-i", tmp_path / "a.raw", "-o", tmp_path / "a.jp2", "-F", size, "-n", 2)
    top = 255 if bits <= 8 else 65535
    wanted = np.rint(levels / ((1 << bits) - 1) * top)
    assert np.array_equal(samples(lutist, tmp_path / "a.jp2")[..., 0], wanted)


def test_fewer_samples_of_colour_are_read(lutist, tmp_path):
    """Luma and colour differences, 4:2:0: what opj_compress writes down as sYCC."""
    luma = smooth(1)[..., 0]
    flat = np.full((files.HIGH // 2, files.WIDE // 2), 128, np.uint8)
    (tmp_path / "a.raw").write_bytes(luma.tobytes() + flat.tobytes() + flat.tobytes())
    layout = f"{files.WIDE},{files.HIGH},3,8,u@1x1:2x2:2x2"
    tool("opj_compress", "-i", tmp_path / "a.raw", "-o", tmp_path / "a.jp2", "-F", layout)
    read = samples(lutist, tmp_path / "a.jp2")
    assert np.array_equal(read, np.broadcast_to(luma[..., None], read.shape))


@pytest.mark.parametrize(
    "options", [("-t", "32,32", "-n", "3"), ("-r", "10"), ("-p", "RPCL", "-n", "3")]
)
def test_tiles_loss_and_orders_are_read(lutist, tmp_path, options):
    pixels = smooth()
    read = samples(lutist, made(tmp_path, "a.jp2", pixels, *options)).astype(int)
    assert np.abs(read - pixels).mean() <= (2 if "-r" in options else 0)


def test_what_it_carries_is_kept(lutist, tmp_path):
    """EXIF, XMP and a profile in boxes, as other programs put them there."""
    path = made(tmp_path, "a.jp2", smooth())
    data = path.read_bytes()
    at = data.index(b"colr") - 4
    (size,) = struct.unpack_from(">I", data, at)
    colr = files.box(b"colr", b"\2\0\0" + files.profile())
    head = data.index(b"jp2h") - 4
    (whole,) = struct.unpack_from(">I", data, head)
    head_data = struct.pack(">I", whole - size + len(colr)) + data[head + 4 : at]
    data = data[:head] + head_data + colr + data[at + size :]
    tiff = files.exif(6).tobytes()[6:]
    xmp = bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + files.XMP
    exif = files.box(b"uuid", b"JpgTiffExif->JP2" + tiff)
    data = data.replace(
        data[head : head + 4], exif + files.box(b"uuid", xmp) + data[head : head + 4]
    )
    path.write_bytes(data)
    done = lutist("batch", path, "-o", "a.webp")
    assert done.returncode == 0, done.stderr
    from PIL import Image

    with Image.open(tmp_path / "a.webp") as image:
        assert image.size == files.SIZE  # upright
        assert image.getexif()[0x010F] == files.MAKER and image.getexif()[0x0112] == 1
        assert image.info["icc_profile"] == files.profile() and image.info["xmp"] == files.XMP


RECORD = b"\x1c\x02\x78\0\5hello"
RESOURCES = b"8BIM\4\4\0\0" + struct.pack(">I", len(RECORD)) + RECORD


@pytest.mark.parametrize(
    "box",
    [
        bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38") + RECORD,
        bytes.fromhex("2c4c0100850440b9a03e562148d6dfeb") + RESOURCES,
    ],
    ids=["IPTC", "Photoshop"],
)
def test_iptc_is_kept(lutist, tmp_path, box):
    path = made(tmp_path, "a.jp2", smooth())
    path.write_bytes(path.read_bytes() + files.box(b"uuid", box))
    for name in ("a.jpg", "a.tif"):
        assert lutist("batch", path, "-o", name).returncode == 0
        data = (tmp_path / name).read_bytes()
        assert RECORD in data and (name == "a.tif" or b"Photoshop 3.0\0" + RESOURCES in data)


@pytest.mark.parametrize("name", ["a.jp2", "a.j2k"])
def test_a_file_that_is_cut_short_is_refused(lutist, tmp_path, name):
    path = made(
        tmp_path, name, np.random.default_rng(1).integers(0, 256, (*files.SIZE, 3), np.uint8)
    )
    files.refused_when_cut(lutist, path, tmp_path / "cut", spare=2)


def test_its_size_is_refused_by_the_header(lutist, tmp_path):
    path = made(tmp_path, "a.jp2", smooth())
    done = lutist("batch", path, "-o", "out", "--max-pixels", 1000)
    assert done.returncode == 1 and "96 × 64 pixels are more than the limit of 1000" in done.stderr
