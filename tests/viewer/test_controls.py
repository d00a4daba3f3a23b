"""Curves, colours, files and presets, used with the mouse and the keyboard."""

import numpy as np
import pytest
from test_viewer import colors_of, write

CURVE = """\
@pipeline
def develop(tones: Curve() = ((0, 0), (0.5, 0.5), (1, 1)), level: Slider(0, 1) = 0.0):
    \"\"\"The curve.\"\"\"
    return curve(*tones)
"""


def points(viewer):
    """The curve's points as the trace gives them; it cuts at blanks."""
    line = next(line for line in reversed(viewer.log) if line.startswith("presented "))
    text = line.partition(" tones=")[2].partition(" level=")[0]
    return [tuple(map(float, pair.split(","))) for pair in text.split()]


def wait_for_points(viewer, *wanted, near=0.006):
    """Until the curve on the screen has these points."""

    def there(_):
        found = points(viewer)
        return len(found) == len(wanted) and np.allclose(found, wanted, atol=near)

    viewer.settle(there)


def at(viewer, x, y, name="tones"):
    """A place on the plot, as a point of the window."""
    left, top, width, height = viewer.places[name]
    inset = 8 * float(viewer.env["LUTIST_SCALE"])  # the plot's edge: see PT_INSET
    return left + inset + x * (width - 2 * inset), top + inset + (1 - y) * (height - 2 * inset)


def drag(viewer, start, end):
    viewer.move(*at(viewer, *start))
    viewer.x("mousedown", 1)
    for part in (0.3, 0.7, 1):
        x, y = (a + (b - a) * part for a, b in zip(start, end, strict=True))
        viewer.move(*at(viewer, x, y))
    viewer.x("mouseup", 1)


@pytest.fixture
def curve(view, patches, tmp_path):
    colors = patches()
    write(tmp_path / "tones.py", CURVE)
    return view("photo.png", "-s", "tones.py", env={"LUTIST_SCALE": "1"}), colors


def test_a_point_of_a_curve_is_dragged(curve):
    viewer, colors = curve
    assert np.array_equal(colors_of(viewer.picture()), colors)
    drag(viewer, (0.5, 0.5), (0.5, 0.8))
    wait_for_points(viewer, (0, 0), (0.5, 0.8), (1, 1))
    developed = colors_of(viewer.picture())
    assert abs(developed[1, 0, 0] - 0.8 * 255) < 4  # the gray patch
    viewer.click("tones", 0.25, repeat=2)
    wait_for_points(viewer, (0, 0), (0.5, 0.5), (1, 1))
    viewer.until(lambda: np.array_equal(colors_of(viewer.picture()), colors))


def test_points_are_added_and_removed_with_the_mouse(curve):
    viewer, _ = curve
    viewer.move(*at(viewer, 0.25, 0.75))
    viewer.x("click", 1)
    wait_for_points(viewer, (0, 0), (0.25, 0.75), (0.5, 0.5), (1, 1))
    viewer.x("click", 3)
    wait_for_points(viewer, (0, 0), (0.5, 0.5), (1, 1))
    drag(viewer, (0.5, 0.5), (0.5, -0.3))
    wait_for_points(viewer, (0, 0), (1, 1))


def test_a_curve_is_edited_with_keys_and_copied(curve, lutist, tmp_path):
    viewer, _ = curve
    viewer.key("space", "space", "Up", "shift+Right")
    wait_for_points(viewer, (0, 0), (0.6, 0.51), (1, 1), near=1e-6)
    viewer.key("space", "Delete", "Escape", "Down", "Right")  # Down: to the slider
    viewer.settle(level=0.01)
    assert points(viewer) == [(0, 0), (0.6, 0.51)]
    viewer.key("c")
    assert "-p 'tones=0,0 0.6,0.51'" in viewer.wait("^notice Copied")


def test_a_curve_that_is_dragged_keeps_its_shape_on_reload(curve, tmp_path):
    viewer, _ = curve
    drag(viewer, (0.5, 0.5), (0.4, 0.7))
    wait_for_points(viewer, (0, 0), (0.4, 0.7), (1, 1))
    write(tmp_path / "tones.py", CURVE.replace("The curve.", "The same curve."))
    viewer.wait("^loaded 2")
    wait_for_points(viewer, (0, 0), (0.4, 0.7), (1, 1))


COLOR = """\
@pipeline
def develop(tint: Color() = "#ffffff"):
    red, green, blue = tint
    return matrix(((red, 0, 0), (0, green, 0), (0, 0, blue)))
"""


def tinted(colors, text):
    parts = np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)])
    return colors * (parts / 255)


def test_a_colour_is_picked_and_typed(view, patches, tmp_path):
    colors = patches()
    write(tmp_path / "tint.py", COLOR)
    viewer = view("photo.png", "-s", "tint.py")
    viewer.click("tint")
    viewer.wait("^at hues")
    viewer.click("hues", 0.5)
    viewer.drag("picker", 0.5, 1)
    viewer.settle(lambda shown: shown["tint"].startswith("#00"))
    found = viewer.shown["tint"]
    green, blue = int(found[3:5], 16), int(found[5:], 16)
    assert abs(green - 128) < 4 and abs(blue - 128) < 4
    assert np.abs(colors_of(viewer.picture()) - tinted(colors, found)).max() < 1
    viewer.key("Escape", "Return")
    viewer.x("type", "#8040FF")
    viewer.key("Return")
    viewer.settle(tint="#8040ff")
    viewer.key("space", "Right", "Tab", "Left", "Return", "c")
    assert "-p 'tint=#" in viewer.wait("^notice Copied")
    viewer.key("BackSpace")
    viewer.settle(tint="#ffffff")


