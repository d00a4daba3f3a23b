"""The programs, and how each is used for a folder, a file, or many small ones."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from batch import table
from batch.process import Command

POOL = Path(__file__).with_name("pool.py")

# Where a process takes each file there are as many as cores, so each has one thread.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "MAGICK_THREAD_LIMIT": "1",
    "VIPS_CONCURRENCY": "1",
}


@dataclass
class Place:
    """Where files come from and go to."""

    lutist: str
    folder: Path  # of everything, with look.py and table.ppm
    cores: int

    def batch(self, source, output, *words):
        look = str(self.folder / "look.py")
        words = ["--overwrite", "--sync", "none", "-q", "--quality", str(table.QUALITY), *words]
        return Command([self.lutist, "batch", str(source), "-s", look, "-o", str(output), *words])


@dataclass
class Program:
    name: str
    call: str  # how the report calls it
    version: str
    exact: bool  # has the tables themselves, and not what is nearest
    command: object  # Command = command(place, source folder, output folder)


def found(name):
    """Its path; those of the system come first. None: it is not installed."""
    return shutil.which(name, path=f"/usr/bin:{os.environ.get('PATH', '')}")


def output_of(*words):
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def version_of(*words):
    """The first number with a dot that a program tells of itself."""
    number = re.search(r"\d+(\.\d+)+", output_of(*words))
    return number[0] if number else ""


def each(*words):
    """A command that starts a process a file; {} is the file's name, and OUTPUT the folder."""

    def command(place, source, output):
        own = [word.replace("OUTPUT", str(output)) for word in words]
        own = [word.replace("TABLE", str(place.folder / "table.ppm")) for word in own]
        names = str(place.folder / "names")
        Path(names).write_bytes(b"\0".join(os.fsencode(p.name) for p in sorted(source.iterdir())))
        shape = ["xargs", "-0", "-a", names, "-P", str(place.cores), "-I{}"]
        return Command([*shape, *own], str(source), ONE_THREAD)

    return command


def pool(library):
    def command(place, source, output):
        words = [source, output, place.folder / "table.ppm", table.QUALITY, place.cores]
        return Command([sys.executable, str(POOL), library, *map(str, words)])

    return command


def own(place, source, output):
    return place.batch(source, output)


def of_python():
    """(name, call, version, exact, command) of the pools. No version: not installed."""
    for name, library, module in (("Pillow", "pillow", "PIL"), ("OpenCV", "opencv", "cv2")):
        version = version_of(sys.executable, "-c", f"import {module} as m; print(m.__version__)")
        yield name, "process pool", version, True, pool(library)


def of_system():
    """The same of programs that take a file; those that are missing have no version."""
    quality = str(table.QUALITY)
    jpeg = ["-quality", quality, "-sampling-factor", "1x1"]
    gamma = ",".join(f"{1 / table.POWER * gain**0.5:.3f}" for gain in table.GAINS)
    calls = (
        ("libvips", "vips", "vips maplut", ["--version"], True,
         ["maplut", "{}", f"OUTPUT/{{}}[Q={quality},subsample-mode=off]", "TABLE"]),
        ("GraphicsMagick", "gm", "gm convert -gamma", ["version"], False,
         ["convert", "{}", "-gamma", gamma, *jpeg, "OUTPUT/{}"]),
        ("ImageMagick", "convert", "convert -clut", ["-version"], True,
         ["{}", "TABLE", "-clut", *jpeg, "OUTPUT/{}"]),
        ("FFmpeg", "ffmpeg", "ffmpeg -vf lutrgb", ["-version"], True,
         ["-v", "error", "-y", "-threads", "1", "-i", "{}", "-vf", table.filter_text(),
          "-pix_fmt", "yuvj444p", "-q:v", "2", "OUTPUT/{}"]),
    )  # fmt: skip
    for name, file, call, ask, exact, words in calls:
        path = found(file)
        version = version_of(path, *ask) if path else ""
        yield name, call, version, exact, each(path or file, *words)


def all_programs(lutist, skipped):
    """Those that are there, lutist first; the others are told."""
    there = [Program("lutist", "lutist batch", version_of(lutist, "--version"), True, own)]
    for name, *rest in [*of_python(), *of_system()]:
        program = Program(name, *rest)
        if program.version:
            there.append(program)
        else:
            skipped.append({"program": name, "reason": "not installed"})
    return there
