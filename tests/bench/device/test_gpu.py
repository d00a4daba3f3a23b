"""gpu.sh on the device that there is, here PoCL as a rule: every look is verified on it."""

import json
import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "gpu.sh"


def run(lutist_path, *args, **env):
    env = {**os.environ, "LUTIST": str(lutist_path), **env}
    return subprocess.run([SCRIPT, *args], env=env, capture_output=True, text=True, check=False)


def test_each_look_is_verified_and_measured(lutist_path):
    done = run(lutist_path, "--megapixels", "1", "-t", "2")
    if done.returncode == 4:
        pytest.skip(done.stderr)
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stderr.splitlines() if " opencl " in line]
    assert len(lines) > 20 and all("  verified: " in line for line in lines)
    data = json.loads(done.stdout)
    kernels = data["kernels"]
    assert data["verified"] == len(kernels) == len(lines)
    assert data["device"] in done.stderr and data["units"] > 0
    ops = {(row["op"], row["pixel"], row["tables"]) for row in kernels}
    assert {("lut1d", "u8x3", 1), ("lut1d", "u8x3", 3), ("lut1d", "u16x3", 3)} <= ops
    assert {"matrix", "tone_matrix_tone", "matrix_jump", "lut3d"} <= {row["op"] for row in kernels}
    for row in kernels:
        assert row["kernel_ms"] > 0 and row["copy_gb_per_s"] > 0 and row["processor_ms"] > 0
        exact = row["op"].startswith("lut1d")
        assert row["worst"] == 0 if exact else row["worst"] <= (1 if "u8" in row["pixel"] else 2)
        assert row["same_bits"] or not exact
    assert data["least_of_copy_u8_tables"] > 0


def test_what_is_missing_is_told(lutist_path, tmp_path):
    done = run(lutist_path, OCL_ICD_VENDORS="/dev/null/none")
    assert (done.returncode, done.stdout) == (4, "")
    assert "pocl-opencl-icd" in done.stderr
    done = run(tmp_path / "none", PATH="/usr/bin:/bin")
    assert done.returncode == 4 and "LUTIST=PATH" in done.stderr


def test_a_loader_that_is_missing_is_told(lutist_path, tmp_path):
    (tmp_path / "libOpenCL.so.1").touch()
    done = run(lutist_path, LD_LIBRARY_PATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (4, "")
    assert "ocl-icd-libopencl1" in done.stderr
