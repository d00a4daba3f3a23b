"""A watch folder: files put into one folder are developed into another, until Ctrl-C.

Example:
    lutist run scripts/jobs/watch_folder.py -s faded incoming developed

A file is developed once it has not changed between two checks of the folder, and again if it
changes later. A second start continues where the first one ended.
"""

import argparse
import stat
import sys
import time
from pathlib import Path

import lutist

Stamps = dict[str, tuple[int, int]]  # by path: size and time of change


def stamps_of(folder: Path) -> Stamps:
    """The files in the folder, without hidden ones."""
    found: Stamps = {}
    for path in folder.iterdir():
        try:
            stamp = path.stat()
        except OSError:  # it has gone again, or is a link to nothing
            continue
        if stat.S_ISREG(stamp.st_mode) and not path.name.startswith("."):
            found[str(path)] = stamp.st_size, stamp.st_mtime_ns
    return found


def watch(develop: lutist.Pipeline, folder: Path, output: str, seconds: float) -> None:
    """Check the folder every so many seconds, as long as it is there."""
    before: Stamps = {}
    tried: Stamps = {}
    while folder.is_dir():
        begun = time.monotonic()
        now = stamps_of(folder)
        ready = [p for p in sorted(now) if before.get(p) == now[p] and tried.get(p) != now[p]]
        if ready:
            for item in lutist.batch(develop, ready, output, resume=True):
                print(item.reason or f"{item.input} -> {item.output}", flush=True)
                tried[item.input] = now[item.input]
        before = now
        time.sleep(max(0, begun + seconds - time.monotonic()))


def main() -> int:
    parser = argparse.ArgumentParser(prog="watch_folder", description="A watch folder.")
    parser.add_argument("folder", type=Path, help="the folder to watch")
    parser.add_argument("output", help="the folder for the results")
    parser.add_argument("-s", "--script", default="exposure", help="the look (default: exposure)")
    parser.add_argument("--every", type=float, default=2, help="seconds per check (default: 2)")
    options = parser.parse_args()
    print(f"watching {options.folder}; Ctrl-C ends it", file=sys.stderr)
    try:
        watch(lutist.load(options.script), options.folder, options.output, options.every)
    except KeyboardInterrupt:
        print("ended")
    return 0


sys.exit(main())
