"""Switching between the modes: the picture stays the same, and the window never waits."""

import fcntl
import re

import numpy as np
import pytest
from PIL import Image

from held import Gate
from waiting import PATIENCE

KEYS = {"python": "F6", "numpy": "F7", "ctypes": "F8", "single": "F9", "parallel": "F10"}
ORDER = [*list(KEYS)[:4], "opencl", "parallel"]


def shown_in(viewer, mode, **wanted):
    viewer.settle(lambda shown: shown["mode"] == mode, **wanted)
    return viewer.picture()


def status(viewer):
    """The fields of the status bar in it."""
    return [line[7:] for line in viewer.frame() if line.startswith("status ")]


@pytest.fixture
def photo(tmp_path):
    """Write a picture of slopes, edges and grain; returns its name."""
    y, x = np.mgrid[0:500, 0:500]
    slopes = np.stack([x * 3 + y, x + y * 2, x ^ y], -1) // 7 % 230
    grain = np.random.default_rng(4).integers(0, 25, slopes.shape)
    tile = (slopes + grain).astype(np.uint8)

    def make(width, height, name="photo.png"):
        pixels = np.tile(tile, (height // 500 + 1, width // 500 + 1, 1))[:height, :width]
        Image.fromarray(pixels).save(tmp_path / name, compress_level=1)
        return name

    return make


@pytest.mark.parametrize("script", ["exposure", "mono", "split_toning"])
def test_every_mode_shows_the_same_picture(view, photo, script):
    set_exposure = ["-p", "exposure=0.4"] if script == "exposure" else []
    viewer = view(photo(900, 600), "-s", script, *set_exposure)
    wanted = viewer.picture()
    assert viewer.shown["mode"] == "parallel" and viewer.shown["whole"] == 0
    for mode, key in KEYS.items():
        viewer.key(key)
        assert np.array_equal(shown_in(viewer, mode), wanted), mode
        assert viewer.shown["processed"] > 0


def test_m_goes_round_and_the_bar_says_so(view, photo, fake_opencl):
    viewer = view(photo(300, 200), "-p", "exposure=0.4", env=fake_opencl)
    viewer.key("ctrl+t")
    before = "parallel"
    for mode in [*ORDER, ORDER[0]]:
        viewer.key("m")
        shown_in(viewer, mode)
        told = f"{mode}, 0.06 MP: Processed in "
        viewer.until(lambda told=told: status(viewer)[1].startswith(told))
        assert status(viewer)[0].startswith(f"{before} took ")
        before = mode


def test_it_fits_a_small_window(view, photo):
    viewer = view(photo(900, 600, "a-name-of-usual-length.jpg"), "-p", "exposure=0.4")
    viewer.resize(800, 600)
    viewer.until(lambda: viewer.drain() or viewer.places["room"][3] == 600 - 28)
    viewer.move(4, 4)  # beside the picture, whose pixel would be a field more
    viewer.key("F7")
    shown_in(viewer, "numpy")
    viewer.until(lambda: len(status(viewer)) == 3)
    name, size, _ = status(viewer)
    assert (name, size) == ("a-name-of-usual-length.jpg", "900 \u00d7 600")
    assert not [line for line in viewer.log if line.startswith("cut ")]


def test_a_mode_from_the_command_line(view, photo):
    viewer = view(photo(300, 200), "--mode", "ctypes", "-p", "exposure=0.4")
    assert viewer.shown["mode"] == "ctypes"
    viewer.key("Right")
    shown_in(viewer, "ctypes", exposure=0.41)


def test_whole_is_all_of_the_image(view, photo):
    viewer = view(photo(1600, 1200), "-p", "exposure=0.4")
    seen = viewer.shown["megapixels"]
    assert seen < 1.92
    viewer.key("ctrl+t")
    for mode in "parallel", "ctypes":
        viewer.key(KEYS[mode], "w")
        viewer.settle(whole=1, megapixels=1.92)
        assert viewer.shown["mode"] == mode
        whole = viewer.picture()
        viewer.until(lambda: any("all 1.9 MP" in field for field in status(viewer)))
        viewer.key("w")
        viewer.settle(whole=0, megapixels=seen)
    viewer.key("w", "F10")
    assert np.array_equal(shown_in(viewer, "parallel", whole=1), whole)
    before = viewer.shown["processed"]
    viewer.key("1")  # the mapped image is only scaled anew
    viewer.settle(zoom=1, whole=1)
    assert viewer.shown["processed"] == before
    viewer.key("Right")
    viewer.settle(exposure=0.41, whole=1, megapixels=1.92)


@pytest.fixture
def gate(tmp_path):
    return Gate(tmp_path)


def progress(viewer, percent):
    """Wait until the status bar reports this progress."""
    return viewer.wait(rf"^progress python: {percent}%, Esc stops")


def start_long_mapping(view, photo, gate):
    """Map a whole image in pure Python; the mapping stands still when half is done."""
    viewer = view(photo(900, 600), "-s", gate.look, "-p", "exposure=0.4")
    viewer.key("w")
    viewer.settle(whole=1)
    viewer.picture_before = viewer.picture()
    gate.hold(0.5)
    viewer.key("F6")
    progress(viewer, 50)
    return viewer


def test_esc_stops_a_long_mapping_and_the_window_answers_meanwhile(view, photo, gate):
    viewer = start_long_mapping(view, photo, gate)
    before = viewer.grab()
    viewer.key("h")
    viewer.wait("^at help ")
    viewer.until(lambda: (viewer.region("help") != viewer.region("help", before)).any())
    viewer.key("Escape")
    viewer.until(lambda: np.array_equal(viewer.picture(), viewer.picture_before))
    viewer.key("Escape")
    viewer.wait("^notice The mode python was stopped")
    viewer.wait("^progress $")
    viewer.until(lambda: np.array_equal(viewer.picture(), viewer.picture_before))
    assert viewer.shown["mode"] == "parallel"
    viewer.key("F9")
    assert np.array_equal(shown_in(viewer, "single"), viewer.picture_before)


def test_another_mode_takes_the_place_of_a_long_mapping(view, photo, gate):
    viewer = start_long_mapping(view, photo, gate)
    viewer.key("F10")
    assert np.array_equal(shown_in(viewer, "parallel"), viewer.picture_before)


def test_newer_values_begin_a_long_mapping_anew(view, photo, gate):
    viewer = start_long_mapping(view, photo, gate)
    gate.hold(0.2)
    viewer.key("Right")
    progress(viewer, 20)
    viewer.key("F9")
    shown_in(viewer, "single", exposure=0.41)


def test_a_mapping_of_the_whole_image_serves_every_view(view, photo, gate):
    viewer = view(photo(900, 600), "--mode", "python", "-s", gate.look, "-p", "exposure=0.4")
    gate.hold(0.3)
    viewer.key("w")
    progress(viewer, 30)
    begun, before = gate.begun(), viewer.region("room")
    viewer.key("plus")  # another view: the mapping goes on
    viewer.until(lambda: (viewer.region("room") != before).any())
    gate.hold(0.6)
    progress(viewer, 60)
    gate.open()
    viewer.settle(lambda shown: shown["zoom"] > 1, whole=1)
    assert gate.begun() == begun


def test_switching_to_the_visible_part_stops_the_whole(view, photo, gate):
    viewer = start_long_mapping(view, photo, gate)
    viewer.key("w")
    viewer.wait("^progress $")  # the mapping was stopped at once
    gate.open()
    shown_in(viewer, "python", whole=0)


def test_a_stopped_mode_can_be_started_again(view, photo, gate):
    viewer = start_long_mapping(view, photo, gate)
    viewer.key("Escape")
    viewer.wait("^notice The mode python was stopped")
    viewer.key("F6")
    progress(viewer, 50)
    gate.open()
    assert np.array_equal(shown_in(viewer, "python"), viewer.picture_before)


def test_a_picture_of_earlier_values_is_marked_until_the_work_goes_on(view, photo, gate):
    """By a click on the mark, and by the key."""
    viewer = start_long_mapping(view, photo, gate)
    gate.open()
    shown_in(viewer, "python")
    gate.hold(0.5)
    viewer.key("Right")
    progress(viewer, 50)
    assert "badge" not in viewer.places
    viewer.key("Escape")
    viewer.wait("^at badge ")
    assert viewer.shown["exposure"] == 0.4  # the panel says 0.41
    viewer.click("badge")
    progress(viewer, 50)
    viewer.key("Escape")
    viewer.wait("^notice The mode python was stopped")
    gate.open()
    viewer.key("F5")
    viewer.settle(mode="python", exposure=0.41)
    viewer.until(lambda: not any(line.startswith("at badge") for line in viewer.frame()))


def test_title_and_bar_belong_to_the_picture_on_the_screen(view, photo, gate):
    """While the next one is developed, and after that was stopped."""
    photo(200, 150, "b.png")
    viewer = view(photo(300, 200), "b.png", "-s", gate.look, "--mode", "python")
    gate.hold(0.3)
    viewer.key("n")
    progress(viewer, "[0-9]+")
    viewer.until(lambda: "reading Reading b.png \u2026" in viewer.frame())
    for stopped in False, True:
        assert viewer.title().startswith("photo.png")
        assert status(viewer)[:3] == ["photo.png", "1 / 2", "300 \u00d7 200"], stopped
        viewer.key("Escape")
        viewer.until(lambda: any(line.startswith("at badge") for line in viewer.frame()))
    assert not any(line.startswith("reading") for line in viewer.frame())
    viewer.key("ctrl+s")
    viewer.wait("^notice Saved photo-held.png ")
    gate.open()
    viewer.click("badge")
    viewer.settle(image=1, mode="python")
    viewer.until(lambda: viewer.title().startswith("b.png"))
    viewer.until(lambda: status(viewer)[:3] == ["b.png", "2 / 2", "200 \u00d7 150"])


def test_quitting_does_not_wait_for_a_long_mapping(view, photo, gate):
    viewer = start_long_mapping(view, photo, gate)
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0


def test_a_drag_in_a_slow_mode_shows_pictures(view, photo):
    viewer = view(photo(1200, 900), "--mode", "numpy", "-p", "exposure=-1")
    viewer.key("w")
    viewer.settle(whole=1)
    seen = len([line for line in viewer.log if line.startswith("presented ")])
    viewer.drag("exposure", 0.1, 0.9)
    viewer.settle(lambda shown: shown["exposure"] > 0.7)
    viewer.drain()
    assert len([line for line in viewer.log if line.startswith("presented ")]) > seen
    assert viewer.shown["mode"] == "numpy"


NO_NUMPY = """
import sys
from lutist import *


class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "numpy":
            raise ModuleNotFoundError("No module named 'numpy'")


sys.meta_path.insert(0, Nothing())


@pipeline
def develop(level: Slider(0, 1) = 0.5):
    return tone(lambda x: x * level)
"""


def test_without_numpy_the_old_mode_is_kept(view, photo, tmp_path):
    (tmp_path / "bare.py").write_text(NO_NUMPY)
    viewer = view(photo(300, 200), "-s", "bare.py")
    viewer.key("F8")
    wanted = shown_in(viewer, "ctypes")
    viewer.key("F7")
    notice = viewer.wait("^notice numpy mode: ")
    assert notice == (
        "notice numpy mode: NumPy is not found in this interpreter; "
        "install python3-numpy, or use --venv DIR with NumPy in it"
    )
    assert np.array_equal(shown_in(viewer, "ctypes"), wanted)
    viewer.key("Right")
    shown_in(viewer, "ctypes", level=0.51)
    assert any("No module named 'numpy'" in line for line in viewer.log)


def test_a_mode_that_cannot_start_is_parallel(view, photo, tmp_path):
    (tmp_path / "bare.py").write_text(NO_NUMPY)
    viewer = view(photo(300, 200), "-s", "bare.py", "--mode", "numpy", settle=False)
    viewer.wait("^notice numpy mode: ")
    shown_in(viewer, "parallel")


STICKS = """
from lutist import *


@pipeline
def develop(level: Slider(0, 1) = 0.0):
    while level > 0.5:
        pass
    return tone(lambda x: x + level)
"""


def test_a_script_that_never_ends_leaves_the_window_alive(view, photo, tmp_path):
    """While Python is busy, only the native modes run."""
    (tmp_path / "sticks.py").write_text(STICKS)
    viewer = view(photo(900, 600), "-s", "sticks.py")
    viewer.click("level", 0.99)
    before = viewer.region("room")
    viewer.key("F6", "plus")
    viewer.until(lambda: (viewer.region("room") != before).any())
    viewer.key("F9")
    viewer.wait("^presented .*mode=single")
    viewer.key("q")
    assert viewer.process.wait(PATIENCE) == 0


# The drop-down in the status bar.


@pytest.mark.parametrize(("size", "scale"), [((640, 480), "1"), ((1200, 800), "2")])
def test_a_mode_is_chosen_and_its_time_is_kept(view, patches, size, scale):
    patches()
    viewer = view("photo.png", env={"LUTIST_SCALE": scale})
    viewer.resize(*size)
    viewer.until(lambda: viewer.origin()[2:] == size)
    viewer.wait(lambda v: "modes" in v.places and sum(v.places["modes"][::2]) == size[0])
    viewer.click("modes")
    viewer.wait("^at choice:ctypes ")
    viewer.click("choice:ctypes")
    viewer.wait(r"^notice ctypes took [\d.]+ ms for [\d.]+ MP, parallel took [\d.]+ ms")
    viewer.settle(mode="ctypes")
    viewer.click("modes")
    times = [viewer.wait(r"^(entry|off) ") for _ in ORDER]
    assert [bool(re.search(r"\d ms, [\d.]+ MP$", line)) for line in times] == [
        *(False, False, True, False, False, True)
    ]
    viewer.key("Escape")
    viewer.key("F9")
    viewer.settle(mode="single")


def test_the_keyboard_chooses_too(view, patches):
    patches()
    viewer = view("photo.png")
    viewer.key("shift+m", "s", "Return")  # from parallel to single
    viewer.settle(mode="single")
    viewer.key("shift+m", "n", "Return")
    viewer.settle(mode="numpy")


# The mode opencl, by the machine's device.


@pytest.mark.parametrize("script", ["exposure", "mono", "split_toning"])
def test_a_device_shows_the_same_picture(lutist, view, photo, script):
    found = re.search("^opencl: (.*)", lutist("doctor").stdout, re.M)
    if found:
        pytest.skip(found[1])
    set_exposure = ["-p", "exposure=0.4"] if script == "exposure" else []
    viewer = view(photo(900, 600), "-s", script, *set_exposure)
    above = slice(0, -80)  # a message
    wanted = viewer.picture()[above]
    viewer.key("F9")
    viewer.settle(mode="single")
    viewer.key("m")
    assert np.array_equal(shown_in(viewer, "opencl")[above], wanted)
    viewer.key("w")
    whole = shown_in(viewer, "opencl", whole=1)[above]
    viewer.key("F10")
    assert np.array_equal(shown_in(viewer, "parallel", whole=1)[above], whole)


# The same by a loader of ours.


def sent(viewer):
    """What each picture sent to the device and got back: (pixels, tables, pixels)."""
    viewer.drain()
    told = (
        re.search(r"opencl: (\d+) bytes of pixels and (\d+) .* (\d+) came", line)
        for line in viewer.log
    )
    return [tuple(map(int, found.groups())) for found in told if found]


@pytest.mark.parametrize("whole", [False, True])
def test_the_picture_stays_on_the_device(view, photo, fake_opencl, whole):
    viewer = view(photo(900, 600), "-p", "exposure=0.4", "--mode", "opencl", "-v", env=fake_opencl)
    if whole:
        viewer.key("w")
        viewer.settle(whole=1)
    wanted, before = viewer.picture(), len(sent(viewer))
    viewer.key("Right")
    viewer.settle(lambda shown: shown["exposure"] > 0.4)
    viewer.key("F10")
    changed = shown_in(viewer, "parallel")
    assert not np.array_equal(changed, wanted)
    moves = sent(viewer)[before:]
    assert moves and all(up == 0 and 256 <= tables < 1024 for up, tables, _ in moves), moves


def test_only_what_is_seen_comes_back(view, photo, fake_opencl):
    """Of a whole image at 100 %; another part of it is fetched when it is seen."""
    words = "-p", "exposure=0.4", "--mode", "opencl", "-v"
    viewer = view(photo(2400, 1600), *words, env=fake_opencl)
    viewer.key("1", "w")
    viewer.settle(whole=1, zoom=1)
    _, _, width, height = viewer.places["room"]
    most = (width + 8) * (height + 8) * 3
    up, tables, down = sent(viewer)[-1]
    assert up >= 2400 * 1600 * 3 and tables < 1024 and down <= most < 2400 * 1600 * 3 / 2
    viewer.key("Right")
    viewer.settle(whole=1, exposure=0.41)
    up, tables, down = sent(viewer)[-1]
    assert up == 0 and 0 < tables < 1024 and 0 < down <= most
    before, count = viewer.picture(), len(sent(viewer))
    viewer.drag("room", 0.5, 0.3)
    viewer.until(lambda: len(sent(viewer)) > count)
    viewer.settle(whole=1)
    assert all(up == tables == 0 < down <= most for up, tables, down in sent(viewer)[count:])
    wanted = viewer.picture()
    assert not np.array_equal(before, wanted)
    viewer.key("F10")
    above = slice(0, -80)  # a message
    assert np.array_equal(shown_in(viewer, "parallel")[above], wanted[above])


def test_the_window_answers_while_the_device_works(view, photo, fake_opencl, tmp_path):
    env = {**fake_opencl, "FAKE_OPENCL_HOLD": str(tmp_path / "hold")}
    viewer = view(photo(900, 600), "-p", "exposure=0.4", "--mode", "opencl", env=env)
    with open(tmp_path / "hold", "w") as hold:
        fcntl.flock(hold, fcntl.LOCK_EX)
        viewer.key("Right")
        before = viewer.grab()
        viewer.key("h")
        viewer.wait("^at help ")
        viewer.until(lambda: (viewer.region("help") != viewer.region("help", before)).any())
        assert viewer.shown["exposure"] == 0.4
    viewer.settle(lambda shown: shown["exposure"] > 0.4, mode="opencl")


def test_a_device_that_fails_gives_the_mode_before_it(view, photo, fake_opencl):
    env = {**fake_opencl, "FAKE_OPENCL_FAIL": "clEnqueueNDRangeKernel:2"}
    viewer = view(photo(300, 200), "-p", "exposure=0.4", env=env)
    wanted = viewer.picture()
    viewer.key("F9")
    viewer.settle(mode="single")
    viewer.key("m")
    assert np.array_equal(shown_in(viewer, "opencl"), wanted)
    viewer.key("Right")
    viewer.wait("^notice .*clEnqueueNDRangeKernel failed")
    viewer.settle(lambda shown: shown["exposure"] > 0.4, mode="parallel")
    viewer.click("modes")
    viewer.wait("^at choice:opencl ")
    viewer.key("Escape")


def test_without_a_driver_the_mode_is_gray(view, photo):
    viewer = view(photo(300, 200), env={"OCL_ICD_VENDORS": "/dev/null/none"})
    viewer.click("modes")
    viewer.wait("^off .*pocl-opencl-icd")
    viewer.key("Escape", "F9", "m")  # it is left out
    viewer.settle(mode="parallel")


def test_a_mode_that_cannot_run_is_gray_and_says_why(view, patches, tmp_path):
    patches()
    (tmp_path / "bare.py").write_text(NO_NUMPY)
    viewer = view("photo.png", "-s", "bare.py")
    viewer.click("modes")
    viewer.wait("^off numpy mode: NumPy is not found")
    viewer.click("choice:numpy", across=0.1)
    viewer.wait("^notice numpy mode: NumPy is not found")
    viewer.key("m")  # python, which can run
    viewer.settle(mode="python")
