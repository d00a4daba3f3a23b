"""File, Curve and Color: what is accepted, what the function gets, what the host sees."""

import os
from pathlib import Path
from typing import Annotated

import numpy as np
import pytest

import lutist
from lutist import Color, Curve, File, ParameterError, pipeline


@pipeline
def look(
    table: File("*.cube *.CUBE", help="A 3D table.") = "",
    tones: Annotated[tuple, Curve(group="Tone")] = ((0, 0), (1, 1)),
    tint: Color = "#FF8000",
):
    return lutist.curve(*tones)


def test_the_function_gets_plain_python():
    assert look.settings() == {
        "table": "",
        "tones": ((0.0, 0.0), (1.0, 1.0)),
        "tint": (1.0, 128 / 255, 0.0),
    }
    assert look.defaults == look.settings()
    values = [value for point in look.defaults["tones"] for value in point]
    assert {type(value) for value in values} == {float}


def test_the_host_sees_texts():
    rows = {row[1]: row for row in look.describe()}
    assert [row[0] for row in look.describe()] == [3, 5, 4]
    assert {name: row[9] for name, row in rows.items()} == {
        "table": "",
        "tones": "0,0 1,1",
        "tint": "#ff8000",
    }
    assert rows["table"][12:] == ("A 3D table.", "*.cube *.CUBE", "")


@pytest.mark.parametrize(
    "curve",
    [
        "0,0 0.25,0.5 1,1",
        " 0,0.0\t.25,5e-1  1,1 ",
        ((0, 0), (0.25, 0.5), (1, 1)),
        [[0, 0], [0.25, 0.5], [1, 1]],
        np.array([[0, 0], [0.25, 0.5], [1, 1]]),
        iter([(-0.0, 0), (0.25, 0.5), (1, 1)]),
    ],
)
def test_curves_have_two_forms(curve):
    points = look.settings(tones=curve)["tones"]
    assert points == ((0, 0), (0.25, 0.5), (1, 1))
    assert Curve().plain(points) == "0,0 0.25,0.5 1,1"


@pytest.mark.parametrize(
    "curve",
    [
        "", "0,0", "0,0 0,1", "0,0 1,2", "0,0 nan,1", "0,0,0 1,1,1", "a,b c,d", None, 3, (), (1, 2),
        ((0, 0), (1, "x")), ((0, 0), (1, float("nan"))), ((1, 0), (0, 1)), ((0, True), (1, 1)),
        [(i / 40, 0) for i in range(33)], ((0, 0), (1, 1j)), ((0, -0.01), (1, 1)),
    ],
)  # fmt: skip
def test_no_curve_is_refused(curve):
    with pytest.raises(
        ParameterError, match="^tones=.* is not a curve: use 2 to 32 points"
    ) as caught:
        look(tones=curve)
    assert "\n" not in str(caught.value)


def test_a_curve_makes_a_stage():
    ramp = np.arange(256, dtype=np.uint8).reshape(1, -1)
    image = lutist.Image.from_buffer(ramp)
    assert np.array_equal(np.asarray(look.apply(image)), ramp)
    lifted = np.asarray(look.apply(image, tones="0,0.5 1,1"))
    assert lifted[0, 0] == 128
    assert lifted[0, 255] == 255


def test_colours_have_two_forms():
    for colour in (
        "#3366cc",
        "#3366CC",
        (0.2, 0.4, 0.8),
        [0.2, 0.4, 0.8],
        np.array([0.2, 0.4, 0.8]),
    ):
        assert look.settings(tint=colour)["tint"] == (51 / 255, 102 / 255, 204 / 255)
    # Every way gives the same 256 steps.
    rounded = look.settings(tint=(0.5, 0.501, 0.0019))["tint"]
    assert rounded == look.settings(tint=Color().plain(rounded))["tint"] == (128 / 255,) * 2 + (0,)
    for byte in range(256):
        assert Color().plain((byte / 255,) * 3) == "#" + f"{byte:02x}" * 3


