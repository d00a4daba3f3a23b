"""The GIL lab: every way around Python's global interpreter lock, measured on this machine.

    lutist run scripts/jobs/gil_lab.py --quick
    lutist run scripts/jobs/gil_lab.py --json gil.json --plot gil.svg --markdown gil.md

Each strategy does the same work in a process of its own, with a time limit, and gets a row: wall
time, CPU time, cores kept busy, speed-up. A list at the end names what this machine lacks, and how
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


def command_line():
    """The parser of the job's options."""
    parser = argparse.ArgumentParser(
        prog="gil_lab.py",
        description=__doc__.partition("\n")[0],
        epilog="About five minutes on two cores; --quick takes less than one.",
    )
    parser.add_argument("--quick", action="store_true", help="small work, one run of each row")
    parser.add_argument("--json", metavar="FILE", help="write all figures as JSON")
    parser.add_argument("--plot", metavar="FILE.svg", help="draw bars, and cores over time")
    parser.add_argument(
        "--markdown",
        metavar="FILE.md",
        help="write the tables as Markdown, or replace those of a page with markers",
    )
    parser.add_argument(
        "--read", metavar="FILE", help="show figures saved by --json; measure nothing"
    )
    parser.add_argument(
        "--only",
        metavar="PATTERN",
        action="append",
        default=[],
        help="only rows whose key, group or name contains this, and what they need; repeatable",
    )
    parser.add_argument("--list", action="store_true", help="list the rows and exit")
    parser.add_argument("--cores", type=positive, metavar="N", help="workers (default: one a core)")
    parser.add_argument("--repeat", type=positive, metavar="N", help="runs per row (default: 3)")
    parser.add_argument(
        "--limit",
        type=positive,
        default=120,
        metavar="SECONDS",
        help="stop a row after this time (default: 120)",
    )
    parser.add_argument(
        "--patience",
        type=positive,
        default=0,
        metavar="SECONDS",
        help="wait up to this long for other programs to be quiet, and repeat disturbed rows",
    )
    parser.add_argument(
        "--parts",
        metavar="DIR",
        default=runner.parts_folder(),
        help="the pieces that CMake builds (default: ../lib/lutist/gil_lab from the program)",
    )
    parser.add_argument(
        "--interpreter",
        metavar="PATH",
        action="append",
        default=[],
        help="another Python to use where it can do what the embedded one cannot; repeatable",
    )
    return parser


def positive(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text}: 1 or more, please")
    return value


def progress(text):
    """On a terminal one line that changes, elsewhere a line each."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
    elif text:
        print(text, file=sys.stderr, flush=True)


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


def check_outputs(parser, options):
    """Fail before minutes of work, not after them."""
    paths = [(kind, vars(options)[kind]) for kind in files.OWN if vars(options)[kind]]
    for kind, path in paths:
        if problem := files.complaint(path, kind):
            parser.error(problem)
    if len({Path(path).resolve() for _, path in paths}) < len(paths):
        parser.error("two outputs have the same name")


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


def saved(parser, path):
    try:
        return json.loads(Path(path).read_text())
    except (OSError, ValueError) as error:
        parser.error(f"{path}: {error}")


def main():
    parser = command_line()
    options = parser.parse_args()
    check_outputs(parser, options)
    if options.read:
        show(saved(parser, options.read), options)
        return 0
    cores = options.cores or len(os.sched_getaffinity(0))
    rows = listing.chosen(listing.all_rows(cores), options.only)
    if not rows:
        parser.error("no row matches --only; --list names them all")
    if options.list:
        print("\n".join(f"{row.key:20} {row.group}: {row.strategy}" for row in rows))
        return 0
    result = run(options, rows, cores)
    show(result, options)
    return 1 if any("failed" in row for row in result["rows"]) else 0


if __name__ == "__main__":
    sys.exit(main())
