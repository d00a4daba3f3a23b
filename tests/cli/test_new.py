"""lutist new: a script that works at once, and no file lost."""

import json
import subprocess

import numpy as np
import pytest
from PIL import Image


def only_line(text):
    (line,) = text.splitlines()
    return line


def test_a_new_look_works_at_once(lutist, picture, tmp_path):
    photo = picture("photo.jpg")
    done = lutist("new", "film")
    assert (done.returncode, done.stderr) == (0, "")
    first, *commands = done.stdout.splitlines()
    assert first == "film.py: a look to begin with. Try:"
    assert commands == [
        "  lutist -s film.py photo.jpg",
        "  lutist info film.py",
        "  lutist batch -s film.py photo.jpg -o out",
    ]
    for command in commands[1:]:
        ran = lutist(*command.split()[1:])
        assert (ran.returncode, "Error" in ran.stderr) == (0, False), ran.stderr
    assert np.array_equal(Image.open(tmp_path / "out/photo.jpg").size, Image.open(photo).size)


def test_its_defaults_change_nothing_and_its_parameters_do(lutist, picture, tmp_path):
    picture("a.png")
    lutist("new", "film")
    plain = np.asarray(Image.open(tmp_path / "a.png"))
    seen = {}
    for name, words in {
        "none": [],
        "exposure": ["-p", "exposure=0.5"],
        "tones": ["-p", "tones=0,0.25 1,1"],
        "color": ["-p", "color=0.5"],
        "film": ["-p", "film=black and white"],
        "negative": ["-p", "negative=on"],
        "Faded": ["--preset", "Faded"],
        "Punchy": ["--preset", "Punchy"],
    }.items():
        done = lutist("batch", "a.png", "-s", "film.py", "-o", f"{name}.png", *words)
        assert done.returncode == 0, done.stderr
        seen[name] = np.asarray(Image.open(tmp_path / f"{name}.png"))
    assert np.array_equal(seen["none"], plain)
    assert np.array_equal(seen["negative"], 255 - plain)
    assert sum(np.array_equal(image, plain) for image in seen.values()) == 1
    (told,) = json.loads(lutist("info", "film.py", "--json").stdout)
    assert [preset["name"] for preset in told["presets"]] == ["Faded", "Punchy"]
    assert told["doc"].startswith("A look to begin with")


def test_its_curves_run_without_python(lutist):
    lutist("new", "film")
    told = lutist("info", "film.py", "-p", "exposure=0.5", "-p", "negative=on").stdout
    assert "recorded" in told
    assert "sampled" not in told


@pytest.mark.parametrize(
    ("name", "file", "word"),
    [
        ("film.py", "film.py", "film.py"),
        ("looks/deep/film", "looks/deep/film.py", "looks/deep/film.py"),
        ("my film", "my film.py", "'my film.py'"),
        ("it's", "it's.py", r"'it'\''s.py'"),
    ],
)
def test_a_name_becomes_a_file(lutist, tmp_path, name, file, word):
    done = lutist("new", name)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / file).is_file()
    assert done.stdout.startswith(f"{word}: a look")
    shown = done.stdout.splitlines()[2].replace("lutist info", "printf %s")
    assert subprocess.run(shown, shell=True, capture_output=True).stdout.decode() == file


def test_a_name_that_looks_like_an_option(lutist, tmp_path):
    done = lutist("new", "--", "-film")
    assert (tmp_path / "-film.py").is_file()
    assert "lutist -s ./-film.py photo.jpg" in done.stdout


def test_a_file_is_replaced_only_when_asked(lutist, tmp_path):
    film = tmp_path / "film.py"
    film.write_text("mine")
    done = lutist("new", "film")
    assert done.returncode == 1
    assert only_line(done.stderr).startswith("lutist: film.py: ")
    assert "overwrite" in done.stderr
    assert film.read_text() == "mine"
    assert lutist("new", "film", "--overwrite", "-q").stdout == ""
    assert "@pipeline" in film.read_text()
    target = tmp_path / "target"
    target.write_text("kept")
    (tmp_path / "link.py").symlink_to(target)
    assert lutist("new", "link").returncode == 1
    assert lutist("new", "link", "--overwrite").returncode == 0
    assert target.read_text() == "kept"
    assert not (tmp_path / "link.py").is_symlink()


@pytest.mark.parametrize("name", ["", "looks/", ".", "..", "looks/.."])
def test_a_name_of_no_file_is_refused(lutist, tmp_path, name):
    done = lutist("new", name)
    assert done.returncode == 2
    only_line(done.stderr)
    assert list(tmp_path.iterdir()) == []


def test_one_name_is_wanted(lutist, tmp_path):
    done = lutist("new")
    assert (done.returncode, only_line(done.stderr)) == (
        2,
        "lutist: new: a name for the script is missing; see 'lutist new --help'",
    )
    done = lutist("new", "a", "b")
    assert done.returncode == 2
    assert "'b' is too many" in only_line(done.stderr)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(lutist, tmp_path):
    (tmp_path / "file").write_text("")
    done = lutist("new", "file/film")
    assert done.returncode == 1
    assert only_line(done.stderr).startswith("lutist: file/film.py: ")
