"""Pipeline.apply with NumPy arrays: the same bits as with Images, and no copy of the pixels."""

import resource
import sys
import threading

import numpy as np
import pytest

import lutist
from lutist import Slider, matrix, pipeline, tone

SHAPES = [(33, 47), (33, 47, 1), (33, 47, 2), (33, 47, 3), (33, 47, 4), (1, 1), (1, 300, 3)]
WARM = [[1.1, 0.05, 0, 0.01], [0, 0.9, 0.05, 0], [0.1, 0, 0.8, 0]]


@pipeline
def curve(gain: Slider(0, 4) = 1.5):
    return tone(lambda x: x * gain)


@pipeline
def tint(gain: Slider(0, 4) = 1.5):
    return [tone(red=lambda x: x * gain), matrix(WARM), tone(lambda x: 1 - x if x > 0.5 else x)]


@pipeline
def nothing():
    return None


def wanted(develop, array, **params):
    """By way of an Image."""
    made = np.array(develop.apply(lutist.Image.from_buffer(array), **params))
    return made[..., None] if array.ndim == 3 and made.ndim == 2 else made


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("develop", [curve, tint, nothing], ids=lambda look: look.__name__)
def test_an_array_gives_an_array_with_the_bits_of_an_image(noise, develop, shape, dtype):
    array, _ = noise(shape, dtype)
    before = array.copy()
    made = develop.apply(array)
    assert type(made) is np.ndarray and made.dtype == dtype
    assert made.flags.c_contiguous and made.flags.writeable and made.flags.owndata
    assert np.array_equal(made, wanted(develop, array))
    assert np.array_equal(array, before) and not np.shares_memory(made, array)


@pytest.mark.parametrize("mode", sorted(set(lutist.MODES) - {"opencl"}))
@pytest.mark.parametrize("shape", [(33, 47), (33, 47, 1), (33, 47, 3)])
def test_every_mode_gives_the_same(noise, mode, shape):
    array, _ = noise(shape)
    made = tint.apply(array, mode=mode)
    assert made.flags.writeable and np.array_equal(made, tint.apply(array))


def views(array):
    """By name: arrays whose samples lie in memory in other ways."""
    odd = np.zeros(array.nbytes + 1, np.uint8)[1:].view(array.dtype).reshape(array.shape)
    odd[...] = array
    readonly = array.copy()
    readonly.flags.writeable = False
    return {
        "crop": array[3:-2, 5:-7],
        "upside down": array[::-1],
        "mirrored": array[:, ::-1],
        "every second": array[::2, ::3],
        "bgr": array[..., ::-1],
        "two of three": array[..., :2],
        "turned": array.transpose(1, 0, 2),
        "fortran": np.asfortranarray(array),
        "broadcast": np.broadcast_to(array[0], array.shape),
        "odd address": odd,
        "read-only": readonly,
    }


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("name", views(np.zeros((9, 16, 3), np.uint8)))
def test_any_strides(noise, name, dtype):
    array = views(noise((33, 47, 3), dtype)[0])[name]
    for develop in (curve, tint):
        made = develop.apply(array)
        assert np.array_equal(made, wanted(develop, np.ascontiguousarray(array)))
        assert made.flags.c_contiguous


@pytest.mark.parametrize("shift", [0, 1, 17])
@pytest.mark.parametrize("shape", [(2100, 3000, 3), (2100, 3000, 4), (4000, 4500)])
def test_arrays_larger_than_the_caches(shape, shift):
    """Their results bypass the caches, which wants alignment that NumPy does not promise."""
    count = int(np.prod(shape))
    whole = np.resize(np.random.default_rng(1).integers(0, 256, 99_991, np.uint8), count + shift)
    array = whole[shift:].reshape(shape)
    table = curve.apply(np.arange(256, dtype=np.uint8)[None])[0]
    want = table[array]
    if shape[-1] == 4:
        want[..., 3] = array[..., 3]
    assert np.array_equal(curve.apply(array), want)


