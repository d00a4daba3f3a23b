"""lutist.Image: buffers without a copy, files in and out."""

import copy
import ctypes
import errno
import gc
import io
import os
import pickle
import zipfile

import numpy as np
import PIL.Image
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


def test_save_has_the_options_of_a_batch(noise, tmp_path):
    array, image = noise((40, 60, 3))

    def saved(name, **options):
        image.save(tmp_path / name, **options)
        stream = io.BytesIO()
        image.save(stream, format=name.partition(".")[2], **options)
        assert stream.getvalue() == (tmp_path / name).read_bytes()
        return stream.getvalue()

    plain = saved("plain.jpg", quality=80)
    progressive = saved("progressive.jpg", quality=80, progressive=True)
    assert b"\xff\xc2" in progressive and b"\xff\xc2" not in plain
    assert len(saved("optimized.jpg", quality=80, optimize=True)) < len(plain)
    assert b"\xff\xdd" in saved("restart.jpg", quality=80, restart=1)
    again = lutist.open(tmp_path / "plain.jpg")
    again.save(tmp_path / "kept.jpg", quality="keep")
    tables = [PIL.Image.open(tmp_path / f"{n}.jpg").quantization for n in ("plain", "kept")]
    assert tables[0] == tables[1]
    assert len(saved("plain.tif", compression="none")) > array.nbytes
    sizes = [len(saved(f"{p}.tif", compression="lzw", predictor=p)) for p in ("none", "horizontal")]
    assert sizes[0] != sizes[1]
    saved("small.png", level=9)
    assert lutist.open(tmp_path / "small.png") == image
    saved("exact.webp", lossless=True)
    assert lutist.open(tmp_path / "exact.webp") == image
    saved("deep.png", depth=16)
    assert lutist.open(tmp_path / "deep.png") == image.convert(16)
    image.convert(16).save(tmp_path / "eight.tif", depth=8)
    assert lutist.open(tmp_path / "eight.tif") == image


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"quality": "best"}, "quality='best'"),
        ({"level": 10}, "level=10"),
        ({"restart": -1}, "restart=-1"),
        ({"depth": 12}, "depth=12: must be 8 or 16"),
        ({"progressive": 2}, "progressive=2 is neither True nor False"),
        ({"compression": "zip"}, "compression='zip': must be 'none', 'lzw' or 'deflate'"),
        ({"predictor": 1}, "predictor=1: must be 'none' or 'horizontal'"),
    ],
)
def test_save_refuses_other_values(noise, tmp_path, options, words):
    with pytest.raises(lutist.ParameterError, match=words):
        noise()[1].save(tmp_path / "a.jpg", **options)
    with pytest.raises(TypeError, match="save.. got an unexpected keyword argument 'qualty'"):
        noise()[1].save(tmp_path / "a.jpg", qualty=3)
    assert not list(tmp_path.iterdir())


def test_save_replaces_a_link_itself(noise, tmp_path):
    _, image = noise()
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "a.png").symlink_to(tmp_path / "mine.txt")
    with pytest.raises(lutist.ImageError, match="exist"):
        image.save(tmp_path / "a.png")
    image.save(tmp_path / "a.png", overwrite=True)
    assert not (tmp_path / "a.png").is_symlink()
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_what_is_made_of_a_private_file_is_private(noise, tmp_path):
    _, image = noise()
    source = tmp_path / "a.png"
    image.save(source)
    source.chmod(0o600)
    invert = lutist.pipeline(lambda: lutist.tone(lambda x: 1 - x))
    image = lutist.open(source)
    for name, made in (("b", image), ("c", invert.apply(image)), ("d", image.convert(16))):
        made.save(tmp_path / f"{name}.png")
        assert (tmp_path / f"{name}.png").stat().st_mode & 0o777 == 0o600
    (tmp_path / "b.png").chmod(0o640)
    image.save(tmp_path / "b.png", overwrite=True)  # as somebody has set it
    assert (tmp_path / "b.png").stat().st_mode & 0o777 == 0o640


def test_save_removes_what_a_killed_run_left(noise, tmp_path):
    _, image = noise()
    left = tmp_path / ".old.png.lutist-abcd1234307n"
    left.touch()
    image.save(tmp_path / "a.png")
    assert not left.exists()
    left.touch()
    image.save(tmp_path / "b.png")  # a folder is looked through once
    assert left.exists()


def test_save_keeps_a_leftover_that_was_opened(noise, tmp_path):
    _, image = noise()
    image.save(tmp_path / "whole.png")
    (tmp_path / "new").mkdir()
    left = (tmp_path / "whole.png").rename(tmp_path / "new" / ".a.png.lutist-abcd1234307n")
    lutist.open(left).save(tmp_path / "new" / "a.png")
    assert left.exists()


