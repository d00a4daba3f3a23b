"""The error for a file of a kind that lutist does not read names the kind and what to do."""

import shutil
import struct
import subprocess

import numpy as np
import pytest
from PIL import Image

BOX = b"\0\0\0\x18ftyp"


def tiff_ifd(tags, following=0):
    table = b"".join(struct.pack("<HHII", tag, *rest) for tag, rest in sorted(tags.items()))
    return struct.pack("<H", len(tags)) + table + struct.pack("<I", following)


def raw(maker, *, below=True, **more):
    """A TIFF directory as cameras write it: a preview, and the sensor's data below it."""
    sensor = {256: (4, 1, 100), 257: (4, 1, 100), 262: (3, 1, 32803)}
    tags = {256: (4, 1, 16), 257: (4, 1, 16), 262: (3, 1, 2), 271: (2, 30, 8)}
    tags.update({254: (4, 1, 1), 330: (4, 1, 200)} if below else {262: (3, 1, 32803)})
    tags.update(more.get("tags", {}))
    body = maker.ljust(30, b"\0") + tiff_ifd(tags)
    return (struct.pack("<2sHI", b"II", 42, 38) + body).ljust(200, b"\0") + tiff_ifd(sensor)


# name: (first bytes, what it is called, what to do)
KINDS = {
    "a.psd": (b"8BPS\0\1", "Photoshop", "save it as TIFF"),
    "a.psb": (b"8BPS\0\2", "Photoshop", "save it as TIFF"),
    "a.xcf": (b"gimp xcf v011\0", "GIMP", "save it as TIFF"),
    "a.exr": (b"\x76\x2f\x31\x01\2\0\0\0", "high dynamic range", "16 bits"),
    "a.hdr": (b"#?RADIANCE\n", "high dynamic range", "16 bits"),
    "a.pfm": (b"PF\n2 2\n-1.0\n", "high dynamic range", "16 bits"),
    "a.pdf": (b"%PDF-1.7\n", "a document of pages", "pdftoppm"),
    "a.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing", "rsvg-convert"),
    "b.svg": (b"<?xml version='1.0'?>\n<!-- c -->\n<svg/>", "an SVG drawing", "rsvg-convert"),
    "page.jpg": (b"<!DOCTYPE html><html>", "a web page", "downloaded"),
    "lfs.jpg": (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS", "git lfs pull"),
    "a.zip": (b"PK\3\4", "an archive", "unpack"),
    "a.mp4": (BOX + b"isom\0\0\0\0", "a video", "ffmpeg"),
    "a.mov": (BOX + b"qt  \0\0\0\0", "a video", "ffmpeg"),
    "a.webm": (b"\x1a\x45\xdf\xa3\1\0\0\0", "a video", "ffmpeg"),
}
# Beginnings of files that are read, with nothing behind them.
HEADS = {
    "a.heic": BOX + b"heic\0\0\0\0mif1heic",
    "b.heic": BOX + b"mif1\0\0\0\0mif1heic",
    "c.jpg": BOX + b"heix\0\0\0\0",
    "a.avif": BOX + b"avif\0\0\0\0",
    "b.avif": BOX + b"mif1\0\0\0\0mif1avifmiaf",
    "a.jxl": b"\xff\x0a\xfa\x1f",
    "b.jxl": b"\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x14ftypjxl ",
    "a.jp2": b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 ",
    "a.j2k": b"\xff\x4f\xff\x51\0\x2f",
    "a.cr2": b"II*\0\x10\0\0\0CR\2\0",
    "a.crw": b"II\x1a\0\0\0HEAPCCDR",
    "a.cr3": BOX + b"crx \0\0\0\1",
    "a.rw2": b"IIU\0\x18\0\0\0",
    "a.orf": b"IIRO\x08\0\0\0",
    "a.raf": b"FUJIFILMCCD-RAW 0201",
    "a.x3f": b"FOVb\0\0\2\0",
    "a.mrw": b"\0MRM\0\0\0\0",
    "a.iiq": b"II*\0\x08\0\0\0IIII",
    "a.nef": raw(b"NIKON CORPORATION"),
    "a.tif": raw(b"SONY"),
    "a.srw": raw(b"SAMSUNG"),
    "a.3fr": raw(b"Hasselblad"),
    "a.dcr": raw(b"EASTMAN KODAK COMPANY"),
    "a.pef": raw(b"PENTAX", below=False),
    "a.dng": raw(b"Canon", tags={50706: (1, 4, 1)}),
    "b.raw": raw(b"Nobody"),
}


