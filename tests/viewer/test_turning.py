"""A view that is turned by quarters, by what is on the screen."""

import hashlib

import numpy as np
import pytest
from PIL import Image
from test_seeing import BLUE, RED, is_all, sees

CORNERS = [(200, 30, 30), (30, 200, 30), (30, 30, 200), (200, 200, 30)]  # clockwise
WIDE, HIGH = 900, 600


def corners(path, width=WIDE, height=HIGH, colors=CORNERS):
    """Four patches; the first is at the upper left."""
    pixels = np.zeros((height, width, 3), np.uint8)
    x, y = width // 2, height // 2
    pixels[:y, :x], pixels[:y, x:], pixels[y:, x:], pixels[y:, :x] = colors
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)


def seen_corners(pixels):
    """The colours of the four patches, clockwise from the upper left."""
    low, right = pixels.shape[0] - 9, pixels.shape[1] - 9
    return [tuple(map(int, pixels[y, x])) for y, x in ((8, 8), (8, right), (low, right), (low, 8))]


def turned(colors, quarters):
    return [colors[(i - quarters) % 4] for i in range(4)]


def turn(viewer, quarters, key="r"):
    viewer.key(key)
    viewer.settle(turn=quarters)


def shows(viewer, colors):
    viewer.until(lambda: seen_corners(viewer.picture()) == colors)


def test_a_fitted_picture_turns(view, tmp_path):
    corners(tmp_path / "photo.png", 3000, 1000)
    before = hashlib.sha256((tmp_path / "photo.png").read_bytes()).digest()
    viewer = view("photo.png")
    shows(viewer, CORNERS)
    for quarters in (1, 2, 3, 0):
        turn(viewer, quarters)
        shows(viewer, turned(CORNERS, quarters))
        height, width = viewer.picture().shape[:2]
        assert (height > width) == (quarters % 2 == 1)
        _, _, room_wide, room_high = viewer.places["room"]
        assert width <= room_wide and height <= room_high
    turn(viewer, 3, "R")
    shows(viewer, turned(CORNERS, 3))
    assert hashlib.sha256((tmp_path / "photo.png").read_bytes()).digest() == before
    assert [path.name for path in tmp_path.iterdir()] == ["photo.png"]


@pytest.mark.parametrize("whole", [False, True])
def test_at_100_percent_every_pixel_is_the_files(view, tmp_path, whole):
    rng = np.random.default_rng(7)
    pixels = rng.integers(0, 256, (2400, 3000, 3), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "photo.png")
    viewer = view("photo.png", "-p", "exposure=0")
    viewer.key("1")
    viewer.settle(zoom=1)
    if whole:
        viewer.key("w")
        viewer.settle(whole=1)
    for quarters in 1, 2, 3:
        turn(viewer, quarters)
        expected = np.rot90(pixels, -quarters)

        def is_a_part(expected=expected):
            seen = viewer.picture()[60:200, 60:200]
            places = np.argwhere((expected[:-140, :-140] == seen[0, 0]).all(2))
            return any((expected[y : y + 140, x : x + 140] == seen).all() for y, x in places)

        viewer.until(is_a_part)


def test_the_pixel_under_the_mouse_is_the_files(view, tmp_path):
    corners(tmp_path / "photo.png")
    viewer = view("photo.png", "-p", "exposure=0")
    ends = [(0, 0), (WIDE - 1, 0), (WIDE - 1, HIGH - 1), (0, HIGH - 1)]

    def is_told(color, end):
        text = " ".join(map(str, color))
        for line in viewer.frame():
            if line.startswith("status ") and line.endswith(f": {text} → {text}"):
                column, row = line.split(":")[0].split()[1:]
                return abs(int(column[:-1]) - end[0]) < 12 and abs(int(row) - end[1]) < 12
        return False

    for quarters in 1, 2, 3, 0:
        turn(viewer, quarters)
        x, y, width, height = (float(v) for v in str(viewer.shown["place"]).split(","))
        places = [(3, 3), (width - 4, 3), (width - 4, height - 4), (3, height - 4)]
        of_file = turned(list(zip(CORNERS, ends, strict=True)), quarters)
        for place, (color, end) in zip(places, of_file, strict=True):
            viewer.move(x + place[0], y + place[1])
            viewer.until(lambda color=color, end=end: is_told(color, end))


def test_the_loupe_shows_the_place_under_the_mouse(view, tmp_path):
    corners(tmp_path / "photo.png", 6000, 4000)
    viewer = view("photo.png")
    for quarters in 1, 2, 3:
        turn(viewer, quarters)
        viewer.move(*viewer.middle("room"))
        viewer.x("keydown", "Alt_L")
        wanted = turned(CORNERS, quarters)
        viewer.until(
            lambda wanted=wanted: (
                any(line.startswith("at loupe") for line in viewer.frame())
                and seen_corners(viewer.region("loupe")) == wanted
            )
        )
        viewer.x("keyup", "Alt_L")


