"""How many instructions, loads and stores each kernel takes for a pixel, by valgrind.

    python tests/bench/counts.py [build/release]

A load or store counts once, whatever its width. One look at a sample is one load, at a table
another; values kept on the stack for want of registers count as well.
"""

import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
KERNELS = HERE.parents[1] / "kernels"


def compiled(build, folder):
    program = folder / "counts"
    command = ["cc", "-O2", f"-I{KERNELS}", HERE / "counts.c", build / "liblutist_kernels.a"]
    subprocess.run([*command, "-lm", "-o", program], check=True)
    return program


def counted(program, folder):
    """(pixels, what callgrind wrote)."""
    path = folder / "callgrind.out"
    command = ["valgrind", "-q", "--tool=callgrind", "--cache-sim=yes"]
    command += [f"--callgrind-out-file={path}", program]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(run.stdout), path.read_text(encoding="utf-8")


def totals(profile):
    """{function: Counter of Ir, Dr and Dw}, with what the functions it calls take."""
    names, found = {}, {}
    events, function = [], None
    for line in profile.splitlines():
        if line.startswith("events:"):
            events = line.split()[1:]
        elif match := re.match(r"(c?)fn=\((\d+)\)(?: (.+))?", line):
            called, number, name = match.groups()
            name = names.setdefault(number, name)
            function = function if called else name
        elif re.match(r"[+*\d-]", line):  # own costs, or a callee's after its calls= line
            costs = map(int, line.split()[1:])
            found.setdefault(function, Counter()).update(dict(zip(events, costs, strict=False)))
    return found


def main():
    build = Path(sys.argv[1] if len(sys.argv) > 1 else HERE.parents[1] / "build" / "release")
    with tempfile.TemporaryDirectory() as folder:
        pixels, profile = counted(compiled(build, Path(folder)), Path(folder))
    print(f"{'a pixel':32}{'instructions':>14}{'loads':>8}{'stores':>8}")
    for name, count in sorted(totals(profile).items()):
        if name.startswith("lk_"):
            figures = (f"{count[event] / pixels:.2f}" for event in ("Ir", "Dr", "Dw"))
            print("{:32}{:>14}{:>8}{:>8}".format(name, *figures))


if __name__ == "__main__":
    main()
