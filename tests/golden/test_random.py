"""Random looks agree with double precision, whatever the threads and the CPU level."""

import os
import platform
from pathlib import Path

import pytest

JOB = Path(__file__).with_name("random_pipelines.py")
CASES = int(os.environ.get("LUTIST_CASES", "520"))
THREADS = (1, 2, 3, 7)
LEVELS = ["scalar", "neon" if platform.machine() == "aarch64" else "avx2"]


def run(lutist, first, cases, threads, **env):
    """The digest of all results; every case has been compared with the reference."""
    done = lutist("run", "-t", threads, JOB, first, cases, env=env, timeout=380)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize("threads", THREADS)
def test_random_pipelines(lutist, threads):
    share = CASES // len(THREADS)
    run(lutist, 10_000 * threads, share, threads)


def test_threads_and_levels_give_the_same_bits(lutist):
    ways = [(1, {}), (7, {}), *((2, {"LUTIST_CPU": level}) for level in LEVELS)]
    assert len({run(lutist, 500, CASES // 16, threads, **env) for threads, env in ways}) == 1
