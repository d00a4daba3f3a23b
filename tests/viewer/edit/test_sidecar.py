"""--sidecar: each picture has values of its own, kept beside it."""

import json
import os

import numpy as np
import pytest
from PIL import Image
from test_remembering import end
from test_viewer import colors_of, formula

from held import Gate
from waiting import until

SLOW = """
import os, time
from lutist import Slider, pipeline, tone

@pipeline
def develop(exposure: Slider(-1, 1) = 0.0):
    if exposure < 0:
        open(BEGUN, "w").close()
        while not os.path.exists(GO):
            time.sleep(0.01)
    return tone(lambda x: x * 2**exposure)
"""
OPENING = '{\n  "lutist": 1'


def pictures(patches, *names):
    for name in names:
        patches(f"in/{name}")


def sidecar(tmp_path, name="a.png"):
    return tmp_path / "in" / f"{name}.lutist"


def write(path, script="exposure", **values):
    path.write_text(f'{OPENING}, "script": "{script}", "values": {json.dumps(values)}}}')


def test_every_picture_has_its_own_values(view, patches, tmp_path):
    pictures(patches, "a.png", "b.png")
    viewer = view("in", "--sidecar", "-p", "gamma=1.5")
    viewer.key("shift+Right")
    viewer.settle(exposure=0.1, gamma=1.5, image=0)
    assert not sidecar(tmp_path).exists()  # not before the picture is left
    viewer.key("n")
    viewer.settle(exposure=0, gamma=1.5, image=1)
    until(lambda: sidecar(tmp_path).exists(), "it was never written")
    assert json.loads(sidecar(tmp_path).read_text()) == {
        "lutist": 1,
        "script": "exposure",
        "values": {"exposure": 0.1, "gamma": 1.5},
    }
    viewer.key("shift+Left", "shift+Left")
    viewer.settle(exposure=-0.2, image=1)
    viewer.key("p")
    viewer.settle(exposure=0.1, gamma=1.5, image=0)
    viewer.key("ctrl+z")
    viewer.wait("^notice There is nothing to undo")
    end(viewer)
    assert json.loads(sidecar(tmp_path, "b.png").read_text())["values"]["exposure"] == -0.2
    viewer = view("in", "--sidecar")
    assert viewer.shown["exposure"] == 0.1
    viewer.close()
    assert view("in").shown["exposure"] == 0  # only with the flag
    names = sorted(path.name for path in (tmp_path / "in").iterdir())
    assert names == ["a.png", "a.png.lutist", "b.png", "b.png.lutist"]


def test_values_that_do_not_change_are_not_written(view, patches, tmp_path):
    pictures(patches, "a.png", "b.png")
    write(sidecar(tmp_path), exposure=0.5)
    before = sidecar(tmp_path).read_bytes()
    viewer = view("in", "--sidecar")
    assert viewer.shown["exposure"] == 0.5
    viewer.key("n")
    viewer.settle(exposure=0, image=1)
    end(viewer)
    assert sidecar(tmp_path).read_bytes() == before
    assert not sidecar(tmp_path, "b.png").exists()


def test_what_the_look_does_not_know_is_kept(view, patches, tmp_path):
    pictures(patches, "a.png")
    sidecar(tmp_path).write_text(
        OPENING + ', "note": {"by": ["me", 1.5e3]}, "script": "fi\\u00e9lm",'
        ' "values": {"grain": "co\\u0061rse", "exposure": 0.25, "gamma": 99}}'
    )
    viewer = view("in", "--sidecar", settle=False)
    viewer.wait("^notice a.png has values of the look fiélm: those with the same names count")
    viewer.settle(exposure=0.25, gamma=1)
    viewer.key("shift+Right")
    viewer.settle(exposure=0.35)
    end(viewer)
    assert json.loads(sidecar(tmp_path).read_text()) == {
        "lutist": 1,
        "script": "exposure",
        "values": {"exposure": 0.35, "gamma": 1, "grain": "coarse"},
        "note": {"by": ["me", 1500.0]},
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a poem",
        '{"lutist": 1}',
        OPENING,
        OPENING + '2, "values": {}}',
        OPENING + ', "values": {"exposure": }}',
        "\0" * 9,
    ],
)
def test_a_damaged_one_is_told_and_stays(view, patches, tmp_path, text):
    pictures(patches, "a.png", "b.png")
    sidecar(tmp_path).write_text(text)
    viewer = view("in", "--sidecar", settle=False)
    told = viewer.wait("^notice .*a.png.lutist")
    assert "; it stays as it is" in told
    viewer.settle(exposure=0)
    viewer.key("shift+Right")
    viewer.settle(exposure=0.1)
    viewer.key("n")
    viewer.settle(image=1)
    end(viewer)
    assert sidecar(tmp_path).read_text() == text


def test_two_windows_keep_what_the_other_has_written(view, patches, tmp_path):
    pictures(patches, "a.png")
    first = view("in", "--sidecar")
    first.key("shift+Right")
    first.settle(exposure=0.1)
    text = OPENING + ', "script": "film", "values": {"grain": "coarse", "exposure": 1}, "by": "me"}'
    sidecar(tmp_path).write_text(text)
    end(first)
    assert json.loads(sidecar(tmp_path).read_text()) == {
        "lutist": 1,
        "script": "exposure",
        "values": {"exposure": 0.1, "gamma": 1, "grain": "coarse"},
        "by": "me",
    }


