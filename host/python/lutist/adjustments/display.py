"""Between light and stored values: the sRGB encoding, film's curves, log material."""

from ..math import clamp, max
from ..stages import flatten, tone
from .arguments import above, one_of, within


def decoded(x):
    """Stored value to linear light: IEC 61966-2-1, odd in x."""
    size = abs(x)
    light = size / 12.92 if size <= 0.04045 else ((size + 0.055) / 1.055) ** 2.4
    return light if x >= 0 else -light


def encoded(x):
    """Linear light to stored value: IEC 61966-2-1, odd in x."""
    size = abs(x)
    stored = size * 12.92 if size <= 0.0031308 else 1.055 * size ** (1 / 2.4) - 0.055
    return stored if x >= 0 else -stored


def srgb_to_linear():
    """Stored values to linear light: the sRGB decoding, IEC 61966-2-1.

    x / 12.92 up to 0.04045, ((x + 0.055) / 1.055)**2.4 from there on, above 1 too; below 0 the
    same with the sign kept, so that linear_to_srgb() takes every value back.
    """
    return tone(decoded)


def linear_to_srgb():
    """Linear light to stored values: the sRGB encoding, IEC 61966-2-1.

    12.92 x up to 0.0031308, 1.055 x**(1 / 2.4) - 0.055 from there on, above 1 too; below 0 the
    same with the sign kept.
    """
    return tone(encoded)


def linear(*stages):
    """Do these stages in linear light: sRGB decoding before them, encoding after them.

    stages: stages and (nested) lists of them, as a pipeline returns. Nothing is clamped between.
    Returns a list of stages, an empty one if there are none within.
    Raises TypeError for an object that is no stage.
    """
    if not flatten(stages, "linear", "got"):
        return []
    return [srgb_to_linear(), *stages, linear_to_srgb()]


def filmic(curve="hable", exposure=0.0, white=None):
    """Film's toe and shoulder, for linear light: linear(filmic(…)) on a photograph.

    curve: "hable", J. Hable's curve for Uncharted 2 ("Filmic Tonemapping Operators", 2010), or
        "aces", K. Narkowicz's fit of the ACES reference rendering ("ACES Filmic Tone Mapping
        Curve", 2016).
    exposure: -100 to 100 EV, before the curve.
    white: the light that becomes white, above 0. None is 11.2 for "hable", and the curve as
        published for "aces", which meets white near 7.2. white=2**exposure keeps the white of a
        photograph.
    Light below 0 is black.
    """
    formula = _FILM[one_of(curve, _FILM, "filmic(), curve")]
    if white is not None:
        top = formula(above(white, 0, "filmic(), white"))
    else:
        top = formula(11.2) if curve == "hable" else 1.0
    gain = 2.0 ** within(exposure, -100, 100, "filmic(), exposure")
    return tone(lambda x: formula(max(x, 0.0) * gain) / top)


def _hable(x):
    return (x * (0.15 * x + 0.05) + 0.004) / (x * (0.15 * x + 0.5) + 0.06) - 0.02 / 0.3


def _aces(x):
    return x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14)


_FILM = {"hable": _hable, "aces": _aces}


def log_to_display(curve="cineon", exposure=0.0):
    """Log material to display values: the camera's log decoding, exposure, the sRGB encoding.

    curve: "cineon" (Kodak, "Conversion of 10-bit Log Film Data to 8-bit Linear or Video Data",
        1995: black at 95, white at 685), "logc3" (ARRI LogC3 at EI 800), "slog3" (Sony S-Log3) or
        "vlog" (Panasonic V-Log), each as its maker publishes it.
    exposure: -100 to 100 EV, in linear light. Light above 1 stays above white, for a later stage
        to bring back.
    Codes outside 0 to 1 are clamped. The camera's primaries stay: a matrix() after this converts
    them.
    """
    light = _LOG[one_of(curve, _LOG, "log_to_display(), curve")]
    gain = 2.0 ** within(exposure, -100, 100, "log_to_display(), exposure")
    return tone(lambda x: encoded(light(clamp(x)) * gain))


def _cineon(x):
    black = 10.0 ** ((95 - 685) / 300)
    return (10.0 ** ((1023 * x - 685) / 300) - black) / (1 - black)


def _logc3(x):
    if x > 5.367655 * 0.010591 + 0.092809:
        return (10.0 ** ((x - 0.385537) / 0.247190) - 0.052272) / 5.555556
    return (x - 0.092809) / 5.367655


def _slog3(x):
    code = 1023 * x
    if code >= 171.2102946929:
        return 10.0 ** ((code - 420) / 261.5) * (0.18 + 0.01) - 0.01
    return (code - 95) * 0.01125 / (171.2102946929 - 95)


def _vlog(x):
    if x < 0.181:
        return (x - 0.125) / 5.6
    return 10.0 ** ((x - 0.598206) / 0.241514) - 0.00873


_LOG = {"cineon": _cineon, "logc3": _logc3, "slog3": _slog3, "vlog": _vlog}