@pytest.mark.parametrize(
    ("array", "told"),
    [
        (np.zeros((4, 4, 3)), r"not of float64: \(array \* 65535 \+ 0\.5\)\.clip"),
        (np.zeros((4, 4, 3), np.float32), "not of float32"),
        (np.zeros((4, 4), np.int64), r"not of int64: array\.astype\('uint8'\)"),
        (np.zeros((4, 4), bool), "not of bool"),
        (np.zeros((4, 4), ">u2"), "not of >u2"),
        (np.zeros((4, 4, 5), np.uint8), "4 x 4 pixels of 5 channels make no image"),
        (np.zeros((0, 4), np.uint8), "4 x 0 pixels"),
        (np.zeros(4, np.uint8), "not 1 dimensions"),
        (np.zeros((1, 2, 3, 4), np.uint8), "not 4 dimensions"),
    ],
    ids=lambda value: None if isinstance(value, str) else f"{value.dtype} {value.shape}",
)
def test_other_arrays_are_refused_by_name(array, told):
    with pytest.raises(ValueError, match=told):
        curve.apply(array)


def test_what_the_line_for_floats_says_works(noise):
    array = np.linspace(0, 1, 300).reshape(10, 10, 3)
    made = nothing.apply((array * 65535 + 0.5).clip(0, 65535).astype("uint16"))
    assert np.abs(made / 65535 - array).max() < 1e-5


def test_lists_and_buffers_are_no_images():
    for value in ([[1, 2]], bytes(4), memoryview(bytes(4)), 3, None):
        with pytest.raises(TypeError, match="expected a lutist.Image"):
            curve.apply(value)


def test_parameters_and_errors_are_those_of_images(noise):
    array, _ = noise()
    with pytest.raises(lutist.ParameterError, match="outside its range"):
        curve.apply(array, gain=9)

    @pipeline
    def bad():
        return tone(lambda x: 1 / (x - x))

    with pytest.raises(ZeroDivisionError):
        bad.apply(array)
    with pytest.raises(lutist.ParameterError):
        curve.apply(array, mode="fast")


def test_numpy_refuses_to_resize_an_array_in_work():
    """A curve is called in the middle of an apply, and tries."""
    array = np.zeros((8, 8), np.uint8)
    reasons = []

    @pipeline
    def look():
        def sampled(x):
            if not reasons:
                try:
                    array.resize((4, 4))
                except ValueError as error:
                    reasons.append(str(error))
            return float(repr(x))

        return tone(sampled)

    assert np.array_equal(look.apply(array), array)
    assert len(reasons) == 1 and array.shape == (8, 8)


def test_memory_is_the_result_s_alone():
    """Forty times 24 MB in turn: neither arrays nor views of them are kept."""
    array = np.zeros((2000, 4000, 3), np.uint8)
    curve.apply(array)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    counts = sys.getrefcount(array)
    for _ in range(40):
        curve.apply(array)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 60_000 and sys.getrefcount(array) == counts


def test_eight_threads_on_one_picture(noise):
    """Each with a setting of its own, on an Image and on an array; the bits are those of one."""
    array, image = noise((400, 600, 3), np.uint16)
    gains = [0.3 + i / 3 for i in range(8)]
    want = [tint.apply(array, gain=gain) for gain in gains]
    faults, ready = [], threading.Barrier(8)

    def work(index):
        ready.wait()
        for _ in range(5):
            for source in (array, image):
                made = np.asarray(tint.apply(source, gain=gains[index]))
                if not np.array_equal(made, want[index]):
                    faults.append(index)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_an_image_may_be_closed_by_another_thread(noise):
    """What has begun ends well; what comes later is refused."""
    array, _ = noise((200, 300, 3))
    want = curve.apply(array)
    for _ in range(40):
        image = lutist.Image.from_buffer(array)
        closer = threading.Thread(target=image.close)
        closer.start()
        try:
            made = curve.apply(image)
        except ValueError as error:
            assert str(error) == "the image is closed"
        else:
            assert np.array_equal(made, want)
        closer.join()
