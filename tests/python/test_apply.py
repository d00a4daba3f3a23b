"""apply(): exact for tones, bounded for matrices, and never with the GIL."""

import os
import sys
import threading
import time
import traceback
import zlib

import numpy as np
import PIL.Image
import pytest
from PIL import ImageCms

import _lutist
import lutist
from conftest import rounded
from libm_arrays import libm
from lutist import Slider, pipeline, tone
from waiting import until

DEPTHS = [(np.uint8, 255), (np.uint16, 65535)]
LAYOUTS = [(), (1,), (2,), (3,), (4,)]


@pytest.fixture
def develop():
    return lutist.load("exposure")


@pytest.mark.parametrize(("dtype", "top"), DEPTHS)
@pytest.mark.parametrize("tail", LAYOUTS)
def test_the_default_script_is_exact(develop, noise, dtype, top, tail):
    array, image = noise((40, 61, *tail), dtype)
    got = np.asarray(develop.apply(image, exposure=0.5, gamma=1.3))
    want = np.asarray(rounded((libm(array / top) * 2**0.5) ** (1 / 1.3), top))
    if tail in [(2,), (4,)]:
        want[..., -1] = array[..., -1]
    np.testing.assert_array_equal(got, want.reshape(got.shape))


@pytest.mark.parametrize(("dtype", "top"), DEPTHS)
def test_defaults_are_the_identity(develop, noise, dtype, top):
    array, image = noise(dtype=dtype)
    np.testing.assert_array_equal(np.asarray(develop.apply(image)), array)


def test_memory_is_used_again_only_when_nobody_sees_it(develop):
    def one_of(size, value):
        return lutist.Image.from_buffer(np.full((*size, 3), value, np.uint8))

    bright, middle, dark = (one_of((1500, 1000), value) for value in (90, 50, 20))
    small = one_of((40, 30), 8)
    first = np.asarray(develop.apply(bright, exposure=1))  # keeps its image alive
    second = develop.apply(middle, exposure=1)
    place = np.asarray(second).ctypes.data
    del second
    third = np.asarray(develop.apply(dark, exposure=1))
    assert third.ctypes.data == place
    assert np.asarray(develop.apply(small, exposure=1)).shape == (40, 30, 3)
    assert (first == 180).all() and (third == 40).all()


def test_memory_that_is_used_again_brings_no_metadata(develop, tmp_path):
    array = np.full((64, 64, 3), 90, np.uint8)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    PIL.Image.fromarray(array).save(tmp_path / "tagged.png", icc_profile=profile)
    tagged, plain = lutist.open(tmp_path / "tagged.png"), lutist.Image.from_buffer(array)
    place = np.asarray(develop.apply(tagged, exposure=0.5)).ctypes.data
    result = develop.apply(plain, exposure=0.5)
    assert np.asarray(result).ctypes.data == place
    result.save(tmp_path / "plain.png")
    assert "icc_profile" not in PIL.Image.open(tmp_path / "plain.png").info


def every_value(dtype):
    array = np.arange(np.iinfo(dtype).max + 1, dtype=dtype).reshape(16, -1)
    return array, lutist.Image.from_buffer(array)


@pytest.mark.parametrize(("dtype", "top"), DEPTHS)
def test_twenty_tones_round_once(dtype, top):
    @pipeline
    def chain():
        return [[tone(lambda x: x * 0.97 + 0.01)] * 10, [tone(lambda x: x / 0.98)] * 10]

    array, image = every_value(dtype)
    want = array / top
    for _ in range(10):
        want = want * 0.97 + 0.01
    for _ in range(10):
        want = want / 0.98
    np.testing.assert_array_equal(np.asarray(chain.apply(image)), rounded(want, top))


def test_four_thousand_stages():
    """Tones and matrices by turns, so that none of them joins another."""
    back = 1 / 1.0001

    @pipeline
    def long():
        up, down = lutist.saturation(1.0001), lutist.saturation(back)
        tones = [tone(lambda x: x * 1.0001), tone(lambda x: x * back)]
        return [(tones[i % 2], (up, down)[i % 2]) for i in range(2000)]

    array, image = every_value(np.uint8)
    colours = lutist.Image.from_buffer(np.stack([array, array[::-1], array[:, ::-1]], axis=-1))
    got = np.asarray(long.apply(colours)).astype(int)
    assert np.abs(got - np.asarray(colours)).max() <= 1


