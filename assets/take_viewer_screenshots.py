#!/usr/bin/env python3
"""Take the pictures of docs/viewer.md: assets/viewer/*.png, each of a window of its own.

    ./dev build && python3 assets/take_viewer_screenshots.py [NAME...]

Needs Xvfb and xdotool, as the tests of the window do. --size and --scale take them in another
window, --output puts them elsewhere.
"""

import argparse
import os
import tempfile
from pathlib import Path

from PIL import Image

from take_screenshot import LUTIST, ROOT, Viewer, save, start_display

PHOTO = str(ROOT / "assets/sample.jpg")
LOOK = ["-p", "exposure=0.25", "-p", "gamma=0.85", PHOTO]
GROUPS = ["-s", "silver_print", PHOTO]
BROKEN = '''"""A look with a slip."""
from lutist import Slider, pipeline, tone


@pipeline
def develop(strength: Slider(0, 1) = 0.5):
    return tone(lambda x: x**gama)
'''


def histogram(viewer):
    for _ in range(2):  # the second card has the plot too
        viewer.key("i")


def split(viewer):
    viewer.key("y")


def clipping(viewer):
    viewer.key("o")


def presets(viewer):
    viewer.key("s")


def modes(viewer):
    for mode in "opencl", "numpy", "ctypes", "single", "parallel":
        viewer.key("M")  # each once, so that the list has times
        viewer.wait("^at choice:")
        viewer.key(mode[0], "Return")
        viewer.settle(lambda shown, mode=mode: shown["mode"] == mode)
        for key in "Right", "Left":  # the first time is also of making the mode ready
            viewer.key(key)
            viewer.settle()
    viewer.until(lambda: not any(line.startswith("message ") for line in viewer.frame()))
    viewer.key("M")


def nothing(viewer):
    pass


# name: (arguments, what is done in the window)
SHOTS = {
    "panel": (GROUPS, nothing),
    "histogram": (LOOK, histogram),
    "split": (LOOK, split),
    "clipping": (["-p", "exposure=0.45", PHOTO], clipping),
    "presets": (["-s", "faded", PHOTO], presets),
    "modes": (LOOK, modes),
    "error": (["-s", "slip.py", PHOTO], nothing),
}


def take(name, options, folder):
    arguments, act = SHOTS[name]
    (folder / "slip.py").write_text(BROKEN)
    server, display = start_display(options.size)
    viewer = Viewer(LUTIST, display, *arguments, cwd=folder, env={"LUTIST_SCALE": options.scale})
    try:
        viewer.wait("^at error ") if name == "error" else viewer.settle()
        fill_display(viewer, *map(int, options.size.split("x")))
        act(viewer)
        still(viewer)
        save(Image.fromarray(viewer.grab()), options.output / f"{name}.png")
    finally:
        viewer.close()
        server.terminate()
        server.wait()


def fill_display(viewer, width, height):
    """The window may still be on its way to its own place: move it until it is there."""

    def fills():
        viewer.resize(width, height)
        viewer.x("windowmove", viewer.window, 0, 0)
        return viewer.origin() == (0, 0, width, height)

    viewer.until(fills)


def still(viewer):
    """Wait until two looks at the window, half a second apart, are the same."""
    before = None
    while (now := viewer.grab().tobytes()) != before:
        before = now
        viewer.x("sleep", 0.5)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=ROOT / "assets/viewer")
    parser.add_argument("--size", default="1440x900")
    parser.add_argument("--scale", default=os.environ.get("LUTIST_SCALE", "1"))
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SHOTS))
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in options.names or SHOTS:
            take(name, options, Path(folder))


if __name__ == "__main__":
    main()
