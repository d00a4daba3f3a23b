"""Undo and redo, copies of the values, snapshots, and other looks."""

import re

import pytest
from test_seeing import sees

LOOK = """\
from lutist import Slider, pipeline, tone

@pipeline
def look(gain: Slider(0, 2, step=0.1) = 1.0, lift: Slider(0, 1, step=0.1) = 0.0):
    return tone(lambda x: x * gain + lift)
"""
OTHER = """\
from lutist import Slider, pipeline, tone

@pipeline
def other(gain: Slider(0, 1, step=0.1) = 0.3, knee: Slider(0, 1, step=0.1) = 0.5):
    return tone(lambda x: x * gain)
"""


@pytest.fixture
def film(view, patches, tmp_path):
    (tmp_path / "film.py").write_text(LOOK)
    patches()
    return view("photo.png", "-s", "film.py")


def test_each_key_is_a_step(film):
    film.key("Right", "Right", "Down", "Right")
    film.settle(gain=1.2, lift=0.1)
    film.key("ctrl+z")
    film.wait("^notice Undo: Lift [+]?0[.]0+$")
    film.settle(gain=1.2, lift=0)
    film.key("ctrl+z", "ctrl+z")
    film.settle(gain=1, lift=0)
    film.key("ctrl+z")
    film.wait("^notice There is nothing to undo")
    film.key("ctrl+shift+z", "ctrl+y")
    film.settle(gain=1.2, lift=0)
    film.key("ctrl+y")
    film.settle(gain=1.2, lift=0.1)
    film.key("ctrl+y")
    film.wait("^notice There is nothing to redo")


def test_a_drag_is_one_step(film):
    film.drag("gain", 0.5, 0.9)
    film.settle(lambda shown: shown["gain"] > 1.5)
    film.key("ctrl+z")
    film.settle(gain=1)
    film.key("ctrl+y")
    film.settle(lambda shown: shown["gain"] > 1.5)


def hold(viewer, name, start, end):
    """Press on a slider and move on; the button stays down."""
    viewer.move(*viewer.middle(name, start))
    viewer.x("mousedown", 1)
    viewer.move(*viewer.middle(name, end))


def test_keys_do_not_divide_a_drag(film):
    hold(film, "gain", 0.5, 0.7)
    film.settle(lambda shown: shown["gain"] > 1.2)
    film.x("keydown", "ctrl")  # from here on it is fine
    film.key("s", "i")
    film.move(*film.middle("gain", 0.9))
    film.x("keyup", "ctrl")
    film.move(*film.middle("gain", 0.95))
    film.x("mouseup", 1)
    film.wait("^notice Saved ")
    film.key("ctrl+z")
    film.settle(gain=1)
    film.key("ctrl+z")
    film.wait("^notice There is nothing to undo")


def test_undo_lets_go_of_a_drag(film):
    hold(film, "gain", 0.5, 0.7)
    film.settle(lambda shown: shown["gain"] > 1.2)
    film.key("ctrl+z")
    film.wait("^notice Undo: Gain")
    film.settle(gain=1)
    film.move(*film.middle("gain", 0.9))
    film.x("mouseup", 1)
    film.key("Down", "Right")
    film.settle(gain=1, lift=0.1)


def test_a_typed_value_and_a_reset_are_steps(film):
    film.key("Return")
    film.x("type", "--delay", 1, "0.7")
    film.key("Return")
    film.settle(gain=0.7)
    film.key("shift+BackSpace")
    film.settle(gain=1)
    film.key("ctrl+z")
    film.settle(gain=0.7)
    film.key("ctrl+z")
    film.settle(gain=1)


def test_steps_go_across_images(view, patches, tmp_path):
    (tmp_path / "film.py").write_text(LOOK)
    patches("a.png")
    patches("b.png")
    viewer = view("a.png", "b.png", "-s", "film.py")
    viewer.key("Right")
    viewer.settle(gain=1.1)
    viewer.key("n")
    viewer.settle(gain=1.1, image=1)
    viewer.key("ctrl+z")
    viewer.settle(gain=1, image=1)


