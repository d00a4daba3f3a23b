"""Curves through points, and those that turn or break: negative, steps, solarisation."""

from itertools import pairwise
from math import floor

from ..math import clamp
from ..stages import tone
from ..values import real, short


def curve(*points):
    """A smooth curve through points, without bumps between them.

    points: two or more pairs (x, y) of numbers, rising in x. Beyond the outer ones the curve is
        flat.
    Monotone cubic interpolation: F. N. Fritsch and R. E. Carlson, SIAM Journal on Numerical
    Analysis 17 (1980), 238-246.

    >>> @lutist.pipeline
    ... def fuller():
    ...     return lutist.curve((0, 0), (0.2, 0.4), (1, 1))
    >>> gray = lutist.Image.from_buffer(memoryview(bytes([0, 51, 255])).cast("B", (1, 3)))
    >>> memoryview(fuller.apply(gray)).tolist()
    [[0, 102, 255]]
    """
    xs, ys = _checked(points)
    slopes = _monotone_slopes(xs, ys)

    def curve_at(x):
        if x <= xs[0]:
            return ys[0]
        if x >= xs[-1]:
            return ys[-1]
        i = next(k for k in range(len(xs) - 1) if x < xs[k + 1])
        h = xs[i + 1] - xs[i]
        t = (x - xs[i]) / h
        rest = 1.0 - t
        return (
            ys[i] * (1.0 + 2.0 * t) * rest * rest
            + ys[i + 1] * t * t * (3.0 - 2.0 * t)
            + h * t * rest * (slopes[i] * rest - slopes[i + 1] * t)
        )

    return tone(curve_at)


def _checked(points):
    for i, point in enumerate(points, 1):
        if not hasattr(point, "__len__") or len(point) != 2:
            raise ValueError(f"curve(): point {i} is {short(point)}, not a pair (x, y)")
    xs, ys = (
        tuple(real(point[k], f"curve(), {axis} of point {i}") for i, point in enumerate(points, 1))
        for k, axis in enumerate("xy")
    )
    if len(xs) < 2 or not all(a < b for a, b in pairwise(xs)):
        raise ValueError("curve(): takes two points or more, rising in x")
    return xs, ys


def _monotone_slopes(xs, ys):
    spans = zip(pairwise(xs), pairwise(ys), strict=True)
    secants = [(y2 - y1) / (x2 - x1) for (x1, x2), (y1, y2) in spans]
    slopes = [secants[0], *((a + b) / 2 for a, b in pairwise(secants)), secants[-1]]
    for i, secant in enumerate(secants):
        if secant == 0 or slopes[i] / secant < 0:
            slopes[i] = 0.0
        if secant == 0 or slopes[i + 1] / secant < 0:
            slopes[i + 1] = 0.0
        if secant:
            a, b = slopes[i] / secant, slopes[i + 1] / secant
            size = (a * a + b * b) ** 0.5
            if size > 3:
                slopes[i], slopes[i + 1] = 3 * a / size * secant, 3 * b / size * secant
    return tuple(slopes)


def invert():
    """The negative: 1 - x."""
    return tone(lambda x: 1.0 - x)


def posterize(count):
    """Round to even steps from black to white. Values outside 0 to 1 are clamped.

    count: how many values are left, a whole number, 2 or more.
    """
    number = real(count, "posterize()")
    if number < 2 or not number.is_integer():
        raise ValueError(
            f"posterize({count!r}): needs two steps or more, a whole number, as int(count) gives it"
        )
    most = int(number) - 1
    return tone(lambda x: floor(clamp(x) * most + 0.5) / most)


def threshold(cut=0.5):
    """White from `cut` on, black below.

    cut: any number.
    """
    cut = real(cut, "threshold()")
    return tone(lambda x: 1.0 if x >= cut else 0.0)


def solarize(cut=0.5):
    """Turn the values from `cut` on into their negative: x below it, 1 - x from it on.

    cut: any number; 0 turns all of the picture, above 1 nothing.
    The solarize of Pillow's ImageOps, on normalised values: a sketch of the Sabattier effect.
    """
    cut = real(cut, "solarize()")
    return tone(lambda x: 1.0 - x if x >= cut else x)
