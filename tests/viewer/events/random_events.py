"""Random input for the window: keys, text, clicks, drags, wheels, drops, sizes, files on disk."""

import contextlib
import itertools
import json
import os
import random
import subprocess

import numpy as np
from PIL import Image

from conftest import NAMES, InVain
from dropping import drop
from waiting import PATIENCE, passed

MODIFIERS = ["", "", "", "", "", "shift+", "ctrl+", "alt+", "ctrl+shift+", "super+"]
WORDS = ["0.5", "-1", "1/3", "0,5", "99999", "nan", "#ff8000", "0,0 1,1", "film", "../x.jpg", "q"]
# Keys that no random event presses: one that quits, and some that answer, each in its own words.
QUIT = "ctrl+super+q"
MARKS = "abcdefgh"
AGAIN = 5  # seconds after which a key that got no answer is struck again
# The Open list leads to every folder of the machine, where pictures would be saved and scripts
# run: neither its key nor the mouse opens it.
LEADS_OUT = ("button:Open", "choice:Open a file …")
STAYS_OPEN = "Ctrl+o ignore\nq ignore\nCtrl+q ignore\nCtrl+w ignore\nCtrl+Meta+q quit\n" + "".join(
    f"Ctrl+Meta+{mark} set mark-{mark} 0\n" for mark in MARKS
)
KEYS = ["", "x add exposure 0.1\n", "x nonsense\nzz quit\n", "WHEEL_UP set style warm\n"]
LOOK = """\
from lutist import Choice, Color, Curve, File, Slider, Toggle, curve, matrix, pipeline, tone


@pipeline
def develop(
    exposure: Slider(-2, 2, unit="EV", group="Light") = 0.0,
    gamma: Slider(0.1, 4, group="Light") = 1.0,
    style: Choice("plain", "warm", "cold", group="Colour") = "plain",
    tint: Color(group="Colour") = "#ffffff",
    tones: Curve() = ((0, 0), (1, 1)),
    mono: Toggle() = False,
    table: File("*.cube") = "",
):
    red, green, blue = tint
    return [
        tone(lambda x: (x * 2**exposure) ** (1 / gamma)),
        curve(*tones),
        matrix(((red, 0, 0), (0, green, 0), (0, 0, blue))),
    ]


presets = {"Dark": {"exposure": -1}, "Warm": {"style": "warm", "tint": "#ffe0c0"}}
"""
LOOKS = [
    *(LOOK, LOOK, LOOK),
    LOOK.replace("Slider(-2, 2,", "Slider(-1, 1,"),
    LOOK.replace("gamma: ", "contrast: ").replace("/ gamma", "/ contrast"),
    LOOK.replace("    red, green", "    raise ValueError('no')\n    red, green"),
    LOOK.replace("def develop(", "def develop(]"),
    LOOK.replace("Toggle()", "Nothing()"),
    "raise SystemExit(3)\n",
    "",
]


