"""lutist batch with fewer files than threads: several threads at work on one file."""

import os
import resource
import signal
import subprocess

import numpy as np
import pytest
from PIL import Image

from waiting import PATIENCE, until

SIZE = 1500, 1400
LOOK = "-p", "exposure=0.4"


@pytest.fixture
def big(picture, tmp_path):
    """big.jpg, big.png and, of 16 bits, deep.png: several strips each."""

    def smooth(array):
        return array // 8 + np.arange(array.shape[1], dtype=np.uint8)[None, :, None] // 8

    noise = np.asarray(Image.open(picture("noise.png", size=SIZE)))
    Image.fromarray(smooth(noise)).save(tmp_path / "big.jpg", quality=90)
    Image.fromarray(smooth(noise)).save(tmp_path / "big.png")
    return tmp_path


@pytest.mark.parametrize("ending", ["jpg", "png", "tif"])
def test_threads_change_no_byte(lutist, big, ending):
    """Of one file, and of the last of several."""
    results = set()
    for jobs, more in [(1, []), (2, []), (8, []), (2, ["noise.png"])]:
        out = f"out{jobs}{len(more)}"
        done = lutist(
            "batch", *more, "big.png", "-o", f"{out}/{{stem}}.{ending}", "-j", jobs, *LOOK
        )
        assert done.returncode == 0, done.stderr
        results.add((big / out / f"big.{ending}").read_bytes())
    assert len(results) == 1


@pytest.mark.parametrize("mode", ["numpy", "single"])
def test_modes_change_no_byte(lutist, big, mode):
    for name, options in (("a", []), ("b", ["--mode", mode])):
        done = lutist("batch", "big.jpg", "-o", f"{name}.png", *LOOK, *options)
        assert done.returncode == 0, done.stderr
    assert (big / "a.png").read_bytes() == (big / "b.png").read_bytes()


@pytest.mark.parametrize("jobs", [1, 4])
@pytest.mark.parametrize("name", ["big.jpg", "big.png"])
def test_an_input_that_breaks_off_fails(lutist, big, name, jobs):
    data = (big / name).read_bytes()
    (big / name).write_bytes(data[: len(data) * 2 // 3])
    done = lutist("batch", name, "-o", "out", "-j", jobs)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"lutist: {name}: the {name[-3:].upper().replace('JPG', 'JPEG')} file is cut short" in (
        done.stderr
    )
    assert list((big / "out").iterdir()) == []


@pytest.mark.parametrize("ending", ["jpg", "png", "tif"])
def test_a_file_that_cannot_be_written_fails(lutist_path, big, ending):
    """Each file may have 200 KB."""
    most = 200_000

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run(
        [lutist_path, "batch", "big.png", "-o", f"out/a.{ending}", "-j", "4"],
        cwd=big,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert f"out/a.{ending}: File too large" in done.stderr
    assert list((big / "out").iterdir()) == []


def test_a_dropped_file_leaves_nothing(lutist_path, picture, tmp_path):
    """The interrupts come while several threads work; the file may be done already."""
    picture("huge.png", size=(4000, 3000))
    command = [lutist_path, "batch", "huge.png", "-o", "out/{stem}.png", "-j", "4", *LOOK]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    until(lambda: (tmp_path / "out").is_dir() and os.listdir(tmp_path / "out"))
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=PATIENCE)
    assert process.returncode in (0, 1, 130)
    assert os.listdir(tmp_path / "out") in ([], ["huge.png"])
