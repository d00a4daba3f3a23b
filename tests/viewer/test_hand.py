"""What the hand can do: right clicks, notes beside the mouse, paces of steps, drops."""

import pytest
from test_viewer import write

from dropping import drop

LOOK = """\
@pipeline
def develop(
    exposure: Slider(-1, 1, unit="EV", help="Brightens the picture") = 0.0,
    style: Choice("plain", "warm") = "plain",
    mono: Toggle() = False,
):
    '''For rows of all kinds.

    And more.
    '''
    return tone(lambda x: x * 2**exposure)
"""


@pytest.fixture(params=[((800, 600), "1"), ((1280, 900), "2")], ids=["small", "large"])
def rows(request, view, patches, tmp_path):
    patches()
    write(tmp_path / "look.py", LOOK)
    size, scale = request.param
    viewer = view("photo.png", "-s", "look.py", "-p", "exposure=0.25", env={"LUTIST_SCALE": scale})
    viewer.resize(*size)
    viewer.wait(lambda v: "modes" in v.places and sum(v.places["modes"][::2]) == size[0])
    return viewer


def test_a_right_click_resets(rows):
    rows.click("exposure", across=0.9, button=3)
    rows.wait("^at choice:Reset to 0.00 EV ")
    rows.click("choice:Reset to 0.00 EV")
    rows.settle(exposure=0)


def test_a_right_click_copies(rows):
    rows.click("exposure", across=0.9, button=3)
    rows.wait("^at choice:Copy the value ")
    rows.click("choice:Copy the value")
    rows.wait("^notice Copied: 0.25$")


def test_a_right_click_lets_type(rows):
    rows.click("exposure", across=0.9, button=3)
    rows.wait("^at choice:Type a value")
    rows.click("choice:Type a value …")
    rows.x("type", "0.75")
    rows.key("Return")
    rows.settle(exposure=0.75)


def test_the_keyboard_opens_it_too(rows):
    rows.key("Menu", "Return")
    rows.settle(exposure=0)
    rows.key("Tab", "Tab", "space")
    rows.settle(mono="on")
    rows.key("shift+F10", "Return")
    rows.settle(mono="off")


def test_a_note_comes_beside_a_row(rows):
    rows.move(*rows.middle("exposure", 0.2))
    rows.wait("^at tip ")
    rows.wait("^tip Exposure$")
    line = rows.wait("^tip Brightens")
    assert "Brightens the picture. -1.00 EV to +1.00 EV, default 0.00 EV. Less: ← " in line
    x, y, width, height = rows.places["tip"]
    left, top, wide, high = rows.places["exposure"]
    assert x + width <= left or y + height <= top or y >= top + high
    assert x >= 0 and y >= 0
    rows.move(*rows.middle("room"))
    rows.until(lambda: not any(line.startswith("at tip ") for line in rows.frame()))


def test_buttons_and_the_status_bar_have_notes(rows):
    rows.move(*rows.middle("button:Fit"))
    rows.wait("^tip Fit the window$")
    rows.wait("^tip Key: 0 · ")
    rows.move(*rows.middle("modes"))
    rows.wait("^tip Mode: parallel$")
    rows.wait("^tip .*parallel, [0-9.]+ MP: Processed in .* List: Shift.M · ")
    for name, told in (
        ("bar:file", "photo.png"),
        ("bar:size", "800 × 400 pixels"),
        ("bar:zoom", "Shown at "),
        ("looks", "Look: look"),
        ("looks", "For rows of all kinds. A click lists the others."),
        ("presets", "Presets: choose one"),
        ("button:Reset", "Reset all parameters"),
    ):
        rows.move(*rows.middle(name))
        rows.wait(f"^tip {told}")


def test_notes_tell_the_keys_in_force(view, patches, tmp_path):
    patches()
    write(tmp_path / "look.py", LOOK)
    keys = tmp_path / "config/lutist/keys.conf"
    keys.parent.mkdir(parents=True)
    keys.write_text(
        "x fit\n0 ignore\nRIGHT ignore\nk more\ne add exposure 0.5\nWHEEL_UP add exposure 1/3\n"
        "x add exposure 1\nx fit\nE reset exposure\nj add other 1\nJ cycle mode\n"
    )
    rows = view("photo.png", "-s", "look.py")
    rows.move(*rows.middle("button:Fit"))
    rows.wait("^tip Key: x · ")
    rows.move(*rows.middle("exposure", 0.2))
    line = rows.wait("^tip Brightens")
    assert " More: Ctrl+→  k · " in line
    assert line.endswith(" Add 0.5: e · Add 1/3: Wheel up · Reset: Shift+E")
    rows.move(*rows.middle("modes"))
    assert rows.wait("^tip How the pixels are mapped").endswith(" Cycle: Shift+J")


# Paces.

PACES = """\
@pipeline
def develop(exposure: Slider(-1, 1) = 0.0):
    return tone(lambda x: x * 2**exposure)
"""


@pytest.fixture
def slid(view, patches, tmp_path):
    patches()
    write(tmp_path / "look.py", PACES)
    viewer = view("photo.png", "-s", "look.py", env={"LUTIST_SCALE": "1"})
    viewer.move(5, 5)
    return viewer


