"""--mode: the same files from every mode, and an error for a mode that cannot run."""

import json
import os
import re
import signal
import subprocess
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from held import Gate
from waiting import PATIENCE, until

MODES = ["python", "numpy", "ctypes", "single", "parallel"]
PYTHON = MODES[:3]
EVERY = [*MODES[:4], "opencl", "parallel"]  # opencl: test_opencl.py


@pytest.fixture
def photos(picture, tmp_path):
    """Files of every layout, some of 16 bits; their names."""
    names = [
        picture(f"{mode}.png", mode, seed=i).name
        for i, mode in enumerate(["L", "LA", "RGB", "RGBA"])
    ]
    names.append(picture("photo.jpg", size=(700, 500)).name)
    deep = np.random.default_rng(5).integers(0, 65536, (40, 50), dtype=np.uint16)
    Image.fromarray(deep).save(tmp_path / "deep.png")
    return [*names, "deep.png"]


LOOKS = {
    "exposure": ["-p", "exposure=0.5", "-p", "gamma=1.3"],
    "mono": ["-p", "filter=red"],
    "poster": [],
    "split_toning": [],
}


@pytest.mark.parametrize("script", LOOKS)
def test_every_mode_writes_the_same_files(lutist, photos, tmp_path, script):
    for mode in MODES:
        done = lutist("batch", "-s", script, *LOOKS[script], "--mode", mode, "-o", mode, *photos)
        assert done.returncode == 0, done.stderr
        for name in photos:
            got, wanted = (tmp_path / folder / name for folder in (mode, MODES[0]))
            assert got.read_bytes() == wanted.read_bytes(), (mode, name)


@pytest.mark.parametrize(
    "command", ["batch a.png -o out --mode fast", "a.png --mode=fast", "run --mode fast job.py"]
)
def test_an_unknown_mode_lists_those_that_are(lutist, command):
    done = lutist(*command.split())
    assert done.returncode == 2
    assert done.stderr == (
        "lutist: --mode 'fast' is unknown; use python, numpy, ctypes, single, opencl or "
        "parallel (the default)\n"
    )


@pytest.fixture(scope="session")
def bare_venv(tmp_path_factory, lutist_path):
    """A virtual environment of the host's Python in which there is no NumPy."""
    folder = tmp_path_factory.mktemp("bare")
    doctor = subprocess.run([lutist_path, "doctor"], capture_output=True, text=True).stdout
    python = doctor.partition("(")[2].partition(")")[0]
    subprocess.run([python, "-m", "venv", "--without-pip", folder], check=True)
    return folder


def test_without_numpy_the_mode_says_how_to_mend_it(lutist, picture, tmp_path, bare_venv):
    picture("a.png")
    done = lutist("batch", "a.png", "-o", "out", "--mode", "numpy", "--venv", bare_venv)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("lutist: numpy mode: NumPy is not found in this interpreter (")
    assert str(bare_venv) in done.stderr
    assert "install python3-numpy, or use --venv DIR with NumPy in it" in done.stderr
    assert not (tmp_path / "out").exists()
    done = lutist("batch", "a.png", "-o", "out", "--mode", "python", "--venv", bare_venv)
    assert done.returncode == 0, done.stderr


JOB = """
import sys
import lutist
from lutist import modes

run, seen = modes.run, []
modes.run = lambda mode, *rest: seen.append(mode) or run(mode, *rest)
develop, image = lutist.load("exposure"), lutist.open("a.png")
develop.apply(image, exposure=0.5)
lutist.batch(develop, "a.png", "out", exposure=0.5)
develop.apply(image, mode="parallel", exposure=0.5)
develop.apply(image, mode="python", exposure=0.5)
print(*seen)
"""


@pytest.mark.parametrize("mode", MODES)
def test_a_job_has_the_mode_of_its_host(lutist, picture, tmp_path, mode):
    picture("a.png")
    (tmp_path / "job.py").write_text(JOB)
    done = lutist("run", "--mode", mode, "job.py")
    assert done.returncode == 0, done.stderr
    expected = [mode, mode] if mode in PYTHON else []
    assert done.stdout.split() == [*expected, "python"]


