"""The brightness of a colour, as all stages weigh it."""

# Luma of red, green and blue on encoded values: Recommendation ITU-R BT.709.
LUMA = (0.2126, 0.7152, 0.0722)


def luma(r, g, b):
    """The weighted sum of red, green and blue."""
    return LUMA[0] * r + LUMA[1] * g + LUMA[2] * b
