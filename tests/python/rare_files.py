"""Files of the rarer formats, made byte by byte from their specifications.

FILES maps a name to the file's bytes and the samples it must give.
"""

import io
import struct

import numpy as np
from PIL import Image

RNG = np.random.default_rng(7)
COLOURS = RNG.integers(0, 256, (13, 21, 3), np.uint8)
ALPHA = RNG.integers(0, 256, (13, 21, 4), np.uint8)
SHADES = RNG.integers(0, 256, (13, 21), np.uint8)
DEEP = RNG.integers(0, 65536, (13, 21, 3), np.uint16)
BITS = RNG.integers(0, 2, (13, 21), np.uint8)
PALETTE = RNG.integers(0, 256, (16, 3), np.uint8)
INDICES = RNG.integers(0, 16, (13, 21), np.uint8)
HEIGHT, WIDTH = SHADES.shape
FILES = {}


def scaled(values, top, to=255):
    """From 0…top to 0…to, rounded, as the samples are kept."""
    values = (values.astype(np.int64) * to + top // 2) // top
    return values.astype(np.uint8 if to == 255 else np.uint16)


def pnm():
    size = b"%d %d" % (WIDTH, HEIGHT)

    def text(array):
        return b" ".join(b"%d" % v for v in array.ravel()) + b"\n"

    packed = np.packbits(BITS, axis=1).tobytes()
    deep = DEEP.astype(">u2").tobytes()
    small = RNG.integers(0, 32, COLOURS.shape, np.uint8)
    wide = RNG.integers(0, 1024, SHADES.shape, np.uint16)
    FILES["1.pbm"] = (
        b"P1 # one is black\n" + size + b"\n" + b"".join(b"%d" % v for v in BITS.ravel()),
        255 * (1 - BITS),
    )
    FILES["2.pgm"] = b"P2\n" + size + b" 255\n" + text(SHADES), SHADES
    FILES["3.ppm"] = b"P3\n#a\n#b\n" + size + b" 65535\n" + text(DEEP), DEEP
    FILES["4.pbm"] = b"P4\n" + size + b"\n" + packed, 255 * (1 - BITS)
    FILES["5.pgm"] = b"P5 " + size + b" 255\n" + SHADES.tobytes(), SHADES
    FILES["5_1023.pgm"] = (
        b"P5 " + size + b" 1023\n" + wide.astype(">u2").tobytes(),
        scaled(wide, 1023, 65535),
    )
    FILES["6.ppm"] = b"P6\n" + size + b"\n255\n" + COLOURS.tobytes(), COLOURS
    FILES["6_31.ppm"] = b"P6 " + size + b" 31#x\n" + small.tobytes(), scaled(small, 31)
    FILES["6_deep.ppm"] = b"P6 " + size + b" 65535\n" + deep, DEEP
    head = b"P7\nWIDTH %d\nHEIGHT %d\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n"
    FILES["7.pam"] = head % (WIDTH, HEIGHT) + ALPHA.tobytes(), ALPHA
    head = b"P7\n# c\nWIDTH %d\nHEIGHT %d\nDEPTH 1\nMAXVAL 1\nTUPLTYPE BLACKANDWHITE\nENDHDR\n"
    FILES["7_bits.pam"] = head % (WIDTH, HEIGHT) + BITS.tobytes(), 255 * BITS


def qoi_encode(array):
    """Every tag that fits, the shortest first."""
    height, width, channels = array.shape
    out = bytearray(b"qoif" + struct.pack(">IIBB", width, height, channels, 0))
    seen, last, run = [(0, 0, 0, 0)] * 64, (0, 0, 0, 255), 0
    for pixel in array.reshape(-1, channels).tolist():
        p = (*pixel[:3], pixel[3] if channels == 4 else 255)
        if p == last and run < 62:
            run += 1
            continue
        if run:
            out.append(0xC0 | run - 1)
            run = 0
        if p == last:
            run = 1
            continue
        out += qoi_tag(p, last, seen)
        last = p
    if run:
        out.append(0xC0 | run - 1)
    return bytes(out) + bytes(7) + b"\1"


def qoi_tag(p, last, seen):
    at = (p[0] * 3 + p[1] * 5 + p[2] * 7 + p[3] * 11) % 64
    if seen[at] == p:
        return bytes([at])
    seen[at] = p
    d = [(a - b + 128) % 256 - 128 for a, b in zip(p, last, strict=True)]
    if d[3]:
        return bytes([0xFF, *p])
    if all(-2 <= v <= 1 for v in d[:3]):
        return bytes([0x40 | d[0] + 2 << 4 | d[1] + 2 << 2 | d[2] + 2])
    r, b = d[0] - d[1], d[2] - d[1]
    if -32 <= d[1] <= 31 and -8 <= r <= 7 and -8 <= b <= 7:
        return bytes([0x80 | d[1] + 32, r + 8 << 4 | b + 8])
    return bytes([0xFE, *p[:3]])


def qoi():
    smooth = np.add.outer(np.arange(40) // 3, np.arange(90) // 7)[..., None] * [1, 2, 3, 0]
    smooth = np.uint8(np.add(smooth, [9, 0, 200, 255]))
    smooth[10:20, 5:80] = [1, 2, 3, 40]
    FILES["noise.qoi"] = qoi_encode(COLOURS), COLOURS
    FILES["alpha.qoi"] = qoi_encode(ALPHA), ALPHA
    FILES["smooth.qoi"] = qoi_encode(smooth), smooth
    FILES["flat.qoi"] = qoi_encode(np.zeros((50, 124, 3), np.uint8)), np.zeros((50, 124, 3))


def bmp_rows(rows, bits):
    """Rows of packed bytes or indices, from the bottom, filled up to four bytes."""
    out = b""
    for row in rows[::-1]:
        if bits < 8:
            row = np.packbits((row[:, None] >> np.arange(bits)[::-1] & 1).astype(np.uint8))
        row = row.tobytes()
        out += row + bytes(-len(row) % 4)
    return out


def bmp_file(bits, data, *, palette=b"", how=0, size=40, masks=(), height=HEIGHT, used=0):
    more = struct.pack(f"<{len(masks)}I", *masks).ljust(max(size - 40, 0), b"\0")
    at = 14 + 40 + len(more) + len(palette)
    return (
        struct.pack("<2sIHHI", b"BM", at + len(data), 0, 0, at)
        + struct.pack(
            "<IiiHHIIiiII", size, WIDTH, height, 1, bits, how, len(data), 2835, 2835, used, 0
        )
        + more
        + palette
        + data
    )


def bmp_runs(indices, bits):
    """Runs and plain stretches in turn, from the bottom."""
    out = b""
    for y, row in enumerate(indices[::-1].tolist()):
        if y % 2:
            out += b"".join(bytes([1, v << 8 - bits if bits == 4 else v]) for v in row)
        elif bits == 8:
            out += bytes([0, len(row), *row]) + bytes(len(row) % 2)
        else:
            packed = [a << 4 | b for a, b in zip(row[::2], row[1::2] + [0], strict=False)]
            out += bytes([0, len(row), *packed]) + bytes(len(packed) % 2)
        out += b"\0\0"
    return out + b"\0\1"


def bmp():
    bgr = COLOURS[..., ::-1]
    bgrx = np.dstack([bgr, SHADES])
    bgra = ALPHA[..., [2, 1, 0, 3]]
    five = RNG.integers(0, 32, COLOURS.shape, np.uint16)
    six = five * [1, 2, 1] + [0, 1, 0]
    ten = RNG.integers(0, 1024, COLOURS.shape, np.uint32)
    packed555 = (five[..., 0] << 10 | five[..., 1] << 5 | five[..., 2]).astype("<u2")
    packed565 = (six[..., 0] << 11 | six[..., 1] << 5 | six[..., 2]).astype("<u2")
    packed10 = (ten[..., 0] << 20 | ten[..., 1] << 10 | ten[..., 2]).astype("<u4")
    quads = np.dstack([PALETTE[None, :, ::-1], np.zeros((1, 16), np.uint8)]).tobytes()
    masks8 = (0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    coloured = PALETTE[INDICES]
    FILES["24.bmp"] = bmp_file(24, bmp_rows(bgr, 8)), COLOURS
    FILES["24_from_top.bmp"] = bmp_file(24, bmp_rows(bgr[::-1], 8), height=-HEIGHT), COLOURS
    FILES["32_filler.bmp"] = bmp_file(32, bmp_rows(bgrx, 8)), COLOURS
    FILES["32_v4_plain.bmp"] = bmp_file(32, bmp_rows(bgrx, 8), size=108, masks=masks8), COLOURS
    FILES["32_no_alpha.bmp"] = bmp_file(32, bmp_rows(bgrx, 8), how=3, masks=masks8[:3]), COLOURS
    for size in (56, 108, 124):
        name = f"32_alpha_{size}.bmp"
        FILES[name] = bmp_file(32, bmp_rows(bgra, 8), how=3, size=size, masks=masks8), ALPHA
    FILES["32_alpha_behind.bmp"] = bmp_file(32, bmp_rows(bgra, 8), how=6, masks=masks8), ALPHA
    FILES["32_v4_opaque.bmp"] = (
        bmp_file(32, bmp_rows(bgrx, 8), how=3, size=108, masks=masks8[:3]),
        COLOURS,
    )
    FILES["30.bmp"] = (
        bmp_file(32, bmp_rows(packed10, 8), how=3, masks=(0x3FF00000, 0xFFC00, 0x3FF)),
        scaled(ten, 1023, 65535),
    )
    FILES["16.bmp"] = bmp_file(16, bmp_rows(packed555, 8)), scaled(five, 31)
    FILES["565.bmp"] = (
        bmp_file(16, bmp_rows(packed565, 8), how=3, masks=(0xF800, 0x7E0, 0x1F)),
        np.dstack([scaled(five[..., 0], 31), scaled(six[..., 1], 63), scaled(five[..., 2], 31)]),
    )
    FILES["8.bmp"] = bmp_file(8, bmp_rows(INDICES, 8), palette=quads, used=16), coloured
    FILES["8_short_palette.bmp"] = bmp_file(8, bmp_rows(INDICES, 8), palette=quads), coloured
    FILES["4.bmp"] = bmp_file(4, bmp_rows(INDICES, 4), palette=quads), coloured
    FILES["2.bmp"] = bmp_file(2, bmp_rows(INDICES % 4, 2), palette=quads[:16]), PALETTE[INDICES % 4]
    FILES["1.bmp"] = bmp_file(1, bmp_rows(BITS, 1), palette=quads[:8]), PALETTE[BITS]
    FILES["8_runs.bmp"] = bmp_file(8, bmp_runs(INDICES, 8), palette=quads, how=1), coloured
    FILES["4_runs.bmp"] = bmp_file(4, bmp_runs(INDICES, 4), palette=quads, how=2), coloured
    moved = INDICES.copy()
    moved[:10] = moved[10:, :4] = 0
    moves = b"\0\2\4\0"
    for row in INDICES[:9:-1].tolist():
        moves += bytes([0, WIDTH - 4, *row[4:]]) + bytes((WIDTH - 4) % 2) + b"\0\0" + b"\0\2\4\0"
    FILES["8_moves.bmp"] = bmp_file(8, moves + b"\0\1", palette=quads, how=1), PALETTE[moved]
    old = struct.pack("<2sIHHIIHHHH", b"BM", 0, 0, 0, 26 + 48, 12, WIDTH, HEIGHT, 1, 4)
    FILES["os2.bmp"] = old + PALETTE[:, ::-1].tobytes() + bmp_rows(INDICES, 4), coloured
    FILES["gray.bmp"] = (
        bmp_file(
            8, bmp_rows(SHADES, 8), palette=bytes(v * (c < 3) for v in range(256) for c in range(4))
        ),
        SHADES,
    )


def tga_file(
    kind, bits, data, *, from_top=True, attributes=0, right=False, palette=b"", first=0, entry=0
):
    size = entry // 8 if entry != 15 else 2
    order = 0x20 * from_top | 0x10 * right | attributes
    return (
        struct.pack(
            "<BBBHHBHHHHBB",
            3,
            bool(palette),
            kind,
            first,
            len(palette) // size if size else 0,
            entry,
            0,
            0,
            WIDTH,
            HEIGHT,
            bits,
            order,
        )
        + b"abc"
        + palette
        + data
    )


def tga_runs(array):
    """Packets over rows' ends: a plain one of 5 pixels and a run of 1 in turn."""
    pixels = [bytes(p) for p in np.atleast_3d(array).reshape(WIDTH * HEIGHT, -1)]
    out = b""
    while pixels:
        plain, pixels = pixels[:5], pixels[5:]
        out += bytes([len(plain) - 1]) + b"".join(plain)
        run, pixels = pixels[:1], pixels[1:]
        out += b"".join(b"\x80" + p for p in run)
    return out


def tga():
    bgr = np.ascontiguousarray(COLOURS[..., ::-1])
    bgra = np.ascontiguousarray(ALPHA[..., [2, 1, 0, 3]])
    five = RNG.integers(0, 32, COLOURS.shape, np.uint16)
    packed = five[..., 0] << 10 | five[..., 1] << 5 | five[..., 2] | BITS.astype(np.uint16) << 15
    packed = packed.astype("<u2").view(np.uint8).reshape(HEIGHT, WIDTH, 2)
    FILES["24.tga"] = tga_file(2, 24, bgr.tobytes()), COLOURS
    FILES["24_bottom.tga"] = tga_file(2, 24, bgr[::-1].tobytes(), from_top=False), COLOURS
    FILES["24_right.tga"] = tga_file(2, 24, bgr[:, ::-1].tobytes(), right=True), COLOURS
    FILES["32_filler.tga"] = tga_file(2, 32, bgra.tobytes()), ALPHA[..., :3]
    FILES["32.tga"] = tga_file(2, 32, bgra.tobytes(), attributes=8), ALPHA
    FILES["16.tga"] = tga_file(2, 16, packed.tobytes()), scaled(five, 31)
    FILES["15.tga"] = tga_file(2, 15, packed.tobytes()), scaled(five, 31)
    FILES["16_alpha.tga"] = (
        tga_file(2, 16, packed.tobytes(), attributes=1),
        np.dstack([scaled(five, 31), 255 * BITS]),
    )
    FILES["8.tga"] = tga_file(3, 8, SHADES.tobytes()), SHADES
    FILES["8_alpha.tga"] = tga_file(3, 16, ALPHA[..., :2].tobytes(), attributes=8), ALPHA[..., :2]
    for kind, pixels, bits, right in ((10, bgr, 24, COLOURS), (11, SHADES, 8, SHADES)):
        FILES[f"runs_{bits}.tga"] = tga_file(kind, bits, tga_runs(pixels)), right
        FILES[f"runs_{bits}_bottom.tga"] = (
            tga_file(kind, bits, tga_runs(pixels[::-1]), from_top=False),
            right,
        )
    kept = FILES["32.tga"][0]
    for meaning in (0, 3):
        extension = struct.pack("<H", 495).ljust(494, b"\0") + bytes([meaning])
        foot = struct.pack("<II", len(kept), 0) + b"TRUEVISION-XFILE.\0"
        FILES[f"32_meaning_{meaning}.tga"] = (
            kept + extension + foot,
            ALPHA if meaning == 3 else ALPHA[..., :3],
        )


def tga_indices():
    palette, coloured = PALETTE[:, ::-1].tobytes(), PALETTE[INDICES]
    for first in (0, 5, 200):
        FILES[f"indices_{first}.tga"] = (
            tga_file(
                1,
                8,
                (INDICES + first).astype(np.uint8).tobytes(),
                palette=palette,
                first=first,
                entry=24,
            ),
            coloured,
        )
    FILES["indices_runs.tga"] = (
        tga_file(9, 8, tga_runs(INDICES + np.uint8(9)), palette=palette, first=9, entry=24),
        coloured,
    )
    few = RNG.integers(0, 32, (16, 3), np.uint16)
    entries = (few[:, 0] << 10 | few[:, 1] << 5 | few[:, 2]).astype("<u2").tobytes()
    for bits in (15, 16):
        FILES[f"indices_of_{bits}.tga"] = (
            tga_file(1, 8, INDICES.tobytes(), palette=entries, entry=bits),
            scaled(few, 31)[INDICES],
        )
    quads = np.dstack([PALETTE[None, :, ::-1], SHADES[:1, :16]]).tobytes()
    FILES["indices_of_32.tga"] = (
        tga_file(1, 8, INDICES.tobytes(), palette=quads, entry=32),
        coloured,
    )


def pcx_runs(rows):
    out = b""
    for byte in rows:
        out += bytes([0xC1, byte]) if byte >= 0xC0 else bytes([byte])
    return out


def pcx_file(bits, planes, line, rows, palette=bytes(48), version=5, tail=b""):
    head = struct.pack(
        "<BBBBHHHHHH48sBBHH",
        10,
        version,
        1,
        bits,
        0,
        0,
        WIDTH - 1,
        HEIGHT - 1,
        72,
        72,
        palette,
        0,
        planes,
        line,
        1,
    )
    return head.ljust(128, b"\0") + pcx_runs(rows) + tail


def pcx():
    pad = np.zeros((HEIGHT, 1), np.uint8)
    colours = [part for row in COLOURS for c in range(3) for part in (row[:, c].tobytes(), b"\0")]
    tail = b"\x0c" + PALETTE.tobytes().ljust(768, b"\0")
    ramp = b"\x0c" + bytes(v for v in range(256) for _ in range(3))
    indices = np.hstack([INDICES, pad]).tobytes()
    FILES["24.pcx"] = pcx_file(8, 3, WIDTH + 1, b"".join(colours)), COLOURS
    FILES["8.pcx"] = pcx_file(8, 1, WIDTH + 1, indices, tail=tail), PALETTE[INDICES]
    shades = np.hstack([SHADES, pad]).tobytes()
    FILES["8_gray.pcx"] = pcx_file(8, 1, WIDTH + 1, shades, tail=ramp), SHADES
    FILES["8_old.pcx"] = pcx_file(8, 1, WIDTH + 1, shades, version=3), SHADES
    packed = np.packbits(np.hstack([BITS, np.zeros((HEIGHT, 11), np.uint8)]), axis=1)
    FILES["1.pcx"] = pcx_file(1, 1, 4, packed.tobytes()), 255 * BITS
    planes = b"".join(
        np.packbits(np.append(row >> p & 1, np.zeros(11, np.uint8))).tobytes()
        for row in INDICES
        for p in range(4)
    )
    FILES["4_planes.pcx"] = pcx_file(1, 4, 4, planes, PALETTE.tobytes()), PALETTE[INDICES]
    nibbles = b"".join(
        bytes(a << 4 | b for a, b in zip(row[::2], [*row[1::2], 0], strict=False)).ljust(12, b"\0")
        for row in INDICES.tolist()
    )
    FILES["4.pcx"] = pcx_file(4, 1, 12, nibbles, PALETTE.tobytes()), PALETTE[INDICES]


def saved(array, **options):
    out = io.BytesIO()
    Image.fromarray(array).save(out, "WEBP", **options)
    return out.getvalue()


def chunk(name, body):
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def webp_on_canvas(array):
    """A frame four pixels from the left and two from the top of a canvas of 40 × 30."""
    stream = saved(array, lossless=True)[12:]
    height, width = array.shape[:2]

    def three(*values):
        return b"".join(struct.pack("<I", v)[:3] for v in values)

    frame = chunk(b"ANMF", three(2, 1, width - 1, height - 1, 80) + b"\0" + stream)
    body = b"WEBP" + chunk(b"VP8X", b"\2\0\0\0" + three(39, 29)) + chunk(b"ANIM", bytes(6))
    return b"RIFF" + struct.pack("<I", len(body + frame)) + body + frame


def webp():
    FILES["plain.webp"] = saved(COLOURS, lossless=True), COLOURS
    kept = np.where(ALPHA[..., 3:] > 0, ALPHA, 0)
    FILES["alpha.webp"] = saved(kept, lossless=True, exact=True), kept
    others = [Image.fromarray(COLOURS[::-1]), Image.fromarray(255 - COLOURS)]
    moving = saved(COLOURS, lossless=True, save_all=True, append_images=others, duration=80)
    FILES["animated.webp"] = moving, COLOURS
    canvas = np.zeros((30, 40, 4), np.uint8)
    canvas[2:15, 4:25] = np.dstack([COLOURS, np.full(SHADES.shape, 255, np.uint8)])
    FILES["on_canvas.webp"] = webp_on_canvas(COLOURS), canvas


for make in (pnm, qoi, bmp, tga, tga_indices, pcx, webp):
    make()
