"""A window on a display of its own, driven by mouse and keyboard."""

import contextlib
import functools
import os
import queue
import re
import signal
import subprocess
import threading
import time

import numpy as np
import pytest
from PIL import Image, ImageGrab

from waiting import PATIENCE, until

# keys.conf's names of keys as xdotool has them.
NAMES = dict(
    word.split("=", 1)
    for word in """
    ESC=Escape ENTER=Return KP_ENTER=KP_Enter SPACE=space BS=BackSpace DEL=Delete INS=Insert
    HOME=Home END=End PGUP=Page_Up PGDWN=Page_Down UP=Up DOWN=Down LEFT=Left RIGHT=Right TAB=Tab
    MENU=Menu ALT=alt KP_ADD=KP_Add KP_SUBTRACT=KP_Subtract KP0=KP_0 KP1=KP_1 +=plus -=minus
    ?=question \\=backslash [=bracketleft ]=bracketright ,=comma .=period '=apostrophe
    """.split()
) | {"=": "equal"}


def start_display(size="1280x900", options=("-r",)):
    """Start Xvfb on a free number: (process, ":number"). The server is not reset when its
    last client ends, and does not repeat keys (-r), which a slow machine may hold for long."""
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            "1",
            "-screen",
            "0",
            f"{size}x24",
            "-nolisten",
            "tcp",
            "-noreset",
            *options,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    return server, ":" + server.stdout.readline().strip()


def start_manager(display, *options):
    """Start openbox as the display's window manager."""
    env = {**os.environ, "DISPLAY": display}
    manager = subprocess.Popen(["openbox", *options], env=env, stderr=subprocess.DEVNULL)
    ask = ["xdotool", "get_num_desktops"]
    until(lambda: subprocess.run(ask, env=env, capture_output=True).returncode == 0)
    return manager


class InVain(AssertionError):
    """What was waited for has not come in time."""


