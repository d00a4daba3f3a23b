"""Looks of packages in a virtual environment, found by name."""

import json
import subprocess
import sys

import pytest

LOOK = """\
from lutist import *
from .gains import GAIN

@pipeline
def develop(gain: Slider(0, 2) = GAIN):
    return tone(lambda x: x * gain)

@pipeline
def soft(amount: Slider(0, 1) = 0.5):
    return None

presets = {"Strong": {"gain": 2}}
"""
ENTRIES = """\
[console_scripts]
acme = acme_looks:main

[lutist.looks]
portrait = acme_looks.portrait
portrait-soft = acme_looks.portrait:soft
exposure = acme_looks.portrait
missing = acme_looks.nothing
raising = acme_looks.raising
number = acme_looks.gains:GAIN
"""


@pytest.fixture
def env(tmp_path):
    """A virtual environment in which a package of looks is installed, as pip leaves it."""
    make = [sys.executable, "-m", "venv", "--without-pip", tmp_path / "env"]
    subprocess.run(make, check=True)
    (site,) = (tmp_path / "env/lib").glob("python*/site-packages")
    package = site / "acme_looks"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "gains.py").write_text("GAIN = 0.5\n")
    (package / "portrait.py").write_text(LOOK)
    (package / "raising.py").write_text("x = 1\nraise ValueError('never\\nready')\n")
    info = site / "acme_looks-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-looks\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRIES)
    return site


@pytest.fixture
def inside(lutist, env, tmp_path):
    """Run lutist with that environment."""
    data = str(tmp_path / "data")

    def run(command, *words):
        return lutist(command, "--venv", "env", *words, env={"XDG_DATA_HOME": data})

    return run


def only_line(text):
    (line,) = text.splitlines()
    return line


def test_a_look_is_found_by_name(inside, picture, tmp_path):
    picture("a.png")
    done = inside("batch", "a.png", "-s", "portrait", "-o", "out", "--report", "r.json")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "r.json").read_text())["params"] == {"gain": 0.5}
    (told,) = json.loads(inside("info", "portrait", "--json").stdout)
    assert told["script"] == "portrait"
    assert told["path"].endswith("acme_looks/portrait.py")
    assert [preset["name"] for preset in told["presets"]] == ["Strong"]
    assert "at gain=2" in inside("info", "portrait", "--preset", "strong").stdout


def test_a_pipeline_of_it_is_found_too(inside):
    for spec in ("portrait-soft", "portrait:soft"):
        done = inside("info", spec)
        assert done.returncode == 0, done.stderr
        assert "amount=0.5" in done.stdout
    done = inside("info", "portrait:hard")
    assert done.returncode == 2
    assert "no @pipeline function is named hard" in only_line(done.stderr)


def test_a_job_loads_it(inside, tmp_path):
    (tmp_path / "job.py").write_text(
        "import lutist\n"
        "develop = lutist.load('portrait')\n"
        "print(develop.script, develop.defaults, dict(develop.presets['Strong']))\n"
        "develop.save_preset('Mine', gain=1)\n"
    )
    done = inside("run", "job.py")
    assert done.stdout == "portrait {'gain': 0.5} {'gain': 2.0}\n", done.stderr
    assert (tmp_path / "data/lutist/presets/portrait.json").exists()


def test_files_come_first(inside):
    done = inside("info", "exposure")
    assert "scripts/exposure.py" in done.stdout


def test_without_the_environment_it_is_unknown(lutist, env):
    done = lutist("info", "portrait", env={"VIRTUAL_ENV": ""})
    assert done.returncode == 2
    assert only_line(done.stderr).startswith("lutist: no script is named portrait; there are: ")


def test_an_unknown_name_lists_them(inside):
    line = only_line(inside("info", "potrait").stderr)
    assert "no script is named potrait; there are: " in line
    assert line.endswith("; did you mean portrait?")
    assert {"portrait,", "portrait-soft,", "exposure,", "missing,"} <= set(line.split())


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("missing", "No module named 'acme_looks.nothing'"),
        ("raising", "ValueError: never (raising.py:2)"),
        ("number", "it is neither a pipeline nor a module with one"),
    ],
)
def test_a_broken_one_is_named_in_one_line(inside, name, why):
    done = inside("info", name)
    assert done.returncode == 3
    line = only_line(done.stderr)
    assert f"the installed look {name} (acme_looks." in line
    assert why in line


def test_a_broken_package_bars_no_other(inside, env):
    broken = env / "aaa_broken-1.0.dist-info"
    broken.mkdir()
    (broken / "METADATA").write_bytes(b"Name: aaa-broken\n")
    (broken / "entry_points.txt").write_bytes(b"[lutist.looks]\nbroken = \xff\xfe\n")
    assert inside("info", "portrait").returncode == 0
    line = only_line(inside("info", "broken").stderr)
    assert "no script is named broken" in line
    assert "; the installed package aaa-broken: UnicodeDecodeError" in line
