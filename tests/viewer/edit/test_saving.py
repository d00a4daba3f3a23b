"""Ctrl S: the picture at full size, as a batch would write it, never in place of a file."""

import filecmp
import os
import shlex
import signal

import numpy as np
import pytest
from PIL import Image

from waiting import until

LOOK = """\
from lutist import Slider, pipeline, tone

@pipeline
def look(gain: Slider(0, 2) = 1.0):
    return tone(lambda x: x * gain)
"""


def save(viewer, *keys):
    viewer.key(*(keys or ["ctrl+s"]))
    return viewer.wait(r"^notice (Saved |The picture was not saved|Saving .* was stopped)")


@pytest.fixture
def film(tmp_path):
    (tmp_path / "film.py").write_text(LOOK)


def photo(path, size=(300, 200), **options):
    rng = np.random.default_rng(5)
    coarse = rng.integers(0, 256, (size[1] // 10, size[0] // 10, 3), np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(coarse).resize(size).save(path, **options)


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "photo.tif", "photo.webp", "photo.bmp"])
@pytest.mark.parametrize("options", [(), ("--isolate",)])
def test_the_file_is_the_one_of_the_copied_command_line(
    view, lutist, film, tmp_path, name, options
):
    exif = Image.Exif()
    exif[0x0110] = "Camera"
    photo(tmp_path / "in {1}" / name, **({"exif": exif} if name.endswith("jpg") else {}))
    viewer = view(f"in {{1}}/{name}", "-s", "film.py", "-p", "gain=0.5", *options)
    viewer.key("Right")
    viewer.settle(lambda shown: shown["gain"] != 0.5)
    ext = name.partition(".")[2].replace("bmp", "png")
    told = save(viewer)
    assert told == f"notice Saved photo-film.{ext} in {tmp_path}/in {{1}}"
    viewer.key("c")
    line = viewer.wait("^notice Copied: ").removeprefix("notice Copied: lutist ")
    done = lutist(*shlex.split(line), "-q")
    assert (done.returncode, done.stderr) == (0, "")
    saved = tmp_path / "in {1}" / f"photo-film.{ext}"
    assert filecmp.cmp(saved, tmp_path / "developed" / f"photo.{ext}", shallow=False)


def test_names_in_use_stay(view, film, tmp_path):
    photo(tmp_path / "photo.png")
    (tmp_path / "photo-film.png").write_text("mine")
    (tmp_path / "photo-film-2.png").symlink_to("nowhere")
    viewer = view("photo.png", "-s", "film.py")
    assert "Saved photo-film-3.png " in save(viewer)
    assert "Saved photo-film-4.png " in save(viewer)
    viewer.click("button:Save")
    viewer.wait("^notice Saved photo-film-5.png ")
    assert (tmp_path / "photo-film.png").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_saving_goes_on_when_the_user_does(view, film, tmp_path):
    photo(tmp_path / "a.png")
    photo(tmp_path / "b.png", size=(400, 100))
    viewer = view("a.png", "b.png", "-s", "film.py", "-p", "gain=0.5")
    viewer.key("ctrl+s", "n")
    viewer.wait(lambda v: v.shown["image"] == 1 and any("Saved a-film.png " in x for x in v.log))
    with Image.open(tmp_path / "a-film.png") as saved:
        assert saved.size == (300, 200)
    assert not (tmp_path / "b-film.png").exists()


def test_a_picture_that_cannot_be_saved_is_told(view, film, tmp_path):
    photo(tmp_path / "photo.png")
    viewer = view("photo.png", "-s", "film.py")
    (tmp_path / "photo.png").unlink()
    told = save(viewer)
    assert "not saved" in told and "No such file" in told
    viewer.wait("^lutist: The picture was not saved")
    assert not list(tmp_path.glob("photo-film*"))


def test_a_picture_that_was_replaced_is_not_saved_unseen(view, film, tmp_path):
    photo(tmp_path / "photo.png")
    viewer = view("photo.png", "-s", "film.py")
    photo(tmp_path / "other.png", size=(120, 80))
    with viewer.at_once():
        viewer.key("ctrl+s")
        (tmp_path / "other.png").rename(tmp_path / "photo.png")
    assert "has changed since it was shown" in viewer.wait("^notice The picture was not saved")
    assert not list(tmp_path.glob("photo-film*"))
    viewer.wait("^status 120 × 80")
    assert "Saved photo-film.png " in save(viewer)
    with Image.open(tmp_path / "photo-film.png") as saved:
        assert saved.size == (120, 80)


def test_names_of_any_bytes(view, film, tmp_path):
    name = b"a\nb\x1b[31m\xe9\xe2\x80\xae.png"
    photo(tmp_path / "photo.png")
    (tmp_path / "photo.png").rename(tmp_path / os.fsdecode(name))
    viewer = view(os.fsdecode(name), "-s", "film.py")
    viewer.key("ctrl+s")
    viewer.wait(rf"^notice Saved a\\nb\\x1b\[31m\\xe9\\u202e-film.png in {tmp_path}$")
    assert (tmp_path / os.fsdecode(name.replace(b".", b"-film."))).exists()


def test_where_it_cannot_be_written_another_place_is_asked_for(view, film, tmp_path):
    long = "n" * 248 + ".png"
    photo(tmp_path / long)
    viewer = view(long, "-s", "film.py")
    viewer.key("ctrl+s")
    viewer.wait("^hint .*n-film.png: File name too long")
    viewer.key("ctrl+a")
    viewer.x("type", "--delay", 1, "short.png")
    viewer.key("Return")
    viewer.wait("^notice Saved short.png ")
    assert not any(line.startswith("cut Save ") for line in viewer.log)  # "Save nn…nn.png as"


