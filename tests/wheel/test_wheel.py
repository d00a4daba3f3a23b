"""The module from a wheel does what it does in the host, with the default Python, or with every
Python of this machine where $LUTIST_PYTHONS is "all"."""

import subprocess
import zipfile
from pathlib import Path

import pytest
from pythons import ROOT, every_python, last_line, minor, pythons

HERE = Path(__file__).parent
SUITE = ROOT / "tests/python"
PYTEST = "-q", "-p", "no:cacheprovider", "--rootdir", SUITE, "-c", "/dev/null"
# What meets the C half; the rest takes a minute more for each Python.
PARTS = "test_apply.py", "test_image.py", "test_scripts.py", "test_stages.py", "notebook", "cubes"


@pytest.fixture(scope="module")
def host_bits(lutist_path):
    done = subprocess.run(
        [lutist_path, "run", HERE / "bits.py"], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_debian_s_own_python_is_among_them():
    assert "/usr/bin/python3" in map(str, pythons().values())


def test_the_suite_passes(wheel, tmp_path):
    parts = [SUITE] if every_python() else [SUITE / part for part in PARTS]
    done = wheel.run(SUITE / "inside.py", *PYTEST, *parts, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert int(last_line(done).split()[0]) > 300


def test_it_gives_the_same_bits_as_the_host(wheel, host_bits, tmp_path):
    done = wheel.run(HERE / "bits.py", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == host_bits.splitlines()
    assert len(host_bits.splitlines()) > 50


def test_the_examples_of_the_docstrings_run(wheel, tmp_path):
    done = wheel.run(HERE / "doctests.py", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_is_built_without_a_warning(wheel):
    assert [line for line in wheel.log.splitlines() if "warning:" in line] == []


def test_two_sub_interpreters_give_the_same_bits(wheel, host_bits, tmp_path):
    if minor(wheel.version) < 13:
        pytest.skip("before 3.13 Python itself crashes where two interpreters do anything at once")
    done = wheel.run(HERE / "subinterpreters.py", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == host_bits


def test_a_free_threaded_python_stays_without_a_gil(wheel):
    if not wheel.version.endswith("t"):
        pytest.skip("this Python has a GIL")
    code = "import sys, lutist; print(sys._is_gil_enabled())"
    assert wheel.run("-W", "error", "-c", code, cwd="/").stdout == "False\n"


def test_what_the_wheel_holds(any_wheel):
    with zipfile.ZipFile(any_wheel.wheel) as archive:
        names = set(archive.namelist())
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        told = archive.read(metadata).decode()
    package = {
        str(path.relative_to(ROOT / "host/python"))
        for path in (ROOT / "host/python/lutist").rglob("*")
        if path.is_file() and path.suffix in (".py", ".pyi", ".typed")
    }
    looks = {f"lutist/scripts/{path.name}" for path in (ROOT / "scripts").glob("*.py")}
    others = {name for name in names - package - looks if ".dist-info/" not in name}
    assert package | looks <= names and len(looks) > 3
    assert len(others) == 1 and others.pop().startswith("_lutist.cpython-")
    assert "\nLicense-Expression: MIT\n" in told and "\n# lutist\n" in told
    version = any_wheel.run("-c", "import lutist; print(lutist.__version__)", cwd="/").stdout
    assert f"\nVersion: {version}" in told


def test_the_library_shows_only_what_is_called(any_wheel):
    """Other names would meet those of other modules in the same process."""
    where = any_wheel.run("-c", "import _lutist; print(_lutist.__file__)", cwd="/").stdout.strip()
    listed = subprocess.run(
        ["nm", "-D", "--defined-only", where], capture_output=True, text=True, check=True
    ).stdout
    names = {line.split()[-1] for line in listed.splitlines()}
    assert names == {"PyInit__lutist", "lutist_map_third", "lutist_parallel_for"}
    needed = subprocess.run(["readelf", "-d", where], capture_output=True, text=True).stdout
    assert "libjpeg" in needed and "SDL" not in needed and "libpython" not in needed


def test_in_the_program_its_own_module_wins(any_wheel, lutist_path):
    """Though the environment has a lutist of its own."""
    code = "import lutist, _lutist, sys; print(lutist.__file__, '_lutist' in "
    code += "sys.builtin_module_names, hasattr(_lutist, '__file__'), sys.prefix)"
    done = subprocess.run(
        [lutist_path, "python", "--venv", any_wheel.folder, "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )
    file, builtin, has_file, prefix = done.stdout.split()
    assert "share/lutist/python" in file and (builtin, has_file) == ("True", "False")
    assert prefix == str(any_wheel.folder)
