"""lutist.batch with resize, strip, sidecars and keep_times."""

import os

import pytest

import lutist

LOOK = "from lutist import pipeline, tone\n@pipeline\ndef look():\n    return tone(lambda x: x)\n"


@pytest.fixture
def look(tmp_path):
    """A pipeline from a script."""
    (tmp_path / "look.py").write_text(LOOK)
    return lutist.load(tmp_path / "look.py")


@pytest.fixture
def photo(tmp_path):
    """A picture of 40 × 20 with a sidecar."""
    (tmp_path / "in").mkdir()
    pixels = memoryview(bytes(40 * 20 * 3)).cast("B", (20, 40, 3))
    lutist.Image.from_buffer(pixels).save(tmp_path / "in/a.png")
    (tmp_path / "in/a.xmp").write_text("<x/>")
    return tmp_path / "in/a.png"


def test_a_picture_gets_smaller(look, photo, tmp_path):
    report = lutist.batch(look, photo, tmp_path / "out", resize="10x10", resize_linear=True)
    assert report.ok
    image = lutist.open(tmp_path / "out/a.png")
    assert (image.width, image.height) == (10, 5)


def test_what_goes_along(look, photo, tmp_path):
    os.utime(photo, ns=(10**18, 10**18))
    out = tmp_path / "out"
    report = lutist.batch(look, photo, out, sidecars="xmp", keep_times=True, strip=True)
    assert report.ok and (out / "a.xmp").read_text() == "<x/>"
    assert (out / "a.png").stat().st_mtime_ns == 10**18
    (out / "a.png").unlink()
    (out / "a.xmp").write_text("mine")
    report = lutist.batch(look, photo, out, sidecars="xmp", strip="all")
    told = "a.xmp is not copied: already exists; only overwrite=True replaces it"
    assert report.ok and report[0].note == told


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"resize": "large"}, "resize 'large': use a box"),
        ({"strip": "some"}, "strip='some': must be True, False or 'all'"),
        ({"strip": 1}, "strip=1: must be True, False or 'all'"),
        ({"sidecars": "pp3"}, "sidecars 'pp3' are unknown; use xmp"),
        ({"keep_times": 2}, "keep_times=2"),
    ],
)
def test_wrong_options(look, photo, tmp_path, options, words):
    with pytest.raises(lutist.ParameterError) as caught:
        lutist.batch(look, photo, tmp_path / "out", **options)
    assert words in str(caught.value)
