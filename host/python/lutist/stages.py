"""The three primitives that a pipeline is made of: tone curves, colour matrices and 3D tables."""

import sys
from _collections_abc import (  # collections.abc brings all of collections
    Iterable,
    Iterator,
    Mapping,
    Set,
)
from math import isfinite

from .values import is_whole, real, short

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

    Each curve is a function, a table, or a tone stage that has the same curve for all channels, as
    curve(…), exposure(…) and contrast(…) give it: tone(blue=curve(*points)). A function takes a
    float (0.0 black, 1.0 white; other stages may give values outside) and returns one. A table is
    a list, array, buffer or NumPy array of two or more values, spread evenly over 0 to 1 and
    joined by straight lines; its end values hold beyond the ends. Numbers of a list and floats are
    normalised, and may lie outside 0 to 1; uint8 and uint16 tables are divided by 255 and 65535. A
    stage may stand in a list. A channel that is omitted does not change, nor does one whose list
    is empty, which is what brightness(0) gives.
    Raises TypeError for an object that is none of these. Raises ValueError for a table of less
    than two values, a value that is not finite, 8-bit values in a list (divide by 255), and
    integers of another type than those two (int64, bool).
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

    rows: three rows of three numbers, or of four, the last an offset: row 0 makes red, as in
    red' = m[0][0] red + m[0][1] green + m[0][2] blue + m[0][3]. A gray picture counts as
    three equal channels. Raises ValueError for another shape or a value that is not finite,
    TypeError for a value that is no number.
    """
    numbers = [
        [real(value, f"matrix(), row {i}, column {j}") for j, value in enumerate(row)]
        for i, row in enumerate(_rows(rows))
    ]
    flat = [v for row in numbers for v in (row if len(row) == 4 else [*row, 0.0])]
    return Stage(("matrix", *flat))


def cube(table, *, size=None, mix=1.0):
    """A 3D table: a new colour for each colour, with tetrahedral interpolation between its points.

    table: the path of a .cube file; a function; or an array.
    A relative path counts from the script's folder, and the look is loaded again when the file
    changes (see data). The domain is the file's; a one-dimensional file becomes a tone.
    A function of three floats (red, green, blue) from 0 to 1 returns three. It is called once for
    each point of a lattice with `size` points a side, from 2 to 129, 33 if not given; with arrays
    where it is made of NumPy. The table is kept until the function or the numbers that it closes
    over change: to make a slider quick, give its value to mix= rather than to the function.
    An array is shaped (N, N, N, 3), N from 2 to 256, of floats: table[blue, green, red] is the
    colour of that point of an even lattice from 0 to 1, in the order of a .cube file, red
    fastest. table.transpose(2, 1, 0, 3) turns one that is indexed by red, green, blue.
    Values outside of the domain become those at its edge. The result is
    input + mix * (table - input), not clamped: mix=0 changes nothing, 1 is the table alone; beyond
    1 and below 0 it exaggerates and inverts, from -100 to 100.
    The interpolation is that of J. M. Kasson, W. Plouffe and S. I. Nin, "A tetrahedral
    interpolation technique for color space conversion", Proc. SPIE 1909 (1993), in float64.
    Raises OSError for a file that cannot be read; ValueError, with the line, for one that is no
    .cube file, for a table with a number that is not finite, another shape, and a size or mix out
    of range; TypeError for another object, and for a function that does not give three numbers.
    """
    from .cubes import spec  # most looks have none

    return Stage(spec(table, size, mix, sys._getframe(1)))


def _rows(rows):
    """Three rows of three or four. An iterator, which may be endless, has no length."""
    if hasattr(rows, "__len__") and len(rows) == 3:
        rows = list(rows)
        if {len(row) if _is_row(row) else 0 for row in rows} in ({3}, {4}):
            return rows
    raise ValueError(
        f"matrix() takes three rows of three numbers, or of four, not {short(rows)}",
    )


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
                flat.append(part._spec)
            elif isinstance(part, (list, tuple)):
                if id(part) in inside:
                    raise ValueError(f"{name}() {verb} a list that contains itself")
                inside[id(part)] = len(ways)
                ways.append(iter(part))
                break
            elif part is not None:
                raise TypeError(
                    f"{name}() {verb} {short(part)}, which is no stage: {_way_out(part)}",
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


def _curve(f, name):
    if f is None or callable(f):
        return f
    if isinstance(f, Stage):
        return _curve_of(f, name)
    if isinstance(f, list) and (not f or any(isinstance(part, Stage) for part in f)):
        return _curve_in(f, name)
    table = _table(f, name)
    if len(table) < 2:
        raise ValueError(f"{name}: a table has two values or more, this one has {len(table)}")
    for i, value in enumerate(table):
        if not isfinite(value):
            raise ValueError(f"{name}: entry {i} of the table is {value}")
    return table


def _curve_of(stage, name):
    """The curve of a tone stage that has one for all channels."""
    kind, *curves = stage._spec
    if kind != "tone" or any(curve is not curves[0] for curve in curves):
        raise TypeError(
            f"{name}: {stage} is not one curve: a tone with the same curve for all channels is "
            "wanted, as curve(…) gives",
        )
    return curves[0]


def _curve_in(stages, name):
    """The curve of the only stage of a list; None, no change, of an empty one."""
    if len(stages) > 1:
        raise TypeError(f"{name}: {len(stages)} stages are not one curve: write a tone for each")
    return _curve_of(stages[0], name) if stages else None


_SCALE = {"B": 255, "H": 65535, "e": None, "f": None, "d": None}


def _table(f, name):
    from array import array
    from struct import unpack

    view = _view(f)
    if view is None:
        return _listed(f, name)
    order, kind = view.format[:1], view.format[1:]
    if order not in ("@", "=", "<", ">", "!"):
        order, kind = "@", view.format
    if view.ndim != 1:
        raise ValueError(f"{name}: a table is one row of values, not {view.ndim}-dimensional")
    if kind not in _SCALE:
        raise ValueError(
            f"{name}: a table holds floats, uint8 or uint16, not {_kind_of(f, view)}: "
            "divide by the value of white, or convert it to uint8",
        )
    values = unpack(f"{order}{view.shape[0]}{kind}", view.tobytes())
    scale = _SCALE[kind]
    if scale is None:
        return _normalised(values, name)
    return array("d", (v / scale for v in values))


def _view(f):
    """Its buffer; None for an object that has none, or one of an unknown kind."""
    try:
        return memoryview(f)
    except (TypeError, ValueError, BufferError):
        return None


def _kind_of(f, view):
    """The type of its values by its maker's name: int64, or array's 'i'."""
    dtype = getattr(f, "dtype", None)
    return str(dtype) if dtype is not None else f"values of format {view.format!r}"


def _listed(f, name):
    if not isinstance(f, Iterable) or isinstance(f, (str, Mapping, Set, Iterator)):
        hint = ": make a list of it" if isinstance(f, Iterator) else ""
        raise TypeError(f"{name}: {short(f)} is neither a function nor a table{hint}")
    return _normalised(list(f), name)


# A table of whole floats up to here is light, four stops above white; beyond it has 8-bit values.
_FAR_BEYOND_WHITE = 16.0


def _normalised(values, name):
    """The values as array('d'). Raises ValueError for values that want a division by 255."""
    from array import array

    if {*map(type, values)} <= {float}:
        table = array("d", values)
        whole, most = all(map(float.is_integer, table)), _FAR_BEYOND_WHITE
    else:
        table = array("d", (real(v, f"{name}, entry {i}") for i, v in enumerate(values)))
        whole, most = all(map(is_whole, values)), 1.0
    if whole and table and max(map(abs, table)) > most:
        raise ValueError(
            f"{name}: these look like 8-bit values, and 1.0 is white: divide by 255, "
            "or pass bytes, array('B') or numpy uint8",
        )
    return table
