"""Files that declare their colours without an ICC profile: PNG's chunks, a camera's EXIF."""

import struct
import zlib

ADOBE = (31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000)  # white, red, green, blue
P3 = (31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)
SRGB = (31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def gama(value):
    return chunk(b"gAMA", struct.pack(">I", value))


def chrm(values):
    return chunk(b"cHRM", struct.pack(">8I", *values))


def cicp(primaries, transfer, matrix=0, full=1):
    return chunk(b"cICP", bytes([primaries, transfer, matrix, full]))


def with_chunks(png, *chunks):
    """The chunks come behind the header, IHDR."""
    return png[:33] + b"".join(chunks) + png[33:]


def dcf_exif(space=0xFFFF, index=b"R03\0", order=">"):
    """An EXIF block of a camera, with a ColorSpace and an interoperability index."""
    exif_at, interoperability_at = 8 + 2 + 12 + 4, 8 + 2 + 12 + 4 + 2 + 24 + 4

    def directory(*entries):
        return struct.pack(order + "H", len(entries)) + b"".join(entries) + bytes(4)

    def number(tag, kind, value):
        body = struct.pack(order + "HI", kind, 1)
        value = struct.pack(order + ("HH" if kind == 3 else "I"), *([value, 0][: 5 - kind]))
        return struct.pack(order + "H", tag) + body + value

    text = struct.pack(order + "HHI", 1, 2, 4) + index
    head = (b"MM\0*" if order == ">" else b"II*\0") + struct.pack(order + "I", 8)
    return (
        head
        + directory(number(0x8769, 4, exif_at))
        + directory(number(0xA001, 3, space), number(0xA005, 4, interoperability_at))
        + directory(text)
    )
