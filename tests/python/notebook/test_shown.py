"""Images show themselves in notebooks, and a look shows its controls."""

import base64
import io
import subprocess
import sys
import types

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageCms

import lutist
from lutist import Choice, Color, Curve, File, Slider, Toggle, pipeline, tone


def opened(data):
    with Pillow.open(io.BytesIO(data)) as picture:
        return np.asarray(picture), picture.info


@pytest.mark.parametrize("shape", [(40, 30), (40, 30, 2), (40, 30, 3), (40, 30, 4)])
def test_a_small_image_shows_its_own_pixels(noise, shape):
    array, image = noise(shape)
    assert np.array_equal(opened(image._repr_png_())[0], array)
    bundle = image._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]) == image._repr_png_()
    assert bundle["text/plain"] == repr(image) and set(bundle) == {"image/png", "text/plain"}


def test_sixteen_bits_are_shown_with_eight(noise):
    array, image = noise((20, 30, 3), np.uint16)
    assert np.array_equal(opened(image._repr_png_())[0], np.asarray(image.convert(8)))


@pytest.mark.parametrize(
    ("shape", "size"),
    [
        ((1500, 3000, 3), (1024, 512)),
        ((3000, 1500), (512, 1024)),
        ((1024, 1024, 3), (1024, 1024)),
        ((4, 9000, 3), (1024, 1)),
    ],
)
def test_a_large_image_is_shown_smaller(shape, size):
    array = np.full(shape, 100, np.uint8)
    array[:, : shape[1] // 2] = 200
    shown, _ = opened(lutist.Image.from_buffer(array)._repr_png_())
    assert shown.shape[1::-1] == size
    assert (shown[0, 0] == 200).all() and (shown[-1, -1] == 100).all()


def test_of_the_metadata_only_the_profile_is_shown(noise):
    _, image = noise((20, 30, 3))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    carried = {"icc": profile, "xmp": b"<x:xmpmeta/>", "dpi": 300}
    image = lutist.Image.from_buffer(np.asarray(image), metadata=carried)
    _, info = opened(image._repr_png_())
    assert info["icc_profile"] == carried["icc"] and set(info) <= {"icc_profile"}


def test_a_notebook_may_want_only_some_kinds(noise):
    _, image = noise()
    for options in ({"include": ["text/plain"]}, {"exclude": ["image/png"]}):
        assert set(image._repr_mimebundle_(**options)) == {"text/plain"}
    image.close()
    assert image._repr_mimebundle_() == {"text/plain": "<lutist.Image, closed>"}
    with pytest.raises(ValueError, match="closed"):
        image._repr_png_()


class Widget:
    """What panels use of ipywidgets, where that is not installed."""

    def __init__(self, value=None, *rest, **words):
        self._watchers, self._value = [], words.pop("value", value)
        self.rest = rest
        vars(self).update(words)

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, value):
        changed, self._value = value != self._value, value
        for watcher in self._watchers if changed else ():
            watcher({"name": "value", "new": value})

    def observe(self, watcher, name):
        assert name == "value"
        self._watchers.append(watcher)


class Box(Widget):
    def __init__(self, children):
        super().__init__()
        self.children = tuple(children)


@pytest.fixture(autouse=True)
def ipywidgets(monkeypatch):
    """The real ones where they are installed."""
    monkeypatch.delitem(sys.modules, "lutist.notebook.panel", raising=False)
    try:
        import ipywidgets
    except ImportError:
        names = "Checkbox ColorPicker Dropdown FloatLogSlider FloatSlider HTML Image IntSlider Text"
        ipywidgets = types.ModuleType("ipywidgets")
        vars(ipywidgets).update({name: type(name, (Widget,), {}) for name in names.split()})
        ipywidgets.VBox = Box
        monkeypatch.setitem(sys.modules, "ipywidgets", ipywidgets)
    return ipywidgets


@pipeline
def every(
    gain: Slider(0, 4, unit="x", help="more light") = 1.0,
    count: Slider(2, 9) = 5,
    width: Slider(0.001, 0.7, log=True) = 0.1,
    style: Choice("soft", "hard", group="Style") = "soft",
    negative: Toggle() = False,
    tint: Color(group="Style") = "#ff8000",
    points: Curve() = ((0, 0), (0.5, 0.6), (1, 1)),
    table: File("*.cube") = "",
):
    return tone(lambda x: 1 - x * gain if negative else x * gain)


def shown(panel):
    """The preview's pixels."""
    return opened(panel._picture.value)[0]


def test_every_kind_of_control_has_its_widget(noise, ipywidgets):
    panel = every.interact(noise()[1])
    kinds = [type(child).__name__ for child in panel.children]
    assert kinds == [
        *["FloatSlider", "IntSlider", "FloatLogSlider", "Checkbox", "Text", "Text"],
        *["HTML", "Dropdown", "ColorPicker", "Image", "HTML"],
    ]
    gain = panel._controls["gain"]
    assert (gain.description, gain.min, gain.max, gain.tooltip) == ("Gain (x)", 0, 4, "more light")
    assert panel.settings == every.settings()
    assert panel._line.value == ""


def test_the_preview_follows_a_control(noise):
    array, image = noise((60, 80, 4))
    panel = every.interact(image)
    assert np.array_equal(shown(panel), array)
    panel._controls["negative"].value = True
    assert panel.settings["negative"] is True
    want = every.apply(image, **panel.settings)
    assert np.array_equal(shown(panel), np.asarray(want))


def test_the_ends_of_a_logarithmic_slider(noise):
    """As powers of ten they are a digit beyond the range."""
    panel = every.interact(noise()[1])
    for end in (0.001, 0.7):
        panel._controls["width"].value = end * (1 + 1e-15)
        panel._controls["width"].value = end
        assert abs(panel.settings["width"] - end) < 1e-12 and panel._line.value == ""


def test_an_error_shows_below_the_last_good_picture(noise):
    panel = every.interact(noise()[1])
    before = panel._picture.value
    panel._controls["points"].value = "0,0 <b>"
    assert "ParameterError: points=" in panel._line.value and "&lt;b&gt;" in panel._line.value
    assert panel._picture.value == before
    with pytest.raises(lutist.ParameterError):
        panel.settings  # noqa: B018
    panel._controls["points"].value = "0,0 1,1"
    assert panel._line.value == "" and panel.settings["points"] == ((0.0, 0.0), (1.0, 1.0))


def test_an_array_and_a_large_image_can_be_shown():
    assert shown(every.interact(np.zeros((40, 50), np.uint8))).shape == (40, 50)
    large = lutist.Image.from_buffer(np.zeros((900, 3000, 3), np.uint16))
    assert shown(every.interact(large)).shape == (307, 1024, 3)
    with pytest.raises(TypeError, match="takes an Image or an array, not 'photo.jpg'"):
        every.interact("photo.jpg")


def test_without_ipywidgets_one_line_says_what_to_do(tmp_path):
    """In a process of its own: the module may be loaded in this one."""
    code = """
import sys
sys.modules["ipywidgets"] = None
import lutist
image = lutist.Image.from_buffer(memoryview(bytes(12)).cast("B", (2, 2, 3)))
try:
    lutist.load("exposure").interact(image)
except lutist.Error as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.startswith("interact() needs ipywidgets, which is not found here")
    assert done.stdout.endswith(": pip install ipywidgets\n") and done.stdout.count("\n") == 1
