"""The jobs that come with lutist, scripts/jobs/*.py."""

import signal
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from waiting import PATIENCE, until

JOBS = Path(__file__).parents[2] / "scripts" / "jobs"


def test_brackets(lutist, picture, tmp_path):
    path = picture("a.png")
    picture("b.png", mode="L")
    done = lutist("run", JOBS / "brackets.py", "-o", "out", "a.png", "b.png")
    assert done.returncode == 0, done.stderr
    names = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert names == [f"{s}_{ev}EV.png" for s in "ab" for ev in ("+0", "+1", "-1")]
    source = np.asarray(Image.open(path))
    for ev in (-1, 0, 1):
        got = np.asarray(Image.open(tmp_path / "out" / f"a_{ev:+d}EV.png"))
        want = np.floor(np.clip(source / 255 * 2.0**ev, 0, 1) * 255 + 0.5)
        np.testing.assert_array_equal(got, want)
    again = lutist("run", JOBS / "brackets.py", "-o", "out", "a.png", "missing.png")
    assert again.returncode == 1
    assert "missing.png" in again.stderr and "only overwrite=True replaces it" in again.stderr


def test_contact_sheet(lutist, tmp_path):
    (tmp_path / "in").mkdir()
    for name, size, mode, colour in [
        ("a.png", (80, 40), "RGB", (200, 30, 10)),
        ("b.png", (40, 80), "L", 100),
        ("c.png", (10, 10), "RGBA", (0, 255, 0, 255)),
    ]:
        Image.new(mode, size, colour).save(tmp_path / "in" / name)
    (tmp_path / "in/d.png").write_bytes(b"not a picture")
    job = JOBS / "contact_sheet.py"
    done = lutist("run", job, "in", "sheet.png", "--side", "40", "--columns", "2")
    assert done.returncode == 0 and "in/d.png: " in done.stderr
    sheet = np.asarray(Image.open(tmp_path / "sheet.png"))
    assert sheet.shape == (104, 104, 3)
    assert list(sheet[8 + 20, 8 + 20]) == [200, 30, 10]
    assert list(sheet[8 + 5, 8 + 20]) == [255, 255, 255]
    assert list(sheet[8 + 20, 56 + 20]) == [100, 100, 100]
    assert list(sheet[56 + 20, 8 + 20]) == [0, 255, 0]
    assert list(sheet[56 + 20, 56 + 20]) == [255, 255, 255]


def test_equal_exposure(lutist, tmp_path):
    (tmp_path / "in").mkdir()
    for value in (60, 90, 120):
        Image.new("RGB", (32, 32), (value, value, value)).save(tmp_path / f"in/{value}.png")
    names = [f"in/{value}.png" for value in (60, 90, 120)]
    done = lutist("run", JOBS / "equal_exposure.py", "-o", "even", *names, "missing.png")
    assert done.returncode == 1 and "missing.png" in done.stderr
    assert done.stdout == "3 of 4 images\n"
    for value in (60, 90, 120):
        even = np.asarray(Image.open(tmp_path / f"even/{value}.png"))
        assert abs(int(even[5, 5, 1]) - 90) <= 1
    done = lutist("run", JOBS / "equal_exposure.py", "-o", "less", "--most", "0", *names)
    assert done.returncode == 0
    assert np.asarray(Image.open(tmp_path / "less/60.png"))[5, 5, 1] == 60


@pytest.fixture
def watching(lutist_path, tmp_path):
    """The job that watches in/, looking often; it tells the file told."""
    (tmp_path / "in").mkdir()
    words = ("in", "out", "--every", "0.05")
    with open(tmp_path / "told", "w") as told:
        job = subprocess.Popen(
            [lutist_path, "run", JOBS / "watch_folder.py", *words], cwd=tmp_path, stdout=told
        )
    yield job
    job.kill()
    job.wait(PATIENCE)


def test_watch_folder(watching, picture, tmp_path):
    def told(line, times=1):
        return (tmp_path / "told").read_text().splitlines().count(line) >= times

    picture("in/a.png")
    until(lambda: told("in/a.png -> out/a.png"))
    (tmp_path / "in/bad.png").write_bytes(b"not a picture")
    picture("in/b.png")
    until(lambda: told("in/b.png -> out/b.png"))
    picture("in/a.png", seed=2, size=(20, 20))
    until(lambda: told("in/a.png -> out/a.png", 2))
    assert Image.open(tmp_path / "out/a.png").size == (20, 20)
    watching.send_signal(signal.SIGINT)
    assert watching.wait(PATIENCE) == 0
    assert told("ended")
