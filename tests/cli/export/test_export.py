"""lutist export: a look as a table, what it says of its error, and the files it spares."""

import os
import re
import signal
import subprocess

import numpy as np
import pytest
from PIL import Image, ImageFilter

from waiting import until

TOLD = re.compile(
    r"(.*): (.*); error at most ([\d.e+-]+) of 255 among 263,936 colours, "
    r"in the mean ([\d.e+-]+)\n"
)


def only_line(text):
    (line,) = text.splitlines()
    return line


@pytest.fixture
def export(lutist):
    """export(SCRIPT, OUT, OPTION...) -> (what the table is, its largest error)."""

    def run(script, out, *options):
        done = lutist("export", script, "-o", out, *options)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        path, form, largest, mean = TOLD.fullmatch(done.stdout).groups()
        assert path == str(out) and float(mean) <= float(largest)
        return form, float(largest)

    return run


def test_tones_are_one_dimensional_and_exact(export, tmp_path):
    form, largest = export("exposure", "look.cube", "-p", "gamma=1.3")
    assert (form, largest) == ("1D, 65536 points", 0)
    lines = (tmp_path / "look.cube").read_text().splitlines()
    assert lines[:5] == [
        "# Exported by lutist from the script exposure",
        "# exposure=0",
        "# gamma=1.3",
        'TITLE "exposure"',
        "LUT_1D_SIZE 65536",
    ]
    assert len(lines) == 5 + 65536


def test_what_mixes_channels_is_three_dimensional(export, tmp_path):
    form, largest = export("golden_hour", "look.cube")
    assert form == "3D, 33 points a side" and 1 < largest < 9
    assert "LUT_3D_SIZE 33" in (tmp_path / "look.cube").read_text()
    finer = export("golden_hour", "finer.cube", "--size", "65")
    assert finer[0] == "3D, 65 points a side" and finer[1] < largest
    assert export("exposure", "forced.cube", "--format", "cube3d", "--size", "5")[0] == (
        "3D, 5 points a side"
    )


@pytest.mark.parametrize("name", ["look.png", "look.tif"])
@pytest.mark.parametrize("depth", [8, 16])
def test_a_hald_picture(export, tmp_path, name, depth):
    format = name.rpartition(".")[2].replace("tif", "tiff") + "8" * (depth == 8)
    form, largest = export("golden_hour", name, "--size", "4", "--format", format)
    assert form == f"Hald picture of level 4, 16 points a side, {depth} bits"
    assert 0 < largest < 20
    with Image.open(tmp_path / name) as picture:
        assert picture.size == (64, 64)


def test_the_same_look_gives_the_same_bytes(export, tmp_path):
    export("teal_and_orange", "a.cube", "--size", "17")
    export("teal_and_orange", "b.cube", "--size", "17", "--isolate", "-t", "1")
    assert (tmp_path / "a.cube").read_bytes() == (tmp_path / "b.cube").read_bytes()


def test_the_table_gives_what_the_look_gives(export, lutist, picture, tmp_path):
    """Applied by lutist itself: a table of tones bit by bit, a lattice within its error."""
    (tmp_path / "again.py").write_text(
        "from lutist import cube, pipeline\n\n@pipeline\ndef look():\n"
        "    return cube('look.cube')\n"
    )
    picture("photo.png")
    for script, slack in (("exposure", 0), ("golden_hour", 1)):
        options = ["-p", "gamma=1.7"] if script == "exposure" else []
        _, largest = export(script, "look.cube", "--overwrite", *options)
        for look, out in ((script, "own.png"), ("again.py", "table.png")):
            words = options if look == script else []
            done = lutist("batch", "photo.png", "-s", look, "-o", out, "--overwrite", *words)
            assert done.returncode == 0, done.stderr
        own, table = (np.asarray(Image.open(tmp_path / f), int) for f in ("own.png", "table.png"))
        assert abs(own - table).max() <= largest + slack


def read_cube(path):
    lines = path.read_text().splitlines()
    size = int(next(line for line in lines if line.startswith("LUT_3D_SIZE")).split()[1])
    return size, [tuple(map(float, line.split())) for line in lines if line[0] in "-0123456789"]


