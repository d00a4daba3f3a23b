"""Every example of the pages runs: looks, jobs and commands."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from builds import has_asan
from waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
# The reference's examples are lines of docstrings; it is made from the program.
PAGES = [
    page
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    if page.name != "reference.md"
]
# What takes minutes, or needs another program or a package that may not be here.
LONG = re.compile(
    r"lutist bench |gil_lab\.py|-m IPython|jupyter|ipykernel|pip install|\.pth|VENV|…"
)


BLOCK = re.compile(r"^```python\n(.*?)^```", re.M | re.S)
COMMAND = re.compile(r"^ {4}(?:\$ )?(lutist .*)", re.M)
SHEET = next(
    b for b in BLOCK.findall((ROOT / "docs/python.md").read_text()) if "contact sheet" in b
)
EXPOSURE = (ROOT / "scripts/exposure.py").read_text()


def is_look(block):
    return "@pipeline" in block and "def develop" in block


def looks_and_jobs(page):
    """The page's blocks of Python: (line, text)."""
    for block in BLOCK.finditer(page):
        yield page.count("\n", 0, block.start()) + 2, block[1]


def commands(page):
    """Indented lines that call lutist, each with the last look above it: film.py."""
    for command in COMMAND.finditer(page):
        if not LONG.search(command[1]):
            looks = [b[1] for b in BLOCK.finditer(page, 0, command.start()) if is_look(b[1])]
            film = looks[-1] if looks else EXPOSURE
            yield page.count("\n", 0, command.start()) + 1, (command[1], film)


def cases(kind):
    return [
        pytest.param(case, id=f"{page.name}:{line}")
        for page in PAGES
        for line, case in kind(page.read_text())
    ]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """A folder with the sample picture, of a quarter's width: the examples are about the page, not
    the size; and a profile.
    """
    place = tmp_path_factory.mktemp("pictures")
    with Image.open(ROOT / "assets/sample.jpg") as sample:
        small = sample.reduce(4)
    for name in ("photo.jpg", "b.png", "a.tif"):
        small.save(place / name)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    (place / "print.icc").write_bytes(profile.tobytes())
    return place


@pytest.fixture
def folder(tmp_path, lutist_path, pictures):
    """What the examples take for granted: a photograph or two, a look, a table, a job."""
    if has_asan(lutist_path):
        pytest.skip("the examples show the page, not the memory: they run without a sanitizer")
    shutil.copytree(pictures, tmp_path, dirs_exist_ok=True)
    for place in ("photos", "holiday", "in", "tethered"):
        (tmp_path / place).mkdir()
        shutil.copy(pictures / "photo.jpg", tmp_path / place)
    (tmp_path / "film.py").write_text(EXPOSURE)
    (tmp_path / "contact_sheet.py").write_text(SHEET)
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    corners = ((r, g, b) for b in (0, 1) for g in (0, 1) for r in (0, 1))
    rows = "".join(f"{r} {g} {0.9 * b}\n" for r, g, b in corners)
    (tmp_path / "film.cube").write_text(f"LUT_3D_SIZE 2\n{rows}")
    (tmp_path / "points.txt").write_text("0 0\n0.5 0.6\n1 1\n")
    return tmp_path


def run(arguments, folder, **more):
    done = subprocess.run(
        arguments, cwd=folder, capture_output=True, text=True, timeout=10 * PATIENCE, **more
    )
    return done.returncode, done.stderr


# Applies a look at its defaults, and with each slider at either end.
APPLY = """
import sys
import lutist

develop = lutist.load(sys.argv[1])
image = lutist.open("photo.jpg")
develop.apply(image)
for name, control in develop.controls.items():
    for end in ("lo", "hi"):
        if hasattr(control, end):
            develop.apply(image, **{name: getattr(control, end)})
"""


@pytest.mark.parametrize("text", cases(looks_and_jobs))
def test_an_example_runs(lutist_path, folder, text):
    (folder / "apply.py").write_text(APPLY)
    if is_look(text):
        (folder / "example.py").write_text(text)
        done = run([lutist_path, "run", "apply.py", "example.py"], folder)
    else:
        (folder / "job.py").write_text(text)
        done = run([lutist_path, "run", "job.py"], folder)
    assert done == (0, "")


@pytest.mark.parametrize("case", cases(commands))
def test_a_command_runs(lutist_path, folder, case):
    """Without a display the viewer ends with 4, once its command line has been read."""
    command, film = case
    (folder / "film.py").write_text(film)
    shutil.copy(folder / "photo.jpg", folder / "a.jpg")
    path = f"{lutist_path.parent}{os.pathsep}{os.environ['PATH']}"
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    code, told = run(["bash", "-c", command], folder, env={**env, "PATH": path})
    assert code == 0 or (code == 4 and "display" in told), told


def test_there_are_examples_to_run():
    assert len(cases(looks_and_jobs)) > 4 and len(cases(commands)) > 10
