"""Presets: those of a script, and the user's own in the data folder."""

import json
import os
import pwd
import threading
from pathlib import Path

import pytest

import _lutist
import lutist
from lutist import ParameterError
from lutist.params import preset_file
from lutist.script import loading

LOOK = """\
from lutist import *

@pipeline
def develop(
    gain: Slider(0, 2) = 1.0,
    style: Choice("soft", "hard") = "soft",
    table: File() = "",
    tint: Color() = "#ffffff",
    tones: Curve() = "0,0 1,1",
    keep: Toggle = False,
):
    return None
"""
WRITTEN = """
presets = {
    "Faded": {"gain": 0.5, "tones": ((0, 0.2), (1, 1))},
    "Lit": {"tint": (1, 0.5, 0), "table": "tables/x.cube", "style": "hard", "keep": True},
    "None": {},
}
"""


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    """The file of the user's presets for film.py."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data/lutist/presets/film.json"


def test_a_script_s_presets_are_checked_values(script, tmp_path):
    develop = lutist.load(script(LOOK + WRITTEN))
    assert develop.presets == {
        "Faded": {"gain": 0.5, "tones": ((0, 0.2), (1, 1))},
        "Lit": {
            "tint": (1.0, 128 / 255, 0.0),
            "table": str(tmp_path / "tables/x.cube"),
            "style": "hard",
            "keep": True,
        },
        "None": {},
    }
    with pytest.raises(TypeError):
        develop.presets["New"] = {}
    with pytest.raises(TypeError):
        develop.presets["Faded"]["gain"] = 2
    assert develop.settings(**develop.presets["Faded"])["gain"] == 0.5
    assert lutist.load(script(LOOK)).presets == {}


@pytest.mark.parametrize(
    ("presets", "why"),
    [
        (
            '{"Faded": {"gian": 1}}',
            "the preset 'Faded': there is no parameter 'gian', only: gain, ",
        ),
        ('{"Faded": {"gain": 3}}', "the preset 'Faded': gain=3 is outside its range: 0 to 2"),
        ('{"Faded": {"tones": "0,0"}}', "the preset 'Faded': tones='0,0' is not a curve"),
        ('{"Faded": {1: 2}}', "the preset 'Faded': there is no parameter 1"),
        ('{"Faded": 3}', "the preset 'Faded': 3: must be a dict of parameters"),
        ("{3: {}}", "the preset 3: 3: a preset's name is text"),
        ('{" ": {}}', "a preset's name is text"),
        ('{"a\\nb": {}}', "one printable line"),
        ('{"x" * 65: {}}', "up to 64 characters"),
        ("[1]", r"presets = \[1\]: must be a dict"),
    ],
)
def test_a_wrong_preset_is_named_when_the_script_is_loaded(script, presets, why):
    with pytest.raises((ValueError, TypeError), match=why) as caught:
        lutist.load(script(f"{LOOK}\npresets = {presets}\n"))
    assert not isinstance(caught.value, ParameterError)  # the script's fault, not the caller's


def test_presets_belong_to_the_pipeline_that_load_takes(script):
    path = script(LOOK + WRITTEN + "\n@pipeline\ndef other(x: Toggle = False):\n    return None\n")
    assert list(lutist.load(path).presets) == ["Faded", "Lit", "None"]
    assert lutist.load(path + ":other").presets == {}


def test_own_presets_are_kept(script, data, tmp_path):
    develop = lutist.load(script(LOOK + WRITTEN))
    table = tmp_path / os.fsdecode(b"t\xff.cube")
    table.touch()
    develop.save_preset("Mine", gain=0.25, tint="#010203", table=table, tones="0,1 1,0")
    kept = json.loads(data.read_text())["presets"]["develop"]["Mine"]
    assert kept == {
        "gain": 0.25,
        "style": "soft",
        "table": str(table),
        "tint": "#010203",
        "tones": "0,1 1,0",
        "keep": False,
    }
    again = lutist.load(script(LOOK + WRITTEN))
    assert list(again.presets) == ["Faded", "Lit", "None", "Mine"]
    assert again.presets["Mine"] == develop.settings(
        gain=0.25, tint="#010203", table=table, tones="0,1 1,0"
    )
    table.unlink()  # the preset is there still, its use names the file
    with pytest.raises(ParameterError, match="No such file"):
        again(**again.presets["Mine"])
    again.save_preset("Mine")
    assert again.presets["Mine"] == again.defaults
    assert [name.name for name in data.parent.iterdir()] == ["film.json"]


def test_own_presets_come_before_the_script_s(script, data):
    develop = lutist.load(script(LOOK + WRITTEN))
    develop.save_preset("Faded", gain=2)
    assert develop.presets["Faded"]["gain"] == 2
    assert list(develop.presets) == ["Faded", "Lit", "None"]
    develop.delete_preset("Faded")
    assert develop.presets["Faded"]["gain"] == 0.5
    with pytest.raises(ParameterError, match="film: no preset of yours is named 'Faded'"):
        develop.delete_preset("Faded")


@pytest.mark.parametrize("name", ["", " ", "a\nb", " a", "x" * 65, None, 3])
def test_a_name_is_one_line(script, data, name):
    develop = lutist.load(script(LOOK))
    with pytest.raises(ParameterError, match="preset's name"):
        develop.save_preset(name)
    assert not data.exists()


@pytest.mark.parametrize(
    "damage",
    [
        b"", b"{", b"\xff\xfe\xfd", b"[]", b'{"presets": 3}', b'{"presets": {"develop": []}}',
        b"[" * 100_000, b"null", b"\0" * 10,
    ],
)  # fmt: skip
def test_a_damaged_file_is_named_and_never_overwritten(script, data, damage):
    develop = lutist.load(script(LOOK + WRITTEN))
    data.parent.mkdir(parents=True)
    data.write_bytes(damage)
    for use in (
        lambda: develop.presets,
        lambda: develop.save_preset("Mine"),
        lambda: develop.delete_preset("Mine"),
    ):
        with pytest.raises(lutist.Error, match="is not a presets file") as caught:
            use()
        assert str(data) in str(caught.value)
        assert "\n" not in str(caught.value)
    assert data.read_bytes() == damage
    assert [entry.name for entry in data.parent.iterdir()] == ["film.json"]


def test_a_file_that_is_none_is_named(script, data):
    develop = lutist.load(script(LOOK))
    data.parent.mkdir(parents=True)
    os.mkfifo(data)  # opening it would wait for a writer
    with pytest.raises(lutist.Error, match="is a pipe; put its content into a file first"):
        _ = develop.presets
    data.unlink()
    data.parent.rmdir()
    data.parent.write_text("")
    with pytest.raises(lutist.Error, match=r"presets: (File exists|Not a directory)"):
        develop.save_preset("Mine")


def test_what_no_longer_fits_is_left_out_and_kept(script, data):
    develop = lutist.load(script(LOOK))
    develop.save_preset("Mine")
    kept = json.loads(data.read_text())
    kept["presets"]["develop"] |= {"Old": {"gone": 1}, "Odd": 3, "Far": {"gain": 7}}
    kept["presets"]["other"] = {"Theirs": {"x": 1}}
    data.write_text(json.dumps(kept))
    assert list(develop.presets) == ["Mine"]
    develop.save_preset("More")
    now = json.loads(data.read_text())["presets"]
    assert set(now["develop"]) == {"Mine", "Old", "Odd", "Far", "More"}
    assert now["other"] == {"Theirs": {"x": 1}}


def test_each_pipeline_of_a_file_has_its_own(script):
    path = script(LOOK + "\n@pipeline\ndef other(x: Toggle = False):\n    return None\n")
    lutist.load(path).save_preset("A", gain=2)
    other = lutist.load(path + ":other")
    other.save_preset("A", x=True)
    assert dict(other.presets["A"]) == {"x": True}
    assert lutist.load(path).presets["A"]["gain"] == 2


def test_savers_wait_for_each_other(script):
    develop = lutist.load(script(LOOK))
    savers = [threading.Thread(target=develop.save_preset, args=[f"n{i}"]) for i in range(12)]
    for saver in savers:
        saver.start()
    for saver in savers:
        saver.join()
    assert set(develop.presets) == {f"n{i}" for i in range(12)}


def test_what_a_killed_program_has_left_is_in_nobody_s_way(script, data):
    develop = lutist.load(script(LOOK))
    develop.save_preset("Mine")
    data.chmod(0o600)
    for entry in data.parent.iterdir():
        for left in f"{entry.name}.new", f"{entry.name}.{os.getpid()}.new":
            data.with_name(left).write_text("{")
    develop.save_preset("More")
    assert set(develop.presets) == {"Mine", "More"}
    assert data.stat().st_mode & 0o777 == 0o600


def test_a_relative_data_folder_does_not_count(script, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    lutist.load(script(LOOK)).save_preset("Mine")
    assert Path(tmp_path, "home/.local/share/lutist/presets/film.json").exists()


@pytest.mark.parametrize("home", [None, "", "relative"])
def test_without_a_home_in_the_environment_the_system_s_counts(monkeypatch, home):
    """As in C (test_base.c), and never a folder below / or the working folder."""
    known = pwd.getpwuid(os.getuid()).pw_dir
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.delenv("HOME", raising=False) if home is None else monkeypatch.setenv("HOME", home)
    assert _lutist.data_folder() == f"{known}/.local/share/lutist"
    assert loading.folders()[0] == f"{known}/.local/share/lutist/scripts"


def test_without_any_home_there_are_no_presets_of_the_user_s(script, monkeypatch):
    monkeypatch.setattr(preset_file, "data_folder", lambda: None)
    monkeypatch.setattr(loading, "data_folder", lambda: None)
    look = lutist.load(script(LOOK + WRITTEN))
    assert set(look.presets) == {"Faded", "Lit", "None"}
    with pytest.raises(lutist.Error, match="no home folder to keep presets in: set HOME"):
        look.save_preset("Mine")
    assert lutist.load("exposure").defaults


def test_an_imported_module_s_presets_count_too(tmp_path, monkeypatch):
    (tmp_path / "imported_look.py").write_text(LOOK + WRITTEN)
    monkeypatch.syspath_prepend(str(tmp_path))
    import imported_look

    assert list(imported_look.develop.presets) == ["Faded", "Lit", "None"]
