"""A curve that tone() is given as a table, or as a stage that has one."""

from _collections_abc import Iterable, Iterator, Mapping, Set
from array import array
from math import isfinite
from struct import unpack

from .stages import Stage
from .values import is_whole, real, short


def curve_of(f, name):
    """The curve of a channel: a function, an array('d'), or None for no change.

    name: of the channel, for errors. Raises TypeError and ValueError, as tone() documents.
    """
    if isinstance(f, Stage):
        return _curve_of_stage(f, name)
    if isinstance(f, list) and (not f or any(isinstance(part, Stage) for part in f)):
        return _curve_in_list(f, name)
    table = _table(f, name)
    if len(table) < 2:
        raise ValueError(f"{name}: a table has two values or more, this one has {len(table)}")
    for i, value in enumerate(table):
        if not isfinite(value):
            raise ValueError(f"{name}: entry {i} of the table is {value}")
    return table


def _curve_of_stage(stage, name):
    """The curve of a tone stage that has one for all channels."""
    kind, *curves = stage._spec
    if kind != "tone" or any(curve is not curves[0] for curve in curves):
        raise TypeError(
            f"{name}: {stage} is not one curve: use a tone with the same curve for all "
            "channels, such as curve(…)",
        )
    return curves[0]


def _curve_in_list(stages, name):
    """The curve of the only stage of a list; None, no change, of an empty one."""
    if len(stages) > 1:
        raise TypeError(f"{name}: {len(stages)} stages are not one curve: write a tone for each")
    return _curve_of_stage(stages[0], name) if stages else None


_SCALE = {"B": 255, "H": 65535, "e": None, "f": None, "d": None}


def _table(f, name):
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
