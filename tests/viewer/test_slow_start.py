"""Python itself takes its time to start: Esc is answered, and scripts load afterwards."""

import subprocess
import sys

import pytest
from test_live import LOOK, gray, level, loaded, write  # noqa: F401

from isolated import children
from waiting import PATIENCE

BUSY = "^message The script is busy: Esc stops it"

# Runs in each Python of the environment; only a script's own process has a host above it.
HOLD = """\
import os
above = os.path.basename(os.readlink(f"/proc/{{os.getppid()}}/exe"))
while (above == "lutist") == {in_child} and not os.path.exists({go!r}):
    pass
"""


@pytest.fixture
def slow(tmp_path):
    """slow(in_child): a virtual environment whose Python waits for the file "go" at its start."""
    venv = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    (site,) = (venv / "lib").glob("python*/site-packages")
    (site / "hold.pth").write_text("import hold\n")

    def make(in_child):
        write(site / "hold.py", HOLD.format(in_child=in_child, go=str(tmp_path / "go")))
        return {"VIRTUAL_ENV": str(venv)}

    return make


def expect_look(viewer, percent):
    viewer.until(lambda: level(viewer) == percent)
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0


def test_esc_does_not_stop_the_start_of_python(view, gray, tmp_path, slow):  # noqa: F811
    path = write(tmp_path / "film.py", LOOK.format(gain=1.0))
    viewer = view("photo.png", "-s", path, "-p", "gain=1.5", env=slow(False), settle=False)
    viewer.wait(BUSY)
    viewer.key("Escape")
    viewer.wait("^message Stopping the script")
    viewer.wait("^message The script is in code that cannot be stopped")
    write(tmp_path / "go", "")
    loaded(viewer, gain=1.5)
    expect_look(viewer, 150)


def test_a_start_of_python_that_hangs_can_be_left(view, gray, tmp_path, slow):  # noqa: F811
    path = write(tmp_path / "film.py", LOOK.format(gain=1.0))
    viewer = view("photo.png", "-s", path, env=slow(False), settle=False)
    viewer.wait(BUSY)
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0


def test_esc_stops_a_process_whose_python_starts(view, gray, tmp_path, slow):  # noqa: F811
    path = write(tmp_path / "film.py", LOOK.format(gain=1.0))
    viewer = view(
        *("--isolate", "photo.png", "-s", path, "-p", "gain=1.5"), env=slow(True), settle=False
    )
    viewer.wait(BUSY)
    viewer.key("Escape")
    viewer.wait("^reload error the script was stopped after")
    viewer.until(lambda: not children(viewer.process.pid))
    write(tmp_path / "go", "")
    write(path, LOOK.format(gain=1.0) + "\n")
    loaded(viewer, gain=1.5)
    expect_look(viewer, 150)
