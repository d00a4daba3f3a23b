"""The mode python: plain loops, one sample after the other, with the GIL held."""

from array import array
from struct import Struct

SLICE = 4096  # pixels: a tenth of a second, at most
SAMPLE = 255  # the bits of a mixer's entry that hold the sample; its mark lies above


def run(job):
    source, result = memoryview(job.source), memoryview(job.result)
    work = _work(job)
    for block in job.blocks(SLICE):
        top, bottom, left, right = block
        for y in range(top, bottom):
            pixels, made = y * job.pitch, y * job.result_pitch
            work(
                source[pixels + left * job.channels : pixels + right * job.channels],
                result[made + left * job.made : made + right * job.made],
            )
        if not job.goes_on(block):
            return False
    return True


def _work(job):
    """A function work(pixels, result) for a row's samples."""
    if "tables" in job.program:
        return _tables(job, **job.program)
    if "float_steps" in job.program:
        return _floats(job, **job.program)
    if "inputs" in job.program:
        return _mixer(job, **job.program)
    if "weights" in job.program:
        return _weights(job, **job.program)
    if "places" in job.program:
        return _whole_cube(job, **job.program)
    return _planes(job, **job.program)


def _tables(job, tables):
    tables = [array(memoryview(table).format, bytes(table)) for table in tables[: job.colors]]
    channels, made = job.channels, job.made
    step = 1 if channels > 2 else 0  # gray: every table sees the same sample

    def work(pixels, result):
        for channel, table in enumerate(tables):
            places = range(channel, len(result), made)
            for place, value in zip(places, pixels[channel * step :: channels], strict=True):
                result[place] = table[value]
        if job.alpha:
            result[made - 1 :: made] = pixels[channels - 1 :: channels]

    return work


def _mend(job, pixels, result, found):
    """The host computes the pixels for which the tables are in doubt."""
    channels = job.channels
    made = job.exact(b"".join(bytes(pixels[i : i + channels]) for i in found))
    made = memoryview(made).cast(result.format)
    for k, i in enumerate(found):
        result[i : i + channels] = made[k * channels : (k + 1) * channels]


def _mixer(job, inputs, outputs, bits, lane, doubtful):
    red, green, blue = (memoryview(table).tolist() for table in inputs)
    new_red, new_green, new_blue = (memoryview(table).tolist() for table in outputs)
    mask, shift = (1 << bits) - 1, lane - bits
    channels = job.channels

    def work(pixels, result):
        found = []
        for i in range(0, len(pixels), channels):
            total = red[pixels[i]] + green[pixels[i + 1]] + blue[pixels[i + 2]]
            r = new_red[total >> shift & mask]
            g = new_green[total >> shift + lane & mask]
            b = new_blue[total >> shift + 2 * lane & mask]
            if doubtful and (r | g | b) > SAMPLE:
                found.append(i)
                r, g, b = r & SAMPLE, g & SAMPLE, b & SAMPLE
            result[i], result[i + 1], result[i + 2] = r, g, b
            if channels == 4:
                result[i + 3] = pixels[i + 3]
        if found:
            _mend(job, pixels, result, found)

    return work


def _weights(job, weights, bias, bits):
    """A matrix in whole numbers, as kernels/matrix/matrix_u8.h has it."""
    shift, channels = bits - 7, job.channels
    half = 1 << shift - 1

    def work(pixels, result):
        for i in range(0, len(pixels), channels):
            r, g, b = pixels[i] - 128, pixels[i + 1] - 128, pixels[i + 2] - 128
            for channel, (x, y, z) in enumerate(weights):
                total = bias[channel] + (r * x + 64 >> 7) + (g * y + 64 >> 7) + (b * z + 64 >> 7)
                result[i + channel] = min(max(total + half >> shift, 0), 255)
            if channels == 4:
                result[i + 3] = pixels[i + 3]

    return work


def _whole_cube(job, places, points, size, bits):
    """A 3D table in whole numbers, as kernels/lut3d/lut3d_u8.h has it."""
    channels, shift = job.channels, 14 + bits
    reds, greens, blues = (array("I", bytes(place)) for place in places)
    points = array("h", bytes(points))
    axes = [4 * size * size, 4 * size, 0, 4]  # blue, green, none, red
    far = sum(axes)

    def work(pixels, result):
        for i in range(0, len(pixels), channels):
            r, g, b = reds[pixels[i]], greens[pixels[i + 1]], blues[pixels[i + 2]]
            low = (r >> 16) * axes[3] + (g >> 16) * axes[1] + (b >> 16) * axes[0]
            # The axis is in the two lowest bits, so that sorting sorts the axes, too.
            last, middle, first = sorted((r & 0xFFFC | 3, g & 0xFFFC | 1, b & 0xFFFC))
            second, third = low + axes[first & 3], low + far - axes[last & 3]
            w1, w2, w3 = (first >> 2) - (middle >> 2), (middle >> 2) - (last >> 2), last >> 2
            w0 = (1 << 14) - (first >> 2)
            for c in range(3):
                total = w0 * points[low + c] + w1 * points[second + c]
                total += w2 * points[third + c] + w3 * points[low + far + c]
                result[i + c] = min(max(total >> shift, 0), 255)
            if channels == 4:
                result[i + 3] = pixels[i + 3]

    return work


