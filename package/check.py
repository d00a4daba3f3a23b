"""Try the packages of ./dev package: ./dev package --check.

    package/check.py FOLDER

All carry one version. Each wheel, in a clean environment, runs the docstrings' examples and makes
the same bits; the .deb is installed, run and purged in a bare Debian 12 (as root); and all are made
a second time, in another place and under other settings, to be compared. The three go on side by
side: making takes processors, a bare Debian waits for its packages.
"""

import os
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import tomllib
from make import PYTHON, ROOT, Failed, digests, pythons, run, say

WHEEL_TESTS = ROOT / "tests/wheel"
# What a second run has that the first had not, beside another folder for all that it makes.
OTHER_SETTINGS = {"LC_ALL": "POSIX", "LANGUAGE": "tr", "TZ": "Pacific/Kiritimati"}
OTHER_UMASK = 0o077


def released():
    """The version of the commit, which must be everywhere."""
    text = run("git", "show", "HEAD:pyproject.toml", cwd=ROOT)
    return tomllib.loads(text)["project"]["version"]


def compare(first):
    """Raises Failed where a second run gives other bytes."""
    with tempfile.TemporaryDirectory(prefix="lutist-in-quite-another-place-") as place:
        second = Path(place) / "packages"
        environment = os.environ | OTHER_SETTINGS | {"TMPDIR": place}
        make = ROOT / "package/make.py"
        run(sys.executable, "-B", make, second, env=environment, umask=OTHER_UMASK)
        theirs = digests(second)
    ours = digests(first)
    others = sorted(name for name in ours | theirs if ours.get(name) != theirs.get(name))
    if others:
        raise Failed(f"a second run gives other bytes: {', '.join(others)}")
    say(f"a second run gives the same {len(ours)} files; its folder, umask, locale and zone differ")


def tag(version):
    """cp313t of 3.13t."""
    return "cp" + version.replace(".", "")


def look_into_wheel(wheel):
    """Raises Failed where it needs what not every Linux has, or brings what no module needs."""
    told = run(PYTHON, "-m", "auditwheel", "show", wheel)
    if "manylinux" not in wheel.name or "manylinux" not in told:
        raise Failed(f"{wheel.name} is for this machine alone:\n{told}")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    if any("sdl" in name.lower() for name in names):
        raise Failed(f"{wheel.name} has SDL in it")
    libraries = sum(name.startswith("lutist.libs/") for name in names)
    licences = sum(".dist-info/licenses/" in name for name in names)
    if licences <= libraries:  # and its own
        raise Failed(f"{wheel.name}: {licences} licences of {libraries} libraries and its own")


def try_wheel(version, python, wheel):
    """In an environment with nothing else; returns the digests of what the looks make there."""
    look_into_wheel(wheel)
    with tempfile.TemporaryDirectory(prefix="lutist-wheel-") as place:
        run(python, "-m", "venv", place)
        inside = f"{place}/bin/python"
        run(inside, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel)
        own = run(inside, "-c", "import lutist; print(lutist.__version__)", cwd=place).strip()
        if own != released():
            raise Failed(f"{wheel.name} calls itself {own}")
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


def check_names(folder):
    version = released()
    named = [name for name in digests(folder) if name.startswith(f"lutist-{version}")]
    named += [path.name for path in folder.glob(f"lutist*_{version}_*.deb")]
    others = digests(folder).keys() - set(named)
    if others:
        raise Failed(f"not of version {version}: {', '.join(sorted(others))}")
    say(f"all {len(named)} are of version {version}")


def try_deb(folder):
    if os.geteuid() != 0:
        say("the .deb is not tried: that needs a bare Debian 12, which root alone can make")
        return
    bring = {"LUTIST_BRING": str(folder)}
    print(run(ROOT / "tests/bare.sh", "package/try_deb.sh", env=os.environ | bring), end="")


def check(folder):
    """Raises Failed with all that is found."""
    check_names(folder)
    with ThreadPoolExecutor() as pool:
        tries = [pool.submit(part, folder) for part in (compare, try_deb, try_wheels)]
    errors = [error for error in (part.exception() for part in tries) if error]
    for error in errors:
        if not isinstance(error, Failed):
            raise error
    if errors:
        raise Failed("\n\n".join(map(str, errors)))


if __name__ == "__main__":
    try:
        check(Path(sys.argv[1]).resolve())
    except Failed as reason:
        sys.exit(f"package: {reason}")
