"""--preset: from a script's presets and the user's own."""

import json

import pytest

LOOK = """\
from lutist import *

@pipeline
def develop(
    gain: Slider(0, 2) = 1.0,
    style: Choice("soft", "hard") = "soft",
    table: File("*.cube") = "",
    tint: Color() = "#ffffff",
    tones: Curve() = "0,0 1,1",
):
    return tone(lambda x: x * gain)

presets = {
    "Faded": {"gain": 0.5, "tones": "0,0.2 1,1"},
    "Very faded": {"gain": 0.25},
}
"""


@pytest.fixture
def film(lutist, tmp_path):
    """Run lutist beside film.py, with a data folder in which the user has a preset."""
    (tmp_path / "film.py").write_text(LOOK)
    own = tmp_path / "data/lutist/presets/film.json"
    own.parent.mkdir(parents=True)
    own.write_text(json.dumps({"presets": {"develop": {"Mine": {"gain": 2, "style": "hard"}}}}))

    def run(*words):
        return lutist(*words, env={"XDG_DATA_HOME": str(tmp_path / "data")})

    run.own = own
    return run


def params(film, *words):
    """What a batch reports."""
    done = film("batch", "a.png", "-s", "film.py", "-o", "out", "--report", "r.json", *words)
    assert done.returncode == 0, done.stderr
    return json.loads((film.own.parents[3] / "r.json").read_text())["params"]


def only_line(text):
    (line,) = text.splitlines()
    return line


def test_a_batch_starts_from_a_preset(film, picture):
    picture("a.png")
    faded = params(film, "--preset", "Faded")
    assert faded["gain"] == 0.5
    assert faded["tones"] == "0,0.2 1,1"
    assert faded["tint"] == "#ffffff"
    changed = params(film, "--preset=faded", "-p", "gain=1.5", "--overwrite")
    assert changed == {**faded, "gain": 1.5}
    mine = params(film, "--preset", "MINE", "--overwrite")
    assert (mine["gain"], mine["style"]) == (2, "hard")


def test_an_unknown_preset_lists_the_known_ones(film, picture):
    picture("a.png")
    done = film("batch", "a.png", "-s", "film.py", "-o", "out", "--preset", "Fadet")
    assert done.returncode == 2
    assert only_line(done.stderr) == (
        "lutist: film has no preset 'Fadet', only: Faded, Very faded, Mine; did you mean Faded?"
    )
    done = film("info", "mono", "--preset", "x")
    assert only_line(done.stderr) == "lutist: mono has no preset 'x', nor any other"


def test_info_lists_them(film):
    lines = film("info", "film.py").stdout.splitlines()
    assert lines[-1] == "  presets: Faded, Very faded, Mine (yours)"
    (script,) = json.loads(film("info", "film.py", "--json").stdout)
    assert [(p["name"], p["own"]) for p in script["presets"]] == [
        ("Faded", False),
        ("Very faded", False),
        ("Mine", True),
    ]
    assert script["presets"][2]["values"] == {
        "gain": 2,
        "style": "hard",
        "table": "",
        "tint": "#ffffff",
        "tones": "0,0 1,1",
    }
    assert "at gain=0.5, style=soft" in film("info", "film.py", "--preset", "Faded").stdout


def test_a_damaged_file_is_told_in_one_line(film, picture):
    picture("a.png")
    film.own.write_text("{")
    done = film("info", "film.py")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "  presets: Faded, Very faded"
    assert only_line(done.stderr).startswith(f"lutist: {film.own} is not a presets file (")
    assert params(film, "--preset", "Faded")["gain"] == 0.5
    done = film("info", "film.py", "--preset", "Mine")
    assert done.returncode == 2
    assert str(film.own) in only_line(done.stderr)
    assert film.own.read_text() == "{"