def _planes(job, tones, steps, doubtful, hopeless):
    most, channels = job.most, job.channels
    tones = [tone and array("d", bytes(tone)) for tone in tones]
    steps = [
        (cube and Cube(*cube), rows, [curve and Curve(*curve) for curve in curves])
        for rows, cube, curves in steps
    ]

    def work(pixels, result):
        found = []
        for i in range(0, len(pixels), channels):
            color = [
                tone[value] if tone else value / most
                for tone, value in zip(tones, pixels[i : i + 3], strict=True)
            ]
            unclear = hopeless
            for cube, rows, curves in steps:
                color = cube.of(color) if cube else _matrix(rows, color)
                color = [
                    curve.at(value) if curve else value
                    for curve, value in zip(curves, color, strict=True)
                ]
                if doubtful and any(value != value for value in color):
                    unclear = True
            if unclear:
                found.append(i)
            for channel, value in enumerate(color):
                result[i + channel] = _rounded(value, most)
            if channels == 4:
                result[i + 3] = pixels[i + 3]
        if found:
            _mend(job, pixels, result, found)

    return work


def _matrix(rows, color):
    r, g, b = color
    return [row[0] * r + row[1] * g + row[2] * b + row[3] for row in rows]


def _floats(job, tones, inputs, float_steps):
    """Matrices, cubes and curves in single precision, as kernels/lut3d/lut3d_f32.h has them."""
    most, channels = job.most, job.channels
    tones = [tone and array("f", bytes(tone)) for tone in tones]
    inputs = [curve and Line(*curve) for curve in inputs]
    steps = [
        (rows, cube and FloatCube(*cube), [curve and Line(*curve) for curve in curves])
        for rows, cube, curves in float_steps
    ]

    def work(pixels, result):
        found = []
        for i in range(0, len(pixels), channels):
            color = [
                tone[value] if tone else curve.at(value) if curve else float(value)
                for tone, curve, value in zip(tones, inputs, pixels[i : i + 3], strict=True)
            ]
            unclear = False
            for rows, cube, curves in steps:
                color = cube.of(color) if cube else _float_matrix(rows, *color)
                for channel, curve in enumerate(curves):
                    if curve:
                        value = curve.at(color[channel])
                        unclear = unclear or value != value
                        color[channel] = 0.0 if value != value else value
            if unclear:
                found.append(i)
            for channel, value in enumerate(color):
                value = value if value < most else most
                result[i + channel] = int(_single(value + 0.5)) if value > 0 else 0
            if channels == 4:
                result[i + 3] = pixels[i + 3]
        if found:
            _mend(job, pixels, result, found)

    return work


_FLOAT, _BITS = Struct("f"), Struct("i")


def _single(value):
    """The nearest number of single precision."""
    return _FLOAT.unpack(_FLOAT.pack(value))[0]


def _float_sum(first, *others):
    for other in others:
        first = _single(first + other)
    return first


def _part(part, begin, end):
    """Of the way from one number to another."""
    return _single(part * _single(end - begin))


def _float_matrix(rows, r, g, b):
    r, b = _single(r - g), _single(b - g)
    return [_float_row(row, r, g, b) for row in rows]


def _float_row(row, r, g, b):
    products = (_single(m * x) for m, x in zip(row, (r, g, b), strict=False))
    return _float_sum(*products, row[3])


def _rounded(value, most):
    """The sample that a normalised value becomes; a NaN becomes black."""
    value = (value if value < 1.0 else 1.0) if value > 0.0 else 0.0
    return int(value * most + 0.5)


