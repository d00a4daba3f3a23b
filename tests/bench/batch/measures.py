"""What is measured: each function gives rows, as the JSON file holds them.

Programs run in turn, so that all meet the same conditions; times are medians. A program that
fails is left out, and told.
"""

import json
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from batch.process import Command, FailedError, peak_bytes, timed
from batch.programs import each, found, version_of

AGREE = Path(__file__).with_name("agree.py")


@dataclass
class Way:
    """A program's way to do something, and what became of it."""

    program: str
    call: str
    command: object  # Command = command(output folder)
    output: Path
    shape: dict = field(default_factory=dict)  # fields of its row
    runs: list = field(default_factory=list)

    def empty(self):
        shutil.rmtree(self.output, ignore_errors=True)
        self.output.mkdir(parents=True)

    def run(self):
        self.empty()
        self.runs.append(timed(self.command(self.output)))

    def look_at(self):
        """Its peak of memory and what it wrote, by a run apart."""
        self.empty()
        peak = peak_bytes(self.command(self.output))
        sizes = [path.stat().st_size for path in self.output.iterdir()]
        self.shape |= {"peak_bytes": peak, "bytes": sum(sizes), "files": len(sizes)}

    def row(self):
        times = [run.seconds * 1e3 for run in self.runs]
        return {
            "program": self.program,
            "call": self.call,
            "ms": statistics.median(times),
            "ms_min": min(times),
            "busy": statistics.median(run.busy for run in self.runs),
            **self.shape,
        }


def attempt(ways, act, skipped, what):
    """The ways that went well; lutist's own failure is an error."""
    good = []
    for way in ways:
        try:
            act(way)
            good.append(way)
        except FailedError as error:
            if way.program.startswith("lutist"):
                raise
            skipped.append({"program": way.program, "task": what, "reason": str(error)})
    return good


def in_turn(ways, runs, skipped, what):
    """The first run is for the memory; it also reads the files into the system's cache."""
    print(f"measuring: {what}", file=sys.stderr, flush=True)
    ways = attempt(ways, Way.look_at, skipped, what)
    for _ in range(runs):
        ways = attempt(ways, Way.run, skipped, what)
    return ways


def rows_of(ways, op, samples, a_file=False):
    """Times and sizes of all files, or of one."""
    rows = [{"op": op, "pixel": "files", "samples": samples, **way.row()} for way in ways]
    for row in rows:
        count = row["files"] if a_file else 1
        row |= {name: row[name] / count for name in ("ms", "ms_min", "bytes")}
    for row in rows:
        row["lutist_ratio"] = row["ms"] / rows[0]["ms"]
        if rows[0]["bytes"]:
            row["size_ratio"] = row["bytes"] / rows[0]["bytes"]
    return rows


