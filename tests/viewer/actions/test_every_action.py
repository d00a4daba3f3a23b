"""Each row of the table of actions, by what is seen of it, at two sizes and two scales.

The checks are in *_checks.py. A row without one fails test_every_row_has_a_check.
"""

import json
import subprocess

import numpy as np
import param_checks
import pytest
import view_checks
import work_checks
from checks import ACTIONS, GESTURES
from PIL import Image
from test_viewer import colors_of, formula, write

from conftest import NAMES, Viewer, start_display, start_manager
from icc_profiles import adobe

GROUPS = param_checks, view_checks, work_checks  # they fill ACTIONS and GESTURES
SCREEN = (1500, 960)
SMALL, LARGE = ((800, 600), "1"), ((1440, 900), "2")  # points, and the scale
SIZES = {"small": SMALL, "large": LARGE, "bound small": SMALL, "bound large": LARGE}
KEYLESS = ["add", "set"]  # the actions without a key, which keys.conf alone brings about
BUTTONS = {
    "MBTN_LEFT": 1,
    "MBTN_RIGHT": 3,
    "WHEEL_UP": 4,
    "WHEEL_DOWN": 5,
    "MBTN_BACK": 8,
    "MBTN_FORWARD": 9,
}
# Of keyboards with other layouts than the display's; test_window has those.
FOREIGN = {"Shift+ß", "Shift+'", "Shift+,", "Shift++"}
# What a click on a part of the window does, as a key does it. test_opening has button:Open.
CLICKED = {
    "button:Previous": "previous",
    "button:Next": "next",
    "button:Fit": "fit",
    "button:100%": "actual-size",
    "button:Before": "before",
    "button:Save": "save",
    "button:Copy": "copy",
    "button:Help": "help",
    "button:Reset": "reset-all",
    "group:Light": "fold",
    "looks": "looks",
    "presets": "presets",
    "modes": "modes",
}
ROWS = """\
@pipeline
def develop(
    exposure: Slider(-1, 1, unit="EV", group="Light") = 0.0,
    negative: Toggle(group="Light") = False,
    style: Choice("plain", "warm", group="More") = "plain",
    tint: Color(group="More") = "#ffffff",
    table: File("*.cube", group="More") = "",
):
    return [tone(lambda x: x * 2**exposure), tone(lambda x: 1 - x) if negative else None]


presets = {"Dark": {"exposure": -0.5}}
"""
CURVE = """\
@pipeline
def develop(tones: Curve() = ((0, 0), (0.5, 0.5), (1, 1)), level: Slider(0, 1) = 0.0):
    return curve(*tones)
"""
COLORS = np.array([[[30, 60, 90], [200, 120, 40]], [[128, 128, 128], [10, 240, 160]]], np.uint8)


class Window(Viewer):
    """The window of these tests: with two pictures of four patches, and its zoom known."""

    def start(self, folder, size):
        self.folder, self.colors, self.screen = folder, COLORS, SCREEN
        self.settle()
        self.resize(*size)
        self.wait(lambda v: "modes" in v.places and sum(v.places["modes"][::2]) == size[0])
        self.key("1")
        self.settle(zoom=1)
        self.key("0")
        self.settle(lambda shown: shown["zoom"] < 1)
        self.fitted = self.shown["zoom"]

    def settle(self, check=lambda shown: True, **wanted):
        """As Viewer's, and content with what is there already."""
        self.drain()
        if not self.shown or not self.has(check, wanted):
            super().settle(check, **wanted)
        return self

    def shows(self, colors, /, **wanted):
        self.settle(**wanted)
        self.until(lambda: np.array_equal(colors_of(self.picture()), colors))

    def develops(self, exposure=None, negative="off", **wanted):
        """The picture on the screen is developed so."""
        if exposure is None:
            exposure = self.shown["exposure"]
        colors = formula(COLORS, exposure)
        if negative == "on":
            colors = 255 - colors
        self.shows(colors, exposure=exposure, negative=negative, **wanted)

    def patch(self, row, column):
        """The middle of one of the four."""
        shown = self.picture()
        height, width = shown.shape[0] // 2, shown.shape[1] // 2
        y, x = row * height + height // 2, column * width + width // 2
        return shown[y - 10 : y + 10, x - 10 : x + 10]

    def shows_at(self, x, y, color):
        """This colour comes to a point of the window."""
        self.until(lambda: np.array_equal(self.grab()[y, x], color))

    def over_picture(self, across=0.5, down=0.5):
        x, y, width, height = self.places["room"]
        self.move(x + width * across, y + height * down)

    def type(self, text):
        self.x("type", "--delay", 1, "--", text)