class Curve:
    """A function in pieces, as kernels/planes_f64.h has it: rows of pieces that may hold rows."""

    DEEPER = 16  # pieces of a piece

    def __init__(self, lo, scale, pieces, memory):
        self.lo, self.scale, self.pieces = lo, scale, pieces
        words = memoryview(memory)
        numbers, links = words.cast("d").tolist(), words.cast("q").tolist()
        self.piece = list(zip(*(numbers[k::4] for k in range(3)), links[3::4], strict=True))

    def at(self, x):
        at = (x - self.lo) * self.scale
        at = at if at > 0.0 else 0.0
        at = at if at < self.pieces else float(self.pieces)
        whole = min(int(at), self.pieces - 1)
        a, b, c, deeper = self.piece[whole]
        at -= whole
        while deeper:
            at *= self.DEEPER
            whole = min(int(at), self.DEEPER - 1)
            a, b, c, deeper = self.piece[deeper + whole]
            at -= whole
        return a + at * (b + at * c)


class Line:
    """A function in straight pieces that a number's bits choose: see kernels/line_curve.h."""

    def __init__(self, shift, least, most, negative, pieces):
        self.shift, self.least, self.most, self.negative = shift, least, most, negative
        numbers = memoryview(pieces).tolist()
        self.piece = list(zip(numbers[::2], numbers[1::2], strict=True))

    def at(self, value):
        x = _single(value)
        (bits,) = _BITS.unpack(_FLOAT.pack(x))
        at = min(max((bits & 0x7FFFFFFF) >> self.shift, self.least), self.most) - self.least
        if bits < 0:
            at = at + self.negative if self.negative else 0
        a, b = self.piece[at]
        return _single(a + _single(b * x))


class Cube:
    """Tetrahedral interpolation, as kernels/lut3d/lut3d.h has it."""

    def __init__(self, size, lo, scale, memory, shaper, mix):
        self.most, self.mix = size - 1, mix
        self.axes = list(zip(lo, scale, (3, 3 * size, 3 * size * size), strict=True))
        self.table = memoryview(memory)
        self.shaper = [curve and Curve(*curve) for curve in shaper]

    def of(self, color):
        low, steps = 0, []
        for value, curve, (lo, scale, stride) in zip(color, self.shaper, self.axes, strict=True):
            at = ((curve.at(value) if curve else value) - lo) * scale
            at = at if at > 0.0 else 0.0
            at = at if at < self.most else float(self.most)
            whole = int(at)
            low += whole * stride
            steps.append((at - whole, stride if whole < self.most else 0))
        steps.sort(key=lambda step: -step[0])
        corners = [self.table[low : low + 3].tolist()]
        for _, step in steps:
            low += step
            corners.append(self.table[low : low + 3].tolist())
        (f1, _), (f2, _), (f3, _) = steps
        made = [
            v0 + f3 * (v3 - v0) + (f1 - f3) * (v1 - v0) + (f2 - f3) * (v2 - v1)
            for v0, v1, v2, v3 in zip(*corners, strict=True)
        ]
        if self.mix == 1.0:
            return made
        return [x + self.mix * (y - x) for x, y in zip(color, made, strict=True)]


class FloatCube:
    """Tetrahedral interpolation in single precision."""

    def __init__(self, size, scale, start, memory, mix):
        self.size, self.mix = size, mix
        self.strides = 3, 3 * size, 3 * size * size
        self.axes = list(zip(scale, start, self.strides, (3, 1, 0), strict=True))
        self.steps = self.strides[2], self.strides[1], 0, self.strides[0]
        self.table = memoryview(memory)

    def at(self, place):
        return self.table[place : place + 3].tolist()

    def of(self, color):
        low, keys = 0, []
        for value, (scale, start, stride, axis) in zip(color, self.axes, strict=True):
            at = _single(_single(value * scale) + start)
            at = (at if at < self.size - 1 else self.size - 1) if at > 0 else 0.0
            cell = min(int(at), self.size - 2)
            low += cell * stride
            # The axis is in the two lowest bits, so that sorting sorts the axes, too.
            keys.append(_BITS.unpack(_FLOAT.pack(at - cell))[0] & ~3 | axis)
        keys.sort(reverse=True)
        far = low + sum(self.strides)
        places = low, low + self.steps[keys[0] & 3], far - self.steps[keys[2] & 3], far
        f1, f2, f3 = (_FLOAT.unpack(_BITS.pack(key & ~3))[0] for key in keys)
        second, third = _single(f1 - f3), _single(f2 - f3)
        made = [
            _float_sum(v0, _part(f3, v0, v3), _part(second, v0, v1), _part(third, v1, v2))
            for v0, v1, v2, v3 in zip(*map(self.at, places), strict=True)
        ]
        if self.mix == 1.0:
            return made
        return [
            _single(x + _single(self.mix * _single(y - x)))
            for x, y in zip(color, made, strict=True)
        ]
