"""Checks of the groups Parameters and Curves."""

from checks import action, gesture
from test_controls import at, wait_for_points
from test_controls import drag as drag_point
from test_seeing import sees, sees_not
from test_viewer import colors_of

from dropping import drop

# Parameters.


@action("focus-up")
def focus_up(window, press):
    window.key("Down")
    press()
    window.key("Right")
    window.develops(exposure=0.01)
    window.key("BackSpace")
    window.develops(exposure=0)


@action("focus-down")
def focus_down(window, press):
    press()
    window.key("space")
    window.develops(negative="on")
    window.key("space", "Up")
    window.develops(negative="off")


def steps(window, press, sign):
    """By a step; by ten with a Shift that belongs to no key of its own."""
    press()
    step = sign * (0.001 if press.argument == "fine" else 0.01)
    window.develops(exposure=step)
    if press.key in ("Left", "Right") and press.argument != "fine":
        press("shift")
        window.develops(exposure=step + sign * 0.1)
    window.key("BackSpace")
    window.develops(exposure=0)
    window.key("Up")  # round, to the last one: a file
    press()
    window.settle(table=str(window.folder / "my.cube"))
    window.key("BackSpace", "Down")
    window.settle(table="")


@action("less")
def less(window, press):
    steps(window, press, -1)


@action("more")
def more(window, press):
    steps(window, press, 1)


@action("edit")
def edit(window, press):
    press()
    window.type("0,5")
    window.key("Return")
    window.develops(exposure=0.5)
    press()
    window.type("1")
    window.key("Escape", "BackSpace")
    window.develops(exposure=0)
    window.key("Down", "Down")
    press()
    sees(window, "at choice:warm ")
    window.key("Escape", "Up", "Up")
    sees_not(window, "at choice:")


@action("cycle")
def cycle(window, press):
    window.key("Down")
    press()
    window.develops(negative="on")
    press()
    window.develops(negative="off")
    window.key("Down")
    press()
    window.settle(style="warm")
    press()
    window.settle(style="plain")
    for shown in "at hues ", "at file:my.cube ":
        window.key("Down")
        press()
        sees(window, shown)
        window.key("Escape")
        sees_not(window, shown)
    window.key("Down")


@action("fold")
def fold(window, press):
    press()
    sees_not(window, "at exposure ")
    sees(window, "at style ")
    press()
    sees(window, "at exposure ")


@action("reset")
def reset(window, press):
    window.key("Right")
    window.develops(exposure=0.01)
    press()
    window.develops(exposure=0)


@action("reset-all")
def reset_all(window, press):
    window.key("Right", "Down", "space", "Up")
    window.develops(exposure=0.01, negative="on")
    press()
    window.develops(exposure=0, negative="off")


@action("row-menu")
def row_menu(window, press):
    press()
    sees(window, "at choice:Copy the value")
    window.key("Escape")
    sees_not(window, "at choice:")


@action("add")
def add(window, press):
    press()
    window.develops(exposure=0.25)
    press()
    window.develops(exposure=0.5)
    window.key("BackSpace")
    window.develops(exposure=0)


@action("set")
def set_value(window, press):
    press()
    window.develops(exposure=0.75)
    window.key("BackSpace")
    window.develops(exposure=0)


@gesture("Parameters", "Click")
def click_a_number(window, _):
    window.click("number:exposure")
    window.type("1/4")
    window.key("Return")
    window.develops(exposure=0.25)
    window.key("BackSpace")
    window.develops(exposure=0)


def drag_with(window, key, start, end):
    """Far from the last press: it would be a double click."""
    window.move(*window.middle("exposure", start))
    window.x("mousedown", 1, "keydown", key)
    window.move(*window.middle("exposure", end))
    window.x("mouseup", 1, "keyup", key)


@gesture("Parameters", "Drag")
def drag_a_slider(window, _):
    window.drag("exposure", 0.1, 0.75)
    window.settle(lambda shown: shown["exposure"] > 0.45)  # the last step
    window.develops(exposure=window.shown["exposure"])
    window.key("BackSpace")
    window.develops(exposure=0)
    drag_with(window, "ctrl", 0.5, 0.75)
    window.settle(lambda shown: 0.03 < shown["exposure"] < 0.07)
    drag_with(window, "shift", 0.1, 0.7)
    window.settle(lambda shown: shown["exposure"] in (0.3, 0.4, 0.5))
    window.key("BackSpace")
    window.develops(exposure=0)