def test_shape_and_size_are_those_of_numpy_and_pillow(noise):
    for tail in [(), (2,), (3,), (4,)]:
        array, image = noise((7, 5, *tail))
        assert image.shape == array.shape == memoryview(image).shape
        assert image.size == (5, 7)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("shape", [(7, 5), (7, 5, 3), (4, 64, 1)])
def test_the_array_interface_is_read_only_and_keeps_the_pixels(noise, dtype, shape):
    array, image = noise(shape, dtype)
    interface = image.__array_interface__
    assert interface["version"] == 3
    assert interface["data"] == (np.asarray(image).ctypes.data, True)
    only = type("Only", (), {"__array_interface__": interface, "image": image})()
    got = np.asarray(only)
    np.testing.assert_array_equal(got, array.reshape(got.shape))
    image.close()
    del image
    np.testing.assert_array_equal(got, array.reshape(got.shape))


def test_images_are_equal_by_their_pixels(noise):
    array, image = noise()
    same = lutist.Image.from_buffer(array)
    assert image == same
    assert (image != same) is False
    other = array.copy()
    other[-1, -1, -1] ^= 1
    assert image != lutist.Image.from_buffer(other)
    assert image != image.convert(16)
    assert image != lutist.Image.from_buffer(array[:-1])
    assert image != array.tobytes() and image != None  # noqa: E711
    gray = lutist.Image.from_buffer(np.zeros((4, 4), np.uint8))
    assert gray == lutist.Image.from_buffer(np.zeros((4, 4, 1), np.uint8))
    with pytest.raises(TypeError):
        image < same  # noqa: B015
    with pytest.raises(TypeError, match="unhashable"):
        hash(image)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("shape", [(7, 5), (7, 5, 3), (4, 64, 4)])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_images_can_be_pickled(noise, protocol, shape, dtype):
    array, image = noise(shape, dtype)
    again = pickle.loads(pickle.dumps(image, protocol))
    assert again == image
    np.testing.assert_array_equal(np.asarray(again), array)


def test_copies_share_pixels_and_close_apart(noise):
    array, image = noise()
    for duplicate in (copy.copy(image), copy.deepcopy([image])[0]):
        assert duplicate == image and duplicate is not image
        assert np.asarray(duplicate).ctypes.data == np.asarray(image).ctypes.data
        duplicate.close()
        np.testing.assert_array_equal(np.asarray(image), array)


def test_a_closed_image_says_so(noise, tmp_path):
    _, image = noise()
    look = lutist.load("exposure")
    with image as same:
        assert same is image and not image.closed
    assert image.closed
    assert repr(image) == "<lutist.Image, closed>"
    assert image == image and image != noise()[1]
    uses = [
        lambda: image.width,
        lambda: image.shape,
        lambda: image.size,
        lambda: image.metadata,
        lambda: image.__array_interface__,
        lambda: memoryview(image),
        lambda: image.convert(16),
        lambda: image.save(tmp_path / "a.png"),
        lambda: image.save(io.BytesIO(), format="png"),
        lambda: look.apply(image),
        lambda: copy.copy(image),
        lambda: pickle.dumps(image),
        image.__enter__,
    ]
    for use in uses:
        with pytest.raises(ValueError, match="the image is closed"):
            use()
    image.close()
    with pytest.raises(KeyError), noise()[1] as failing:
        raise KeyError
    assert failing.closed


def test_a_path_may_close_the_image(noise, tmp_path):
    _, image = noise()

    class Closing:
        def __fspath__(self):
            image.close()
            return str(tmp_path / "a.png")

    with pytest.raises(ValueError, match="the image is closed"):
        image.save(Closing())
    assert not (tmp_path / "a.png").exists()


def test_a_view_outlives_the_close(noise):
    array, image = noise((64, 64, 3))
    view = np.asarray(image)
    image.close()
    del image
    gc.collect()
    np.testing.assert_array_equal(view, array)


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif"])
def test_streams_hold_what_files_hold(noise, tmp_path, suffix):
    _, image = noise()
    image.save(tmp_path / f"a.{suffix}", quality=80)
    stream = io.BytesIO()
    image.save(stream, format=suffix, quality=80)
    assert stream.getvalue() == (tmp_path / f"a.{suffix}").read_bytes()
    stream.seek(0)
    assert lutist.open(stream) == lutist.open(tmp_path / f"a.{suffix}")
    with open(tmp_path / f"a.{suffix}", "rb") as file, open(tmp_path / f"b.{suffix}", "xb") as to:
        lutist.open(file).save(to)  # the format is its name's
    assert lutist.open(tmp_path / f"b.{suffix}").size == image.size
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as pack:
        with pack.open(f"a.{suffix}", "w") as member:
            image.save(member, format=suffix)
        with pack.open(f"a.{suffix}") as member:
            assert lutist.open(member).size == image.size


