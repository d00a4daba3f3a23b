"""The window under a window manager, on displays that come, go and change."""

import contextlib
import subprocess

import pytest
from PIL import Image
from x11_server import put_monitors

from conftest import Viewer, start_display, start_manager
from waiting import PATIENCE

SAVED = "Saved photo-exposure.png"  # before the display has gone, or after


@pytest.fixture
def managed(lutist_path, patches, tmp_path):
    """Opens a window on a display with a window manager, whose frames are not the window's."""
    patches()
    server, name = start_display()
    with contextlib.ExitStack() as ends:
        for process in server, start_manager(name):
            ends.callback(process.wait)
            ends.callback(process.terminate)

        def start():
            viewer = Viewer(lutist_path, name, "photo.png", cwd=tmp_path)
            ends.callback(viewer.close)
            return viewer.settle()

        yield start


def corner(viewer):
    """Of the window's inside. (xdotool counts the frame twice.)"""
    words = ["xwininfo", "-id", viewer.window]
    done = subprocess.run(words, env=viewer.env, capture_output=True, text=True, check=True)
    lines = dict(line.strip().split(": ") for line in done.stdout.splitlines() if ":  " in line)
    return int(lines["Absolute upper-left X"]), int(lines["Absolute upper-left Y"])


def is_at(viewer, place):
    return (corner(viewer), viewer.origin()[2:]) == (place, (700, 500))


def end(viewer):
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0


def enlarge(viewer):
    """A double click on the title bar makes the window as large as the display, and back."""
    x, y = corner(viewer)
    viewer.x("mousemove", x + 100, y - 8, "click", "--repeat", 2, "--delay", 0, 1)


def test_the_place_under_a_window_manager_lasts(managed):
    viewer = managed()
    viewer.resize(700, 500)
    viewer.x("windowmove", viewer.window, 131, 147)
    viewer.until(lambda: viewer.origin()[2:] == (700, 500) and corner(viewer)[0] > 130)
    place = corner(viewer)
    assert place > (131, 147)  # the frame is there
    end(viewer)
    for _ in range(2):
        viewer = managed()
        viewer.until(lambda viewer=viewer: is_at(viewer, place))
        end(viewer)


def test_what_was_maximized_goes_back_to_its_place(managed):
    viewer = managed()
    viewer.resize(700, 500)
    viewer.until(lambda: viewer.origin()[2:] == (700, 500))
    place = corner(viewer)
    enlarge(viewer)
    viewer.until(lambda: viewer.origin()[2] == 1280)
    end(viewer)
    viewer = managed()
    viewer.until(lambda: viewer.origin()[2] == 1280)
    enlarge(viewer)
    viewer.until(lambda: is_at(viewer, place))
    end(viewer)


def test_full_screen_ends_where_the_window_was(managed):
    viewer = managed()
    viewer.resize(700, 500)
    viewer.until(lambda: viewer.origin()[2:] == (700, 500))
    place = corner(viewer)
    viewer.key("f")
    viewer.until(lambda: viewer.origin()[2:] == (1280, 900))
    end(viewer)
    viewer = managed()
    viewer.until(lambda: is_at(viewer, place))
    end(viewer)


def test_a_display_that_ends_while_a_script_does_not(lutist_path, patches, tmp_path):
    patches()
    (tmp_path / "loop.py").write_text(
        "from lutist import Slider, pipeline\n\n\n@pipeline\ndef look(a: Slider(0, 1) = 0.0):\n"
        "    while a:\n        pass\n    return None\n"
    )
    server, name = start_display()
    viewer = Viewer(lutist_path, name, "photo.png", "-s", "loop.py", cwd=tmp_path)
    try:
        viewer.settle()
        viewer.key("Right", "ctrl+s")
        viewer.wait("^saving ")
        server.kill()
        assert viewer.process.wait(PATIENCE) == 4
    finally:
        viewer.close()
        server.kill()
        server.wait()


