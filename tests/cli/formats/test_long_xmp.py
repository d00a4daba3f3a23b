"""XMP data of more than 64 KiB: a JPEG file has them in several segments."""

import re
import struct
from zlib import crc32

import pytest
from PIL import Image

STANDARD = b"http://ns.adobe.com/xap/1.0/\0"
EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
NAME = b"0123456789ABCDEF0123456789ABCDEF"
RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'


def packet(*descriptions):
    whole = b"".join(b"<rdf:Description " + text + b"</rdf:Description>" for text in descriptions)
    return b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + RDF + whole + b"</rdf:RDF></x:xmpmeta>"


FIRST = packet(
    b'rdf:about="" xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="'
    + NAME
    + b'">',
    b'rdf:about="" xmlns:a="urn:a"><a:first>1</a:first>',
)
REST = packet(b'rdf:about="" xmlns:a="urn:a"><a:second>' + b"y" * 90_000 + b"</a:second>")


def pieces(rest, size=40_000):
    return [
        EXTENSION + NAME + struct.pack(">II", len(rest), at) + rest[at : at + size]
        for at in range(0, len(rest), size)
    ]


@pytest.fixture
def with_segments(picture):
    def make(name, *bodies):
        path = picture(name)
        data = path.read_bytes()
        parts = [b"\xff\xe1" + struct.pack(">H", 2 + len(body)) + body for body in bodies]
        path.write_bytes(data[:2] + b"".join(parts) + data[2:])
        return path

    return make


def segments(path):
    """(the first packet, the extension) of a JPEG file."""
    image = Image.open(path)
    found = [body for _, body in image.applist]
    (first,) = [body[len(STANDARD) :] for body in found if body.startswith(STANDARD)]
    name = re.search(rb'HasExtendedXMP="(\w{32})"', first)
    rest = [body[len(EXTENSION) :] for body in found if body.startswith(EXTENSION)]
    assert all(name and body.startswith(name[1]) for body in rest)
    at = [struct.unpack(">II", body[32:40]) for body in rest]
    whole = b"".join(body[40:] for body in rest)
    assert [start for _, start in at] == [sum(map(len, rest[:i])) - 40 * i for i in range(len(at))]
    assert {size for size, _ in at} <= {len(whole)}
    return first, whole


def test_both_parts_are_carried(lutist, with_segments, tmp_path):
    with_segments("a.jpg", STANDARD + FIRST, *reversed(pieces(REST)))
    source = "a.jpg"
    for name in ("b.jpg", "c.png", "d.tif", "e.jpg"):
        done = lutist("batch", source, "-o", name)
        assert done.returncode == 0 and "XMP" not in done.stderr, done.stderr
        source = name
        if name.endswith(".jpg"):
            first, rest = segments(tmp_path / name)
            assert b"<a:first>1" in first and b"a:second" not in first and b"a:second" in rest
            assert len(STANDARD + first) < 65_534 and b"y" * 90_000 in rest
        else:
            data = (tmp_path / name).read_bytes()
            assert b"<a:first>1" in data and b"y" * 90_000 in data
            assert b"HasExtendedXMP" not in data


@pytest.mark.parametrize("gone", [0, 1, 2, None])
def test_without_all_of_it_the_first_part_stays(lutist, with_segments, tmp_path, gone):
    left = [piece for i, piece in enumerate(pieces(REST)) if i != gone and gone is not None]
    with_segments("a.jpg", STANDARD + FIRST, *left)
    done = lutist("batch", "a.jpg", "-o", "out")
    assert done.returncode == 0 and "the extension of its XMP data is not kept" in done.stderr
    first, rest = segments(tmp_path / "out/a.jpg")
    assert b"<a:first>1" in first and not rest and b"HasExtendedXMP" not in first


def test_what_cannot_be_divided_is_left_out_with_a_note(lutist, picture, tmp_path):
    data = picture("a.png").read_bytes()
    text = b"iTXt" + b"XML:com.adobe.xmp\0\0\0\0\0" + b"<a>" + b"z" * 70_000 + b"</a>"
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", crc32(text))
    (tmp_path / "a.png").write_bytes(data[:33] + chunk + data[33:])
    done = lutist("batch", "a.png", "-o", "out", "--format", "jpeg")
    assert done.returncode == 0
    assert "70007 bytes of XMP data do not fit into a JPEG file and are left out" in done.stderr


MEDIA = (
    b'rdf:about="" xmlns:a="urn:a" xmlns:GDepth="http://ns.google.com/photos/1.0/depthmap/" '
    b'a:second="2" GDepth:Data="%s">'
)


@pytest.mark.parametrize("size", [300_000, 3_000_000])
def test_a_depth_map_in_an_attribute_is_left_out(lutist, with_segments, tmp_path, size):
    """If the parser is spared its tag, what stands beside it is left out too, and that is told."""
    rest = packet(MEDIA % (b"A" * size))
    with_segments("a.jpg", STANDARD + FIRST, *pieces(rest, 60_000))
    done = lutist("batch", "a.jpg", "-o", "out")
    assert done.returncode == 0, done.stderr
    data = (tmp_path / "out/a.jpg").read_bytes()
    assert b"<a:first>1" in data and b"AAAA" not in data and b"HasExtendedXMP" not in data
    told = "the extension of its XMP data is not kept" in done.stderr
    assert told == (b'a:second="2"' not in data) == (size > 2_000_000)


def test_a_long_attribute_of_a_png_stays_in_a_png(lutist, picture, tmp_path):
    data = picture("a.png").read_bytes()
    text = b"iTXtXML:com.adobe.xmp\0\0\0\0\0" + packet(MEDIA % (b"A" * 3_000_000))
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", crc32(text))
    (tmp_path / "a.png").write_bytes(data[:33] + chunk + data[33:])
    done = lutist("batch", "a.png", "-o", "out")
    assert done.returncode == 0 and chunk in (tmp_path / "out/a.png").read_bytes()
    done = lutist("batch", "a.png", "-o", "out", "--format", "jpeg")
    assert done.returncode == 0 and "bytes of XMP data do not fit into a JPEG file" in done.stderr
