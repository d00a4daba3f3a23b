"""The X server takes the window's frames in its own time."""

import os

import numpy as np
import pytest
from PIL import Image

from waiting import PATIENCE


@pytest.fixture
def gray(tmp_path):
    Image.fromarray(np.full((300, 400, 3), 100, np.uint8)).save(tmp_path / "photo.png")


@pytest.fixture
def watched(view, gray, lutist_path):
    """A window whose trace tells which thread waits for the server."""
    library = lutist_path.resolve().parent.parent / "tests" / "display_waits.so"
    # AddressSanitizer wants to be the first library.
    options = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
    viewer = view("photo.png", env={"LD_PRELOAD": str(library), "ASAN_OPTIONS": options})
    del viewer.env["LD_PRELOAD"]  # not into xdotool
    return viewer


def drag_to(viewer, part, exposure):
    viewer.move(*viewer.middle("exposure", part))
    viewer.settle(lambda shown: abs(shown["exposure"] - exposure) < 0.011)


def test_the_window_does_not_wait_for_its_frames(watched):
    watched.move(*watched.middle("exposure", 0.5))
    watched.x("mousedown", 1)  # SDL waits until the mouse is its own
    drag_to(watched, 0.8, 0.63)
    watched.drain()
    begin = len(watched.log)
    drag_to(watched, 0.6, 0.21)
    waits = {line for line in watched.log[begin:] if line.startswith("waits ")}
    watched.x("mouseup", 1)
    assert waits == {"waits lutist-frames"}


def shows(viewer, height):
    """Is the window so high, with its picture?"""
    viewer.drain()
    x, y, wide, high = viewer.places["room"]
    if not 0 < height - high < 60:
        return False
    return (viewer.grab()[y + high // 2, x + wide // 2] == 100).all()


def test_a_window_larger_than_its_screen_has_a_picture(view, gray):
    viewer = view("photo.png")
    viewer.resize(1700, 1200)
    viewer.until(lambda: shows(viewer, 1200))
    viewer.resize(600, 500)
    viewer.until(lambda: shows(viewer, 500))
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0
