"""Pictures that are read with a word of warning."""

import numpy as np
import pytest

import lutist


@pytest.fixture
def cut(tmp_path):
    """A JPEG file without its end marker, and the picture."""
    image = lutist.Image.from_buffer(np.full((20, 30, 3), 99, np.uint8))
    path = tmp_path / "a.jpg"
    image.save(path)
    path.write_bytes(path.read_bytes()[:-2])
    return path


def test_open_warns(cut):
    with pytest.warns(UserWarning, match=r"a\.jpg: the end marker is missing"):
        image = lutist.open(cut)
    assert (image.width, image.height) == (30, 20)
    with cut.open("rb") as file, pytest.warns(UserWarning, match="the end marker is missing"):
        lutist.open(file)


@pytest.mark.filterwarnings("error")
def test_a_warning_may_be_an_error(cut):
    with pytest.raises(UserWarning):
        lutist.open(cut)


@lutist.pipeline
def develop():
    return None


def test_a_report_marks_what_is_damaged(cut, tmp_path):
    (item,) = lutist.batch(develop, cut, tmp_path / "out")
    assert (item.state, item.note, item.damaged) == ("done", "the end marker is missing", True)
    cut.write_bytes(cut.read_bytes()[:-20])
    (item,) = lutist.batch(develop, cut, tmp_path / "out", overwrite=True)
    assert (item.state, item.damaged) == ("failed", False)
    (item,) = lutist.batch(develop, cut, tmp_path / "out", overwrite=True, lenient=True)
    assert (item.state, item.note, item.damaged) == ("done", "the JPEG file is cut short", True)
    (item,) = lutist.batch(develop, cut, tmp_path / "out")
    assert item.reason.endswith("a.jpg: already exists; only overwrite=True replaces it")
    (item,) = lutist.batch(develop, cut, tmp_path / "out", max_metadata=1)
    assert (item.state, item.damaged) == ("failed", False)
