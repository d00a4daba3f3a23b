"""Ready-made stages: each is a few lines on top of tone() and matrix()."""

from itertools import pairwise
from math import floor

from .math import clamp
from .stages import matrix, tone
from .values import real, short

# Luma of red, green and blue on encoded values: Recommendation ITU-R BT.709.
LUMA = (0.2126, 0.7152, 0.0722)


def exposure(ev):
    """Multiply by 2**ev: one EV doubles or halves the light."""
    try:
        gain = 2.0 ** real(ev, "exposure()")
    except OverflowError:
        raise ValueError(f"exposure({ev!r}): so much light is no number any more") from None
    return tone(lambda x: x * gain)


def gamma(value):
    """x ** (1 / value): above 1 lifts the middle tones. value > 0; below black stays black."""
    if not real(value, "gamma()") > 0:
        raise ValueError(f"gamma({value!r}): must be above 0")
    power = 1.0 / value
    return tone(lambda x: x**power if x > 0 else 0.0)


def contrast(amount):
    """An S-curve around middle gray; amount from below 1 (hard) over 0 (none) to above -1.

    The gain function of C. Schlick, "Fast Alternatives to Perlin's Bias and Gain Functions",
    Graphics Gems IV, 1994. Black, middle and white stay where they are.
    """
    if not -1 < real(amount, "contrast()") < 1:
        raise ValueError(f"contrast({amount!r}): must lie between -1 and 1")
    slope = 2.0 / (1.0 - amount) - 2.0

    def curve_at(x):
        x = clamp(x)
        k = slope * (1.0 - 2.0 * x)
        return x / (k + 1.0) if x < 0.5 else (k - x) / (k - 1.0)

    return tone(curve_at)


def levels(black=0.0, white=1.0, gamma=1.0):
    """Stretch black … white to 0 … 1, then apply gamma. white must differ from black."""
    black, white, gamma = (real(value, "levels()") for value in (black, white, gamma))
    if black == white or not gamma > 0:
        raise ValueError(
            f"levels({black!r}, {white!r}, {gamma!r}): empty range, or gamma not above 0"
        )
    power = 1.0 / gamma

    def curve_at(x):
        y = (x - black) / (white - black)
        return y**power if y > 0 else 0.0

    return tone(curve_at)


def curve(*points):
    """A smooth curve through (x, y) points, which rise in x; flat beyond the outer ones.

    Monotone cubic interpolation, which makes no bumps between the points: F. N. Fritsch and
    R. E. Carlson, SIAM Journal on Numerical Analysis 17 (1980), 238-246.
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
    """Round to `count` even steps from black to white. count >= 2."""
    if real(count, "posterize()") < 2:
        raise ValueError(f"posterize({count!r}): needs two steps or more")
    most = count - 1
    return tone(lambda x: floor(clamp(x) * most + 0.5) / most)


def threshold(cut=0.5):
    """White from `cut` on, black below."""
    cut = real(cut, "threshold()")
    return tone(lambda x: 1.0 if x >= cut else 0.0)


def grayscale(red=LUMA[0], green=LUMA[1], blue=LUMA[2]):
    """A weighted sum of the channels in all three; the weights should add up to 1."""
    return matrix([[real(weight, "grayscale()") for weight in (red, green, blue)]] * 3)


def saturation(amount):
    """Distance from gray times `amount`: 0 is gray, 1 no change. Luma is kept (BT.709)."""
    rest = 1.0 - real(amount, "saturation()")
    return matrix(
        [[rest * LUMA[c] + (amount if c == row else 0.0) for c in range(3)] for row in range(3)],
    )


def white_balance(temperature=0.0, tint=0.0):
    """Warmer (temperature > 0) or cooler, more magenta (tint > 0) or greener; in EV a channel.

    Gains on the encoded values: a creative control, not a colorimetric adaptation. The gains
    multiply to 1.
    """
    temperature, tint = (real(value, "white_balance()") for value in (temperature, tint))
    gains = (temperature / 2 + tint / 4, -tint / 2, -temperature / 2 + tint / 4)
    red, green, blue = (2.0**ev for ev in gains)
    return tone(red=lambda x: x * red, green=lambda x: x * green, blue=lambda x: x * blue)


def split_tone(shadows=(0.0, 0.0, 0.0), highlights=(0.0, 0.0, 0.0), balance=0.0):
    """Tint shadows and highlights: what to add to (red, green, blue) in each.

    balance: -1 to 1, where shadows end and highlights begin (0: middle gray). Black and white
    stay neutral: the tint has the weight 4 x (1 - x).
    """
    for name, tint in (("shadows", shadows), ("highlights", highlights)):
        if not hasattr(tint, "__len__") or len(tint) != 3:
            raise ValueError(f"split_tone(): {name}={short(tint)}: three numbers are wanted")
    middle = 0.5 + real(balance, "split_tone()") / 2

    def channel(low, high):
        low, high = real(low, "split_tone()"), real(high, "split_tone()")

        def curve_at(x):
            x = clamp(x)
            t = clamp((x - middle) * 2.0 + 0.5)
            weight = t * t * (3.0 - 2.0 * t)
            return x + 4.0 * x * (1.0 - x) * (low + (high - low) * weight)

        return curve_at

    red, green, blue = map(channel, shadows, highlights)
    return tone(red=red, green=green, blue=blue)