def test_a_reload_that_changes_values_is_a_step(film, tmp_path):
    film.key("Down", *["Right"] * 8)
    film.settle(lift=0.8)
    (tmp_path / "film.py").write_text(LOOK.replace("Slider(0, 1,", "Slider(0, 0.5,"))
    film.settle(lift=0.5)
    film.key(*["ctrl+z"] * 12)  # past 0.8, 0.7 and 0.6, which it cannot be any more
    film.settle(lift=0)
    film.key(*["ctrl+y"] * 12)
    film.settle(lift=0.5)


def test_values_go_from_one_window_to_another(film, view, patches, tmp_path):
    film.key("Right", "Down", "Right", "Right")
    film.settle(gain=1.1, lift=0.2)
    film.key("ctrl+shift+c")
    film.wait("^notice Copied: -p gain=1.1 -p lift=0.2$")
    (tmp_path / "other.py").write_text(OTHER.replace("Slider(0, 1", "Slider(0, 2"))
    viewer = view("photo.png", "-s", "other.py")
    viewer.key("ctrl+v")
    assert viewer.wait("^notice Pasted") == "notice Pasted 1 value; this look has no lift"
    viewer.settle(gain=1.1, knee=0.5)
    viewer.key("ctrl+z")
    viewer.settle(gain=0.3, knee=0.5)
    viewer.key("c")
    viewer.wait("^notice Copied: lutist batch")
    film.x("windowfocus", "--sync", film.window)
    film.key("ctrl+v")  # the whole command line
    film.wait("^notice Pasted 1 value; this look has no knee")
    film.settle(gain=0.3)


def test_what_is_no_value_is_told(film):
    film.key("Return")
    film.x("type", "--delay", 1, "a poem")
    film.key("ctrl+a", "ctrl+c", "Escape", "ctrl+v")
    film.wait("^notice The clipboard holds no parameters")
    film.key("Return")
    film.x("type", "--delay", 1, "look -p gain=7 -p lift=0.3")
    film.key("ctrl+a", "ctrl+c", "Escape", "ctrl+v")
    film.wait("^notice Pasted 1 value; .*gain.*7")
    film.settle(gain=1, lift=0.3)


def test_snapshots_are_kept_and_shown(film):
    film.key("alt+2")
    film.wait("^notice Snapshot 2 is empty: Ctrl[+]2 keeps")
    film.key("Right", "ctrl+2")
    film.wait("^notice Kept as snapshot 2")
    film.key("Right", "Right", "ctrl+4")
    film.wait("^notice Kept as snapshot 4")
    film.key("alt+2")
    film.wait("^notice Snapshot 2$")
    film.settle(gain=1.1)
    film.key("alt+4")
    film.settle(gain=1.3)
    film.key("ctrl+z")
    film.settle(gain=1.1)


def test_looks_are_leafed_through(film, tmp_path):
    """The user's scripts come first; values of the same name stay."""
    title = film.title()
    film.key("Left")
    film.settle(gain=0.9)
    film.key("bracketright")
    film.wait("^notice Look: ")
    film.settle()
    assert film.title() != title
    film.key("bracketleft")
    film.wait("^notice Look: film$")
    film.key("ctrl+z", "ctrl+z")
    film.settle(gain=0.9)


def test_undo_by_the_mouse_alone(view, patches):
    """The list says what there is to undo."""
    patches()
    viewer = view("photo.png")
    viewer.key("Right")
    viewer.settle(exposure=0.01)
    for shown, entry, exposure in (
        ("off Ctrl+Shift+Z", "Undo", 0),
        ("off Ctrl+Z", "Redo", 0.01),
        ("off Ctrl+Shift+Z", "Undo", 0),
    ):
        viewer.click("room", button=3)
        sees(viewer, shown)
        viewer.click(f"choice:{entry}")
        viewer.settle(exposure=exposure)


