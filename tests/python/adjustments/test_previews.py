"""The pages' pictures: docs/stages.md and docs/looks.md have one for each section, and all are
true."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import lutist
from conftest import BUNDLED

ROOT = Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "assets"))
from previews.examples import EXAMPLES  # noqa: E402

PICTURES = [(room, name) for room, examples in EXAMPLES.items() for name in examples]


def sections(page):
    """The text below each heading of the third level, by its first word."""
    parts = re.split(r"^### (\w+).*\n", (ROOT / "docs" / page).read_text(), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def public_stages():
    """(room, name) of all that lutist offers from its adjustments."""
    for module, names in lutist._LATER.items():
        if module.startswith("adjustments."):
            yield from ((module.partition(".")[2], name) for name in names)


def test_each_public_stage_has_its_section_and_picture():
    found, pictures = sections("stages.md"), dict(map(reversed, PICTURES))
    stages = dict(map(reversed, public_stages()))
    assert "`asc_cdl_file(path, id=None)`" in found["asc_cdl"]
    del stages["asc_cdl_file"]
    assert set(stages) == set(pictures) == set(found)
    for name, room in pictures.items():
        shown = f"![{EXAMPLES[room][name]}](stages/{room}/{name}.jpg)"
        assert found[name].lstrip().startswith(shown + "\n")


def test_each_bundled_look_has_its_section_and_picture():
    found = sections("looks.md")
    assert sorted(found) == BUNDLED
    for name, text in found.items():
        assert text.lstrip().startswith(f"![{name}](looks/{name}.jpg)\n")
    overview = re.findall(
        r"\[!\[(\w+)\]\(looks/\1\.jpg\)\]\(#\1\)", (ROOT / "docs/looks.md").read_text()
    )
    assert sorted([*overview, "cube"]) == BUNDLED  # a cube changes nothing by itself


def test_the_pictures_are_what_the_job_paints(tmp_path):
    paint("paint_previews.py", tmp_path)
    kept = compared(tmp_path, ("stages", "looks"))
    assert len(kept) >= len(PICTURES) + len(BUNDLED)
    assert sum(path.stat().st_size for path in kept) < 1_500_000


def test_the_pictures_of_the_page_about_colour(tmp_path):
    paint("paint_colour.py", tmp_path)
    kept = compared(tmp_path, ("colour",))
    page = (ROOT / "docs" / "colour.md").read_text()
    assert sorted(re.findall(r"\(colour/(\w+)\.jpg\)", page)) == sorted(path.stem for path in kept)
    assert sum(path.stat().st_size for path in kept) < 200_000


def paint(job, folder):
    """Run a job of assets/ with another folder than docs/."""
    command = [sys.executable, "-c", RUN, str(ROOT / "assets" / job), "--output", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def compared(painted, kinds):
    """The pictures in these folders of docs/, which are those that were painted, within what
    another JPEG encoder makes of it: a changed formula wants new pictures."""
    docs = ROOT / "docs"
    kept = [path for kind in kinds for path in sorted((docs / kind).rglob("*.jpg"))]
    names = {path.relative_to(docs) for path in kept}
    assert {path.relative_to(painted) for path in painted.rglob("*.jpg")} == names
    far = {str(name): distance(painted / name, docs / name) for name in names}
    assert {name: far[name] for name in far if far[name] > 2} == {}
    return kept


RUN = (
    "import os, runpy, sys; del sys.argv[0]; sys.path.insert(0, os.path.dirname(sys.argv[0])); "
    "runpy.run_path(sys.argv[0], run_name='__main__')"
)


def distance(one, other):
    a, b = (np.asarray(lutist.open(path)).astype(float) for path in (one, other))
    return np.abs(a - b).mean() if a.shape == b.shape else np.inf


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_look_says_what_it_is_and_its_parameters_do(name):
    develop = lutist.load(name)
    assert 1 <= len(develop.words().splitlines()[0]) <= 100
    assert 2 <= len(develop.controls) <= 6
    lines = [line for line in Path(develop.path).read_text().splitlines() if line.strip()]
    assert 8 <= len(lines) <= 40
