"""The next window is as the last one was left."""

import os
import signal

import pytest

from waiting import PATIENCE, until

FILM = (
    "from lutist import *\n@pipeline\n"
    "def develop(grain: Slider(0, 1) = 0.0):\n    return tone(lambda x: x * (1 - grain / 2))\n"
)


def kept_at(tmp_path):
    return tmp_path.with_name(f"{tmp_path.name}.state") / "lutist" / "window"


def kept(tmp_path):
    return dict(line.split(" ", 1) for line in kept_at(tmp_path).read_text().splitlines())


def keep(tmp_path, *lines):
    kept_at(tmp_path).parent.mkdir(parents=True, exist_ok=True)
    kept_at(tmp_path).write_text("".join(f"{line}\n" for line in lines))


def end(viewer):
    viewer.key("q")
    until(lambda: viewer.process.poll() is not None, "it never ended")
    assert viewer.process.returncode == 0


def panel_width(viewer):
    viewer.drain()
    return viewer.origin()[2] - viewer.places["room"][2]


def test_the_place_and_the_size_last(view, patches, tmp_path):
    patches()
    viewer = view("photo.png")
    viewer.resize(820, 610)
    viewer.x("windowmove", viewer.window, 31, 47)
    viewer.until(lambda: viewer.origin() == (31, 47, 820, 610))
    end(viewer)
    viewer = view("photo.png")
    viewer.until(lambda: viewer.origin() == (31, 47, 820, 610))
    end(viewer)
    before = kept_at(tmp_path).read_text()
    viewer = view("photo.png", "--no-config")
    viewer.until(lambda: viewer.origin() != (31, 47, 820, 610))
    viewer.resize(700, 500)
    viewer.until(lambda: viewer.origin()[2:] == (700, 500))
    end(viewer)
    assert kept_at(tmp_path).read_text() == before


def test_a_pipe_in_its_place_is_not_waited_for(view, patches, tmp_path):
    patches()
    keep(tmp_path)
    kept_at(tmp_path).unlink()
    os.mkfifo(kept_at(tmp_path))
    end(view("photo.png"))
    assert kept_at(tmp_path).is_fifo()


def test_a_damaged_file_is_passed_over(view, patches, tmp_path):
    patches()
    keep(tmp_path)
    wrong = (
        "place 1 2 3",
        "place 0 0 -5 900 0",
        "panel wide",
        "text 99",
        "mode slow",
        "script ",
        "times 3",
    )
    kept_at(tmp_path).write_bytes(b"\0\xff no text\n" + "\n".join(wrong).encode())
    viewer = view("photo.png")
    assert viewer.shown["mode"] == "parallel"
    end(viewer)
    assert len(kept(tmp_path)["place"].split()) == 6
    assert kept(tmp_path)["script"] == "exposure"
    keep(tmp_path, "place 90000 90000 800 600 0")  # a display that is gone
    end(view("photo.png"))


def test_a_window_of_a_larger_display_comes_back_whole(view, patches, tmp_path):
    patches()
    places = (
        ("300 350 900 700", (900, 700)),
        ("81 70 2000 1200", None),
        ("900 600 900 700", (900, 700)),
    )
    for place, size in places:
        keep(tmp_path, f"place {place} 0")
        viewer = view("photo.png")

        def is_whole(viewer=viewer, size=size):
            x, y, width, height = viewer.origin()
            fits = x >= 0 and y >= 0 and x + width <= 1280 and y + height <= 900
            return fits and size in (None, (width, height))

        viewer.until(is_whole)
        end(viewer)


def test_a_window_of_another_scale_is_as_large_in_points(view, patches, tmp_path):
    patches()
    for scale, size in (("1", (560, 400)), ("2", (1120, 800)), ("1.5", (840, 600))):
        keep(tmp_path, "place 20 30 560 400 0 1")
        viewer = view("photo.png", env={"LUTIST_SCALE": scale})
        viewer.until(lambda viewer=viewer, size=size: viewer.origin() == (20, 30, *size))
        end(viewer)
        assert kept(tmp_path)["place"] == f"20 30 {size[0]} {size[1]} 0 {scale}"
    viewer = view("photo.png", env={"LUTIST_SCALE": "1"})
    viewer.until(lambda: viewer.origin() == (20, 30, 560, 400))
    end(viewer)
    keep(tmp_path, "place 20 30 560 400 0")  # as older versions wrote it
    viewer = view("photo.png", env={"LUTIST_SCALE": "1.25"})
    viewer.until(lambda: viewer.origin()[:2] == (20, 30))


def test_panel_look_and_mode_last(view, patches, tmp_path):
    patches()
    (tmp_path / "film.py").write_text(FILM)
    viewer = view("photo.png", "-s", "film.py")
    usual = panel_width(viewer)
    x, y, width, height = viewer.places["room"]
    viewer.move(x + width, y + height / 2)
    viewer.x("mousedown", 1)
    viewer.move(x + width - 30, y + height / 2)
    viewer.move(x + width - 60, y + height / 2)
    viewer.x("mouseup", 1)
    viewer.until(lambda: panel_width(viewer) > usual + 40)
    wide = panel_width(viewer)
    viewer.key("U", "F9", "ctrl+t")
    viewer.settle(mode="single")
    viewer.until(lambda: viewer.drain() or viewer.places["room"][0] > 0)
    end(viewer)
    assert kept(tmp_path)["script"] == str(tmp_path / "film.py")
    assert kept(tmp_path)["times"] == "shown"
    viewer = view("photo.png")
    assert viewer.shown["mode"] == "single" and "grain" in viewer.shown
    assert "film" in viewer.title()
    viewer.wait("^status single, ")
    viewer.until(lambda: abs(panel_width(viewer) - wide) <= 2)
    assert viewer.places["room"][0] > 0
    viewer.close()
    viewer = view("photo.png", "-s", "exposure", "--mode", "parallel")  # a flag wins
    assert viewer.shown["mode"] == "parallel" and "exposure" in viewer.shown
    viewer.close()
    assert "exposure" in view("photo.png", "-p", "exposure=1").shown  # its parameter too
    viewer = view("photo.png", "--no-config")
    assert viewer.shown["mode"] == "parallel" and "exposure" in viewer.shown
    assert viewer.places["room"][0] == 0