def test_pillow_agrees_within_the_error(export, lutist, picture, tmp_path):
    """Its interpolation is trilinear, so the look is a smooth one; it and lutist round."""
    _, largest = export("golden_hour", "look.cube")
    photo = picture("photo.png")
    done = lutist("batch", photo, "-s", "golden_hour", "-o", "own.png")
    assert done.returncode == 0, done.stderr
    size, rows = read_cube(tmp_path / "look.cube")
    table = ImageFilter.Color3DLUT(size, rows)
    theirs = np.asarray(Image.open(photo).filter(table), int)
    own = np.asarray(Image.open(tmp_path / "own.png"), int)
    assert abs(theirs - own).max() <= largest + 1


def test_opencolorio_agrees_within_the_error(export, lutist, picture, tmp_path):
    ocio = pytest.importorskip("PyOpenColorIO")
    photo = picture("photo.png", size=(64, 48))
    for script in ("golden_hour", "exposure"):
        _, largest = export(script, f"{script}.cube")
        done = lutist("batch", photo, "-s", script, "-o", f"{script}.png")
        assert done.returncode == 0, done.stderr
        transform = ocio.FileTransform(
            str(tmp_path / f"{script}.cube"), interpolation=ocio.INTERP_TETRAHEDRAL
        )
        processor = ocio.Config.CreateRaw().getProcessor(transform).getDefaultCPUProcessor()
        pixels = np.asarray(Image.open(photo), np.float32) / 255
        processor.applyRGB(pixels)
        own = np.asarray(Image.open(tmp_path / f"{script}.png"), int)
        assert abs(pixels.clip(0, 1) * 255 - own).max() <= largest + 0.5 + 1e-3


def refused(lutist, code, *words):
    done = lutist("export", *words)
    assert (done.returncode, done.stdout) == (code, "")
    return only_line(done.stderr).removeprefix("lutist: ")


def test_wrong_usage_is_told_in_a_line(lutist, tmp_path):
    told = refused(lutist, 2, "mono")
    assert told.startswith("export: -o OUT is missing")
    assert refused(lutist, 2, "-o", "a.cube").startswith("export: a script is missing")
    assert refused(lutist, 2, "mono", "poster", "-o", "a.cube") == (
        "export: one script is enough; 'poster' is too many"
    )
    assert refused(lutist, 2, "mono", "-o", "-").startswith("--output -: nothing is written")
    assert refused(lutist, 2, "mono", "-o", "a.jpg").startswith("a.jpg: JPEG would change")
    for size in ("1", "65537", "x", "3.5"):
        assert refused(lutist, 2, "mono", "-o", "a.cube", "--size", size) == (
            f"--size '{size}': must be 2 to 256 points a side for a 3D table, 2 to 65536 points "
            "for a 1D one, or a level from 2 to 16 for a Hald picture"
        )
    assert refused(lutist, 2, "mono", "-o", "a.png", "--size", "33") == (
        "size 33: a Hald picture's size is its level, 2 to 16 (level 8 has 64 points a side)"
    )
    assert "2 to 256 points a side" in refused(lutist, 2, "mono", "-o", "a.cube", "--size", "300")
    assert "mixes the channels" in refused(lutist, 2, "mono", "-o", "a.cube", "--format", "cube1d")
    assert "no parameter" in refused(lutist, 2, "mono", "-o", "a.cube", "-p", "nix=1")
    assert refused(lutist, 2, "mono", "-o", "a.cube", "-j", "2") == (
        "-j is an option of 'lutist batch', not of 'lutist export'"
    )
    assert refused(lutist, 2, "-s", "mono", "-o", "a.cube") == (
        "-s: 'lutist export' takes the script without it: lutist export SCRIPT"
    )
    assert refused(lutist, 2, "--script=mono", "-o", "a.cube").startswith("--script: 'lutist")
    assert list(tmp_path.iterdir()) == []


def test_a_script_that_fails_writes_nothing(lutist, tmp_path):
    (tmp_path / "bad.py").write_text(
        "from lutist import pipeline, tone\n\n@pipeline\ndef look():\n"
        "    return tone(lambda x: 1 / x)\n"
    )
    done = lutist("export", "bad.py", "-o", "look.cube")
    assert done.returncode == 3 and "ZeroDivisionError" in done.stderr
    assert "stage 1 (tone) at x = 0" in done.stderr
    assert not (tmp_path / "look.cube").exists()


def test_an_existing_file_is_replaced_only_with_overwrite(export, lutist, tmp_path):
    table = tmp_path / "look.cube"
    table.write_text("mine")
    assert refused(lutist, 1, "mono", "-o", "look.cube") == (
        "look.cube: already exists; only --overwrite replaces it"
    )
    assert table.read_text() == "mine"
    export("mono", "look.cube", "--overwrite")
    assert table.read_text().startswith("# Exported")


