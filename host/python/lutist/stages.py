"""The three primitives that a pipeline is made of: tone curves, colour matrices and 3D tables."""

import sys
from _collections_abc import Iterable, Iterator, Set  # collections.abc brings all of collections

from .values import real, short

# A pipeline with more stages has a runaway loop.
MOST_STAGES = 65536


class Stage:
    """One step of a look. Only tone(), matrix() and cube() make it."""

    __slots__ = ("_spec",)

    def __init__(self, spec):
        self._spec = spec

    def __repr__(self):
        return f"<lutist {self._spec[0]} stage>"


# For annotations: what a pipeline returns. Lists may be nested.
Look = Stage | list | tuple | None


def tone(f=None, *, red=None, green=None, blue=None):
    """A curve for all channels, or one a channel.

    f, red, green, blue: a function, a table, or a tone stage that has the same curve for all
        channels, as curve(…), exposure(…) and contrast(…) give it: tone(blue=curve(*points)). A
        stage may stand in a list. A channel that is omitted does not change, nor does one whose
        list is empty, as brightness(0) is.
    A function takes a float (0.0 black, 1.0 white; other stages may give values outside) and
    returns one. A table is a list, array, buffer or NumPy array of two or more values, spread
    evenly over 0 to 1 and joined by straight lines; its end values hold beyond the ends. Numbers of
    a list and floats are normalised, and may lie outside 0 to 1; uint8 and uint16 tables are
    divided by 255 and 65535.
    Raises TypeError for an object that is none of these. Raises ValueError for a table of less
    than two values, a value that is not finite, 8-bit values in a list (divide by 255), and
    integers of another type than those two (int64, bool).

    >>> @lutist.pipeline
    ... def warmer():
    ...     return [lutist.tone([0, 0.4, 1]), lutist.tone(blue=lambda x: x / 2)]
    >>> pixel = memoryview(bytes([0, 255, 255])).cast("B", (1, 1, 3))
    >>> memoryview(warmer.apply(lutist.Image.from_buffer(pixel))).tolist()
    [[[0, 255, 128]]]
    """
    if f is not None:
        if not (red is None and green is None and blue is None):
            raise TypeError("tone() takes one curve for all channels, or red=, green=, blue=")
        curve = _curve(f, "tone()")
        if curve is None:
            raise ValueError("tone(): a table has two values or more, this one has 0")
        return Stage(("tone", curve, curve, curve))
    if red is None and green is None and blue is None:
        raise TypeError("tone() needs a function or a table")
    return Stage(
        ("tone", _curve(red, "red"), _curve(green, "green"), _curve(blue, "blue")),
    )


def matrix(rows):
    """A linear map of (red, green, blue), the same for every pixel.

    rows: three rows of three numbers, or of four, the last an offset. Row 0 makes red:
        red' = m[0][0] red + m[0][1] green + m[0][2] blue + m[0][3].
    A gray picture counts as three equal channels.
    Raises ValueError for another shape or a value that is not finite, TypeError for a value that is
    no number.

    >>> @lutist.pipeline
    ... def swapped():
    ...     return lutist.matrix([[0, 0, 1], [0, 1, 0], [1, 0, 0]])
    >>> pixel = memoryview(bytes([10, 20, 30])).cast("B", (1, 1, 3))
    >>> memoryview(swapped.apply(lutist.Image.from_buffer(pixel))).tolist()
    [[[30, 20, 10]]]
    """
    numbers = [
        [real(value, f"matrix(), row {i}, column {j}") for j, value in enumerate(row)]
        for i, row in enumerate(_rows(rows))
    ]
    flat = [v for row in numbers for v in (row if len(row) == 4 else [*row, 0.0])]
    return Stage(("matrix", *flat))


