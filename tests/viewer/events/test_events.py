"""Random events: the window outlives them and answers afterwards.

LUTIST_EVENTS=20000 LUTIST_SEEDS=3 makes it long; LUTIST_SEED is the first seed.
"""

import os
import re
from pathlib import Path

import pytest
from random_events import OPTIONS, QUIT, Hand, fill, tidy, write_picture

from waiting import PATIENCE

EVENTS = int(os.environ.get("LUTIST_EVENTS", "250"))
FIRST = int(os.environ.get("LUTIST_SEED", "1"))
SEEDS = range(FIRST, FIRST + int(os.environ.get("LUTIST_SEEDS", "1")))
AT_ONCE = 60
FAULTS = ("AddressSanitizer", "runtime error:", "ThreadSanitizer", "Fatal Python error")


def faults(viewer):
    return [line for line in viewer.log if any(fault in line for fault in FAULTS)]


def seconds_of_ui(viewer):
    """Processor time of the thread that must never be busy for long."""
    fields = Path(f"/proc/{viewer.process.pid}/schedstat").read_text().split()
    return int(fields[0]) / 1e9


@pytest.fixture
def confined(view, tmp_path, lutist_path):
    """As view, and the window can reach the test's folder only: the scripts and pictures of
    the machine are not for a hand that runs and writes what it finds."""
    library = lutist_path.resolve().parent.parent / "tests" / "confine.so"
    options = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
    env = {
        "LD_PRELOAD": str(library),
        "LUTIST_CONFINED": str(tmp_path.resolve()),
        "ASAN_OPTIONS": options,  # AddressSanitizer wants to be the first library
        "HOME": str(tmp_path),
        # Of OpenCL: LLVM leaves a stack for signals behind, which AddressSanitizer takes for
        # its own.
        "OCL_ICD_VENDORS": "/dev/null/none",
    }
    for kind in "config", "data", "state", "cache":
        env[f"XDG_{kind.upper()}_HOME"] = str(tmp_path / kind)

    def start(*words, scale="1"):
        viewer = view(*words, env={**env, "LUTIST_SCALE": scale})
        del viewer.env["LD_PRELOAD"]  # not into xdotool
        return viewer

    return start


def test_lists_lead_nowhere_else(confined, tmp_path):
    fill(tmp_path)
    viewer = confined("shots", "-s", "film.py")
    viewer.key("ctrl+o")
    viewer.wait("^at file:a.png ")
    viewer.key("BackSpace")
    viewer.wait("^at file:shots ")
    viewer.key("BackSpace")
    viewer.wait(f"^hidden {re.escape(str(tmp_path.parent))}$")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_window_outlives_random_events(confined, tmp_path, seed):
    fill(tmp_path)
    options, scale = OPTIONS[(seed - 1) % len(OPTIONS)]
    viewer = confined(*options, "-s", "film.py", scale=scale)
    hand = Hand(seed, viewer, tmp_path)
    longest = 0
    try:
        while hand.events < EVENTS:
            viewer.origin_known = viewer.origin()
            before, wanted = seconds_of_ui(viewer), hand.events + AT_ONCE
            while hand.events < wanted:
                hand.act()
            hand.send()
            hand.await_answer()
            longest = max(longest, seconds_of_ui(viewer) - before)
            assert not faults(viewer)
            tidy(tmp_path)
        viewer.key(QUIT, QUIT)  # the second one if a picture is being saved
        assert viewer.process.wait(PATIENCE) == 0
        viewer.drain()
        assert not faults(viewer)
        write_picture(tmp_path / "shots/a.png", seed)
        viewer = confined("shots/a.png", scale=scale)  # with all that has been remembered
        viewer.key(QUIT)
        assert viewer.process.wait(PATIENCE) == 0
    except BaseException:
        viewer.drain()
        print(f"seed {seed}, event {hand.events}, the last ones:", *hand.done[-60:], sep="\n")
        print(*viewer.log[-60:], sep="\n")
        raise
    print(f"seed {seed}: {AT_ONCE} events took {longest:.2f} s of the UI thread at most")
