"""Random input for the window: keys, text, clicks, drags, wheels, drops, sizes, files on disk."""

import contextlib
import itertools
import json
import os
import random
import shutil
import subprocess

import numpy as np
from PIL import Image

from conftest import NAMES, InVain
from dropping import drop
from icc_profiles import adobe
from waiting import PATIENCE, passed, until

MODIFIERS = ["", "", "", "", "", "shift+", "ctrl+", "alt+", "ctrl+shift+", "alt+shift+", "super+"]
WORDS = [
    *("0.5", "-1", "1/3", "0,5", "99999", "nan", "#ff8000", "0,0 1,1", "0,0 0.5,0.9 1,1", "q"),
    *("film", "film.py", "my.cube", "shots", "more/../x.jpg", "~/x.tif", "x.pdf", "9" * 300),
]
# The keys before a word, which open a field for it, and those after it.
FIELDS = ["Return", "ctrl+shift+s", "s", "s End Return", "ctrl+o ctrl+o", "l End Return Return"]
ENDS = ["Return", "Return", "Tab", "Escape", "shift+Tab", "ctrl+a ctrl+c Escape"]
ENDS += ["Return Return", "Home Delete Return", "shift+Home BackSpace Return"]
PASTED = [
    "-p exposure=0.25 -p style=cold",
    "lutist batch a.png -o out -s film.py -p 'tones=0,0 0.5,0.7 1,1'",
    "-p 'exposure=1",
    "-p exposure=warm -p nonsense=1 --mode parallel",
    "",
    "\0\1 \udcff\n",
    "-p exposure=0.5 " * 40000,
]
SIDECARS = [
    '{"lutist": 1, "script": "film", "values": {"exposure": 0.5, "style": "cold"}}',
    '{"lutist": 1, "script": "film", "values": {"exposure": [',
    "{}",
    "no sidecar",
    "",
]
# One for each seed in turn: what the window is opened with, and the scale of its display.
OPTIONS = [
    (["shots"], "1"),
    (["shots", "--sidecar"], "1.5"),
    (["--follow", "shots", "--isolate"], "2"),
    (["shots", "--cache", "4M", "--dither", "--sidecar"], "1.25"),
]
# Keys that no random event presses: one that quits, and some that answer, each in its own words.
QUIT = "ctrl+super+q"
MARKS = "abcdefgh"
AGAIN = 5  # seconds after which a key that got no answer is struck again
STAYS_OPEN = "q ignore\nCtrl+q ignore\nCtrl+w ignore\nCtrl+Meta+q quit\n" + "".join(
    f"Ctrl+Meta+{mark} set mark-{mark} 0\n" for mark in MARKS
)
KEYS = [
    *("", "x add exposure 0.1\n", "x nonsense\nzz quit\n", "WHEEL_UP set style warm\n"),
    "i cycle exposure 0 0.5 1\ng cycle style\no cycle mode\nv reset gamma\n",
]
# The keys that open a list, and those that are struck in one.
LISTS = ["s", "l", "M", "ctrl+o", "shift+F10", "Return", "space", "Down space", "Down Down space"]
IN_LIST = ["Down", "Down", "Up", "Home", "End", "Next", "Return", "Delete", "BackSpace", "f", "Tab"]
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
PICTURES = ["a.png", "b.png", "new.png", "c.jpg", "d.tif", "more/e.jpg"]
DROPPED = [
    *("shots", "shots/a.png", "shots/c.jpg", "film.py", "other.py", "broken.py"),
    *("my.cube", "notes.txt", "nowhere.png", "nowhere.py"),
]
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
            *[self.choose] * 6,
            self.paste,
            self.rest,
            self.come_home,
            self.resize,
            self.hide_window,
            self.change_picture,
            self.change_sidecar,
            self.change_folder,
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
        key = self.random.choice(["alt", "b", "backslash", "n", "ctrl", "shift"])
        self.x("keydown", key)
        self.goto()
        if self.random.random() < 0.3:
            self.x("key --delay 0", self.random.choice(self.keys))
        self.x("keyup", key)
        return key

    def type(self):
        word = self.random.choice(WORDS)
        if self.random.random() < 0.7:
            self.x("key --delay 0", self.random.choice(FIELDS))
        self.x("type --delay 0 --", f"'{word}'")
        self.x("key --delay 0", self.random.choice(ENDS))
        return word

    def paste(self):
        """Something in the clipboard, and the key that takes it."""
        text = self.random.choice(PASTED)
        subprocess.run(
            ["xclip", "-i", "-selection", "clipboard"],
            env=self.viewer.env,
            input=text.encode(errors="surrogateescape"),
            stdout=subprocess.DEVNULL,  # the one that serves the text keeps it open
            check=True,
        )
        self.x("key --delay 0", self.random.choice(["ctrl+v", "Return ctrl+v Return"]))
        return repr(text[:40])

    def choose(self):
        """Something in a list."""
        opener = self.random.choice(LISTS)
        struck = self.random.choices(IN_LIST, k=self.random.randrange(1, 6))
        self.x("key --delay 0", opener, *struck)
        return f"{opener}: {' '.join(struck)}"

    def rest(self):
        """Until there is a note beside the mouse or, with Alt, the loupe has its picture."""
        alt = self.random.random() < 0.5
        if alt:
            self.x("key 0 keydown alt")
        name = self.goto()
        self.send()
        until(passed(0.7))
        if alt:
            self.x("keyup alt")
        return f"{'alt ' * alt}on {name}"

    def come_home(self):
        """To the look with controls of all kinds."""
        (self.folder / "film.py").write_text(LOOK)
        return self._drop(["film.py"])

    def goto(self):
        """Somewhere, also beside the window; often onto a widget."""
        left, top, width, height = self.viewer.origin_known
        x, y = self.random.uniform(-40, width + 40), self.random.uniform(-40, height + 40)
        places = list(self.viewer.places.items())
        name = "anywhere"
        if places and self.random.random() < 0.8:
            name, (px, py, wide, high) = self.random.choice(places)
            x, y = px + wide * self.random.random(), py + high * self.random.random()
        self.x("mousemove", max(round(left + x), 0), max(round(top + y), 0))
        return name

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

    def hide_window(self):
        window = self.viewer.window
        self.x("windowunmap", window)
        self.x("windowmap --sync", window)
        self.x("windowfocus --sync", window)
        return ""

    def change_folder(self):
        """All pictures go, or come back."""
        shots, gone = self.folder / "shots", self.folder / "gone"
        if not gone.exists():
            shots.rename(gone)
        else:
            shutil.rmtree(shots)
            gone.rename(shots)
        (shots / "more").mkdir(parents=True, exist_ok=True)
        return "gone" if gone.exists() else "back"

    def change_sidecar(self):
        path = self.folder / "shots" / self.random.choice(["a.png.lutist", "b.png.lutist"])
        text = self.random.choice(SIDECARS)
        path.write_text(text)
        return f"{path.name} {text[:20]!r}"

    def change_picture(self):
        """A picture is written, written in part, taken away or added."""
        path = self.folder / "shots" / self.random.choice(PICTURES)
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
        return self._drop(self.random.sample(DROPPED, self.random.choice([1, 1, 2, 3])))

    def _drop(self, chosen):
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
    """Small, and of another size, depth, orientation and kind now and then."""
    rng = np.random.default_rng(seed)
    most = 1800 if seed % 6 == 0 else 400
    size = (rng.integers(1, most), rng.integers(1, most))
    deep = path.suffix in (".png", ".tif") and seed % 5 == 0
    channels = [3, 3, 4][seed % 3] if path.suffix == ".png" else 3
    if deep:
        pixels = rng.integers(0, 65536, size, np.uint16)
    else:
        pixels = rng.integers(0, 256, (*size, channels), np.uint8)
    exif = Image.Exif()
    exif[0x0112] = seed % 10  # the orientation, which 0 and 9 are not
    more = {"progressive": seed % 2 == 0} if path.suffix == ".jpg" else {}
    draft = path.with_name(f"draft{path.suffix}.part")
    Image.fromarray(pixels).save(
        draft,
        format={".png": "PNG", ".jpg": "JPEG", ".tif": "TIFF"}[path.suffix],
        exif=exif,
        icc_profile=adobe() if seed % 7 == 0 and not deep else None,
        **more,
    )
    os.replace(draft, path)


def fill(folder):
    """The files that a Hand works with."""
    (folder / "shots/more").mkdir(parents=True)
    for number, name in enumerate(["a.png", "b.png", "c.jpg"]):
        write_picture(folder / "shots" / name, number)
    # So large that a rough picture comes first, or one in bands with a small --cache.
    Image.radial_gradient("L").resize((3600, 2400)).convert("RGB").save(folder / "shots/g.jpg")
    (folder / "film.py").write_text(LOOK)
    (folder / "other.py").write_text(LOOKS[3])
    (folder / "broken.py").write_text(LOOKS[6])
    (folder / "my.cube").write_text("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n")
    (folder / "notes.txt").write_text("no image")
    (folder / "config/lutist").mkdir(parents=True)
    (folder / "config/lutist/keys.conf").write_text(STAYS_OPEN)


def tidy(folder):
    """Drop what has been saved, so that the folder does not grow without end."""
    saved = "shots/*-*", "gone/*-*", "**/*.cube", "x.*", "shots/x.*"
    for path in itertools.chain(*map(folder.glob, saved)):
        if path.name != "my.cube":
            with contextlib.suppress(OSError):
                path.unlink()
