"""Checks of the groups Looks, Modes, Files and Window."""

import shlex
import subprocess

import numpy as np
import pytest
from checks import action, gesture
from PIL import Image
from test_seeing import is_all, sees, sees_not
from test_viewer import colors_of, formula
from view_checks import dimmed, undimmed

from dropping import drop
from waiting import until

# Looks.


@action("presets")
def presets(window, press):
    press()
    sees(window, "at choice:Dark ")
    window.key("Home", "Return")
    window.develops(exposure=-0.5)
    window.key("shift+BackSpace")
    window.develops(exposure=0)


@action("looks")
def looks(window, press):
    press()
    sees(window, "at choice:mono ")
    window.key("Escape")
    sees_not(window, "at choice:")
    press()
    sees(window, "at choice:mono ")
    window.key("Up", "Return")
    titled(window, "rows", there=False)
    window.key("bracketright")
    titled(window, "rows")
    window.develops(exposure=0)


def titled(window, name, there=True):
    window.until(lambda: (f" — {name} — " in window.title()) == there)


@action("look-next")
def look_next(window, press):
    press()
    titled(window, "rows", there=False)
    window.key("bracketleft")
    titled(window, "rows")
    window.develops(exposure=0)


@action("look-previous")
def look_previous(window, press):
    press()
    titled(window, "rows", there=False)
    window.key("bracketright")
    titled(window, "rows")
    window.develops(exposure=0)


def two_steps(window):
    window.key("Right")
    window.develops(exposure=0.01)
    window.key("shift+Right")
    window.develops(exposure=0.11)


@action("undo")
def undo(window, press):
    two_steps(window)
    press()
    window.develops(exposure=0.01)
    press()
    window.develops(exposure=0)


@action("redo")
def redo(window, press):
    two_steps(window)
    window.key("ctrl+z", "ctrl+z")
    window.develops(exposure=0)
    press()
    window.develops(exposure=0.01)
    press()
    window.develops(exposure=0.11)
    window.key("BackSpace")
    window.develops(exposure=0)


def another(press):
    """The number of another snapshot."""
    return int(press.argument) % 4 + 1


@action("keep")
def keep(window, press):
    window.key("Right")
    press()
    window.wait(f"^notice Kept as snapshot {press.argument}")
    window.key("BackSpace", f"ctrl+{another(press)}")
    window.develops(exposure=0)
    window.key(f"alt+{press.argument}")
    window.develops(exposure=0.01)
    window.key("BackSpace")
    window.develops(exposure=0)


@action("show")
def show(window, press):
    window.key("Right", f"ctrl+{press.argument}", "BackSpace", f"ctrl+{another(press)}")
    window.develops(exposure=0)
    press()
    window.develops(exposure=0.01)
    window.key("BackSpace")
    window.develops(exposure=0)


def copied(window, *words):
    """The clipboard comes to have these words; the server has it a moment after the notice."""

    def has_words():
        ask = ["xclip", "-o", "-selection", "clipboard"]
        text = subprocess.run(ask, env=window.env, capture_output=True, text=True).stdout
        return set(words) <= set(shlex.split(text))

    window.wait("^notice Copied: ")
    window.until(has_words)


@action("copy-values")
def copy_values(window, press):
    window.key("Right")
    press()
    copied(window, "-p", "exposure=0.01")
    window.key("BackSpace")
    window.develops(exposure=0)


@action("paste-values")
def paste_values(window, press):
    text = b"-p exposure=0.25"
    give = ["xclip", "-i", "-selection", "clipboard"]
    subprocess.run(give, env=window.env, input=text, check=True, stdout=subprocess.DEVNULL)
    press()
    window.develops(exposure=0.25)
    window.key("BackSpace")
    window.develops(exposure=0)


@action("copy")
def copy(window, press):
    window.key("Right")
    press()
    copied(window, "lutist", "batch", "a.png", "rows.py", "exposure=0.01")
    window.key("BackSpace")
    window.develops(exposure=0)


@action("export")
def export(window, press):
    dimmed(window)
    press()
    window.wait("^notice Exported rows.cube ")
    path = window.folder / "rows.cube"
    white = path.read_text().splitlines()[-1].split()
    assert [float(level) for level in white] == pytest.approx([2**-0.1] * 3, abs=1e-4)
    path.unlink()
    undimmed(window)