def agree(ways, rows, exact):
    """How far the first file of each is from lutist's; of those that have the same tables."""
    firsts = [min(way.output.iterdir()) for way in ways]
    words = [sys.executable, str(AGREE), *map(str, firsts)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    for row, line in zip(rows[1:], done.stdout.splitlines(), strict=True):
        if row["program"].partition(" ")[0] in exact:
            row["difference"] = float(line)


def photographs(place, programs, source, runs, samples, skipped):
    """A folder of photographs by every program."""
    ways = []
    for program in programs:
        name = f"{program.name} {program.version}"
        output = place.folder / "out" / program.name

        def command(output, program=program):
            return program.command(place, source, output)

        ways.append(Way(name, program.call, command, output, {"threads": place.cores}))
    ways = in_turn(ways, runs, skipped, "photographs")
    rows = rows_of(ways, "photographs", samples)
    agree(ways, rows, {program.name for program in programs if program.exact})
    return rows


def codecs(place, source, samples):
    """lutist's codecs alone, in a process that develops the same files beside them."""
    print("measuring: lutist bench batch", file=sys.stderr, flush=True)
    file, rows = place.folder / "codecs.json", []
    words = ["bench", "batch", str(source), "-s", str(place.folder / "look.py"), "--json", file]
    timed(Command([place.lutist, *map(str, words)], variables={"TMPDIR": str(place.folder)}))
    for row in json.loads(file.read_text())["rows"]:
        row |= {"op": "codecs", "program": "lutist", "call": row["mode"], "samples": samples}
        rows.append(row)
    return rows


def beside(place, what, calls, runs, samples, skipped, a_file=False):
    """lutist, which is the first, beside others: (program, call, Command of an output folder)."""
    ways = [
        Way(name, call, command, place.folder / "out" / f"{what} {i}", {"threads": place.cores})
        for i, (name, call, command) in enumerate(calls)
    ]
    return rows_of(in_turn(ways, runs, skipped, what), what, samples, a_file)


def with_vips(call, words):
    """The same as a list of others, empty where libvips is not installed."""
    path = found("vips")
    if not path:
        return []
    name = f"libvips {version_of(path, '--version')}"
    return [(name, call, lambda output: Command([path, *words(output)]))]


def large(place, runs, samples, quality, skipped):
    """One large JPEG, on all cores; the memory for a small and a huge one beside."""
    file, look = place.folder / "large.jpg", place.folder / "table.ppm"
    target = f"large.jpg[Q={quality},subsample-mode=off]"
    own = "lutist", "lutist batch", lambda output: place.batch(file, output)
    others = with_vips(
        "vips maplut", lambda output: ["maplut", str(file), f"{output}/{target}", str(look)]
    )
    rows = beside(place, "large", [own, *others], runs, samples, skipped)
    for name in "little", "huge":
        source, output = place.folder / f"{name}.jpg", place.folder / "out" / name
        print(f"measuring: {name}.jpg", file=sys.stderr, flush=True)
        peak = peak_bytes(place.batch(source, output, "--max-pixels", "1000000000"))
        rows[0][f"{name}_peak_bytes"] = peak
    return rows


def deep(place, runs, samples, skipped):
    """One large PNG of 16 bits, unchanged: lutist's look is the identity."""
    file = place.folder / "deep.png"
    words = [place.lutist, "batch", str(file), "--overwrite", "--sync", "none", "-q", "-o"]
    own = "lutist", "lutist batch", lambda output: Command([*words, str(output)])
    others = with_vips("vips copy", lambda output: ["copy", str(file), f"{output}/deep.png"])
    return beside(place, "deep", [own, *others], runs, samples, skipped)


def few_of(folder, count):
    """A folder with the first files of a folder."""
    few = folder.with_name(f"{folder.name}_{count}")
    few.mkdir()
    for path in sorted(folder.iterdir())[:count]:
        shutil.copy(path, few)
    return few


def with_gm(call, words):
    """As with_vips, of GraphicsMagick."""
    path = found("gm")
    if not path:
        return []
    name = f"GraphicsMagick {version_of(path, 'version')}"
    return [(name, call, lambda output: words(path, output))]


def small(place, runs, count, skipped):
    """Many small files by one process, and a few of them by a process each. The memory for a
    tenth of them tells what a file more takes."""
    everything, few = place.folder / "small", few_of(place.folder / "small", max(1, count // 20))
    look = ["-s", str(place.folder / "look.py"), "--sync", "none", "-q"]
    alone = each(place.lutist, "batch", *look, "{}", "-o", "OUTPUT/{}")
    calls = [
        ("lutist", "lutist batch", lambda output: place.batch(everything, output)),
        ("lutist", "lutist batch, a process a file", lambda output: alone(place, few, output)),
        *with_gm(
            "gm convert, a process a file",
            lambda gm, output: each(gm, "convert", "{}", "OUTPUT/{}")(place, few, output),
        ),
    ]
    rows = beside(place, "small", calls, runs, 256 * 256, skipped, a_file=True)
    tenth = few_of(everything, max(1, count // 10))
    less = peak_bytes(place.batch(tenth, place.folder / "out/tenth"))
    rows[0]["growth_bytes"] = (rows[0]["peak_bytes"] - less) / max(1, count - count // 10)
    return rows


def start(place, runs, skipped):
    """What a start takes: one small picture with a bundled look, and no picture at all."""
    file = str(min((place.folder / "small").iterdir()))
    calls = [
        (
            "lutist",
            "lutist batch",
            lambda output: Command([place.lutist, "batch", file, "-q", "-o", str(output)]),
        ),
        *with_gm(
            "gm convert -gamma",
            lambda gm, output: Command([gm, "convert", file, "-gamma", "1.2", f"{output}/a.jpg"]),
        ),
    ]
    return beside(place, "start", calls, runs, 256 * 256, skipped)


def version(place, runs, skipped):
    calls = [
        ("lutist", "lutist --version", lambda output: Command([place.lutist, "--version"])),
        ("coreutils", "true", lambda output: Command([found("true")])),
    ]
    return beside(place, "version", calls, runs, 0, skipped)
