"""The contents of the window: each text in its place, whole and readable."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from builds import has_asan
from conftest import Viewer, start_display
from waiting import passed, until

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted(path.stem for path in (ROOT / "scripts").glob("*.py"))
MANY = """
from lutist import *


@pipeline
def develop(
    p1: Slider(0, 10) = 1, p2: Slider(0, 10) = 2, p3: Slider(0, 10) = 3, p4: Slider(0, 10) = 4,
    p5: Slider(0, 10) = 5, p6: Slider(0, 10) = 6, p7: Slider(0, 10) = 7, p8: Slider(0, 10) = 8,
    p9: Slider(0, 10) = 9, p10: Slider(0, 10) = 10, p11: Slider(0, 10) = 0,
    p12: Slider(0, 10) = 0, p13: Slider(0, 10) = 0, p14: Slider(0, 10) = 0,
    p15: Slider(0, 10) = 0, p16: Slider(0, 10) = 0, p17: Slider(0, 10) = 0,
):
    return None
"""


def status(viewer):
    return [line[7:] for line in viewer.frame() if line.startswith("status ")]


def resize(viewer, width, height):
    viewer.resize(width, height)
    viewer.until(lambda: viewer.grab().shape == (height, width, 3))
    viewer.until(lambda: viewer.drain() or viewer.places["room"][3] == height - 28)


def xprop(viewer, *args):
    done = subprocess.run(
        ["xprop", "-id", viewer.window, *args],
        env=viewer.env,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_text_is_cut(view, picture, script):
    picture(size=(400, 300))
    viewer = view("photo.png", "-s", script)
    for size in (1200, 800), (800, 600), (480, 320):
        resize(viewer, *size)
        viewer.key("F1")
        viewer.until(lambda: any(line.startswith("at help") for line in viewer.frame()))
        viewer.key("End")
        viewer.key("Escape")
        viewer.until(lambda: not any(line.startswith("at help") for line in viewer.frame()))
    assert not [line for line in viewer.log if line.startswith("cut ")]


def test_a_long_label_ends_before_its_value(view, picture, tmp_path):
    picture()
    label = "a_rather_long_name_for_such_a_slider"
    (tmp_path / "long.py").write_text(
        "from lutist import *\n@pipeline\n"
        f"def develop({label}: Slider(0, 1) = 0.5, b: Slider(0, 1, unit='parts of it') = 0):\n"
        "    return None\n"
    )
    viewer = view("photo.png", "-s", "long.py")
    cut = {line for line in viewer.log if line.startswith("cut ")}
    assert cut == {"cut " + label.replace("_", " ").capitalize()}
    left, _, width, _ = viewer.places[label]
    _, top, _, height = viewer.places[f"number:{label}"]
    line = viewer.grab()[top : top + height, left : left + width]
    ink = np.flatnonzero((line > 100).any(axis=(0, 2)))  # columns with ink
    gaps = np.flatnonzero(np.diff(ink) >= 7)
    assert ink[gaps[-1]] > width - 88  # all the room before the short value is used


def test_the_status_bar_says_what_is_seen(view, picture, tmp_path):
    picture("a.png", size=(500, 400))
    deep = np.linspace(0, 65535, 3000).astype(np.uint16)[None].repeat(40, 0)
    Image.fromarray(deep).save(tmp_path / "b.png")
    (tmp_path / "c.png").write_bytes(b"no picture")
    viewer = view("a.png", "b.png", "c.png")
    viewer.move(2, 2)  # beside the picture: over it the bar tells of a pixel
    viewer.until(lambda: status(viewer) == ["a.png", "1 / 3", "500 × 400", "100%"])
    viewer.key("n")
    viewer.settle(image=1)
    viewer.until(lambda: status(viewer)[:3] == ["b.png", "2 / 3", "3000 × 40, 16 bits"])
    viewer.key("1")
    viewer.settle(zoom=1)
    viewer.until(lambda: status(viewer)[3:] == ["100%"])
    viewer.key("n")
    viewer.wait("^failure ")
    viewer.until(lambda: status(viewer) == ["c.png", "3 / 3"])


def test_the_bar_has_the_times_for_those_who_want_them(view, picture):
    picture("a-name-of-usual-length.png", size=(500, 400))
    viewer = view("a-name-of-usual-length.png")
    viewer.move(2, 2)
    viewer.key("ctrl+t")
    viewer.until(lambda: len(status(viewer)) == 4)
    times, *facts = status(viewer)
    wanted = r"parallel, 0\.\d\d MP: Processed in [\d.]+ ms \(Rendered in [\d.]+ ms\)"
    assert re.fullmatch(wanted, times)
    assert facts[:2] == ["a-name-of-usual-length.png", "500 × 400"]
    resize(viewer, 480, 360)  # the times go first

    def is_short():
        times, *facts = status(viewer)
        whole = facts[:2] == ["a-name-of-usual-length.png", "500 × 400"]
        return whole and not times.startswith("parallel,")

    viewer.until(is_short)
    viewer.key("ctrl+t")
    viewer.until(lambda: status(viewer)[:1] == ["a-name-of-usual-length.png"])


def test_a_long_name_is_cut_in_its_middle_and_its_note_is_whole(view, picture, tmp_path):
    name = "a-session-in-the-mountains-with-a-rather-long-name-0042.png"
    picture(name, size=(500, 400))
    viewer = view(name)
    viewer.move(2, 2)
    resize(viewer, 480, 320)
    viewer.until(lambda: re.fullmatch("a-sess.*….*42.png", status(viewer)[0]))
    assert status(viewer)[1] == "500 × 400"
    viewer.move(*viewer.middle("bar:file"))
    viewer.wait(f"^tip {name}$")
    assert viewer.wait(f"^tip In {tmp_path}[.]").endswith("Open others: Ctrl+O")


def test_characters_that_the_font_lacks_come_from_another(view, lutist, picture, tmp_path):
    """The window is drawn with boxes, and again when the other font is there."""
    (tmp_path / "film.py").write_text(
        "from lutist import *\n@pipeline\ndef film(אבגד: Slider(0, 1) = 0): return []\n"
    )
    sans = Path(re.search("^font: (.+)$", lutist("doctor").stdout, re.M)[1])
    names = picture("photo.png"), "-s", "film.py"
    env = {"LUTIST_FONT": str(sans.with_name("DejaVuSansMono.ttf"))}

    def open_with(folder):
        fonts = tmp_path / folder
        conf = f"<fontconfig><dir>{fonts}</dir><cachedir>{fonts}</cachedir></fontconfig>"
        (fonts / "fonts.conf").write_text(conf)
        return view(*names, env={**env, "FONTCONFIG_FILE": str(fonts / "fonts.conf")})

    (tmp_path / "none").mkdir()
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "sans.ttf").symlink_to(sans)

    def label(viewer):
        left, (_, top, _, height) = viewer.places["אבגד"][0], viewer.places["number:אבגד"]
        return viewer.grab()[top : top + height, left : left + 60]

    viewer = open_with("none")
    boxes = label(viewer)
    viewer.close()
    viewer = open_with("one")
    viewer.until(lambda: not np.array_equal(label(viewer), boxes))
    viewer.close()
    viewer = open_with("none")
    assert np.array_equal(label(viewer), boxes)


def test_the_wheel_scrolls_a_long_list(view, picture, tmp_path):
    picture()
    (tmp_path / "many.py").write_text(MANY)
    viewer = view("photo.png", "-s", "many.py")
    top = viewer.places["p1"][1]
    viewer.click("p5", button=5, repeat=3)
    viewer.until(lambda: viewer.drain() or viewer.places["p5"][1] == top + 4 * 48 - 3 * 48)
    viewer.key("Tab")  # scrolls back to the second parameter
    viewer.until(lambda: viewer.drain() or viewer.places["p2"][1] == top)
    viewer.key("Right")
    viewer.settle(p2=3, p5=5, p6=6, p7=7, p8=8)
    until(passed(0.8))  # longer than the wheel stays with the list
    viewer.click("p2", button=4)  # it has the keyboard, so it takes the wheel
    viewer.settle(p2=4)


def test_the_end_of_a_long_number_is_seen(view, patches):
    patches()
    viewer = view("photo.png")
    viewer.click("number:exposure")
    viewer.x("type", "0." + "12345678" * 4)
    field = viewer.region("number:exposure")
    viewer.x("type", "9")
    viewer.until(lambda: not np.array_equal(viewer.region("number:exposure"), field))


def test_a_help_that_does_not_fit_is_scrolled(view, picture):
    picture()
    viewer = view("photo.png")
    resize(viewer, 480, 360)
    viewer.key("h")
    viewer.until(lambda: any(line.startswith("at help") for line in viewer.frame()))
    viewer.until(lambda: viewer.region("help").std() > 5)
    start = viewer.region("help")
    viewer.key("End")
    viewer.until(lambda: not np.array_equal(viewer.region("help"), start))
    viewer.key("Home")
    viewer.until(lambda: np.array_equal(viewer.region("help"), start))
    viewer.click("help", button=5)
    viewer.until(lambda: not np.array_equal(viewer.region("help"), start))


@pytest.mark.parametrize("layout", ["de", "fr", "es", "se"])
def test_keys_of_other_layouts(lutist_path, picture, tmp_path, layout):
    if layout == "de" and has_asan(lutist_path):
        pytest.skip("without an input method SDL 2.26 reads one byte past the text of the key ß")
    picture(size=(3000, 2000))
    server, name = start_display()
    try:
        subprocess.run(["setxkbmap", layout], env={**os.environ, "DISPLAY": name}, check=True)
        viewer = Viewer(lutist_path, name, "photo.png", cwd=tmp_path)
        viewer.settle()
        viewer.key("question")
        viewer.wait("^at help ")
        viewer.key("Escape", "ampersand" if layout == "fr" else "1")
        viewer.settle(zoom=1)
        viewer.key("plus")
        viewer.settle(zoom=1.5)
    finally:
        viewer.close()
        server.terminate()
        server.wait()


@pytest.mark.parametrize("layout", ["de", "es"])
def test_characters_that_are_made_with_alt_gr(lutist_path, picture, tmp_path, layout):
    if has_asan(lutist_path):
        pytest.skip("without an input method SDL 2.26 reads past the text of some keys")
    picture()
    (tmp_path / "film.py").write_text(
        "from lutist import Color, pipeline, tone\n"
        "@pipeline\n"
        "def film(tint: Color() = '#ffffff'):\n"
        "    return tone(lambda x: x)\n"
    )
    server, name = start_display()
    try:
        subprocess.run(["setxkbmap", layout], env={**os.environ, "DISPLAY": name}, check=True)
        viewer = Viewer(lutist_path, name, "photo.png", "film.py", cwd=tmp_path)
        viewer.settle()
        viewer.x("keydown", "backslash")
        viewer.settle(original=1)
        viewer.x("keyup", "backslash")
        viewer.settle(original=0)
        viewer.key("braceleft")
        viewer.wait("^notice { has no action")
        viewer.key("Return")
        viewer.x("type", "--delay", 1, "#ff8000")  # Spanish: AltGr+3, not a snapshot
        viewer.key("Return")
        viewer.settle(tint="#ff8000")
        viewer.key("bracketright")
        viewer.wait("^notice Look: ")
    finally:
        viewer.close()
        server.terminate()
        server.wait()


def test_before_is_shown_while_its_key_is_held(view, picture):
    picture()
    viewer = view("photo.png", "-p", "exposure=0.5")
    viewer.x("keydown", "b")
    viewer.settle(original=1)
    until(passed(0.5))  # longer than a stroke
    viewer.x("keyup", "b")
    viewer.settle(original=0)


@pytest.mark.parametrize("scale", [1, 2])
def test_the_window_asks_for_room_to_work_in(view, picture, scale):
    picture()
    viewer = view("photo.png", env={"LUTIST_SCALE": str(scale)})
    hints = xprop(viewer, "WM_NORMAL_HINTS")
    assert f"minimum size: {480 * scale} by {320 * scale}" in hints


def test_the_window_has_the_icon(view, picture):
    picture()
    viewer = view("photo.png")
    assert "= 256, 256, " in xprop(viewer, "-notype", "32c", "_NET_WM_ICON")[:40]


def test_a_missing_icon_does_not_matter(lutist_path, display, picture, tmp_path):
    picture()
    prefix = lutist_path.resolve().parent.parent
    (tmp_path / "share/lutist").mkdir(parents=True)
    for program in "bin/lutist", "lib/lutist/viewer.so":
        (tmp_path / program).parent.mkdir(parents=True)
        shutil.copy(prefix / program, tmp_path / program)
    for name in "python", "scripts":
        (tmp_path / "share/lutist" / name).symlink_to(prefix / "share/lutist" / name)
    viewer = Viewer(tmp_path / "bin/lutist", display, "photo.png", cwd=tmp_path)
    try:
        viewer.settle()
    finally:
        viewer.close()


def test_the_screenshot_s_script_finds_its_modules():
    words = [sys.executable, ROOT / "assets/take_screenshot.py", "--help"]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0 and "--output" in done.stdout, done.stderr


def test_what_the_display_lost_is_drawn_again(view, picture):
    """Parts of the window that do not change are not drawn in each frame."""
    picture(size=(600, 400))
    viewer = view("photo.png")
    seen = viewer.grab()
    viewer.x("windowunmap", "--sync", viewer.window)
    viewer.until(lambda: not np.array_equal(viewer.grab(), seen))
    viewer.x("windowmap", "--sync", viewer.window)
    viewer.until(lambda: np.array_equal(viewer.grab(), seen))


def test_the_panel_s_edge_drags_and_the_panel_changes_sides(view, picture):
    picture(size=(600, 400))
    viewer = view("photo.png")
    _, _, width, _ = viewer.origin()
    room = viewer.places["room"]
    edge, middle = room[0] + room[2], room[1] + room[3] / 2
    viewer.move(edge, middle)
    viewer.x("mousedown", 1)
    viewer.move(edge - 60, middle)
    viewer.x("mouseup", 1)
    viewer.until(lambda: viewer.drain() or viewer.places["room"][2] == room[2] - 60)
    viewer.key("U")
    viewer.until(lambda: viewer.drain() or viewer.places["room"][0] > 0)
    left, _, wide, _ = viewer.places["room"]
    assert (left + wide, wide) == (width, room[2] - 60)
    assert viewer.places["exposure"][0] < left
    viewer.key("U")
    viewer.until(lambda: viewer.drain() or viewer.places["room"][0] == 0)
