"""Fixtures for tests of the program: the binary, and small pictures."""

import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from waiting import PATIENCE

ROOT = Path(__file__).resolve().parent.parent

# Without a desktop's message bus SDL starts one. AddressSanitizer can hang in the child that
# is forked for it while other threads allocate. With an address SDL starts none, in no test.
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"

# Who runs the tests has presets, keys and a last look of their own: no test sees or changes them.
HOME = tempfile.TemporaryDirectory(prefix="lutist-home-")
for kind in ("data", "state", "config", "cache"):
    os.environ[f"XDG_{kind.upper()}_HOME"] = f"{HOME.name}/{kind}"


@pytest.fixture(scope="session")
def lutist_path():
    """The program under test: $LUTIST (set by ctest), else the newest build."""
    given = os.environ.get("LUTIST")
    if given:
        return Path(given)
    built = sorted(ROOT.glob("build/*/bin/lutist"), key=lambda p: p.stat().st_mtime)
    assert built, "no lutist binary: run ./dev test, or set LUTIST"
    return built[-1]


@pytest.fixture
def fake_opencl(lutist_path):
    """An environment with OpenCL by a loader of ours in the place of the machine's."""
    folder = lutist_path.resolve().parent.parent / "tests" / "fake_opencl"
    if not (folder / "libOpenCL.so.1").exists():
        pytest.skip("this build has no OpenCL")
    return {"LD_LIBRARY_PATH": str(folder), "OCL_ICD_VENDORS": str(folder)}


@pytest.fixture
def lutist(lutist_path, tmp_path):
    """Run lutist with arguments in a fresh folder; returns the CompletedProcess."""

    def run(*args, env=None, timeout=10 * PATIENCE, cwd=tmp_path, stdin=subprocess.DEVNULL):
        return subprocess.run(
            [str(lutist_path), *map(str, args)],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=stdin,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    return run


@pytest.fixture
def picture(tmp_path):
    """Write a seeded random picture as NAME in the test's folder; returns its path."""

    def make(name="photo.png", mode="RGB", size=(61, 47), seed=1, **save):
        channels = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4}[mode]
        rng = np.random.default_rng(seed)
        shape = (size[1], size[0]) + ((channels,) if channels > 1 else ())
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(rng.integers(0, 256, shape, dtype=np.uint8), mode).save(path, **save)
        return path

    return make