def test_values_between_stages_are_not_clamped():
    @pipeline
    def there_and_back():
        return [
            tone(lambda x: x * 4 - 1),
            None,
            [tone([-2.0, 3.0])],
            tone(lambda x: x),
        ]

    array, image = every_value(np.uint8)
    # A table goes on with its end values: below 0 it gives -2, above 1 it gives 3.
    middle = np.clip(array / 255 * 4 - 1, 0, 1)
    want = rounded(-2 + 5 * middle)
    np.testing.assert_array_equal(np.asarray(there_and_back.apply(image)), want)


@pytest.mark.parametrize(
    "table",
    [
        np.arange(255, -1, -1, dtype=np.uint8),
        bytes(range(255, -1, -1)),
        np.linspace(1, 0, 256),
        np.linspace(1, 0, 256, dtype=np.float64).tolist(),
        [1, 0],
        np.array([65535, 0], dtype=np.uint16),
    ],
)
def test_tables_of_every_kind(table):
    @pipeline
    def negative():
        return tone(table)

    array, image = every_value(np.uint8)
    np.testing.assert_array_equal(np.asarray(negative.apply(image)), 255 - array)


def test_channels_are_their_own(noise):
    @pipeline
    def cross():
        return tone(red=lambda x: x**2, blue=[1.0, 0.0])

    array, image = noise((20, 30, 4))
    got = np.asarray(cross.apply(image))
    np.testing.assert_array_equal(got[..., 0], rounded((array[..., 0] / 255) ** 2))
    np.testing.assert_array_equal(got[..., 1], array[..., 1])
    np.testing.assert_array_equal(got[..., 2], 255 - array[..., 2])
    np.testing.assert_array_equal(got[..., 3], array[..., 3])


def test_gray_stays_gray_until_channels_differ(noise):
    _, image = noise((9, 9))
    assert lutist.load("exposure").apply(image, exposure=1).channels == 1
    assert lutist.load("mono").apply(image, filter="red", shadows=0.5).channels == 1
    assert lutist.load("split_toning").apply(image).channels == 3


@pytest.mark.parametrize(("dtype", "bound"), [(np.uint8, 1), (np.uint16, 2)])
def test_a_matrix_between_tones_is_within_its_bound(noise, dtype, bound):
    @pipeline
    def film():
        return [tone(lambda x: x * 1.3), lutist.saturation(1.6), tone(lambda x: (x * x + x) / 2)]

    top = np.iinfo(dtype).max
    array, image = noise((60, 80, 3), dtype)
    luma = np.array([0.2126, 0.7152, 0.0722])
    v = array / top * 1.3
    v = -0.6 * (v @ luma)[..., None] + 1.6 * v
    want = rounded((v * v + v) / 2, top)
    error = np.abs(np.asarray(film.apply(image)).astype(float) - want)
    assert error.max() <= bound


@pytest.mark.parametrize(
    ("f", "message"),
    [
        (lambda x: float("nan"), r"stage 1 \(tone\): the function gave nan for x = 0, not"),
        (lambda x: None, "gave None for x = 0"),
        (lambda x: (x - 0.5) ** 0.5, "gave .*j.* for x = 0, not a number .a power of a negative"),
        (lambda x: "0.5", "gave '0.5' for x = 0"),
    ],
)
def test_what_is_no_number_is_named(noise, f, message):
    @pipeline
    def broken(amount: Slider(0, 1) = 0.25):
        return tone(f)

    with pytest.raises(lutist.Error, match=message) as caught:
        broken.apply(noise()[1])
    assert str(caught.value).endswith("with amount=0.25")


def test_an_exception_in_a_curve_comes_through(noise):
    @pipeline
    def broken():
        return tone(lambda x: 1 / x)

    with pytest.raises(ZeroDivisionError):
        broken.apply(noise()[1])


def test_a_curve_may_close_the_image(noise):
    array, image = noise((2000, 1000, 3))

    @pipeline
    def closing():
        return tone(lambda x: image.close() or 1 - float(x))

    np.testing.assert_array_equal(np.asarray(closing.apply(image)), 255 - array)
    assert image.closed


def words_of(error):
    """What a traceback ends with: the message and the notes, which are in it before 3.11."""
    return "".join(traceback.format_exception_only(type(error), error))


def test_an_exception_in_a_curve_says_where_it_came_about(noise, tmp_path):
    @pipeline
    def broken(amount: Slider(0, 1) = 0.25):
        return [lutist.invert(), tone(lambda x: amount / x)]

    image = noise()[1]
    image.save(tmp_path / "a.png")
    for call in (broken.apply, lambda image: lutist.batch(broken, tmp_path / "a.png", "out")):
        with pytest.raises(ZeroDivisionError, match="division by zero") as caught:
            call(image)
        words = words_of(caught.value)
        assert "stage 2 (tone) at x = 0" in words and "with amount=0.25" in words
        assert words.count("stage 2") == 1