class Press:
    """Makes a stroke of keys.conf: press(), press("shift"), press.down(), press.up()."""

    def __init__(self, window, stroke, argument):
        self.window, self.argument = window, argument
        *modifiers, key = ["+"] if stroke == "+" else stroke.replace("++", "+plus").split("+")
        self.modifiers = [name.lower().replace("meta", "super") for name in modifiers]
        self.at = (0.4, 0.45) if key.startswith("WHEEL") else (0.5, 0.5)
        self.clicks = 2 if key == "MBTN_LEFT_DBL" else 1
        self.button = BUTTONS.get(key.removesuffix("_DBL"))
        self.key = NAMES.get(key, key)

    def __call__(self, *more):
        modifiers = [*self.modifiers, *more]
        if not self.button:
            self.window.stroke("+".join([*modifiers, self.key]))
            return
        self.window.over_picture(*self.at)
        down = [word for name in modifiers for word in ("keydown", name)]
        up = [word for name in modifiers for word in ("keyup", name)]
        click = ["click", "--repeat", self.clicks, "--delay", 0, self.button]
        with self.window.at_once():
            self.window.x(*down, *click, *up)

    def down(self):
        for name in [*self.modifiers, self.key]:
            self.window.x("keydown", name)

    def up(self):
        for name in [self.key, *self.modifiers]:
            self.window.x("keyup", name)


@pytest.fixture(scope="module")
def screen(tmp_path_factory):
    """A display with a window manager that takes no key, no click and no room for itself."""
    server, name = start_display("{}x{}".format(*SCREEN))
    settings = tmp_path_factory.mktemp("openbox") / "rc.xml"
    bare = "<application class='*'><decor>no</decor></application>"
    settings.write_text(
        "<openbox_config xmlns='http://openbox.org/3.4/rc'><keyboard/><mouse/>"
        f"<applications>{bare}</applications></openbox_config>"
    )
    manager = start_manager(name, "--config-file", settings)
    yield name
    for process in manager, server:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def table(lutist_path):
    """The rows as `lutist keys` has them."""
    words = [str(lutist_path), "keys", "--default", "--json"]
    return json.loads(subprocess.run(words, capture_output=True, check=True).stdout)


def bindings(table):
    """keys.conf: every action on a key that has none, and no other; (text, name -> keys)."""
    free = [f"Meta+{key}" for key in [*LETTERS, *"1234567890"]]
    free += [f"Meta+Shift+{letter}" for letter in LETTERS]
    free += [f"Meta+F{number}" for number in range(1, 11)]
    arguments = {"add": "exposure 0.25", "set": "exposure 0.75", "keep": "3", "show": "3"}
    arguments |= {"mode": "ctypes", "pan": "left", "split-line": "on", "panel-width": "wider"}
    text, keys = "", {}
    for row in table:
        if row["action"]:
            key, argument = free.pop(0), arguments.get(row["action"], "")
            text += f"{key} {row['action']} {argument}\n"
            keys[row["action"]] = [(key, argument)]
    return text, keys


LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Windows:
    """One window at a time, which stays from test to test until another is wanted."""

    def __init__(self, program, display, table, folders):
        self.program, self.display, self.folders = program, display, folders
        self.text, self.bound = bindings(table)
        self.kind, self.window = None, None

    def find(self, *kind):
        """find("small", ROWS)"""
        if self.kind != kind or self.window.process.poll() is not None:
            self.close()
            self.kind, self.window = kind, self.make(*kind)
        return self.window

    def close(self):
        if self.kind:
            self.window.close()
        self.kind = None

    def make(self, name, look):
        size, scale = SIZES[name]
        folder = self.folders.mktemp("window")
        flat = COLORS.repeat(600, 0).repeat(1200, 1)
        for file, profile in ("a", None), ("b", adobe()), ("c", None), ("d", None):
            path = folder / f"{file}.png"
            Image.fromarray(flat).save(path, icc_profile=profile, compress_level=1)
        write(folder / "rows.py", look)
        write(folder / "other.py", ROWS)
        (folder / "my.cube").write_text("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n")
        (folder / "config/lutist").mkdir(parents=True)
        (folder / "config/lutist/keys.conf").write_text(self.text if "bound" in name else "")
        words = ["a.png", "b.png", "c.png", "-s", "rows.py", "--display-profile", "srgb"]
        env = {
            "LUTIST_SCALE": scale,
            "XDG_DATA_HOME": str(folder / "data"),
        }
        window = Window(self.program, self.display, *words, cwd=folder, env=env)
        window.start(folder, size)
        return window


@pytest.fixture(scope="module")
def windows(lutist_path, screen, table, tmp_path_factory):
    kept = Windows(lutist_path, screen, table, tmp_path_factory)
    yield kept
    kept.close()


def test_every_row_has_a_check(table):
    """The rows of the program's table, which is the help's and the docs', and those here."""
    assert {row["action"] for row in table if row["action"]} == set(ACTIONS)
    assert [row["action"] for row in table if row["action"] and not row["keys"]] == KEYLESS
    shown = {f"{row['group']}: {row['shown']}" for row in table if not row["action"]}
    assert shown == set(GESTURES)


@pytest.mark.parametrize("what", [*ACTIONS, *GESTURES])
@pytest.mark.parametrize("name", ["small", "large"])
def test_a_row(windows, table, name, what):
    look = CURVE if what.startswith("Curves: ") else ROWS
    if what in GESTURES:
        check(windows, name, look, GESTURES[what])
        return
    (row,) = (row for row in table if row["action"] == what)
    for key in row["keys"]:
        if key["key"] not in FOREIGN:
            check(windows, name, look, ACTIONS[what], key["key"], key["argument"])


class Button(Press):
    """Clicks on a place of the window instead."""

    def __init__(self, window, place):
        self.window, self.place, self.argument = window, place, None
        self.key, self.button = "", None

    def __call__(self):
        self.window.drain()
        self.window.click(self.place)


def test_every_button_has_a_check(windows):
    window = windows.find("small", ROWS)
    shown = {line.split(" ")[1] for line in window.frame() if line.startswith("at button:")}
    assert shown - {"button:Open"} == {place for place in CLICKED if place.startswith("button:")}


@pytest.mark.parametrize("place", CLICKED)
@pytest.mark.parametrize("name", ["small", "large"])
def test_a_click_does_what_the_key_does(windows, name, place):
    window = windows.find(name, ROWS)
    watch_over(windows, f"a click on {place}", ACTIONS[CLICKED[place]], Button(window, place))


@pytest.mark.parametrize(
    ("name", "what"),
    [("bound small", what) for what in ACTIONS] + [("bound large", what) for what in KEYLESS],
)
def test_an_action_has_a_key_of_one_s_own(windows, name, what):
    for key, argument in windows.bound[what]:
        check(windows, name, ROWS, ACTIONS[what], key, argument)


def check(windows, name, look, run, key="", argument=None):
    window = windows.find(name, look)
    watch_over(windows, repr(key), run, Press(window, key, argument))


def watch_over(windows, by, run, press):
    """A window in which a check has failed is not used again."""
    window = windows.window
    try:
        run(window, press)
    except BaseException:
        print(f"by {by}")
        window.x("keyup", "alt", "keyup", "b", "keyup", "backslash")
        windows.close()
        raise
