"""lutist.batch: how tightly results are packed."""

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
    assert size(photo, "low.png", level=1) > size(photo, "high.png", level=9)
    assert size(photo, "raw.tif", compression="none") > 40 * 60 * 3
    lzw = [size(photo, f"{p}.tif", compression="lzw", predictor=p) for p in ("none", "horizontal")]
    assert lzw[0] != lzw[1]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"quality": "best"}, "quality='best'"),
        ({"compression": "zip"}, "compression='zip': 'none', 'lzw' or 'deflate' is wanted"),
        ({"predictor": 2}, "predictor=2: 'none' or 'horizontal' is wanted"),
        ({"level": 10}, "level=10"),
        ({"progressive": "yes"}, "progressive='yes'"),
    ],
)
def test_a_wrong_option_is_refused(photo, options, told):
    with pytest.raises((ParameterError, TypeError)) as caught:
        lutist.batch(develop, photo / "a.jpg", photo / "out", **options)
    assert told in str(caught.value)