def own_looks(tmp_path):
    folder = tmp_path / "data" / "lutist" / "scripts"
    folder.mkdir(parents=True)
    (folder / "aa.py").write_text(LOOK)
    (folder / "bb.py").write_text(OTHER)
    return {"XDG_DATA_HOME": str(tmp_path / "data")}


def test_undo_crosses_looks(view, patches, tmp_path):
    env = own_looks(tmp_path)
    patches()
    viewer = view("photo.png", "-s", "aa", env=env)
    viewer.key("Left", "Left", "Left", "Left", "Left", "Left")
    viewer.settle(gain=0.4)
    viewer.key("ctrl+1", "bracketright")
    viewer.wait("^notice Look: bb$")
    viewer.settle(gain=0.4, knee=0.5)
    viewer.key("Right")
    viewer.settle(gain=0.5)
    viewer.key("ctrl+z", "ctrl+z")
    viewer.wait("^notice Look: aa$")
    viewer.settle(gain=0.4, lift=0)
    viewer.key("ctrl+y")
    viewer.wait("^notice Look: bb$")
    viewer.key("ctrl+y")
    viewer.settle(gain=0.5, knee=0.5)
    viewer.key("alt+1")
    viewer.wait("^notice Look: aa$")
    viewer.settle(gain=0.4, lift=0)
    viewer.key("c")
    assert " -s aa -p gain=0.4 " in viewer.wait("^notice Copied")


def test_a_look_is_chosen_from_the_list(view, patches, tmp_path):
    env = own_looks(tmp_path)
    patches()
    viewer = view("photo.png", "-s", "exposure", env=env)
    viewer.click("looks")
    viewer.wait("^at choice:bb ")
    viewer.key("m", "Return")
    viewer.wait("^notice Look: mono$")
    viewer.settle()
    viewer.key("l", "Home", "Down", "Return")
    viewer.wait("^notice Look: bb$")
    viewer.settle(knee=0.5)
    assert re.search("bb", viewer.title())


def test_any_file_can_be_a_look(view, patches, tmp_path):
    (tmp_path / "looks").mkdir()
    (tmp_path / "looks" / "film.py").write_text(LOOK)
    (tmp_path / "looks" / "other.py").write_text(OTHER)
    patches()
    viewer = view("photo.png", "-s", "looks/film.py")
    viewer.key("l", "End", "Return")
    viewer.wait("^at file:other.py ")
    viewer.key("o", "Return")
    viewer.wait("^notice Look: other$")
    viewer.settle(knee=0.5)
    viewer.key("c")
    assert f" -s {tmp_path}/looks/other.py " in viewer.wait("^notice Copied")
    viewer.key("bracketleft")  # both files stay in the list
    viewer.wait("^notice Look: film$")


def test_other_files_are_looked_for_beside_a_file_or_where_one_works(view, patches, tmp_path):
    """The bundled looks are in the list already."""
    (tmp_path / "film.py").write_text(LOOK)
    (tmp_path / "other.py").write_text(OTHER)
    patches()
    viewer = view("photo.png")
    viewer.key("l", "End", "Return")
    viewer.wait("^at file:other.py ")
    viewer.key("o", "Return")
    viewer.wait("^notice Look: other$")


def test_a_look_that_does_not_load_leaves_the_one_before(view, patches, tmp_path):
    env = own_looks(tmp_path)
    broken = tmp_path / "data" / "lutist" / "scripts" / "bb.py"
    broken.write_text("def ]")
    patches()
    viewer = view("photo.png", "-s", "aa", env=env)
    viewer.key("bracketright")
    viewer.wait("^reload error ")
    viewer.key("Left")
    viewer.settle(gain=0.9)
    viewer.key("c")
    assert " -s aa " in viewer.wait("^notice Copied")
    broken.write_text(OTHER)  # it is still wanted
    viewer.wait("^notice Look: bb$")
    viewer.settle(gain=0.9)
    viewer.key("ctrl+z")
    viewer.wait("^notice Look: aa$")
