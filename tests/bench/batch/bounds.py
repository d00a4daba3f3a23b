"""The targets of whole files, beside the figures of this run. Nothing is asserted."""

from targets import Target

# (peer, lutist at least so many times as fast)
FASTER = (
    ("Pillow", 1.4),
    ("libvips", 1.6),
    ("OpenCV", 1.6),
    ("GraphicsMagick", 2.5),
    ("ImageMagick", 2.5),
    ("FFmpeg", 2.5),
)
MEGABYTE, KILOBYTE = 1e6, 1e3


def first(rows, op, program="lutist", call=""):
    """The row of a program's way, or None."""
    found = (
        row
        for row in rows
        if row["op"] == op and row["program"].startswith(program) and row["call"].startswith(call)
    )
    return next(found, None)


def ratio(upper, lower, name="ms"):
    return upper[name] / lower[name] if upper and lower else None


def of_photographs(rows):
    batch = first(rows, "codecs", call="batch")
    codecs = first(rows, "codecs", call="codecs")
    what = "photographs, against the codecs alone"
    yield Target("B1", what, ratio(batch, codecs), "x as long", 1.03, True)
    own = first(rows, "photographs")
    for peer, bound in FASTER:
        reached = ratio(first(rows, "photographs", peer), own)
        yield Target("B2", f"photographs, against {peer}", reached, "x as fast", bound)


def of_large(rows):
    own, vips = first(rows, "large"), first(rows, "large", "libvips")
    yield Target("B3", "a large JPEG, against libvips", ratio(own, vips), "x as long", 0.65, True)
    for name, what in (("peak_bytes", "large"), ("huge_peak_bytes", "huge")):
        reached = own and own.get(name) and own[name] / MEGABYTE
        yield Target("B3", f"peak memory for a {what} JPEG", reached, "MB", 32, True)


def of_small(rows):
    own = first(rows, "small")
    growth = own and own["growth_bytes"] / KILOBYTE
    yield Target("B4", "memory for a small file more", growth, "KB", 1, True)
    alone = first(rows, "small", call="lutist batch, a process")
    yield Target("B4", "small files, against a process each", ratio(alone, own), "x as fast", 5)


def of_deep(rows):
    own, vips = first(rows, "deep"), first(rows, "deep", "libvips")
    what = "a large PNG of 16 bits, against libvips"
    yield Target("B5", what, ratio(own, vips), "x as long", 0.55, True)
    yield Target("B5", "its size", ratio(own, vips, "bytes"), "x as large", 1, True)


def of_start(rows):
    own, gm = first(rows, "start"), first(rows, "start", "GraphicsMagick")
    what = "one small JPEG, against gm convert"
    yield Target("S1", what, ratio(own, gm), "x as long", 1, True)
    version, true = first(rows, "version"), first(rows, "version", "coreutils")
    extra = version and true and version["ms"] - true["ms"]
    yield Target("S1", "lutist --version, more than true", extra, "ms", 2, True)


def all_bounds(rows):
    parts = (of_photographs, of_large, of_small, of_deep, of_start)
    return [target for part in parts for target in part(rows)]
