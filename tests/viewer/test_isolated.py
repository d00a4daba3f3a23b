"""A script in a process of its own: its crash, its exit or its hanging costs the window nothing."""

# ruff: noqa: F811 (the fixture gray)

from pathlib import Path

import pytest
from test_live import goes_on, gray, level, loaded, write  # noqa: F401

from builds import has_asan
from isolated import children
from waiting import PATIENCE, until

ENDS = {
    "exit": ("os._exit(3)", "the script's process ended: exit code 3"),
    "abort": ("os.abort()", r"the script's process ended: (signal 6 \(aborted\)|exit code 1)"),
    "segfault": ("ctypes.string_at(0)", r"the script's process ended: (signal 11|exit code 1)"),
    "memory": ("[0] * (10 << 30)", "(MemoryError|the script's process ended)"),
    "sys.exit": ("sys.exit(3)", r"the script called sys.exit\(3\)"),
    "garbage": ("os.write(3, b'x' * 999)", "the script's process sent an invalid answer"),
    "closed": ("os.closerange(3, 99)", "the script's process (ended|closed its connection)"),
}
STUCK = {
    "a loop": "while True: pass",
    "C": "sum(range(10**12))",
    "bare except": "while True:\n            try: 1 / 0\n            except: pass",
    "no handler": "signal.signal(2, signal.SIG_DFL)\n        while True: pass",
}
BUSY = "^message The script is busy: Esc stops it"


def source(what, head="", place="call"):
    """A look that does `what` where `on` is true."""
    call, curve = (what, "pass") if place == "call" else ("pass", what)
    return (
        f"{head}import ctypes, os, signal, sys\nfrom lutist import *\n\n\n@pipeline\n"
        "def develop(gain: Slider(0, 2) = 1.0, on: Toggle() = False):\n"
        f"    if on:\n        {call}\n"
        f"    def f(x):\n        if on and str(x):\n            {curve}\n        return x * gain\n"
        "    return tone(f)\n"
    )


@pytest.fixture
def state(tmp_path):
    return {"XDG_STATE_HOME": str(tmp_path / "state"), "LUTIST_ISOLATE_MEMORY": "1G"}


@pytest.mark.parametrize("place", ["call", "curve"])
@pytest.mark.parametrize("end", ENDS)
def test_an_end_is_an_error_and_the_window_goes_on(
    view,
    gray,
    tmp_path,
    state,
    lutist_path,
    end,
    place,
):
    what, told = ENDS[end]
    if end == "memory" and has_asan(lutist_path):
        pytest.skip("a sanitizer's addresses cannot be limited")
    path = write(tmp_path / "film.py", source(what, place=place))
    viewer = view("--isolate", "photo.png", "-s", path, "-p", "gain=1.2", env=state)
    viewer.key("Down", "space")
    viewer.wait(f"^error .*{told}")
    assert level(viewer) == 120
    goes_on(viewer)
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0


@pytest.mark.parametrize("stuck", STUCK)
def test_esc_stops_what_does_not_return(view, gray, tmp_path, state, stuck):
    path = write(tmp_path / "film.py", source(STUCK[stuck]))
    viewer = view("--isolate", "photo.png", "-s", path, "-p", "gain=1.2", env=state)
    viewer.key("Down", "space")
    viewer.wait(BUSY)
    viewer.key("Escape")
    viewer.wait("^error .*the script was stopped after")
    goes_on(viewer)


def test_a_preset_is_saved_after_esc(view, gray, tmp_path, state):
    path = write(tmp_path / "film.py", source(STUCK["C"]))
    state["XDG_DATA_HOME"] = str(tmp_path / "data")
    viewer = view("--isolate", "photo.png", "-s", path, "-p", "gain=1.2", env=state)
    viewer.key("Down", "space")
    viewer.wait(BUSY)
    viewer.key("Escape")  # ends the process: the next request starts another
    viewer.wait("^error .*the script was stopped after")
    viewer.key("s")
    viewer.wait("^at choice:Save")
    viewer.key("End", "Return")
    viewer.x("type", "Mine")
    viewer.key("Return")
    assert viewer.wait("^notice ") == "notice Saved as a preset: Mine"
    assert "Mine" in (tmp_path / "data/lutist/presets/film.json").read_text()


