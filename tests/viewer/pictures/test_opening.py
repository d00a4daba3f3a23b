"""Other pictures are opened from the window: by the mouse, by keys, by a typed path."""

import pytest
from PIL import Image
from test_seeing import sees, sees_not

from dropping import drop


@pytest.fixture
def window(view, tmp_path):
    (tmp_path / "trip/empty").mkdir(parents=True)
    for name in "photo.png", "trip/one.png", "trip/two.png":
        Image.new("RGB", (60, 40), (90, 90, 90)).save(tmp_path / name)
    (tmp_path / "trip/notes.txt").write_text("no picture")
    return view("photo.png", "-p", "exposure=0.25")


def is_titled(viewer, name):
    """Its picture is there, with the values that the window began with."""

    def is_there():
        viewer.drain()
        right = viewer.shown and viewer.has(lambda shown: True, {"exposure": 0.25})
        return right and viewer.title().startswith(name)

    viewer.until(is_there)


def test_a_folder_is_opened_with_the_mouse(window):
    window.click("button:Open")
    sees(window, "at file:trip ")
    window.click("file:trip")
    sees(window, "at file:two.png ")
    sees_not(window, "at file:notes.txt ")
    window.click("file:none")
    is_told(window, "Opened: 2 images")
    is_titled(window, "one.png")
    window.key("n")
    is_titled(window, "two.png")


def test_an_image_opens_with_its_folder(window):
    window.key("ctrl+o")
    sees(window, "at file:trip ")
    window.key("t", "Return")
    sees(window, "at file:two.png ")
    window.key("t", "Return")
    is_titled(window, "two.png")
    sees(window, "status 2 / 2")


def is_told(window, text):
    line = f"notice {text}"
    window.until(lambda: window.drain() or any(seen.startswith(line) for seen in window.log))


def tries(window, text):
    window.key("ctrl+o", "ctrl+o")
    sees(window, "at open ")
    window.key("ctrl+a")
    window.x("type", "--delay", 1, "--", text)
    window.key("Return")


def types(window, text):
    tries(window, text)
    sees_not(window, "at open ")


def test_a_path_is_typed(window, tmp_path):
    types(window, "trip/two.png")
    is_titled(window, "two.png")
    types(window, f"{tmp_path}/photo.png")
    is_titled(window, "photo.png")
    types(window, "trip")
    is_titled(window, "one.png")


def test_what_cannot_be_opened_leaves_the_picture(window, tmp_path):
    tries(window, "gone.png")
    is_told(window, f"{tmp_path}/gone.png: No such file")
    window.key("Escape")
    sees_not(window, "at open ")
    tries(window, "trip/empty")
    is_told(window, f"{tmp_path}/trip/empty: no images in this folder")
    window.key("Escape")
    sees_not(window, "at open ")
    window.key("ctrl+o")
    sees(window, "at file:trip ")
    window.key("Escape")
    sees_not(window, "at file:trip ")
    assert window.title().startswith("photo.png")


def test_a_path_that_cannot_be_opened_is_mended(window, tmp_path):
    tries(window, "trip/two.pngs")
    sees(window, f"hint {tmp_path}/trip/two.pngs: No such file")
    window.key("BackSpace", "Return")
    is_titled(window, "two.png")
    sees_not(window, "at open ")


def test_a_window_without_pictures_asks_for_some(view, tmp_path):
    Image.new("RGB", (60, 40), (90, 90, 90)).save(tmp_path / "photo.png")
    viewer = view("view", "-p", "exposure=0.25", settle=False)
    viewer.wait("^at invitation ")
    viewer.until(lambda: viewer.title() == "exposure — lutist")
    for key, told in {
        "n": "There is no image yet",
        "ctrl+s": "There is no picture to save",
        "c": "There is no picture for a command yet",
    }.items():
        viewer.key(key)
        is_told(viewer, told)
    viewer.click("invitation")
    sees(viewer, "at file:photo.png ")
    viewer.key("End", "Return")
    is_titled(viewer, "photo.png")
    sees_not(viewer, "at invitation ")


