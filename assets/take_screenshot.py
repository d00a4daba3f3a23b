#!/usr/bin/env python3
"""Take assets/screenshot.png: the viewer on the sample picture, on a display of its own.

    ./dev build && python3 assets/take_screenshot.py

Needs Xvfb and xdotool, as the tests of the window do.
"""

import argparse
import os
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests/viewer"), str(ROOT / "tests")]
from conftest import Viewer, start_display  # noqa: E402

LUTIST = Path(os.environ.get("LUTIST", ROOT / "build/release/bin/lutist")).resolve()
SCREEN = "1440x900"  # the window opens at 1280 x 800 there
LIMIT = 800_000  # bytes


def window_shown(arguments):
    """The window when the picture has settled, as a slider's move leaves it."""
    server, display = start_display(SCREEN)
    viewer = Viewer(LUTIST, display, *arguments, cwd=ROOT)
    try:
        viewer.settle()
        for key in "Right", "Left":  # the first picture's time is mostly the file's
            viewer.key(key)
            viewer.settle()
        return Image.fromarray(viewer.grab())
    finally:
        viewer.close()
        server.terminate()
        server.wait()


def save(picture, path):
    """With as many bits a channel as keep the file small enough for a page."""
    for bits in range(8, 4, -1):
        step = 1 << (8 - bits)
        picture.point([v // step * step for v in range(256)] * 3).save(path, optimize=True)
        if path.stat().st_size <= LIMIT:
            return


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=ROOT / "assets/screenshot.png")
    parser.add_argument(
        "arguments",
        nargs="*",
        help="for lutist, after --",
        default=["-p", "exposure=0.25", "-p", "gamma=0.85", "assets/sample.jpg"],
    )
    options = parser.parse_args()
    save(window_shown(options.arguments), options.output)
    print(f"{options.output}: {options.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
