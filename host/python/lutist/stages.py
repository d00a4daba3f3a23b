"""The two primitives that a pipeline is made of: tone curves and colour matrices."""

from array import array
from math import isfinite


class Stage:
    """One step of a look; made by tone() and matrix(), never by hand."""

    __slots__ = ("_spec",)

    def __init__(self, spec):
        self._spec = spec

    def __repr__(self):
        return f"<lutist {self._spec[0]} stage>"


def tone(f=None, *, red=None, green=None, blue=None):
    """A curve for all channels, or one a channel.

    Each curve is a function of one float (0.0 black, 1.0 white; values outside occur after
    other stages) that returns a float, or a table: a list, array, buffer or NumPy array of
    two or more values spread evenly over 0 to 1 and joined by straight lines; beyond the
    ends the end values go on. Floats are normalised; uint8 and uint16 tables are divided by
    255 and 65535. A channel that is left out stays as it is.
    Raises TypeError and ValueError for what is neither.
    """
    if f is not None:
        if not (red is None and green is None and blue is None):
            raise TypeError("tone() takes one curve for all channels, or red=, green=, blue=")
        curve = _curve(f, "tone()")
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
    three equal channels. Raises ValueError for another shape or a value that is not finite.
    """
    numbers = [[float(value) for value in row] for row in rows]
    if len(numbers) != 3 or {len(row) for row in numbers} not in ({3}, {4}):
        raise ValueError("matrix() takes three rows of three numbers, or of four")
    flat = [v for row in numbers for v in (row if len(row) == 4 else [*row, 0.0])]
    if not all(map(isfinite, flat)):
        raise ValueError("matrix(): every number must be finite")
    return Stage(("matrix", *flat))


def flatten(result, name):
    """What a pipeline returned, as the host reads it: a flat list of tuples."""
    flat = []
    _collect(result, name, flat)
    return flat


def _collect(result, name, flat):
    if isinstance(result, Stage):
        flat.append(result._spec)
    elif isinstance(result, (list, tuple)):
        for part in result:
            _collect(part, name, flat)
    elif result is not None:
        raise TypeError(
            f"{name}() returned {_short(result)}, which is no stage: "
            "return tone(…), matrix(…), a list of them, or None",
        )


def _short(value):
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _curve(f, name):
    if f is None or callable(f):
        return f
    table = _table(f, name)
    if len(table) < 2:
        raise ValueError(f"{name}: a table has two values or more, this one has {len(table)}")
    for i, value in enumerate(table):
        if not isfinite(value):
            raise ValueError(f"{name}: entry {i} of the table is {value}")
    return table


_SCALE = {"B": 255, "H": 65535, "f": None, "d": None}


def _table(f, name):
    try:
        view = memoryview(f)
    except TypeError:
        return _listed(f, name)
    kind = view.format.lstrip("@=<")
    if view.ndim != 1 or kind not in _SCALE:
        raise ValueError(
            f"{name}: a table is a row of floats, uint8 or uint16 values, "
            f"not {view.ndim}-dimensional of format {view.format!r}",
        )
    scale = _SCALE[kind]
    return array("d", view.tolist() if scale is None else (v / scale for v in view.tolist()))


def _listed(f, name):
    try:
        return array("d", f)
    except TypeError:
        raise TypeError(f"{name}: {_short(f)} is neither a function nor a table") from None
