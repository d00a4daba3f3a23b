"""Try the packages of ./dev package: ./dev package --check.

    package/check.py FOLDER

Makes all of them a second time and compares; installs each wheel into a clean environment and runs
the docstrings' examples there; installs, runs and purges the .deb in a bare Debian 12 (as root).
"""

import os
import sys
import tempfile
from pathlib import Path

from make import ROOT, Failed, digests, make, pythons, run, say

WHEEL_TESTS = ROOT / "tests/wheel"


def compare(first):
    """Raises Failed where a second run gives other bytes."""
    with tempfile.TemporaryDirectory(prefix="lutist-again-") as again:
        second = Path(again) / "packages"
        make(second)
        theirs = digests(second)
    ours = digests(first)
    others = sorted(name for name in ours | theirs if ours.get(name) != theirs.get(name))
    if others:
        raise Failed(f"a second run gives other bytes: {', '.join(others)}")
    say(f"a second run gives the same {len(ours)} files")


def tag(version):
    """cp313t of 3.13t."""
    return "cp" + version.replace(".", "")


def try_wheel(version, python, wheel):
    """In an environment with nothing else; returns the digests of what the looks make there."""
    with tempfile.TemporaryDirectory(prefix="lutist-wheel-") as place:
        run(python, "-m", "venv", place)
        inside = f"{place}/bin/python"
        run(inside, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel)
        told = run(inside, WHEEL_TESTS / "doctests.py", cwd=place)
        say(f"Python {version}: {told.strip()}")
        return run(inside, WHEEL_TESTS / "bits.py", cwd=place)


def try_wheels(folder):
    made = {}
    for version, python in pythons().items():
        (wheel,) = folder.glob(f"*-{tag(version)}-*.whl")
        made[version] = try_wheel(version, python, wheel)
    if len(set(made.values())) != 1:
        raise Failed("the wheels of several Pythons do not give the same bits")
    say(f"the same bits with {', '.join(made)}")


def try_deb(folder):
    if os.geteuid() != 0:
        say("the .deb is not tried: that needs a bare Debian 12, which root alone can make")
        return
    bring = {"LUTIST_BRING": str(folder)}
    print(run(ROOT / "tests/bare.sh", "package/try_deb.sh", env=os.environ | bring), end="")


if __name__ == "__main__":
    try:
        packages = Path(sys.argv[1]).resolve()
        try_wheels(packages)
        try_deb(packages)
        compare(packages)
    except Failed as reason:
        sys.exit(f"package: {reason}")
