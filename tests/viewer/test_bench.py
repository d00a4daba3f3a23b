"""`lutist bench viewer`: what it tells, never how fast it was."""

import json
import os
import subprocess

import numpy as np
import pytest
from PIL import Image

from waiting import PATIENCE

ROWS = [
    ("decode", None),
    ("one_table", None),
    ("first_picture", None),
    ("slider", "fitted"),
    ("slider", "100%"),
    ("slider", "whole"),
    ("next_picture", None),
]


def bench(lutist_path, tmp_path, *args, display=None, **more):
    env = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    env |= {"DISPLAY": display} if display else {}
    return subprocess.run(
        [str(lutist_path), "bench", "viewer", *args],
        cwd=tmp_path,
        env={**env, "TMPDIR": str(tmp_path), **more},
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
    )


EVENTS = {"decode": range(3, 8), "one_table": range(3, 102), "first_picture": range(3, 8)}
EVENTS |= {"slider": [300], "next_picture": [3]}
# What a further start prints is not taken for its time.
TALKATIVE = """\
from lutist import *

print(1, flush=True)


@pipeline
def develop(level: Slider(0, 1) = 0.5):
    return tone(lambda x: x * level)
"""


# In memory, and in temporary files.
@pytest.mark.parametrize(("depth", "cache"), [(8, 300), (16, 7)])
def test_its_rows_have_their_shape(lutist_path, display, tmp_path, tmp_path_factory, depth, cache):
    config = tmp_path_factory.mktemp("config")  # which does not bind the keys that are pressed
    (config / "lutist").mkdir()
    (config / "lutist/keys.conf").write_text("n ignore\n")
    look = config / "talkative.py"
    look.write_text(TALKATIVE)
    x = np.linspace(0, 2**depth - 1, 2000).astype(np.uint16 if depth == 16 else np.uint8)
    Image.fromarray(x[None].repeat(1500, 0)).save(tmp_path / "a b.png")
    done = bench(
        lutist_path,
        tmp_path,
        *("a b.png", "--json", "v.json", "--cache", f"{cache}M", "-s", str(look)),
        display=display,
        XDG_CONFIG_HOME=str(config),
    )
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "v.json").read_text())
    assert {"version", "cpu", "cores", "level"} <= found.keys()
    assert [(row["op"], row["view"]) for row in found["rows"]] == ROWS
    whole = depth == 8  # `w` has no effect on a file
    assert ("The whole image is made in" in done.stdout) == whole
    assert len(done.stdout.removeprefix("1\n").splitlines()) == len(ROWS) + 8 + whole
    for row in found["rows"]:
        assert row["pixel"] == f"u{depth}x1"
        assert (row["image_width"], row["image_height"]) == (2000, 1500)
        times = [row[name] for name in ("ms_min", "ms", "p95_ms", "p99_ms", "max_ms")]
        assert times[0] > 0 and times == pytest.approx(sorted(times), abs=0.001)
        assert row["window_width"] > 0 and row["renderer"] and row["peak_bytes"] > 1e6
        assert row["events"] in EVENTS[row["op"]]
    sliders = found["rows"][3:6]
    assert all(row["stall_ms"] > 0 for row in sliders)
    assert all(0 < row["made_ms"] <= row["made_max_ms"] for row in sliders)
    assert all(row["shown_ms"] > 0 for row in sliders)
    assert all(row["own_ms"] is None or 0 <= row["own_ms"] <= row["stall_ms"] for row in sliders)
    assert {row["cache_bytes"] for row in found["rows"]} == {cache << 20}
    at_hand = found["rows"][6]["at_hand"]  # of three, where there was time to read them
    assert f"{at_hand} of 3 next pictures were at hand" in done.stdout
    assert sliders[0]["megapixels"] < 3
    assert (sliders[2]["megapixels"] == 3) == whole
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a b.png", "v.json"]  # no links are left


def test_without_a_display_it_says_so(lutist_path, patches, tmp_path):
    patches()
    done = bench(lutist_path, tmp_path, "photo.png")
    assert done.returncode == 4
    assert "no display" in done.stderr and len(done.stderr.splitlines()) == 1
    assert not done.stdout


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        ([], 2, "an image is missing"),
        (["photo.png", "photo.png"], 2, "one image is enough"),
        (["photo.png", "--plot", "a.svg"], 2, "--plot"),
        (["photo.png", "-s", "still.py"], 2, "no slider"),
        (["gone.png"], 1, "gone.png"),
    ],
)
def test_it_says_what_is_wrong(lutist_path, display, patches, tmp_path, args, code, told):
    patches()
    (tmp_path / "still.py").write_text(
        "from lutist import *\n@pipeline\ndef develop(): return None\n"
    )
    done = bench(lutist_path, tmp_path, *args, display=display)
    assert done.returncode == code
    assert told in done.stderr and len(done.stderr.splitlines()) == 1