def test_a_window_with_a_stuck_script_closes(view, gray, tmp_path, state):
    path = write(tmp_path / "film.py", source(STUCK["C"]))
    viewer = view("--isolate", "photo.png", "-s", path, env=state)
    (child,) = children(viewer.process.pid)
    viewer.key("Down", "space")
    viewer.wait(BUSY)
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0
    until(lambda: not Path(f"/proc/{child}").exists())


def test_a_script_that_dies_at_its_load_tells_so(view, gray, tmp_path, state):
    path = write(tmp_path / "film.py", "import os\nos._exit(3)\n")
    viewer = view("--isolate", "photo.png", "-s", path, settle=False, env=state)
    assert viewer.process.wait(PATIENCE) == 3
    until(lambda: viewer.drain() or "exit code 3" in "\n".join(viewer.log))


def test_a_reload_stays_in_a_process_and_survives_its_crash(
    view,
    gray,
    tmp_path,
    state,
):
    path = write(tmp_path / "film.py", source("pass"))
    viewer = view("--isolate", "photo.png", "-s", path, "-p", "gain=1.2", env=state)
    write(path, "import os\nos.abort()\n")
    viewer.wait("^reload error .*the script's process ended")
    viewer.key("shift+Right")
    viewer.settle(gain=1.3)
    write(path, source("pass").replace("x * gain", "0 * x"))
    loaded(viewer)
    viewer.until(lambda: level(viewer) == 0)
    until(lambda: len(children(viewer.process.pid)) == 1)


def test_the_copied_command_isolates_too(view, gray, tmp_path, state):
    viewer = view("--isolate", "photo.png", env=state)
    viewer.key("c")
    assert " -s exposure --isolate -p " in viewer.wait("^notice Copied")


@pytest.mark.parametrize("line", ["# lutist: isolate\n", "#!/bin/x\n# -*- lutist:isolate -*-\n"])
def test_a_script_asks_for_its_own_process(view, gray, tmp_path, state, line):
    path = write(tmp_path / "film.py", source("pass", head=line))
    viewer = view("photo.png", "-s", path, env=state)
    assert len(children(viewer.process.pid)) == 1
    viewer = view("--no-isolate", "photo.png", "-s", path, env=state)
    assert children(viewer.process.pid) == set()


def test_a_script_that_crashed_the_viewer_is_isolated_until_it_is_changed(
    view,
    gray,
    tmp_path,
    state,
):
    path = write(tmp_path / "film.py", source("os.abort()"))
    viewer = view("photo.png", "-s", path, env=state)
    assert children(viewer.process.pid) == set()
    viewer.key("Down", "space")
    assert viewer.process.wait(PATIENCE) != 0
    for _ in range(2):  # a crash or a good end of the process clears nothing
        viewer = view("photo.png", "-s", path, env=state)
        assert any("viewer has ended inside it" in line for line in viewer.log)
        assert len(children(viewer.process.pid)) == 1
        viewer.key("Down", "space")
        viewer.wait("^error .*the script's process ended")
        viewer.key("q")
        assert viewer.process.wait(PATIENCE) == 0
    write(path, source("pass"))
    viewer = view("photo.png", "-s", path, env=state)
    assert children(viewer.process.pid) == set()
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0
    assert list((tmp_path / "state/lutist/running").iterdir()) == []


def test_a_good_end_without_isolation_forgets_the_crash(
    view,
    gray,
    tmp_path,
    state,
):
    path = write(tmp_path / "film.py", source("os.abort()"))
    viewer = view("photo.png", "-s", path, env=state)
    viewer.key("Down", "space")
    assert viewer.process.wait(PATIENCE) != 0
    viewer = view("--no-isolate", "photo.png", "-s", path, env=state)
    assert children(viewer.process.pid) == set()
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0
    viewer = view("photo.png", "-s", path, env=state)
    assert children(viewer.process.pid) == set()