def test_a_look_that_fails_saves_nothing(view, tmp_path):
    (tmp_path / "film.py").write_text(LOOK.replace("x * gain", "x / gain if gain else 1 // 0"))
    photo(tmp_path / "photo.png")
    viewer = view("photo.png", "-s", "film.py", "-p", "gain=0", settle=False)
    viewer.wait("^error ")
    viewer.key("ctrl+s")
    viewer.wait("^notice There is no look to save the picture with")
    assert not list(tmp_path.glob("photo-film*"))


def big(tmp_path):
    """Takes seconds to write: PNG compresses noise slowly."""
    rng = np.random.default_rng(1)
    pixels = rng.integers(0, 256, (4000, 6000, 3), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "photo.png", compress_level=0)


def test_escape_stops_it_and_leaves_nothing(view, film, tmp_path):
    big(tmp_path)
    viewer = view("photo.png", "-s", "film.py", "-p", "gain=0.9")
    before = sorted(path.name for path in tmp_path.iterdir())
    viewer.key("ctrl+s")
    viewer.wait(r"^saving Saving the picture: [1-9]\d?%, Esc stops")
    viewer.key("Escape")
    viewer.wait("^notice Saving photo.png was stopped")
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_the_end_waits_for_it(view, film, tmp_path):
    big(tmp_path)
    viewer = view("photo.png", "-s", "film.py", "-p", "gain=0.9")
    with viewer.at_once():  # before it is saved
        viewer.key("ctrl+s", "q")
    viewer.wait("^notice The window closes when the picture is saved")
    until(lambda: viewer.process.poll() is not None, "it never ended")
    assert viewer.process.returncode == 0
    with Image.open(tmp_path / "photo-film.png") as saved:
        saved.load()
        assert saved.size == (6000, 4000)


def test_a_second_wish_for_the_end_does_not_wait(view, film, tmp_path):
    big(tmp_path)
    viewer = view("photo.png", "-s", "film.py", "-p", "gain=0.9")
    before = sorted(path.name for path in tmp_path.iterdir())
    viewer.key("ctrl+s", "q", "q")
    until(lambda: viewer.process.poll() is not None, "it never ended")
    assert viewer.process.returncode not in (-signal.SIGSEGV, -signal.SIGABRT)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left in (before, sorted([*before, "photo-film.png"]))


def type_name(viewer, name):
    viewer.key("ctrl+shift+s")
    viewer.wait("^at save ")
    viewer.key("ctrl+a")
    viewer.x("type", "--delay", 1, name)
    viewer.key("Return")


def test_a_name_can_be_typed(view, lutist, film, tmp_path):
    photo(tmp_path / "in" / "photo.png")
    viewer = view("in/photo.png", "-s", "film.py", "-p", "gain=0.5")
    type_name(viewer, "../print.jpg")
    assert viewer.wait("^notice Saved ") == f"notice Saved print.jpg in {tmp_path}/in/.."
    with Image.open(tmp_path / "print.jpg") as saved:
        assert saved.format == "JPEG"
    type_name(viewer, "bare")
    viewer.wait("^notice Saved bare.png ")
    viewer.key("Right")  # the field has let the keyboard go
    viewer.settle(lambda shown: shown["gain"] != 0.5)


def test_an_existing_file_is_replaced_only_when_confirmed(view, film, tmp_path):
    photo(tmp_path / "photo.png")
    (tmp_path / "print.png").write_text("mine")
    viewer = view("photo.png", "-s", "film.py")
    type_name(viewer, "print.png")
    viewer.wait("^notice print.png already exists")
    viewer.wait("^hint .*Enter replaces it")
    assert (tmp_path / "print.png").read_text() == "mine"
    viewer.key("Escape")
    type_name(viewer, "print.png")
    viewer.wait("^hint .*Enter replaces it")
    viewer.key("Return")
    viewer.wait("^notice Saved print.png ")
    with Image.open(tmp_path / "print.png") as saved:
        assert saved.size == (300, 200)


def test_a_name_that_fails_is_asked_for_again(view, film, tmp_path):
    photo(tmp_path / "photo.png")
    viewer = view("photo.png", "-s", "film.py")
    type_name(viewer, "photo.png/print.png")
    viewer.wait("^hint .*photo.png is not a folder")
    viewer.key("ctrl+a")
    viewer.x("type", "--delay", 1, "/proc/none/print.png")  # not even root can make that
    viewer.key("Return")
    viewer.wait("^hint the folder /proc/none cannot be created")
    viewer.key("ctrl+a")
    viewer.x("type", "--delay", 1, "print.png")
    viewer.key("Return")
    viewer.wait("^notice Saved print.png ")


def test_the_input_is_never_replaced(view, film, tmp_path):
    photo(tmp_path / "photo.png")
    (tmp_path / "same.png").hardlink_to(tmp_path / "photo.png")
    before = (tmp_path / "photo.png").read_bytes()
    viewer = view("photo.png", "-s", "film.py", "-p", "gain=0.5")
    type_name(viewer, "photo.png")
    assert "own input" in viewer.wait("^notice The picture was not saved")
    type_name(viewer, "same.png")
    assert "input" in viewer.wait("^notice The picture was not saved")
    assert (tmp_path / "photo.png").read_bytes() == before


def test_a_name_that_cannot_be_is_told_in_the_field(view, film, tmp_path):
    photo(tmp_path / "photo.png")
    viewer = view("photo.png", "-s", "film.py")
    type_name(viewer, "print.xyz")
    viewer.wait("^hint .*xyz cannot be written")
    viewer.key("ctrl+a", "BackSpace", "Return")
    viewer.wait("^hint .*needs a name")
    viewer.key("Escape", "Right")
    viewer.settle(lambda shown: shown["gain"] != 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["film.py", "photo.png"]
