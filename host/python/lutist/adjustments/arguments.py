"""Checks of what a stage is given; every error is one line that begins with the stage."""

from math import inf

from ..values import real, short


def within(value, lo, hi, what):
    """A number from lo to hi, both included. Raises TypeError and ValueError."""
    number = real(value, what)
    if not lo <= number <= hi:
        wanted = f"at least {lo}" if hi == inf else f"from {lo} to {hi}"
        raise ValueError(f"{what}: {value!r} is out of range: {wanted}")
    return number


def above(value, lo, what):
    """A number above lo. Raises TypeError and ValueError."""
    number = real(value, what)
    if not number > lo:
        raise ValueError(f"{what}: {value!r} is out of range: above {lo}")
    return number


def between(value, lo, hi, what):
    """A number above lo and below hi. Raises TypeError and ValueError."""
    number = real(value, what)
    if not lo < number < hi:
        raise ValueError(f"{what}: {value!r} is out of range: above {lo} and below {hi}")
    return number


def triple(value, what):
    """Three numbers, for red, green and blue. Raises TypeError and ValueError."""
    if not hasattr(value, "__len__") or len(value) != 3 or isinstance(value, (str, bytes)):
        raise ValueError(f"{what}={short(value)}: must be three numbers")
    return tuple(real(number, what) for number in value)


def color(value, lo, what):
    """Red, green and blue, from lo to 1 each. Raises TypeError and ValueError."""
    parts = triple(value, what)
    if not all(lo <= part <= 1 for part in parts):
        hint = "; divide 8-bit values by 255" if max(parts) >= 2 else ""
        raise ValueError(f"{what}={short(value)} is out of range: from {lo} to 1 each{hint}")
    return parts


def gain_of(ev, call):
    """2**ev. Raises ValueError, naming the call, where that is no number any more."""
    try:
        return 2.0**ev
    except OverflowError:
        raise ValueError(f"{call}: so much light is beyond the range of numbers") from None


def channels(value, what):
    """One number for all channels, or three. Raises TypeError and ValueError."""
    if hasattr(value, "__len__") and not isinstance(value, (str, bytes)):
        return triple(value, what)
    return (real(value, what),) * 3


def one_of(word, words, what):
    """The word, one of those. Raises ValueError."""
    if isinstance(word, str) and word in words:
        return word
    raise ValueError(f"{what}: {short(word)} is not one of: {', '.join(words)}")
