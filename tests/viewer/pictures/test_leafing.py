"""Going from picture to picture: what is shown on the way, and what is read in advance."""

import re

import numpy as np
import pytest
from PIL import Image

from conftest import Viewer, start_display

COUNT = 8


@pytest.fixture
def shots(tmp_path):
    """A folder of pictures, each of a width of its own."""
    folder = tmp_path / "shots"
    folder.mkdir()
    for i in range(COUNT):
        pixels = np.full((40, 60 + i, 3), 20 * i, np.uint8)
        Image.fromarray(pixels).save(folder / f"{i}.png")
    return folder


def await_line(viewer, pattern):
    """Wait until the trace has such a line, or had it before."""
    if not any(re.search(pattern, line) for line in viewer.log):
        viewer.wait(pattern)


def presented(viewer):
    """The pictures that were on the screen, in order."""
    images = [re.search(r" exact=1 image=(\d+)", line) for line in viewer.log]
    found = [int(match[1]) for match in images if match]
    return [image for i, image in enumerate(found) if i == 0 or image != found[i - 1]]


def test_the_neighbours_are_read_in_advance(view, shots):
    viewer = view("-v", shots)
    await_line(viewer, r"shots/1\.png: read in advance")
    viewer.key("n")
    assert viewer.wait("^file .*1.png at_hand=1")
    viewer.settle(image=1)
    await_line(viewer, r"shots/2\.png: read in advance")
    viewer.key("p")
    assert viewer.wait("^file .*0.png at_hand=1")  # it was kept
    viewer.settle(image=0)


def test_a_key_that_is_held_shows_every_picture(lutist_path, shots, tmp_path):
    server, name = start_display(options=())  # it repeats keys
    viewer = Viewer(lutist_path, name, shots, cwd=tmp_path)
    try:
        viewer.settle(image=0)
        viewer.x("keydown", "n")
        viewer.settle(image=COUNT - 1)
        viewer.x("keyup", "n")
        assert presented(viewer) == list(range(COUNT))
    finally:
        viewer.close()
        server.terminate()
        server.wait()


def test_quick_strokes_end_at_the_picture_they_mean(view, shots):
    viewer = view(shots)
    viewer.x("key", "--repeat", COUNT - 2, "--delay", 5, "n")
    viewer.settle(image=COUNT - 2)
    assert presented(viewer) == sorted(set(presented(viewer)))
    viewer.until(lambda: viewer.title().startswith(f"{COUNT - 2}.png"))
    viewer.key("Home")
    viewer.settle(image=0)
    viewer.until(lambda: viewer.title().startswith("0.png"))


def test_title_and_bar_belong_to_the_picture_on_the_screen(view, shots, tmp_path):
    (shots / "1.png").unlink()
    viewer = view(shots / "0.png", shots / "1.png")
    await_line(viewer, "^status 1 / 2")
    viewer.key("n")
    viewer.wait("^failure ")
    viewer.until(lambda: viewer.title().startswith("1.png"))
    await_line(viewer, "^status 2 / 2")
