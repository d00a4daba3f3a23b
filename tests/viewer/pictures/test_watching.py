"""The picture's file and its folder are watched: new exposures, deleted files, --follow."""

import os

import numpy as np
import pytest
from PIL import Image

from dropping import drop
from waiting import passed

GRAYS = (40, 90, 140, 190)


def shot(path, gray, size=(60, 40)):
    """Written under another name first, as careful programs do."""
    hidden = path.with_name(".part.png")
    Image.fromarray(np.full((size[1], size[0], 3), gray, np.uint8)).save(hidden)
    hidden.rename(path)


def shows(viewer, gray):
    def is_there():
        viewer.drain()
        picture = viewer.picture()
        return picture.size and abs(picture.astype(int) - gray).max() <= 1

    viewer.until(is_there)


def test_a_new_exposure_replaces_the_picture(view, tmp_path):
    path = tmp_path / "a.png"
    shot(path, GRAYS[0])
    viewer = view(path)
    shows(viewer, GRAYS[0])
    shot(path, GRAYS[1])
    shows(viewer, GRAYS[1])
    shot(path, GRAYS[2], size=(90, 30))
    shows(viewer, GRAYS[2])


def test_a_file_that_is_half_written_keeps_the_picture(view, tmp_path):
    path, whole = tmp_path / "a.png", tmp_path / "whole.png"
    shot(path, GRAYS[0])
    shot(whole, GRAYS[1], size=(300, 200))
    viewer = view(path)
    data = whole.read_bytes()
    with open(path, "wb") as file:
        file.write(data[: len(data) // 2])
        file.flush()
        viewer.wait("^incomplete .*a.png: ")
        shows(viewer, GRAYS[0])
        assert not any(line.startswith("failure") for line in viewer.log)
        file.write(data[len(data) // 2 :])
    shows(viewer, GRAYS[1])


def test_a_deleted_file_keeps_its_picture_and_says_so(view, tmp_path):
    folder = tmp_path / "shots"
    folder.mkdir()
    for i in range(3):
        shot(folder / f"{i}.png", GRAYS[i])
    viewer = view(folder)
    viewer.key("n")
    viewer.settle(image=1)
    (folder / "1.png").unlink()
    viewer.wait("^notice 1.png was deleted: its picture stays.")
    viewer.until(lambda: viewer.title().startswith("1.png (deleted)"))
    shows(viewer, GRAYS[1])
    viewer.key("n")
    shows(viewer, GRAYS[2])
    viewer.key("p")  # the deleted one is not there any more
    shows(viewer, GRAYS[0])
    viewer.until(lambda: viewer.title().startswith("0.png —"))


def test_a_deleted_file_that_comes_back_is_shown(view, tmp_path):
    path = tmp_path / "a.png"
    shot(path, GRAYS[0])
    viewer = view(path)
    path.unlink()
    viewer.wait("^notice a.png was deleted")
    viewer.wait("^message a.png was deleted")
    shot(path, GRAYS[3])
    viewer.wait(r"^file .*a\.png ")
    start = len(viewer.log)
    viewer.settle()
    assert not any(line.startswith("message ") for line in viewer.log[start:])
    shows(viewer, GRAYS[3])
    viewer.until(lambda: viewer.title().startswith("a.png —"))


def test_files_that_come_to_a_folder_take_their_place(view, tmp_path):
    folder = tmp_path / "shots"
    folder.mkdir()
    for name, gray in (("1", GRAYS[0]), ("10", GRAYS[3])):
        shot(folder / f"{name}.png", gray)
    viewer = view(folder)
    shot(folder / "9.png", GRAYS[2])
    viewer.wait("^files 3")
    (folder / "note.txt").write_text("no image")
    shot(folder / "0.png", GRAYS[1])
    viewer.wait("^files 4")
    viewer.wait("^status 2 / 4")  # the picture stays; one came before it
    shows(viewer, GRAYS[0])
    viewer.key("n")
    shows(viewer, GRAYS[2])
    viewer.key("Home")
    shows(viewer, GRAYS[1])
    (folder / "10.png").unlink()
    viewer.wait("^files 3")


@pytest.mark.parametrize("goes", [False, True])
def test_a_folder_that_is_emptied_or_goes_leaves_its_picture(view, tmp_path, goes):
    folder = tmp_path / "shots"
    folder.mkdir()
    for i in range(3):
        shot(folder / f"{i}.png", GRAYS[i])
    viewer = view(folder)
    if goes:
        folder.rename(tmp_path / "away")
    else:
        for path in folder.iterdir():
            path.unlink()
    viewer.wait("^files 1")
    viewer.until(lambda: viewer.title().startswith("0.png (deleted)"))
    viewer.key("n")
    viewer.wait("^notice This is the only image")
    shows(viewer, GRAYS[0])
    folder.mkdir(exist_ok=True)
    shot(folder / "5.png", GRAYS[3])
    viewer.wait("^files 2")
    viewer.key("n")
    shows(viewer, GRAYS[3])
    assert not any(line.startswith("failure ") for line in viewer.log)


def test_follow_shows_the_newest(view, lutist, tmp_path):
    folder = tmp_path / "camera"
    folder.mkdir()
    shot(folder / "b.png", GRAYS[0])
    os.utime(folder / "b.png", (1000, 1000))
    shot(folder / "a.png", GRAYS[1])
    viewer = view("--follow", folder)
    shows(viewer, GRAYS[1])
    shot(folder / "c.png", GRAYS[2])
    shows(viewer, GRAYS[2])
    viewer.until(lambda: viewer.title().startswith("c.png"))
    viewer.key("Home")
    shows(viewer, GRAYS[1])
    whole = (folder / "b.png").read_bytes()
    with open(folder / "d.png", "wb") as file:  # it is written in two parts
        file.write(whole[:40])
        file.flush()
        viewer.wait("^incomplete .*d.png: ")
        shows(viewer, GRAYS[1])
        viewer.until(lambda: viewer.title().startswith("a.png"))
        file.write(whole[40:])
    shows(viewer, GRAYS[0])
    viewer.until(lambda: viewer.title().startswith("d.png"))


def write_in_two(viewer, path, data):
    """The file is there in part for a while."""
    with open(path, "wb") as file:
        file.write(data[:40])
        file.flush()
        viewer.wait(f"^incomplete .*{path.name}: ")
        yield
        file.write(data[40:])


def test_follow_waits_for_the_first_picture(view, tmp_path):
    folder = tmp_path / "camera"
    folder.mkdir()
    shot(tmp_path / "whole.png", GRAYS[1])
    viewer = view("--follow", folder, settle=False)
    viewer.wait("^awaited Waiting for the first picture in .*camera")
    viewer.until(lambda: viewer.title().startswith("camera —"))
    viewer.key("n")
    viewer.wait("^notice There is no image yet.")
    viewer.key("ctrl+s")
    viewer.wait("^notice There is no picture to save.")
    (folder / "note.txt").write_text("no image")
    is_late = passed(3)  # it is told then that the rest does not come
    for _ in write_in_two(viewer, folder / "a.png", (tmp_path / "whole.png").read_bytes()):
        viewer.wait("^reading a.png is being written")
        assert not any(line.startswith("failure") for line in viewer.log)
    viewer.settle(image=0)
    shows(viewer, GRAYS[1])
    assert is_late() or not any(line.startswith("notice a.png: ") for line in viewer.log)


def test_a_file_whose_rest_does_not_come_is_told(view, tmp_path):
    folder = tmp_path / "camera"
    folder.mkdir()
    shot(tmp_path / "whole.png", GRAYS[1])
    viewer = view("--follow", folder, settle=False)
    viewer.wait("^awaited ")
    for _ in write_in_two(viewer, folder / "a.png", (tmp_path / "whole.png").read_bytes()):
        viewer.wait("^notice a.png: the PNG file is cut short$")
    viewer.settle(image=0)
    shows(viewer, GRAYS[1])


def test_a_folder_that_goes_and_comes_back_is_followed_on(view, tmp_path):
    folder, away = tmp_path / "camera", tmp_path / "away"
    folder.mkdir()
    shot(folder / "a.png", GRAYS[0])
    viewer = view("--follow", folder)
    shows(viewer, GRAYS[0])
    folder.rename(away)
    viewer.wait("^notice a.png was deleted")
    shows(viewer, GRAYS[0])
    folder.mkdir()
    shot(folder / "b.png", GRAYS[2])
    shows(viewer, GRAYS[2])
    viewer.until(lambda: viewer.title().startswith("b.png —"))


def test_a_drop_that_cannot_be_shown_leaves_the_wait_for_the_first_picture(view, tmp_path):
    folder = tmp_path / "camera"
    folder.mkdir()
    (tmp_path / "damaged.png").write_text("no picture")
    viewer = view("--follow", folder, settle=False)
    viewer.wait("^awaited ")
    viewer.move(*viewer.middle("room"))
    drop(viewer, tmp_path / "damaged.png")
    viewer.wait("^notice Not opened: damaged.png")
    shot(folder / "a.png", GRAYS[1])
    viewer.settle(image=0)
    shows(viewer, GRAYS[1])
    drop(viewer, tmp_path / "damaged.png")
    viewer.wait("^notice Not opened: damaged.png")
    shot(folder / "b.png", GRAYS[2])
    shows(viewer, GRAYS[2])
    assert not any(line.startswith("failure ") for line in viewer.log)


def test_other_pictures_end_the_following_and_say_so(view, tmp_path):
    folder = tmp_path / "camera"
    folder.mkdir()
    shot(folder / "a.png", GRAYS[0])
    shot(tmp_path / "other.png", GRAYS[1])
    (tmp_path / "damaged.png").write_text("no picture")
    viewer = view("--follow", folder)
    viewer.move(*viewer.middle("room"))
    drop(viewer, tmp_path / "damaged.png")
    viewer.wait("^notice Not opened: damaged.png")
    shot(folder / "b.png", GRAYS[2])  # it is followed on
    shows(viewer, GRAYS[2])
    drop(viewer, tmp_path / "other.png")
    viewer.wait("^notice Opened: 1 image; the folder is not followed any more")
    shows(viewer, GRAYS[1])


def test_what_is_no_folder_cannot_be_followed(lutist, tmp_path):
    done = lutist("--follow", tmp_path / "none")
    assert done.returncode == 1 and "none: No such file" in done.stderr


def test_follow_stands_alone(lutist, tmp_path):
    done = lutist("--follow", tmp_path, "a.png")
    assert done.returncode == 2
    assert done.stderr == "lutist: view: 'a.png' beside --follow, which opens one folder alone\n"
