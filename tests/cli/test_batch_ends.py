"""lutist batch: however a run ends, its report is written and tells how each file ended."""

import json
import os
import signal
import subprocess

import numpy as np
import pytest
from PIL import Image

from waiting import PATIENCE, passed, until

LOOK = """from lutist import Slider, pipeline, tone
{top}
@pipeline
def look(a: Slider(0, 1) = 0.5):
    {body}
"""


@pytest.fixture
def begin(lutist_path, picture, tmp_path):
    """Start a batch of a few pictures with that look and a report."""

    def start(body="return []", top="", *options):
        (tmp_path / "look.py").write_text(LOOK.format(top=top, body=body))
        for i in range(4):
            picture(f"{i}.png", seed=i)
        names = [f"{i}.png" for i in range(4)]
        command = [lutist_path, "batch", *names, "-o", "out", "-s", "look.py"]
        return subprocess.Popen(
            [*command, "--report", "r.json", *options],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def end(run, tmp_path):
    """The exit code, stderr and the report of a run."""
    _, errors = run.communicate(timeout=PATIENCE)
    return run.returncode, errors, json.loads((tmp_path / "r.json").read_text())


def test_a_script_that_does_not_load(begin, tmp_path):
    code, errors, report = end(begin(top="raise RuntimeError('no good')"), tmp_path)
    assert code == 3
    assert "no good" in errors
    assert "no good" in report["error"]
    assert (report["left"], report["done"], report["params"]) == (4, 0, {})
    assert [item["input"] for item in report["files"]] == [f"{i}.png" for i in range(4)]
    assert report["files"][1]["output"] == "out/1.png"


def test_a_script_that_is_not_there(begin, tmp_path):
    code, _, report = end(begin("return []", "", "-s", "none.py"), tmp_path)
    assert (code, report["left"], report["script"]) == (2, 4, "none.py")


def test_a_script_that_fails_in_the_middle(begin, tmp_path):
    top = "calls = []"
    body = "calls.append(1)\n    return [] if len(calls) == 1 else 1 / 0"
    Image.fromarray(np.zeros((4, 4), np.uint16)).save(tmp_path / "deep.png")
    code, _, report = end(begin(body, top, "-j1", "deep.png"), tmp_path)
    assert code == 3
    assert "division by zero" in report["error"]
    assert (report["done"], report["left"], report["failed"]) == (4, 1, 0)
    assert sorted(os.listdir(tmp_path / "out")) == [f"{i}.png" for i in range(4)]


def test_names_that_clash(begin, tmp_path):
    code, _, report = end(begin("return []", "", "-o", "out/same{ext}"), tmp_path)
    assert (code, report["left"]) == (2, 4)
    assert "would both become" in report["error"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_while_the_script_loads(begin, tmp_path, number):
    run = begin(top="print('loading', flush=True)\nwhile True: pass")
    assert run.stdout.readline() == "loading\n"
    run.send_signal(number)
    code, errors, report = end(run, tmp_path)
    assert (code, errors) == (130, "lutist: interrupted\n")
    assert (report["error"], report["left"]) == ("interrupted", 4)


@pytest.mark.parametrize("times", [1, 2])
def test_an_interrupt_before_there_is_python(begin, tmp_path, times):
    run = begin("print('running', flush=True)\n    while True: pass")
    until(lambda: any("r.json" in name for name in os.listdir(tmp_path)))
    for _ in range(times):
        run.send_signal(signal.SIGINT)
    code, _, report = end(run, tmp_path)
    assert (code, report["error"], report["left"]) == (130, "interrupted", 4)


@pytest.mark.parametrize("top", [True, False])
def test_a_script_that_never_gives_way(begin, tmp_path, top):
    """The script cannot be stopped, so the process ends without it; finished files are reported."""
    stuck = """print('stuck', flush=True)
while True:
    try:
        while True: pass
    except BaseException: pass
"""
    if top:
        run = begin(top="import os\nos.chdir('/')\n" + stuck)
    else:
        Image.fromarray(np.zeros((4, 4), np.uint16)).save(tmp_path / "deep.png")
        body = "calls.append(1)\n    if len(calls) == 1: return []\n"
        body += "".join(f"    {line}\n" for line in stuck.splitlines())
        run = begin(body, "calls = []", "-j1", "deep.png")
    while run.stdout.readline() != "stuck\n":  # results come before it
        assert run.poll() is None
    if not top:
        until(lambda: len(list((tmp_path / "out").glob("[0-9].png"))) == 4)
    run.send_signal(signal.SIGINT)
    run.send_signal(signal.SIGTERM)
    code, _, report = end(run, tmp_path)
    assert (code, report["error"]) == (130, "interrupted")
    assert (report["done"], report["left"]) == ((0, 4) if top else (4, 1))
    assert [item["input"] for item in report["files"]][:2] == ["0.png", "1.png"]


@pytest.mark.parametrize(
    ("source", "made"), [("a.jp2", "a.jpg"), ("a.png", "a.jxl"), ("a.png", "a.webp")]
)
@pytest.mark.parametrize("pause", [0, 0.4])
def test_two_signals_leave_no_temporary_file(lutist_path, tmp_path, source, made, pause):
    """Also where a codec has the whole picture in hand and cannot be stopped."""
    noise = np.random.default_rng(1).integers(0, 256, (900, 1600, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png", compress_level=0)
    if source == "a.jp2":
        Image.open(tmp_path / "a.png").save(tmp_path / "a.jp2")
    command = [lutist_path, "batch", source, "-o", f"out/{made}", "-q", "--quality", "100"]
    run = subprocess.Popen(command, cwd=tmp_path)
    until(lambda: list((tmp_path / "out").glob(".*")) or run.poll() is not None)
    until(passed(pause))
    for number in signal.SIGTERM, signal.SIGTERM:
        run.send_signal(number)
    assert run.wait(PATIENCE) in (0, 130)
    assert {path.name for path in tmp_path.glob("out/*")} <= {made}
    assert not list((tmp_path / "out").glob(".*"))
