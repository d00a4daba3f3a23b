"""docs/stages.md and docs/looks.md: a section and a picture for each, and the pictures are true."""

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


def test_the_pictures_are_what_the_job_paints(tmp_path):
    """Within what another JPEG encoder makes of it: a changed formula wants new pictures."""
    job = [sys.executable, "-c", RUN, str(ROOT / "assets"), "--output", str(tmp_path)]
    done = subprocess.run(job, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    painted = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.jpg")}
    docs = ROOT / "docs"
    kept = {
        path.relative_to(docs)
        for kind in ("stages", "looks")
        for path in (docs / kind).rglob("*.jpg")
    }
    assert painted == kept and len(painted) >= len(PICTURES) + len(BUNDLED)
    far = {str(path): distance(tmp_path / path, docs / path) for path in painted}
    assert {path: far[path] for path in far if far[path] > 2} == {}
    assert sum((docs / path).stat().st_size for path in kept) < 1_500_000


RUN = (
    "import runpy, sys; sys.path.insert(0, sys.argv[1]); del sys.argv[1]; "
    "runpy.run_path(sys.path[0] + '/paint_previews.py', run_name='__main__')"
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