def cube(table, mix=1.0, *, size=None):
    """A 3D table: a new colour for each colour, with tetrahedral interpolation between its points.

    table: the path of a .cube file or a HaldCLUT picture; a function; or an array.
    mix: -100 to 100. The result is input + mix * (table - input), not clamped: 0 changes nothing, 1
        is the table alone; beyond 1 it exaggerates, below 0 it inverts.
    size: points a side at which a function is called, from 2 to 129; None is 33.
    A relative path counts from the script's folder, and the look is loaded again when the file
    changes (see data). The file's content tells which it is. A .cube file is Adobe's (Cube LUT
    Specification 1.0) or DaVinci Resolve's, and its domain counts; a one-dimensional one becomes a
    tone, and a one-dimensional table before the cube a tone before it. A HaldCLUT of level L, from
    2 to 16, has L**2 points a side in L**3 x L**3 pixels: RGB in a PNG or TIFF file.
    A function of three floats (red, green, blue) from 0 to 1 returns three. It is called once for
    each point, and with arrays where it is made of NumPy. The table is kept until the function or
    the numbers that it closes over change: to make a slider quick, give its value to mix= rather
    than to the function.
    An array is shaped (N, N, N, 3), N from 2 to 256, of floats: table[blue, green, red] is the
    colour of that point of an even lattice from 0 to 1, in the order of a .cube file, red
    fastest. table.transpose(2, 1, 0, 3) turns one that is indexed by red, green, blue.
    Values outside the domain become those at its edge. The interpolation is that of J. M. Kasson,
    W. Plouffe and S. I. Nin, "A tetrahedral interpolation technique for color space conversion",
    Proc. SPIE 1909 (1993); the result is within 1 step of float64's at 8 bits, 2 at 16.
    Raises OSError for a file that cannot be read; ValueError, with the line of a .cube file, for
    one that holds no table, for a table with a number that is not finite, another shape, and a
    size or mix out of range; TypeError for another object, and for a function that does not give
    three numbers.

    >>> @lutist.pipeline
    ... def negative(mix: lutist.Slider(0.0, 1.0) = 1.0):
    ...     return lutist.cube(lambda r, g, b: (1 - r, 1 - g, 1 - b), mix, size=2)
    >>> pixel = memoryview(bytes([0, 255, 51])).cast("B", (1, 1, 3))
    >>> memoryview(negative.apply(lutist.Image.from_buffer(pixel))).tolist()
    [[[255, 0, 204]]]
    """
    from .cubes import spec  # most looks have none

    return Stage(spec(table, size, mix, sys._getframe(1)))


def _curve(f, name):
    if f is None or callable(f):
        return f
    from .tone_curve import curve_of  # most curves are functions

    return curve_of(f, name)


def _rows(rows):
    """Three rows of three or four. An iterator, which may be endless, has no length."""
    if hasattr(rows, "__len__") and len(rows) == 3:
        rows = list(rows)
        if {len(row) if _is_row(row) else 0 for row in rows} in ({3}, {4}):
            return rows
        told = _wrong_row(rows)
    else:
        told = f"this is {short(rows)}"
    raise ValueError(f"matrix() takes three rows of three numbers, or of four; {told}")


def _wrong_row(rows):
    """The first that is none, or has another length than the first."""
    lengths = [len(row) if _is_row(row) else 0 for row in rows]
    for i, (row, length) in enumerate(zip(rows, lengths, strict=True)):
        if not _is_row(row):
            return f"row {i} is {short(row)}"
        if length not in (3, 4):
            return f"row {i} has {length}"
        if length != lengths[0]:
            return f"row {i} has {length}, and row 0 has {lengths[0]}"
    raise AssertionError(rows)


def _is_row(row):
    return isinstance(row, Iterable) and hasattr(row, "__len__") and not isinstance(row, str)


def flatten(result, name, verb="returned"):
    """A pipeline's result as a flat list of tuples, for the host. name() and verb are for errors:
    what it returned, or got."""
    flat, inside = [], {}
    ways = [iter([result])]
    while ways:
        for part in ways[-1]:
            if isinstance(part, Stage):
                spec = part._spec
                flat += spec[1:] if spec[0] == "shaped cube" else (spec,)
            elif isinstance(part, (list, tuple)):
                if id(part) in inside:
                    raise ValueError(f"{name}() {verb} a list that contains itself")
                inside[id(part)] = len(ways)
                ways.append(iter(part))
                break
            elif part is not None:
                raise TypeError(
                    f"{name}() {verb} {short(part)}, which is not a stage: {_way_out(part)}",
                )
            if len(flat) > MOST_STAGES:
                raise ValueError(f"{name}() {verb} more than {MOST_STAGES} stages")
        else:
            ways.pop()
            if inside:
                inside.popitem()
    return flat


def _way_out(value):
    """How to make a stage of the value."""
    if type(value).__name__ == "Pipeline":
        return f"call it, as in {value.__name__}()"
    if isinstance(value, (Iterator, Set)):
        return "make a list of it"
    if callable(value):
        if hasattr(value, "__code__") and str(value.__module__).startswith("lutist."):
            return f"call it, as in {value.__name__}(…)"
        return "tone(…) makes one of a function"
    return "return tone(…), matrix(…), cube(…), a list of them, or None"
