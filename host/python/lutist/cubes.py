"""The 3D tables of cube(): read from a file, sampled from a function, or copied.

A table is made once and kept: for a file until it changes, for an array while it holds the same
values, for a function by its code and the values around it. What a script has made goes with the
script when that is loaded again.
"""

import os
import sys
from _thread import allocate_lock
from array import array

import _lutist

from . import exception_notes
from .recording import array_call, record_cache
from .script.data import located
from .script.sibling_imports import owner
from .values import is_whole, real, short

LEAST_SIZE, MOST_SIZE = 2, 129  # of a sampled function; files and arrays may have 256
MOST_FILE_SIZE = 256
DEFAULT_SIZE = 33
MOST_MIX = 100.0
_KEPT_POINTS = 3 << 20  # 72 MiB of tables
_LIMIT = "a table holds finite numbers, up to 1e30"
_CLOSE = 1e-12  # relative: NumPy's exp and its like differ from libm's in the last bit


def spec(table, size, mix, frame):
    """The stage of cube() as the host reads it. A relative path counts as in data()."""
    given, mix = mix, real(mix, "cube(), mix")
    if not abs(mix) <= MOST_MIX:
        raise ValueError(f"cube(): mix={short(given)} is not from {-MOST_MIX:g} to {MOST_MIX:g}")
    if isinstance(table, (str, bytes, os.PathLike)):
        _refuse_size(size, "a file")
        return _stage_of(*_of_file(located(table, frame)), mix)
    if callable(table):
        return ("cube", _of_function(table, _checked_size(size), frame), mix)
    _refuse_size(size, "an array")
    return ("cube", _of_array(table, _kept_for(frame)), mix)


def _refuse_size(size, what):
    if size is not None:
        raise ValueError(f"cube(): size= is for a function; {what} has its own")


def _checked_size(size):
    if size is None:
        return DEFAULT_SIZE
    if not is_whole(size) or not LEAST_SIZE <= size <= MOST_SIZE:
        raise ValueError(
            f"cube(): size={short(size)}: must be a whole number from {LEAST_SIZE} to {MOST_SIZE}"
        )
    return int(size)


class _Kept:
    """The tables that were used last, by key; each with what tells whether it still holds."""

    def __init__(self):
        self.found, self.points, self.lock = {}, 0, allocate_lock()

    # Without "with": where memory is short, the call that it ends with can fail.
    def get(self, key):
        """(proof, table), or (None, None)."""
        self.lock.acquire()
        try:
            proof, table, points = entry = self.found.pop(key, (None, None, 0))
            if points:
                self.found[key] = entry
            return proof, table
        finally:
            self.lock.release()

    def put(self, key, proof, table, points):
        """Keep it; the tables that were not used for longest go."""
        self.lock.acquire()
        try:
            self.points += points - self.found.pop(key, (None, None, 0))[2]
            self.found[key] = proof, table, points
            while self.points > _KEPT_POINTS and len(self.found) > 1:
                self.points -= self.found.pop(next(iter(self.found)))[2]
            return table
        finally:
            self.lock.release()


_kept = _Kept()


def _kept_for(frame):
    """The tables of the script whose code runs in this frame."""
    script = owner(frame)
    if script is None:
        return _kept
    script.tables = script.tables or _Kept()
    return script.tables


def _of_file(path):
    """The file's cube, the same behind its curves, and its curves; None for what it has not."""
    info = os.stat(path)
    now = info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns
    proof, tables = _kept.get(path)
    if proof == now:
        return tables
    try:
        cube, shaped, curves, points = _lutist.read_cube(path)
    except ValueError as error:
        error.filename = path  # for Pipeline, whose parameter it may be
        raise
    if curves:
        curves = (*_shared(curves[:3]), *curves[3:])
    return _kept.put(path, now, (cube, shaped, curves), points)


def _stage_of(cube, shaped, curves, mix):
    """The spec of a file's tables. A shaper is a tone of its own, which joins the tones before it,
    unless the result is mixed with what came before the shaper."""
    if not curves:
        return ("cube", cube, mix)
    if not cube:
        return ("tone", *_curves(curves, mix))
    if mix != 1:
        return ("cube", shaped, mix)
    return ("shaped cube", ("tone", *_curves(curves, mix)), ("cube", cube, mix))


def _shared(channels):
    """The channels' values as arrays; equal ones are one object."""
    made = {channel: array("d", channel) for channel in channels}
    return [made[channel] for channel in channels]


def _curves(found, mix):
    """The curves of a tone: arrays, or tuples (array, lo, hi, mix)."""
    if mix == 0:
        return [None] * 3
    *channels, lo, hi = found
    made = {}
    for values, a, z in zip(channels, lo, hi, strict=True):
        plain = (a, z, mix) == (0.0, 1.0, 1.0)
        made.setdefault((id(values), a, z), values if plain else (values, a, z, mix))
    return [made[id(values), a, z] for values, a, z in zip(channels, lo, hi, strict=True)]