@pytest.mark.parametrize("script", [None, "this is no Python", "raise SystemExit"])
def test_the_last_look_that_cannot_be_loaded(view, patches, tmp_path, script):
    patches()
    if script:
        (tmp_path / "film.py").write_text(script)
    keep(tmp_path, f"script {tmp_path / 'film.py'}")
    viewer = view("photo.png")
    told = [line for line in viewer.log if line.startswith("notice ")]
    assert told == ["notice The last look, film.py, could not be loaded: this is exposure."]
    assert any(line.startswith(f"lutist: {tmp_path}/film.py: ") for line in viewer.log)
    assert "exposure" in viewer.shown and viewer.title().endswith("exposure — lutist")
    viewer.key("Right")
    viewer.settle(lambda shown: shown["exposure"] > 0)
    end(viewer)
    assert kept(tmp_path)["script"] == "exposure"


def test_a_look_that_never_loaded_is_not_the_last(view, patches, tmp_path):
    """It was slow, so the window was there already when it failed."""
    patches()
    (tmp_path / "film.py").write_text(
        "import os, time\nwhile not os.path.exists('go'):\n    time.sleep(0.01)\n1 / 0\n"
    )
    viewer = view("photo.png", "-s", "film.py", settle=False)
    viewer.wait("^at room ")
    (tmp_path / "go").touch()
    assert viewer.process.wait(PATIENCE) == 3
    assert not kept_at(tmp_path).exists()


def test_a_mode_that_cannot_run_any_more(view, patches, tmp_path):
    patches()
    keep(tmp_path, "mode numpy")
    (tmp_path / "numpy.py").write_text("raise ImportError('there is none')")
    viewer = view("photo.png", env={"PYTHONPATH": str(tmp_path)}, settle=False)
    viewer.settle(lambda shown: shown["mode"] in ("numpy", "parallel"))


def test_two_windows_leave_a_whole_file(view, patches, tmp_path):
    patches()
    windows = [view("photo.png", "--mode", mode) for mode in ("parallel", "single")]
    for viewer in windows:
        viewer.process.send_signal(signal.SIGINT)
    for viewer in windows:
        until(lambda viewer=viewer: viewer.process.poll() is not None, "it never ended")
    assert kept(tmp_path)["mode"] in ("parallel", "single")
    files = [path.name for path in kept_at(tmp_path).parent.iterdir() if path.is_file()]
    assert files == ["window"]


def test_text_is_no_larger_than_leaves_the_window_usable(view, patches, tmp_path):
    patches()
    keep(tmp_path, "text 2")
    viewer = view("photo.png")
    large = row_height(viewer)
    viewer.resize(480, 320)
    viewer.until(lambda: row_height(viewer) == large // 2)
    viewer.key("t")
    viewer.wait("^notice The size of the text: 100%. The window has no room for larger")
    viewer.resize(620, 420)  # room for a quarter more
    viewer.until(lambda: viewer.origin()[2:] == (620, 420))
    viewer.key("t", "t", "t")
    viewer.wait("^notice The size of the text: 125%. The window has no room for larger")
    x, y, width, height = viewer.places["gamma"]
    assert y + height < viewer.places["button:Fit"][1]
    end(viewer)
    assert kept(tmp_path)["text"] == "1.25"


def row_height(viewer):
    viewer.drain()
    return viewer.places["gamma"][1] - viewer.places["exposure"][1]


def test_the_size_of_the_text(view, patches, tmp_path):
    patches()
    viewer = view("photo.png")
    usual = row_height(viewer)
    viewer.key("t")
    viewer.wait("^notice The size of the text: 110%")
    viewer.until(lambda: row_height(viewer) > usual)
    viewer.key("t", "t", "t", "t", "t", "t")
    viewer.until(lambda: row_height(viewer) == 2 * usual)
    viewer.key("T", "T", "T")
    viewer.wait("^notice The size of the text: 125%")
    viewer.move(*viewer.middle("presets"))
    viewer.x("keydown", "ctrl", "click", 5, "click", 5, "keyup", "ctrl")
    viewer.wait("^notice The size of the text: 100%")
    viewer.until(lambda: row_height(viewer) == usual)
    viewer.move(*viewer.middle("exposure"))  # there it is the slider's
    viewer.x("keydown", "ctrl", "click", 4, "keyup", "ctrl")
    viewer.settle(lambda shown: 0 < shown["exposure"] < 0.01)
    assert row_height(viewer) == usual
    viewer.key("t", "t")
    viewer.wait("^notice The size of the text: 125%")
    end(viewer)
    viewer = view("photo.png")
    viewer.until(lambda: row_height(viewer) == round(1.25 * usual))
    viewer.close()
    viewer = view("photo.png", env={"LUTIST_SCALE": "2"})
    viewer.until(lambda: row_height(viewer) == round(2.5 * usual))
    viewer.close()
    viewer = view("photo.png", "--no-config")
    assert row_height(viewer) == usual
