"""keys.conf: keys, buttons and the wheel bound to actions, and told faults; `lutist keys`."""

import json
import os

import numpy as np
import pytest
from test_viewer import write

LOOK = """\
@pipeline
def develop(
    exposure: Slider(-1, 1, unit="EV") = 0.0,
    style: Choice("plain", "warm", "cold") = "plain",
    mono: Toggle() = False,
):
    return tone(lambda x: x * 2**exposure)
"""


@pytest.fixture
def bound(view, patches, tmp_path):
    """Open the window with a keys.conf: bound("x next")."""
    patches("a.png")
    patches("b.png")
    write(tmp_path / "look.py", LOOK)

    def start(text, *args):
        path = tmp_path / "config/lutist/keys.conf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return view("a.png", "b.png", "-s", "look.py", *args)

    return start


def over_picture(viewer):
    x, y, width, height = viewer.places["room"]
    viewer.move(x + width / 3, y + height / 3)


def test_keys_are_bound_and_taken_away(bound):
    viewer = bound("x next\nCtrl+t previous\nn ignore\nh mode single\n")
    viewer.key("n", "x")
    viewer.settle(image=1)
    viewer.key("ctrl+t")
    viewer.settle(image=0)
    viewer.key("h")
    viewer.settle(mode="single")
    viewer.key("F12", "j")
    viewer.wait(r"^notice j has no action\. Help: \?  F1$")
    viewer.key("Delete")
    viewer.wait("^notice Delete has no action")
    viewer.x("keydown", "ctrl")
    viewer.click("room", button=3)
    viewer.x("keyup", "ctrl")
    viewer.wait(r"^notice Ctrl\+Right click has no action\. Help: \?  F1$")
    for silent in ("This is the", "N has", "F12 has"):
        assert not any(silent in line for line in viewer.log)


def test_parameters_have_keys(bound):
    viewer = bound(
        "x add exposure 0.25\nX add exposure -0.5\ny set exposure 0,5\nv cycle style\n"
        "g cycle mono\nt cycle exposure -0.5 0 0.75\nF3 reset exposure\nF4 cycle mode\n"
    )
    viewer.key("x", "x")
    viewer.settle(exposure=0.5)
    viewer.key("X")
    viewer.settle(exposure=0)
    viewer.key("y")
    viewer.settle(exposure=0.5)
    viewer.key("t")
    viewer.settle(exposure=-0.5)
    viewer.key("t", "t")
    viewer.settle(exposure=0.75)
    viewer.key("F3")
    viewer.settle(exposure=0)
    viewer.key("v")
    viewer.settle(style="warm")
    viewer.key("v", "v")
    viewer.settle(style="plain")
    viewer.key("g")
    viewer.settle(mono="on")
    viewer.key("F4")
    viewer.settle(mode="python")


@pytest.mark.parametrize("key", ["j", "super+6", "F3"])
def test_a_field_opened_by_a_key_of_one_s_own_has_all_that_is_typed(bound, tmp_path, key):
    """However late the window hears of the key, and without the key's own character."""
    viewer = bound("j edit\nMeta+6 edit\nF3 edit\nJ save-as\nMeta+7 save-as\nF4 save-as\n")
    with viewer.at_once():
        viewer.key(key)
        viewer.x("type", "0,5")
        viewer.key("Return")
    viewer.settle(exposure=0.5)
    with viewer.at_once():
        viewer.key({"j": "J", "super+6": "super+7", "F3": "F4"}[key], "ctrl+a")
        viewer.x("type", "mine.png")
        viewer.key("Return")
    viewer.wait("^notice Saved mine.png")
    assert (tmp_path / "mine.png").exists()


def test_a_value_that_is_none_is_told(bound):
    viewer = bound("x set exposure 7\ny add contrast 0.1\nv add style 1\n")
    viewer.key("x")
    viewer.wait("notice .*exposure")
    viewer.key("y")
    viewer.wait("notice This look has no parameter 'contrast', only: exposure, ")
    viewer.key("v")
    viewer.settle(style="warm", exposure=0)


def test_the_wheel_and_the_buttons_are_bound(bound):
    viewer = bound("WHEEL_UP add exposure 0.1\nWHEEL_DOWN ignore\nMBTN_RIGHT hold-before\n")
    zoom = viewer.shown["zoom"]
    over_picture(viewer)
    viewer.x("click", "--repeat", 3, "--delay", 5, 4)
    viewer.settle(exposure=0.3, zoom=zoom)
    viewer.x("click", 5)
    viewer.x("mousedown", 3)
    viewer.settle(original=1)
    viewer.x("mouseup", 3)
    viewer.settle(original=0, zoom=zoom)
    viewer.x("keydown", "ctrl", "click", 4, "keyup", "ctrl")
    viewer.settle(lambda shown: shown["zoom"] > zoom)


def test_the_mouse_s_default_buttons(bound):
    viewer = bound("")
    over_picture(viewer)
    viewer.x("click", 9)
    viewer.settle(image=1)
    viewer.x("click", 8)
    viewer.settle(image=0)


