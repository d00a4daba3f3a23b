"""Ctrl E: the look on the screen as a table, beside the picture, never in place of a file."""

import re
import signal

import pytest

from waiting import until

LOOK = """\
from lutist import Slider, pipeline, tone

@pipeline
def look(gain: Slider(0, 2) = 1.0):
    return tone(lambda x: x * gain)
"""


@pytest.mark.parametrize("options", [(), ("--isolate",)])
def test_the_values_on_the_screen_are_exported(view, lutist, patches, tmp_path, options):
    (tmp_path / "film.py").write_text(LOOK)
    patches("pictures/photo.png")
    viewer = view("pictures/photo.png", "-s", "film.py", "-p", "gain=0.5", *options)
    viewer.key("ctrl+e")
    told = viewer.wait("^notice Exported ")
    folder = tmp_path / "pictures"
    assert told == f"notice Exported film.cube (error at most 0.000 of 255) in {folder}"
    viewer.wait(r"^(lutist: )?Exported film.cube ")  # on the terminal, too
    first = (folder / "film.cube").read_bytes()
    done = lutist("export", "film.py", "-p", "gain=0.5", "-o", "same.cube", "-q")
    assert (done.returncode, done.stderr) == (0, "")
    assert first == (tmp_path / "same.cube").read_bytes()
    viewer.key("Right")
    viewer.settle(lambda shown: shown["gain"] != 0.5)
    viewer.key("ctrl+e")
    viewer.wait("^notice Exported film-2.cube ")
    assert (folder / "film.cube").read_bytes() == first
    assert (folder / "film-2.cube").read_bytes() != first
    assert sorted(path.name for path in folder.iterdir()) == [
        "film-2.cube",
        "film.cube",
        "photo.png",
    ]


def test_exports_in_quick_succession_have_names_of_their_own(view, patches, tmp_path):
    """A lattice, which takes longer to write than the keys to press."""
    look = LOOK.replace("tone(lambda x: x * gain)", "saturation(gain)")
    (tmp_path / "film.py").write_text(look.replace(", tone", ", saturation"))
    patches()
    viewer = view("photo.png", "-s", "film.py")
    viewer.key("ctrl+e", "ctrl+e", "ctrl+e")
    for name in ("film.cube", "film-2.cube", "film-3.cube"):
        viewer.wait(f"^notice Exported {name} ")
    assert sorted(path.name for path in tmp_path.glob("*.cube")) == [
        "film-2.cube",
        "film-3.cube",
        "film.cube",
    ]


def test_a_file_that_cannot_be_written_is_told(view, patches, tmp_path):
    """The script's name has room for .py, and none for .cube."""
    name = "x" * 252
    (tmp_path / f"{name}.py").write_text(LOOK)
    patches()
    viewer = view("photo.png", "-s", f"{name}.py")
    viewer.key("ctrl+e")
    told = viewer.wait("^notice The look was not exported: ")
    assert re.search("name too long", told)
    viewer.key("Right")
    viewer.settle(lambda shown: shown["gain"] != 1)


def test_a_look_that_fails_is_not_exported(view, patches, tmp_path):
    (tmp_path / "film.py").write_text(LOOK.replace("x * gain", "x / gain if gain else 1 // 0"))
    patches()
    viewer = view("photo.png", "-s", "film.py", "-p", "gain=0", settle=False)
    viewer.wait("^error ")
    viewer.key("ctrl+e")
    viewer.wait("^notice There is no look to export")
    assert not list(tmp_path.glob("*.cube"))


def test_the_end_leaves_no_part_of_a_file(view, patches, tmp_path):
    (tmp_path / "film.py").write_text(LOOK)
    patches()
    viewer = view("photo.png", "-s", "film.py")
    viewer.key("ctrl+e", "q")
    until(lambda: viewer.process.poll() is not None, "it never ended")
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left in (["film.py", "photo.png"], ["film.cube", "film.py", "photo.png"])
    assert viewer.process.returncode not in (-signal.SIGSEGV, -signal.SIGABRT)
