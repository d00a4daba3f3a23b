"""What waiting for the disk costs a batch: --sync none against --sync file, in turn.

python3 tests/bench/sync.py LUTIST PHOTO... [--rounds N]
"""

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time


def seconds(lutist, photos, folder, sync):
    """One batch into an empty folder, with nothing else waiting for the disk."""
    shutil.rmtree(folder, ignore_errors=True)
    os.sync()
    start = time.perf_counter()
    command = [lutist, "batch", "-q", "-p", "gamma=1.2", "--sync", sync, "-o", folder, *photos]
    subprocess.run(command, check=True)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("lutist")
    parser.add_argument("photos", nargs="+")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    times = {"none": [], "file": []}
    with tempfile.TemporaryDirectory(dir=".") as folder:
        for turn in range(options.rounds):
            for sync in sorted(times, reverse=turn % 2 == 1):
                out = os.path.join(folder, "out")
                times[sync].append(seconds(options.lutist, options.photos, out, sync))
    for sync, taken in times.items():
        print(f"{sync}: median {statistics.median(taken):.2f} s, least {min(taken):.2f} s")
    print(f"file to none, least to least: {min(times['file']) / min(times['none']):.3f}")


main()