def test_a_link_is_replaced_and_not_followed(export, tmp_path):
    (tmp_path / "other.cube").write_text("other")
    (tmp_path / "look.cube").symlink_to("other.cube")
    export("mono", "look.cube", "--overwrite")
    assert (tmp_path / "other.cube").read_text() == "other"
    assert not (tmp_path / "look.cube").is_symlink()


@pytest.mark.parametrize("options", [[], ["--isolate"]])
def test_what_the_look_reads_is_not_replaced(export, lutist, tmp_path, options):
    """A table that the script names, one that a parameter names, and the script itself."""
    export("mono", "film.cube", "--size", "3")
    export("mono", "param.cube", "--size", "3")
    script = tmp_path / "again.py"
    script.write_text(
        "from typing import Annotated\nfrom lutist import File, cube, pipeline\n\n@pipeline\n"
        "def look(look: Annotated[str, File('*.cube')] = 'param.cube'):\n"
        "    return [cube('film.cube'), cube(look)]\n"
    )
    (tmp_path / "sub").mkdir()
    before = {path: path.read_bytes() for path in tmp_path.glob("*.cube")}
    for out in ("film.cube", "sub/../param.cube"):
        told = refused(lutist, 1, "again.py", "-o", out, "--overwrite", *options)
        assert "which the look reads" in told
    os.link(tmp_path / "again.py", tmp_path / "hard.cube")
    told = refused(lutist, 1, "again.py", "-o", "hard.cube", "--overwrite", *options)
    assert "which the look reads" in told
    assert all(path.read_bytes() == data for path, data in before.items())
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "again.py",
        "film.cube",
        "hard.cube",
        "param.cube",
        "sub",
    ]


@pytest.mark.parametrize("options", [[], ["--isolate"]])
@pytest.mark.parametrize("named", ["film.cube", "link.cube"])
def test_a_link_to_what_the_look_reads_is_not_replaced(export, lutist, tmp_path, named, options):
    """Whichever of the names the look knows: the one in a parameter, or in the script."""
    export("mono", "film.cube", "--size", "3")
    (tmp_path / "link.cube").symlink_to("film.cube")
    (tmp_path / "far.cube").symlink_to("link.cube")
    (tmp_path / "param.py").write_text(
        "from typing import Annotated\nfrom lutist import File, cube, pipeline\n\n@pipeline\n"
        "def look(film: Annotated[str, File('*.cube')] = ''):\n"
        "    return cube(film) if film else None\n"
    )
    (tmp_path / "fixed.py").write_text(
        f"from lutist import cube, pipeline\n\n@pipeline\ndef look():\n    return cube('{named}')\n"
    )
    before = (tmp_path / "film.cube").read_bytes()
    for out in ("link.cube", "far.cube"):
        for words in (["param.py", "-p", f"film={named}"], ["fixed.py"]):
            told = refused(lutist, 1, *words, "-o", out, "--overwrite", *options)
            assert told.startswith(f"{out}: ") and "which the look reads" in told
        assert (tmp_path / out).is_symlink()
    assert (tmp_path / "film.cube").read_bytes() == before


def test_a_missing_folder_is_made_and_a_file_is_none(export, lutist, tmp_path):
    export("mono", "new/deep/look.cube", "--size", "3")
    assert (tmp_path / "new/deep/look.cube").exists()
    (tmp_path / "file").write_text("")
    assert "file is not a folder" in refused(lutist, 1, "mono", "-o", "file/look.cube")


def test_quiet_and_verbose(lutist):
    done = lutist("export", "mono", "-o", "a.cube", "-q", "--size", "3")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = lutist("export", "mono", "-o", "b.cube", "-v", "--size", "3")
    assert re.search(r"largest error is at red \d+, green \d+, blue \d+", done.stdout)


@pytest.mark.parametrize("options", [[], ["--isolate"]])
def test_an_interrupt_leaves_nothing(lutist_path, tmp_path, options):
    running = subprocess.Popen(
        [lutist_path, "export", "mono", "-o", "look.cube", "--size", "256", *options],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until(lambda: list(tmp_path.iterdir()), "the temporary file")
    running.send_signal(signal.SIGINT)
    out, err = running.communicate()
    assert (running.returncode, out) == (130, "")
    assert only_line(err) == "lutist: interrupted"
    assert list(tmp_path.iterdir()) == []
