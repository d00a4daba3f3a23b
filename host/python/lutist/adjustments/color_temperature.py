"""White balance by the colour temperature of the light, in kelvin."""

from math import hypot

from ..stages import matrix
from .arguments import within
from .display import linear
from .matrices import inverse, product, times

NEUTRAL = 6500.0
_COOLEST, _HOTTEST = 1667, 25000  # of the approximation

# Linear sRGB to CIE XYZ (IEC 61966-2-1), and XYZ to the cone-like responses of the Bradford
# transform: K. M. Lam, "Metamerism and Colour Constancy", 1985.
_TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
_BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))


def color_temperature(kelvin=NEUTRAL, tint=0.0):
    """White balance: the light in which the picture was taken becomes neutral.

    kelvin: 1667 to 25000; 6500 is no change. Above it the picture gets warmer (the light was
        blue, and is made neutral), below it cooler.
    tint: -150 to 150; above 0 the picture gets more magenta (the light was green), below 0 greener.
        One unit is 1/3000 in CIE 1960 u, v across the locus.
    The light's chromaticity is that of a black body: the cubic approximation of the Planckian
    locus by B. Kim et al., US patent 7024034, 2002. Von Kries adaptation in linear light, with the
    Bradford transform; the luminance of white is kept.
    Returns a list of stages, an empty one for 6500 and 0.
    """
    kelvin = within(kelvin, _COOLEST, _HOTTEST, "color_temperature(), kelvin")
    tint = within(tint, -150, 150, "color_temperature(), tint")
    if kelvin == NEUTRAL and tint == 0:
        return []
    light, neutral = (times(_BRADFORD, _white(k, t)) for k, t in ((kelvin, tint), (NEUTRAL, 0)))
    gains = [[neutral[i] / light[i] if i == j else 0.0 for j in range(3)] for i in range(3)]
    to_cones = product(_BRADFORD, _TO_XYZ)
    return linear(matrix(product(inverse(to_cones), gains, to_cones)))


def _white(kelvin, tint):
    """XYZ of the light at Y = 1."""
    u, v = _uv(kelvin)
    (u1, v1), (u2, v2) = _uv(kelvin * 0.999), _uv(kelvin * 1.001)
    along_u, along_v = u2 - u1, v2 - v1
    across = tint / 3000.0 / hypot(along_u, along_v)
    u, v = u + along_v * across, v - along_u * across
    x, y = 3.0 * u / (2.0 * u - 8.0 * v + 4.0), 2.0 * v / (2.0 * u - 8.0 * v + 4.0)
    return x / y, 1.0, (1.0 - x - y) / y


def _uv(kelvin):
    """CIE 1960 u, v of a black body."""
    x, y = _planckian(kelvin)
    return 4.0 * x / (12.0 * y - 2.0 * x + 3.0), 6.0 * y / (12.0 * y - 2.0 * x + 3.0)


def _planckian(kelvin):
    """CIE 1931 x, y of a black body: Kim et al."""
    t = 1000.0 / kelvin
    if kelvin <= 4000:
        x = ((-0.2661239 * t - 0.2343589) * t + 0.8776956) * t + 0.179910
    else:
        x = ((-3.0258469 * t + 2.1070379) * t + 0.2226347) * t + 0.240390
    if kelvin <= 2222:
        y = ((-1.1063814 * x - 1.34811020) * x + 2.18555832) * x - 0.20219683
    elif kelvin <= 4000:
        y = ((-0.9549476 * x - 1.37418593) * x + 2.09137015) * x - 0.16748867
    else:
        y = ((3.0817580 * x - 5.87338670) * x + 3.75112997) * x - 0.37001483
    return x, y
