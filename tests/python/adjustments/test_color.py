"""Channel mixer, hue, temperature, toning against their formulas, within the bounds of matrices."""

import numpy as np
import pytest
from pictures import colors, developed, expect_close, expect_exact, expect_identity
from test_display import decode, encode

import lutist

DEPTHS = pytest.mark.parametrize("depth", [8, 16])
LUMA = np.array([0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("amount", [0.25, 0.8, 1])
def test_a_white_point_after_sepia_makes_white_paper(amount):
    look = [lutist.sepia(amount), lutist.white_point(1 + 0.351 * amount)]
    white = developed(look, np.full((1, 1, 3), 65535, np.uint16))[0, 0] / 65535
    unclipped = 1 + amount * (np.array([1.351, 1.203, 0.937]) - 1)
    np.testing.assert_allclose(white, unclipped / unclipped[0], atol=2 / 65535)


@DEPTHS
def test_channel_mixer(depth):
    rows = np.array([[0.5, 0.3, 0.2], [-0.2, 1.1, 0.1], [0, 0.4, 0.6]])
    expect_close(lutist.channel_mixer(*rows), lambda x: x @ rows.T, depth)
    stages = lutist.channel_mixer(red=(0, 1, 0, 0.1), blue=(0, 0, 1, -0.2))
    expect_close(
        stages, lambda x: np.stack([x[..., 1] + 0.1, x[..., 1], x[..., 2] - 0.2], -1), depth
    )


def haeberli(degrees):
    """P. Haeberli's recipe step by step: gray to the z axis, luma level, turn, and back."""

    def turn_x(s, c):
        return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])

    def turn_y(s, c):
        return np.array([[c, 0, -s], [0, 1, 0], [s, 0, c]])

    up = turn_y(1 / np.sqrt(3), np.sqrt(2 / 3)) @ turn_x(1 / np.sqrt(2), 1 / np.sqrt(2))
    np.testing.assert_allclose(up @ np.ones(3), [0, 0, np.sqrt(3)], atol=1e-15)
    # With luma l = w·v and v = up⁻¹ u, the shear makes z the luma plane's height.
    w = LUMA @ np.linalg.inv(up)
    shear = np.eye(3)
    shear[2] = w / w[2]
    angle = np.radians(degrees)
    turn = np.array(
        [[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]]
    )
    to = shear @ up
    return np.linalg.inv(to) @ turn @ to


@DEPTHS
@pytest.mark.parametrize("degrees", [-90, 1, 30, 120, 180, 359, 720.5])
def test_hue_rotate(depth, degrees):
    expect_close(lutist.hue_rotate(degrees), lambda x: x @ haeberli(degrees).T, depth)


def test_hue_rotate_keeps_gray_and_luma_and_turns_red_to_green():
    rows = np.array(lutist.hue_rotate(120)[0]._spec[1:]).reshape(3, 4)[:, :3]
    np.testing.assert_allclose(rows @ np.ones(3), np.ones(3), atol=1e-15)
    np.testing.assert_allclose(LUMA @ rows, LUMA, atol=1e-15)
    assert np.argmax(rows @ [1, 0, 0]) == 1


def planckian(kelvin):
    """B. Kim et al., US patent 7024034."""
    t = 1e3 / kelvin
    if kelvin <= 4000:
        x = -0.2661239 * t**3 - 0.2343589 * t**2 + 0.8776956 * t + 0.179910
    else:
        x = -3.0258469 * t**3 + 2.1070379 * t**2 + 0.2226347 * t + 0.240390
    if kelvin <= 2222:
        c = (-1.1063814, -1.34811020, 2.18555832, -0.20219683)
    elif kelvin <= 4000:
        c = (-0.9549476, -1.37418593, 2.09137015, -0.16748867)
    else:
        c = (3.0817580, -5.87338670, 3.75112997, -0.37001483)
    return x, np.polyval(c, x)


TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)


def adaptation(kelvin):
    def cones(x, y):
        return BRADFORD @ [x / y, 1, (1 - x - y) / y]

    gains = np.diag(cones(*planckian(6500)) / cones(*planckian(kelvin)))
    to = BRADFORD @ TO_XYZ
    return np.linalg.inv(to) @ gains @ to


@DEPTHS
@pytest.mark.parametrize("kelvin", [1667, 2222, 2856, 4000, 5000, 6499, 8000, 25000])
def test_color_temperature(depth, kelvin):
    matrix = adaptation(kelvin)
    expect_close(lutist.color_temperature(kelvin), lambda x: encode(decode(x) @ matrix.T), depth)


def gray_of(**settings):
    return developed(lutist.color_temperature(**settings), np.full((1, 1, 3), 30000, np.uint16))[
        0, 0
    ]


