"""`lutist bench viewer` with pictures of all sizes and depths, on a display of its own.

python tests/bench/windows.py [--megapixels N …] [--depth 8|16 …] [--runs N] [--write DOCS]
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import window
import window_pictures

ROOT = Path(__file__).resolve().parents[2]
SCREEN = "1440x900"


def take_priority():
    """In a new process: above what else runs on the machine, which the system allows to root.
    Where autogroup is on, it weighs whole sessions against each other."""
    os.setsid()
    if os.geteuid() == 0:
        os.nice(-10)
        with contextlib.suppress(OSError):
            Path("/proc/self/autogroup").write_text("-19", encoding="utf-8")


@contextlib.contextmanager
def display():
    """An X server with a window manager."""
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", f"{SCREEN}x24", "-noreset"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=take_priority,
    )
    name = ":" + server.stdout.readline().strip()
    manager = subprocess.Popen(
        ["openbox", "--startup", "echo ready"],
        env={**os.environ, "DISPLAY": name},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=take_priority,
    )
    manager.stdout.readline()  # a window that comes while it starts is never shown
    try:
        yield name
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


def measured(lutist, image, name, options):
    """One run's results. It reads the image's file from the system's cache."""
    into = options.folder / "viewer.json"
    command = [str(lutist), "bench", "viewer", str(image), "--json", str(into)]
    if options.cache:
        command += ["--cache", options.cache]
    environment = {**os.environ, "DISPLAY": name, "SDL_RENDER_DRIVER": "software"}
    environment.pop("WAYLAND_DISPLAY", None)
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, text=True, preexec_fn=take_priority
    )
    if done.returncode:
        sys.exit(f"windows: {image}: lutist ended with {done.returncode}")
    print(done.stdout, flush=True)
    return json.loads(into.read_text(encoding="utf-8"))


def best(runs):
    """Of each row the run with the least p99: what else the machine did counts least there.
    The stall and the memory of a row are those of the same run."""
    rows = zip(*(run["rows"] for run in runs), strict=True)
    return {**runs[0], "rows": [min(same, key=lambda row: row["p99_ms"]) for same in rows]}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    sizes = list(window_pictures.SIZES)
    parser.add_argument("--megapixels", type=int, nargs="+", choices=sizes, default=sizes)
    parser.add_argument("--depth", type=int, nargs="+", choices=(8, 16), default=(8, 16))
    parser.add_argument("--runs", type=int, default=3, help="of which the best counts")
    parser.add_argument("--cache", help="memory for pictures, as of lutist")
    parser.add_argument("--folder", type=Path, default=ROOT / "build/bench", help="for pictures")
    parser.add_argument("--write", type=Path, metavar="DOCS", help="put the table into bench.md")
    return parser.parse_args()


def main():
    options = arguments()
    lutist = Path(os.environ.get("LUTIST", ROOT / "build/release/bin/lutist"))
    sample = ROOT / "assets/sample.jpg"
    results = []
    with display() as name:
        for megapixels in options.megapixels:
            for depth in options.depth:
                image = window_pictures.picture(options.folder, sample, megapixels, depth)
                runs = [measured(lutist, image, name, options) for _ in range(options.runs)]
                results.append(best(runs))
    print(window.table(results))
    if options.write:
        window.write(options.write, results)


if __name__ == "__main__":
    main()
