"""How colourful a picture is, and in which direction: saturation, channels, hue, white balance."""

from math import cos, radians, sin, sqrt

from ..stages import cube, matrix, tone
from ..values import real, short
from .arguments import gain_of, within
from .luma import LUMA, luma


def grayscale(red=LUMA[0], green=LUMA[1], blue=LUMA[2]):
    """A weighted sum of the channels, the same in all three.

    red, green, blue: the weights, any numbers, which should add up to 1. By default the luma of
        Recommendation ITU-R BT.709.
    """
    return matrix([[real(weight, "grayscale()") for weight in (red, green, blue)]] * 3)


def saturation(amount):
    """Every colour's distance from its gray, times `amount`; the luma (BT.709) stays.

    amount: any number; 0 is gray, 1 is no change, 2 doubles the distance.
    """
    rest = 1.0 - real(amount, "saturation()")
    return matrix(
        [[rest * LUMA[c] + (amount if c == row else 0.0) for c in range(3)] for row in range(3)],
    )


def vibrance(amount):
    """More colour where there is little, less change where there is much.

    amount: -1 to 1; 0 is no change.
    A saturation of 1 + amount * (1 - s), where s is the highest of the three channels minus the
    lowest; luma (BT.709) is kept. A 3D table with 33 points a side, so values outside 0 to 1 change
    as those at the edge do. Our own formula.
    Returns a list of stages, an empty one for 0.
    """
    amount = within(amount, -1, 1, "vibrance()")
    return [cube(_vivid, mix=amount)] if amount else []


def _vivid(red, green, blue):
    """vibrance(1); the change is proportional to the amount."""
    gray = luma(red, green, blue)
    more = 1.0 - (max(red, green, blue) - min(red, green, blue))
    return tuple(x + more * (x - gray) for x in (red, green, blue))


def channel_mixer(red=(1.0, 0.0, 0.0), green=(0.0, 1.0, 0.0), blue=(0.0, 0.0, 1.0)):
    """Make each channel of parts of all three.

    red, green, blue: the parts of the old red, green and blue in that channel, any numbers; a
        fourth number is added. Parts that add up to 1 keep gray gray.
    Returns a list of stages, an empty one where nothing changes.
    """
    rows = [_parts(row, name) for row, name in ((red, "red"), (green, "green"), (blue, "blue"))]
    return [matrix(rows)] if rows != _UNMIXED else []


_UNMIXED = [tuple(float(i == j) for j in range(4)) for i in range(3)]


def _parts(row, name):
    what = f"channel_mixer(), {name}"
    if not hasattr(row, "__len__") or len(row) not in (3, 4) or isinstance(row, (str, bytes)):
        raise ValueError(f"{what}={short(row)}: must be three or four numbers")
    parts = tuple(real(part, what) for part in row)
    return parts if len(parts) == 4 else (*parts, 0.0)


def hue_rotate(degrees):
    """Turn all hues: 120 makes red green, green blue and blue red. Gray and luma stay.

    degrees: any number; full turns are no change.
    A rotation about the gray axis, with the luma (BT.709) of each colour put back along that axis:
    P. Haeberli, "Matrix Operations for Image Processing", 1993.
    Returns a list of stages, an empty one for full turns.
    """
    degrees = real(degrees, "hue_rotate()") % 360.0
    if degrees == 0:
        return []
    turned = _about_gray(radians(degrees))
    lost = [
        LUMA[column] - sum(LUMA[row] * turned[row][column] for row in range(3))
        for column in range(3)
    ]
    return [
        matrix([[turned[row][column] + lost[column] for column in range(3)] for row in range(3)])
    ]


def _about_gray(angle):
    """The rotation about (1, 1, 1): Rodrigues' formula."""
    same, other = (1.0 - cos(angle)) / 3.0, sin(angle) / sqrt(3.0)
    diagonal = cos(angle) + same
    ahead, behind = same + other, same - other
    return [[diagonal, behind, ahead], [ahead, diagonal, behind], [behind, ahead, diagonal]]


def white_balance(temperature=0.0, tint=0.0):
    """Warmer or cooler, greener or more magenta: gains on the stored values.

    temperature: in EV between red and blue, any number; above 0 is warmer.
    tint: in EV, any number; above 0 is more magenta, below 0 greener.
    A creative control, not a colorimetric adaptation. The three gains multiply to 1. It is meant
    for stored values; in linear(white_balance(…)) they are gains on light, as a camera's are.
    """
    temperature, tint = (real(value, "white_balance()") for value in (temperature, tint))
    call = f"white_balance({temperature:g}, {tint:g})"
    gains = (temperature / 2 + tint / 4, -tint / 2, -temperature / 2 + tint / 4)
    red, green, blue = (gain_of(ev, call) for ev in gains)
    return tone(red=lambda x: x * red, green=lambda x: x * green, blue=lambda x: x * blue)
