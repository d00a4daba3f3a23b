"""cube(): tables from files, functions and arrays, against NumPy in float64."""

import colorsys
import gc
import random
import re

import numpy as np
import pytest

import lutist
from lutist import cube, cubes, matrix, pipeline, threshold, tone
from lutist.script import loading
from tetrahedral import interpolated

ARRAY = np.random.default_rng(5).random((9, 9, 9, 3)) * 1.3 - 0.15


def colors(depth, channels=3):
    numbers = np.random.default_rng(depth + channels)
    return numbers.integers(0, 2**depth, (70, 90, channels)).astype(f"u{depth // 8}")


def developed(stages, pixels, mode=None):
    @pipeline
    def look():
        return stages

    return np.asarray(look.apply(lutist.Image.from_buffer(pixels), mode=mode))


def rounded(values, depth):
    top = 2**depth - 1
    return np.floor(np.clip(values, 0, 1) * top + 0.5)


def is_near(got, want):
    """Within 1 step at 8 bits, 2 at 16."""
    return np.abs(got.astype(float) - want).max() <= (1 if got.dtype == np.uint8 else 2)


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("mix", [1.0, 0.3, -2.0])
@pytest.mark.parametrize("size", [2, 9, 33])
def test_an_array_is_interpolated(depth, mix, size):
    table = np.random.default_rng(size).random((size, size, size, 3)) * 1.3 - 0.15
    pixels = colors(depth)
    want = rounded(interpolated(table, pixels / (2**depth - 1), mix), depth)
    assert is_near(developed(cube(table, mix=mix), pixels), want)


@pytest.fixture(scope="module")
def mixed_looks(tmp_path_factory):
    """Looks with pictures of all kinds, and what the mode single makes of them."""
    shaped = tmp_path_factory.mktemp("cubes") / "shaped.cube"
    rows = "\n".join(" ".join(map(repr, row)) for row in ARRAY.reshape(-1, 3).tolist())
    shaped.write_text(
        "LUT_1D_SIZE 3\nLUT_1D_INPUT_RANGE -0.5 2\nLUT_3D_SIZE 9\nLUT_3D_INPUT_RANGE 0.1 0.9\n"
        f"0 0.1 0\n.5 .6 .7\n1 1.5 .8\n{rows}\n",
    )
    curve, back = tone(lambda x: x * 1.2 - 0.1), matrix([[2, -1, 0], [0, 2, -1], [-1, 0, 2]])
    root = tone(lambda x: max(x, 0.0) ** 0.4)  # its steepest pieces are marked
    chains = (
        [curve, cube(shaped, mix=0.7), threshold(0.5), cube(ARRAY)],
        [cube(ARRAY), root],
        [curve, cube(shaped), curve, back, tone(green=lambda x: x * x), threshold(0.5)],
        [cube(ARRAY)],
        [curve, cube(shaped), back, cube(ARRAY, mix=1.5), back],
    )
    pictures = [
        colors(depth, channels)[:20]
        for channels, depth in ((1, 16), (2, 16), (3, 16), (4, 16), (3, 8), (4, 8))
    ]
    return [
        (stages, pixels, developed(stages, pixels, "single"))
        for stages in chains
        for pixels in pictures
    ]


@pytest.mark.parametrize("mode", sorted(set(lutist.MODES) - {"single", "opencl"}))
def test_all_modes_give_the_same_bits(mode, mixed_looks):
    for stages, pixels, wanted in mixed_looks:
        assert (developed(stages, pixels, mode) == wanted).all()


def test_float32_and_other_layouts():
    pixels = colors(8)
    want = developed(cube(ARRAY.astype("f4").astype("f8")), pixels)
    for table in (ARRAY.astype("f4"), ARRAY.astype("f4").astype(">f8")):
        assert (developed(cube(table), pixels) == want).all()
    other = ARRAY.transpose(2, 1, 0, 3)
    assert (developed(cube(other), pixels) == developed(cube(other.copy()), pixels)).all()
    assert (
        developed(cube(other.transpose(2, 1, 0, 3)), pixels) == developed(cube(ARRAY), pixels)
    ).all()


def test_an_array_that_changes_is_read_again():
    table, pixels = ARRAY.copy(), colors(8)
    before = developed(cube(table), pixels)
    again = cube(table)._spec[1]
    assert again is cube(table)._spec[1]
    table[:] = 0.5
    assert (developed(cube(table), pixels) == 128).all()
    assert not (before == 128).all()


