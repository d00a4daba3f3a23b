"""Shortcuts while a list, a field or the help is open: it closes, and they act."""

import pytest
from test_seeing import sees, sees_not
from test_viewer import write

LOOK = """\
@pipeline
def develop(
    exposure: Slider(-1, 1) = 0.0,
    style: Choice("plain", "warm") = "plain",
    tint: Color() = "#ffffff",
    table: File("*.cube") = "",
):
    return tone(lambda x: x * 2**exposure)


presets = {"Dark": {"exposure": -0.5}}
"""
# The keys that open a list, what is seen of it, and the keys back to the first row.
LISTS = {
    "presets": (["s"], "choice:Dark", []),
    "looks": (["l"], "choice:film", []),
    "modes": (["M"], "choice:numpy", []),
    "row": (["shift+F10"], "choice:Copy the value", []),
    "images": (["ctrl+o"], "file:photo.png", []),
    "choice": (["Down", "Return"], "choice:warm", ["Up"]),
    "color": (["Down", "Down", "space"], "hues", ["Up", "Up"]),
    "file": (["Up", "space"], "file:none", ["Down"]),
}


@pytest.fixture
def window(view, patches, tmp_path):
    patches()
    write(tmp_path / "film.py", LOOK)
    (tmp_path / "my.cube").write_text("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n")
    return view("photo.png", "-s", "film.py")


def comes_to(window, **wanted):
    """As settle, and content with what is there already."""
    window.until(lambda: window.drain() or window.has(lambda shown: True, wanted))


def test_a_shortcut_closes_any_list_and_acts(window):
    for keys, seen, back in LISTS.values():
        window.key("Right")
        comes_to(window, exposure=0.01)
        window.key(*keys)
        sees(window, f"at {seen}")
        window.key("ctrl+z")
        comes_to(window, exposure=0)
        sees_not(window, f"at {seen}")
        window.key("shift", *back)


def test_what_is_typed_is_taken_by_a_shortcut(window):
    window.key("Return")
    window.x("type", "--delay", 1, "0.25")
    window.key("ctrl+s")
    window.wait("^notice Saved photo-film.png ")
    comes_to(window, exposure=0.25)
    window.key("Return", "ctrl+a", "ctrl+c", "ctrl+v", "Escape")  # the field's own
    comes_to(window, exposure=0.25)


def test_the_name_of_a_preset_is_ended_by_enter_or_esc_alone(window):
    window.key("Right", "s", "End", "Return")
    window.x("type", "--delay", 1, "mine")
    window.key("ctrl+z", "Return")
    window.wait("^notice Saved as a preset: mine")
    comes_to(window, exposure=0.01)


def test_a_key_that_the_help_tells_of_closes_it_and_acts(window):
    for key in "space", "Down", "Alt_L", "ctrl+j", "Tab":  # its own, or out of sight
        window.key("F1")
        sees(window, "at help ")
        window.key(key, "F1")
        sees_not(window, "at help ")
    window.key("F1")
    sees(window, "at help ")
    window.key("g")
    sees_not(window, "at help ")
    sees(window, "at grid ")
    comes_to(window, exposure=0, style="plain")
