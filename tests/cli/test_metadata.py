"""The metadata of a result: sizes, thumbnails, orientation."""

import struct

import pytest
from PIL import Image

THUMBNAIL = b"\xff\xd8" + b"thumbnail" * 20 + b"\xff\xd9"


def exif_with_thumbnail(size):
    """Orientation 6, the size in the EXIF directory, and a thumbnail in the second one."""
    exif_at = 8 + 2 + 2 * 12 + 4
    second_at = exif_at + 2 + 2 * 12 + 4
    data_at = second_at + 2 + 2 * 12 + 4

    def directory(following, *entries):
        body = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
        return struct.pack("<H", len(entries)) + body + struct.pack("<I", following)

    return (
        b"II*\0\x08\0\0\0"
        + directory(second_at, (0x0112, 6), (0x8769, exif_at))
        + directory(0, (0xA002, size[0]), (0xA003, size[1]))
        + directory(0, (0x0201, data_at), (0x0202, len(THUMBNAIL)))
        + THUMBNAIL
    )


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
@pytest.mark.parametrize("format", ["jpeg", "png", "tiff"])
def test_a_turned_picture_keeps_nothing_stale(lutist, picture, tmp_path, name, format):
    exif = b"Exif\0\0" + exif_with_thumbnail((48, 32))
    picture(name, size=(48, 32), exif=exif)
    done = lutist("batch", name, "-s", "mono", "-q", "-o", "out", "--format", format)
    assert (done.returncode, done.stderr) == (0, "")
    (result,) = (tmp_path / "out").iterdir()
    assert b"thumbnailthumbnail" not in result.read_bytes()
    image = Image.open(result)
    assert image.size == (32, 48)
    read = image.getexif()
    assert read.get(0x0112, 1) == 1
    assert [read.get_ifd(0x8769).get(tag) for tag in (0xA002, 0xA003)] == [32, 48]


XMP = (
    b"http://ns.adobe.com/xap/1.0/\0"
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"'
    b' xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="kept"/></rdf:RDF></x:xmpmeta>'
)
ISO = b"urn:iso:std:iso:ts:21496:-1\0\0\0\0\0"
MPF = b"MPF\0II*\0\x08\0\0\0\0\0"


@pytest.mark.parametrize("segments", [[(1, XMP), (2, MPF)], [(2, ISO)], [(1, XMP), (2, ISO)]])
def test_a_lost_gain_map_is_said_and_not_announced(lutist, picture, tmp_path, segments):
    data = picture("a.jpg").read_bytes()
    parts = [
        b"\xff" + bytes([0xE0 + number]) + struct.pack(">H", 2 + len(body)) + body
        for number, body in segments
    ]
    # The map is a second JPEG file behind the first.
    (tmp_path / "a.jpg").write_bytes(data[:2] + b"".join(parts) + data[2:] + data)
    done = lutist("batch", "a.jpg", "-o", "out")
    assert done.returncode == 0
    assert done.stderr.splitlines()[0] == "lutist: a.jpg: its HDR gain map is not kept"
    result = (tmp_path / "out/a.jpg").read_bytes()
    assert not any(mark in result for mark in (b"hdrgm", b"MPF", b"21496", b"gain-map"))
    assert (b'dc:source="kept"' in result) == (segments[0][1] == XMP)