def _of_array(table, kept):
    try:
        view = memoryview(table)
    except (TypeError, ValueError, BufferError):
        raise TypeError(
            f"cube(): {short(table)} is neither a path, nor a function, nor an array of floats"
        ) from None
    shape = view.shape
    if len(shape) != 4 or shape != (shape[0],) * 3 + (3,):
        raise ValueError(f"cube(): an array is shaped (N, N, N, 3), not {shape}")
    if not LEAST_SIZE <= shape[0] <= MOST_FILE_SIZE:
        raise ValueError(
            f"cube(): {shape[0]} points a side; from 2 to {MOST_FILE_SIZE} are possible"
        )
    if view.format not in ("f", "d") or not view.c_contiguous:
        view = _plain(table, view)
    key = ("array", id(table))
    old = kept.get(key)[1]
    try:
        made = _lutist.cube(view, shape[0], "array", old)
    except ValueError as error:
        raise ValueError(f"cube(): {error}: {_LIMIT}") from None
    return made if made is old else kept.put(key, None, made, shape[0] ** 3)


def _plain(table, view):
    """The same as C-contiguous float64."""
    if view.format.strip("@=<>!") not in ("e", "f", "d"):
        kind = getattr(table, "dtype", f"format {view.format!r}")
        raise TypeError(f"cube(): must be an array of floats, not of {kind}")
    if hasattr(table, "astype"):
        return memoryview(table.astype("float64", order="C"))
    raise TypeError("cube(): must be a buffer of float32 or float64 in C order")


def _of_function(function, size, frame):
    """The function at every point of the lattice, red fastest."""
    ours = str(getattr(function, "__module__", "")).startswith("lutist.")
    kept = _kept if ours else _kept_for(frame)
    key = record_cache.key(function)
    known = key and ("function", size, key)
    if known:
        table = kept.get(known)[1]
        if table is not None:
            return table
    axis = [i / (size - 1) for i in range(size)]
    values = _vectors(function, axis)
    if values is None:
        values = _called(function, axis)
    name = getattr(function, "__name__", type(function).__name__)
    try:
        table = _lutist.cube(memoryview(values), size, name, None)
    except ValueError as error:
        raise ValueError(f"cube(): of what {name}() gave, {error}: {_LIMIT}") from None
    return kept.put(known, function, table, size**3) if known else table


def _called(function, axis):
    values = []
    for blue in axis:
        for green in axis:
            for red in axis:
                try:
                    result = function(red, green, blue)
                except Exception as error:
                    exception_notes.add(error, f"cube() {_at(red, green, blue)}")
                    raise
                values += result if _is_plain(result) else _three(result, red, green, blue)
    return array("d", values)


def _is_plain(result):
    """Three floats in a tuple or list, as nearly every function returns them."""
    if type(result) not in (tuple, list) or len(result) != 3:
        return False
    x, y, z = result
    return type(x) is type(y) is type(z) is float


def _at(red, green, blue):
    return f"at red = {red:.6g}, green = {green:.6g}, blue = {blue:.6g}"


def _three(result, red, green, blue):
    try:
        x, y, z = result
    except (TypeError, ValueError):
        raise TypeError(
            f"cube(): the function gave {short(result)} {_at(red, green, blue)}, not three numbers"
        ) from None
    return [real(v, f"cube(): the function's result {_at(red, green, blue)}") for v in (x, y, z)]


def _vectors(function, axis):
    """All values by one call with arrays; None where the function takes none.

    As for curves: only where NumPy is loaded, the function names something of it, and the result
    agrees with calls on single values.
    """
    numpy = sys.modules.get("numpy")
    if numpy is None or not array_call.names_numpy(function):
        return None
    blue, green, red = (v.ravel() for v in numpy.meshgrid(axis, axis, axis, indexing="ij"))
    try:
        with numpy.errstate(all="ignore"):
            result = function(red.copy(), green.copy(), blue.copy())
        return _joined(numpy, function, (red, green, blue), result)
    except (Exception, SystemExit):
        return None


def _joined(numpy, function, places, result):
    if len(result) != 3:
        return None
    rows = numpy.empty((len(places[0]), 3))
    for channel, values in enumerate(result):
        rows[:, channel] = values
    last = len(rows) - 1
    for i in {0, last // 11, last // 3, last // 2, last - last // 4, last}:
        one = numpy.array(function(*(float(place[i]) for place in places)), float)
        if not (abs(one - rows[i]) <= _CLOSE * abs(one)).all():
            return None
    return rows
