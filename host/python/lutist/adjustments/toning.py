"""Colours laid over the tones: split toning, sepia, duotone, what chemistry does to film."""

from ..math import clamp, lerp, smoothstep
from ..stages import cube, matrix, tone
from .arguments import color, within
from .luma import LUMA, luma


def split_tone(shadows=(0.0, 0.0, 0.0), highlights=(0.0, 0.0, 0.0), balance=0.0):
    """Tint shadows and highlights.

    shadows, highlights: the numbers added to (red, green, blue), -1 to 1 each.
    balance: -1 to 1: where shadows end and highlights begin; 0 is middle gray.
    Black and white stay neutral: the tint has the weight 4 x (1 - x).
    """
    shadows = color(shadows, -1, "split_tone(), shadows")
    highlights = color(highlights, -1, "split_tone(), highlights")
    middle = 0.5 + within(balance, -1, 1, "split_tone(), balance") / 2

    def channel(low, high):
        def curve_at(x):
            x = clamp(x)
            t = clamp((x - middle) * 2.0 + 0.5)
            weight = t * t * (3.0 - 2.0 * t)
            return x + 4.0 * x * (1.0 - x) * (low + (high - low) * weight)

        return curve_at

    red, green, blue = map(channel, shadows, highlights)
    return tone(red=red, green=green, blue=blue)


def sepia(amount=1.0):
    """The brown of an old print.

    amount: 0 to 1; 0 is no change.
    The sepia() of W3C Filter Effects Module Level 1, on the stored values. It makes light tones
    lighter, above white too, and white yellow, with red 1 + 0.351 amount:
    white_point(1 + 0.351 * amount) after it gives white the colour of paper.
    Returns a list of stages, an empty one for 0.
    """
    amount = within(amount, 0, 1, "sepia()")
    return _mixed(amount, [(*row, 0.0) for row in _SEPIA])


# Filter Effects Module Level 1, 6.1.
_SEPIA = ((0.393, 0.769, 0.189), (0.349, 0.686, 0.168), (0.272, 0.534, 0.131))


def duotone(shadows=(0.0, 0.0, 0.0), highlights=(1.0, 1.0, 1.0), amount=1.0):
    """Print the luma in two colours: black becomes `shadows`, white `highlights`.

    shadows, highlights: (red, green, blue), 0 to 1 each. Between them the colours are mixed in
        proportion to the luma (BT.709).
    amount: 0 (the picture itself) to 1.
    Returns a list of stages, an empty one for amount 0.
    """
    shadows = color(shadows, 0, "duotone(), shadows")
    highlights = color(highlights, 0, "duotone(), highlights")
    amount = within(amount, 0, 1, "duotone(), amount")
    rows = [
        (*((light - dark) * weight for weight in LUMA), dark)
        for dark, light in zip(shadows, highlights, strict=True)
    ]
    return _mixed(amount, rows)


def _mixed(amount, rows):
    """The matrix, mixed with the identity: none of it at 0."""
    rest = 1.0 - amount
    mixed = [
        [amount * value + (rest if column == row else 0.0) for column, value in enumerate(values)]
        for row, values in enumerate(rows)
    ]
    return [matrix(mixed)] if amount else []


def cross_process(amount=1.0):
    """Slide film in the chemicals of negatives: hard red and green, a flat blue.

    amount: 0 to 1; 0 is no change.
    Red and green take an S, of 3x² - 2x³: red as far as 0.9, green as far as 0.7 of `amount`. Blue
    goes towards 0.16 + 0.66 x, so that shadows turn blue and highlights yellow. Values outside 0 to
    1 are clamped. Our own formula after the curves that photographers draw for it.
    Returns a list of stages, an empty one for 0.
    """
    amount = within(amount, 0, 1, "cross_process()")

    def hard(share):
        return lambda x: lerp(clamp(x), smoothstep(0.0, 1.0, x), share * amount)

    def flat(x):
        x = clamp(x)
        return lerp(x, 0.16 + 0.66 * x, amount)

    return [tone(red=hard(0.9), green=hard(0.7), blue=flat)] if amount else []


def bleach_bypass(amount=1.0):
    """Film that keeps its silver: a black-and-white picture over the colours, hard and pale.

    amount: 0 to 1; 0 is no change.
    The overlay of W3C Compositing and Blending Level 1 with the luma (BT.709) as the backdrop:
    2 * x * luma up to a luma of 0.5, 1 - 2 * (1 - x) * (1 - luma) above. A 3D table with 33 points
    a side, so values outside 0 to 1 change as those at the edge do.
    Returns a list of stages, an empty one for 0.
    """
    amount = within(amount, 0, 1, "bleach_bypass()")
    return [cube(_silvered, mix=amount)] if amount else []


def _silvered(red, green, blue):
    """bleach_bypass(1)."""
    silver = luma(red, green, blue)
    if silver <= 0.5:
        return tuple(2.0 * x * silver for x in (red, green, blue))
    return tuple(1.0 - 2.0 * (1.0 - x) * (1.0 - silver) for x in (red, green, blue))
