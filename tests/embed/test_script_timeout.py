"""--script-timeout: a script that does not return ends the batch, not the other way round."""

import json
import os

import numpy as np
import pytest
from PIL import Image

HEAD = "import threading\nfrom time import sleep as nap\nfrom lutist import *\n"
LOOK = "@pipeline\ndef develop(gain: Slider(0, 2) = 1.0):\n    {}\n    return tone([0.0, 1.0])\n"
LOOPS = {
    "pass": "while True: pass",
    "sleep": "nap(99999)",
    "lock": "threading.Event().wait()",
    "swallowing": "while True:\n        try: nap(99999)\n        except: pass",
    "curve": "return tone(lambda x: nap(99999))",
}
C_LOOP = "sum(range(10**14))"


@pytest.fixture
def batch(lutist, tmp_path):
    """Run a batch of a.png and b.png with this script; (the process, the report)."""
    Image.fromarray(np.full((40, 60, 3), 100, np.uint8)).save(tmp_path / "a.png")
    Image.fromarray(np.full((40, 60), 30000, np.uint16)).save(tmp_path / "b.png")

    def run(source, *more, seconds=1):
        (tmp_path / "film.py").write_text(source)
        words = f"batch a.png b.png -s film.py -j 1 -o out --script-timeout {seconds}"
        done = lutist(*words.split(), "--report", "r.json", *more)
        return done, json.loads((tmp_path / "r.json").read_text())

    return run


def states(report):
    return [file["state"] for file in report["files"]]


@pytest.mark.parametrize("loop", LOOPS.values(), ids=LOOPS)
def test_a_call_that_takes_too_long(batch, tmp_path, loop):
    done, report = batch(HEAD + LOOK.format(loop))
    assert done.returncode == 3
    (line,) = done.stderr.splitlines()
    assert line.startswith("lutist: film.py:")
    assert "the script took longer than 1 s (--script-timeout)" in line
    assert report["error"] in line
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("loop", ["while True: pass", "nap(99999)"])
def test_a_load_that_takes_too_long(batch, loop):
    done, report = batch(HEAD + loop + "\n")
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "lutist: film.py:4: the script took longer than 1 s (--script-timeout)"
    ]
    assert "--script-timeout" in report["error"]


def test_c_code_that_cannot_be_interrupted(batch):
    for source in (HEAD + C_LOOP, HEAD + LOOK.format(C_LOOP)):
        done, report = batch(source)
        assert done.returncode == 3
        assert done.stderr.splitlines() == [
            "lutist: film.py: the script took longer than 1 s (--script-timeout), "
            "in code that cannot be interrupted"
        ]
        assert "--script-timeout" in report["error"]


@pytest.mark.parametrize("loop", [C_LOOP, "nap(99999)"], ids=["C", "sleep"])
def test_what_is_done_stays(batch, tmp_path, loop):
    """The second call is that for 16 bits."""
    second = f"CALLS.append(1)\n    if len(CALLS) > 1: {loop}"
    done, report = batch(HEAD + "CALLS = []\n" + LOOK.format(second))
    assert done.returncode == 3
    assert done.stdout.splitlines() == ["a.png -> out/a.png"]
    assert os.listdir(tmp_path / "out") == ["a.png"]
    assert states(report) == ["done", "left"]
    Image.open(tmp_path / "out" / "a.png").load()


def test_many_workers_wait_for_the_plan(batch, lutist, tmp_path):
    (tmp_path / "in").mkdir()
    for i in range(12):
        Image.open(tmp_path / "a.png").save(tmp_path / "in" / f"{i}.png")
    done, report = batch(HEAD + LOOK.format(C_LOOP), "in", "-j", "6")
    assert done.returncode == 3
    assert set(states(report)) == {"left"}
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("loop", [C_LOOP, "nap(99999)", LOOPS["swallowing"]])
def test_an_isolated_script(batch, tmp_path, loop):
    done, report = batch(HEAD + LOOK.format(loop), "--isolate")
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "lutist: film.py: the script took longer than 1 s (--script-timeout); with gain=1"
    ]
    assert set(states(report)) == {"left"}
    assert not (tmp_path / "out").exists()


def test_a_script_within_its_time(batch):
    done, report = batch(HEAD + LOOK.format("pass"), "-q", seconds=3600)
    assert (done.returncode, done.stderr) == (0, "")
    assert states(report) == ["done", "done"]


@pytest.mark.parametrize("words", ["0", "-1", "soon", "0.5"])
def test_a_limit_is_a_number_of_seconds(lutist, words):
    done = lutist("batch", "a.png", "-o", "out", f"--script-timeout={words}")
    assert done.returncode == 2
    assert "--script-timeout" in done.stderr
