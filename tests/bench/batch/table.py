"""The look of the comparison: a table of 256 entries for each channel."""

GAINS = tuple(2 ** (0.5 + 0.1 * channel) for channel in range(3))
POWER = 1 / 1.3
QUALITY = 92  # the default of lutist, which writes 4:4:4 then; so do all

LOOK = f'''"""A curve a channel."""
from lutist import Look, pipeline, tone

GAINS, POWER = {GAINS}, {POWER}


@pipeline
def develop() -> Look:
    red, green, blue = ((lambda x, gain=gain: (x * gain) ** POWER) for gain in GAINS)
    return tone(red=red, green=green, blue=blue)
'''


def value(sample, gain):
    return min(255, int(255 * (sample / 255 * gain) ** POWER + 0.5))


def pixels():
    """Red, green and blue of the entries 0 to 255."""
    return bytes(value(sample, gain) for sample in range(256) for gain in GAINS)


def save(folder):
    """look.py for lutist, and table.ppm, a picture of one row, for others."""
    (folder / "look.py").write_text(LOOK, encoding="utf-8")
    (folder / "table.ppm").write_bytes(b"P6 256 1 255\n" + pixels())


def filter_text():
    """The same as a filter of ffmpeg, which truncates."""
    curves = (
        f"{name}='clip(pow(val/255*{gain:.6f},{POWER:.6f})*255+0.5,0,255)'"
        for name, gain in zip("rgb", GAINS, strict=True)
    )
    return "lutrgb=" + ":".join(curves)