def test_a_preset_that_no_longer_fits_is_named(film):
    own = {"presets": {"develop": {"Old": {"gone": 1}, "Good": {"gain": 0.5}}}}
    film.own.write_text(json.dumps(own))
    done = film("info", "film.py", "--preset", "Old")
    assert done.returncode == 2
    why = f"lutist: {film.own}: the preset 'Old': there is no parameter 'gone', only: gain, "
    assert only_line(done.stderr).startswith(why)
    done = film("info", "film.py")
    assert done.stdout.splitlines()[-1] == "  presets: Faded, Very faded, Good (yours)"
    assert only_line(done.stderr).startswith(why)


def test_a_wrong_preset_fails_the_script(film, picture, tmp_path):
    picture("a.png")
    (tmp_path / "film.py").write_text(LOOK.replace('"gain": 0.25', '"gain": 9'))
    done = film("batch", "a.png", "-s", "film.py", "-o", "out")
    assert done.returncode == 3
    assert "the preset 'Very faded': gain=9 is outside its range: 0 to 2" in done.stderr


def test_presets_are_the_script_s(film):
    done = film("bench", "kernels", "--preset", "Faded")
    assert done.returncode == 2
    assert "--preset is an option of 'bench modes'" in done.stderr
    assert "--preset" in film("batch", "--help").stdout


def test_text_values_on_the_command_line(film, picture, tmp_path):
    picture("a.png")
    (tmp_path / "x.cube").touch()
    told = params(film, "-p", "table=x.cube", "-p", "tint=#AABBCC", "-p", "tones=0,1 1,.0")
    assert told["table"] == str(tmp_path / "x.cube")
    assert told["tint"] == "#aabbcc"
    assert told["tones"] == "0,1 1,0"
    assert params(film, "-p", "table=", "--overwrite")["table"] == ""


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("table=none.cube", "table=none.cube: No such file or directory"),
        ("table=.", "table=. is a folder, not a file"),
        ("tint=red", "tint=red is not a colour: use #rrggbb, such as #ff8000"),
        ("tones=0,0", "tones=0,0 is not a curve: use 2 to 32 points x,y from 0 to 1, rising"),
    ],
)
def test_a_wrong_text_is_named(film, word, why):
    done = film("info", "film.py", "-p", word)
    assert done.returncode == 2
    assert only_line(done.stderr).startswith(f"lutist: {why}")


def test_info_tells_groups_help_and_patterns(film, tmp_path):
    (tmp_path / "film.py").write_text(
        "from lutist import *\n@pipeline\ndef f(\n"
        "    a: Slider(0, 1, group='Tone', help='Brightens.') = 0.5,\n"
        "    b: File('*.cube *.CUBE', help='A table.') = '',\n"
        "    c: Curve(group='Tone') = ((0, 0), (0.5, 0.75), (1, 1)),\n"
        "    d: Color(group='Colour') = (1, 0, 0)):\n    return None\n"
    )
    assert film("info", "film.py").stdout.splitlines()[1:] == [
        "  b=  B: a file, *.cube *.CUBE — A table.",
        "  Tone:",
        "    a=0.5  A: 0 to 1 — Brightens.",
        "    c=0,0 0.5,0.75 1,1  C: a curve, x,y x,y ... from 0 to 1",
        "  Colour:",
        "    d=#ff0000  D: a colour, #rrggbb",
    ]
    (script,) = json.loads(film("info", "film.py", "--json").stdout)
    told = {param["name"]: param for param in script["params"]}
    assert list(told) == ["b", "a", "c", "d"]
    assert told["a"]["group"] == "Tone" and told["a"]["help"] == "Brightens."
    assert told["a"]["enabled_by"] == ""
    assert told["b"]["kind"] == "file" and told["b"]["pattern"] == "*.cube *.CUBE"
    assert told["c"]["kind"] == "curve" and told["c"]["default"] == "0,0 0.5,0.75 1,1"
    assert told["d"]["kind"] == "color" and told["d"]["default"] == "#ff0000"