def drag(viewer, key, pixels):
    """Take the knob, which is in the middle, and drag it with a modifier held."""
    x, y = viewer.middle("exposure")
    viewer.move(x, y)
    viewer.x("mousedown", 1, "keydown", key)
    for step in range(1, 6):
        viewer.move(x + pixels * step / 5, y)
    viewer.x("mouseup", 1, "keyup", key)


def test_a_drag_with_ctrl_goes_a_tenth_of_the_way(slid):
    width = slid.places["exposure"][2]
    drag(slid, "ctrl", width / 4)
    slid.settle(lambda shown: 0.04 < shown["exposure"] < 0.06)  # 0.5 without Ctrl


def test_a_fine_drag_sets_finer_values(slid):
    drag(slid, "ctrl", 20)
    slid.settle(lambda shown: 0 < shown["exposure"] < 0.03 and shown["exposure"] * 100 % 1 > 0.05)


def test_a_drag_with_shift_goes_in_coarse_steps(slid):
    drag(slid, "shift", slid.places["exposure"][2] * 0.17)
    slid.settle(lambda shown: shown["exposure"] in (0.3, 0.4))


def test_a_slow_window_knows_which_keys_were_held(slid):
    with slid.at_once():
        drag(slid, "shift", slid.places["exposure"][2] * 0.17)
    slid.settle(lambda shown: shown["exposure"] in (0.3, 0.4))
    with slid.at_once():
        slid.x("keydown", "ctrl", "click", 4, "keyup", "ctrl")
    slid.settle(lambda shown: round(shown["exposure"] * 1000) % 100 == 1)


@pytest.mark.parametrize(("key", "value"), [("ctrl", 0.003), ("shift", 0.3), ("alt", 0.03)])
def test_wheel_steps_have_the_paces(slid, key, value):
    slid.move(*slid.middle("exposure", 0.9))
    slid.x("keydown", key, "click", "--repeat", 3, "--delay", 20, 4, "keyup", key)
    slid.settle(exposure=value)


def test_arrow_keys_have_the_paces(slid):
    slid.key("ctrl+Right", "ctrl+Right", "ctrl+Left")
    slid.settle(exposure=0.001)
    slid.key("shift+Right")
    slid.settle(exposure=0.1)


# Drops.

FILES = """\
@pipeline
def develop(table: File("*.cube") = "", other: File("*") = "", level: Slider(0, 1) = 0.5):
    return None
"""


@pytest.fixture
def opened(view, patches, tmp_path):
    patches("a.png")
    for name in "b.png", "more/c.png", "more/d.png", "more/e.png":
        patches(name)
    (tmp_path / "more/notes.txt").write_text("no image")
    (tmp_path / "my.cube").write_text("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n")
    write(tmp_path / "look.py", FILES)
    return view("a.png", "-s", "look.py")


def over_picture(viewer):
    x, y, width, height = viewer.places["room"]
    viewer.move(x + width / 2, y + height / 2)


def test_images_and_folders_are_opened(opened, tmp_path):
    over_picture(opened)
    drop(opened, tmp_path / "b.png", tmp_path / "more")
    opened.wait("notice Opened: 4 images")
    opened.settle(image=0)
    assert "b.png" in opened.title()
    opened.key("End")
    opened.settle(image=3)
    opened.until(lambda: "e.png" in opened.title())
    drop(opened, tmp_path / "a.png")
    opened.wait("notice Opened: 1 image$")
    opened.until(lambda: "a.png" in opened.title())


def test_a_dropped_folder_is_watched(opened, patches, tmp_path):
    over_picture(opened)
    drop(opened, tmp_path / "more")
    opened.wait("notice Opened: 3 images")
    patches("more/f.png")
    opened.wait("^files 4")


def test_a_script_becomes_the_look(opened, tmp_path):
    write(tmp_path / "other.py", PACES)
    over_picture(opened)
    drop(opened, tmp_path / "other.py")
    opened.settle(exposure=0)
    opened.until(lambda: "other" in opened.title())
    drop(opened, tmp_path / "my.cube")
    opened.wait("notice Look: cube")
    opened.settle(table=str(tmp_path / "my.cube"))
    opened.key("ctrl+z")
    opened.wait("notice Look: other")
    drop(opened, tmp_path / "more/notes.txt")
    opened.wait("notice notes.txt is neither an image, a folder nor a look")


def test_a_table_goes_to_its_parameter(opened, tmp_path):
    over_picture(opened)
    drop(opened, tmp_path / "my.cube")
    opened.settle(table=str(tmp_path / "my.cube"), other="")


def test_a_file_s_row_takes_any_file(opened, tmp_path):
    opened.move(*opened.middle("other"))
    drop(opened, tmp_path / "b.png")
    opened.settle(other=str(tmp_path / "b.png"), table="", image=0)
    assert "a.png" in opened.title()


def test_what_nobody_takes_is_told(opened, tmp_path):
    over_picture(opened)
    drop(opened, tmp_path / "more/notes.txt")
    opened.wait("notice No parameter asks for a file such as notes.txt")
    (tmp_path / "empty").mkdir()
    drop(opened, tmp_path / "empty")
    opened.wait("notice .*empty: no images in this folder")
    opened.key("Tab", "Tab", "Right")
    opened.settle(level=0.51)
