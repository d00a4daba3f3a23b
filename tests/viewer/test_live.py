"""Saving the script, or a file that it has read, loads it again in the window."""

import io
import os
import shutil

import numpy as np
import pytest
from PIL import Image

from builds import has_asan
from waiting import PATIENCE

LOOK = """\
from lutist import *


@pipeline
def develop(gain: Slider(0, 2) = {gain}, extra: Slider(-1, 1) = 0.25):
    return tone(lambda x: x * gain)
"""


@pytest.fixture
def gray(tmp_path):
    Image.fromarray(np.full((300, 400, 3), 100, np.uint8)).save(tmp_path / "photo.png")


def level(viewer):
    picture = viewer.picture()
    return int(picture[picture.shape[0] // 2, picture.shape[1] // 2, 0])


def goes_on(viewer):
    """After a failure where `on` is true, gain is 1.2 and the picture is `gray`."""
    viewer.key("space", "Up", "shift+Right")
    viewer.settle(gain=1.3)
    viewer.until(lambda: level(viewer) == 130)


def write(path, text):
    path.write_text(text)
    return path


def loaded(viewer, **wanted):
    """Wait for another script in force, and its picture."""
    viewer.wait(r"^loaded \d+$")
    return viewer.settle(**wanted)


def in_place(path, text):
    path.write_text(text)


def by_rename(path, text):
    """sed -i, and most editors."""
    fresh = path.with_suffix(".tmp")
    fresh.write_text(text)
    fresh.rename(path)


def with_backup(path, text):
    """vim: the old file becomes the backup, a new one is written."""
    path.rename(path.with_suffix(".py~"))
    path.write_text(text)
    path.with_suffix(".py~").unlink()


def through_a_link(path, text):
    real = path.with_suffix(".real")
    path.rename(real)
    path.symlink_to(real.name)
    by_rename(real, text)


@pytest.mark.parametrize("save", [in_place, by_rename, with_backup, through_a_link])
def test_a_saved_script_is_in_force(view, gray, tmp_path, save):
    path = write(tmp_path / "film.py", LOOK.format(gain=1.0))
    viewer = view("photo.png", "-s", path)
    assert level(viewer) == 100
    save(path, LOOK.format(gain=1.5))
    viewer.settle(lambda shown: shown["gain"] == 1.5)
    viewer.until(lambda: level(viewer) == 150)
    by_rename(path.resolve(), "1/0")
    viewer.wait("^reload error film.py:1: ZeroDivisionError")


def test_touch_and_append_and_f5(view, gray, tmp_path):
    path = write(tmp_path / "film.py", LOOK.format(gain=1.0))
    viewer = view("photo.png", "-s", path)
    os.utime(path)
    loaded(viewer)
    with path.open("a") as file:
        file.write("\n# a remark\n")
    loaded(viewer)
    viewer.key("F5")
    loaded(viewer)


def test_helpers_and_data_count_too(view, gray, tmp_path):
    write(tmp_path / "kit.py", "GAIN = 1\n")
    write(tmp_path / "table.txt", "1")
    path = write(
        tmp_path / "film.py",
        "import kit\nfrom lutist import *\n"
        "FACTOR = float(open(data('table.txt')).read())\n"
        "@pipeline\ndef develop(): data('late.txt'); return tone(lambda x: x*kit.GAIN*FACTOR)\n",
    )
    viewer = view("photo.png", "-s", path)
    by_rename(tmp_path / "kit.py", "GAIN = 0.5\n")
    loaded(viewer)
    viewer.until(lambda: level(viewer) == 50)
    in_place(tmp_path / "table.txt", "4")
    loaded(viewer)
    viewer.until(lambda: level(viewer) == 200)
    write(tmp_path / "late.txt", "it was named by a call")
    loaded(viewer)
    write(tmp_path / "kit.py", "GAIN = (\n")
    viewer.wait("^reload error kit.py:1: SyntaxError")
    write(tmp_path / "kit.py", "GAIN = 1\nimport second\n")
    viewer.wait("^reload error kit.py:2: ModuleNotFoundError")
    write(tmp_path / "second.py", "")
    loaded(viewer)


def test_the_file_of_a_parameter_counts_too(view, gray, tmp_path):
    identity = "LUT_3D_SIZE 2\n0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n"
    table = write(tmp_path / "film.cube", identity)
    path = write(
        tmp_path / "film.py",
        "from lutist import *\n@pipeline\n"
        "def develop(table: File('*.cube') = ''): return cube(table) if table else None\n",
    )
    viewer = view("photo.png", "-s", path, "-p", f"table={table}")
    assert level(viewer) == 100
    by_rename(table, identity.replace("1", "0"))
    viewer.until(lambda: level(viewer) == 0)
    write(table, "LUT_3D_SIZE two\n")
    viewer.wait("^error .*film.cube")
    write(table, identity)
    viewer.until(lambda: level(viewer) == 100)


def cube_of(level):
    """A table that makes every colour this gray."""
    return "LUT_3D_SIZE 2\n" + f"{level} {level} {level}\n" * 8


def test_a_cube_counts_too(view, gray, tmp_path):
    write(tmp_path / "film.cube", cube_of(0.2))
    path = write(
        tmp_path / "film.py",
        "from lutist import *\n@pipeline\ndef develop(): return cube('film.cube')\n",
    )
    viewer = view("photo.png", "-s", path)
    viewer.until(lambda: level(viewer) == 51)
    by_rename(tmp_path / "film.cube", cube_of(0.6))
    loaded(viewer)
    viewer.until(lambda: level(viewer) == 153)
    in_place(tmp_path / "film.cube", cube_of("0.6 x"))
    viewer.wait("film.cube, line 2: x is not a number")
    assert level(viewer) == 153
    in_place(tmp_path / "film.cube", cube_of(0.8))
    loaded(viewer)
    viewer.until(lambda: level(viewer) == 204)


def hald_of(level):
    """The same as a picture, of level 2."""
    data = io.BytesIO()
    Image.new("RGB", (8, 8), (level, level, level)).save(data, "png")
    return data.getvalue()


def test_a_file_of_another_kind_counts_too(view, gray, tmp_path):
    """Under one name: a HaldCLUT, a broken one, a table behind a shaper, curves."""
    table = tmp_path / "film.png"
    table.write_bytes(hald_of(51))
    path = write(
        tmp_path / "film.py",
        "from lutist import *\n@pipeline\ndef develop(): return cube('film.png')\n",
    )
    viewer = view("photo.png", "-s", path)
    viewer.until(lambda: level(viewer) == 51)
    table.write_bytes(hald_of(153))
    loaded(viewer)
    viewer.until(lambda: level(viewer) == 153)
    table.write_bytes(hald_of(204)[:-30])
    viewer.wait("film.png: the PNG file is cut short")
    assert level(viewer) == 153
    by_rename(table, "LUT_1D_SIZE 2\n0.5 0.5 0.5\n1 1 1\n" + cube_of(0.2))
    viewer.wait("film.png, line 4: LUT_3D_SIZE comes after the last row")
    by_rename(table, "LUT_1D_SIZE 2\n" + cube_of(0.4).replace("2\n", "2\n0 0 0\n1 1 1\n", 1))
    loaded(viewer)
    viewer.until(lambda: level(viewer) == 102)
    by_rename(table, "LUT_1D_SIZE 2\n.8 .8 .8\n.8 .8 .8\n")
    loaded(viewer)
    viewer.until(lambda: level(viewer) == 204)


def test_values_are_kept_by_name_and_kind(view, gray, tmp_path):
    path = write(
        tmp_path / "film.py",
        "from lutist import *\n@pipeline\ndef develop(a: Slider(0, 9) = 1.0, b: Slider(0, 9) = 2.0,"
        " c: Choice('x', 'y') = 'x', d: Toggle() = False, e: Slider(0, 9) = 5.0): return None\n",
    )
    viewer = view("photo.png", "-s", path, *"-p a=3 -p b=8.4 -p c=y -p d=on".split())
    write(
        path,
        "from lutist import *\n@pipeline\ndef develop(f: Slider(0, 1) = 0.5, e: Slider(0, 9) = 6.0,"
        " d: Slider(0, 1) = 0.1, c: Choice('y', 'z') = 'z', b: Slider(1, 4) = 3,"
        " a: Slider(0, 9) = 1.5): return None\n",
    )
    loaded(viewer, f=0.5, e=6, d=0.1, b=4, a=3)
    assert viewer.shown["c"] == "y"
    viewer.key("c")
    assert "-p f=0.5 -p e=6 -p d=0.1 -p c=y -p b=4 -p a=3" in viewer.wait("^notice Copied")


def test_an_error_keeps_the_look_in_force(view, gray, tmp_path):
    path = write(tmp_path / "film.py", LOOK.format(gain=1.0))
    viewer = view("photo.png", "-s", path, "-p", "gain=1.2")
    for source, error in (
        ("def broken(:\n", r"film.py:1: SyntaxError"),
        ("1 / 0\n", r"film.py:1: ZeroDivisionError"),
        ("x = 1\n", r"film.py: no function is marked"),
        (LOOK.format(gain=7), r"film.py:\d+: ValueError: develop\(\): the default gain=7"),
        ("import sys; sys.exit(3)\n", r"film.py:1: the script called sys.exit\(3\)"),
    ):
        write(path, source)
        viewer.wait("^reload error " + error)
        if "script-failure" not in viewer.places:
            viewer.wait("^at script-failure ")
        assert level(viewer) == 120
    viewer.key("shift+Right")  # the sliders are those of the old look
    viewer.settle(gain=1.3)
    viewer.until(lambda: level(viewer) == 130)
    before = len(viewer.log)
    write(path, LOOK.format(gain=1.0).replace("x * gain", "x / gain"))
    loaded(viewer)
    viewer.until(lambda: level(viewer) == 77)
    frames = "\n".join(viewer.log[before:]).split("\nloaded ")[-1]
    assert "at gain " in frames and "at script-failure " not in frames


def test_the_newest_error_stands_alone(view, gray, tmp_path):
    """Of a call, then of a load, then of a call: never two boxes at once."""
    path = write(
        tmp_path / "film.py", LOOK.format(gain=1.0).replace("lambda x: ", "lambda x: 1 / 0 + ")
    )
    viewer = view("photo.png", "-s", path, settle=False)
    boxes = {"call": "at error ", "load": "at script-failure "}

    def expect(wanted, other, told):
        """From the line that tells of the error on, all frames have its box alone."""
        viewer.wait(told)
        start = len(viewer.log)
        viewer.wait(f"^{boxes[wanted]}")
        viewer.key("c")
        viewer.wait("^notice Copied")
        viewer.wait("^message Copied")
        assert [line for line in viewer.log[start:] if line.startswith(boxes[other])] == []

    expect("call", "load", "^error .*ZeroDivisionError")
    write(path, "def broken(:\n")
    expect("load", "call", "^reload error film.py:1: SyntaxError")
    viewer.key("shift+Right")
    expect("call", "load", "^error .*ZeroDivisionError")
    write(path, LOOK.format(gain=1.0))
    loaded(viewer, gain=1.1)
    viewer.until(lambda: level(viewer) == 110)


def test_a_script_may_vanish_and_come_back(view, gray, tmp_path):
    path = write(tmp_path / "film.py", LOOK.format(gain=1.0))
    viewer = view("photo.png", "-s", path)
    path.unlink()
    viewer.wait("^reload error film.py: No such file")
    viewer.key("shift+Right")
    viewer.settle(gain=1.1)
    write(path, LOOK.format(gain=1.0).replace("x *", "0 *"))
    loaded(viewer)
    viewer.until(lambda: level(viewer) == 0)
    shutil.move(tmp_path / "film.py", tmp_path / "away.py")
    viewer.wait("^reload error film.py: No such file")
    shutil.move(tmp_path / "away.py", tmp_path / "film.py")
    loaded(viewer)


def test_the_view_and_the_images_stay(view, gray, tmp_path):
    shutil.copy(tmp_path / "photo.png", tmp_path / "second.png")
    path = write(tmp_path / "film.py", LOOK.format(gain=1.0))
    viewer = view("photo.png", "second.png", "-s", path)
    viewer.key("n")
    viewer.settle(image=1)
    viewer.key("plus", "plus")
    viewer.settle(lambda shown: shown["zoom"] > 2)
    before = {name: viewer.shown[name] for name in ("zoom", "place", "image", "mode")}
    write(path, LOOK.format(gain=0.5))
    loaded(viewer, gain=0.5)
    assert {name: viewer.shown[name] for name in before} == before
    assert viewer.title() == "second.png — film — lutist"


def test_a_field_in_which_someone_types_stays_open(view, gray, tmp_path):
    path = write(tmp_path / "film.py", LOOK.format(gain=1.0))
    viewer = view("photo.png", "-s", path)
    closed = viewer.region("number:gain")
    viewer.key("Return")
    viewer.until(lambda: not np.array_equal(viewer.region("number:gain"), closed))
    opened = viewer.region("number:gain")
    viewer.x("type", "1.")
    viewer.until(lambda: not np.array_equal(viewer.region("number:gain"), opened))
    write(path, LOOK.replace("gain: Slider(0, 2)", "first: Toggle() = True, gain: Slider(0, 2)")
          .format(gain=0.5))  # fmt: skip
    viewer.wait(r"^loaded 2$")
    viewer.x("type", "7")
    viewer.key("Return")
    viewer.settle(gain=1.7)
    assert viewer.shown["first"] == "on"


GROWS = """\
import atexit, os, sys, threading
import numpy as np
import kit
from lutist import *

os.environ["NUMBER"] = str(len(os.environ))
TABLE = np.linspace(0, 1, 65536) ** 0.9
THREAD = threading.Thread(target=lambda: None)
THREAD.start()
with open(data("blocks.txt"), "a") as file:
    print(sys.getallocatedblocks(), len(os.environ), file=file)


@pipeline
def develop(gain: Slider(0, 2) = {gain}):
    return [tone(lambda x: x * gain * kit.ONE), tone(TABLE), tone(lambda x: int(x * 9) / 9)]
"""


def resident(pid):
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * 4096


def test_three_hundred_reloads_keep_memory(view, gray, tmp_path, lutist_path):
    """blocks.txt is noted after it is written, so it starts no reload. A sanitizer keeps freed
    memory for a while: under it the objects are counted alone, and in fewer turns.
    """
    sanitized = has_asan(lutist_path)
    turns = 90 if sanitized else 300
    source = GROWS.replace('data("blocks.txt")', 'str(data("film.py"))[:-7] + "blocks.txt"')
    write(tmp_path / "kit.py", "ONE = 1\nCIRCLE = [lambda: CIRCLE]\n")
    path = write(tmp_path / "film.py", source.format(gain=0.0))
    viewer = view("photo.png", "-s", path)
    for turn in range(1, 31 + turns):
        by_rename(path, source.format(gain=turn / 200))
        viewer.settle(lambda shown, turn=turn: shown["gain"] == pytest.approx(turn / 200))
        if turn == 30:  # heaps and caches have their size by then
            before = resident(viewer.process.pid)
    grown = resident(viewer.process.pid) - before
    lines = [line.split() for line in (tmp_path / "blocks.txt").read_text().splitlines()]
    blocks = [int(line[0]) for line in lines]
    assert len({line[1] for line in lines}) == 1  # os.environ is as before each load
    # A few blocks a reload are CPython's: its cache of attributes has room for 4096 names.
    assert max(blocks[-30:]) - max(blocks[:60]) < 15 * turns, "Python's objects are left behind"
    assert grown < 5_000_000 or sanitized


def test_a_script_with_threads_and_exit_functions_reloads(view, gray, tmp_path):
    source = (
        "import atexit, threading, time\n" + LOOK + "atexit.register(lambda: open({log!r}, 'a')."
        "write('end {gain}\\n'))\nthreading.Thread(target=time.sleep, args=(99,), daemon=True)"
        ".start()\n"
    )
    log = str(tmp_path / "log")
    path = write(tmp_path / "film.py", source.format(gain=1.0, log=log))
    viewer = view("photo.png", "-s", path)
    for gain in (0.5, 1.5):
        write(path, source.format(gain=gain, log=log))
        viewer.settle(gain=gain)
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0
    ends = (tmp_path / "log").read_text().split("\n")[:-1]
    assert ends == ["end 1.5", "end 0.5", "end 1.0"]