class Hand:
    """Acts on a window at random; `done` is what it has done, to be read after a failure."""

    def __init__(self, seed, viewer, folder):
        self.random = random.Random(seed)
        self.viewer, self.folder = viewer, folder
        self.done = []
        self.events = 0  # strokes, clicks, moves of the mouse, changed files
        self.pending = []  # lines for one xdotool
        self.marks = itertools.cycle(MARKS)
        table = subprocess.run(
            [viewer.process.args[0], "keys", "--default", "--json"],
            capture_output=True,
            text=True,
            check=True,
        )
        keys = [key["key"] for row in json.loads(table.stdout) for key in row["keys"]]
        self.keys = [name for name in map(_named, keys) if name]
        self.acts = [
            *[self.key] * 60,
            *[self.key_with_modifiers] * 12,
            *[self.click] * 14,
            *[self.drag] * 8,
            *[self.wheel] * 10,
            *[self.type] * 6,
            *[self.hold] * 3,
            self.resize,
            self.change_picture,
            self.change_script,
            self.change_keys,
            self.drop,
        ]

    def act(self):
        """One event, or a few that belong together."""
        act = self.random.choice(self.acts)
        self.events += act.__name__.startswith("change")
        self.done.append(f"{act.__name__} {act()}")

    def x(self, *words):
        self.events += 1
        self.pending.append(" ".join(map(str, words)))

    def send(self):
        """What has been gathered goes to the window."""
        path = self.folder.with_name("events.txt")
        path.write_text("\n".join([*self.pending, ""]))
        self.pending = []
        words = ["xdotool", path]
        subprocess.run(words, env=self.viewer.env, check=True, timeout=5 * PATIENCE)

    def await_answer(self):
        """Until the window has handled all and shows the help, whatever is open. The help may
        have been open before, so the answer to a key of its own comes first."""
        mark = next(self.marks)
        late = passed(5 * PATIENCE)
        while not self._answers(mark):
            assert not late(), f"no answer to mark-{mark}"
        self.viewer.key("Escape")

    def _answers(self, mark):
        """Within AGAIN seconds? Now and then a stroke is lost, so one try is not enough."""
        self.viewer.key(*["Escape"] * 4, f"ctrl+super+{mark}", "F1")
        try:
            self.viewer.wait(f"^notice This look has no parameter 'mark-{mark}'", AGAIN)
            self.viewer.wait("^at help ", AGAIN)
        except InVain:
            return False
        return True

    def key(self):
        key = self.random.choice(self.keys)
        self.x("key --delay 0", *[key] * self.random.choice([1, 1, 1, 2, 5]))
        return key

    def key_with_modifiers(self):
        key = self.random.choice(MODIFIERS) + self.random.choice(self.keys).split("+")[-1]
        self.x("key --delay 0", key)
        return key

    def hold(self):
        key = self.random.choice(["alt", "b", "backslash", "n"])
        self.x("keydown", key)
        self.goto()
        self.x("keyup", key)
        return key

    def type(self):
        word = self.random.choice(WORDS)
        if self.random.random() < 0.7:
            self.x("key --delay 0", self.random.choice(["Return", "ctrl+shift+s", "s"]))
        self.x("type --delay 0 --", f"'{word}'")
        self.x("key --delay 0", self.random.choice(["Return", "Tab", "Escape", "shift+Tab"]))
        return word

    def goto(self):
        """Somewhere; often onto a widget."""
        left, top, width, height = self.viewer.origin_known
        x, y = self.random.uniform(0, width), self.random.uniform(0, height)
        places = [item for item in self.viewer.places.items() if item[0] not in LEADS_OUT]
        name = "anywhere"
        if places and self.random.random() < 0.8:
            name, (px, py, wide, high) = self.random.choice(places)
            x, y = px + wide * self.random.random(), py + high * self.random.random()
        if self._leads_out(x, y):
            x = y = 0
        self.x("mousemove", round(left + x), round(top + y))
        return name

    def _leads_out(self, x, y):
        places = [self.viewer.places.get(name, (0, 0, 0, 0)) for name in LEADS_OUT]
        return any(0 <= x - left <= w and 0 <= y - top <= h for left, top, w, h in places)

    def click(self):
        name = self.goto()
        button = self.random.choice([1, 1, 1, 1, 3, 3, 2, 8, 9])
        self.x("click --delay 0 --repeat", self.random.choice([1, 1, 2, 3]), button)
        return f"{button} on {name}"

    def drag(self):
        modifier = self.random.choice(["", "", "ctrl", "shift", "alt"])
        button = self.random.choice([1, 1, 1, 2, 3])
        start = self.goto()
        if modifier:
            self.x("keydown", modifier)
        self.x("mousedown", button)
        for _ in range(self.random.randrange(1, 5)):
            self.goto()
        self.x("mouseup", button)
        if modifier:
            self.x("keyup", modifier)
        return f"{modifier} {button} from {start}"

    def wheel(self):
        modifier = self.random.choice(["", "", "ctrl", "shift", "alt"])
        name = self.goto()
        if modifier:
            self.x("keydown", modifier)
        button = self.random.choice([4, 4, 5, 5, 6, 7])
        self.x("click --delay 0 --repeat", self.random.randrange(1, 8), button)
        if modifier:
            self.x("keyup", modifier)
        return f"{modifier} {button} on {name}"

    def resize(self):
        sizes = [(480, 320), (800, 600), (1270, 880), (1500, 1100), (2200, 1400), (320, 200)]
        width, height = self.random.choice(sizes)
        self.x("windowsize", self.viewer.window, width, height)
        return f"{width} x {height}"

    def change_picture(self):
        """A picture is written, written in part, taken away or added."""
        path = self.folder / "shots" / self.random.choice(["a.png", "b.png", "new.png", "c.jpg"])
        how = self.random.choice(["write", "write", "cut", "remove"])
        if how == "remove":
            path.unlink(missing_ok=True)
        elif how == "cut" and path.exists():
            path.write_bytes(path.read_bytes()[:200])
        else:
            write_picture(path, self.random.randrange(1000))
        return f"{how} {path.name}"

    def change_script(self):
        look = self.random.randrange(len(LOOKS) + 1)
        path = self.folder / "film.py"
        if look < len(LOOKS):
            path.write_text(LOOKS[look])
        else:
            path.unlink(missing_ok=True)
        return look

    def change_keys(self):
        text = self.random.choice(KEYS)
        path = self.folder / "config/lutist/keys.conf"
        draft = path.with_name("draft")  # a file without its first lines would let q quit
        draft.write_text(STAYS_OPEN + text)
        draft.replace(path)
        return repr(text)

    def drop(self):
        """Files of all kinds, some of which are not there."""
        names = ["shots", "shots/a.png", "film.py", "my.cube", "notes.txt", "nowhere.png"]
        chosen = self.random.sample(names, self.random.choice([1, 1, 2, 3]))
        self.goto()
        self.send()
        self.await_answer()
        drop(self.viewer, *[self.folder / name for name in chosen])
        return chosen