@action("reload")
def reload(window, press):
    press()
    window.wait("^loaded ")
    window.develops(exposure=0)


# Modes.


@action("mode-next")
def mode_next(window, press):
    press()
    window.settle(mode="python")
    window.key("F10")
    window.settle(mode="parallel")


@action("modes")
def modes(window, press):
    press()
    sees(window, "at choice:numpy ")
    window.key("Escape")
    sees_not(window, "at choice:")
    press()
    sees(window, "at choice:single ")
    window.click("choice:single")
    window.settle(mode="single")
    window.develops(exposure=0)
    window.key("F10")
    window.settle(mode="parallel")


@action("mode")
def mode(window, press):
    window.key("F9" if press.argument == "parallel" else "F10")
    window.wait("^presented .*mode=" + ("single" if press.argument == "parallel" else "parallel"))
    press()
    window.settle(mode=press.argument)
    window.develops(exposure=0)
    window.key("F10")
    window.settle(mode="parallel")


@action("times")
def times(window, press):
    window.over_picture(0.02, 0.02)
    before = any(line.startswith("status parallel") for line in window.frame())
    for wanted in not before, before:
        press()
        (sees if wanted else sees_not)(window, "status parallel")


@action("whole")
def whole(window, press):
    press()
    window.settle(whole=1, megapixels=2.88)
    window.develops(exposure=0)
    press()
    window.settle(whole=0)


# Files.


def saved(window, name):
    """The whole picture, developed, lies under the name; it goes again."""
    path = window.folder / name
    window.wait(f"^notice Saved {name} ")
    with Image.open(path) as image:
        assert np.array_equal(colors_of(np.asarray(image)), formula(window.colors, -0.1))
        assert image.size == (2400, 1200)
    path.unlink()


@action("save")
def save(window, press):
    dimmed(window)
    press()
    saved(window, "a-rows.png")
    undimmed(window)


@action("save-as")
def save_as(window, press):
    dimmed(window)
    press()
    sees(window, "at save ")
    window.key("ctrl+a")
    window.type("print.png")
    window.key("Return")
    saved(window, "print.png")
    undimmed(window)


@action("open")
def open_others(window, press):
    press()
    sees(window, "at file:d.png ")
    press()
    sees(window, "at open ")
    window.key("Escape")
    sees_not(window, "at open ")
    press()
    sees(window, "at file:d.png ")
    window.key("End", "Return")
    window.until(lambda: window.title().startswith("d.png"))
    sees(window, "status 4 / 4")
    window.over_picture()
    drops_the_usual(window)
    window.settle(image=0)


def drops_the_usual(window):
    drop(window, *[window.folder / f"{name}.png" for name in "abc"])
    window.until(lambda: window.title().startswith("a.png"))


@gesture("Files", "Drop")
def drop_files(window, _):
    window.over_picture()
    drop(window, window.folder / "d.png")
    window.until(lambda: window.title().startswith("d.png"))
    drop(window, window.folder / "other.py")
    titled(window, "other")
    drops_the_usual(window)
    drop(window, window.folder / "rows.py")
    titled(window, "rows")
    window.settle(image=0, exposure=0)


def goes(window, press, image):
    press()
    window.settle(image=image)
    window.until(lambda: window.title().startswith("abc"[image] + ".png"))
    sees(window, f"status {image + 1} / 3")


def goes_back(window):
    window.key("Home")
    window.settle(image=0)


@action("next")
def next_file(window, press):
    goes(window, press, 1)
    goes(window, press, 2)
    goes_back(window)


@action("previous")
def previous_file(window, press):
    window.key("End")
    window.settle(image=2)
    goes(window, press, 1)
    goes(window, press, 0)


@action("first")
def first_file(window, press):
    window.key("End")
    window.settle(image=2)
    goes(window, press, 0)


@action("last")
def last_file(window, press):
    goes(window, press, 2)
    goes_back(window)


# Window.


@action("fullscreen")
def fullscreen(window, press):
    size = window.origin()[2:]
    press()
    window.until(lambda: window.origin() == (0, 0, *window.screen))
    sees_not(window, "at button:Help ")
    window.key("Escape")
    window.until(lambda: window.origin()[2:] == size)
    sees(window, "at button:Help ")
    window.key("1")
    window.settle(zoom=1)
    window.key("0")
    window.settle(zoom=window.fitted)


