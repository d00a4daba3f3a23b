"""Icons, Amiga pictures and X11's pixmaps, made byte by byte: FILES maps a name to the bytes."""

import struct

import numpy as np

RNG = np.random.default_rng(5)
COLOURS = RNG.integers(0, 256, (16, 16, 4), np.uint8)
COLOURS[..., 3] = 255


def icon(kind, picture):
    entry = struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, len(picture), 22)
    return struct.pack("<HHH", 0, kind, 1) + entry + picture


def bitmap():
    """From the bottom, with a mask of one bit a pixel behind it; its rows count, too."""
    head = struct.pack("<IIIHHIIIIII", 40, 16, 32, 1, 32, 0, 0, 0, 0, 0, 0)
    return head + COLOURS[::-1, :, [2, 1, 0, 3]].tobytes() + bytes(4 * 16)


def lbm(width=16, height=16, packed=0):
    """24 planes, one bit of a row after the other, the lowest bit of red first."""
    head = struct.pack(
        ">HHhhBBBBHBBhh", width, height, 0, 0, 24, 0, packed, 0, 0, 1, 1, width, height
    )
    bits = np.unpackbits(COLOURS[..., :3], axis=2, bitorder="little")
    body = np.packbits(bits.transpose(0, 2, 1), axis=2).tobytes()
    chunks = b"BMHD" + struct.pack(">I", len(head)) + head
    chunks += b"BODY" + struct.pack(">I", len(body)) + body
    return b"FORM" + struct.pack(">I", 4 + len(chunks)) + b"ILBM" + chunks


def xpm(size=None):
    names = [f"{i:02x}" for i in range(256)]
    pixels = COLOURS.reshape(-1, 4)
    lines = [size or "16 16 256 2"]
    lines += [f"{n} c #{p[0]:02X}{p[1]:02X}{p[2]:02X}" for n, p in zip(names, pixels, strict=True)]
    lines += ["".join(names[16 * y : 16 * y + 16]) for y in range(16)]
    text = "/* XPM */\nstatic char *a[] = {\n" + ",\n".join(f'"{line}"' for line in lines) + "};\n"
    return text.encode()


FILES = {
    "bitmap.ico": icon(1, bitmap()),
    "bitmap.cur": icon(2, bitmap()),
    "planes.lbm": lbm(),
    "letters.xpm": xpm(),
}
