"""Random looks agree with double precision, whatever the threads and the CPU level."""

import os
import platform
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
JOB, JUMPS = HERE / "random_pipelines.py", HERE / "jumps.py"
CASES = int(os.environ.get("LUTIST_CASES", "520"))
THREADS = (1, 2, 3, 7)
MODES = ("single", "parallel", "python", "numpy", "ctypes")
LEVELS = ["scalar", "neon" if platform.machine() == "aarch64" else "avx2"]


def run(lutist, first, cases, threads, *args, job=JOB, **env):
    """The digest of all results; every case has been compared with the reference."""
    done = lutist("run", "-t", threads, job, first, cases, *args, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize("threads", THREADS)
def test_random_pipelines(lutist, threads):
    share = CASES // len(THREADS)
    run(lutist, 10_000 * threads, share, threads)


def test_threads_and_levels_give_the_same_bits(lutist):
    ways = [(1, {}), (7, {}), *((2, {"LUTIST_CPU": level}) for level in LEVELS)]
    assert len({run(lutist, 500, CASES // 16, threads, **env) for threads, env in ways}) == 1


def test_a_jump_decides_by_the_exact_value(lutist):
    """In every mode, and to the same bits."""
    run(lutist, 0, 24, 2, *MODES, job=JUMPS)


@pytest.mark.parametrize("megabytes", ["", "1"], ids=["whole", "bands"])
def test_opencl_agrees(lutist, megabytes):
    """By the first device that is found, and by one whose memory holds no whole picture."""
    found = re.search("^opencl: (.*)", lutist("doctor").stdout, re.M)
    if found:
        pytest.skip(found[1])
    host = "--mode", "opencl", "-t", 2
    for job, cases in (JOB, CASES // 16), (JUMPS, 6):
        mode = ["opencl"] if job == JUMPS else []
        env = {"LUTIST_DEVICE_MEMORY": megabytes}
        done = lutist("run", *host, job, 2000, cases, *mode, env=env)
        assert done.returncode == 0, done.stderr


def test_jumps_are_right(lutist):
    run(lutist, 1000, CASES // 4, 2, job=JUMPS)


def test_levels_give_the_same_jumps(lutist):
    assert len({run(lutist, 500, 24, 2, job=JUMPS, LUTIST_CPU=level) for level in LEVELS}) == 1