def test_pictures_are_dropped_on_an_empty_window(view, tmp_path):
    Image.new("RGB", (60, 40), (90, 90, 90)).save(tmp_path / "photo.png")
    viewer = view("view", "-p", "exposure=0.25", settle=False)
    viewer.wait("^at invitation ")
    viewer.key("ctrl+o", "Escape")
    viewer.move(*viewer.middle("room"))
    drop(viewer, tmp_path / "photo.png")
    is_titled(viewer, "photo.png")


@pytest.fixture
def damaged(tmp_path):
    """Paths of two files that cannot be read."""
    whole = tmp_path / "whole.jpg"
    Image.effect_noise((300, 200), 60).save(whole)
    paths = tmp_path / "cut.jpg", tmp_path / "text.png"
    paths[0].write_bytes(whole.read_bytes()[:2000])
    paths[1].write_text("no picture")
    return paths


def test_a_drop_of_which_nothing_can_be_shown_changes_nothing(view, damaged, tmp_path):
    names = "1.png", "2.png", "3.png"
    for name in names:
        Image.new("RGB", (60, 40), (90, 90, 90)).save(tmp_path / name)
    viewer = view(*names, "-p", "exposure=0.25")
    viewer.key("n")
    is_titled(viewer, "2.png")
    viewer.move(*viewer.middle("room"))
    drop(viewer, damaged[0])
    is_told(viewer, "Not opened: cut.jpg: the JPEG file is cut short")
    drop(viewer, *damaged)
    is_told(viewer, "Not opened: none of 2 images can be read: cut.jpg: the JPEG file")
    types(viewer, damaged[1].name)
    is_told(viewer, "Not opened: text.png: not an image format")
    is_titled(viewer, "2.png")
    viewer.key("n")
    is_titled(viewer, "3.png")
    assert not any(line.startswith("failure ") for line in viewer.log)


def test_a_drop_that_is_no_file_is_told(window):
    window.move(*window.middle("room"))
    for uri in "http://nowhere.example/photo.png", "file://nowhere.example/photo.png":
        drop(window, uri)
        window.wait("^notice What was dropped is no file of this machine")
    drop(window, "file:///nowhere/a%0A%1B.txt")
    window.wait(r"^notice a\\n\\x1b.txt is neither an image")


def test_a_drop_that_cannot_be_shown_does_not_undo_the_one_before(window, damaged, tmp_path):
    """The first is still read when the others come, or has been read: it is opened."""
    Image.new("RGB", (6000, 4000), (90, 90, 90)).save(tmp_path / "large.png", compress_level=1)
    window.move(*window.middle("room"))
    drop(window, tmp_path / "large.png")
    drop(window, damaged[0])
    drop(window, damaged[1])
    window.wait("^notice .*text.png: not an image")
    is_titled(window, "large.png")
    assert not any(line.startswith("failure ") for line in window.log)


def test_a_deleted_picture_outlives_a_drop_that_cannot_be_shown(window, damaged, tmp_path):
    (tmp_path / "photo.png").unlink()
    is_told(window, "photo.png was deleted")
    window.move(*window.middle("room"))
    drop(window, damaged[1])
    is_told(window, "Not opened: text.png")
    window.until(lambda: window.title().startswith("photo.png (deleted)"))
    assert not any(line.startswith("failure ") for line in window.log)


def test_of_a_drop_the_first_that_can_be_read_is_shown(window, damaged, tmp_path):
    window.move(*window.middle("room"))
    drop(window, *damaged, tmp_path / "trip")
    is_told(window, "Opened: 4 images; 2 cannot be read: cut.jpg: the JPEG file is cut short")
    is_titled(window, "one.png")
    window.key("n")
    is_titled(window, "two.png")


def test_an_empty_window_tells_why_a_drop_cannot_be_shown(view, damaged):
    viewer = view("view", settle=False)
    viewer.wait("^at invitation ")
    viewer.move(*viewer.middle("room"))
    drop(viewer, damaged[1])
    viewer.wait("^failure .*text.png: not an image format")
    viewer.wait("^at failure ")
