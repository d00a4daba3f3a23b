"""The script that takes the screenshots of the documentation."""

import os
import subprocess
import sys
from pathlib import Path

from PIL import Image

from waiting import PATIENCE

SCRIPT = Path(__file__).resolve().parents[3] / "assets/take_viewer_screenshots.py"


def test_it_takes_one(lutist_path, tmp_path):
    subprocess.run(
        [sys.executable, "-B", SCRIPT, "--size", "640x480", "--output", tmp_path, "modes"],
        env={**os.environ, "LUTIST": str(lutist_path)},
        check=True,
        timeout=4 * PATIENCE,
    )
    with Image.open(tmp_path / "modes.png") as picture:
        assert picture.size == (640, 480)
        assert len(set(picture.convert("RGB").resize((64, 48)).getdata())) > 100
