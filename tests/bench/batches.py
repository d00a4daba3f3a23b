"""lutist batch beside other programs: whole files, whole processes, in turn.

    python tests/bench/batches.py [--photos DIR] [--json FILE] [--page FILE] [--runs N] [--tiny]

The Python that runs it is that of the pools. A program that is not installed, or fails, is listed
with the reason.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from batch import measures, table, tables
from batch.bounds import all_bounds
from batch.process import FailedError
from batch.programs import Place, all_programs

ROOT = Path(__file__).resolve().parents[2]
PICTURES = Path(__file__).with_name("batch") / "pictures.py"

# Sizes of the pictures: as cameras and phones make them, and to see that memory stays flat.
SIZES = {
    "photographs": [(3000, 2000), (4000, 3000), (2400, 1600), (4032, 2268), (2000, 3000)] * 2
    + [(3000, 2000), (1600, 1200)],
    "small": 2000,
    "little": (2400, 1700),
    "large": (9600, 4500),
    "huge": (28800, 13500),
}
TINY = {
    "photographs": [(160, 120), (120, 160)],
    "small": 20,
    "little": (100, 80),
    "large": (300, 200),
    "huge": (640, 480),
}
START_RUNS = 3  # times as many of what takes milliseconds


def pixels(size):
    return size[0] * size[1]


def make_pictures(folder, sizes):
    print("making the pictures", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, PICTURES, folder, json.dumps(sizes)], check=True)


def pixels_in(place, source):
    """Of all images in a folder; lutist reads it from their headers."""
    files = sorted(map(str, source.iterdir()))
    words = [place.lutist, "info", "--json", *files]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return sum(image["width"] * image["height"] for image in json.loads(done.stdout))


def measure(place, options, sizes):
    """Everything, as the JSON file holds it."""
    skipped = []
    programs = all_programs(place.lutist, skipped)
    photos = Path(options.photos) if options.photos else place.folder / "photographs"
    total, large = pixels_in(place, photos), pixels(sizes["large"])
    runs, fewer = options.runs, min(options.runs, 3)
    rows = measures.photographs(place, programs, photos, runs, total, skipped)
    rows += measures.codecs(place, photos, total)
    rows += measures.large(place, runs, large, table.QUALITY, skipped)
    rows += measures.deep(place, fewer, large, skipped)
    rows += measures.small(place, fewer, sizes["small"], skipped)
    rows += measures.start(place, START_RUNS * runs, skipped)
    rows += measures.version(place, START_RUNS * runs, skipped)
    megapixels = {name: pixels(sizes[name]) / 1e6 for name in ("little", "large", "huge")}
    return {
        "version": programs[0].version,
        "cpu": cpu(),
        "cores": place.cores,
        "python": platform.python_version(),
        "runs": runs,
        "fewer_runs": fewer,
        "photographs": len(list(photos.iterdir())),
        "small": sizes["small"],
        "megapixels": {**megapixels, "photographs": total / 1e6},
        "rows": rows,
        "skipped": skipped,
        "targets": [target.as_dict() for target in all_bounds(rows)],
    }


def cpu():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(": ")[2]
    return platform.machine()


def main():
    options = arguments()
    sizes = dict(TINY if options.tiny else SIZES)
    if options.photos:
        sizes["photographs"] = []
    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(dir=options.work, prefix="bench-") as folder:
        place = Place(options.lutist, Path(folder).resolve(), cores)
        table.save(place.folder)
        make_pictures(place.folder, sizes)
        try:
            data = measure(place, options, sizes)
        except FailedError as error:
            return f"lutist batch: {error}"
    print(tables.text(data))
    if options.json:
        text = json.dumps(data, indent=1, ensure_ascii=False)
        Path(options.json).write_text(f"{text}\n", encoding="utf-8")
    if options.page:
        tables.into_docs(Path(options.page), data)
        print(f"written: {options.page}")
    return 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lutist", default=str(ROOT / "build/release/bin/lutist"))
    parser.add_argument(
        "--photos",
        metavar="DIR",
        default=os.environ.get("LUTIST_PHOTOS"),
        help="a folder of JPEG files in place of made ones (default: $LUTIST_PHOTOS)",
    )
    parser.add_argument("--json", metavar="FILE", help="write everything to this file")
    parser.add_argument("--page", metavar="FILE", help="put the tables into this page")
    parser.add_argument("--runs", type=int, default=7, help="counted runs of each program")
    parser.add_argument("--work", metavar="DIR", help="where the files are made (default: $TMPDIR)")
    parser.add_argument("--tiny", action="store_true", help="small pictures: is all in order?")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
