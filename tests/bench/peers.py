"""lutist beside other programs: the same tasks on the same picture, in one process, in turn.

    lutist run [--venv DIR] tests/bench/peers.py [--json FILE] [--runs N] [--megapixels N]

`lutist bench kernels` runs before and after. A program that is not installed, or fails, is
listed with the reason.
"""

import argparse
import json
import os
import platform
import statistics
import sys

import kernel_rows
import report
from measure import difference, rounds
from programs import load_all
from targets import all_targets
from tasks import all_tasks, picture_size


def ways(task, modules, cores, skipped):
    """Every program's ways of doing the task, lutist's first; those that fail are told."""
    works, expected = [], None
    for module in modules:
        try:
            for work in module.works(task, cores):
                work.program = module.NAME
                if not work.copies:
                    got = work.pixels(work.run())
                    expected = got.copy() if expected is None else expected
                    work.worst, work.differ = difference(expected, got)
                works.append(work)
        except Exception as error:
            if expected is None:  # lutist itself
                raise
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            skipped.append({"task": task.title, "program": module.NAME, "reason": reason})
    return works


def measure(task, modules, options, skipped):
    """The task's rows, without lutist's kernels."""
    print(f"measuring: {task.title}", file=sys.stderr, flush=True)
    task.prepare(options.megapixels)
    works = ways(task, modules, options.cores, skipped)
    rounds(works, options.runs)
    shape = {"op": task.op, "pixel": task.pixel, "tables": task.tables}
    shape["samples"] = task.source.size
    task.release()
    return [{**shape, **work.summary()} for work in works]


def relate(rows, own, streams, cores):
    """Give each row of a task, and lutist's kernels for it, its ratio to lutist with the same
    kind of result, and to the fastest copy with as many threads, which is the limit."""
    copies = {}
    for row in [*streams, *(row for row in rows if row["program"].startswith("memcpy"))]:
        copies.setdefault(row["threads"], []).append(row["ms"])
    new = next(row for row in rows if row["program"].startswith("lutist"))
    kernel = max(own, key=lambda row: row["threads"])
    for row in rows:
        row["limit_ratio"] = min(copies[min(row["threads"], cores)]) / row["ms"]
    for row in [*own, *streams, *rows]:
        row["lutist_ratio"] = row["ms"] / (kernel if row["result"] == "reused" else new)["ms"]
    new["program"] = kernel["program"]  # with its version


def main():
    options = arguments()
    modules, missing = load_all()
    if "lutist" in missing:
        return "peers.py runs inside lutist: lutist run --venv build/venv tests/bench/peers.py"
    skipped = [{"task": None, "program": name, "reason": why} for name, why in missing.items()]
    print("measuring: lutist bench kernels", file=sys.stderr, flush=True)
    before = kernel_rows.run(options.lutist, options.megapixels)
    options.cores = before["cores"]
    tasks = all_tasks()
    measured = {task.key: measure(task, modules, options, skipped) for task in tasks}
    print("measuring: lutist bench kernels again", file=sys.stderr, flush=True)
    own = kernel_rows.mean_rows(before, kernel_rows.run(options.lutist, options.megapixels))
    data = collect(before, own, measured, skipped, options)
    print(report.text(data, tasks))
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(data, file, indent=1, ensure_ascii=False)
            file.write("\n")
    return 0


def collect(before, own, measured, skipped, options):
    """Everything, as the JSON file holds it."""
    kernels = kernel_rows.Kernels(own, options.cores)
    rows = list(own)
    for key, found in measured.items():
        streams = kernels.streams_of_task(key)
        relate(found, kernels.of_task(key), streams, options.cores)
        rows += [*streams, *found]
    found = all_targets(kernels, rows, before["level"])
    height, width = picture_size(options.megapixels)
    return {
        "version": before["version"],
        "cpu": before["cpu"],
        "cores": before["cores"],
        "level": before["level"],
        "python": platform.python_version(),
        "runs": options.runs,
        "width": width,
        "height": height,
        "memcpy_gb_s": bandwidth(rows),
        "rows": rows,
        "skipped": skipped,
        "targets": [target.as_dict() for target in found],
    }


def bandwidth(rows):
    """What memcpy copies, in GB/s, by the number of its threads."""
    speeds = {}
    for row in rows:
        if row["call"] == "memmove" and row["pixel"] == "u8x3":
            speeds.setdefault(row["threads"], []).append(row["samples"] / row["ms"] / 1e6)
    return {threads: statistics.median(found) for threads, found in speeds.items()}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lutist", default=os.path.realpath("/proc/self/exe"))
    parser.add_argument("--json", help="write everything to this file")
    parser.add_argument("--runs", type=int, default=7, help="counted runs of each program")
    parser.add_argument("--megapixels", type=int, help="default: 43.2")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
