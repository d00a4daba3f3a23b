"""Files of every format, changed at random: read or refused, never a crash."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import icc_profiles

sys.path.insert(0, str(Path(__file__).parent.parent / "python"))
sys.path.insert(0, str(Path(__file__).parent.parent / "cli/formats"))
import codec_files
import test_raw
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


TOOLS = {
    "a.jxl": ("cjxl", "{}", "{}"),
    "boxes.jxl": ("cjxl", "{}", "{}", "--container=1", "-d", "0"),
    "a.jp2": ("opj_compress", "-i", "{}", "-o", "{}", "-r", "5"),
    "tiles.j2k": ("opj_compress", "-i", "{}", "-o", "{}", "-t", "32,32", "-n", "3"),
    "a.heic": ("heif-enc", "{}", "-o", "{}"),
    "a.avif": ("heif-enc", "-A", "{}", "-o", "{}"),
}


@pytest.mark.parametrize("name", ["a.dng", *TOOLS])
def test_changed_files_of_other_libraries_are_read_or_refused(lutist_path, tmp_path, name):
    """libjxl and dav1d write remarks of their own to stderr."""
    folder = tmp_path / "in"
    folder.mkdir()
    if name == "a.dng":
        (folder / name).write_bytes(test_raw.dng(test_raw.scene()))
    else:
        source = tmp_path / "source.png"
        codec_files.write_png(source, codec_files.smooth(4))
        places = iter((source, folder / name))
        codec_files.tool(*(next(places) if word == "{}" else word for word in TOOLS[name]))
    fuzz = lutist_path.parent / "fuzz_images"
    done = subprocess.run([fuzz, folder, ROUNDS, SEED], capture_output=True, text=True)
    assert done.returncode == 0 and "Sanitizer" not in done.stderr, done.stderr
    assert " changed ones were read" in done.stdout


@pytest.mark.parametrize(
    ("name", "share", "word"),
    [
        ("cubes", 500, "texts"),
        ("hald", 40, "pictures"),
        ("csv", 500, "tables"),
        ("journal", 500, "lines"),
        ("template", 500, "templates"),
    ],
)
def test_changed_texts_and_tables_are_read_or_refused(lutist_path, name, share, word):
    rounds = str(share * int(ROUNDS))
    done = subprocess.run(
        [lutist_path.parent / f"fuzz_{name}", rounds, SEED], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    read = re.fullmatch(rf"{rounds} {word}, (\d+) were read\n", done.stdout)
    assert 0 < int(read[1]) < int(rounds)


PROFILES = {
    "adobe": icc_profiles.adobe(),
    "p3": icc_profiles.display_p3(),
    "srgb": icc_profiles.srgb_table(),
    "gray": icc_profiles.gray(),
    "table": icc_profiles.rgb_table(5),
    "cmyk": icc_profiles.cmyk(5),
}


def test_changed_profiles_are_used_or_refused(lutist_path, tmp_path):
    for name, data in PROFILES.items():
        (tmp_path / f"{name}.icc").write_bytes(data)
    fuzz = lutist_path.parent / "fuzz_profiles"
    rounds = str(int(ROUNDS) // 4)  # each fills tables
    done = subprocess.run([fuzz, tmp_path, rounds, SEED], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    opened, count = re.search(r"(\d+) of (\d+) changed ones were opened", done.stdout).groups()
    assert 0 < int(opened) < int(count) == len(PROFILES) * int(rounds)


def test_changed_answers_of_a_script_s_process_are_read_or_refused(lutist_path):
    fuzz = lutist_path.parent / "fuzz_isolate"
    rounds = str(10 * int(ROUNDS))
    done = subprocess.run([fuzz, rounds, SEED], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert " changed answers were read" in done.stdout