def test_more_kelvin_is_warmer_and_more_tint_is_more_magenta():
    red, _, blue = gray_of(kelvin=8000)
    assert red > 30000 > blue
    red, _, blue = gray_of(kelvin=4000)
    assert red < 30000 < blue
    assert gray_of(tint=20)[1] < 30000 < gray_of(tint=-20)[1]
    for extreme in (-150, 150):
        assert developed(lutist.color_temperature(1667, extreme), colors(8)).shape[-1] == 3


def test_a_unit_of_tint_lies_across_the_locus():
    """From the neutral light to the tinted one: 1/3000 a unit in u, v, at a right angle."""
    from lutist.adjustments.color_temperature import _uv, _white

    for kelvin in (2000, 5000, 12000):
        for tint in (-150, 30):
            X, Y, Z = _white(kelvin, tint)
            u, v = 4 * X / (X + 15 * Y + 3 * Z), 6 * Y / (X + 15 * Y + 3 * Z)
            step = np.array([u, v]) - _uv(kelvin)
            along = np.subtract(_uv(kelvin * 1.0001), _uv(kelvin * 0.9999))
            assert np.hypot(*step) == pytest.approx(abs(tint) / 3000, rel=1e-6)
            assert abs(step @ along) / np.hypot(*along) < 1e-5
            assert (step[1] > 0) == (tint > 0)  # green lies above the locus


SEPIA = np.array([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]])


@DEPTHS
@pytest.mark.parametrize("amount", [0.3, 1])
def test_sepia(depth, amount):
    rows = amount * SEPIA + (1 - amount) * np.eye(3)
    expect_close(lutist.sepia(amount), lambda x: x @ rows.T, depth)


@DEPTHS
@pytest.mark.parametrize("amount", [0.4, 1.0])
def test_duotone(depth, amount):
    dark, light = np.array([0.1, 0.05, 0.3]), np.array([1.0, 0.9, 0.6])

    def formula(x):
        luma = (x @ LUMA)[..., None]
        return x * (1 - amount) + amount * (dark + luma * (light - dark))

    expect_close(lutist.duotone(dark, light, amount), formula, depth)


@DEPTHS
@pytest.mark.parametrize("amount", [0.25, 1])
def test_cross_process(depth, amount):
    def formula(x):
        hard = 3 * x**2 - 2 * x**3
        red = x[..., 0] + 0.9 * amount * (hard - x)[..., 0]
        green = x[..., 1] + 0.7 * amount * (hard - x)[..., 1]
        blue = x[..., 2] + amount * (0.16 + 0.66 * x - x)[..., 2]
        return np.stack([red, green, blue], -1)

    expect_exact(lutist.cross_process(amount), formula, depth)


@pytest.mark.parametrize(
    "stages",
    [
        lutist.channel_mixer(),
        lutist.channel_mixer((1, 0, 0, 0), blue=(0, 0, 1)),
        lutist.hue_rotate(0),
        lutist.hue_rotate(-720),
        lutist.color_temperature(),
        lutist.color_temperature(6500, 0),
        lutist.sepia(0),
        lutist.duotone((1, 0, 0), (0, 0, 1), amount=0),
        lutist.cross_process(0),
    ],
)
def test_the_neutral_value_is_no_stage_at_all(stages):
    expect_identity(stages)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: lutist.channel_mixer((1, 0)),
            "channel_mixer(), red=(1, 0): must be three or four",
        ),
        (
            lambda: lutist.channel_mixer(green="100"),
            "channel_mixer(), green='100': must be three or four",
        ),
        (lambda: lutist.channel_mixer(blue=(0, 0, "1")), "channel_mixer(), blue: '1' is not a num"),
        (lambda: lutist.hue_rotate("30"), "hue_rotate(): '30' is not a number"),
        (lambda: lutist.color_temperature(1000), "color_temperature(), kelvin: 1000 is out of ran"),
        (lambda: lutist.color_temperature(5000, 151), "color_temperature(), tint: 151 is out of r"),
        (lambda: lutist.sepia(1.5), "sepia(): 1.5 is out of range: from 0 to 1"),
        (lambda: lutist.duotone((1, 2)), "duotone(), shadows=(1, 2): must be three numbers"),
        (lambda: lutist.duotone(highlights=None), "duotone(), highlights=None: must be three"),
        (lambda: lutist.duotone(amount=-1), "duotone(), amount: -1 is out of range"),
        (lambda: lutist.cross_process(2), "cross_process(): 2 is out of range: from 0 to 1"),
    ],
)
def test_what_is_out_of_range_is_told(call, message):
    with pytest.raises((TypeError, ValueError)) as caught:
        call()
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
