"""lutist.Image: buffers without a copy, files in and out."""

import ctypes
import gc

import numpy as np
import pytest

import lutist


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("tail", [(), (2,), (3,), (4,)])
def test_a_buffer_comes_back(noise, dtype, tail):
    array, image = noise((7, 5, *tail), dtype)
    view = memoryview(image)
    assert (image.width, image.height) == (5, 7)
    assert image.channels == (tail[0] if tail else 1)
    assert image.depth == array.itemsize * 8
    assert view.readonly
    assert view.shape == array.shape
    assert view.tobytes() == array.tobytes()
    np.testing.assert_array_equal(np.asarray(image), array)


def test_a_view_is_no_copy_and_keeps_the_pixels(noise):
    array, image = noise((100, 100, 3))
    view = np.asarray(image)
    assert view.__array_interface__["data"][0] == np.asarray(image).__array_interface__["data"][0]
    del image
    gc.collect()
    np.testing.assert_array_equal(view, array)


def test_an_image_copies_what_it_is_made_of(noise):
    array, image = noise()
    before = array.copy()
    array[:] = 0
    np.testing.assert_array_equal(np.asarray(image), before)


def test_an_image_cannot_be_written(noise):
    view = np.asarray(noise()[1])
    with pytest.raises(ValueError, match="read-only|assignment destination"):
        view[0, 0] = 0
    with pytest.raises((TypeError, BufferError)):
        (ctypes.c_char * 4).from_buffer(noise()[1])


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros(5, np.uint8),
        np.zeros((5, 5, 5), np.uint8),
        np.zeros((0, 5), np.uint8),
        np.zeros((5, 5), np.float32),
        np.zeros((5, 5), np.int8),
        np.zeros((5, 5), ">u2"),
        np.zeros((2, 2, 2, 2), np.uint8),
    ],
)
def test_other_buffers_are_refused(wrong):
    with pytest.raises(ValueError, match="samples|make no image"):
        lutist.Image.from_buffer(wrong)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize(
    "view",
    [
        np.s_[::-1],
        np.s_[:, ::2],
        np.s_[:, :, ::-1],
        np.s_[3:9, 5:6],
        np.s_[:, :, 1],
        np.s_[..., 0:2],
    ],
)
def test_strides_do_not_matter(noise, dtype, view):
    array, image = noise(dtype=dtype)
    for source in (array, np.asarray(image)):
        got = np.asarray(lutist.Image.from_buffer(source[view]))
        np.testing.assert_array_equal(got, array[view])
    np.testing.assert_array_equal(np.asarray(lutist.Image.from_buffer(image)), array)
    turned = array.transpose(1, 0, 2)
    np.testing.assert_array_equal(np.asarray(lutist.Image.from_buffer(turned)), turned)


def test_what_is_no_buffer_is_refused():
    with pytest.raises(TypeError):
        lutist.Image.from_buffer(3)
    with pytest.raises(TypeError):
        lutist.Image()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("tail", [(), (2,), (3,), (4,)])
def test_png_keeps_every_bit(noise, tmp_path, dtype, tail):
    array, image = noise((9, 11, *tail), dtype)
    path = tmp_path / "a.png"
    image.save(path)
    again = lutist.open(path)
    assert again.depth == image.depth
    np.testing.assert_array_equal(np.asarray(again), array)


def test_convert_changes_the_depth_alone(noise):
    array, image = noise()
    deep = image.convert(depth=16)
    assert (deep.depth, deep.channels) == (16, 3)
    np.testing.assert_array_equal(np.asarray(deep), array * np.uint16(257))
    np.testing.assert_array_equal(np.asarray(deep.convert(8)), array)
    deep_array, deep_image = noise(dtype=np.uint16)
    np.testing.assert_array_equal(
        np.asarray(deep_image.convert(8)), np.floor(deep_array / 257 + 0.5)
    )
    with pytest.raises(ValueError, match="depth=12"):
        image.convert(12)


def test_save_never_replaces_unless_told(noise, tmp_path):
    _, image = noise()
    path = tmp_path / "a.jpg"
    image.save(path, quality=50)
    small = path.stat().st_size
    with pytest.raises(lutist.ImageError, match="exist"):
        image.save(path)
    image.save(str(path), quality=95, overwrite=True)
    assert path.stat().st_size > small
    assert [p.name for p in tmp_path.iterdir()] == ["a.jpg"]


def test_failures_are_image_errors(noise, tmp_path):
    _, image = noise()
    with pytest.raises(lutist.ImageError, match=r"none\.jpg: No such file") as caught:
        lutist.open(tmp_path / "none.jpg")
    assert isinstance(caught.value, OSError)
    with pytest.raises(lutist.ImageError, match="nowhere"):
        image.save(tmp_path / "nowhere" / "a.png")
    with pytest.raises(lutist.ParameterError):
        image.save(tmp_path / "a.xyz")
    with pytest.raises(lutist.ImageError, match="pixels"):
        image.save(tmp_path / "b.png")
        lutist.open(tmp_path / "b.png", max_pixels=10)
