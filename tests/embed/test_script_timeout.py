"""--script-timeout: a script that does not return ends the batch, not the other way round."""

import json
import os
import shutil

import numpy as np
import pytest
from PIL import Image

HEAD = """import threading
from time import sleep as nap
from lutist import *

def begin():
    open(__file__ + ".begun", "w").close()

"""
LOOK = """@pipeline
def develop(gain: Slider(0, 2) = 1.0):
    {}
    return tone([0.0, 1.0])
"""
BEGIN = "begin()\n    "
LOOPS = {
    "pass": "while True: pass",
    "sleep": "nap(99999)",
    "lock": "threading.Event().wait()",
    "swallowing": "while True:\n        try: nap(99999)\n        except: pass",
    "curve": "return tone(lambda x: nap(99999))",
}
C_LOOP = "sum(range(10**14))"
LIMITS = 1, 8, 60  # seconds


@pytest.fixture
def batch(lutist, tmp_path):
    """Run a batch of a.png and b.png with this script: (the process, the report). The script
    calls begin() where it will take too long. On a machine that stands still the limit may come
    before: then a longer one is tried."""
    Image.fromarray(np.full((40, 60, 3), 100, np.uint8)).save(tmp_path / "a.png")
    Image.fromarray(np.full((40, 60), 30000, np.uint16)).save(tmp_path / "b.png")

    def run_once(source, seconds, *more):
        (tmp_path / "film.py").write_text(source)
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        words = f"batch a.png b.png -s film.py -j 1 -o out --script-timeout {seconds}"
        done = lutist(*words.split(), "--report", "r.json", *more)
        done.stderr, report = (
            text.replace(f"longer than {seconds} s", "longer than N s")
            for text in (done.stderr, (tmp_path / "r.json").read_text())
        )
        return done, json.loads(report)

    def run(source, *more, limits=LIMITS):
        for seconds in limits:
            found = run_once(source, seconds, *more)
            if (tmp_path / "film.py.begun").exists():
                break
        return found

    return run


def states(report):
    return [file["state"] for file in report["files"]]


@pytest.mark.parametrize("loop", LOOPS.values(), ids=LOOPS)
def test_a_call_that_takes_too_long(batch, tmp_path, loop):
    done, report = batch(HEAD + LOOK.format(BEGIN + loop))
    assert done.returncode == 3
    (line,) = done.stderr.splitlines()
    assert line.startswith("lutist: film.py:")
    assert "the script took longer than N s (--script-timeout)" in line
    assert report["error"] in line
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("loop", ["while True: pass", "nap(99999)"])
def test_a_load_that_takes_too_long(batch, loop):
    source = f"{HEAD}begin()\n{loop}\n"
    line = source.count("\n")
    done, report = batch(source)
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        f"lutist: film.py:{line}: the script took longer than N s (--script-timeout)"
    ]
    assert "--script-timeout" in report["error"]


def test_c_code_that_cannot_be_interrupted(batch, tmp_path):
    for source in (f"{HEAD}begin()\n{C_LOOP}", HEAD + LOOK.format(BEGIN + C_LOOP)):
        (tmp_path / "film.py.begun").unlink(missing_ok=True)
        done, report = batch(source)
        assert done.returncode == 3
        assert done.stderr.splitlines() == [
            "lutist: film.py: the script took longer than N s (--script-timeout), "
            "in code that cannot be interrupted"
        ]
        assert "--script-timeout" in report["error"]


@pytest.mark.parametrize("loop", [C_LOOP, "nap(99999)"], ids=["C", "sleep"])
def test_what_is_done_stays(batch, tmp_path, loop):
    """The second call is that for 16 bits."""
    second = f"CALLS.append(1)\n    if len(CALLS) > 1: begin(); {loop}"
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
    done, report = batch(HEAD + LOOK.format(BEGIN + C_LOOP), "in", "-j", "6")
    assert done.returncode == 3
    assert set(states(report)) == {"left"}
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("loop", [C_LOOP, "nap(99999)", LOOPS["swallowing"]])
def test_an_isolated_script(batch, tmp_path, loop):
    done, report = batch(HEAD + LOOK.format(BEGIN + loop), "--isolate")
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "lutist: film.py: the script took longer than N s (--script-timeout); with gain=1"
    ]
    assert set(states(report)) == {"left"}
    assert not (tmp_path / "out").exists()


def test_a_script_within_its_time(batch):
    done, report = batch(HEAD + LOOK.format("begin()"), "-q", limits=[3600])
    assert (done.returncode, done.stderr) == (0, "")
    assert states(report) == ["done", "done"]


@pytest.mark.parametrize("words", ["0", "-1", "soon", "0.5"])
def test_a_limit_is_a_number_of_seconds(lutist, words):
    done = lutist("batch", "a.png", "-o", "out", f"--script-timeout={words}")
    assert done.returncode == 2
    assert "--script-timeout" in done.stderr