class Viewer:
    """lutist in a window. Its trace (LUTIST_VIEWER_TRACE) says what is on screen, and where."""

    def __init__(self, program, display, *args, cwd, env=None):
        self.display = display
        self.env = {
            **os.environ,
            "LUTIST_VIEWER_TRACE": "1",
            "DISPLAY": display,
            "XDG_CONFIG_HOME": str(cwd / "config"),  # not the keys of who runs the tests
            "XDG_STATE_HOME": str(
                cwd.with_name(f"{cwd.name}.state")
            ),  # nor the place of their window
            **(env or {}),
        }
        self.process = subprocess.Popen(
            [str(program), *map(str, args)],
            cwd=cwd,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",  # a file's name may be no UTF-8
        )
        self.lines = queue.Queue()
        self.log = []  # every line so far
        self.places = {}  # widget -> (x, y, width, height) in the window
        self.shown = {}  # the last picture: {"zoom": …, "exposure": …}
        self.mouse = (0, 0)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stderr:
            self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def _take(self, line):
        self.log.append(line)
        if match := re.match(r"at (.+) (-?\d+) (-?\d+) (-?\d+) (-?\d+)$", line):
            self.places[match[1]] = tuple(map(int, match.groups()[1:]))
        elif line.startswith("presented "):
            self.shown = dict(re.findall(r"(\S+?)=(\S*)", line))
            self.shown = {k: _number(v) for k, v in self.shown.items()}

    def wait(self, what, timeout=PATIENCE):
        """Read the trace until `what` (a regex, or a function of this) is met by a new line."""
        end = time.monotonic() + timeout
        while True:
            try:
                line = self.lines.get(timeout=max(end - time.monotonic(), 0.001))
            except queue.Empty:
                tail = "\n".join(self.log[-12:])
                raise InVain(f"waited in vain; the trace ends:\n{tail}") from None
            assert line is not None, self._ended()
            self._take(line)
            if what(self) if callable(what) else re.search(what, line):
                return line

    def _ended(self):
        code = self.process.wait(PATIENCE)
        return "\n".join([f"the viewer has ended, with code {code}:", *self.log[-12:]])

    def settle(self, check=lambda shown: True, **wanted):
        """Wait until the exact picture of the newest values is on screen, with `wanted`."""

        def is_there(viewer):
            return viewer.log[-1].startswith("presented ") and viewer.has(check, wanted)

        self.wait(is_there)
        return self

    def has(self, check, wanted):
        """Is the picture on the screen exact, of the newest values, and with `wanted`?"""
        shown = self.shown
        return (
            shown["loaded"] == 1
            and shown["exact"] == 1
            and (shown["settled"] == 1 or shown["original"] == 1)
            and check(shown)
            and all(shown.get(k) == pytest.approx(v) for k, v in wanted.items())
        )

    def drain(self):
        """Read the lines that have come."""
        while not self.lines.empty():
            line = self.lines.get()
            if line is not None:
                self._take(line)

    def frame(self):
        """The trace of the newest frame that differs from the one before it. Of one that comes
        just now a part may be there, so it ends with the line that ends each."""
        self.drain()
        end = max(i for i, line in enumerate(self.log) if line == "drawn")
        start = max(i for i, line in enumerate(self.log[:end]) if line.startswith("at room "))
        return self.log[start:end]

    def x(self, *args):
        subprocess.run(["xdotool", *map(str, args)], env=self.env, check=True, timeout=PATIENCE)

    def key(self, *names):
        self.x("key", *names)

    @contextlib.contextmanager
    def at_once(self):
        """What the hand does meanwhile comes to the window in one moment, on any machine: a
        key that comes up again has not been held, and two clicks are a double click."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def stroke(self, *names):
        """Of a key that does something else while it is held."""
        with self.at_once():
            self.key(*names)

    def ask(self, *args):
        done = subprocess.run(
            ["xdotool", *map(str, args)],
            env=self.env,
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        )
        return done.stdout.strip()

    @functools.cached_property
    def window(self):
        return self.ask("search", "--onlyvisible", "--pid", self.process.pid).split()[0]

    def origin(self):
        """The window's corner on the screen, and its size."""
        lines = self.ask("getwindowgeometry", "--shell", self.window).splitlines()
        values = dict(line.split("=") for line in lines)
        return tuple(int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))

    def title(self):
        return self.ask("getwindowname", self.window)

    def resize(self, width, height):
        self.x("windowsize", self.window, width, height)

    def move(self, x, y):
        """Move the mouse to a point of the window."""
        left, top, *_ = self.origin()
        self.x("mousemove", left + round(x), top + round(y))

    def middle(self, name, across=0.5):
        x, y, width, height = self.places[name]
        return x + width * across, y + height / 2

    def click(self, name, across=0.5, button=1, repeat=1):
        self.move(*self.middle(name, across))
        with self.at_once():
            self.x("click", "--repeat", repeat, "--delay", 0, button)

    def double_click(self):
        """Where the mouse is."""
        with self.at_once():
            self.x("click", "--repeat", 2, "--delay", 0, 1)

    def drag(self, name, start, end):
        """Drag a slider from one part of its width to another."""
        self.move(*self.middle(name, start))
        self.x("mousedown", 1)
        for step in range(1, 6):
            self.move(*self.middle(name, start + (end - start) * step / 5))
        self.x("mouseup", 1)

    def grab(self):
        """The window's pixels: (height, width, 3)."""
        left, top, width, height = self.origin()
        screen = np.asarray(ImageGrab.grab(xdisplay=self.display).convert("RGB"))
        return screen[top : top + height, left : left + width]

    def region(self, name, screen=None):
        x, y, width, height = self.places[name]
        return (self.grab() if screen is None else screen)[y : y + height, x : x + width]

    def picture(self):
        """The pixels of the picture, whose place the trace gives."""
        x, y, width, height = (round(float(v)) for v in str(self.shown["place"]).split(","))
        return self.grab()[y : y + height, x : x + width]

    def until(self, check, timeout=PATIENCE):
        """Poll the screen until `check()` holds."""
        until(check, "the screen never came to show it", timeout)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def _number(text):
    try:
        return float(text)
    except ValueError:
        return text


@pytest.fixture(scope="session")
def display():
    server, name = start_display()
    yield name
    server.terminate()
    server.wait()


@pytest.fixture
def view(lutist_path, display, tmp_path):
    """Open a window: view("photo.png", "-s", "x.py"). It has settled when this returns."""
    opened = []

    def start(*args, env=None, settle=True):
        viewer = Viewer(lutist_path, display, *args, cwd=tmp_path, env=env)
        opened.append(viewer)
        viewer.x("mousemove", 0, 0)  # beside the window, where a test may have left it: no notes
        if settle:
            viewer.settle()
        return viewer

    yield start
    for viewer in opened:
        viewer.close()


@pytest.fixture
def patches(tmp_path):
    """Write a picture of four flat patches, far larger than a pixel; returns their colours."""
    colors = np.array([[[30, 60, 90], [200, 120, 40]], [[128, 128, 128], [10, 240, 160]]], np.uint8)

    def make(name="photo.png", size=400, depth=8):
        pixels = colors.repeat(size // 2, 0).repeat(size, 1)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(path)
        return colors

    return make
