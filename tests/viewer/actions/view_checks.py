"""Checks of the groups Picture and Compare."""

import numpy as np
from checks import action, gesture
from test_seeing import BLUE, RED, is_all, sees, sees_not
from test_viewer import formula

from waiting import passed, until

# Picture.


@action("zoom-in")
def zoom_in(window, press):
    x, y, width, height = window.places["room"]
    press()
    window.settle(lambda shown: shown["zoom"] > window.fitted * 1.2)
    if press.button:  # what is at the mouse stays, so the middle of the picture goes right
        window.shows_at(x + round(width * 0.51), y + round(height * 0.45), window.colors[0, 0])
    window.key("0")
    window.settle(zoom=window.fitted)


@action("zoom-out")
def zoom_out(window, press):
    window.key("1")
    window.settle(zoom=1)
    press()
    window.settle(lambda shown: shown["zoom"] < 0.9)
    window.key("0")
    window.settle(zoom=window.fitted)


@gesture("Picture", "Drag")
def drag_the_picture(window, _):
    window.key("1")
    window.settle(zoom=1)
    for times, button in (1, 1), (2, 2):
        window.over_picture()
        x, y = (round(v) for v in window.middle("room"))
        window.x("mousedown", button)
        window.move(x - 60, y - 40)
        window.x("mouseup", button)
        window.shows_at(x - 60 * times + 20, y - 40 * times + 15, window.colors[1, 1])
    window.key("0")
    window.settle(zoom=window.fitted)
    window.develops(exposure=0)


@action("pan")
def pan(window, press):
    press()
    sees(window, "message All of the picture is seen")
    window.key("1")
    window.settle(zoom=1)
    across, down = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}[press.argument]
    x, y, width, height = window.places["room"]
    middle = x + width // 2, y + height // 2
    press()  # where the patches met there is one of them now
    side = middle[0] - 20 * across, middle[1] - 20 * down
    off = (12, 0) if down else (0, 12)
    column = 1 if across > 0 or (down and off[0] > 0) else 0
    row = 1 if down > 0 or (across and off[1] > 0) else 0
    window.shows_at(side[0] + off[0], side[1] + off[1], window.colors[row, column])
    window.key("0")
    window.settle(zoom=window.fitted)


@action("fit")
def fit(window, press):
    window.key("1")
    window.settle(zoom=1)
    press()
    window.settle(zoom=window.fitted)
    sees(window, f"status {round(window.fitted * 100)}%")


@action("actual-size")
def actual_size(window, press):
    press()
    window.settle(zoom=1)
    sees(window, "status 100%")
    window.key("0")
    window.settle(zoom=window.fitted)


@action("toggle-zoom")
def toggle_zoom(window, press):
    window.over_picture(0.25, 0.45)
    press()
    window.settle(zoom=1)
    if not press.button:  # the middle is where the patches meet
        x, y, width, height = window.places["room"]
        window.shows_at(x + round(width * 0.7), y + round(height * 0.45), window.colors[0, 0])
    press()
    window.settle(zoom=window.fitted)


def turns(window, press, quarters, back):
    """Clockwise by quarters; the key `back` undoes it."""
    press()
    window.shows(np.rot90(window.colors, -quarters), turn=quarters)
    window.key(back)
    window.settle(turn=0)
    window.develops(exposure=0)


@action("turn-right")
def turn_right(window, press):
    turns(window, press, 1, "R")


@action("turn-left")
def turn_left(window, press):
    turns(window, press, 3, "r")


@action("loupe")
def loupe(window, press):
    """What lies a little beside the mouse lies farther from it at 100 %."""
    dimmed(window)
    x, y = (round(v) for v in window.middle("room"))
    beside = 12
    window.move(x - beside, y - 3 * beside)
    press.down()
    sees(window, "at loupe ")
    edge, line = x - beside + round(beside / window.fitted), y - 3 * beside
    left, right = formula(window.colors, -0.1)[0]
    window.shows_at(edge - 15, line, left)
    window.shows_at(edge + 15, line, right)
    press.up()
    sees_not(window, "at loupe ")
    undimmed(window)


@action("info")
def info(window, press):
    press()
    sees(window, "histogram square root")
    sees_not(window, "at plot ")
    window.until(lambda: window.region("histogram").max() > 0x90)
    press()
    sees(window, "at plot ")
    window.until(lambda: window.region("plot").max() > 0x90)
    press()
    sees(window, "value 2400\u00a0×\u00a01200, 2.88\u00a0MP")
    press()
    sees_not(window, "at card ")


@action("histogram-scale")
def histogram_scale(window, press):
    press()
    sees(window, "histogram square root")
    press()
    sees(window, "histogram log")
    press()
    sees(window, "histogram square root")
    window.key("i", "i", "i")
    sees_not(window, "at card ")


