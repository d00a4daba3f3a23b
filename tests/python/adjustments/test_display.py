"""The sRGB encoding, film's curves and log material against their formulas."""

import numpy as np
import pytest
from pictures import TOPS, colors, developed, expect_close, expect_exact, expect_identity, ramp

import lutist

DEPTHS = pytest.mark.parametrize("depth", [8, 16])


def decode(x):
    """IEC 61966-2-1, odd about 0."""
    size = np.abs(x)
    return np.sign(x) * np.where(size <= 0.04045, size / 12.92, ((size + 0.055) / 1.055) ** 2.4)


def encode(x):
    size = np.abs(x)
    bent = 1.055 * size ** (1 / 2.4) - 0.055
    return np.sign(x) * np.where(size <= 0.0031308, size * 12.92, bent)


@DEPTHS
def test_srgb_to_linear(depth):
    expect_exact(lutist.srgb_to_linear(), decode, depth)


@DEPTHS
def test_linear_to_srgb(depth):
    expect_exact(lutist.linear_to_srgb(), encode, depth)


@DEPTHS
@pytest.mark.parametrize("shift", [-1.5, 2.0])
def test_the_encoding_goes_on_below_0_and_above_1(depth, shift):
    """Shifted out of the range, decoded and brought back."""
    out, back = lutist.tone(lambda x: x + shift), lutist.tone(lambda x: x / 8 + 0.5)
    expect_exact([out, lutist.srgb_to_linear(), back], lambda x: decode(x + shift) / 8 + 0.5, depth)
    expect_exact([out, lutist.linear_to_srgb(), back], lambda x: encode(x + shift) / 8 + 0.5, depth)


@DEPTHS
def test_decoding_and_encoding_change_nothing(depth):
    both = [lutist.srgb_to_linear(), lutist.linear_to_srgb()]
    np.testing.assert_array_equal(developed(both, ramp(depth)), ramp(depth))


@DEPTHS
def test_linear_puts_the_encoding_around_stages(depth):
    expect_exact(lutist.linear(lutist.exposure(-1.3)), lambda x: encode(decode(x) * 2**-1.3), depth)
    mixed = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0, 0.3, 0.7]])
    stages = lutist.linear([None, [lutist.matrix(mixed)]])
    expect_close(stages, lambda x: encode(decode(x) @ mixed.T), depth)


@pytest.mark.parametrize("stages", [(), (None,), ([], None), ([[], [None]],)])
def test_linear_of_nothing_is_nothing(stages):
    expect_identity(lutist.linear(*stages))


def test_linear_tells_what_is_no_stage():
    with pytest.raises(TypeError, match=r"^linear\(\) got 5, which is not a stage: return tone"):
        lutist.linear(5)
    ring = []
    ring.append(ring)
    with pytest.raises(ValueError, match=r"^linear\(\) got a list that contains itself"):
        lutist.linear(ring)


def hable(x, white):
    def f(v):
        a, b, c, d, e, g = 0.15, 0.50, 0.10, 0.20, 0.02, 0.30
        return (v * (a * v + c * b) + d * e) / (v * (a * v + b) + d * g) - e / g

    return f(np.maximum(x, 0)) / f(white)


def narkowicz(x):
    x = np.maximum(x, 0)
    return (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)


@DEPTHS
@pytest.mark.parametrize(("exposure", "white"), [(0, None), (2.0, 4.0), (-8, 0.01), (8, 100)])
def test_filmic(depth, exposure, white):
    gain = 2.0**exposure
    expect_exact(
        lutist.filmic("hable", exposure, white), lambda x: hable(x * gain, white or 11.2), depth
    )
    top = 1 if white is None else narkowicz(white)
    expect_exact(lutist.filmic("aces", exposure, white), lambda x: narkowicz(x * gain) / top, depth)


def test_filmic_takes_any_light():
    for curve in ("hable", "aces"):
        film = lutist.filmic(curve, exposure=100)._spec[1]
        assert film(-5.0) == pytest.approx(0, abs=1e-12)
        assert 1 < film(1e9) < 1.5


LOGS = {
    "cineon": lambda x: (10 ** ((1023 * x - 685) / 300) - 10 ** (-590 / 300))
    / (1 - 10 ** (-590 / 300)),
    "logc3": lambda x: np.where(
        x > 5.367655 * 0.010591 + 0.092809,
        (10 ** ((x - 0.385537) / 0.247190) - 0.052272) / 5.555556,
        (x - 0.092809) / 5.367655,
    ),
    "slog3": lambda x: np.where(
        x >= 171.2102946929 / 1023,
        10 ** ((x * 1023 - 420) / 261.5) * 0.19 - 0.01,
        (x * 1023 - 95) * 0.01125 / (171.2102946929 - 95),
    ),
    "vlog": lambda x: np.where(
        x < 0.181, (x - 0.125) / 5.6, 10 ** ((x - 0.598206) / 0.241514) - 0.00873
    ),
}
# The code values that the makers give for an 18 % gray card.
GRAY_CARD = {"logc3": 400 / 1023, "slog3": 420 / 1023, "vlog": 433 / 1023}


@DEPTHS
@pytest.mark.parametrize("exposure", [-3, 0, 1.5])
@pytest.mark.parametrize("curve", LOGS)
def test_log_to_display(depth, curve, exposure):
    expect_exact(
        lutist.log_to_display(curve, exposure),
        lambda x: encode(LOGS[curve](x) * 2.0**exposure),
        depth,
    )


@pytest.mark.parametrize("curve", GRAY_CARD)
def test_a_gray_card_comes_out_as_its_light(curve):
    display = lutist.log_to_display(curve)._spec[1]
    assert decode(display(GRAY_CARD[curve])) == pytest.approx(0.18, rel=0.01)


def test_cineon_s_black_and_white():
    display = lutist.log_to_display("cineon")._spec[1]
    assert display(95 / 1023) == pytest.approx(0, abs=1e-12)
    assert display(685 / 1023) == pytest.approx(1, abs=1e-12)
    assert display(50.0) == display(1.0) and display(-3.0) == display(0.0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lutist.filmic("agx"), "filmic(), curve: 'agx' is not one of: hable, aces"),
        (lambda: lutist.filmic(exposure=200), "filmic(), exposure: 200 is out of range: from -100"),
        (lambda: lutist.filmic(white=0), "filmic(), white: 0 is out of range: above 0"),
        (lambda: lutist.log_to_display(3), "log_to_display(), curve: 3 is not one of: cineon"),
        (lambda: lutist.log_to_display("vlog", 101), "log_to_display(), exposure: 101 is out of"),
    ],
)
def test_what_is_out_of_range_is_told(call, message):
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value).startswith(message)


def test_the_pictures_of_these_tests_have_all_values():
    assert [len(np.unique(ramp(depth))) for depth in TOPS] == [256, 65536]
    assert (colors(8)[0, :27].reshape(27, 3) == 255).any(0).all()
