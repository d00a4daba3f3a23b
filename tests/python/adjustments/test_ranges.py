"""Every range that the pages state: its ends are taken, and a value just outside is an error."""

import math

import pytest

import lutist


def after(x):
    return math.nextafter(x, math.inf)


def before(x):
    return math.nextafter(x, -math.inf)


class FromTo:
    """Both ends belong to the range; None: there is no such end."""

    def __init__(self, lo, hi):
        self.inside = [end for end in (lo, hi) if end is not None]
        self.outside = [before(lo)] if lo is not None else []
        self.outside += [after(hi)] if hi is not None else []


class Between:
    """Neither end belongs to the range."""

    def __init__(self, lo, hi=None):
        self.inside = [lo + 1e-9] + ([hi - 1e-9] if hi is not None else [])
        self.outside = [lo] + ([hi] if hi is not None else [])


def red(stage, name, others=(0.0, 0.0)):
    """A call whose argument is the red of a colour, or the blue."""
    return lambda v: (stage(**{name: (v, *others)}), stage(**{name: (*others, v)}))


def mixed(mix):
    return lutist.cube(lambda r, g, b: (r, g, b), size=2, mix=mix)


UNIT, SIGNED, PARTS = FromTo(0, 1), FromTo(-1, 1), FromTo(0, None)
RANGES = {
    "cube mix": (mixed, FromTo(-100, 100)),
    "brightness": (lutist.brightness, Between(-1, 1)),
    "gamma": (lutist.gamma, Between(0)),
    "contrast": (lutist.contrast, Between(-1, 1)),
    "sigmoid contrast": (lutist.sigmoid, Between(0)),
    "sigmoid pivot": (lambda v: lutist.sigmoid(2, pivot=v), Between(0, 1)),
    "levels gamma": (lambda v: lutist.levels(gamma=v), Between(0)),
    "white_point": (lutist.white_point, Between(0)),
    "filmic exposure": (lambda v: lutist.filmic(exposure=v), FromTo(-100, 100)),
    "filmic white": (lambda v: lutist.filmic(white=v), Between(0)),
    "log_to_display": (lambda v: lutist.log_to_display(exposure=v), FromTo(-100, 100)),
    "vibrance": (lutist.vibrance, SIGNED),
    "color_temperature": (lutist.color_temperature, FromTo(1667, 25000)),
    "color_temperature tint": (lambda v: lutist.color_temperature(tint=v), FromTo(-150, 150)),
    "lift": (lambda v: lutist.lift_gamma_gain(lift=v), SIGNED),
    "lift of a channel": (red(lutist.lift_gamma_gain, "lift"), SIGNED),
    "gamma of lift_gamma_gain": (lambda v: lutist.lift_gamma_gain(gamma=v), FromTo(0.05, 20)),
    "gain": (lambda v: lutist.lift_gamma_gain(gain=v), FromTo(0, 100)),
    "slope": (lambda v: lutist.asc_cdl(slope=v), PARTS),
    "slope of a channel": (red(lutist.asc_cdl, "slope"), PARTS),
    "power": (lambda v: lutist.asc_cdl(power=v), Between(0)),
    "saturation of asc_cdl": (lambda v: lutist.asc_cdl(saturation=v), PARTS),
    "split_tone shadows": (red(lutist.split_tone, "shadows"), SIGNED),
    "split_tone highlights": (red(lutist.split_tone, "highlights"), SIGNED),
    "split_tone balance": (lambda v: lutist.split_tone(balance=v), SIGNED),
    "sepia": (lutist.sepia, UNIT),
    "duotone shadows": (red(lutist.duotone, "shadows"), UNIT),
    "duotone highlights": (red(lutist.duotone, "highlights"), UNIT),
    "duotone amount": (lambda v: lutist.duotone(amount=v), UNIT),
    "cross_process": (lutist.cross_process, UNIT),
    "bleach_bypass": (lutist.bleach_bypass, UNIT),
}


@pytest.mark.parametrize("name", RANGES)
def test_a_value_just_outside_of_its_range_is_an_error_that_names_the_stage(name):
    call, values = RANGES[name]
    for value in values.inside:
        call(value)
    for value in values.outside:
        with pytest.raises(ValueError, match=r"^\w+\(.*(range|must|empty|is not from)") as caught:
            call(value)
        assert str(value) in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("count", [2, 2.0, 7, 256])
def test_steps_are_whole(count):
    lutist.posterize(count)


@pytest.mark.parametrize("count", [2.5, 1, 1.0, 0, -3, after(2.0)])
def test_other_counts_of_steps_are_refused(count):
    with pytest.raises(
        ValueError, match=rf"^posterize\({count}\): needs two steps or more, a whole"
    ):
        lutist.posterize(count)


@pytest.mark.parametrize(
    "call",
    [
        lambda: lutist.black_point(1),
        lambda: lutist.levels(0.5, 0.5),
        lambda: lutist.exposure(1024),
        lambda: lutist.white_balance(5000),
        lambda: lutist.white_balance(0, -5000),
        lambda: lutist.cube(lambda r, g, b: (r, g, b), size=1),
        lambda: lutist.cube(lambda r, g, b: (r, g, b), size=130),
    ],
)
def test_ends_that_are_no_numbers_of_a_range(call):
    with pytest.raises(ValueError, match=r"^\w+\(.*\)?: ") as caught:
        call()
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.parametrize(
    "call",
    [
        lambda: lutist.duotone((30, 0, 50), (1, 1, 1)),
        lambda: lutist.duotone(highlights=(255, 255, 255)),
        lambda: lutist.split_tone((30, 0, 50)),
    ],
)
def test_colours_of_8_bits_are_told_what_to_do(call):
    with pytest.raises(ValueError, match="to 1 each; divide 8-bit values by 255$"):
        call()
