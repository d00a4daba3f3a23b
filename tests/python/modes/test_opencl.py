"""The mode opencl: the bits of parallel on the first device, here PoCL's as a rule."""

import numpy as np
import pytest

import lutist
from lutist import cube, matrix, pipeline, tone

SUM = [[0.9, 0.2, -0.1], [0.1, 0.8, 0.1], [0, 0.3, 0.7]]
POINTS = np.stack(np.meshgrid(*[np.linspace(0, 1, 9) ** 1.3] * 3, indexing="ij"), -1)


@pipeline
def one():
    return tone(lambda x: x**0.7)


@pipeline
def three():
    return tone(red=lambda x: x**0.7, green=lambda x: 1 - x, blue=lambda x: x * x)


@pipeline
def mixed():
    return matrix(SUM)


@pipeline
def toned():
    return [tone(lambda x: x**0.7), matrix(SUM), tone(lambda x: max(x, 0) ** 1.4)]


@pipeline
def jump():
    """Its pixels beside the jump are in doubt, and come back to the processor."""
    return [tone(lambda x: x**0.7), matrix(SUM), tone(lambda x: 0 if x < 0.5 else x)]


@pipeline
def table():
    return [tone(lambda x: x**0.8), cube(POINTS[..., ::-1], mix=0.7), matrix(SUM)]


def reason():
    """Why the mode cannot run here; None: it can."""
    try:
        one.apply(np.zeros((1, 1), np.uint8), mode="opencl")
    except lutist.ModeError as error:
        return str(error)
    return None


WHY = reason()
needs_device = pytest.mark.skipif(WHY is not None, reason=str(WHY))
# The layouts of which each has kernels of its own, for a look of each kind.
CASES = [
    (one, (23, 67), np.uint8),
    (one, (300, 777, 3), np.uint8),
    (one, (23, 67, 4), np.uint8),
    (one, (3, 70001), np.uint8),
    (one, (2, 70000), np.uint16),
    (three, (23, 67), np.uint8),
    (three, (23, 67, 2), np.uint8),
    (three, (1, 9000, 3), np.uint8),
    (three, (23, 67, 3), np.uint16),
    (mixed, (23, 67, 3), np.uint8),
    (toned, (23, 67, 4), np.uint8),
    (toned, (23, 67, 3), np.uint16),
    (jump, (123, 67, 3), np.uint8),
    (jump, (123, 67, 3), np.uint16),
    (table, (23, 67, 3), np.uint8),
    (table, (23, 67, 3), np.uint16),
]


@needs_device
@pytest.mark.parametrize(
    ("look", "shape", "dtype"), CASES, ids=lambda part: getattr(part, "__name__", str(part))
)
def test_it_gives_the_bits_of_parallel(noise, look, shape, dtype):
    array, image = noise(shape, dtype)
    wanted = look.apply(array, mode="parallel")
    assert np.array_equal(look.apply(array, mode="opencl"), wanted)
    made = np.asarray(look.apply(image, mode="opencl"))
    assert np.array_equal(made.reshape(wanted.shape), wanted)


@needs_device
def test_a_batch_writes_the_same_files(noise, tmp_path):
    for name, shape in ("a.png", (400, 500, 3)), ("b.jpg", (90, 2000, 3)), ("c.png", (70, 30)):
        noise(shape)[1].save(tmp_path / name)
    inputs = sorted(tmp_path.iterdir())
    for mode in "parallel", "opencl":
        report = lutist.batch(one, inputs, tmp_path / mode, mode=mode, jobs=2)
        assert report.ok, [item.reason for item in report.failed]
    for file in inputs:
        wanted = (tmp_path / "parallel" / file.name).read_bytes()
        assert (tmp_path / "opencl" / file.name).read_bytes() == wanted


@pytest.mark.skipif(WHY is None, reason="there is a device")
def test_without_a_device_the_error_says_what_to_install():
    assert "pocl-opencl-icd" in WHY or "mount /sys" in WHY
