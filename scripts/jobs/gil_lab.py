"""The GIL lab: every way round Python's global interpreter lock, measured on this machine.

    lutist run scripts/jobs/gil_lab.py --quick
    lutist run scripts/jobs/gil_lab.py --json gil.json --plot gil.svg --markdown gil.md

Each strategy does the same work, runs in a process of its own with a time limit, and gets a
row: wall time, CPU time, cores kept busy, speed-up. A list names what this machine lacks, and how
to install it.
"""

import argparse
import json
import os
import sys
from functools import partial
from pathlib import Path

from gil_ways import runner, settings
from gil_ways.output import files, plot, report
from gil_ways.rows import listing

TRACED = ("one", "threads", "processes", "c-released")


def parser():
    own = argparse.ArgumentParser(
        prog="gil_lab.py",
        description=__doc__.partition("\n")[0],
        epilog="About five minutes on two cores; --quick takes less than one.",
    )
    own.add_argument("--quick", action="store_true", help="small work, one run of each row")
    own.add_argument("--json", metavar="FILE", help="write all figures as JSON")
    own.add_argument("--plot", metavar="FILE.svg", help="draw bars, and cores over time")
    own.add_argument(
        "--markdown",
        metavar="FILE.md",
        help="write the tables as Markdown, or renew those of a page with markers",
    )
    own.add_argument("--read", metavar="FILE", help="show a file of --json; measure nothing")
    own.add_argument(
        "--only",
        metavar="PATTERN",
        action="append",
        default=[],
        help="rows whose key, group or name has this in it, and what they need; repeatable",
    )
    own.add_argument("--list", action="store_true", help="name the rows and end")
    own.add_argument("--cores", type=positive, metavar="N", help="workers (default: one a core)")
    own.add_argument("--repeat", type=positive, metavar="N", help="runs of a row (default: 3)")
    own.add_argument(
        "--limit",
        type=positive,
        default=120,
        metavar="SECONDS",
        help="a row is stopped after this time (default: 120)",
    )
    own.add_argument(
        "--patience",
        type=positive,
        default=0,
        metavar="SECONDS",
        help="wait that long for other programs to be quiet, and repeat disturbed rows",
    )
    own.add_argument(
        "--parts",
        metavar="DIR",
        default=runner.parts_folder(),
        help="the pieces that CMake builds (default: ../lib/lutist/gil_lab from the program)",
    )
    own.add_argument(
        "--interpreter",
        metavar="PATH",
        action="append",
        default=[],
        help="another Python to use where it can do what the embedded one cannot; repeatable",
    )
    return own


def positive(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text}: 1 or more, please")
    return value


def progress(words):
    """On a terminal one line that changes, elsewhere a line each."""
    if sys.stderr.isatty():
        print(f"\r\033[K{words}", end="", file=sys.stderr, flush=True)
    elif words:
        print(words, file=sys.stderr, flush=True)


def measure(rows, chosen, options):
    done = {}
    for i, row in enumerate(rows, 1):
        progress(f"{i}/{len(rows)} {row.group}: {row.strategy}")
        told = {**chosen, "base": done.get(row.base)}
        run_row = partial(runner.watched, row, told, options.limit)
        result = runner.patient(run_row, options.patience)
        done[row.key] = report.finished(row, result, done)
    progress("")
    return list(done.values())


def traces(rows, chosen, options):
    told = {**settings.longer(chosen), "base": None}
    found = []
    for row in rows:
        if row.key in TRACED:
            progress(f"cores over time: {row.strategy}")
            run_row = partial(runner.trace, row, told, options.limit)
            found.append(runner.patient(run_row, options.patience))
    progress("")
    return [trace for trace in found if "own" in trace]


def run(options, rows, cores):
    """The report of a measurement."""
    chosen = settings.settings(options, cores)
    result = {**settings.machine(chosen), "rows": measure(rows, chosen, options)}
    result["traces"] = traces(rows, chosen, options) if options.plot else []
    return result


def check_outputs(own, options):
    """Fail before minutes of work, not after them."""
    paths = [(kind, vars(options)[kind]) for kind in files.OWN if vars(options)[kind]]
    for kind, path in paths:
        if problem := files.complaint(path, kind):
            own.error(problem)
    if len({Path(path).resolve() for _, path in paths}) < len(paths):
        own.error("two outputs have the same name")


def show(result, options):
    print(report.plain(result), flush=True)
    if options.json:
        files.write(options.json, "json", json.dumps(result, indent=1) + "\n")
    if options.markdown:
        page = Path(options.markdown)
        old = page.read_text() if page.exists() else ""
        files.write(page, "markdown", report.spliced(old, report.markdown(result)))
    if options.plot:
        files.write(options.plot, "plot", plot.chart(result))


def saved(own, path):
    try:
        return json.loads(Path(path).read_text())
    except (OSError, ValueError) as error:
        own.error(f"{path}: {error}")


def main():
    own = parser()
    options = own.parse_args()
    check_outputs(own, options)
    if options.read:
        show(saved(own, options.read), options)
        return 0
    cores = options.cores or len(os.sched_getaffinity(0))
    rows = listing.chosen(listing.all_rows(cores), options.only)
    if not rows:
        own.error("no row matches --only; --list names them all")
    if options.list:
        print("\n".join(f"{row.key:20} {row.group}: {row.strategy}" for row in rows))
        return 0
    result = run(options, rows, cores)
    show(result, options)
    return 1 if any("failed" in row for row in result["rows"]) else 0


if __name__ == "__main__":
    sys.exit(main())