FILE = """\
@pipeline
def develop(table: File("*.cube") = ""):
    return cube(table) if table else []
"""
NEGATIVE = "LUT_3D_SIZE 2\n" + "".join(
    f"{1 - r} {1 - g} {1 - b}\n" for b in (0, 1) for g in (0, 1) for r in (0, 1)
)


def test_a_file_is_chosen_from_a_list(view, patches, tmp_path):
    colors = patches()
    write(tmp_path / "table.py", FILE)
    (tmp_path / "looks").mkdir()
    (tmp_path / "looks" / "negative.cube").write_text(NEGATIVE)
    viewer = view("photo.png", "-s", "table.py")
    viewer.click("table")
    viewer.wait("^at file:looks")
    viewer.click("file:looks")
    viewer.wait("^at file:negative.cube")
    viewer.key("Return")  # the first file
    viewer.settle(table=str(tmp_path / "looks" / "negative.cube"))
    viewer.until(lambda: np.array_equal(colors_of(viewer.picture()), 255 - colors))
    viewer.key("c")
    assert f"-p table={tmp_path}/looks/negative.cube" in viewer.wait("^notice Copied")
    viewer.key("space")
    viewer.wait("^at file:negative.cube")
    viewer.key("BackSpace")
    viewer.wait("^at file:looks")
    viewer.click("file:none")
    viewer.settle(table="")
    viewer.until(lambda: np.array_equal(colors_of(viewer.picture()), colors))


PRESETS = """\
@pipeline
def develop(level: Slider(0, 1) = 0.0, tint: Color() = "#ffffff"):
    return matrix(((1 - level, 0, 0), (0, 1, 0), (0, 0, 1)))


presets = {"Red": {"level": 0.25, "tint": "#ff0000"}, "Half": {"level": 0.5}}
"""


def test_presets_are_chosen_saved_and_deleted(view, patches, tmp_path):
    patches()
    write(tmp_path / "film.py", PRESETS)
    kept = tmp_path / "data" / "lutist" / "presets" / "film.json"
    viewer = view("photo.png", "-s", "film.py", env={"XDG_DATA_HOME": str(tmp_path / "data")})
    viewer.until(lambda: viewer.drain() or "presets" in viewer.places)
    viewer.click("presets")
    viewer.wait("^at choice:Half")
    viewer.click("choice:Half")
    viewer.settle(level=0.5, tint="#ffffff")
    viewer.key("s")
    viewer.wait("^at choice:Save")
    viewer.key("Home", "Return")
    viewer.settle(level=0.25, tint="#ff0000")
    viewer.key("Right", "s")
    viewer.wait("^at choice:Save")
    viewer.key("End", "Return")
    viewer.x("type", "My film")
    viewer.key("Tab", "Return")  # only Enter saves
    viewer.wait("^notice Saved as a preset: My film")
    assert '"level": 0.26' in kept.read_text()
    viewer.key("shift+BackSpace")
    viewer.settle(level=0, tint="#ffffff")
    viewer.click("presets")
    viewer.wait("^at choice:My film")
    viewer.click("choice:My film")
    viewer.settle(level=0.26, tint="#ff0000")
    viewer.click("presets")
    viewer.wait("^at remove:My film")
    viewer.click("remove:My film")  # asks
    viewer.wait("^at remove:My film")
    assert "My film" in kept.read_text()
    viewer.click("remove:My film")
    viewer.wait("^notice Deleted: My film")
    assert "My film" not in kept.read_text()


def test_a_damaged_file_of_presets_is_told_and_kept(view, patches, tmp_path):
    patches()
    write(tmp_path / "film.py", PRESETS)
    kept = tmp_path / "data" / "lutist" / "presets" / "film.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("{ nonsense")
    env = {"XDG_DATA_HOME": str(tmp_path / "data")}
    viewer = view("photo.png", "-s", "film.py", env=env, settle=False)
    assert "film.json is not a presets file" in viewer.wait("^notice ")
    viewer.settle()
    viewer.click("presets")  # the script's own are there
    viewer.wait("^at choice:Half")
    viewer.key("End", "Return")
    viewer.x("type", "Lost")
    viewer.key("Return")
    told = viewer.wait("^notice The preset was not saved: ")
    assert "film.json is not a presets file" in told
    assert kept.read_text() == "{ nonsense"


def test_a_name_that_is_refused_is_mended(view, patches, tmp_path):
    patches()
    write(tmp_path / "film.py", PRESETS)
    viewer = view("photo.png", "-s", "film.py", env={"XDG_DATA_HOME": str(tmp_path / "data")})
    viewer.click("presets")
    viewer.wait("^at choice:Half")
    viewer.key("End", "Return")
    viewer.x("type", "--delay", 1, 64 * "n" + "m")
    viewer.key("Return")
    viewer.wait("^at why ")
    viewer.key("BackSpace", "Return")
    viewer.wait(f"^notice Saved as a preset: {64 * 'n'}$")