@pytest.mark.parametrize(
    ("table", "size", "error", "text"),
    [
        (3, None, TypeError, "3 is neither a path, nor a function, nor an array"),
        ([[0]], None, TypeError, "is neither a path"),
        (np.zeros((3, 3, 3)), None, ValueError, "(N, N, N, 3), not (3, 3, 3)"),
        (np.zeros((3, 3, 2, 3)), None, ValueError, "(N, N, N, 3)"),
        (np.zeros((2, 2, 2, 4)), None, ValueError, "(N, N, N, 3)"),
        (np.zeros((1, 1, 1, 3)), None, ValueError, "1 points a side; from 2"),
        (np.zeros((2, 2, 2, 3), int), None, TypeError, "must be an array of floats, not of int64"),
        (np.full((2, 2, 2, 3), np.nan), None, ValueError, "red is nan at red 0, green 0, blue 0"),
        (np.full((2, 2, 2, 3), 1e31), None, ValueError, "red is 1e+31 at"),
        (ARRAY, 9, ValueError, "size= is for a function"),
        (lambda r, g, b: (r, g, b), 1, ValueError, "size=1: must be a whole number from 2 to 129"),
        (lambda r, g, b: (r, g, b), 9.0, ValueError, "size=9.0: must be a whole number from 2"),
        (lambda r, g, b: (r, g), None, TypeError, "gave (0.0, 0.0) at red = 0, green = 0, blue"),
        (lambda r, g, b: (r, "x", b), None, TypeError, "at red = 0, green = 0, blue = 0: 'x'"),
        (lambda r, g, b: (r, g, r / 0.0), None, ZeroDivisionError, ""),
        (
            lambda r, g, b: (r, g, float("nan")),
            None,
            ValueError,
            "blue is nan at red 0, green 0, blue 0: a table holds finite",
        ),
        (lambda r, g, b: (r, g, 1e300), None, ValueError, "blue is 1e+300 at red 0"),
    ],
)
def test_what_is_no_table_is_refused(table, size, error, text):
    with pytest.raises(error, match=re.escape(text)):
        cube(table, size=size)


def test_an_error_of_the_function_tells_where():
    def broken(red, green, blue):
        return red, green, [0.1, 0.2][int(blue * 3)]

    with pytest.raises(IndexError) as caught:
        cube(broken, size=4)
    told = f"{caught.value} {getattr(caught.value, '__notes__', '')}"
    assert "cube() at red = 0, green = 0, blue = 0.666667" in told


@pytest.mark.parametrize("mix", [float("nan"), 101, -100.5])
def test_a_mix_out_of_range_is_refused(mix):
    with pytest.raises(ValueError, match="mix"):
        cube(ARRAY, mix=mix)


def vivid(red, green, blue):
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    gain = 2.0 - (max(red, green, blue) - min(red, green, blue))
    return tuple(luma + (x - luma) * gain for x in (red, green, blue))


def sampled(function, size):
    axis = [i / (size - 1) for i in range(size)]
    return np.array([[[function(r, g, b) for r in axis] for g in axis] for b in axis])


def test_a_function_is_sampled():
    pixels = colors(16)
    want = rounded(interpolated(sampled(vivid, 17), pixels / 65535), 16)
    assert is_near(developed(cube(vivid, size=17), pixels), want)


def test_a_function_of_arrays_is_called_once_with_arrays():
    calls = []

    def swirl(red, green, blue):
        if isinstance(red, np.ndarray):
            calls.append(red.shape)
        return np.sin(red * 2), np.minimum(green, blue), 0.25

    table = np.moveaxis(
        np.broadcast_arrays(*swirl(*np.meshgrid(*[np.linspace(0, 1, 9)] * 3, indexing="ij")[::-1])),
        0,
        -1,
    )
    calls.clear()
    pixels = colors(8)
    got = developed(cube(swirl, size=9), pixels)
    assert calls == [(729,)]
    assert is_near(got, rounded(interpolated(table, pixels / 255), 8))


def test_an_unchanged_function_is_not_called_again():
    def pure(amount):
        return cube(lambda red, green, blue: (red**amount, green, blue), size=3)

    assert pure(0.5)._spec[1] is pure(0.5)._spec[1]
    assert pure(0.5)._spec[1] is not pure(0.6)._spec[1]
    assert cube(vivid, size=3)._spec[1] is cube(vivid, size=3)._spec[1]
    assert cube(vivid, size=3)._spec[1] is not cube(vivid, size=4)._spec[1]


