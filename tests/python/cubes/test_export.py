"""Pipeline.export: the command's files, exact tables, what is refused."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Annotated

import numpy as np
import pytest

import lutist
from lutist import File, Slider, cube, matrix, pipeline, tone

EVERY = np.repeat(np.arange(65536, dtype=np.uint16), 3).reshape(256, 256, 3)


@pipeline
def soft(gain: Annotated[float, Slider(0, 2)] = 1.25):
    return [tone(lambda x: gain * x**0.6), tone(blue=lambda x: 1 - x)]


@pipeline
def swapped():
    return matrix([[0, 1, 0], [0, 0, 1], [1, 0, 0]])


@pytest.mark.parametrize("array", [EVERY, (EVERY[:, :1] // 257).astype(np.uint8)])
def test_a_table_of_tones_gives_the_same_bits(tmp_path, array):
    report = soft.export(tmp_path / "look.cube", gain=1.6)
    assert (report.kind, report.points, report.depth) == ("1D", 65536, 0)
    assert report.largest == report.mean == 0

    @pipeline
    def again():
        return cube(tmp_path / "look.cube")

    assert np.array_equal(again.apply(array), soft.apply(array, gain=1.6))


def test_the_report_is_the_truth(tmp_path):
    """At every colour of the comparison's corner, with NumPy's own interpolation."""
    report = soft.export(tmp_path / "look.cube", format="cube3d", size=5)
    assert (report.kind, report.points) == ("3D", 5)
    grays = np.arange(256) / 255
    lattice = np.linspace(0, 1, 5)
    look = np.clip(1.25 * grays**0.6, 0, 1)
    table = np.clip(np.interp(grays, lattice, 1.25 * lattice**0.6), 0, 1)
    worst = 255 * abs(look - table).max()
    assert report.largest == pytest.approx(worst) and 0 < report.mean < worst
    assert max(abs(look - table)[list(report.at)]) * 255 == pytest.approx(worst)
    assert "5 points" in repr(report) and f"{worst:.3f} of 255" in repr(report)


def test_a_hald_picture_is_read_by_lutist(tmp_path):
    report = swapped.export(tmp_path / "look.png", size=2)
    assert (report.kind, report.points, report.depth) == ("Hald", 4, 16)
    pixels = np.asarray(lutist.open(tmp_path / "look.png")).reshape(64, 3)
    number = np.arange(64)
    red, green, blue = (number // 4**k % 4 * 21845 for k in range(3))
    assert np.array_equal(pixels, np.stack([green, blue, red], -1))


def test_values_outside_are_kept(tmp_path):
    @pipeline
    def wide():
        return matrix([[2, 0, 0, -0.5], [0, 1, 0, 0], [0, 0, 1, 0]])

    wide.export(tmp_path / "look.cube", size=2)
    rows = (tmp_path / "look.cube").read_text().splitlines()[-8:]
    assert rows[:2] == ["-0.5 0.0 0.0", "1.5 0.0 0.0"]


def test_what_is_wrong_is_told(tmp_path):
    path = tmp_path / "look.cube"
    for words, told in (
        ({"size": 1}, "size=1: must be a whole number from 2 to 65536"),
        ({"size": "33"}, "size='33'"),
        ({"size": 257}, "size 257: a 3D table has from 2 to 256 points a side"),
        ({"format": "cube1d"}, "mixes the channels"),
        ({"format": "exr"}, "unknown format exr"),
        ({"overwrite": "yes"}, "overwrite='yes' is neither"),
        ({"nix": 1}, "no parameter nix"),
    ):
        with pytest.raises(lutist.ParameterError, match=told):
            swapped.export(path, **words)
    with pytest.raises(FileNotFoundError, match="the folder .* does not exist"):
        swapped.export(tmp_path / "new" / "look.cube")
    with pytest.raises(TypeError):
        swapped.export(None)
    assert list(tmp_path.iterdir()) == []
    swapped.export(path, size=2)
    with pytest.raises(lutist.ImageExistsError, match="cube: already exists; only overwrite=True"):
        swapped.export(path, size=2)
    swapped.export(path, size=3, overwrite=True)
    assert "LUT_3D_SIZE 3" in path.read_text()


def test_a_link_to_a_table_that_the_look_reads_is_spared(tmp_path):
    source, link = tmp_path / "film.cube", tmp_path / "link.cube"
    swapped.export(source, size=2)
    link.symlink_to(source)
    before = source.read_bytes()

    @pipeline
    def look(table: Annotated[str, File("*.cube")] = ""):
        return cube(table)

    for table in (source, link):
        with pytest.raises(lutist.ImageError, match="which the look reads"):
            look.export(link, table=str(table), overwrite=True)
    assert link.is_symlink() and source.read_bytes() == before


def test_a_parameter_of_that_name_is_ambiguous(tmp_path):
    @pipeline
    def look(size: Annotated[float, Slider(0, 1)] = 0.5):
        return None

    with pytest.raises(lutist.ParameterError, match="parameter named size, as export has"):
        look.export(tmp_path / "look.cube")


def test_what_a_curve_raises_comes_through(tmp_path):
    @pipeline
    def look(gain: Annotated[float, Slider(0, 1)] = 0.5):
        return [swapped(), tone(lambda x: gain / x)]

    with pytest.raises(ZeroDivisionError):
        look.export(tmp_path / "look.cube")
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_the_look_reads_is_spared(tmp_path):
    source = tmp_path / "film.cube"
    swapped.export(source, size=2)
    before = source.read_bytes()

    @pipeline
    def by_name():
        return cube(source)

    @pipeline
    def by_parameter(table: Annotated[str, File("*.cube")] = ""):
        return cube(table)

    for look, words in ((by_name, {}), (by_parameter, {"table": source})):
        with pytest.raises(lutist.ImageError, match="would overwrite .*, which the look reads"):
            look.export(source, overwrite=True, **words)
    assert source.read_bytes() == before
    swapped.export(source, size=3, overwrite=True)  # this look does not read it
    assert by_name.export(tmp_path / "other.cube").largest < 1e-6


def test_exports_on_threads_do_not_meet(tmp_path):
    failed = []

    def work(number):
        try:
            for i in range(3):
                soft.export(tmp_path / f"{number}-{i}.cube", size=300, gain=1 + number / 10)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == [] and len(list(tmp_path.iterdir())) == 12
    texts = {path.read_text() for path in tmp_path.iterdir()}
    assert len(texts) == 4


def test_the_command_writes_the_same_bytes(tmp_path):
    """The comments too, whatever the kinds of the parameters."""
    host = Path(sys.executable).with_name("lutist")
    if not host.exists():
        pytest.skip("an ordinary Python has no command")
    for name, words in (
        ("exposure", {"exposure": -0.25, "gamma": 1.0}),
        ("poster", {}),
        ("split_toning", {}),
        ("toned_print", {}),
    ):
        path = tmp_path / f"{name}.cube"
        lutist.load(name).export(path, size=7, **words)
        params = [part for n, v in words.items() for part in ("-p", f"{n}={v}")]
        command = [host, "export", name, "-o", tmp_path / "theirs.cube", "--size", "7"]
        subprocess.run([*command, "--overwrite", "-q", *params], check=True)
        assert (tmp_path / "theirs.cube").read_bytes() == path.read_bytes(), name
