"""lutist.data, and the files that a look depends on."""

import os
import sys
from pathlib import Path

import pytest

import lutist
from lutist.script import loading

LOOK = "@pipeline\ndef develop(): pass\n"


def files_of(path):
    files = {}
    loading.load_noting(path, files)
    return {os.path.basename(name): stamp for name, stamp in files.items()}


def test_a_relative_path_counts_from_the_script_s_folder(script, tmp_path, monkeypatch):
    monkeypatch.chdir("/")
    script("from lutist import data\nPATH = data('tables/b.npy')\n", "kit/helper.py")
    script("", "kit/__init__.py")
    path = script(
        "import os, pathlib\nimport lutist\nfrom lutist import *\nfrom kit import helper\n"
        "PATHS = data('a.npy'), helper.PATH, data(b'c'), lutist.data(pathlib.Path('/x/../y'))\n"
        "@pipeline\ndef develop(): return tone([0, len(os.path.basename(data('late')))])\n"
    )
    develop = lutist.load(path)
    paths = develop.function.__globals__["PATHS"]
    names = ["a.npy", "tables/b.npy", "c"]
    assert paths == (*(str(tmp_path / name) for name in names), "/y")


def test_a_link_to_a_script_counts_from_its_target(script, tmp_path):
    target = script("from lutist import *\nPATH = data('t')\n" + LOOK, "real/film.py")
    os.symlink(target, tmp_path / "film.py")
    develop = lutist.load(str(tmp_path / "film.py"))
    assert develop.function.__globals__["PATH"] == str(tmp_path / "real" / "t")


def test_outside_of_a_script(monkeypatch, tmp_path):
    assert lutist.data("x") == str(Path(__file__).resolve().parent / "x")
    monkeypatch.chdir(tmp_path)
    found = {}
    exec("from lutist import data; path = data('x')", found)
    assert found["path"] == str(tmp_path.resolve() / "x")
    with pytest.raises(TypeError):
        lutist.data(7)


def test_what_the_look_depends_on(script):
    script("import second\n", "first.py")
    script("", "second.py")
    path = script(
        "import sys, first\nfrom lutist import *\nT = data('table')\nD = data('first.py')\n" + LOOK
    )
    files = files_of(path)
    assert set(files) == {"film.py", "first.py", "second.py", "table"}
    assert files["table"] is None
    assert files["film.py"][1:3] == (os.stat(path).st_ino, os.stat(path).st_size)


def test_what_is_called_later_is_noted_too(script):
    path = script("from lutist import *\n@pipeline\ndef develop(): data('late')\n")
    files = {}
    loading.load_noting(path, files).function()
    assert [os.path.basename(name) for name in files] == ["film.py", "late"]


@pytest.mark.parametrize(
    "source, noted",
    [
        ("import broken\n" + LOOK, {"film.py", "broken.py"}),
        ("import not_there\n" + LOOK, {"film.py", "not_there.py"}),
        ("def broken(:\n", {"film.py"}),
    ],
)
def test_a_failed_load_tells_what_it_has_read(script, source, noted):
    script("1 / 0\n", "broken.py")
    files = {}
    with pytest.raises((ImportError, ZeroDivisionError, SyntaxError)):
        loading.load_noting(script("from lutist import *\n" + source), files)
    assert {os.path.basename(name) for name in files} == noted


def test_a_missing_script_is_noted(tmp_path):
    files = {}
    with pytest.raises(lutist.ParameterError):
        loading.load_noting(str(tmp_path / "film.py"), files)
    assert files == {str(tmp_path / "film.py"): None}


def test_after_a_failed_reload_sys_modules_is_as_before(script):
    script("A = 1\n", "kit.py")
    path = script("import kit\nfrom lutist import *\n" + LOOK)
    develop = lutist.load(path)
    before = sys.modules[develop.__module__], sys.modules["kit"]
    script("A = 2\n", "kit.py")
    script("import kit\n1 / 0\n")
    with pytest.raises(ZeroDivisionError):
        lutist.load(path)
    assert (sys.modules[develop.__module__], sys.modules["kit"]) == before


def test_a_reload_reads_the_lines_of_messages_again(script):
    path = script("from lutist import *\n@pipeline\ndef develop():\n    x = 1\n")
    with pytest.raises(TypeError, match="without a return"):
        lutist.load(path)()
    path = script("from lutist import *\n@pipeline\ndef develop():\n    return None\n\n\n")
    assert lutist.load(path)() is None


def test_the_files_of_parameters_and_cubes_are_noted(script, tmp_path):
    for name in ("a.txt", "b.txt"):
        script("", name)
    (tmp_path / "table.cube").write_text("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n")
    path = script(
        "from lutist import *\n@pipeline\n"
        "def develop(x: Slider(0, 1) = 0.0, file: File() = 'a.txt', none: File() = ''):\n"
        "    return cube('table.cube')\n"
    )
    files = {}
    develop = loading.load_noting(path, files)
    develop.stages_at([0.0, str(tmp_path / "a.txt"), ""])
    develop.stages_at([0.0, str(tmp_path / "b.txt"), ""])
    names = [os.path.basename(name) for name in files]
    assert sorted(names) == ["a.txt", "b.txt", "film.py", "table.cube"]
