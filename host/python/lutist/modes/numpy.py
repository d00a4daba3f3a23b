"""The mode numpy: whole arrays at a time, a strip of the image after the other."""

from . import missing

try:
    import numpy as np
except Exception as error:  # a damaged NumPy may raise anything
    mend = "install python3-numpy, or use --venv DIR with NumPy in it"
    raise missing("numpy", "NumPy", error, mend) from None

STRIP, SMALL_STRIP = 1 << 20, 1 << 16  # pixels; small where a pixel takes long

_PIECE = np.dtype([("a", "f8"), ("b", "f8"), ("c", "f8"), ("deeper", "i8")])
_DEEPER = 16  # pieces of a piece
_SAMPLE = 255  # the bits of a mixer's entry that hold the sample; its mark lies above


def run(job):
    source = _array(job.source, job, job.channels, job.pitch)
    result = _array(job.result, job, job.made, job.result_pitch)
    work = _work(job)
    slow = {"steps", "float_steps", "places"} & job.program.keys()
    for block in job.blocks(SMALL_STRIP if slow else STRIP):
        top, bottom, left, right = block
        pixels, made = source[top:bottom, left:right], result[top:bottom, left:right]
        work(pixels, made)
        if job.alpha:
            made[..., -1] = pixels[..., -1]
        if not job.goes_on(block):
            return False
    return True


def _array(span, job, channels, pitch):
    """An image's memory as (height, width, channels)."""
    dtype = np.dtype(memoryview(span).format)
    shape = (job.height, job.width, channels)
    return np.ndarray(
        shape,
        dtype,
        span,
        strides=(pitch * dtype.itemsize, channels * dtype.itemsize, dtype.itemsize),
    )


def _from(span):
    return np.frombuffer(span, memoryview(span).format)


def _work(job):
    """A function work(pixels, result) for all channels but alpha."""
    if "tables" in job.program:
        return _tables(job, **job.program)
    if "float_steps" in job.program:
        return _floats(job, **job.program)
    if "inputs" in job.program:
        return _mixer(job, **job.program)
    if "weights" in job.program:
        return _weights(**job.program)
    if "places" in job.program:
        return _whole_cube(**job.program)
    return _planes(job, **job.program)


def _tables(job, tables):
    tables = [_from(table) for table in tables]
    same = all(np.array_equal(tables[0], table) for table in tables[1:])

    def each(pixels, result):
        for channel in range(job.colors):
            gray = pixels.shape[-1] <= 2
            result[..., channel] = tables[channel][pixels[..., 0 if gray else channel]]

    def all_at_once(pixels, result):
        result[...] = tables[0][pixels]

    return all_at_once if same and not job.alpha and job.made == job.channels else each


def _mend(job, pixels, result, doubtful):
    """The host computes the pixels for which the tables are in doubt."""
    if doubtful.any():
        made = np.frombuffer(job.exact(pixels[doubtful].tobytes()), result.dtype)
        result[doubtful] = made.reshape(-1, job.made)


def _mixer(job, inputs, outputs, bits, lane, doubtful):
    red, green, blue = (_from(table) for table in inputs)
    outputs = [_from(table) for table in outputs]
    mask = np.uint64((1 << bits) - 1)

    def work(pixels, result):
        total = red[pixels[..., 0]] + green[pixels[..., 1]] + blue[pixels[..., 2]]
        marks = np.zeros(total.shape, bool)
        for channel, table in enumerate(outputs):
            shift = np.uint64(lane * (channel + 1) - bits)
            made = table[total >> shift & mask]
            result[..., channel] = made & _SAMPLE
            if doubtful:
                marks |= made > _SAMPLE
        if doubtful:
            _mend(job, pixels, result, marks)

    return work


def _weights(weights, bias, bits):
    """A matrix in whole numbers, as kernels/matrix/matrix_u8.h has it."""
    shift = bits - 7

    def work(pixels, result):
        color = [pixels[..., channel].astype(np.int32) - 128 for channel in range(3)]
        for channel, row in enumerate(weights):
            parts = (value * weight + 64 >> 7 for value, weight in zip(color, row, strict=True))
            total = sum(parts, bias[channel]) + (1 << shift - 1) >> shift
            result[..., channel] = np.clip(total, 0, 255)

    return work


