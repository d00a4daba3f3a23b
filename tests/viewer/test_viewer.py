"""The window, used as a person does: by mouse and keyboard, watching the screen."""

import os
import signal
import subprocess

import numpy as np
import pytest
from PIL import Image

from conftest import Viewer, start_display, start_manager
from waiting import PATIENCE


def formula(colors, exposure, gamma=1.0):
    """The bundled script in double precision."""
    x = (colors / 255 * 2**exposure) ** (1 / gamma)
    return np.floor(np.clip(x, 0, 1) * 255 + 0.5).astype(int)


def colors_of(picture):
    """The middles of the four patches."""
    height, width = picture.shape[:2]
    return picture[height // 4 :: height // 2, width // 4 :: width // 2][:2, :2].astype(int)


def has_colors(viewer, wanted):
    return np.array_equal(colors_of(viewer.picture()), wanted)


def quit_by_key(viewer):
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0


def write(path, text):
    path.write_text("from lutist import *\n\n\n" + text)
    return path


def test_a_photo_opens_as_it_is_and_q_quits(view, patches):
    colors = patches()
    viewer = view("photo.png")
    assert viewer.title() == "photo.png — exposure — lutist"
    assert has_colors(viewer, colors)
    assert viewer.shown["exposure"] == 0 and viewer.shown["gamma"] == 1
    quit_by_key(viewer)


def test_dragging_a_slider_develops_the_picture(view, patches):
    colors = patches()
    viewer = view("photo.png")
    viewer.drag("exposure", 0.5, 0.8)
    viewer.settle(lambda shown: abs(shown["exposure"] - 0.63) < 0.011)
    exposure = viewer.shown["exposure"]
    assert has_colors(viewer, formula(colors, exposure))
    viewer.drag("gamma", 0.3, 0.35)  # a press on the track jumps there
    viewer.settle(lambda shown: abs(shown["gamma"] - 0.75) < 0.011)
    gamma = viewer.shown["gamma"]
    assert has_colors(viewer, formula(colors, exposure, gamma))


def test_arrows_change_the_focused_value_by_known_steps(view, patches):
    colors = patches()
    viewer = view("photo.png")
    viewer.key("Right", "Right", "Right")
    viewer.settle(exposure=0.03)
    viewer.key("shift+Left")
    viewer.settle(exposure=-0.07)
    viewer.key("Down", "shift+Right")
    viewer.settle(exposure=-0.07, gamma=1.1)
    assert has_colors(viewer, formula(colors, -0.07, 1.1))
    viewer.key("Tab", "Right")  # round and back to the first
    viewer.settle(exposure=-0.06)
    viewer.key("BackSpace")
    viewer.settle(exposure=0, gamma=1.1)
    viewer.key("shift+BackSpace")
    viewer.settle(exposure=0, gamma=1)
    assert has_colors(viewer, colors)


def test_double_click_and_wheel_on_a_slider(view, patches):
    patches()
    viewer = view("photo.png", "-p", "exposure=0.5")
    viewer.click("exposure", 0.75, repeat=2)
    viewer.settle(exposure=0)
    viewer.click("exposure", 0.5, button=4)
    viewer.settle(exposure=0.01)
    viewer.click("exposure", 0.5, button=5, repeat=3)
    viewer.settle(exposure=-0.02)


def test_clicks_on_a_number_and_its_slider_are_no_double_click(view, patches):
    patches()
    viewer = view("photo.png", "-p", "exposure=-0.5")
    x, y, width, height = viewer.places["number:exposure"]
    rail = viewer.places["exposure"]
    viewer.move(x + width / 2, y + height - 2)
    viewer.x("click", 1)
    viewer.move(x + width / 2, rail[1] + 4)  # as close as the presses of a double click
    viewer.x("click", 1)
    viewer.settle(lambda shown: shown["exposure"] > 0.5)


def test_a_value_can_be_typed(view, patches):
    colors = patches()
    viewer = view("photo.png")
    viewer.key("Return")
    viewer.x("type", "0.75")
    viewer.key("Return")
    viewer.settle(exposure=0.75)
    assert has_colors(viewer, formula(colors, 0.75))
    viewer.click("number:gamma")
    viewer.x("type", "0.5")
    viewer.key("Tab")
    viewer.settle(gamma=0.5)
    viewer.x("type", "9")
    viewer.key("Return")  # 9 EV is out of range: the field stays and shows why
    viewer.wait(r"^at why ")
    viewer.key("Escape", "Right")
    viewer.settle(exposure=0.76)


def test_a_value_is_typed_faster_than_the_window_reacts(view, patches):
    patches()
    viewer = view("photo.png")
    with viewer.at_once():
        viewer.key("Return", "minus", "period", "5", "Return")
    viewer.settle(exposure=-0.5)


def pan(viewer, dx, dy):
    """Drag the picture; returns the window before."""
    x, y = viewer.middle("room")
    viewer.move(x, y)
    before = viewer.grab()
    viewer.x("mousedown", 1)
    viewer.move(x + dx, y + dy)
    viewer.x("mouseup", 1)
    return before


def has_moved(viewer, before, dx, dy, size=50):
    x, y = (round(v) for v in viewer.middle("room"))
    patch = before[y - size : y + size, x - size : x + size]
    now = viewer.grab()[y + dy - size : y + dy + size, x + dx - size : x + dx + size]
    return np.array_equal(patch, now)


def test_the_wheel_zooms_at_the_mouse_and_a_drag_pans(view, picture):
    picture("big.png", size=(2400, 1600))
    viewer = view("big.png")
    fitted = viewer.shown["zoom"]
    assert 0.3 < fitted < 0.5
    viewer.click("room", button=4)
    viewer.settle(zoom=fitted * 1.25)
    viewer.key("1")
    viewer.settle(zoom=1)
    before = pan(viewer, 60, -40)
    viewer.until(lambda: has_moved(viewer, before, 60, -40))
    viewer.key("plus")
    viewer.settle(zoom=1.5)
    viewer.key("z")
    viewer.settle(zoom=fitted)
    viewer.click("room", repeat=2)  # a double click does the same
    viewer.settle(zoom=1)
    viewer.key("0")
    viewer.settle(zoom=fitted)


def test_a_whole_image_at_100_percent_is_its_pixels(view, picture):
    pixels = np.asarray(Image.open(picture("small.png", size=(300, 200))))
    viewer = view("small.png")
    assert viewer.shown["zoom"] == 1
    assert np.array_equal(viewer.picture(), pixels)


def test_next_previous_and_a_broken_file_between(view, patches, tmp_path):
    colors = patches("shots/9.png")
    patches("shots/11.png", size=300)
    (tmp_path / "shots/10.png").write_bytes((tmp_path / "shots/9.png").read_bytes()[:300])
    (tmp_path / "shots/notes.txt").write_text("no image")
    viewer = view("shots")
    assert viewer.title().startswith("9.png")
    viewer.key("n")
    assert "10.png" in viewer.wait("^failure ")
    viewer.wait("^at failure ")
    assert viewer.title().startswith("10.png")
    viewer.key("n")
    viewer.settle(image=2)
    viewer.key("n")
    viewer.wait("^notice .*last image")
    viewer.key("Page_Up", "p")
    viewer.settle(image=0)
    assert has_colors(viewer, colors)
    viewer.click("button:Next")
    viewer.wait("^failure ")
    quit_by_key(viewer)


def test_the_first_of_several_files_is_broken(view, patches, tmp_path):
    colors = patches("shots/2.png")
    (tmp_path / "shots/1.png").write_bytes((tmp_path / "shots/2.png").read_bytes()[:300])
    viewer = view("shots", settle=False)
    viewer.wait("^at failure ")
    assert viewer.title().startswith("1.png")
    viewer.key("n")
    viewer.settle()
    assert viewer.title().startswith("2.png") and has_colors(viewer, colors)
    quit_by_key(viewer)


def test_the_zoom_is_kept_between_images(view, picture):
    picture("a.png", size=(1500, 1500))
    picture("b.png", size=(1500, 1500), seed=2)
    viewer = view("a.png", "b.png")
    viewer.key("1")
    viewer.settle(zoom=1)
    viewer.key("n")
    viewer.settle(zoom=1, image=1)


def test_before_and_after(view, patches):
    colors = patches()
    viewer = view("photo.png", "-p", "exposure=-1")
    assert has_colors(viewer, formula(colors, -1))
    viewer.stroke("b")
    viewer.settle(original=1)
    assert has_colors(viewer, colors)
    viewer.stroke("b")
    viewer.settle(original=0)
    viewer.x("keydown", "backslash")
    viewer.settle(original=1)
    viewer.x("keyup", "backslash")
    viewer.settle(original=0)
    assert has_colors(viewer, formula(colors, -1))


def test_a_move_leaves_before(view, patches):
    """By key and by mouse: the picture shows what the hand does."""
    colors = patches()
    viewer = view("photo.png", "-p", "exposure=-1")
    viewer.stroke("b")
    viewer.settle(original=1)
    viewer.key("Right")
    viewer.settle(original=0, exposure=-0.99)
    viewer.stroke("b")
    viewer.settle(original=1)
    viewer.click("exposure", 0.5)
    viewer.settle(lambda shown: shown["original"] == 0 and abs(shown["exposure"]) < 0.02)
    assert has_colors(viewer, formula(colors, viewer.shown["exposure"]))
    with viewer.at_once():  # the key for before comes after the move
        viewer.key("Right", "b")
    viewer.settle(original=1)
    with viewer.at_once():
        viewer.key("b", "b", "Right")
    viewer.settle(original=0)
    for key in "BackSpace", "ctrl+z", "alt+1", "bracketright", "y":
        viewer.key("ctrl+1", "shift+Right")
        viewer.stroke("b")
        viewer.settle(original=1)
        viewer.key(key)
        viewer.settle(original=0)


def test_help_opens_and_closes(view, patches):
    patches()
    viewer = view("photo.png")
    before = viewer.grab()
    for key in "question", "h", "F1":
        viewer.key(key)
        viewer.wait("^at help ")
        area = viewer.region("room", before)  # not the status bar, whose times come later
        viewer.until(lambda area=area: (viewer.region("room") != area).any())
        viewer.key("Escape")
        viewer.until(lambda area=area: np.array_equal(viewer.region("room"), area))


def test_the_state_is_copied_as_a_command_line(view, patches, tmp_path, lutist):
    patches("my photo.png")
    viewer = view("my photo.png", "-p", "gamma=0.8")
    viewer.key("Right", "c")
    notice = viewer.wait("^notice Copied: ")
    command = notice.removeprefix("notice Copied: ")
    assert command == (
        "lutist batch 'my photo.png' -o developed -s exposure -p exposure=0.01 -p gamma=0.8"
    )


def test_full_screen(lutist_path, patches, tmp_path):
    patches()
    server, name = start_display("1000x700")
    manager = start_manager(name)
    viewer = Viewer(lutist_path, name, "photo.png", cwd=tmp_path)
    try:
        viewer.settle()
        size = viewer.origin()[2:]
        assert size < (1000, 700)
        viewer.key("f")
        viewer.until(lambda: viewer.origin() == (0, 0, 1000, 700))
        viewer.key("Escape")
        viewer.until(lambda: viewer.origin()[2:] == size)
    finally:
        viewer.close()
        for process in manager, server:
            process.terminate()
            process.wait()


def test_a_small_window(view, patches):
    colors = patches()
    viewer = view("photo.png")
    viewer.resize(800, 600)
    viewer.until(lambda: viewer.grab().shape == (600, 800, 3))
    viewer.until(lambda: viewer.drain() or viewer.places["room"][3] < 600)
    viewer.until(lambda: viewer.drain() or has_colors(viewer, colors))
    for name, (x, y, width, height) in viewer.places.items():
        assert x >= 0 and x + width <= 800 and y >= 0 and y + height <= 600, name
    viewer.key("Right")
    viewer.settle(exposure=0.01)


WIDGETS = """
@pipeline
def develop(
    tint: Choice("none", "red", "green", "blue") = "none",
    negative: Toggle() = False,
    strength: Slider(0, 1) = 1.0,
):
    on = {"none": None, "red": {"green": black, "blue": black},
          "green": {"red": black, "blue": black}, "blue": {"red": black, "green": black}}[tint]
    return [tone(**on) if on else None, tone(lambda x: 1 - x) if negative else None]


def black(x):
    return x * 0
"""


def test_choices_and_toggles(view, patches, tmp_path):
    colors = patches().astype(int)
    viewer = view("photo.png", "-s", write(tmp_path / "tint.py", WIDGETS))
    viewer.click("tint")
    viewer.wait("^at choice:blue ")
    viewer.click("choice:green")
    viewer.wait("^presented .*settled=1 .*tint=green")
    assert has_colors(viewer, colors * [0, 1, 0])
    viewer.click("negative", 0.05)
    viewer.wait("^presented .*settled=1 .*negative=on")
    assert has_colors(viewer, 255 - colors * [0, 1, 0])
    viewer.key("space")
    viewer.wait("^presented .*settled=1 .*negative=off")
    viewer.key("Up", "Return")
    viewer.wait("^at choice:blue ")
    viewer.key("Escape", "Return", "Down", "Return")
    viewer.wait("^presented .*settled=1 .*tint=blue")
    assert has_colors(viewer, colors * [0, 0, 1])


FAILS = """
@pipeline
def develop(level: Slider(0, 1) = 0.0):
    if level > 0.5:
        raise ValueError("more than I can take")
    return tone(lambda x: x + level)
"""


def test_a_script_error_is_shown_and_the_last_picture_stays(view, patches, tmp_path):
    patches()
    viewer = view("photo.png", "-s", write(tmp_path / "fails.py", FAILS))
    viewer.key("shift+Right")
    viewer.settle(level=0.1)
    picture = viewer.picture()
    panel = viewer.grab()
    viewer.click("level", 0.99)
    assert "more than I can take" in viewer.wait("^error ")
    viewer.wait("^at error ")
    viewer.until(lambda: not np.array_equal(viewer.region("error"), viewer.region("error", panel)))
    assert np.array_equal(viewer.picture(), picture)
    viewer.move(*viewer.middle("error"))
    viewer.wait("^tip .*more than I can take")
    viewer.key("BackSpace")
    viewer.settle(level=0)
    viewer.until(lambda: np.array_equal(viewer.region("error"), viewer.region("error", panel)))


STICKS = """
@pipeline
def develop(level: Slider(0, 1) = 0.0):
    while level > 0.5:
        pass
    return tone(lambda x: x + level)
"""


def test_a_script_that_never_ends_leaves_the_window_alive(view, picture, tmp_path):
    picture("big.png", size=(1800, 1600))
    viewer = view("big.png", "-s", write(tmp_path / "sticks.py", STICKS))
    viewer.click("level", 0.99)
    viewer.key("1")
    viewer.wait("^presented .*exact=1 .*zoom=1 ")
    before = pan(viewer, -50, 30)
    viewer.until(lambda: has_moved(viewer, before, -50, 30))
    quit_by_key(viewer)


SLOW = """
import os
import time

from lutist import Slider, pipeline, tone

@pipeline
def develop(level: Slider(0, 1) = 0.0):
    with open("calls.txt", "a") as file:
        print("one more", file=file)
    while os.path.exists("closed"):
        time.sleep(0.01)
    return tone(lambda x: x * level)
"""


def test_many_moves_never_queue(view, patches, tmp_path):
    """A slow script gets only the newest values."""
    patches()
    script = tmp_path / "slow.py"
    script.write_text(SLOW)
    viewer = view("photo.png", "-s", script)
    (tmp_path / "closed").touch()
    viewer.drag("level", 0.1, 0.9)
    viewer.drag("level", 0.9, 0.1)
    viewer.key("h")
    viewer.wait("^at help ")  # the moves before the key have arrived, too
    viewer.key("Escape")
    calls = tmp_path / "calls.txt"
    before = len(calls.read_text().splitlines())
    (tmp_path / "closed").unlink()
    viewer.settle(lambda shown: shown["level"] < 0.15)
    assert len(calls.read_text().splitlines()) - before <= 2


def test_16_bits_are_developed_at_16_bits(view, tmp_path):
    pixels = np.linspace(0, 65535, 256).astype(np.uint16)[None].repeat(64, 0)
    Image.fromarray(pixels).save(tmp_path / "deep.png")
    viewer = view("deep.png", "-p", "exposure=1")
    expected = np.floor(np.clip(pixels[0] / 65535 * 2, 0, 1) * 65535 + 0.5)
    assert np.array_equal(viewer.picture()[10, :, 0], np.floor(expected / 257 + 0.5).astype(int))


def test_transparency_is_shown_over_squares(view, tmp_path):
    pixels = np.zeros((64, 64, 4), np.uint8)
    pixels[:32] = 255
    Image.fromarray(pixels).save(tmp_path / "clear.png")
    shown = view("clear.png").picture()
    assert (shown[:32] == 255).all()
    assert set(np.unique(shown[32:])) == {0x66, 0x99}


def run(lutist_path, *args, display, cwd, env=()):
    env = {**os.environ, "DISPLAY": display, "XDG_STATE_HOME": str(cwd / "state"), **dict(env)}
    env.pop("SDL_VIDEODRIVER", None)
    env.pop("WAYLAND_DISPLAY", None)
    return subprocess.run(
        [str(lutist_path), *map(str, args)],
        env=env,
        cwd=cwd,
        timeout=PATIENCE,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["missing.png"], 1, "missing.png"),
        (["photo.png", "-s", "no-such-script"], 2, "no-such-script"),
        (["photo.png", "-p", "exposure=9"], 2, "exposure"),
        (["photo.png", "-p", "nothing=1"], 2, "nothing"),
        (["photo.png", "-p", "exposrue=1"], 2, "did you mean exposure?"),
        (["photo.png", "-s", "bad.py"], 3, "ZeroDivisionError"),
        (["empty"], 1, "no images"),
    ],
)
def test_what_cannot_start_says_why(lutist_path, display, patches, tmp_path, args, code, words):
    patches()
    (tmp_path / "empty").mkdir()
    write(tmp_path / "bad.py", "1 / 0\n")
    done = run(lutist_path, *args, display=display, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert words in done.stderr


def test_without_a_display(lutist_path, patches, tmp_path):
    patches()
    done = run(lutist_path, "photo.png", display=":4095", cwd=tmp_path)
    assert done.returncode == 4, done.stderr
    assert done.stderr == (
        "lutist: no display: DISPLAY=:4095 cannot be opened; lutist batch works without one\n"
    )
    env = {**os.environ, "SDL_VIDEODRIVER": "none"}
    words = [lutist_path, "photo.png"]
    done = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 4
    told = "no display: SDL_VIDEODRIVER=none cannot be opened: none not available"
    assert done.stderr == f"lutist: {told}; lutist batch works without one\n"


@pytest.mark.parametrize(
    ("font", "words"),
    [("none.ttf", "No such file"), ("/tmp", "is a folder"), ("photo.png", "photo.png: ")],
)
def test_a_font_that_cannot_be_used(lutist_path, display, patches, tmp_path, font, words):
    patches()
    done = run(lutist_path, "photo.png", display=display, cwd=tmp_path, env={"LUTIST_FONT": font})
    assert done.returncode == 4, done.stderr
    assert words in done.stderr and "set LUTIST_FONT to a .ttf file" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_scale_that_is_none_is_told(view, patches):
    patches()
    viewer = view("photo.png", env={"LUTIST_SCALE": "2x"})
    told = "lutist: LUTIST_SCALE=2x is ignored: it must be a number from 0.5 to 8"
    assert viewer.log.count(told) == 1


def test_an_interrupt_ends_the_window(view, patches):
    patches()
    viewer = view("photo.png")
    viewer.process.send_signal(signal.SIGINT)
    assert viewer.process.wait(PATIENCE) == 130
    viewer.reader.join(PATIENCE)
    viewer.drain()
    assert not [line for line in viewer.log if "KeyboardInterrupt" in line]


SIGNALLING = """\
import os, signal
from lutist import *
@pipeline
def look():
    return exposure(0)
"""


def test_an_interrupt_while_the_look_loads_is_the_windows(view, patches, tmp_path):
    patches()
    (tmp_path / "look.py").write_text(SIGNALLING + "os.kill(os.getpid(), signal.SIGINT)\n")
    viewer = view("photo.png", "-s", "look.py", settle=False)
    assert viewer.process.wait(PATIENCE) == 130
    viewer.reader.join(PATIENCE)
    viewer.drain()
    assert not [line for line in viewer.log if "nterrupt" in line]


def test_an_interrupt_that_a_look_handles_ends_the_window_too(view, patches, tmp_path):
    patches()
    handler = "signal.signal(signal.SIGINT, lambda *_: None)\n"
    (tmp_path / "look.py").write_text(SIGNALLING + handler)
    viewer = view("photo.png", "-s", "look.py")
    viewer.process.send_signal(signal.SIGINT)
    assert viewer.process.wait(PATIENCE) == 130
