"""lutist.batch: how tightly results are packed."""

from random import Random

import pytest

import lutist
from lutist import ParameterError, exposure, pipeline


@pipeline
def develop():
    return exposure(0.3)


@pytest.fixture
def photo(tmp_path):
    data = memoryview(bytes((x * x + 7 * y) % 251 for y in range(40) for x in range(180)))
    image = lutist.Image.from_buffer(data.cast("B", (40, 60, 3)))
    image.save(tmp_path / "a.jpg", quality=40)
    return tmp_path


def size(photo, name, **options):
    report = lutist.batch(develop, photo / "a.jpg", photo / name, **options)
    assert report.ok, report
    return (photo / name).stat().st_size


def test_a_kept_quality_is_that_of_the_input(photo):
    kept = size(photo, "kept.jpg", quality="keep")
    assert kept == size(photo, "same.jpg", quality=40)
    assert kept < size(photo, "default.jpg")


def test_each_format_has_its_options(photo):
    plain = size(photo, "plain.jpg")
    assert size(photo, "optimized.jpg", optimize=True) < plain
    assert size(photo, "progressive.jpg", progressive=True) != plain
    assert size(photo, "restarting.jpg", restart=1) > plain
    assert size(photo, "raw.tif", compression="none") > 40 * 60 * 3
    lzw = [size(photo, f"{p}.tif", compression="lzw", predictor=p) for p in ("none", "horizontal")]
    assert lzw[0] != lzw[1]


def test_a_higher_level_finds_more_repeats(photo):
    """Of a drawing: grain has none, and is packed by runs, for which there are no levels."""
    random = Random(3)
    shapes = [random.randbytes(random.randrange(9, 90)) for _ in range(40)]
    data = b"".join(random.choices(shapes, k=900))[: 40 * 60 * 3 * 3]
    drawing = lutist.Image.from_buffer(memoryview(data).cast("B", (40, 180, 3)))
    drawing.save(photo / "drawing.png")
    low, high = (photo / f"{level}.png" for level in (1, 9))
    for path in low, high:
        assert lutist.batch(develop, photo / "drawing.png", path, level=int(path.stem)).ok
    assert low.stat().st_size > high.stat().st_size


def samples(path):
    with lutist.open(path) as image:
        rows = memoryview(image).tolist()
        return image.depth, [value for row in rows for pixel in row for value in pixel]


def test_the_depth_is_chosen(photo):
    """At 16 bits the look's values are finer than 8 bits tell; rounded they are the same."""
    lutist.open(photo / "a.jpg").save(photo / "flat.png")
    lutist.open(photo / "a.jpg").convert(16).save(photo / "deep.png")
    for name, options in {"flat16": {"depth": 16}, "deep": {}, "deep8": {"depth": 8}}.items():
        source = photo / f"{name.rstrip('168')}.png"
        assert lutist.batch(develop, source, photo / f"{name}_out.png", **options).ok
    depth, fine = samples(photo / "flat16_out.png")
    assert depth == 16 and any(value % 257 for value in fine)
    assert samples(photo / "deep_out.png") == (16, fine)
    assert samples(photo / "deep8_out.png") == (8, [(v * 255 + 32767) // 65535 for v in fine])


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"quality": "best"}, "quality='best'"),
        ({"compression": "zip"}, "compression='zip': must be 'none', 'lzw' or 'deflate'"),
        ({"predictor": 2}, "predictor=2: must be 'none' or 'horizontal'"),
        ({"depth": 12}, "depth=12: must be 8 or 16"),
        ({"level": 10}, "level=10"),
        ({"progressive": "yes"}, "progressive='yes'"),
    ],
)
def test_a_wrong_option_is_refused(photo, options, told):
    with pytest.raises((ParameterError, TypeError)) as caught:
        lutist.batch(develop, photo / "a.jpg", photo / "out", **options)
    assert told in str(caught.value)
