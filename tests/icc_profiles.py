"""ICC profiles made from nothing: curves and a matrix, or tables; RGB, gray and CMYK."""

import struct

import numpy as np

D50 = (0.9642, 1.0, 0.8249)
# Columns: red, green and blue, as the profiles of Adobe and Apple have them.
ADOBE = ((0.60974, 0.20528, 0.14919), (0.31111, 0.62567, 0.06322), (0.01947, 0.06087, 0.74457))
P3 = ((0.51512, 0.29198, 0.15710), (0.24120, 0.69225, 0.06657), (-0.00105, 0.04189, 0.78407))
SRGB = ((0.43607, 0.38515, 0.14307), (0.22249, 0.71687, 0.06061), (0.01392, 0.09708, 0.71410))


def fixed(*values):
    return b"".join(struct.pack(">i", round(v * 65536)) for v in values)


def padded(data):
    return data + bytes(-len(data) % 4)


def xyz(*values):
    return b"XYZ \0\0\0\0" + fixed(*values)


def gamma(value):
    return padded(b"curv\0\0\0\0" + struct.pack(">IH", 1, round(value * 256)))


def table(values):
    words = np.round(np.asarray(values) * 65535).astype(">u2")
    return padded(b"curv\0\0\0\0" + struct.pack(">I", len(words)) + words.tobytes())


def formula(kind, *numbers):
    return b"para\0\0\0\0" + struct.pack(">HH", kind, 0) + fixed(*numbers)


def text(words):
    data = words.encode() + b"\0"
    return padded(b"desc\0\0\0\0" + struct.pack(">I", len(data)) + data + bytes(78))


def decoded(x):
    """sRGB: from samples to light."""
    x = np.asarray(x, float)
    return np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4)


SRGB_FORMULA = formula(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def profile(space, tags, kind=b"mntr", connection=b"XYZ "):
    """The bytes of a profile; equal tags share their data."""
    at, listed, body = 128 + 4 + 12 * len(tags), b"", b""
    places = {}
    for name, data in tags:
        if data not in places:
            places[data] = at + len(body)
            body += data
        listed += struct.pack(">4sII", name, places[data], len(data))
    head = struct.pack(">I4sI4s4s4s", at + len(body), bytes(4), 0x02400000, kind, space, connection)
    head += struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + fixed(*D50)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + listed + body


def rgb(name, matrix, *curves):
    """Curves and a matrix: one curve for all channels, or three."""
    red, green, blue = curves * (3 // len(curves))
    columns = list(zip(*matrix, strict=True))
    tags = [(b"desc", text(name)), (b"wtpt", xyz(*D50))]
    tags += [(f"{c}XYZ".encode(), xyz(*column)) for c, column in zip("rgb", columns, strict=True)]
    tags += [(b"rTRC", red), (b"gTRC", green), (b"bTRC", blue)]
    return profile(b"RGB ", tags)


def adobe():
    return rgb("Adobe RGB (1998)", ADOBE, gamma(2.19921875))


def display_p3():
    return rgb("Display P3", P3, SRGB_FORMULA)


def srgb_table():
    """sRGB as most files have it: a table of 1,024 entries."""
    return rgb("sRGB IEC61966-2.1", SRGB, table(decoded(np.linspace(0, 1, 1024))))


def gray(value=1.8):
    return profile(
        b"GRAY", [(b"desc", text("Gray")), (b"wtpt", xyz(*D50)), (b"kTRC", gamma(value))]
    )


def lab(light):
    """CIE Lab of XYZ."""
    t = light / np.array(D50)
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], -1)


def light_of(color):
    """XYZ of CIE Lab."""
    lightness, a, b = np.moveaxis(color, -1, 0)
    y = (lightness + 16) / 116
    f = np.stack([y + a / 500, y, y - b / 200], -1)
    return np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * np.array(D50)


def lattice(inputs, size):
    """The points of a lattice, the last input changing fastest."""
    axes = np.meshgrid(*[np.linspace(0, 1, size)] * inputs, indexing="ij")
    return np.stack([axis.ravel() for axis in axes], -1)


def lut(inputs, size, values):
    """A table of 16 bits (type mft2); values: 0 to 1 for each point of the lattice."""
    outputs = values.shape[1]
    line = np.array([0, 65535], ">u2").tobytes()
    head = b"mft2\0\0\0\0" + bytes([inputs, outputs, size, 0])
    head += fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + struct.pack(">HH", 2, 2)
    words = np.round(np.clip(values, 0, 1) * 65535).astype(">u2").tobytes()
    return padded(head + line * inputs + words + line * outputs)


def lab_coded(colors):
    """Lab as tables of 16 bits have it: 0 to 1 for the whole range."""
    lightness, a, b = np.moveaxis(colors, -1, 0)
    return np.stack([lightness / 100 * 65280, (a + 128) * 256, (b + 128) * 256], -1) / 65535


def lab_decoded(values):
    lightness, a, b = np.moveaxis(values * 65535, -1, 0)
    return np.stack([lightness / 65280 * 100, a / 256 - 128, b / 256 - 128], -1)


def rgb_table(size=17, back=True):
    """An RGB device of gamma 2 with the primaries of P3, as tables; back: in both directions."""
    forth = lab_coded(lab(lattice(3, size) ** 2 @ np.array(P3).T))
    tags = [(b"desc", text("Table RGB")), (b"wtpt", xyz(*D50)), (b"A2B0", lut(3, size, forth))]
    if back:
        light = light_of(lab_decoded(lattice(3, 33))) @ np.linalg.inv(np.array(P3)).T
        tags.append((b"B2A0", lut(3, 33, np.clip(light, 0, 1) ** 0.5)))
    return profile(b"RGB ", tags, b"mntr" if back else b"scnr", b"Lab ")


def cmyk(size=9):
    """Inks that take light away, each less than a perfect one would."""
    inks = lattice(4, size)
    cyan, magenta, yellow, black = (inks * np.array([0.9, 0.85, 0.8, 0.95])).T
    light = np.stack([1 - cyan, (1 - magenta) * (1 - 0.2 * cyan), 1 - yellow], -1)
    colors = lab((light * (1 - black)[:, None]) ** 1.5 @ np.array(SRGB).T)
    tags = [
        (b"desc", text("Test inks")),
        (b"wtpt", xyz(*D50)),
        (b"A2B0", lut(4, size, lab_coded(colors))),
    ]
    return profile(b"CMYK", tags, b"prtr", b"Lab ")
