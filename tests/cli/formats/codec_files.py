"""Pictures for the tests of formats, files that other programs make, and what is read of them."""

import functools
import shutil
import struct
import subprocess

import numpy as np
import pytest
from PIL import Image, ImageCms

SIZE = HIGH, WIDE = 64, 96
MAKER = "A maker of lutes"
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="kept"/></rdf:RDF></x:xmpmeta>'
)


def smooth(channels=3, top=255):
    """What a codec with loss keeps well, at 8 or 16 bits."""
    y, x = np.mgrid[:HIGH, :WIDE]
    planes = [x / WIDE, y / HIGH, (x + y) / (WIDE + HIGH), 0.2 + 0.7 * x / WIDE][:channels]
    return (np.dstack(planes) * top).astype(np.uint8 if top < 256 else np.uint16)


@functools.cache
def profile():
    """One with the time in it: made once."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def exif(orientation=1):
    made = Image.Exif()
    made[0x010F], made[0x0112] = MAKER, orientation
    return made


def write_png(path, pixels, **options):
    """16 bits a sample too, which Pillow cannot write."""
    if pixels.dtype == np.uint8:
        Image.fromarray(pixels.squeeze()).save(path, **options)
        return
    plain = path.with_suffix(".pnm")
    kind = {1: b"P5", 3: b"P6"}[pixels.shape[2]]
    head = b"%s\n%d %d\n65535\n" % (kind, pixels.shape[1], pixels.shape[0])
    plain.write_bytes(head + pixels.astype(">u2").tobytes())
    bare = "png:exclude-chunk=gAMA,cHRM"  # opj_compress would apply them
    subprocess.run(["convert", plain, "-define", bare, path], check=True)


def samples(lutist, path):
    """A file's samples as lutist reads them, by way of a TIFF file without compression."""
    folder = path.parent / f"{path.stem}_{path.suffix[1:]}"
    done = lutist("batch", path, "-o", folder, "--format", "tiff", "--overwrite")
    assert done.returncode == 0, done.stderr
    (made,) = folder.iterdir()
    said = lutist("info", "--json", made)
    assert said.returncode == 0
    pixels = subprocess.run(
        ["convert", made, "-depth", "16" if '"depth": 16' in said.stdout else "8", "pam:-"],
        check=True,
        capture_output=True,
    ).stdout
    head, data = pixels.split(b"ENDHDR\n", 1)
    fields = dict(line.split(b" ", 1) for line in head.splitlines() if b" " in line)
    wide, high, deep = (int(fields[name]) for name in (b"WIDTH", b"HEIGHT", b"DEPTH"))
    kind = ">u2" if int(fields[b"MAXVAL"]) > 255 else "u1"
    return np.frombuffer(data, kind).reshape(high, wide, deep)


def tool(name, *arguments):
    """Run another program of the format's, or skip the test."""
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed: ./dev test installs it")
    subprocess.run([name, *map(str, arguments)], check=True, capture_output=True)


def refused_when_cut(lutist, path, folder, places=40, spare=0):
    """A file that ends too early is refused in one line, wherever that is."""
    data = path.read_bytes()
    folder.mkdir()
    cuts = np.unique(np.linspace(12, len(data) - 1 - spare, places).astype(int))
    for cut in cuts:
        (folder / f"{cut}{path.suffix}").write_bytes(data[:cut])
    done = lutist("batch", folder, "-o", folder / "out", "--format", "png")
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if f"{folder.name}/" in line]
    assert len(lines) == len(cuts), done.stderr
    assert not list((folder / "out").glob("*.png"))


def box(name, data):
    return struct.pack(">I4s", 8 + len(data), name) + data