@gesture("Picture", "Click")
def click_the_histogram(window, _):
    window.key("i")
    sees(window, "histogram square root")
    window.click("histogram")
    sees(window, "histogram log")
    window.click("histogram")
    sees(window, "histogram square root")
    window.key("i", "i", "i")
    sees_not(window, "at card ")


@action("clipping")
def clipping(window, press):
    window.key("Return")
    window.type("1")
    window.key("Return")
    window.develops(exposure=1)
    press()
    window.until(lambda: is_all(window.patch(0, 1), RED))
    window.key("Down", "space", "Up")
    window.until(lambda: is_all(window.patch(0, 1), BLUE))
    press()
    window.develops(exposure=1, negative="on")
    window.key("shift+BackSpace")
    window.develops(exposure=0)


@action("grid")
def grid(window, press):
    press()
    sees(window, "at grid ")
    window.until(lambda: has_thirds(window.picture()))
    press()
    sees_not(window, "at grid ")
    window.develops(exposure=0)


@action("menu")
def menu(window, press):
    window.key("Right")
    window.develops(exposure=0.01)
    press()
    sees(window, "at choice:Undo ")
    window.click("choice:Undo")
    window.develops(exposure=0)
    press()
    window.click("choice:Grid of thirds")
    sees(window, "at grid ")
    press()
    sees(window, "marked Grid of thirds")
    window.key("g", "Return")  # the entry of that letter
    sees_not(window, "at grid ")
    press()
    sees(window, "at choice:Undo ")
    window.key("Escape")
    sees_not(window, "at choice:")
    window.key("ctrl+y", "BackSpace")
    window.develops(exposure=0)


def has_thirds(shown):
    """Lines at a third of the way, and none at a quarter."""
    height, width, _ = shown.shape
    at = [shown[9, width // part - 1 : width // part + 2] for part in (3, 4)]
    at += [shown[height // part - 1 : height // part + 2, 9] for part in (3, 4)]
    return [bool((pixels != shown[9, 9]).any()) for pixels in at] == [True, False] * 2


# Compare.


def dimmed(window):
    window.key("shift+Left")
    window.develops(exposure=-0.1)


def undimmed(window):
    window.develops(exposure=-0.1)
    window.key("BackSpace")
    window.develops(exposure=0)


@action("before")
def before(window, press):
    dimmed(window)
    press()
    window.shows(window.colors, original=1)
    press()
    window.settle(original=0)
    if press.key:  # a button of the window cannot be held
        press.down()
        window.shows(window.colors, original=1)
        until(passed(0.4))  # longer than a stroke
        press.up()
        window.settle(original=0)
    undimmed(window)


@action("hold-before")
def hold_before(window, press):
    dimmed(window)
    press.down()
    window.shows(window.colors, original=1)
    press.up()
    window.settle(original=0)
    undimmed(window)


@action("split")
def split(window, press):
    dimmed(window)
    press()
    sees(window, "at divider ")
    window.until(lambda: is_all(window.patch(0, 0), window.colors[0, 0]))
    assert is_all(window.patch(0, 1), formula(window.colors, -0.1)[0, 1])
    drags_the_divider(window, 1 / 2, 1 / 3, -40, 0)
    press()
    sees_not(window, "at divider ")
    undimmed(window)


def drags_the_divider(window, across, down, right, below):
    """A double click puts it back."""
    x, y, width, height = window.places["divider"]
    start, line = x + width * across, y + height * down
    window.move(start, line)
    window.x("mousedown", 1)
    window.move(start + right / 2, line + below / 2)
    window.move(start + right, line + below)
    window.x("mouseup", 1)
    sees(window, f"at divider {x + right} {y + below} ")
    window.double_click()
    sees(window, f"at divider {x} {y} ")


@action("split-above")
def split_above(window, press):
    dimmed(window)
    press()
    sees(window, "at divider ")
    window.until(lambda: is_all(window.patch(0, 1), window.colors[0, 1]))
    assert is_all(window.patch(1, 0), formula(window.colors, -0.1)[1, 0])
    drags_the_divider(window, 1 / 3, 1 / 2, 0, -40)
    press()
    sees_not(window, "at divider ")
    undimmed(window)


@action("split-line")
def split_line(window, press):
    press()
    sees(window, "message There is no split view")
    window.key("y")
    sees(window, "at divider ")
    x = window.places["divider"][0]
    press()
    window.until(lambda: window.drain() or window.places["divider"][0] != x)
    assert (window.places["divider"][0] > x) == (press.argument == "on")
    window.x("key", "comma" if press.argument == "on" else "period")
    sees(window, f"at divider {x} ")
    window.key("y")
    sees_not(window, "at divider ")


@action("profile")
def profile(window, press):
    window.key("n")
    window.settle(image=1, colors=1)
    assert not is_all(window.patch(0, 1), window.colors[0, 1])
    press()
    window.shows(window.colors, colors=0)
    press()
    window.settle(colors=1)
    window.key("p")
    window.settle(image=0)
