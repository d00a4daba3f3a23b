"""The window under Wayland: in a compositor without a screen, where one is installed.

sway, with grim for what is on the screen, wtype for the keyboard, wl-paste for the clipboard.
(Weston's headless back end has no seat, and without one SDL 2.26 crashes in SDL_Init.)
"""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from test_viewer import colors_of, formula

from conftest import Viewer
from waiting import PATIENCE, until

PROGRAMS = ("sway", "grim", "wtype", "wl-paste")
MISSING = [name for name in PROGRAMS if not shutil.which(name)]
NOBODY = 65534

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")


def start_sway(folder, scale):
    """sway refuses to be root's."""
    (folder / "config").write_text(f"output HEADLESS-1 resolution 1400x900 scale {scale}\n")
    words = ["sway", "--unsupported-gpu", "-c", str(folder / "config")]
    if os.getuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
        words = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *words]
    env = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    env |= {"XDG_RUNTIME_DIR": str(folder), "HOME": str(folder), "WLR_BACKENDS": "headless"}
    env |= {"WLR_RENDERER": "pixman", "WLR_LIBINPUT_NO_DEVICES": "1"}
    log = (folder / "log").open("w")
    return subprocess.Popen(words, env=env, stdout=log, stderr=log)


@pytest.fixture(params=["1", "2"])
def wayland(request):
    """A compositor of that scale, and the environment of its clients."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        sway = start_sway(folder, request.param)
        try:
            until(lambda: sway.poll() is not None or list(folder.glob("wayland-?")))
            if sway.poll() is not None:
                pytest.skip("sway does not start: " + (folder / "log").read_text()[-200:])
            yield (
                sway,
                {
                    "XDG_RUNTIME_DIR": name,
                    "WAYLAND_DISPLAY": next(folder.glob("wayland-?")).name,
                    "DISPLAY": "",
                    "LUTIST_SCALE": "",
                    "SDL_VIDEODRIVER": "wayland",
                },
            )
        finally:
            sway.terminate()
            sway.wait()


def run(env, *words):
    done = subprocess.run(words, env=env, capture_output=True, timeout=PATIENCE)
    return done.stdout


def press(viewer, *words):
    """Press a key until the trace tells something new. wtype's keyboard comes before the key
    and goes after it; a window that has not seen it come misses the key."""
    *words, told = words
    seen = len(viewer.log)

    def is_told():
        viewer.drain()
        return any(re.search(told, line) for line in viewer.log[seen:])

    for _ in range(10):
        run(viewer.env, "wtype", "-s", "1000", *words, "-s", "200")
        try:
            until(is_told, patience=PATIENCE / 6)
        except AssertionError:
            continue
        return
    raise AssertionError(f"{words}: never {told}")


def shown(viewer):
    """The picture on the screen; the window has all of it."""
    path = Path(viewer.env["XDG_RUNTIME_DIR"]) / "shot.png"
    run(viewer.env, "grim", str(path))
    x, y, width, height = (round(float(v)) for v in str(viewer.shown["place"]).split(","))
    screen = np.asarray(Image.open(path).convert("RGB"))
    left, top = (screen.shape[1] - 1400) // 2, (screen.shape[0] - 900) // 2
    return screen[top + y : top + y + height, left + x : left + x + width]


def test_the_window_works_under_wayland(lutist_path, wayland, patches, tmp_path):
    _, env = wayland
    colors = patches(size=1600)
    words = ["photo.png", "--no-config"]
    viewer = Viewer(lutist_path, "", *words, cwd=tmp_path, env=env)
    try:
        viewer.settle(lambda shown: shown["zoom"] < 1)
        press(viewer, "-k", "Right", "presented .*settled=1 .*exposure=0.0[1-9]")
        viewer.drain()
        wanted = formula(colors, viewer.shown["exposure"])
        until(lambda: viewer.drain() or np.array_equal(colors_of(shown(viewer)), wanted))
        press(viewer, "-k", "c", "^notice Copied: ")
        copied = b"lutist batch photo.png -o developed -s exposure"
        until(lambda: run(viewer.env, "wl-paste", "-n").startswith(copied))
        press(viewer, "-M", "ctrl", "s", "-m", "ctrl", "^notice Saved photo-exposure.png ")
        with Image.open(tmp_path / "photo-exposure.png") as saved:
            assert np.array_equal(colors_of(np.asarray(saved)), wanted)
        press(viewer, "-k", "F1", "^at help ")
        press(viewer, "-k", "Escape", "^at room ")
        run(viewer.env, "wtype", "-k", "q", "-s", "500", "-k", "q")
        assert viewer.process.wait(PATIENCE) == 0
    finally:
        viewer.close()


def test_a_compositor_that_ends(lutist_path, wayland, patches, tmp_path):
    sway, env = wayland
    patches()
    viewer = Viewer(lutist_path, "", "photo.png", cwd=tmp_path, env=env)
    try:
        viewer.settle()
        sway.kill()
        assert viewer.process.wait(PATIENCE) == 4
        name = env["WAYLAND_DISPLAY"]
        told = f"lutist: the connection to the display has ended: WAYLAND_DISPLAY={name}"
        until(lambda: viewer.drain() or viewer.log[-1] == told)
    finally:
        viewer.close()