def _named(key):
    """A stroke of keys.conf for xdotool; None: of the mouse, or not on this keyboard."""
    *modifiers, name = ["plus"] if key == "+" else key.replace("++", "+plus").split("+")
    name = NAMES.get(name, name)
    if name.startswith(("MBTN", "WHEEL")) or not name.isascii():
        return None
    return "+".join([*(m.lower() for m in modifiers), name])


def write_picture(path, seed):
    """Small, and of another size and depth now and then."""
    rng = np.random.default_rng(seed)
    size = (rng.integers(1, 400), rng.integers(1, 400))
    if path.suffix == ".png" and seed % 5 == 0:
        pixels = rng.integers(0, 65536, size, np.uint16)
    else:
        pixels = rng.integers(0, 256, (*size, 3), np.uint8)
    draft = path.with_name(f"draft{path.suffix}.part")
    Image.fromarray(pixels).save(draft, format="PNG" if path.suffix == ".png" else "JPEG")
    os.replace(draft, path)


def fill(folder):
    """The files that a Hand works with."""
    (folder / "shots").mkdir()
    for number, name in enumerate(["a.png", "b.png", "c.jpg"]):
        write_picture(folder / "shots" / name, number)
    (folder / "film.py").write_text(LOOK)
    (folder / "my.cube").write_text("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n")
    (folder / "notes.txt").write_text("no image")
    (folder / "config/lutist").mkdir(parents=True)
    (folder / "config/lutist/keys.conf").write_text(STAYS_OPEN)


def tidy(folder):
    """Drop what has been saved, so that the folder does not grow without end."""
    for path in [*folder.glob("shots/*-*"), *folder.glob("**/*.cube"), *folder.glob("*.jpg")]:
        if path.name != "my.cube":
            with contextlib.suppress(OSError):
                path.unlink()