def test_a_display_that_ends(lutist_path, patches, tmp_path):
    """The picture is saved and the values are kept; a line says why there is no window."""
    patches(size=2000)
    server, name = start_display()
    viewer = Viewer(lutist_path, name, "photo.png", "--sidecar", cwd=tmp_path)
    try:
        viewer.settle()
        viewer.key("Right")
        viewer.settle(exposure=0.01)
        viewer.key("ctrl+s")
        viewer.wait("^saving ")
        server.kill()
        assert viewer.process.wait(PATIENCE) == 4
        told = f"lutist: the connection to the display has ended: DISPLAY={name}"
        viewer.until(lambda: viewer.drain() or told in viewer.log)
        viewer.until(lambda: viewer.drain() or any(SAVED in line for line in viewer.log))
        with Image.open(tmp_path / "photo-exposure.png") as saved:
            saved.load()
        assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
            "photo-exposure.png",
            "photo.png",
            "photo.png.lutist",
        ]
        assert '"exposure": 0.01' in (tmp_path / "photo.png.lutist").read_text()
    finally:
        viewer.close()
        server.kill()
        server.wait()


LEFT = (0, 0, 1000, 900, 96)


@pytest.fixture
def between(lutist_path, patches, tmp_path, request):
    """A window on the first of two displays; the second has the scale 2. The parameter: with a
    window manager."""
    patches()
    server, name = start_display("2000x900")
    put_monitors(name, LEFT, (1000, 0, 1000, 900, 192))
    processes = [server]
    if getattr(request, "param", False):
        processes.insert(0, start_manager(name))
    env = {"LUTIST_SCALE": ""}
    viewer = Viewer(lutist_path, name, "photo.png", cwd=tmp_path, env=env)
    try:
        yield viewer.settle()
    finally:
        viewer.close()
        for process in processes:
            process.terminate()
            process.wait()


def bar(viewer):
    """The height of the status bar, 28 points."""
    viewer.drain()
    return viewer.origin()[3] - viewer.places["room"][3]


def test_the_window_opens_on_one_display(between):
    x, _, width, _ = between.origin()
    assert (x >= 1000) == (x + width > 1000)


def test_the_scale_is_that_of_the_display(between):
    """Of one that the window is moved to, and one that changes under it."""
    viewer = between
    viewer.resize(980, 700)
    viewer.x("windowmove", viewer.window, 10, 10)
    viewer.until(lambda: bar(viewer) == 28)
    viewer.x("windowmove", viewer.window, 1010, 10)
    viewer.until(lambda: bar(viewer) == 56)
    put_monitors(viewer.display, LEFT, (1000, 0, 1000, 900, 120))
    viewer.until(lambda: bar(viewer) == 35)
    put_monitors(viewer.display, LEFT, (1000, 0, 1000, 900, 101))
    viewer.until(lambda: bar(viewer) == 28)
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0


def test_the_window_stays_where_it_is_put(between):
    """Also while its scale changes: nothing puts it back to an earlier place."""
    viewer = between
    words = []
    for step in range(60):
        words += ["windowsize", viewer.window, 700 + step * 3, 500 + step * 5]
        words += ["windowmove", viewer.window, 10 + step % 6 * 200, 10 + step]
    viewer.x(*words, "windowsize", viewer.window, 960, 640, "windowmove", viewer.window, 1020, 30)
    viewer.until(lambda: bar(viewer) == 56)
    assert viewer.origin() == (1020, 30, 960, 640)


@pytest.mark.parametrize("between", [True], indirect=True)
def test_full_screen_on_a_display_that_sdl_does_not_know(between):
    viewer = between
    viewer.resize(960, 700)
    viewer.x("windowmove", viewer.window, 1020, 40)
    viewer.until(lambda: bar(viewer) == 56)
    viewer.key("f")
    viewer.until(lambda: viewer.origin() == (1000, 0, 1000, 900))
    viewer.key("u")
    viewer.until(lambda: bar(viewer) == 56)
    viewer.key("Escape")
    viewer.until(lambda: viewer.origin()[2:] == (960, 700))
