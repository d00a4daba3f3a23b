"""How light and how hard a picture is: exposure, brightness, contrast, the ends of the range."""

from ..math import clamp, max, min
from ..stages import tone
from ..values import real
from .arguments import above, between, gain_of


def exposure(ev):
    """Multiply by 2**ev: one EV doubles or halves the stored values.

    ev: any number; 0 is no change.
    It is meant for light: linear(exposure(ev)) doubles or halves it, as a lens does; on stored
    values it is a plain gain.
    """
    gain = gain_of(real(ev, "exposure()"), f"exposure({ev!r})")
    return tone(lambda x: x * gain)


def brightness(amount):
    """Lift or lower the middle tones; black and white stay.

    amount: above -1, below 1; 0 is no change. Middle gray becomes (1 + amount) / 2.
    The bias function of C. Schlick, "Fast Alternatives to Perlin's Bias and Gain Functions",
    Graphics Gems IV, 1994; below 0 and above 1 it goes on as a straight line.
    Returns a list of stages, an empty one for 0.
    """
    amount = between(amount, -1, 1, "brightness()")
    if amount == 0:
        return []
    middle = (1.0 + amount) / 2.0
    bend = 1.0 / middle - 2.0
    at_black, at_white = middle / (1.0 - middle), 1.0 / middle - 1.0  # the slopes there

    def curve_at(x):
        inside = clamp(x)
        beyond = min(x, 0.0) * at_black + max(x - 1.0, 0.0) * at_white
        return inside / (bend * (1.0 - inside) + 1.0) + beyond

    return [tone(curve_at)]


def gamma(value):
    """x ** (1 / value), and 0 below black.

    value: above 0; 1 is no change, more lifts the middle tones.
    """
    if not real(value, "gamma()") > 0:
        raise ValueError(f"gamma({value!r}): must be above 0")
    power = 1.0 / value
    return tone(lambda x: x**power if x > 0 else 0.0)


def contrast(amount):
    """An S-curve around middle gray. Black, middle gray and white stay where they are.

    amount: above -1 (soft), below 1 (hard); 0 is no change.
    Values outside 0 to 1 are clamped. The gain function of C. Schlick, "Fast Alternatives to
    Perlin's Bias and Gain Functions", Graphics Gems IV, 1994.
    """
    if not -1 < real(amount, "contrast()") < 1:
        raise ValueError(f"contrast({amount!r}): must lie between -1 and 1")
    slope = 2.0 / (1.0 - amount) - 2.0

    def curve_at(x):
        x = clamp(x)
        k = slope * (1.0 - 2.0 * x)
        return x / (k + 1.0) if x < 0.5 else (k - x) / (k - 1.0)

    return tone(curve_at)


def sigmoid(contrast, pivot=0.5):
    """An S-curve whose slope at the pivot is `contrast`; black, pivot and white stay.

    contrast: above 0; below 1 softens, 1 is no change, and 1 / contrast takes the curve back.
    pivot: above 0, below 1: the value that stays.
    Below the pivot the curve is pivot * (x / pivot)**contrast, the contrast of OpenColorIO's
    ExposureContrast; above it the same from white downwards. Values outside 0 to 1 are clamped.
    Returns a list of stages, an empty one for contrast 1.
    """
    contrast = above(contrast, 0, "sigmoid(), contrast")
    pivot = between(pivot, 0, 1, "sigmoid(), pivot")
    if contrast == 1:
        return []
    rest = 1.0 - pivot

    def curve_at(x):
        x = clamp(x)
        if x < pivot:
            return pivot * (x / pivot) ** contrast
        return 1.0 - rest * ((1.0 - x) / rest) ** contrast

    return [tone(curve_at)]


def levels(black=0.0, white=1.0, gamma=1.0):
    """Stretch black … white to 0 … 1, then apply gamma.

    black, white: any two different numbers: the values that become 0 and 1.
    gamma: above 0; 1 is no change, more lifts the middle tones.
    """
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


def black_point(value):
    """Choose the value that becomes black: (x - value) / (1 - value). White stays.

    value: below 1; 0 is no change. Above 0 it deepens the shadows, below 0 it lifts them to a matte
        black.
    Returns a list of stages, an empty one for 0.
    """
    value = real(value, "black_point()")
    if not value < 1:
        raise ValueError(f"black_point({value!r}): must be below 1, which is white")
    span = 1.0 - value
    return [tone(lambda x: (x - value) / span)] if value else []


def white_point(value):
    """Choose the value that becomes white: x / value. Black stays.

    value: above 0; 1 is no change. Below 1 it brightens the highlights, above 1 it dims them.
    Returns a list of stages, an empty one for 1.
    """
    value = real(value, "white_point()")
    if not value > 0:
        raise ValueError(f"white_point({value!r}): must be above 0, which is black")
    return [tone(lambda x: x / value)] if value != 1 else []
