"""What others may hold for ever: the window waits for nobody."""

import ctypes
import os
import signal
import subprocess

import pytest

from dropping import Source
from waiting import PATIENCE, until


@pytest.fixture
def full():
    """A pipe that takes not one byte more, and that nobody reads."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    for size in (4096, 1):
        try:
            while True:
                os.write(writer, b"x" * size)
        except BlockingIOError:
            pass
    os.set_blocking(writer, True)
    yield writer
    os.close(reader)
    os.close(writer)


def press(env, key):
    subprocess.run(["xdotool", "key", key], env=env, check=True, timeout=PATIENCE)


def clipboard(env):
    ask = ["xclip", "-o", "-selection", "clipboard"]
    return subprocess.run(ask, env=env, capture_output=True, text=True, timeout=PATIENCE).stdout


def test_a_window_that_has_much_to_say(lutist_path, display, patches, tmp_path, full):
    patches("photo.png")
    keys = tmp_path / "config/lutist/keys.conf"
    keys.parent.mkdir(parents=True)
    keys.write_text("x no-such-action\n" * 20)
    env = {
        **os.environ,
        "DISPLAY": display,
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    process = subprocess.Popen([str(lutist_path), "photo.png"], cwd=tmp_path, env=env, stderr=full)
    try:
        until(lambda: press(env, "q") or process.poll() is not None)
        assert process.returncode == 0
    finally:
        process.kill()
        process.wait()


def test_cursors_come_from_no_disk_later(view, patches, tmp_path):
    patches("photo.png")
    icons = tmp_path / "icons"
    viewer = view("photo.png", env={"XCURSOR_PATH": str(icons), "XCURSOR_THEME": "default"})
    cursors = icons / "default/cursors"
    cursors.mkdir(parents=True)
    for name in ("sb_h_double_arrow", "hand2", "xterm", "fleur", "left_ptr"):
        os.mkfifo(cursors / name)  # who opens one waits for ever
    viewer.move(*viewer.middle("exposure", 0.5))
    viewer.move(*viewer.middle("exposure", 0.6))
    viewer.key("0", "q")
    assert viewer.process.wait(PATIENCE) == 0


def test_a_clipboard_whose_owner_stands_still(view, patches, tmp_path):
    patches("a.png")
    patches("b.png")
    viewer = view("a.png", "b.png")
    owner = subprocess.Popen(
        ["xclip", "-i", "-selection", "clipboard", "-quiet"],
        env=viewer.env,
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        owner.stdin.write("-p exposure=0.5")
        owner.stdin.close()
        until(lambda: clipboard(viewer.env) == "-p exposure=0.5")
        viewer.key("ctrl+v")
        viewer.wait("^notice Pasted 1 value")
        owner.send_signal(signal.SIGSTOP)
        viewer.key("ctrl+v", "n")
        viewer.settle(image=1)
        pasted = [line for line in viewer.log if line.startswith("notice ") and "aste" in line]
        assert len(pasted) == 1
        give = ["xclip", "-i", "-selection", "clipboard"]  # it is the owner when it returns
        subprocess.run(give, env=viewer.env, input="-p exposure=0.25", text=True, check=True)
        viewer.key("ctrl+v")
        viewer.settle(image=1, exposure=0.25)
    finally:
        owner.kill()
        owner.wait()


def test_who_asks_for_the_clipboard_and_is_gone(view, patches):
    """The window's answer to it meets no window: an error, which ends nobody."""
    patches("a.png")
    viewer = view("a.png")
    viewer.key("c")
    until(lambda: "exposure" in clipboard(viewer.env))
    viewer.process.send_signal(signal.SIGSTOP)
    asker = Source(viewer.env["DISPLAY"])
    kinds = [asker.atom(name) for name in ("CLIPBOARD", "UTF8_STRING", "PASTED")]
    for _ in range(3):
        asker.x11.XConvertSelection(asker.display, *kinds, asker.window, ctypes.c_ulong())
    asker.x11.XSync(asker.display, 0)
    asker.x11.XCloseDisplay(asker.display)
    viewer.process.send_signal(signal.SIGCONT)
    viewer.key("plus")
    viewer.wait(lambda viewer: viewer.shown["zoom"] > 1)
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0