def test_a_function_that_may_change_is_called_again():
    state = [0.25]

    def flat(red, green, blue):
        return (state[0],) * 3

    assert (developed(cube(flat, size=2), colors(8)) == 64).all()
    state[0] = 0.75
    assert (developed(cube(flat, size=2), colors(8)) == 191).all()


def hued(red, green, blue):
    hue, light, chroma = colorsys.rgb_to_hls(red, green, blue)
    return colorsys.hls_to_rgb((hue + 0.1) % 1, light, chroma)


def test_colorsys_is_known_not_to_change():
    assert cube(hued, size=3)._spec[1] is cube(hued, size=3)._spec[1]


def test_tables_that_are_not_used_any_more_are_dropped():
    for i in range(60):
        cube(np.full((65, 65, 65, 3), i / 60.0))
    gc.collect()
    assert cubes._kept.points <= cubes._KEPT_POINTS
    assert sum(points for *_, points in cubes._kept.found.values()) == cubes._kept.points


def test_a_threshold_behind_a_cube_decides_by_the_exact_value():
    """At samples that the cube puts exactly on the cut, and beside it."""
    numbers = random.Random(8)
    pixels = colors(16)
    exact = interpolated(ARRAY, pixels / 65535)
    for _ in range(20):
        cut = float(exact[numbers.randrange(70), numbers.randrange(90), 1])
        want = np.where(exact >= cut, 65535, 0)
        got = developed([cube(ARRAY), tone(lambda x, cut=cut: 1.0 if x >= cut else 0.0)], pixels)
        assert (got == want).all()


@pytest.mark.parametrize("depth", [8, 16])
def test_chains_stay_within_the_bounds(depth):
    pixels = colors(depth)
    values = pixels / (2**depth - 1)
    rows = np.array([[1.2, -0.1, -0.1], [0.1, 0.8, 0.1], [-0.2, 0.1, 1.1]])
    gamma = lambda x: max(x, 0.0) ** 0.45  # noqa: E731
    stages = [
        tone(gamma),
        cube(ARRAY, mix=0.6),
        matrix(rows),
        tone(gamma),
        cube(ARRAY),
        tone(gamma),
    ]
    values = interpolated(ARRAY, np.maximum(values, 0) ** 0.45, 0.6) @ rows.T
    values = np.maximum(interpolated(ARRAY, np.maximum(values, 0) ** 0.45), 0) ** 0.45
    off = np.abs(developed(stages, pixels) - rounded(values, depth)).max()
    assert off <= (1 if depth == 8 else 2)


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_the_identity_changes_nothing(depth, channels):
    pixels = colors(depth, channels)
    for size in (2, 7, 17, 33):
        stage = cube(lambda r, g, b: (r, g, b), size=size)
        for stages in (stage, [stage, cube(ARRAY, mix=0)], [tone(lambda x: x + 0.0), stage]):
            assert (developed(stages, pixels) == np.squeeze(pixels)).all()


def test_gray_becomes_rgb_only_where_the_gray_axis_is_coloured():
    gray = colors(8, 1)[..., 0]
    assert developed(cube(vivid), gray).shape == gray.shape
    assert developed(cube(ARRAY), gray).shape == (*gray.shape, 3)


def written(path, header, table):
    rows = "\n".join(" ".join(f"{v:.9g}" for v in row) for row in np.reshape(table, (-1, 3)))
    path.write_text(f"{header}\n{rows}\n")
    return path


def test_a_file_is_read_once_until_it_changes(tmp_path):
    path = written(tmp_path / "film.cube", "LUT_3D_SIZE 9", ARRAY)
    pixels = colors(16)
    table = np.array(path.read_text().split()[2:], float).reshape(ARRAY.shape)
    want = rounded(interpolated(table, pixels / 65535), 16)
    assert is_near(developed(cube(path), pixels), want)
    assert cube(str(path))._spec[1] is cube(path)._spec[1] is cube(bytes(path))._spec[1]
    written(path, 'TITLE "b"\nLUT_3D_SIZE 9', ARRAY * 0 + 0.5)
    assert (developed(cube(path), pixels) == 32768).all()


def test_the_domain_of_a_file(tmp_path):
    header = "LUT_3D_SIZE 9\nDOMAIN_MIN -0.5 0 0.25\nDOMAIN_MAX 1.5 0.5 0.75"
    path = written(tmp_path / "log.cube", header, ARRAY)
    pixels = colors(16)
    table = np.array(path.read_text().split()[10:], float).reshape(ARRAY.shape)
    made = interpolated(table, pixels / 65535, 1.0, [-0.5, 0, 0.25], [1.5, 0.5, 0.75])
    assert is_near(developed(cube(path), pixels), rounded(made, 16))


