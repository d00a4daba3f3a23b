"""The controls whose values the host keeps as texts: File, Curve, Color."""

import os
from itertools import pairwise

from _lutist import ParameterError

from ..values import real, short
from .controls import COLOR, CURVE, FILE, Control

POINTS = 32  # of a curve, at most: PARAM_POINTS in host/pipe/param_value.h


class File(Control):
    """The path of a file. The function gets an absolute path as str; for no file "", or None where
    that is the default.

    pattern: what a file chooser lists, for example "*.cube", or several with spaces between. It
        does not bar other files.
    group: the heading under which it stands, with others of that group; "" is none.
    help: a line about it, shown while the mouse is over it.
    enabled_by: what it needs to have an effect, as in every control; "" is nothing.

    A default, and a path in the script's presets, counts from the script's folder. Where the script
    is a symbolic link, that is the folder of its target. A value from outside counts from the
    working folder, and must exist.
    """

    kind = FILE
    none = ""  # what the function gets for no file

    def __init__(self, pattern="*", *, group="", help="", enabled_by=""):
        super().__init__(group=group, help=help, enabled_by=enabled_by)
        if not isinstance(pattern, str) or not pattern.split():
            raise ValueError(f'File({short(pattern)}): must be a pattern, such as File("*.cube")')
        self.pattern = self._line("pattern", pattern)

    def __repr__(self):
        return self._shown(*([] if self.pattern == "*" else [repr(self.pattern)]))

    def for_default(self, default):
        """The control for one parameter: with the default None the function gets None."""
        if default is not None:
            return self
        fitted = File.__new__(type(self))
        vars(fitted).update(vars(self), none=None)
        return fitted

    def check(self, name, value):
        """The absolute path. Raises ParameterError where there is no such file."""
        path = _path(name, value)
        if not path:
            return self.none
        path = os.path.abspath(path)
        try:
            os.stat(path)
        except OSError as error:
            raise ParameterError(f"{name}={path}: {error.strerror}") from None
        if os.path.isdir(path):
            raise ParameterError(f"{name}={path} is a folder, not a file")
        return path

    def check_written(self, name, value, folder):
        """The absolute path; whether it exists is found out when it is used."""
        path = _path(name, value)
        return os.path.abspath(os.path.join(folder, path)) if path else self.none

    def check_kept(self, name, value):
        """The path, whether it exists or not."""
        return _path(name, value) or self.none

    def plain(self, value):
        """The path, "" for none."""
        return value or ""


def _path(name, value):
    if value is None:
        return ""
    if isinstance(value, (str, bytes, os.PathLike)):
        path = os.fsdecode(value)
        if "\0" not in path:
            return path
    raise ParameterError(
        f'{name}={short(value)} is not a path: use text, or "" or None for no file'
    )


class Curve(Control):
    """A tone curve through points, drawn in the viewer. The function gets a tuple of (x, y) pairs.

    A value is 2 to 32 pairs of numbers from 0 to 1, rising in x, or their text form
    "0,0 0.5,0.6 1,1"; ((0, 0), (1, 1)) changes nothing. lutist.curve(*points) makes the stage, and
    tone(blue=curve(*points)) one for a single channel.
    group: the heading under which it stands, with others of that group; "" is none.
    help: a line about it, shown while the mouse is over it.
    enabled_by: what it needs to have an effect, as in every control; "" is nothing.
    """

    kind = CURVE

    def check(self, name, value):
        """The points as pairs of floats. Raises ParameterError."""
        try:
            points = _text_points(value) if isinstance(value, str) else _points(value)
        except (TypeError, ValueError):
            points = ()
        if not 2 <= len(points) <= POINTS or not all(a[0] < b[0] for a, b in pairwise(points)):
            raise ParameterError(
                f"{name}={short(value)} is not a curve: use 2 to {POINTS} points (x, y) from 0 to "
                "1, rising in x, such as ((0, 0), (0.5, 0.6), (1, 1))",
            )
        return points

    def plain(self, value):
        """The text form: 0,0 0.5,0.6 1,1"""
        return " ".join(f"{_digits(x)},{_digits(y)}" for x, y in value)


def _text_points(text):
    return _points([[float(part) for part in point.split(",")] for point in text.split()])


def _points(pairs):
    return tuple((_part(x), _part(y)) for x, y in pairs)


def _part(value):
    """A number from 0 to 1. Raises TypeError and ValueError."""
    number = real(value, "")
    if not 0 <= number <= 1:
        raise ValueError
    return number + 0.0  # no -0


def _digits(number):
    return repr(number).removesuffix(".0")


class Color(Control):
    """A colour, picked in the viewer. The function gets (red, green, blue), floats from 0 to 1.

    A value is "#rrggbb" or three numbers from 0 to 1, which are rounded to 256 steps: the value is
    the same wherever it comes from.
    group: the heading under which it stands, with others of that group; "" is none.
    help: a line about it, shown while the mouse is over it.
    enabled_by: what it needs to have an effect, as in every control; "" is nothing.
    """

    kind = COLOR

    def check(self, name, value):
        """Red, green and blue. Raises ParameterError."""
        try:
            bytes_ = _hex(value) if isinstance(value, str) else _bytes(value)
        except (TypeError, ValueError):
            raise ParameterError(
                f'{name}={short(value)} is not a colour: use "#rrggbb" or three numbers from 0 to '
                '1, such as "#ff8000" or (1, 0.5, 0)',
            ) from None
        return tuple(byte / 255 for byte in bytes_)

    def plain(self, value):
        """The text form: #rrggbb"""
        return "#" + bytes(_bytes(value)).hex()


def _hex(text):
    if len(text) != 7 or text[0] != "#" or not text[1:].isalnum():
        raise ValueError
    return bytes.fromhex(text[1:])


def _bytes(parts):
    red, green, blue = parts
    return [int(_part(part) * 255 + 0.5) for part in (red, green, blue)]