def _whole_cube(places, points, size, bits):
    """A 3D table in whole numbers, as kernels/lut3d/lut3d_u8.h has it."""
    places = [_from(place).astype(np.int64) for place in places]
    points = _from(points).reshape(-1, 4)
    axes = np.array([size * size, size, 0, 1])  # blue, green, none, red

    def work(pixels, result):
        at = [place[pixels[..., channel]] for channel, place in enumerate(places)]
        low = sum((x >> 16) * size**channel for channel, x in enumerate(at))
        # The axis is in the two lowest bits, so that sorting sorts the axes, too.
        keys = [x & 0xFFFC | axis for x, axis in zip(at, (3, 1, 0), strict=True)]
        keys = np.sort(np.array(keys), axis=0)[::-1]
        far = low + axes.sum()
        corners = low, low + axes[keys[0] & 3], far - axes[keys[2] & 3], far
        parts = [1 << 14, *(keys >> 2), 0]
        for channel in range(3):
            total = sum(
                (parts[k] - parts[k + 1]) * points[corner, channel]
                for k, corner in enumerate(corners)
            )
            result[..., channel] = np.clip(total >> 14 + bits, 0, 255)

    return work


def _lines(curves, color, marks):
    return [
        values if curve is None else _line(curve, values, marks)
        for curve, values in zip(curves, color, strict=True)
    ]


def _line(curve, values, marks):
    """Straight pieces, chosen by the bits of a value; where they give NaN it counts as 0."""
    shift, least, most, negative, pieces = curve
    x = values
    bits = x.view(np.int32)
    at = np.clip((bits & 0x7FFFFFFF) >> shift, least, most) - least
    at = np.where(bits < 0, at + negative if negative else 0, at)
    pieces = _from(pieces).reshape(-1, 2)[at]
    made = pieces[..., 0] + pieces[..., 1] * x
    unclear = np.isnan(made)
    marks |= unclear
    return np.where(unclear, np.float32(0), made)


def _planes(job, tones, steps, doubtful, hopeless):
    most = job.most
    tones = [tone and _from(tone) for tone in tones]

    def work(pixels, result):
        unclear = np.full(pixels.shape[:2], hopeless)
        color = [_fetch(tone, pixels[..., channel], most) for channel, tone in enumerate(tones)]
        for rows, cube, curves in steps:
            color = _cube(cube, color) if cube else _matrix(rows, color)
            color = [_curve(curve, values) for curve, values in zip(curves, color, strict=True)]
            if doubtful:
                unclear |= np.isnan(color).any(axis=0)
        for channel, values in enumerate(color):
            result[..., channel] = _rounded(values, most)
        if doubtful:
            _mend(job, pixels, result, unclear)

    return work


def _matrix(rows, color):
    r, g, b = color
    return [row[0] * r + row[1] * g + row[2] * b + row[3] for row in rows]


def _interpolated(table, places, fractions):
    """The channels between the points at four places, by a cell's fractions, largest first."""
    v0, v1, v2, v3 = (table[place] for place in places)
    f1, f2, f3 = (fraction[..., None] for fraction in fractions)
    made = v0 + f3 * (v3 - v0) + (f1 - f3) * (v1 - v0) + (f2 - f3) * (v2 - v1)
    return list(np.moveaxis(made, -1, 0))


def _mixed(color, made, mix):
    """The channels between those before and after a cube."""
    if mix == 1.0:
        return made
    return [x + mix * (y - x) for x, y in zip(color, made, strict=True)]


