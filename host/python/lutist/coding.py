"""How an image file is written: the options that Image.save and batch share."""

from _lutist import ParameterError

from .checks import answer, whole
from .values import short

# The range of each number; a 0 stands for the default.
_RANGES = {"quality": (0, 100), "restart": (0, 65535), "level": (0, 9)}
_FLAGS = ("lossless", "progressive", "optimize")
_WORDS = {
    "compression": ("none", "lzw", "deflate"),
    "predictor": ("none", "horizontal"),
    "depth": (8, 16),
}
NAMES = (*_RANGES, *_FLAGS, *_WORDS)


def check(name, value):
    """A value of one of NAMES, of the type that C reads. Raises ParameterError."""
    if name == "quality" and isinstance(value, str) and value == "keep":
        return value
    if name in _RANGES:
        return whole(name, value, *_RANGES[name])
    if name in _FLAGS:
        return answer(name, value)
    return choice(name, value, _WORDS[name])


def choice(name, value, words):
    """One of `words`, or None. Raises ParameterError."""
    if value is None or value in words:
        return value
    *others, last = map(repr, words)
    raise ParameterError(f"{name}={short(value)}: must be {', '.join(others)} or {last}")


def packed(options):
    """The checked options as Image._saved and Image._encoded take them."""
    chosen = dict.fromkeys(NAMES) | {name: check(name, options[name]) for name in options}
    numbers = (chosen[name] or 0 for name in ("restart", "level", "depth"))
    flags = (bool(chosen[name]) for name in _FLAGS)
    return (chosen["quality"] or 0, *flags, *numbers, chosen["compression"], chosen["predictor"])
