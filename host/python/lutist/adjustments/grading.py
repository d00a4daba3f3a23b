"""The controls of colour grading: lift, gamma, gain, and the ASC Color Decision List."""

from sys import _getframe

from ..math import clamp, max
from ..script.data import located
from ..stages import tone
from .arguments import above, channels, within
from .color import saturation as saturated

INFINITE = float("inf")


def lift_gamma_gain(lift=0.0, gamma=1.0, gain=1.0):
    """Shadows, middle tones and highlights: (gain * (x + lift * (1 - x))) ** (1 / gamma).

    lift: -1 to 1, added at black, nothing at white; 0 is no change.
    gamma: 0.05 to 20; 1 is no change, more is lighter.
    gain: 0 to 100; 1 is no change.
    Each is one number, or three for (red, green, blue). Values below 0 become black before the
    power. The lift/gamma/gain of Blender's Color Balance, with its lift counted from 0.
    Returns a list of stages, an empty one where nothing changes.
    """
    settings = _channelwise("lift_gamma_gain()", lift=lift, gamma=gamma, gain=gain)
    for low, middle, high in settings:
        within(low, -1, 1, "lift_gamma_gain(), lift")
        within(middle, 0.05, 20, "lift_gamma_gain(), gamma")
        within(high, 0, 100, "lift_gamma_gain(), gain")
    if settings == [(0.0, 1.0, 1.0)] * 3:
        return []

    def channel(low, middle, high):
        power = 1.0 / middle
        return lambda x: max(high * (x + low * (1.0 - x)), 0.0) ** power

    red, green, blue = (channel(*one) for one in settings)
    return [tone(red=red, green=green, blue=blue)]


def asc_cdl(slope=1.0, offset=0.0, power=1.0, saturation=1.0):
    """A correction of the ASC Color Decision List, version 1.2.

    slope: 0 and up; 1 is no change.
    offset: any number; 0 is no change.
    power: above 0; 1 is no change.
    saturation: one number, 0 and up; 1 is no change.
    Slope, offset and power are one number each, or three for (red, green, blue). First
    clamp(x * slope + offset) ** power for each channel, then the saturation about the BT.709 luma,
    then a clamp.
    Returns a list of stages, an empty one (no clamp either) where nothing changes.
    """
    settings = _channelwise("asc_cdl()", slope=slope, offset=offset, power=power)
    saturation = within(saturation, 0, INFINITE, "asc_cdl(), saturation")
    for factor, _, exponent in settings:
        within(factor, 0, INFINITE, "asc_cdl(), slope")
        above(exponent, 0, "asc_cdl(), power")
    if settings == [(1.0, 0.0, 1.0)] * 3 and saturation == 1:
        return []

    def channel(slope, offset, power):
        return lambda x: clamp(x * slope + offset) ** power

    red, green, blue = (channel(*one) for one in settings)
    corrected = [tone(red=red, green=green, blue=blue)]
    return corrected if saturation == 1 else [*corrected, saturated(saturation), tone(clamp)]


def asc_cdl_file(path, id=None):
    """The correction of a .cc, .cdl or .ccc file, as asc_cdl() applies it.

    path: a relative one counts from the script's folder, and the look is loaded again when the
        file changes, as with data().
    id: which correction, where the file has several.
    Raises OSError for a file that cannot be read, ValueError for one that is no CDL, that has no
    correction of that id, or that has several while no id is given.
    """
    from .cdl_file import correction  # brings an XML parser

    return asc_cdl(**correction(located(path, _getframe(1)), id))


def _channelwise(what, **settings):
    """One tuple of settings a channel; each is a number or three."""
    return list(zip(*(channels(v, f"{what}, {k}") for k, v in settings.items()), strict=True))
