"""A screen of 30 bits shows the ten bits a channel of a 16-bit picture, by SDL's OpenGL."""

import ctypes
import ctypes.util

import numpy as np
import pytest
from PIL import Image

from conftest import Viewer, start_display

DEEP = ("-r", "-screen", "0", "640x480x30")  # the last -screen counts


class XImage(ctypes.Structure):
    """The head of Xlib's structure."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("width", "height", "xoffset", "format")),
        ("data", ctypes.c_void_p),
        *((name, ctypes.c_int) for name in ("byte_order", "unit", "bit_order", "pad", "depth")),
        ("bytes_per_line", ctypes.c_int),
    )


@pytest.fixture
def deep(lutist_path, tmp_path):
    server, display = start_display("640x480", DEEP)
    opened = []

    def view(*words):
        viewer = Viewer(lutist_path, display, *words, cwd=tmp_path)
        opened.append(viewer)
        viewer.wait(lambda v: "room" in v.places or "nothing can be drawn" in v.log[-1])
        if "room" not in viewer.places:
            pytest.skip("no OpenGL here")
        return viewer.settle()

    yield view
    for viewer in opened:
        viewer.close()
    server.terminate()
    server.wait()


def greens(viewer):
    """Of the root window, at ten bits."""
    x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    x.XOpenDisplay.restype = x.XDefaultRootWindow.restype = ctypes.c_void_p
    x.XGetImage.restype = ctypes.POINTER(XImage)
    screen = ctypes.c_void_p(x.XOpenDisplay(viewer.display.encode()))
    root = ctypes.c_ulong(x.XDefaultRootWindow(screen))
    shot = x.XGetImage(screen, root, 0, 0, 640, 480, ctypes.c_ulong(2**32 - 1), 2).contents
    data = ctypes.string_at(shot.data, shot.bytes_per_line * 480)
    x.XCloseDisplay(screen)
    assert shot.depth == 30
    return np.frombuffer(data, np.uint32).reshape(480, -1)[:, :640] >> 10 & 1023


def test_ten_bits_are_shown(deep, tmp_path):
    steps = np.linspace(0x4000, 0x4400, 300).round().astype(np.uint16)  # 4 steps of 8 bits
    Image.fromarray(steps[None, :].repeat(100, 0)).save(tmp_path / "ramp.png")
    viewer = deep("ramp.png")
    x, y, width, height = (round(float(v)) for v in str(viewer.shown["place"]).split(","))
    assert (width, height) == (300, 100)
    left, top, *_ = viewer.origin()
    wanted = steps.astype(float) / 65535 * 1023

    def shows_ten_bits():
        row = greens(viewer)[top + y + 50, left + x : left + x + 300]
        return len(set(row)) >= 15 and np.abs(row - wanted).max() < 1.5

    viewer.until(shows_ten_bits)