@pytest.mark.parametrize("mix", [1.0, 0.25])
@pytest.mark.parametrize("ends", [(0.0, 1.0), (-0.25, 0.75)])
@pytest.mark.parametrize("depth", [8, 16])
def test_a_1d_file_is_a_tone(tmp_path, mix, ends, depth):
    lo, hi = ends
    rows = np.random.default_rng(2).random((17, 3))
    path = written(tmp_path / "a.cube", f"LUT_1D_SIZE 17\nLUT_1D_INPUT_RANGE {lo} {hi}", rows)
    rows = np.array(path.read_text().split()[5:], float).reshape(17, 3)
    pixels = colors(depth)
    x = pixels / (2**depth - 1)
    at = (x - lo) / (hi - lo)
    made = np.stack([np.interp(at[..., c] * 16, np.arange(17), rows[:, c]) for c in range(3)], -1)
    made = made if mix == 1.0 else x + mix * (made - x)
    off = np.abs(developed(cube(path, mix=mix), pixels) - rounded(made, depth))
    assert off.max() <= 1 and (off > 0).mean() < 1e-3  # np.interp rounds otherwise
    same = written(tmp_path / "b.cube", "LUT_1D_SIZE 2", [[0, 0, 0], [2, 2, 2]])
    stage = cube(same)._spec
    assert stage[0] == "tone" and stage[1] is stage[2] is stage[3]
    assert developed(cube(same), colors(8, 1)[..., 0]).ndim == 2


def test_files_that_are_none(tmp_path):
    with pytest.raises(FileNotFoundError):
        cube(tmp_path / "missing.cube")
    with pytest.raises(ValueError, match="is a folder, not a file"):
        cube(tmp_path)
    with pytest.raises(ValueError, match="size= is for a function"):
        cube(tmp_path / "a.cube", size=3)
    path = tmp_path / "bad.cube"
    path.write_text("LUT_3D_SIZE 2\n" + "0 0 0\n" * 3 + "0 0\n" + "0 0 0\n" * 5)
    with pytest.raises(ValueError, match=re.escape(f"{path}, line 5: a number is missing")):
        cube(path)
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    with pytest.raises(ValueError, match=re.escape(f"{path}: the PNG file is cut short")):
        cube(path)
    path.write_bytes(b"\x89PN\xff")
    with pytest.raises(ValueError, match=re.escape(f"{path}, line 1: \\x89PN\\xff is neither")):
        cube(path)


LOOK = """from lutist import *
import numpy
ARRAY = numpy.zeros((33, 33, 33, 3))
def own(red, green, blue):
    return red, blue, green
@pipeline
def develop():
    return [cube("film.cube"), cube(own), cube(ARRAY), vibrance(0.5)]
"""


def test_the_look_depends_on_its_file(tmp_path):
    written(tmp_path / "film.cube", "LUT_3D_SIZE 9", ARRAY)
    (tmp_path / "film.py").write_text(LOOK)
    files = {}
    loading.load_noting(str(tmp_path / "film.py"), files).function()
    assert str(tmp_path / "film.cube") in files


def kept():
    gc.collect()
    return [thing for thing in gc.get_objects() if type(thing) is cubes._Kept]


def test_the_tables_of_a_script_go_with_it(tmp_path):
    written(tmp_path / "film.cube", "LUT_3D_SIZE 9", ARRAY)
    (tmp_path / "film.py").write_text(LOOK)
    for _ in range(3):
        lutist.load(tmp_path / "film.py").stages()
    before, points = len(kept()), cubes._kept.points
    for _ in range(5):
        develop = lutist.load(tmp_path / "film.py")
        one, other = develop.stages(), develop.stages()
        assert [stage[1] for stage in one] == [stage[1] for stage in other]
        del develop, one, other
    assert len(kept()) <= before and cubes._kept.points == points


def test_a_relative_path_counts_from_the_script(tmp_path):
    written(tmp_path / "film.cube", "LUT_3D_SIZE 9", ARRAY)
    script = tmp_path / "look.py"
    script.write_text(
        "from lutist import cube, pipeline\n\n@pipeline\ndef develop():\n"
        "    return cube('film.cube')\n"
    )
    develop = lutist.load(script)
    pixels = colors(8)
    got = np.asarray(develop.apply(lutist.Image.from_buffer(pixels)))
    assert (got == developed(cube(tmp_path / "film.cube"), pixels)).all()
