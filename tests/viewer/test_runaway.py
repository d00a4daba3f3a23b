"""Scripts that do not return: the window lives, and Esc stops them."""

import pytest
from test_live import LOOK, goes_on, gray, level, loaded, write  # noqa: F401

from waiting import PATIENCE

BUSY = "^message The script is busy: Esc stops it"

# Each runs for ever where `on` is true.
LOOPS = {
    "pass": "while on: pass",
    "except Exception": "while on:\n        try: 1 / 0\n        except Exception: pass",
    "sleep": "if on: nap(99999)",
    "bare except": "while on:\n        try: nap(99999)\n        except: pass",
    "calls": "while on:\n        try: len(''); abs(1)\n        except: abs(1)",
    "lock": "if on: threading.Event().wait()",
    "finally": "try:\n        while on: pass\n    finally: on = False",
}


def source(loop, call=True):
    body = loop if call else "pass"
    return (
        "import threading\nfrom time import sleep as nap\nfrom lutist import *\n\n\n@pipeline\n"
        "def develop(gain: Slider(0, 2) = 1.0, on: Toggle() = False):\n"
        f"    {body}\n    return tone(lambda x: x * gain)\n"
    )


@pytest.mark.parametrize("loop", LOOPS.values(), ids=LOOPS)
def test_esc_stops_a_call(view, gray, tmp_path, loop):  # noqa: F811
    path = write(tmp_path / "film.py", source(loop))
    viewer = view("photo.png", "-s", path, "-p", "gain=1.2")
    viewer.key("Down", "space")
    viewer.wait(BUSY)
    viewer.key("Escape")
    viewer.wait(r"^error film.py:\d+: the script was stopped after")
    assert level(viewer) == 120
    goes_on(viewer)
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0


@pytest.mark.parametrize("loop", ["pass", "bare except"])
def test_esc_stops_a_reload_and_the_old_look_stays(view, gray, tmp_path, loop):  # noqa: F811
    path = write(tmp_path / "film.py", LOOK.format(gain=1.0))
    viewer = view("photo.png", "-s", path, "-p", "gain=1.2")
    write(path, "from time import sleep as nap\non = True\nif on:\n    " + LOOPS[loop])
    viewer.wait(BUSY)
    viewer.key("plus")  # the window goes on
    viewer.wait(lambda viewer: viewer.shown["zoom"] > 1)
    viewer.key("Escape")
    viewer.wait(r"^reload error film.py:\d+: the script was stopped after")
    viewer.key("shift+Right")
    viewer.settle(gain=1.3)
    write(path, LOOK.format(gain=1.0).replace("x *", "0 *"))
    loaded(viewer)


def test_a_start_that_hangs_has_a_window_and_can_be_stopped(view, gray, tmp_path):  # noqa: F811
    path = write(tmp_path / "film.py", "import os; os.write(2, b'begun\\n')\nwhile True: pass\n")
    viewer = view("photo.png", "-s", path, "-p", "gain=1.5", settle=False)
    viewer.wait(lambda viewer: "begun" in viewer.log and viewer.shown.get("original") == 1)
    viewer.until(lambda: level(viewer) == 100)
    viewer.key("Escape")
    viewer.wait("^reload error film.py:2: the script was stopped after")
    viewer.wait("^at script-failure ")
    write(path, LOOK.format(gain=1.0))
    loaded(viewer, gain=1.5)
    viewer.until(lambda: level(viewer) == 150)


def test_a_start_that_hangs_can_be_closed(view, gray, tmp_path):  # noqa: F811
    path = write(tmp_path / "film.py", "from time import sleep as nap\nwhile True:\n    nap(99)\n")
    viewer = view("photo.png", "-s", path, settle=False)
    viewer.wait(BUSY)
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0


def test_a_start_that_fails_late_ends_with_its_error(view, gray, tmp_path):  # noqa: F811
    path = write(
        tmp_path / "film.py",
        f"import os\nwhile not os.path.exists({str(tmp_path / 'go')!r}): pass\n" "1 / 0\n",
    )
    viewer = view("photo.png", "-s", path, settle=False)
    viewer.wait(BUSY)
    write(tmp_path / "go", "")
    assert viewer.process.wait(PATIENCE) == 3


def test_c_code_that_never_returns_is_told_and_can_be_left(view, gray, tmp_path):  # noqa: F811
    path = write(tmp_path / "film.py", source("if on: sum(range(10**13))"))
    viewer = view("photo.png", "-s", path)
    viewer.key("Down", "space")
    viewer.wait(BUSY)
    viewer.key("Escape")
    viewer.wait("^message Stopping the script")
    viewer.wait("^message The script is in code that cannot be stopped")
    viewer.key("plus")
    viewer.wait(lambda viewer: viewer.shown["zoom"] > 1)
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0