@pytest.fixture
def held_batch(lutist_path, picture, tmp_path):
    """Eight files in pure Python, two at a time, that stand still in their first strips:
    (the process, its gate). It has had one interrupt."""
    gate = Gate(tmp_path)
    gate.hold(0.5)
    names = [picture(f"{i}.png", size=(600, 400)).name for i in range(8)]
    words = ["batch", "-j2", "--mode", "python", "-s", gate.look, "-p", "gamma=1.3"]
    run = subprocess.Popen(
        [lutist_path, *words, "-o", "out", "--report", "r.json", *names],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until(lambda: gate.begun() == 1)
    run.send_signal(signal.SIGINT)
    until(lambda: gate.begun() == 2)  # the strip is tried once more
    yield run, gate
    run.kill()
    run.communicate()


def test_one_interrupt_finishes_what_is_running(held_batch, tmp_path):
    run, gate = held_batch
    gate.open()
    _, errors = run.communicate(timeout=PATIENCE)
    assert run.returncode == 130, errors
    report = json.loads((tmp_path / "r.json").read_text())
    assert (report["failed"], report["done"] + report["left"]) == (0, 8)
    assert 0 < report["done"] == len(os.listdir(tmp_path / "out")) <= 2
    for path in (tmp_path / "out").iterdir():
        Image.open(path).load()


def test_two_interrupts_drop_what_is_running(held_batch, tmp_path):
    run, _ = held_batch
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=PATIENCE)
    assert run.returncode == 130, errors
    report = json.loads((tmp_path / "r.json").read_text())
    assert (report["failed"], report["done"]) == (0, 0)
    assert os.listdir(tmp_path / "out") == []


def bench(lutist, tmp_path, *arguments):
    """The rows by mode, and what was printed."""
    done = lutist("bench", "modes", *arguments, "--json", "rows.json")
    assert done.returncode == 0, done.stderr
    result = json.loads((tmp_path / "rows.json").read_text())
    assert {"version", "cpu", "cores", "level", "rows"} <= set(result)
    assert [row["mode"] for row in result["rows"]] == EVERY
    return {row["mode"]: row for row in result["rows"]}, done.stdout


def test_bench_compares_every_mode(lutist, picture, tmp_path):
    picture("photo.jpg", size=(300, 200))
    rows, printed = bench(lutist, tmp_path, "photo.jpg", "-t", "2", "--plot", "chart.svg")
    for mode in MODES:
        row = rows[mode]
        assert (row["op"], row["pixel"], row["tables"]) == ("modes", "u8x3", 1)
        assert row["samples"] == 300 * 200 * 3 and row["megapixels"] == 0.06
        assert row["ms"] >= row["ms_min"] > 0 and row["memcpy_ratio"] > 0
        assert row["same_bits"] is True and row["extrapolated"] is False
        assert row["megapixels_per_second"] == pytest.approx(60 / row["ms"], rel=0.01)
        assert row["against_python"] == pytest.approx(rows["python"]["ms"] / row["ms"], rel=0.01)
        assert re.search(rf"^{mode} .* yes ", printed, re.M)
    assert rows["ctypes"]["threads"] == 3 and rows["parallel"]["threads"] == 2
    assert rows["ctypes"]["copies"] != rows["single"]["copies"]
    assert "exposure=0.5 gamma=1.3" in printed
    texts = "".join(ElementTree.parse(tmp_path / "chart.svg").getroot().itertext())
    assert all(mode in texts for mode in MODES) and "photo.jpg" in texts


def test_bench_gives_pure_python_a_part_of_a_large_image(lutist, picture, tmp_path):
    picture("big.png", size=(2400, 1500), compress_level=1)
    rows, printed = bench(lutist, tmp_path, "big.png", "-s", "poster")
    assert rows["python"]["extrapolated"] and 0 < rows["python"]["megapixels_measured"] <= 2
    assert rows["python"]["megapixels"] == 3.6 == rows["numpy"]["megapixels_measured"]
    assert "extrapolated from" in printed and printed.count("extrapolated") == 1
    assert all(rows[mode]["same_bits"] for mode in MODES)


def test_bench_tells_why_a_mode_cannot_run(lutist, picture, tmp_path, bare_venv):
    picture("a.png")
    rows, printed = bench(lutist, tmp_path, "a.png", "--venv", bare_venv, "--plot", "chart.svg")
    assert rows["numpy"]["ms"] is None and "NumPy is not found" in rows["numpy"]["reason"]
    assert rows["ctypes"]["same_bits"] and "reason" not in rows["ctypes"]
    assert re.search(r"^numpy +cannot run: .*python3-numpy", printed, re.M)
    assert "cannot run here" in (tmp_path / "chart.svg").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (["modes"], 2, "an image is missing"),
        (["modes", "a.png", "b.png"], 2, "one image is enough"),
        (["modes", "none.png"], 1, "none.png"),
        (["modes", "a.png", "-p", "gama=1"], 2, "gamma"),
        (["modes", "a.png", "--plot", "no/folder.svg"], 1, "no/folder.svg"),
        (["kernels", "--plot", "a.svg"], 2, "--plot is an option of 'bench modes'"),
        (["kernels", "a.png"], 2, "a.png"),
    ],
)
def test_bench_says_what_is_wrong(lutist, picture, arguments, code, hint):
    picture("a.png")
    done = lutist("bench", *arguments)
    assert done.returncode == code, done.stderr
    assert hint in done.stderr and done.stderr.count("\n") == 1