@gesture("Parameters", "Double-click")
def double_click_a_slider(window, _):
    window.key("shift+Right")
    window.develops(exposure=0.1)
    window.click("exposure", 0.8, repeat=2)
    window.develops(exposure=0)


@gesture("Parameters", "Wheel")
def wheel_on_a_slider(window, _):
    window.click("exposure", button=4)
    window.develops(exposure=0.01)
    window.click("exposure", button=5, repeat=2)
    window.develops(exposure=-0.01)
    for key, wanted in ("ctrl", 0.001), ("shift", 0.1):
        window.key("BackSpace")
        window.develops(exposure=0)
        window.x("keydown", key, "click", 4, "keyup", key)
        window.develops(exposure=wanted)
    window.key("BackSpace")
    window.develops(exposure=0)


@gesture("Parameters", "Drop")
def drop_a_table(window, _):
    window.over_picture()
    drop(window, window.folder / "my.cube")
    window.settle(table=str(window.folder / "my.cube"))
    window.key("shift+BackSpace")
    window.settle(table="")


# Curves.

FLAT = (0, 0), (0.5, 0.5), (1, 1)


@gesture("Curves", "Drag")
def drag_a_point_of_a_curve(window, _):
    drag_point(window, (0.5, 0.5), (0.5, 0.8))
    wait_for_points(window, (0, 0), (0.5, 0.8), (1, 1), near=0.02)
    developed = colors_of(window.picture())
    assert abs(developed[1, 0, 0] - 0.8 * 255) < 8  # the gray patch
    drag_point(window, (0.5, 0.8), (0.5, -0.3))
    wait_for_points(window, (0, 0), (1, 1))
    window.key("BackSpace")
    wait_for_points(window, *FLAT)


@gesture("Curves", "Click")
def click_beside_the_points(window, _):
    window.move(*at(window, 0.25, 0.75))
    window.x("click", 1)
    wait_for_points(window, (0, 0), (0.25, 0.75), (0.5, 0.5), (1, 1), near=0.02)
    window.x("click", 3)
    wait_for_points(window, *FLAT)


@gesture("Curves", "Wheel")
def wheel_on_a_point(window, _):
    window.move(*at(window, 0.5, 0.5))
    window.x("click", 1, "click", "--repeat", 3, "--delay", 20, 4)  # the list may scroll else
    wait_for_points(window, (0, 0), (0.5, 0.53), (1, 1), near=0.015)
    window.key("Escape", "BackSpace")
    wait_for_points(window, *FLAT)


@gesture("Curves", "Double-click")
def double_click_a_curve(window, _):
    window.key("space", "space", "Up", "Escape")
    wait_for_points(window, (0, 0), (0.5, 0.51), (1, 1))
    window.move(*at(window, 0.8, 0.2))  # far from where others click
    window.double_click()
    wait_for_points(window, *FLAT)


@gesture("Curves", "Space")
def select_a_point(window, _):
    window.key("space", "space", "space", "Down")  # the third one
    wait_for_points(window, (0, 0), (0.5, 0.5), (1, 0.99))
    window.key("space", "shift+Right")  # none: the arrows are not the curve's
    window.key("BackSpace")
    wait_for_points(window, *FLAT)


@gesture("Curves", "←  →  ↑  ↓")
def move_the_point(window, _):
    window.key("space", "space", "Up", "shift+Right", "Left", "shift+Down")
    wait_for_points(window, (0, 0), (0.59, 0.41), (1, 1))
    window.key("Escape", "BackSpace")
    wait_for_points(window, *FLAT)


@gesture("Curves", "Insert  Delete")
def add_and_remove_a_point(window, _):
    window.key("space", "Insert")
    wait_for_points(window, (0, 0), (0.25, 0.25), (0.5, 0.5), (1, 1))
    window.key("Delete", "Escape")
    wait_for_points(window, *FLAT)