def jpeg(path):
    Image.fromarray(np.zeros((16, 16, 3), np.uint8)).save(path)
    return bytearray(path.read_bytes())


def test_each_kind_is_named(lutist, tmp_path):
    for name, (head, *_) in KINDS.items():
        (tmp_path / name).write_bytes(head.ljust(600, b"\0"))
    done = lutist("info", *KINDS)
    lines = done.stderr.splitlines()
    assert (done.returncode, len(lines)) == (1, len(KINDS))
    for (name, (_, kind, advice)), line in zip(KINDS.items(), lines, strict=True):
        assert line.startswith(f"lutist: {name}: a"), line
        assert kind in line, line
        assert advice in line, line


def test_the_beginning_alone_is_refused(lutist, tmp_path):
    """In one line of ours; libjxl adds its own."""
    for name, head in HEADS.items():
        (tmp_path / name).write_bytes(head.ljust(600, b"\0"))
    done = lutist("batch", *HEADS, "-o", "out/{index}.png")
    assert done.returncode == 1 and not list((tmp_path / "out").glob("*"))
    lines = [line for line in done.stderr.splitlines() if line.startswith("lutist: ")]
    assert len(lines) == len(HEADS) + 1, done.stderr
    for name in HEADS:
        (line,) = (line for line in lines if line.startswith(f"lutist: {name}: "))
        assert "not read" not in line and "cannot be opened" not in line, line


@pytest.mark.parametrize(
    ("marker", "bits", "words"),
    [
        (0xC3, 8, "a lossless, hierarchical or differential JPEG is not read"),
        (0xC5, 8, "a lossless, hierarchical or differential JPEG is not read"),
        (0xC1, 12, "a JPEG of other than 8 bits is not read"),
    ],
)
def test_rare_jpegs_are_named(lutist, tmp_path, marker, bits, words):
    data = jpeg(tmp_path / "a.jpg")
    at = data.index(b"\xff\xc0")
    data[at + 1], data[at + 4] = marker, bits
    (tmp_path / "a.jpg").write_bytes(data)
    done = lutist("info", "a.jpg")
    assert done.returncode == 1
    assert done.stderr.startswith(f"lutist: a.jpg: {words}; save it as ")


@pytest.mark.skipif(not shutil.which("jpegtran"), reason="libjpeg-turbo-progs is not installed")
def test_an_arithmetic_jpeg_is_read(lutist, tmp_path, picture):
    picture("plain.jpg")
    packed = subprocess.run(
        ["jpegtran", "-arithmetic", tmp_path / "plain.jpg"], check=True, capture_output=True
    )
    (tmp_path / "arithmetic.jpg").write_bytes(packed.stdout)
    done = lutist("batch", "plain.jpg", "arithmetic.jpg", "-o", "out", "--format", "png")
    assert done.returncode == 0
    plain, other = (Image.open(tmp_path / f"out/{n}.png") for n in ("plain", "arithmetic"))
    assert plain.tobytes() == other.tobytes()


def test_a_folder_of_nothing_else_says_so(lutist, tmp_path):
    for i in range(12):
        (tmp_path / "roll").mkdir(exist_ok=True)
        (tmp_path / f"roll/IMG_{i:02}.PSD").write_bytes(KINDS["a.psd"][0])
    done = lutist("batch", "roll", "-o", "out")
    assert done.returncode == 1
    assert (
        "lutist: roll: there is no image in this folder that lutist reads: IMG_00.PSD, one of 12,"
        " is a Photoshop document; save it as TIFF or PNG first\n" in done.stderr
    )


def test_beside_images_they_are_left_out(lutist, tmp_path, picture):
    picture("roll/a.png")
    (tmp_path / "roll/b.XCF").write_bytes(KINDS["a.xcf"][0])
    assert "XCF" not in lutist("batch", "roll", "-o", "out").stderr
    done = lutist("batch", "roll", "-o", "out", "--overwrite", "-v")
    assert done.returncode == 0
    assert "roll: skipped, because lutist cannot read them: 1, first b.XCF" in done.stderr