@action("hide")
def hide(window, press):
    window.over_picture()
    room = next(line for line in window.frame() if line.startswith("at room "))
    press()
    width, height = window.origin()[2:]
    sees(window, f"at room 0 0 {width} {height}")
    sees_not(window, "at button:Help ")
    sees_not(window, "at bar:file ")
    window.move(width - 2, height / 3)
    sees(window, "at button:Help ")
    window.over_picture()
    sees_not(window, "at button:Help ")
    press()
    sees(window, room)
    window.settle(zoom=window.fitted)


@action("panel-side")
def panel_side(window, press):
    press()
    window.until(lambda: window.drain() or window.places["room"][0] > 0)
    assert window.places["exposure"][0] < window.places["room"][0]
    press()
    window.until(lambda: window.drain() or window.places["room"][0] == 0)


@action("panel-width")
def panel_width(window, press):
    def room():
        window.drain()
        return window.places["room"][2]

    usual = room()  # beside a panel of the least width
    window.key("ctrl+bracketright", "ctrl+bracketright")
    window.until(lambda: room() < usual - 20 * float(window.env["LUTIST_SCALE"]))
    wide = room()
    press()
    window.until(lambda: room() != wide)
    assert (room() < wide) == (press.argument == "wider")
    window.key("ctrl+bracketleft", "ctrl+bracketleft", "ctrl+bracketleft")
    window.until(lambda: room() == usual)


def room_height(window):
    """Without the status bar, which is as high as its text wants it."""
    window.drain()
    return window.places["room"][3]


def changes_the_text(window, larger, back, stroke):
    usual = room_height(window)
    stroke()
    window.until(lambda: room_height(window) != usual)
    assert (room_height(window) < usual) == larger
    back()
    window.until(lambda: room_height(window) == usual)


@action("text-larger")
def text_larger(window, press):
    changes_the_text(window, True, lambda: window.key("T"), press)


@action("text-smaller")
def text_smaller(window, press):
    changes_the_text(window, False, lambda: window.key("t"), press)


@gesture("Window", "Ctrl+Wheel")
def wheel_over_the_panel(window, _):
    def roll(button):
        window.move(*window.middle("button:Help"))
        window.x("keydown", "ctrl", "click", button, "keyup", "ctrl")

    changes_the_text(window, True, lambda: roll(5), lambda: roll(4))


@gesture("Window", "Drag")
def drag_the_panel_s_edge(window, _):
    x, y, width, height = window.places["room"]
    edge, line = x + width, y + height / 2
    window.move(edge, line)
    window.x("mousedown", 1)
    window.move(edge - 40, line)
    window.x("mouseup", 1)
    window.until(lambda: window.drain() or window.places["room"][2] < width - 20)
    window.double_click()
    window.until(lambda: window.drain() or window.places["room"][2] == width)
    window.settle(zoom=window.fitted)


@action("surround")
def surround(window, press):
    corner = lambda: window.region("room")[2:6, 2:6]  # noqa: E731
    for gray in 0x76, 0xFF, 0x30:
        press()
        window.until(lambda gray=gray: is_all(corner(), gray))


@gesture("Window", "keys.conf")
def keys_of_one_s_own(window, _):
    path = window.folder / "config/lutist/keys.conf"
    before = path.read_text()
    path.write_text(f"{before}Ctrl+j add exposure 0.5\n")
    window.wait("^keys ")
    window.key("ctrl+j")
    window.develops(exposure=0.5)
    path.write_text(before)
    window.wait("^keys ")
    window.key("BackSpace")
    window.develops(exposure=0)


@action("help")
def help_card(window, press):
    press()
    sees(window, "at help ")
    window.key("Escape")
    sees_not(window, "at help ")


@action("escape")
def escape(window, press):
    window.key("F1")
    sees(window, "at help ")
    press()
    sees_not(window, "at help ")
    size = window.origin()[2:]
    window.key("F11")
    window.until(lambda: window.origin()[2:] == window.screen)
    sees_not(window, "at button:Help ")
    press()
    window.until(lambda: window.origin()[2:] == size)
    sees(window, "at button:Help ")
    window.key("1")
    window.settle(zoom=1)
    window.key("0")
    window.settle(zoom=window.fitted)


@action("quit")
def quit_window(window, press):
    press()
    until(lambda: window.process.poll() is not None, "it never ended")
    assert window.process.returncode == 0
