"""Pictures with ICC profiles, as they are on the screen, beside Little CMS (Pillow's ImageCms)."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms
from x11_server import put_monitors, put_profile

import icc_profiles as icc
from colour_files import ADOBE, chrm, dcf_exif, gama, with_chunks
from conftest import Viewer, start_display

SAMPLE = Path(__file__).resolve().parent.parent.parent / "assets/sample.jpg"
SIZE = 256


@pytest.fixture(scope="module")
def photograph():
    """A part of the sample picture, and saturated colours, which profiles tell apart."""
    photo = np.asarray(Image.open(SAMPLE).convert("RGB").resize((SIZE, SIZE)))
    colors = np.random.default_rng(1).integers(0, 256, (32, SIZE, 3), dtype=np.uint8)
    return np.concatenate([photo, colors])


def reference(pixels, source, target=None):
    ends = [
        ImageCms.ImageCmsProfile(io.BytesIO(end)) if end else ImageCms.createProfile("sRGB")
        for end in (source, target)
    ]
    return np.asarray(ImageCms.profileToProfile(Image.fromarray(pixels), *ends)).astype(int)


def is_shown(viewer, wanted, steps=2):
    shown = viewer.picture()
    return shown.shape == wanted.shape and np.abs(shown - wanted.astype(int)).max() <= steps


def save(path, pixels, profile=None):
    Image.fromarray(pixels).save(path, **({"icc_profile": profile} if profile else {}))
    return path


@pytest.mark.parametrize("profile", [icc.adobe(), icc.display_p3()])
def test_a_photograph_has_its_own_colours(view, tmp_path, photograph, profile):
    """With, without and with its profile again; before and after."""
    viewer = view(save(tmp_path / "a.png", photograph, profile))
    wanted = reference(photograph, profile)
    assert np.abs(wanted - photograph).max() > 20
    viewer.key("1")
    viewer.settle(zoom=1, colors=1)
    viewer.until(lambda: is_shown(viewer, wanted))
    viewer.key("k")
    viewer.settle(colors=0)
    viewer.until(lambda: is_shown(viewer, photograph, steps=0))
    viewer.key("k")
    viewer.settle(colors=1, original=0)
    viewer.stroke("b")
    viewer.settle(colors=1, original=1)
    viewer.until(lambda: is_shown(viewer, wanted))


@pytest.mark.parametrize("options", [("--mode", "single"), ("--mode", "numpy"), ("--isolate",)])
def test_the_look_comes_before_the_conversion(view, lutist, tmp_path, photograph, options):
    """In every mode and process, of the visible part and of the whole."""
    path = save(tmp_path / "a.png", photograph, icc.display_p3())
    look = "-p", "exposure=0.4"
    assert lutist("batch", path, "-q", *look, "--convert", "srgb", "-o", "out").returncode == 0
    viewer = view(path, *look, *options)
    viewer.key("1")
    viewer.settle(zoom=1)
    wanted = np.asarray(Image.open(tmp_path / "out/a.png"))
    viewer.until(lambda: is_shown(viewer, wanted, steps=0))
    viewer.key("w")
    viewer.settle(whole=1)
    viewer.until(lambda: is_shown(viewer, wanted, steps=0))


def test_the_status_bar_names_the_profile(view, tmp_path, photograph):
    viewer = view(save(tmp_path / "a.png", photograph, icc.adobe()), settle=False)
    viewer.wait(r"status Adobe RGB \(1998\)$")
    viewer.key("k")
    viewer.wait(r"status Adobe RGB \(1998\), not converted$")


@pytest.mark.parametrize("profile", [icc.srgb_table(), None])
def test_srgb_is_shown_to_the_last_bit(view, tmp_path, photograph, profile):
    viewer = view(save(tmp_path / "a.png", photograph, profile))
    viewer.key("1")
    viewer.settle(zoom=1, colors=0)
    viewer.until(lambda: is_shown(viewer, photograph, steps=0))
    viewer.key("k")
    viewer.wait("notice The picture's colours need no conversion")


def test_what_a_picture_declares_without_a_profile_counts(view, tmp_path, photograph):
    """A PNG file's chunks and a camera's EXIF data, one after the other and between plain ones."""
    save(tmp_path / "0.png", photograph)
    plain = (tmp_path / "0.png").read_bytes()
    (tmp_path / "1.png").write_bytes(with_chunks(plain, gama(45471), chrm(ADOBE)))
    save(tmp_path / "2.png", photograph)
    exif = b"Exif\0\0" + dcf_exif()
    Image.fromarray(photograph).save(tmp_path / "3.jpg", quality=100, subsampling=0, exif=exif)
    decoded = np.asarray(Image.open(tmp_path / "3.jpg"))
    viewer = view(*(tmp_path / name for name in ("0.png", "1.png", "2.png", "3.jpg")))
    viewer.key("1")
    viewer.settle(zoom=1, colors=0)
    for number, pixels, name in (
        (1, photograph, "Adobe RGB primaries, gamma 2.2"),
        (2, photograph, None),
        (3, decoded, "Adobe RGB"),
    ):
        viewer.key("n")
        viewer.settle(image=number, zoom=1, colors=int(name is not None))
        wanted = reference(pixels, icc.adobe()) if name else pixels
        viewer.until(lambda wanted=wanted: is_shown(viewer, wanted, steps=3))
        if name:
            assert f"status {name}" in viewer.log


def test_a_broken_profile_is_told_once(view, tmp_path, photograph):
    broken = icc.adobe().replace(b"rTRC", b"xTRC")
    first = save(tmp_path / "a.png", photograph, broken)
    second = save(tmp_path / "b.png", photograph, broken)
    viewer = view(first, second, settle=False)
    viewer.wait("notice The picture's profile is not used: damaged ICC profile")
    viewer.settle(colors=0)
    viewer.key("1")
    viewer.settle(zoom=1)
    viewer.until(lambda: is_shown(viewer, photograph, steps=0))
    said = len([line for line in viewer.log if "damaged ICC" in line and "notice" in line])
    viewer.key("n")
    viewer.settle(image=1)
    bar = max(i for i, line in enumerate(viewer.log) if line.startswith("status b.png"))
    frame = "\n".join(viewer.log[bar:])
    assert "status b.png" in frame and "message" not in frame  # it has gone with its picture
    assert said == len([line for line in viewer.log if "damaged ICC" in line and "notice" in line])


def test_pictures_in_a_row_have_each_its_own_colours(view, tmp_path, photograph):
    """Also while the script fails: then they are shown before it."""
    profiles = [icc.adobe(), None, icc.display_p3(), icc.display_p3(), icc.rgb_table()]
    for number, profile in enumerate(profiles):
        save(tmp_path / f"{number}.png", photograph, profile)
    viewer = view(*(tmp_path / f"{number}.png" for number in range(5)))
    viewer.key("1")
    viewer.settle(zoom=1)
    for number in (1, 2, 3):
        viewer.key("n")
        viewer.settle(image=number, zoom=1)
        profile = profiles[number]
        wanted = reference(photograph, profile) if profile else photograph
        viewer.until(lambda wanted=wanted: is_shown(viewer, wanted))
    viewer.key("n")
    viewer.settle(image=4, colors=1)


def test_a_display_profile_of_the_command_line(view, lutist, tmp_path, photograph):
    (tmp_path / "display.icc").write_bytes(icc.display_p3())
    path = save(tmp_path / "a.png", photograph)
    viewer = view(path, "--display-profile", "display.icc")
    viewer.key("1")
    viewer.settle(zoom=1, colors=1)
    viewer.until(lambda: is_shown(viewer, reference(photograph, None, icc.display_p3())))
    for name, reason in {
        "none.icc": "--display-profile: none.icc: No such file or directory",
        "gray.icc": "--display-profile: gray.icc: a profile of gray, and the display has colours",
        "a.png": "--display-profile: a.png: not an ICC profile",
    }.items():
        (tmp_path / "gray.icc").write_bytes(icc.gray())
        done = lutist("view", path, "--display-profile", name, env={"DISPLAY": ""})
        assert (done.returncode, done.stderr) == (2, f"lutist: {reason}\n")


@pytest.fixture
def own_display():
    server, name = start_display()
    yield name
    server.terminate()
    server.wait()


def test_the_display_s_own_profile(lutist_path, own_display, tmp_path, photograph):
    """Of X11; --display-profile is stronger, and a broken one is told of."""
    adobe = save(tmp_path / "a.png", photograph, icc.adobe())
    put_profile(own_display, icc.display_p3())
    for options, target in ((), icc.display_p3()), (("--display-profile", "srgb"), None):
        viewer = Viewer(lutist_path, own_display, adobe, *options, cwd=tmp_path)
        try:
            viewer.settle()
            viewer.key("1")
            viewer.settle(zoom=1, colors=1)
            wanted = reference(photograph, icc.adobe(), target)
            viewer.until(lambda viewer=viewer, wanted=wanted: is_shown(viewer, wanted))
        finally:
            viewer.close()
    put_profile(own_display, b"no profile" * 100)
    viewer = Viewer(lutist_path, own_display, adobe, cwd=tmp_path)
    try:
        viewer.wait("notice The display's profile is not used: damaged ICC profile: its header")
        viewer.settle(colors=1)
    finally:
        viewer.close()


def test_the_profile_of_the_display_that_the_window_is_on(
    lutist_path, own_display, tmp_path, photograph
):
    """Also when the window is moved, and when the profile is replaced."""
    put_monitors(own_display, (0, 0, 640, 900, 96), (640, 0, 640, 900, 96))
    put_profile(own_display, icc.display_p3(), number=1)
    picture = save(tmp_path / "a.png", photograph, icc.adobe())
    viewer = Viewer(lutist_path, own_display, picture, cwd=tmp_path)

    def is_seen(target):
        viewer.drain()
        return is_shown(viewer, reference(photograph, icc.adobe(), target))

    try:
        viewer.settle()
        viewer.resize(600, 500)
        viewer.x("windowmove", viewer.window, 10, 10)
        viewer.key("1")
        viewer.settle(zoom=1, colors=1)
        viewer.until(lambda: is_seen(None))
        viewer.x("windowmove", viewer.window, 660, 10)
        viewer.until(lambda: is_seen(icc.display_p3()))
        put_profile(own_display, icc.adobe(), number=1)
        viewer.until(lambda: is_seen(icc.adobe()))
        viewer.x("windowmove", viewer.window, 10, 10)
        viewer.until(lambda: is_seen(None))
    finally:
        viewer.close()


def test_16_bits_and_gray(view, lutist, tmp_path):
    """As batch writes them, scaled to 8 bits; gray by its own curve."""
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16).repeat(8, 0).repeat(8, 1)
    gray = save(tmp_path / "gray.png", ramp, icc.gray(1.8))
    assert lutist("batch", gray, "-q", "--convert", "srgb", "-o", "out").returncode == 0
    wanted = np.asarray(Image.open(tmp_path / "out/gray.png"))[..., None].repeat(3, -1)
    viewer = view(gray)
    viewer.key("1")
    viewer.settle(zoom=1, colors=1)
    viewer.until(lambda: is_shown(viewer, wanted, steps=0))
