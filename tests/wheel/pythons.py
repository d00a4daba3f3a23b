"""The ordinary Pythons of this machine, and an environment for each with the wheel in it."""

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("LUTIST_BUILD", ROOT / "build/dev")) / "wheel"
DEFAULT = Path("/usr/bin/python3")  # Debian's, whose packages the tests are installed with
VERSIONS = "3.10", "3.11", "3.12", "3.13", "3.14", "3.13t", "3.14t"  # t: free-threaded
NEEDED = "numpy", "pillow", "pytest"
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}


class Missing(Exception):
    """What a test needs is not to be had here: why."""


def run(*command, **options):
    return subprocess.run(
        command, capture_output=True, text=True, env=options.pop("env", ENVIRONMENT), **options
    )


def version_of(python):
    code = "import sys, sysconfig; print('%d.%d' % sys.version_info[:2], end='')\n"
    code += "print('t' if sysconfig.get_config_var('Py_GIL_DISABLED') else '')"
    return run(python, "-c", code).stdout.strip()


def minor(version):
    """13 of 3.13t."""
    return int(re.findall(r"\d+", version)[1])


def candidates():
    yield DEFAULT
    for version in VERSIONS:
        release = version.rstrip("t")
        yield from Path.home().glob(f".pyenv/versions/{release}.*/bin/python{version}")
        found = shutil.which(f"python{version}")
        if found:
            yield Path(found)


def every_python():
    return os.environ.get("LUTIST_PYTHONS") == "all"


@cache
def pythons():
    """One Python a version, by version; the default one first, and alone unless every Python is
    wanted: each takes minutes."""
    found = {}
    for python in candidates():
        version = version_of(python) if python.exists() else ""
        if version in VERSIONS:
            found.setdefault(version, python)
        if not every_python():
            break
    return found


def last_line(done):
    return (done.stderr or done.stdout).strip().rpartition("\n")[2]


def pip(python, *words, what, env=ENVIRONMENT):
    done = run(python, "-m", "pip", "--disable-pip-version-check", *words, env=env)
    if done.returncode != 0:
        raise Missing(f"pip cannot install {what} here: {last_line(done)}")
    return done.stdout + done.stderr


class Environment:
    """A virtual environment of a Python, with what the tests need in it and the wheel."""

    def __init__(self, version):
        self.version = version
        self.base = pythons()[version]
        self.is_default = self.base == DEFAULT
        self.folder = BUILD / f"python{version}"
        self.python = self.folder / "bin/python"
        self.log = ""

    def run(self, *words, **options):
        return run(self.python, "-B", *words, **options)

    def make(self):
        """Everything. Raises Missing; AssertionError where the wheel cannot be built."""
        if self.run("-c", "").returncode != 0 if self.python.exists() else True:
            seen = ["--system-site-packages"] if self.is_default else []
            done = run(self.base, "-m", "venv", "--clear", *seen, self.folder)
            if done.returncode != 0:
                raise Missing(f"{self.base} makes no environments: {last_line(done)}")
        if self.run("-c", "import numpy, PIL, pytest").returncode != 0:
            pip(self.python, "install", *NEEDED, what=", ".join(NEEDED))
        self.wheel = self.build()
        pip(self.python, "install", "--force-reinstall", "--no-deps", self.wheel, what="the wheel")

    def build(self):
        """The path of a new wheel. The default Python's is built as people do it; the others
        share a folder, in which only what includes Python.h is built again."""
        words, env = ["wheel", "--no-deps", "-v"], dict(ENVIRONMENT)
        place = BUILD / "dist" / self.version
        shutil.rmtree(place, ignore_errors=True)
        backend = backend_folder(self.python)
        if not self.is_default:
            words.append("--no-build-isolation")
            env |= {"PYTHONPATH": str(backend), "SKBUILD_BUILD_DIR": str(BUILD / "shared")}
        done = run(self.python, "-m", "pip", *words, "-w", place, ROOT, env=env)
        self.log = done.stdout + done.stderr
        if "No matching distribution found" in self.log:
            raise Missing(f"pip cannot install what a build needs: {last_line(done)}")
        assert done.returncode == 0, self.log[-4000:]
        (wheel,) = place.glob("*.whl")
        return wheel


@cache
def backend_folder(python):
    """One copy of scikit-build-core for all Pythons: it builds everything again where it finds
    itself in another place. Raises Missing."""
    folder = BUILD / "backend"
    if not (folder / "scikit_build_core").exists():
        packages = read_requirements()
        # What the oldest Python's copy needs beside.
        packages += ["tomli", "exceptiongroup", "typing_extensions"]
        pip(python, "install", "--target", folder, *packages, what="scikit-build-core")
    return folder


def read_requirements():
    """The requirements of a build, as pyproject.toml has them."""
    text = (ROOT / "pyproject.toml").read_text()
    return re.findall(r'"([^"]+)"', re.search(r"^requires = \[(.*)\]$", text, re.M)[1])
