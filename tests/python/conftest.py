"""These tests run inside the host, where `import lutist` finds the real module."""

import os
import tempfile
from pathlib import Path

import numpy as np
import pytest

import lutist
from lutist.script import loading

# Who runs the tests has presets of their own, which no test may see or change.
HOME = tempfile.TemporaryDirectory(prefix="lutist-home-")
os.environ["XDG_DATA_HOME"] = f"{HOME.name}/data"
os.environ["XDG_CACHE_HOME"] = f"{HOME.name}/cache"  # compiled kernels of the mode opencl

# The looks that come with lutist, by name.
BUNDLED = sorted(path.stem for path in Path(loading.folders()[-1]).glob("*.py"))


@pytest.fixture
def noise():
    """noise(shape, dtype) -> (array, Image) of seeded random samples."""

    def make(shape=(33, 47, 3), dtype=np.uint8, seed=3):
        top = np.iinfo(dtype).max
        array = np.random.default_rng(seed).integers(0, top, shape, dtype, endpoint=True)
        return array, lutist.Image.from_buffer(array)

    return make


@pytest.fixture
def script(tmp_path):
    """Write a script and return its path as text."""

    def make(source, name="film.py"):
        path = Path(tmp_path, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
        return str(path)

    return make


def rounded(values, top=255):
    """floor(clamp(v, 0, 1) * top + 0.5) in double precision."""
    return np.floor(np.clip(values, 0, 1) * top + 0.5)


def ends(control):
    """The lowest and the highest of a slider, all of a choice or a toggle, no file."""
    if isinstance(control, lutist.Slider):
        return control.lo, control.hi
    if isinstance(control, lutist.File):
        return ("",)
    return getattr(control, "choices", None) or (False, True)
