"""Tests of the numbers and answers that a script gives, with plain errors."""

from math import isfinite

_BOOLS = ("bool", "bool_")  # Python's and, where there is NumPy, NumPy's


def is_number(value):
    """Is it one real number? True and False do not count."""
    kind = type(value)
    if kind.__name__ in _BOOLS or getattr(value, "ndim", 0) or getattr(value, "imag", 0) != 0:
        return False
    return hasattr(kind, "__float__") or hasattr(kind, "__index__")


def is_whole(value):
    """Is it an integer by type, as 2 is and 2.0 is not?"""
    return is_number(value) and hasattr(type(value), "__index__")


def is_answer(value):
    """Is it True or False, or 1 or 0?"""
    if is_number(value):
        return value == 0 or value == 1
    return type(value).__name__ in _BOOLS


def real(value, what):
    """The number as a float. Raises TypeError and ValueError that begin with `what`."""
    if type(value) is float and isfinite(value):
        return value
    if not is_number(value):
        raise TypeError(f"{what}: {short(value)} is not a number")
    try:
        number = float(value)
    except OverflowError:
        raise ValueError(f"{what}: a number of this size is too large") from None
    except (TypeError, ValueError):
        raise TypeError(f"{what}: {short(value)} is not a number") from None
    if not isfinite(number):
        raise ValueError(f"{what}: {number} is not finite")
    return number


def short(value):
    """Its repr on one line, within sixty characters."""
    try:
        text = " ".join(repr(value).split())
    except Exception:  # a script's own __repr__, or an integer too long to print
        text = f"a {type(value).__name__}"
    return text if len(text) <= 60 else text[:57] + "…"