@pytest.mark.parametrize(
    "colour",
    [
        "red", "#ff80", "#ff80000", "ff8000", "#ff 800", "#gg0000", None, 3, (1, 1), (1, 1, 2),
        (1, 1, True), (1, 1, "1"), (1, 1, 1, 1), (0, 0, -0.1), (0, 0, float("nan")),
    ],
)  # fmt: skip
def test_no_colour_is_refused(colour):
    with pytest.raises(ParameterError, match="^tint=.* is not a colour: use .#rrggbb. or three"):
        look(tint=colour)


def test_files_become_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "a b.cube"
    made.touch()
    for path in ("a b.cube", str(made), made, b"a b.cube", "./x/../a b.cube"):
        assert look.settings(table=path)["table"] == str(made)
    assert look.settings(table="")["table"] == ""
    strange = os.fsdecode(bytes(tmp_path) + b"/\xff.cube")
    Path(strange).touch()
    assert look.settings(table=strange)["table"] == strange


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("/nowhere/x.cube", "^table=/nowhere/x.cube: No such file or directory$"),
        ("/", "^table=/ is a folder, not a file$"),
        ("x\0y", "is not a path"),
        (3, "is not a path"),
    ],
)
def test_no_file_is_refused(wrong, why):
    with pytest.raises(ParameterError, match=why):
        look(table=wrong)


def test_a_default_path_counts_from_the_script(script, tmp_path, monkeypatch):
    path = script(
        "from lutist import File, pipeline\n"
        "@pipeline\n"
        "def look(table: File('*.cube') = 'tables/x.cube'):\n"
        "    return None\n",
        "looks/film.py",
    )
    monkeypatch.chdir("/")
    develop = lutist.load(path)  # the file may come later
    default = str(tmp_path / "looks/tables/x.cube")
    assert develop.defaults == {"table": default}
    (tmp_path / "link.py").symlink_to(path)
    assert lutist.load(str(tmp_path / "link.py")).defaults == {"table": default}


def test_none_is_no_file(tmp_path):
    """In the word of the default: None where that is None, else ""."""

    def made(default):
        seen = []

        @pipeline
        def look(table: File("*.cube") = default):
            seen.append(table)
            return None

        return look, seen

    table = tmp_path / "a.cube"
    table.write_text("")
    for default, none in ((None, None), ("", ""), (table, "")):
        look, seen = made(default)
        for value in (None, "", table):
            look(table=value)
        assert seen == [none, none, str(table)]
        assert look.defaults["table"] == (str(table) if default else none)
        (described,) = look.describe()
        assert described[9] == (str(table) if default else "")


@pytest.mark.parametrize("name", ["broken.cube", "missing.cube", "picture.png"])
def test_a_file_that_cannot_be_used_is_its_parameters_error(script, tmp_path, name):
    path = script(
        "from lutist import File, Toggle, cube, pipeline\n"
        "@pipeline\n"
        "def look(negative: Toggle() = False, table: File('*.cube') = None):\n"
        "    return cube(table) if table else cube('other.cube')\n"
    )
    (tmp_path / "broken.cube").write_text("LUT_3D_SIZE 2\n0 0 0\nx 0 0\n")
    (tmp_path / "other.cube").write_text("LUT_3D_SIZE 2\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    look = lutist.load(path)
    with pytest.raises(lutist.ParameterError, match=rf"^table={tmp_path}/{name}[,:] ") as caught:
        look(table=tmp_path / name)
    assert "\n" not in str(caught.value)
    with pytest.raises(ValueError, match="other.cube") as caught:
        look()  # the script's own file is not a parameter's
    assert not isinstance(caught.value, lutist.ParameterError)


@pytest.mark.parametrize(
    ("control", "default"),
    [(Curve(), "0,0"), (Color(), "red"), (File(), 3)],
)
def test_a_wrong_default_is_named(control, default):
    def f(value: control = default):
        return None

    with pytest.raises(ValueError, match=r"^f\(\): the default value="):
        pipeline(f)


@pytest.mark.parametrize("pattern", ["", " ", None, 3])
def test_a_pattern_is_text(pattern):
    with pytest.raises(ValueError, match="must be a pattern"):
        File(pattern)


def test_reprs():
    assert repr(File()) == "File()"
    assert repr(File("*.cube", group="A")) == "File('*.cube', group='A')"
    assert repr(Curve()) == "Curve()"
    assert repr(Color(help="x")) == "Color(help='x')"
