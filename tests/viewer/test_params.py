"""Parameters in the window: presets, groups, help, and values that are texts."""

import subprocess

import pytest

from conftest import Viewer
from waiting import PATIENCE

LOOK = """\
from lutist import *

@pipeline
def develop(
    gain: Slider(0, 2, group="Light", help="Multiplies the light.") = 1.0,
    tones: Curve(group="Light") = "0,0 1,1",
    tint: Color(group="Colour") = "#ffffff",
    table: File("*.cube") = "",
):
    red, green, blue = tint
    stages = [tone(lambda x: x * gain), curve(*tones)]
    return [*stages, matrix([[red, 0, 0], [0, green, 0], [0, 0, blue]])]

presets = {"Faded": {"gain": 0.5, "tint": "#ff0000"}}
"""


@pytest.fixture
def film(tmp_path, patches):
    (tmp_path / "film.py").write_text(LOOK)
    (tmp_path / "my.cube").touch()
    return patches()


def test_the_window_opens_with_a_preset(view, film):
    viewer = view("photo.png", "-s", "film.py", "--preset", "faded", "-p", "gain=1.5")
    assert (viewer.shown["gain"], viewer.shown["tint"]) == (1.5, "#ff0000")
    viewer.key("shift+BackSpace")  # the defaults are the script's
    viewer.settle(gain=1, tint="#ffffff")


def test_an_unknown_preset_is_an_error_without_a_window(lutist_path, display, film, tmp_path):
    words = ["photo.png", "-s", "film.py", "--preset", "Fadde"]
    viewer = Viewer(lutist_path, display, *words, cwd=tmp_path)
    assert viewer.process.wait(PATIENCE) == 2
    lines = list(iter(lambda: viewer.lines.get(timeout=PATIENCE), None))
    told = "lutist: film has no preset 'Fadde', only: Faded; did you mean Faded?"
    assert told in lines


def test_help_is_shown_while_the_mouse_is_there(view, film):
    viewer = view("photo.png", "-s", "film.py")
    assert {"group:Light", "group:Colour"} <= viewer.places.keys()
    assert viewer.places["table"][1] < viewer.places["group:Light"][1] < viewer.places["gain"][1]
    viewer.move(*viewer.middle("gain"))
    viewer.wait(r"^tip Multiplies the light\.")


def test_texts_are_typed(view, film, tmp_path):
    viewer = view("photo.png", "-s", "film.py")

    def type_into_focus(text):
        viewer.key("Return")
        viewer.x("type", text)
        viewer.key("Return")

    type_into_focus("my.cube")  # the first: parameters without a group
    viewer.settle(table=str(tmp_path / "my.cube"))
    viewer.key("Tab", "Tab")
    type_into_focus("0,1 1,0")
    viewer.settle(tones="0,1")  # the first of its words
    assert "tones=0,1 1,0" in viewer.log[-1]
    viewer.key("Tab")
    type_into_focus("#00FF00")
    viewer.settle(tint="#00ff00")
    viewer.key("Tab", "Return", "BackSpace", "Return")
    viewer.settle(table="")


def test_a_text_is_typed_faster_than_the_window_reacts(view, film):
    viewer = view("photo.png", "-s", "film.py")
    with viewer.at_once():
        viewer.key("Tab", "Tab", "Tab", "Return")
        viewer.x("type", "#00FF00")  # with Shift
        viewer.key("Return")
    viewer.settle(tint="#00ff00")


def test_the_copied_command_gives_the_same(view, film, lutist_path, tmp_path):
    viewer = view("photo.png", "-s", "film.py", "-p", "tones=0,0.25 1,1", "-p", "table=my.cube")
    viewer.key("c")
    line = viewer.wait("notice Copied: ").partition("Copied: ")[2]
    assert "-p 'tones=0,0.25 1,1'" in line
    assert "-p 'tint=#ffffff'" in line
    command = line.replace("lutist", str(lutist_path), 1)
    subprocess.run(command, shell=True, cwd=tmp_path, check=True, timeout=10 * PATIENCE)
    assert (tmp_path / "developed/photo.png").exists()
