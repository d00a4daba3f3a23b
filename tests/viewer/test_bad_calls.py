"""A call that goes wrong in the window's own process: the old picture stays, or nothing is amiss,
and the next call is as good as ever.
"""

# ruff: noqa: F811 (the fixture gray)

import os
from pathlib import Path

import pytest
from test_isolated import source
from test_live import goes_on, gray, level, write  # noqa: F401

from builds import has_asan

HEAD = "import threading\ndef deep(n): return deep(n + 1)\n"
FAILS = {
    "raise RuntimeError('spoilt')": "RuntimeError: spoilt",
    "sys.exit(5)": r"the script called sys.exit\(5\)",
    "deep(0)": "RecursionError",
    "bytearray(1 << 62)": "MemoryError",
    "return float('nan')": "film.py",
}
HARMLESS = (
    "threading.Thread(target=threading.Event().wait, daemon=True).start()",
    "os.chdir('/')",
    "os.umask(0o777)",
    "os.environ['LANG'] = 'C'",
    "print('x' * 3000)",
    "print('x' * 3000, file=sys.stderr)",
)


@pytest.fixture
def shown(view, gray, tmp_path):
    """The window with the look that does `what` in its call or its curve, switched on."""

    def start(what, place):
        path = write(tmp_path / "film.py", source(what, head=HEAD, place=place))
        viewer = view("photo.png", "-s", path, "-p", "gain=1.2")
        assert level(viewer) == 120
        viewer.key("Down", "space")
        return viewer

    return start


@pytest.mark.parametrize("place", ["call", "curve"])
@pytest.mark.parametrize("what", FAILS)
def test_an_error_stands_over_the_old_picture(shown, lutist_path, what, place):
    if "1 << 62" in what and has_asan(lutist_path):
        pytest.skip("a sanitizer ends the process")
    viewer = shown(what, place)
    viewer.wait(f"^error .*{FAILS[what]}")
    assert level(viewer) == 120
    goes_on(viewer)


def test_a_timer_without_a_handler_is_stopped_and_told_of(shown):
    viewer = shown(
        "signal.setitimer(0, 1e-4, 1e-4)\n        while any(signal.getitimer(0)): 0", "call"
    )
    viewer.wait(r"^lutist: a timer of the script has gone off \(SIGALRM\)")
    viewer.key("Up", "shift+Right")
    viewer.settle(gain=1.3)
    viewer.until(lambda: level(viewer) == 130)


@pytest.mark.parametrize("what", HARMLESS)
def test_it_harms_nothing(shown, tmp_path, what):
    viewer = shown(what, "call")
    viewer.key("Up", "shift+Right")
    viewer.settle(gain=1.3)
    viewer.until(lambda: level(viewer) == 130)
    assert os.readlink(f"/proc/{viewer.process.pid}/cwd") == str(tmp_path)
    assert "Umask:\t0777" not in Path(f"/proc/{viewer.process.pid}/status").read_text()