def test_an_exception_of_the_pipeline_itself_has_no_note(noise):
    @pipeline
    def broken(amount: Slider(0, 1) = 0.0):
        return tone([1 / amount, 0])

    with pytest.raises(ZeroDivisionError) as caught:
        broken.apply(noise()[1])
    assert "with amount" not in words_of(caught.value)


@pytest.mark.parametrize("result", [3.5, "tone", [None, [object()]], lambda x: x])
def test_a_wrong_return_value_is_named(noise, result):
    @pipeline
    def broken():
        return result

    with pytest.raises(TypeError, match=r"broken\(\) returned .*, which is not a stage"):
        broken.apply(noise()[1])


@pytest.mark.parametrize(
    "wrong",
    [(), [0.5], [0.0, float("nan")], np.zeros((2, 2)), np.arange(5), object()],
)
def test_a_wrong_table_is_refused(wrong):
    with pytest.raises((ValueError, TypeError), match="table"):
        tone(red=wrong)


@pytest.mark.parametrize("rows", [[], [[1, 0, 0]] * 2, [[1, 0]] * 3, [[float("inf")] * 3] * 3])
def test_a_wrong_matrix_is_refused(rows):
    with pytest.raises(ValueError, match="matrix"):
        lutist.matrix(rows)


def test_apply_wants_an_image(develop, noise):
    with pytest.raises(TypeError, match=r"expected a lutist\.Image, not bytes"):
        develop.apply(noise()[0].tobytes())


@pytest.fixture
def never_taken():
    """Python's lock goes to another thread only where its holder lets go of it."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    yield
    sys.setswitchinterval(before)


def test_python_goes_on_while_pixels_are_mapped(develop, never_taken):
    """A counting thread has its turns during an apply()."""
    image = lutist.Image.from_buffer(np.zeros((3000, 6000, 3), np.uint8))
    counter, stop = [0], threading.Event()

    def count():
        while not stop.is_set():
            counter[0] += 1
            time.sleep(0)  # lets go of the lock, too

    def turns():
        before = counter[0]
        develop.apply(image, exposure=0.5)
        return counter[0] - before

    thread = threading.Thread(target=count)
    thread.start()
    try:
        until(lambda: turns() > 10)
    finally:
        stop.set()
        thread.join()


def cores_busy(work):
    """CPU time against wall time of two Python threads that call work(0) and work(1)."""

    def repeat(index):
        end = time.perf_counter() + 0.7
        while time.perf_counter() < end:
            work(index)

    threads = [threading.Thread(target=repeat, args=(index,)) for index in range(2)]
    wall, cpu = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (time.process_time() - cpu) / (time.perf_counter() - wall)


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one processor only")
def test_two_threads_use_two_cores(develop):
    """As many as two threads of zlib, which lets go of the lock: a busy machine slows both."""
    images = [lutist.Image.from_buffer(np.zeros((2000, 3000, 4), np.uint8)) for _ in range(2)]
    data = bytes(20_000_000)

    def share():
        possible = cores_busy(lambda index: zlib.crc32(data))
        return cores_busy(lambda index: develop.apply(images[index], exposure=0.5)) / possible

    until(lambda: share() >= 0.8)


def unaligned(shape):
    memory = np.empty(2 * int(np.prod(shape)) + 1, np.uint8)
    return memory[1:].view(np.uint16).reshape(shape)


@pytest.mark.parametrize(
    "empty",
    [
        unaligned,
        lambda shape: np.empty(shape, np.uint8),
        lambda shape: np.empty((shape[1], shape[0], shape[2]), np.uint16),
        lambda shape: np.empty(shape, np.uint16)[:, ::-1],
        lambda shape: np.empty((shape[0] - 1, *shape[1:]), np.uint16),
        lambda shape: np.empty(shape[:2], np.uint16),
        lambda shape: np.empty(int(np.prod(shape)), np.uint16),
    ],
    ids=["unaligned", "depth", "turned", "backwards", "low", "flat", "line"],
)
def test_an_array_that_does_not_fit_the_result_is_refused(empty):
    array = np.full((5, 4, 3), 9, np.uint16)
    with pytest.raises(ValueError, match="^(empty|need)"):
        _lutist.apply_array([], array, empty, None)