def test_one_that_was_damaged_meanwhile_stays(view, patches, tmp_path):
    pictures(patches, "a.png")
    viewer = view("in", "--sidecar")
    viewer.key("shift+Right")
    viewer.settle(exposure=0.1)
    sidecar(tmp_path).write_text(OPENING + ', "values": {"exposure": 0.')
    end(viewer)
    assert sidecar(tmp_path).read_text() == OPENING + ', "values": {"exposure": 0.'
    until(lambda: viewer.lines.queue[-1] is None, "the terminal's last line never came")
    viewer.drain()
    lost = f"{tmp_path}/in/a.png are lost: {tmp_path}/in/a.png.lutist: is damaged"
    assert f"lutist: The values of {lost}" in "\n".join(viewer.log)


def test_a_link_is_neither_read_nor_replaced(view, patches, tmp_path):
    pictures(patches, "a.png")
    other = tmp_path / "other"
    write(other, exposure=0.5)
    sidecar(tmp_path).symlink_to(other)
    before = other.read_bytes()
    viewer = view("in", "--sidecar", settle=False)
    viewer.wait("^notice .*a.png.lutist: is a link")
    viewer.settle(exposure=0)
    viewer.key("shift+Right")
    viewer.settle(exposure=0.1)
    end(viewer)
    assert sidecar(tmp_path).is_symlink() and other.read_bytes() == before


def test_where_nothing_can_be_written_the_values_last_as_the_window(view, patches, tmp_path):
    pictures(patches, "a.png", "b.png")
    viewer = view("in", "--sidecar")
    for name in "a.png", "b.png":
        sidecar(tmp_path, name).mkdir()  # whoever may write anywhere cannot replace a folder
        sidecar(tmp_path, name).joinpath("file").touch()
    viewer.key("shift+Right")
    viewer.settle(exposure=0.1)
    viewer.key("n")
    viewer.wait("^notice The values could not be kept beside the picture, but while the window")
    viewer.key("Home")
    viewer.settle(image=0, exposure=0.1)
    viewer.key("shift+Right")
    viewer.settle(exposure=0.2)
    viewer.key("n", "p")
    viewer.settle(image=0, exposure=0.2)
    assert sum(line.startswith("notice The values could not") for line in viewer.log) == 1
    end(viewer)
    until(lambda: viewer.lines.queue[-1] is None, "the terminal's last line never came")
    viewer.drain()
    assert f"lutist: The values of {tmp_path}/in/a.png are lost: " in "\n".join(viewer.log)


def test_what_is_saved_is_the_picture_on_the_screen_with_its_values(view, patches, tmp_path):
    colors, gate = patches("in/a.png"), Gate(tmp_path)
    patches("in/b.png")
    write(sidecar(tmp_path, "b.png"), "held", exposure=-1)
    viewer = view("in", "-s", gate.look, "--mode", "python", "-p", "exposure=-0.5", "--sidecar")
    gate.hold(0.5)
    viewer.key("n")
    viewer.wait("^values of .*b.png")  # they are on the panel; the picture is being made
    viewer.key("c", "ctrl+s")
    assert " exposure=-0.5" in viewer.wait("^notice Copied: lutist batch in/a.png ")
    viewer.wait("^notice Saved a-held.png ")
    saved = np.asarray(Image.open(tmp_path / "in/a-held.png"))
    assert np.array_equal(colors_of(saved), formula(colors, -0.5))
    gate.open()
    viewer.settle(exposure=-1)
    viewer.key("ctrl+s")
    viewer.wait("^notice Saved b-held.png ")
    saved = np.asarray(Image.open(tmp_path / "in/b-held.png"))
    assert np.array_equal(colors_of(saved), formula(colors, -1))


def test_no_picture_is_shown_with_the_values_of_the_one_before(view, patches, tmp_path):
    pictures(patches, "a.png", "b.png")
    write(sidecar(tmp_path, "b.png"), "slow", exposure=-1)
    begun, go = tmp_path / "begun", tmp_path / "go"
    (tmp_path / "slow.py").write_text(f"BEGUN, GO = {str(begun)!r}, {str(go)!r}\n{SLOW}")
    viewer = view("in", "-s", "slow.py", "-p", "exposure=1", "--sidecar")
    viewer.key("n")
    until(begun.exists, "the script never got the values")
    for told in "shadows are blue", "are not marked":  # a wrong picture has its time
        viewer.key("o")
        viewer.wait(f"^notice Clipped pixels.* {told}")
    go.touch()
    viewer.settle(exposure=-1, image=1)
    shown = [line for line in viewer.log if line.startswith("presented ") and " image=1 " in line]
    assert " settled=1 " in shown[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only(view, patches, tmp_path):
    pictures(patches, "a.png")
    (tmp_path / "in").chmod(0o500)
    viewer = view("in", "--sidecar")
    viewer.key("shift+Right")
    viewer.settle(exposure=0.1)
    end(viewer)
    (tmp_path / "in").chmod(0o700)
    assert not sidecar(tmp_path).exists()