def _cube(cube, color):
    """Tetrahedral interpolation, as kernels/lut3d/lut3d.h has it."""
    size, lo, scale, memory, shaper, mix = cube
    table = np.frombuffer(memory, np.float64).reshape(-1, 3)
    most, stride = size - 1.0, 1
    low, steps, fractions = 0, [], []
    for channel, values in enumerate(color):
        at = (_curve(shaper[channel], values) - lo[channel]) * scale[channel]
        at = np.where(at > 0.0, at, 0.0)
        at = np.where(at < most, at, most)
        whole = np.floor(at)
        low = low + whole.astype(np.int64) * stride
        steps.append(np.where(whole < most, stride, 0))
        fractions.append(at - whole)
        stride *= size
    order = np.argsort(-np.array(fractions), axis=0, kind="stable")
    fractions = np.take_along_axis(np.array(fractions), order, 0)
    steps = np.take_along_axis(np.array(steps), order, 0)
    places = low + np.cumsum([0 * low, *steps], axis=0)
    return _mixed(color, _interpolated(table, places, fractions), mix)


def _floats(job, tones, inputs, float_steps):
    """Matrices, cubes and curves in single precision, as kernels/lut3d/lut3d_f32.h has them."""
    tones = [tone and _from(tone) for tone in tones]

    def work(pixels, result):
        marks = np.zeros(pixels.shape[:2], bool)
        color = [
            values.astype(np.float32) if tone is None else tone[values]
            for tone, values in zip(tones, np.moveaxis(pixels[..., :3], -1, 0), strict=True)
        ]
        color = _lines(inputs, color, marks)
        for rows, cube, curves in float_steps:
            color = _float_cube(cube, color) if cube else _float_matrix(rows, color)
            color = _lines(curves, color, marks)
        for channel, values in enumerate(color):
            values = np.where(values < job.most, values, np.float32(job.most))
            values = np.where(values > 0, values, np.float32(0))
            result[..., channel] = np.floor(values + np.float32(0.5))
        _mend(job, pixels, result, marks)

    return work


def _float_matrix(rows, color):
    red, green, blue = color
    return _matrix(rows, (red - green, green, blue - green))


def _float_cube(cube, color):
    size, scale, start, memory, mix = cube
    table = np.frombuffer(memory, np.float32).reshape(-1, 3)
    low, keys = 0, []
    for channel, values in enumerate(color):
        at = np.maximum(values * scale[channel] + start[channel], np.float32(0))
        at = np.minimum(at, np.float32(size - 1))
        cell = np.minimum(np.floor(at), np.float32(size - 2))
        low = low + cell.astype(np.int64) * size**channel
        axis = (3, 1, 0)[channel]  # in the two lowest bits, so that sorting sorts the axes, too
        keys.append((at - cell).view(np.int32) & ~3 | axis)
    keys = np.sort(np.array(keys), axis=0)[::-1]
    steps = np.array([size * size, size, 0, 1])[keys & 3]
    far = low + (1 + size + size * size)
    places = low, low + steps[0], far - steps[2], far
    return _mixed(color, _interpolated(table, places, (keys & ~3).view(np.float32)), mix)


def _fetch(tone, values, most):
    return values.astype(np.float64) / most if tone is None else tone[values]


def _rounded(values, most):
    """The samples that normalised values become; a NaN becomes black."""
    values = np.where(values > 0.0, np.where(values < 1.0, values, 1.0), 0.0)
    return np.floor(values * most + 0.5)


def _split(at, pieces):
    """The piece of each position, and the position within it."""
    whole = np.minimum(np.floor(at), pieces - 1.0)
    return whole.astype(np.int64), at - whole


def _curve(curve, x):
    """A function in pieces, as kernels/planes_f64.h has it; None is the identity."""
    if curve is None:
        return x
    lo, scale, pieces, memory = curve
    piece = np.frombuffer(memory, _PIECE)
    at = (x - lo) * scale
    at = np.where(at > 0.0, at, 0.0)
    index, at = _split(np.where(at < pieces, at, float(pieces)), pieces)
    while (inner := piece["deeper"][index] != 0).any():
        deeper, where = _split(at[inner] * _DEEPER, _DEEPER)
        index[inner] = piece["deeper"][index[inner]] + deeper
        at[inner] = where
    found = piece[index]
    return found["a"] + at * (found["b"] + at * found["c"])
