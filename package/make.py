"""Make every package of the last commit: ./dev package.

    package/make.py FOLDER

FOLDER gets the source (.tar.xz), an sdist, a wheel for each Python of this machine, and a .deb.
They are made in a temporary folder, from the commit's files alone, and carry the commit's time:
two runs on the same system give the same bytes.
"""

import hashlib
import lzma
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import tomllib
from changelog import debian_changelog

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / "build/venv/bin"
PYTHON = TOOLS / "python"
BACKEND = ["exceptiongroup", "tomli", "typing_extensions"]  # what old Pythons need beside it
COMPILED_IN = ["libxxhash-dev"]  # Debian's packages of headers with functions
WANTED = "3.10", "3.11", "3.12", "3.13"  # a release has wheels for these

sys.path.append(str(ROOT / "tests/wheel"))
from pythons import pythons  # noqa: E402


class Failed(Exception):
    """A step failed: why."""


def run(*command, **options):
    """Its output; raises Failed with the end of it."""
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", **options
        )
    except FileNotFoundError as missing:
        raise Failed(f"{missing.filename} is missing: ./dev package installs it") from None
    if done.returncode != 0:
        raise Failed(f"{Path(command[0]).name} failed:\n{done.stdout[-4000:]}")
    return done.stdout


def say(text):
    print(f"== {text}", flush=True)


def package_of(library):
    """Debian's package of a library to whose name auditwheel has added a mark."""
    name = re.sub(r"-[0-9a-f]{8}(?=\.so)", "", library)
    return run("dpkg-query", "-S", f"*/{name}").partition(":")[0]


class Packages:
    """The packages of one commit, made in `work` and put into `out`."""

    def __init__(self, out, work):
        self.out, self.work = out, work
        epoch = run("git", "log", "-1", "--format=%ct", cwd=ROOT).strip()
        inherited = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
        same = {"SOURCE_DATE_EPOCH": epoch, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        self.environment = inherited | same
        text = run("git", "show", "HEAD:pyproject.toml", cwd=ROOT)
        self.project = tomllib.loads(text)
        self.name = f"lutist-{self.project['project']['version']}"

    def run(self, *command, **options):
        environment = self.environment | options.pop("env", {})
        return run(*command, env=environment, **options)

    def debian_changelog(self):
        changes = run("git", "show", "HEAD:CHANGELOG.md", cwd=ROOT)
        control = run("git", "show", "HEAD:debian/control", cwd=ROOT)
        maintainer = re.search("^Maintainer: (.*)$", control, re.M)[1]
        return debian_changelog(changes, "lutist", maintainer)

    def make_source(self):
        """The files of the commit, and Debian's changelog: what dpkg-buildpackage needs."""
        changelog = f"--add-virtual-file={self.name}/debian/changelog:{self.debian_changelog()}"
        archive = ["archive", f"--prefix={self.name}/", changelog, "HEAD"]
        tar = subprocess.run(
            ["git", "-c", "tar.umask=0022", *archive], cwd=ROOT, stdout=subprocess.PIPE, check=True
        ).stdout
        (self.out / f"{self.name}-source.tar.xz").write_bytes(lzma.compress(tar, preset=9))

    def unpack(self, name, place):
        """The tree in a package of `out`."""
        folder = self.work / place
        folder.mkdir()
        self.run("tar", "-xf", self.out / name, "-C", folder)
        return folder / self.name

    def make_sdist(self):
        """What `pip install` builds the module of."""
        tree = self.unpack(f"{self.name}-source.tar.xz", "source")
        self.run(PYTHON, "-m", "build", "--sdist", "--outdir", self.out, tree)

    def make_wheels(self):
        """One for each Python, from the sdist. They share a build folder, in which only what
        includes Python.h is built again."""
        tree = self.unpack(f"{self.name}.tar.gz", "sdist")
        backend, raw = self.work / "backend", self.work / "wheels"
        requires = self.project["build-system"]["requires"]
        install = "pip", "install", "-q", "--target", backend
        self.run(PYTHON, "-m", *install, *requires, *BACKEND)
        shared = {"PYTHONPATH": str(backend), "SKBUILD_BUILD_DIR": str(self.work / "shared")}
        for version, python in pythons().items():
            say(f"a wheel for Python {version}")
            environment = self.work / f"python{version}"
            self.run(python, "-m", "venv", environment)
            command = "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", raw, tree
            self.run(environment / "bin/python", "-m", *command, env=shared)
        path = {"PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"}  # to patchelf
        repaired = self.work / "repaired"
        for wheel in sorted(raw.glob("*.whl")):
            self.run(PYTHON, "-m", "auditwheel", "repair", "-w", repaired, wheel, env=path)
        for wheel in sorted(repaired.glob("*.whl")):
            self.add_licences(wheel)

    def add_licences(self, wheel):
        """Put those of the libraries in a wheel beside its own, as they ask for."""
        place = self.work / "unpacked" / wheel.stem
        self.run(PYTHON, "-m", "wheel", "unpack", "-d", place, wheel)
        (tree,) = place.iterdir()
        (licences,) = tree.glob("*.dist-info/licenses")
        libraries = (package_of(library.name) for library in (tree / "lutist.libs").iterdir())
        for package in {*libraries, *COMPILED_IN}:
            shutil.copyfile(f"/usr/share/doc/{package}/copyright", licences / f"{package}.txt")
        self.run(PYTHON, "-m", "wheel", "pack", "-d", self.out, tree)

    def make_deb(self):
        """The program, the viewer and all that belongs to it, checked by lintian."""
        tree = self.unpack(f"{self.name}-source.tar.xz", "deb")
        self.run("dpkg-buildpackage", "--build=binary", "-us", "-uc", "-jauto", cwd=tree)
        (made,) = tree.parent.glob("*.changes")
        found = self.run("lintian", "--allow-root", "--fail-on=error,warning", made)
        print(found, end="")
        for package in tree.parent.glob("*.deb"):
            shutil.copy(package, self.out)


def make(out):
    """Raises Failed."""
    os.umask(0o022)
    for version in WANTED:
        if version not in pythons():
            say(f"no Python {version} is here: there will be no wheel for it")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="lutist-") as work:
        packages = Packages(out, Path(work))
        say("the source and the sdist")
        packages.make_source()
        packages.make_sdist()
        packages.make_wheels()
        say("the .deb")
        packages.make_deb()


def digests(out):
    """{name: SHA-256} of the packages."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir())
    }


def main(out):
    make(out)
    for name, digest in digests(out).items():
        print(f"{digest}  {(out / name).stat().st_size:>9}  {out / name}")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except Failed as reason:
        sys.exit(f"package: {reason}")