def test_a_stream_that_takes_a_little_at_a_time(noise):
    _, image = noise()

    class Slow:
        taken = b""

        def write(self, data):
            self.taken += bytes(data[:7])
            return min(len(data), 7)

    slow = Slow()
    image.save(slow, format="png")
    assert lutist.open(io.BytesIO(slow.taken)) == image


def test_a_stream_that_takes_nothing_is_an_error(noise):
    _, image = noise()
    nothing = type("Nothing", (), {"write": lambda self, data: 0})()
    would_block = type("Raw", (io.RawIOBase,), {"write": lambda self, data: None})()
    for stream in (nothing, would_block):
        with pytest.raises(lutist.ImageError, match="the stream: takes no more bytes") as caught:
            image.save(stream, format="png")
        assert caught.value.errno == errno.EAGAIN
    taken = []
    image.save(type("Plain", (), {"write": lambda self, data: taken.append(data)})(), format="png")
    assert lutist.open(io.BytesIO(taken[0])) == image


def test_what_streams_refuse(noise, tmp_path):
    _, image = noise()
    with pytest.raises(lutist.ParameterError, match="add format='png'"):
        image.save(io.BytesIO())
    with pytest.raises(lutist.ParameterError, match="unknown image format xyz"):
        image.save(io.BytesIO(), format="xyz")
    with pytest.raises(lutist.ImageError, match="the stream: empty file") as caught:
        lutist.open(io.BytesIO())
    assert caught.value.errno is None
    with pytest.raises(lutist.ImageError, match="not an image format"):
        lutist.open(io.BytesIO(b"text"))
    with pytest.raises(TypeError, match="read.. gives str, not bytes"):
        lutist.open(io.StringIO("text"))
    (tmp_path / "a.txt").write_text("text")
    with open(tmp_path / "a.txt", "rb") as file:
        with pytest.raises(lutist.ImageError, match=r"a\.txt: not an image") as caught:
            lutist.open(file)
        assert caught.value.filename == str(tmp_path / "a.txt")
    with pytest.raises(ZeroDivisionError):
        image.save(type("Bad", (), {"write": lambda self, data: 1 / 0})(), format="png")
    with pytest.raises(lutist.ParameterError, match="quality=101"):
        image.save(tmp_path / "a.jpg", quality=101)
    for most in (-1, 2**64, 1.5, True, "9"):
        with pytest.raises(lutist.ParameterError, match="max_pixels="):
            lutist.open(tmp_path / "a.jpg", max_pixels=most)


def errors_of(noise, folder):
    """(what raises, errno, exception of Python's, the file it names)."""
    _, image = noise()
    image.save(folder / "there.png")
    (folder / "text.png").write_text("no image")
    return [
        (lambda: lutist.open(folder / "none.jpg"), errno.ENOENT, FileNotFoundError, "none.jpg"),
        (lambda: lutist.open(folder), errno.EISDIR, IsADirectoryError, ""),
        (
            lambda: lutist.open(folder / "there.png" / "a.png"),
            errno.ENOTDIR,
            NotADirectoryError,
            "there.png/a.png",
        ),
        (lambda: lutist.open(folder / "text.png"), None, OSError, "text.png"),
        (lambda: image.save(folder / "there.png"), errno.EEXIST, FileExistsError, "there.png"),
        (lambda: image.save(folder / "no" / "a.png"), errno.ENOENT, FileNotFoundError, "no/a.png"),
    ]


def test_errors_are_those_of_python_too(noise, tmp_path):
    for call, number, kind, name in errors_of(noise, tmp_path):
        path = str(tmp_path / name) if name else str(tmp_path)
        for wanted in (kind, OSError, lutist.Error, lutist.ImageError):
            with pytest.raises(wanted) as caught:
                call()
        error = caught.value
        assert (error.errno, error.filename) == (number, path)
        assert str(error) == f"{path}: {error.strerror}"
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error) and str(again) == str(error)
        assert (again.errno, again.filename) == (number, path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_a_permission_error(noise, tmp_path):
    noise()[1].save(tmp_path / "a.png")
    (tmp_path / "a.png").chmod(0)
    with pytest.raises(PermissionError) as caught:
        lutist.open(tmp_path / "a.png")
    assert isinstance(caught.value, lutist.ImagePermissionError)


def test_an_image_error_of_a_script_is_an_ordinary_exception():
    assert str(lutist.ImageError("my own words")) == "my own words"
    assert issubclass(lutist.ImagePermissionError, PermissionError)
    assert str(lutist.ImageError()) == ""


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
