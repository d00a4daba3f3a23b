"""Two Dask workers beside one, and two processes beside one, which is what the machine gives.

lutist python --venv VENV tests/bench/scale/workers.py FOLDER [--rounds N] [--plain]

FOLDER has JPEG files, some 2,000; VENV has distributed. A worker is a process with one thread.
Each round does all four, so that they see the same machine. It prints seconds, and the medians'
ratios.
"""

import argparse
import itertools
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import dask
from distributed import Client, LocalCluster

import lutist

ROOT = Path(__file__).resolve().parents[3]
# What Dask does beside the tasks, and a small machine had better not: docs/scale.md.
QUIET = {"distributed.worker.profile.enabled": False, "distributed.admin.tick.interval": "1s"}
WAYS = ("one worker", "two workers", "one process", "two processes")


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def by_workers(look, inputs, output, count):
    how = {"processes": True, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(n_workers=count, **how) as cluster, Client(cluster) as client:

        def develop(names, to):
            report = lutist.batch(look, names, to, exposure=0.5, engine=client)
            assert len(report.done) == len(report), report.failed

        develop(inputs[:8], output / "first")  # the workers import what they need
        return timed(lambda: develop(inputs, output / "all"))


def by_processes(folder, output, count):
    """Each in a session of its own, as the workers are, so that they share the processors."""

    def develop():
        running = [
            subprocess.Popen(
                [
                    Path(sys.executable).with_name("lutist"),
                    *("batch", folder, "-o", output / "all", "-p", "exposure=0.5", "-q"),
                    *("-t", "1", "--resume", "--part", f"{part + 1}/{count}"),
                ],
                start_new_session=True,
            )
            for part in range(count)
        ]
        codes = [process.wait() for process in running]
        assert not any(codes), codes

    return timed(develop)


def measure(way, look, folder, inputs):
    output = Path(tempfile.mkdtemp(prefix="lutist-bench-", dir=folder.parent))
    count = 2 if way.startswith("two") else 1
    try:
        if "worker" in way:
            return by_workers(look, inputs, output, count)
        return by_processes(folder, output, count)
    finally:
        shutil.rmtree(output)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--plain", action="store_true", help="Dask with its own settings")
    chosen = parser.parse_args()
    if not chosen.plain:
        dask.config.set(QUIET)  # and LocalCluster gives it to the workers
    folder = chosen.folder.resolve()
    inputs = sorted(map(str, folder.glob("*.jpg")))
    look = lutist.load(str(ROOT / "scripts/exposure.py"))
    seconds = {way: [] for way in WAYS}
    print(f"{len(inputs)} files", *WAYS, "", sep=" | ")
    for number, way in itertools.product(range(chosen.rounds), WAYS):
        seconds[way].append(measure(way, look, folder, inputs))
        if way == WAYS[-1]:
            print(number + 1, *(f"{seconds[way][-1]:.2f}" for way in WAYS), "", sep=" | ")
    medians = [statistics.median(seconds[way]) for way in WAYS]
    print("median", *(f"{median:.2f}" for median in medians), "", sep=" | ")
    print(f"workers {medians[0] / medians[1]:.2f}, processes {medians[2] / medians[3]:.2f}")


if __name__ == "__main__":
    main()
