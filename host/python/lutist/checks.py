"""Checks of keyword arguments: the error names the argument and the values that it takes."""

from _lutist import ParameterError

from .values import is_answer, is_whole, short

_SIZE = 2**64 - 1  # the largest number of bytes or pixels; messages leave it out


def whole(name, value, least, most):
    """A whole number within a range, as an int. Raises ParameterError."""
    if not is_whole(value) or not least <= value <= most:
        end = "" if most == _SIZE else f" to {most}"
        raise ParameterError(f"{name}={short(value)}: must be a whole number from {least}{end}")
    return int(value)


def answer(name, value):
    """True or False; 1 and 0 will do. Raises ParameterError."""
    if not is_answer(value):
        raise ParameterError(f"{name}={short(value)} is neither True nor False")
    return bool(value)


def word(name, value):
    """A word, or None. Raises TypeError and ParameterError."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"{name}={short(value)}: must be a word or None")
    if not value or "\0" in value:
        raise ParameterError(f"{name}={short(value)}: must be a word or None")
    return value
