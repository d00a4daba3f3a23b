"""Files of every format, changed at random: read or refused, never a crash."""

import io
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent.parent / "python"))
from rare_files import ALPHA, COLOURS, FILES

ROUNDS = os.environ.get("LUTIST_FUZZ", "40")
SEED = os.environ.get("LUTIST_FUZZ_SEED", "1")


def common():
    """JPEG, PNG, TIFF, GIF and lossy WebP, as Pillow writes them."""
    kinds = {
        "a.jpg": {},
        "progressive.jpg": {"progressive": True},
        "a.png": {},
        "a.tif": {},
        "lzw.tif": {"compression": "tiff_lzw"},
        "jpeg.tif": {"compression": "jpeg"},
        "deflate.tif": {"compression": "tiff_adobe_deflate"},
        "a.gif": {},
        "lossy.webp": {"quality": 50},
    }
    for name, options in kinds.items():
        Image.fromarray(COLOURS).save(
            path := io.BytesIO(),
            Path(name).suffix[1:].replace("jpg", "jpeg").replace("tif", "tiff"),
            **options,
        )
        yield name, path.getvalue()
    Image.fromarray(ALPHA).save(path := io.BytesIO(), "webp", quality=50)
    yield "lossy_alpha.webp", path.getvalue()
    Image.fromarray(np.tile(COLOURS, (20, 20, 1))).save(path := io.BytesIO(), "webp", quality=5)
    yield "large.webp", path.getvalue()


def test_changed_files_are_read_or_refused(lutist_path, tmp_path):
    for name, data in (*common(), *((n, d) for n, (d, _) in FILES.items())):
        (tmp_path / name).write_bytes(data)
    fuzz = lutist_path.parent / "fuzz_images"
    done = subprocess.run([fuzz, tmp_path, ROUNDS, SEED], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert " changed ones were read" in done.stdout


def test_changed_cubes_are_read_or_refused(lutist_path):
    rounds = str(500 * int(ROUNDS))
    done = subprocess.run(
        [lutist_path.parent / "fuzz_cubes", rounds, SEED], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{rounds} texts\n"


def test_changed_answers_of_a_script_s_process_are_read_or_refused(lutist_path):
    fuzz = lutist_path.parent / "fuzz_isolate"
    rounds = str(10 * int(ROUNDS))
    done = subprocess.run([fuzz, rounds, SEED], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert " changed answers were read" in done.stdout