def test_split_clipping_and_histogram_of_a_turned_picture(view, tmp_path):
    colors = [(0, 90, 90), (90, 90, 90), (90, 255, 90), (90, 90, 90)]
    corners(tmp_path / "photo.png", 600, 400, colors)
    viewer = view("photo.png", "-p", "exposure=-1")
    turn(viewer, 1)
    viewer.key("y")
    viewer.until(lambda: any(line.startswith("at divider") for line in viewer.frame()))
    before = [(90, 90, 90), (0, 90, 90), (90, 90, 90), (90, 255, 90)]
    viewer.until(
        lambda: (
            (found := seen_corners(viewer.picture()))[0] == before[0]
            and found[3] == before[3]
            and found[1] != before[1]
        )
    )
    viewer.key("y", "shift+BackSpace", "o")
    viewer.until(lambda: is_all(viewer.picture()[20:60, -60:-20], BLUE))
    assert is_all(viewer.picture()[320:360, 20:60], RED)
    viewer.key("i")
    sees(viewer, "shadows 25.0% 0% 0%")


def test_every_picture_has_its_own_turn(view, tmp_path):
    corners(tmp_path / "in" / "a.png")
    corners(tmp_path / "in" / "b.png")
    viewer = view("in")
    turn(viewer, 1)
    viewer.key("n")
    viewer.settle(image=1, turn=0)
    shows(viewer, CORNERS)
    turn(viewer, 3, "R")
    viewer.key("p")
    viewer.settle(image=0, turn=1)
    shows(viewer, turned(CORNERS, 1))
    viewer.key("n")
    viewer.settle(image=1, turn=3)
    corners(tmp_path / "in" / "b.png", colors=CORNERS[::-1])  # written again: it stays turned
    shows(viewer, turned(CORNERS[::-1], 3))


def test_the_place_stays_in_the_middle(view, tmp_path):
    pixels = np.zeros((3000, 4000, 3), np.uint8)
    pixels[1000:1400, 1000:1400] = 255
    Image.fromarray(pixels).save(tmp_path / "photo.png")
    viewer = view("photo.png")
    x, y, width, height = (float(v) for v in str(viewer.shown["place"]).split(","))
    viewer.move(x + width * 0.3, y + height * 0.4)
    viewer.double_click()  # 100 % there
    viewer.settle(zoom=1)

    def square():
        rows, columns = np.nonzero(viewer.region("room")[..., 0] > 128)
        middle = np.array(viewer.region("room").shape[:2]) / 2
        return (columns.mean() - middle[1], rows.mean() - middle[0]) if len(rows) else (9e9, 9e9)

    def is_at(x, y):
        return max(abs(square()[0] - x), abs(square()[1] - y)) < 3

    x, y = square()
    turn(viewer, 1)
    viewer.until(lambda: is_at(-y, x))
    turn(viewer, 2)
    viewer.until(lambda: is_at(-x, -y))
    turn(viewer, 3)
    viewer.until(lambda: is_at(y, -x))


def test_what_is_saved_is_not_turned_and_says_so(view, tmp_path):
    corners(tmp_path / "photo.png")
    viewer = view("photo.png", "-p", "exposure=0")
    turn(viewer, 1)
    viewer.key("ctrl+s")
    line = viewer.wait("^notice Saved ")
    assert line.endswith(", not turned: only the view is")
    with Image.open(tmp_path / "photo-exposure.png") as saved:
        assert saved.size == (WIDE, HIGH)


def test_the_grid_is_of_the_turned_picture(view, tmp_path):
    Image.new("RGB", (900, 600), (90, 90, 90)).save(tmp_path / "photo.png")
    viewer = view("photo.png")
    turn(viewer, 1)
    viewer.key("g")
    viewer.until(lambda: any(line.startswith("at grid") for line in viewer.frame()))

    def lines(axis):
        bright = viewer.picture()[..., 0].astype(int).mean(axis=axis)
        (found,) = np.nonzero(bright > bright.min() + (bright.max() - bright.min()) * 0.6)
        return found

    height, width = viewer.picture().shape[:2]
    viewer.until(lambda: len(lines(0)) >= 2 and abs(lines(0)[0] - width / 3) < 3)
    assert abs(lines(0)[-1] - width * 2 / 3) < 3
    assert abs(lines(1)[0] - height / 3) < 3 and abs(lines(1)[-1] - height * 2 / 3) < 3