def test_the_middle_button_moves_the_picture(bound):
    viewer = bound("")
    viewer.key("1", "plus", "plus")
    viewer.settle(zoom=2.25)
    x, y, width, height = viewer.places["room"]
    over_picture(viewer)
    before = viewer.grab()
    viewer.x("mousedown", 2)
    viewer.move(x + width / 3 + 60, y + height / 3 + 40)
    viewer.x("mouseup", 2)
    viewer.move(x + width / 3, y + height / 3)  # moves nothing more

    def moved():
        after = viewer.grab()
        was = before[y + 200 : y + 300, x + 200 : x + 300]
        return np.array_equal(after[y + 240 : y + 340, x + 260 : x + 360], was)

    viewer.until(moved)


def test_a_saved_file_counts_at_once(bound, tmp_path):
    viewer = bound("x next\n")
    path = tmp_path / "config/lutist/keys.conf"
    path.write_text("y next\n")
    viewer.wait("keys loaded")
    viewer.key("x", "y")
    viewer.settle(image=1)
    path.unlink()
    viewer.wait("keys loaded")
    viewer.key("y", "p")
    viewer.settle(image=0)
    new = tmp_path / "elsewhere.conf"  # as some keep their settings
    new.write_text("x last\n")
    os.symlink(new, path)
    viewer.wait("keys loaded")
    viewer.key("x")
    viewer.settle(image=1)
    new.write_text("x first\n")
    viewer.wait("keys loaded")
    viewer.key("x")
    viewer.settle(image=0)


def test_a_file_that_comes_later_is_seen(view, patches, tmp_path):
    patches("a.png")
    patches("b.png")
    viewer = view("a.png", "b.png")
    folder = tmp_path / "config/lutist"
    folder.mkdir(parents=True)
    (folder / "keys.conf").write_text("x next\n")
    viewer.wait("keys loaded")
    viewer.key("x")
    viewer.settle(image=1)


def test_wrong_lines_are_told_and_the_others_count(bound, tmp_path):
    viewer = bound("x nxt\ny next\nqq quit\n")
    path = tmp_path / "config/lutist/keys.conf"
    assert any(
        f"lutist: {path}:1: 'nxt' is not an action; did you mean 'next'?" in x for x in viewer.log
    )
    assert any(f"lutist: {path}:3: 'qq' is not a key" in line for line in viewer.log)
    assert any("notice keys.conf:1: 'nxt'" in line and "(and 1 more" in line for line in viewer.log)
    viewer.key("y")
    viewer.settle(image=1)


def test_without_the_file_the_table_counts(bound):
    viewer = bound("n ignore\nx quit\n", "--no-config")
    viewer.key("x", "n")
    viewer.settle(image=1)


def test_what_is_no_file_does_not_stop_the_window(view, patches, tmp_path):
    patches("a.png")
    (tmp_path / "config/lutist").mkdir(parents=True)
    os.mkfifo(tmp_path / "config/lutist/keys.conf")
    viewer = view("a.png")
    assert any("keys.conf: it is not an ordinary file" in line for line in viewer.log)


@pytest.fixture
def keys(lutist, tmp_path):
    """Run `lutist keys` with a keys.conf: keys("x next", "--json")."""

    def run(text, *args, **how):
        folder = tmp_path / "config/lutist"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "keys.conf").write_text(text)
        return lutist("keys", *args, env={"XDG_CONFIG_HOME": str(tmp_path / "config")}, **how)

    return run


def keys_of(table):
    """key -> (action, argument)"""
    return {key["key"]: (row["action"], key["argument"]) for row in table for key in row["keys"]}


def test_the_file_s_keys_are_in_the_table(keys):
    table = json.loads(keys("x next\nn ignore\nF6 add exposure 0.1\n", "--json").stdout)
    found = keys_of(table)
    assert found["x"] == ("next", None)
    assert "n" not in found
    assert found["F6"] == ("add", "exposure 0.1")
    assert found["F7"] == ("mode", "numpy")
    (row,) = (row for row in table if row["action"] == "next")
    assert row["shown"] == "Page Down  x"
    assert row["help"] == "next image; the look stays"
    assert row["repeats"] is True


def test_default_leaves_the_file_out(keys, lutist):
    assert keys("x quit\n", "--default").stdout == keys("").stdout
    assert "x               quit" in keys("x quit\n").stdout


def test_the_output_is_a_keys_conf(keys):
    printed = keys("").stdout
    again = keys(printed)
    assert again.stderr == ""
    assert again.returncode == 0
    assert keys_of(json.loads(keys(printed, "--json").stdout)) == keys_of(
        json.loads(keys("", "--json").stdout)
    )


def test_faults_are_told(keys, tmp_path):
    done = keys("x nxt\ny next\n")
    assert done.returncode == 2
    path = tmp_path / "config/lutist/keys.conf"
    assert done.stderr == f"lutist: {path}:1: 'nxt' is not an action; did you mean 'next'?\n"
    assert "y               next" in done.stdout


def test_an_argument_is_too_much(lutist):
    done = lutist("keys", "photo.jpg")
    assert done.returncode == 2
    assert done.stderr == "lutist: keys: 'photo.jpg' is one argument too many\n"
