"""A file parameter in the window: leafing through tables, and one that cannot be read."""

import pytest

LOOK = """\
from lutist import File, cube, pipeline

@pipeline
def look(table: File("*.cube") = None):
    return cube(table) if table else None
"""


def table(gain):
    """A lattice of two points a side: the picture times `gain`."""
    corners = ((r, g, b) for b in (0, 1) for g in (0, 1) for r in (0, 1))
    rows = "".join(f"{r * gain} {g * gain} {b * gain}\n" for r, g, b in corners)
    return f"LUT_3D_SIZE 2\n{rows}"


@pytest.fixture
def film(tmp_path, patches):
    colors = patches()
    (tmp_path / "film.py").write_text(LOOK)
    (tmp_path / "a.cube").write_text(table(0.5))
    (tmp_path / "b.cube").write_text("LUT_3D_SIZE 2\n0 0 x\n")
    (tmp_path / "c.cube").write_text(table(0.25))
    return colors


def expect_picture(viewer, colors, gain):
    def is_there():
        picture = viewer.picture()
        height, width, _ = picture.shape
        found = picture[height // 4 :: height // 2, width // 4 :: width // 2]
        return abs(found - colors * gain).max() <= 1  # a cube's bound

    viewer.until(is_there)


@pytest.mark.parametrize("options", [(), ("--isolate",)])
def test_the_arrows_leaf_through_tables_and_pass_a_broken_one(view, film, tmp_path, options):
    viewer = view("photo.png", "-s", "film.py", *options)
    viewer.key("Right")
    viewer.settle(table=str(tmp_path / "a.cube"))
    expect_picture(viewer, film, 0.5)
    viewer.move(*viewer.middle("table"))
    viewer.wait(rf"^tip .* Now {tmp_path}/a\.cube\. ")
    viewer.key("Right")
    told = viewer.wait("^error ")
    assert told == f"error table={tmp_path}/b.cube, line 2: x is not a number"
    viewer.wait(lambda viewer: "error" in viewer.places)
    expect_picture(viewer, film, 0.5)  # the last good one
    viewer.key("Right")
    viewer.settle(table=str(tmp_path / "c.cube"))
    expect_picture(viewer, film, 0.25)
    viewer.key("BackSpace")
    viewer.settle(table="")
    expect_picture(viewer, film, 1)


def test_a_table_that_is_mended_is_taken(view, film, tmp_path):
    viewer = view("photo.png", "-s", "film.py", "-p", "table=b.cube", settle=False)
    viewer.wait("^error table=.*b.cube, line 2: ")
    (tmp_path / "b.cube").write_text(table(0.5))
    viewer.wait("^loaded 2")
    viewer.settle(table=str(tmp_path / "b.cube"))
    expect_picture(viewer, film, 0.5)


def test_a_script_among_the_images_is_the_look(view, patches, tmp_path):
    patches()
    (tmp_path / "dim.py").write_text(
        "from lutist import *\n@pipeline\n"
        "def develop(level: Slider(0, 1) = 0.25):\n    return None\n"
    )
    viewer = view("photo.png", "dim.py")
    assert viewer.shown["level"] == 0.25


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["photo.png", "a.py", "b.py"], "a.py, b.py: two scripts"),
        (["photo.png", "my.cube"], "my.cube: a table, no image; 'lutist photo.jpg -s cube"),
        (["photo.png", "a.py", "-s", "mono"], "a.py: a script among the images"),
        (["a.py"], "a.py: a script; an image is missing"),
    ],
)
def test_what_a_script_among_the_images_cannot_mean(lutist, arguments, told):
    done = lutist(*arguments)
    assert done.returncode == 2
    assert told in done.stderr and len(done.stderr.splitlines()) == 1
