"""What the window shows about a picture, by what is on the screen."""

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from icc_profiles import adobe

BLUE, RED = (0x20, 0x60, 0xFF), (0xFF, 0x28, 0x20)


def sees(viewer, line):
    viewer.until(lambda: any(found.startswith(line) for found in viewer.frame()))


def sees_not(viewer, line):
    viewer.until(lambda: not any(found.startswith(line) for found in viewer.frame()))


def is_all(pixels, color):
    return pixels.size > 0 and (pixels == np.array(color)).all()


def halves(path, left, right, size=400, dtype=np.uint8):
    pixels = np.zeros((size, size, 3), dtype)
    pixels[:, : size // 2], pixels[:, size // 2 :] = left, right
    Image.fromarray(pixels).save(path)


def test_the_histogram_counts_what_is_clipped(view, tmp_path):
    halves(tmp_path / "photo.png", (0, 100, 255), (50, 100, 255))
    viewer = view("photo.png")
    viewer.key("i")
    sees(viewer, "shadows 50.0% 0% 0%")
    sees(viewer, "highlights 0% 0% 100.0%")
    sees(viewer, "histogram square root")
    before = viewer.region("histogram")
    assert (before.max(axis=(0, 1)) > 0x90).all()  # columns in all three colours
    viewer.click("card", 0.5)
    sees(viewer, "histogram log")
    viewer.key("shift+Right")  # it follows the look
    sees(viewer, "highlights 0% 0% 100.0%")
    viewer.until(lambda: not np.array_equal(viewer.region("histogram"), before))
    viewer.key("i", "i", "i")
    sees_not(viewer, "at card")


def test_the_tone_plot_is_the_look(view, tmp_path):
    halves(tmp_path / "photo.png", (10, 100, 200), (50, 150, 255))
    (tmp_path / "red.py").write_text(
        "from lutist import *\n@pipeline\ndef develop(a: Slider(0, 1) = 0.0):\n"
        "    return tone(red=lambda x: 1 - x if a > 0.05 else x)\n"
    )
    viewer = view("photo.png", "-s", "red.py")
    viewer.key("i", "i")
    sees(viewer, "at plot")

    def reddest():
        plot = viewer.region("plot").astype(int)
        red = (plot[..., 0] - plot[..., 2]) > 60
        size = plot.shape[0]
        return red[: size // 4, : size // 4].any(), red[-size // 4 :, -size // 4 :].any()

    assert reddest() == (False, False)
    viewer.key("shift+Right")
    viewer.until(lambda: reddest() == (True, True))


def test_the_pictures_data(view, tmp_path):
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Canon", "EOS R5"
    exif[0x8769] = {0x829D: IFDRational(28, 10), 0x8827: 400, 0xA434: "RF 24-70"}
    Image.new("RGB", (300, 200), (9, 99, 199)).save(tmp_path / "photo.jpg", exif=exif)
    viewer = view("photo.jpg")
    viewer.key("i", "i", "i")
    sees(viewer, "value Canon EOS R5")
    texts = [line[6:] for line in viewer.frame() if line.startswith("value ")]
    assert texts == [
        "Canon EOS R5",
        "RF 24-70",
        "f/2.8   ISO\u00a0400",  # a number and its unit stay in one line
        "300\u00a0×\u00a0200, 0.06\u00a0MP",
        "8 bits, RGB",
        "JPEG",
        "none: taken as sRGB",
    ]


def test_a_file_that_cannot_be_shown_has_no_data_of_another(view, tmp_path):
    """Nor a loupe; the buttons for a picture are off."""
    halves(tmp_path / "a.png", (0, 100, 100), (255, 100, 100))
    (tmp_path / "b.png").write_bytes((tmp_path / "a.png").read_bytes()[:-30])
    viewer = view("a.png", "b.png")
    for shown in ("shadows ", "shadows ", "value PNG"):
        viewer.key("i")
        sees(viewer, shown)
    viewer.key("n")
    sees(viewer, "at failure ")
    sees_not(viewer, "value ")
    viewer.click("button:Save")
    viewer.key("i", "i")
    sees(viewer, "at failure ")
    sees_not(viewer, "shadows ")
    x, y, width, height = viewer.places["room"]
    viewer.move(x + width // 2, y + height // 4)
    viewer.x("keydown", "alt")
    sees_not(viewer, "at loupe ")
    viewer.x("keyup", "alt")
    viewer.key("p")
    sees(viewer, "shadows ")
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["a.png", "b.png"]


def test_clipped_pixels_are_marked(view, tmp_path):
    halves(tmp_path / "photo.png", (0, 100, 100), (255, 100, 100))
    viewer = view("photo.png")
    viewer.key("o")
    viewer.until(lambda: is_all(viewer.picture()[:, :200], BLUE))
    assert is_all(viewer.picture()[:, 200:], RED)
    viewer.key("o")
    viewer.until(lambda: is_all(viewer.picture()[:, :200], (0, 100, 100)))


def test_thresholds_of_clipping(view, tmp_path):
    halves(tmp_path / "photo.png", (5, 100, 100), (6, 100, 250))
    viewer = view("photo.png", "--clip", "0.02,0.98")
    viewer.key("o", "i")
    viewer.until(lambda: is_all(viewer.picture()[300:, :200], BLUE))
    assert is_all(viewer.picture()[300:, 200:], RED)
    sees(viewer, "shadows 50.0% 0% 0%")


@pytest.mark.parametrize("text", ["1,0", "half", "0,2"])
def test_thresholds_that_are_none(lutist, tmp_path, text):
    halves(tmp_path / "photo.png", 0, 9)
    done = lutist("photo.png", "--clip", text)
    assert done.returncode == 2 and f"--clip: {text}" in done.stderr


def test_the_numbers_are_whole_in_the_least_window(view, tmp_path):
    pixels = np.full((300, 300, 3), 128, np.uint8)
    pixels[:, :37] = 255  # 12.3 % in each channel
    Image.fromarray(pixels).save(tmp_path / "photo.png")
    viewer = view("photo.png", env={"LUTIST_SCALE": "1"})
    viewer.resize(480, 320)
    viewer.until(lambda: viewer.origin()[2:] == (480, 320))
    viewer.key("i")
    viewer.wait(r"^highlights 1\d.* 1\d.* 1\d")
    viewer.drain()
    assert not [line for line in viewer.log if line.startswith("cut ")]


def test_the_pixel_under_the_mouse(view, tmp_path):
    halves(tmp_path / "photo.png", (10, 20, 30), (40, 50, 60), size=3000)
    viewer = view("photo.png", "-p", "exposure=1")
    x, y, width, height = (float(v) for v in str(viewer.shown["place"]).split(","))
    viewer.move(x + width - 1, y + height - 1)
    sees(viewer, "status 2997, 2997: 40 50 60 → 80 100 120")  # the look comes a moment later
    viewer.move(2, 2)
    sees_not(viewer, "status 299")


def test_the_pixel_of_16_bits(view, tmp_path):
    pixels = np.full((200, 200), 1000, np.uint16)
    Image.fromarray(pixels).save(tmp_path / "deep.png")
    viewer = view("deep.png", "-p", "exposure=1")
    viewer.move(*viewer.middle("room"))
    viewer.until(lambda: any(line.endswith(": 1000 → 2000") for line in viewer.frame()))


def test_values_are_the_files_in_spite_of_a_profile(view, tmp_path):
    """The display's values are others: the picture is converted to them."""
    profile = adobe()
    image = Image.new("RGB", (300, 200), (40, 50, 60))
    image.save(tmp_path / "photo.png", icc_profile=profile)
    viewer = view("photo.png", "-p", "exposure=1", "--display-profile", "srgb")
    assert viewer.shown["colors"] == 1
    viewer.move(*viewer.middle("room"))
    wanted = ": 40 50 60 → 80 100 120"
    viewer.until(lambda: any(line.endswith(wanted) for line in viewer.frame()))


def test_before_beside_after(view, tmp_path):
    halves(tmp_path / "photo.png", (40, 50, 60), (40, 50, 60))
    viewer = view("photo.png", "-p", "exposure=1")
    viewer.move(2, 2)
    viewer.key("y")
    viewer.until(lambda: is_all(viewer.picture()[50:100, :150], (40, 50, 60)))
    assert is_all(viewer.picture()[50:100, 250:], (80, 100, 120))
    sees(viewer, "at divider")
    x, y, width, height = viewer.places["divider"]
    viewer.move(x + width / 2, y + 40)
    viewer.x("mousedown", 1)
    viewer.move(x + width / 2 - 60, y + 40)
    viewer.move(x + width / 2 - 120, y + 40)
    viewer.x("mouseup", 1)
    viewer.until(lambda: is_all(viewer.picture()[50:100, 120:180], (80, 100, 120)))
    assert is_all(viewer.picture()[50:100, :60], (40, 50, 60))
    viewer.key("shift+y")
    viewer.until(lambda: is_all(viewer.picture()[:60, 220:], (40, 50, 60)))
    assert is_all(viewer.picture()[300:, 220:], (80, 100, 120))
    viewer.stroke("b")  # before alone has no divider
    viewer.settle(original=1)
    sees_not(viewer, "at divider")
    viewer.stroke("b")
    viewer.key("shift+y")
    viewer.until(lambda: is_all(viewer.picture()[:, :60], (80, 100, 120)))


def test_before_is_converted_as_the_picture_is(view, tmp_path):
    image = Image.new("RGB", (300, 200), (40, 50, 60))
    image.save(tmp_path / "photo.png", icc_profile=adobe())
    viewer = view("photo.png", "--display-profile", "srgb")
    viewer.move(2, 2)
    converted = viewer.picture()[50, 250]
    assert tuple(converted) != (40, 50, 60)
    viewer.key("shift+Right")
    viewer.settle(exposure=0.1)
    viewer.key("y")
    viewer.until(lambda: is_all(viewer.picture()[50:100, :100], converted))
    assert not is_all(viewer.picture()[50:100, 200:], converted)


def test_a_grid_of_thirds(view, tmp_path):
    halves(tmp_path / "photo.png", 0, 0, size=300)
    viewer = view("photo.png")
    viewer.key("g")
    sees(viewer, "at grid")
    viewer.until(lambda: viewer.picture()[20, 100].min() > 100)
    bright = viewer.picture()[20, :, 0] > 100
    assert list(np.flatnonzero(bright)) == [100, 200]
    assert list(np.flatnonzero(viewer.picture()[:, 20, 0] > 100)) == [100, 200]
    viewer.key("g")
    viewer.until(lambda: viewer.picture().max() == 0)


def test_a_loupe_while_alt_is_held(view, picture):
    pixels = np.asarray(Image.open(picture("big.png", size=(2400, 1600))))
    viewer = view("big.png")
    x, y = viewer.middle("room")
    viewer.move(x, y)
    viewer.x("keydown", "alt")
    sees(viewer, "at loupe")

    def is_exact():
        viewer.drain()
        part = viewer.region("loupe")
        height, width, _ = part.shape
        at = np.argwhere((pixels[:, :, :] == part[0, 0]).all(axis=2))
        return any(
            np.array_equal(pixels[top : top + height, left : left + width], part)
            for top, left in at
        )

    viewer.until(is_exact)
    viewer.move(x + 40, y + 30)
    viewer.until(is_exact)
    viewer.x("keyup", "alt")
    sees_not(viewer, "at loupe")


def test_the_surround(view, tmp_path):
    halves(tmp_path / "photo.png", 9, 9)
    viewer = view("photo.png")
    for gray in 0x76, 0xFF, 0x30:
        viewer.key("v")
        viewer.until(lambda gray=gray: is_all(viewer.region("room")[:4, :4], gray))


def test_panel_and_bar_are_hidden_and_called(view, tmp_path):
    halves(tmp_path / "photo.png", 9, 9)
    viewer = view("photo.png")
    viewer.move(*viewer.middle("room"))
    _, _, width, height = viewer.origin()
    viewer.key("u")
    viewer.wait(r"^notice Panel and bar are hidden.* Back for good: u$")
    sees(viewer, f"at room 0 0 {width} {height}")
    sees_not(viewer, "at button:Help")
    sees_not(viewer, "status photo.png")
    viewer.move(width - 2, height / 3)
    sees(viewer, "at button:Help")
    viewer.drag("exposure", 0.5, 0.75)
    viewer.settle(lambda shown: shown["exposure"] > 0.45)  # the last step
    viewer.move(width / 3, height / 3)
    sees_not(viewer, "at button:Help")
    viewer.move(width / 3, height - 2)
    sees(viewer, "status photo.png")
    viewer.move(width / 3, height / 3)
    sees_not(viewer, "status photo.png")
    viewer.key("Down")  # a key for parameters
    sees(viewer, "at button:Help")
    viewer.key("u")
    viewer.until(lambda: viewer.drain() or viewer.places["room"][2] < width)


def test_dithering(view, tmp_path):
    Image.fromarray(np.full((64, 64), 100 * 257 + 64, np.uint16)).save(tmp_path / "deep.png")
    assert set(np.unique(view("deep.png").picture())) == {100}
    shown = view("deep.png", "--dither").picture()[:, :, 0]
    assert set(np.unique(shown)) == {100, 101}
    assert shown[:64, :64].mean() == pytest.approx(100 + 64 / 257, abs=0.01)
