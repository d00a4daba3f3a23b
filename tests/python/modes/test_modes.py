"""The modes: the same bits from each, an error where one cannot run, an end when told."""

import sys
import threading

import numpy as np
import pytest

import lutist
from lutist import Slider, modes, pipeline, tone

PYTHON = ["python", "numpy", "ctypes"]
HERE = [*PYTHON, "single", "parallel"]  # on every machine; opencl: test_opencl.py
LAYOUTS = {"gray": (), "gray+alpha": (2,), "RGB": (3,), "RGBA": (4,)}


@pipeline
def film(strength: Slider(0, 2) = 1.4):
    """A matrix between tones; two of them, so that at 8 bits no mixer can do it."""
    return [
        tone(lambda x: x**0.8),
        lutist.saturation(strength),
        tone(lambda x: x * x if x > 0 else 0.0),
        lutist.matrix([[0.9, 0.1, 0, 0.01], [0, 0.9, 0.1, 0], [0.1, 0, 0.9, -0.01]]),
        tone(red=lambda x: max(x, 0.0) ** 0.5, blue=lambda x: 1.0 if x > 0.5 else x),
    ]


@pipeline
def mixed(strength: Slider(0, 2) = 1.4):
    """One matrix and smooth tones: at 8 bits a mixer."""
    return [tone(lambda x: x**0.8), lutist.saturation(strength), tone(lambda x: x * 0.9)]


@pipeline
def bare(strength: Slider(0, 2) = 1.4):
    """A matrix alone, with sums far outside of the range."""
    return lutist.matrix([[2.6, -1, -0.5, 0], [-0.3, 1.9, -1.4, 0.2], [0, strength, -0.5, -0.1]])


LOOKS = {
    "exposure": dict(exposure=0.5, gamma=1.3),
    "mono": dict(filter="red", shadows=0.4),
    "poster": dict(levels=5, negative=True),
    "split_toning": dict(highlight_strength=90),
    "film": {},
    "mixed": {},
    "bare": {},
}


def look(name):
    own = {"film": film, "mixed": mixed, "bare": bare}
    return own[name] if name in own else lutist.load(name)


def test_their_names():
    assert lutist.MODES == ("python", "numpy", "ctypes", "single", "opencl", "parallel")


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", LOOKS)
def test_every_mode_gives_the_same_bits(noise, name, layout, dtype):
    array, image = noise((23, 67, *LAYOUTS[layout]), dtype)
    develop, params = look(name), LOOKS[name]
    wanted = np.asarray(develop.apply(image, mode="parallel", **params))
    assert wanted.shape[:2] == array.shape[:2] and (
        wanted.shape != array.shape or (wanted != array).any()
    )
    if layout in ("gray+alpha", "RGBA"):
        np.testing.assert_array_equal(wanted[..., -1], array[..., -1])
    for mode in HERE:
        got = np.asarray(develop.apply(image, mode=mode, **params))
        np.testing.assert_array_equal(got, wanted, err_msg=mode)


@pytest.mark.parametrize("mode", PYTHON)
@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 9000, 4), (700, 3, 3), (2, 70000)])
def test_odd_shapes(noise, mode, shape):
    """Wider than a slice, narrower than a thread's step."""
    _, image = noise(shape)
    for develop, params in (look("exposure"), dict(exposure=0.5)), (look("split_toning"), {}):
        got = np.asarray(develop.apply(image, mode=mode, **params))
        np.testing.assert_array_equal(got, np.asarray(develop.apply(image, **params)))


@pytest.mark.parametrize("mode", HERE)
def test_what_a_file_carries_is_kept(mode, noise, tmp_path):
    from PIL import Image

    exif = Image.Exif()
    exif[0x010E] = "kept"
    Image.fromarray(noise()[0]).save(tmp_path / "a.jpg", exif=exif)
    image = lutist.open(tmp_path / "a.jpg")
    look("exposure").apply(image, mode=mode, exposure=0.5).save(tmp_path / "b.jpg")
    assert Image.open(tmp_path / "b.jpg").getexif()[0x010E] == "kept"


def test_an_unknown_mode_is_named(noise):
    with pytest.raises(
        lutist.ParameterError, match=r"'fast' is unknown; use python, numpy, ctypes, "
    ):
        look("exposure").apply(noise()[1], mode="fast")
    with pytest.raises(TypeError, match=r"lutist\.MODES, not int"):
        look("exposure").apply(noise()[1], mode=3)


def test_a_parameter_named_mode_is_refused(noise, tmp_path):
    @pipeline
    def clash(mode: Slider(0, 1) = 0.5):
        return tone(lambda x: x * mode)

    for call in (
        lambda: clash.apply(noise()[1]),
        lambda: lutist.batch(clash, tmp_path, tmp_path / "out"),
    ):
        with pytest.raises(lutist.ParameterError, match=r"clash\(\) has a parameter named mode"):
            call()


class NoNumPy:
    """On sys.meta_path: an interpreter without NumPy."""

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "numpy":
            raise ModuleNotFoundError("No module named 'numpy'")


@pytest.fixture
def without_numpy(monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "numpy"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "lutist.modes.numpy", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoNumPy(), *sys.meta_path])


def test_without_numpy_the_mode_says_how_to_mend_it(noise, tmp_path, without_numpy):
    _, image = noise()
    image.save(tmp_path / "a.png")
    wanted = r"numpy mode: NumPy is not found .*No module named 'numpy'.*python3-numpy.*--venv DIR"
    with pytest.raises(lutist.ModeError, match=wanted):
        look("exposure").apply(image, mode="numpy", exposure=0.5)
    with pytest.raises(lutist.ModeError, match=wanted):
        lutist.batch(look("exposure"), tmp_path / "a.png", tmp_path / "out", mode="numpy")
    assert not (tmp_path / "out").exists()
    look("exposure").apply(image, mode="python", exposure=0.5)


def wrapped(monkeypatch, around):
    """Put around(run, arguments, tick) in the place of modes.run."""
    run = modes.run

    def instead(*arguments):
        return around(run, arguments[:-1], arguments[-1])

    monkeypatch.setattr(modes, "run", instead)


@pytest.mark.parametrize("mode", PYTHON)
@pytest.mark.parametrize("name", ["exposure", "film"])
def test_it_ends_when_told(noise, monkeypatch, mode, name):
    shape = (40, 4096, 3) if mode == "python" else (500, 4096, 3)
    array, image = noise(shape)
    told, results = [], []

    def around(run, arguments, tick):
        def stop(part):
            told.append(part)
            return False

        results.append(run(*arguments, stop))
        return run(*arguments, tick) if name == "exposure" else True

    wrapped(monkeypatch, around)
    look(name).apply(image, mode=mode, **LOOKS[name])
    assert results == [False]
    assert len(told) == 1
    assert 0 <= told[0] <= 1  # a pass that is short on a fast machine is asked once, at its end
    assert not [thread for thread in threading.enumerate() if "third" in thread.name]


@pytest.mark.parametrize("mode", PYTHON)
def test_progress_rises_to_one(noise, monkeypatch, mode):
    parts = []

    def around(run, arguments, tick):
        return run(*arguments, lambda part: parts.append(part) or tick(part))

    wrapped(monkeypatch, around)
    look("exposure").apply(noise((300, 8192, 3))[1], mode=mode, exposure=0.5)
    assert parts == sorted(parts) and parts[-1] == 1
    assert all(0 <= part <= 1 for part in parts)


def test_what_python_keeps_outlives_the_pass(noise, monkeypatch):
    """A script that holds on to what a mode saw finds the pixels still there."""
    kept = []

    def around(run, arguments, tick):
        kept.extend(memoryview(span) for span in (arguments[3], arguments[5]))
        kept.append(tick)
        return run(*arguments, tick)

    wrapped(monkeypatch, around)
    array, image = noise((16, 64, 1))  # rows without padding
    result = np.array(look("exposure").apply(image, mode="numpy", exposure=0.5))
    del image
    source, made, tick = kept
    assert source.readonly and source.tolist() == array.ravel().tolist()
    assert made.tolist() == result.ravel().tolist()
    assert tick(0.5) is False  # the pass is over


@pytest.mark.parametrize("mode", PYTHON)
def test_an_error_inside_a_mode_is_an_exception(noise, monkeypatch, mode):
    def around(run, arguments, tick):
        mode, program, *rest = arguments
        return run(mode, {"tables": None}, *rest, tick)

    if mode == "ctypes":  # its threads meet the error
        way = modes.load(mode)
        monkeypatch.setattr(way, "_map_third", lambda *arguments: 1 / 0)
        expected = ZeroDivisionError
    else:
        wrapped(monkeypatch, around)
        expected = TypeError
    with pytest.raises(expected):
        look("exposure").apply(noise()[1], mode=mode, exposure=0.5)


@pytest.mark.parametrize("mode", HERE)
def test_a_batch_in_each_mode_writes_the_same_files(noise, tmp_path, mode):
    for name, shape, dtype in (
        ("a.png", (40, 50, 3), np.uint8),
        ("b.png", (700, 300), np.uint8),
        ("c.png", (30, 20, 4), np.uint16),
        ("d.jpg", (90, 2000, 3), np.uint8),
    ):
        noise(shape, dtype)[1].save(tmp_path / name)
    for name in "mono", "split_toning":
        inputs = sorted(p for p in tmp_path.iterdir() if p.is_file())
        for where, how in ("wanted", "parallel"), ("got", mode):
            report = lutist.batch(
                look(name), inputs, tmp_path / where, mode=how, overwrite=True, **LOOKS[name]
            )
            assert report.ok, [item.reason for item in report.failed]
        for file in inputs:
            wanted = (tmp_path / "wanted" / file.name).read_bytes()
            assert (tmp_path / "got" / file.name).read_bytes() == wanted, file.name


def test_a_batch_in_single_is_one_job(tmp_path, noise):
    noise()[1].save(tmp_path / "a.png")
    with pytest.raises(lutist.ParameterError, match="one job at a time"):
        lutist.batch(look("exposure"), tmp_path, tmp_path / "out", mode="single", jobs=2)
    with pytest.raises(lutist.ParameterError, match="'fast'"):
        lutist.batch(look("exposure"), tmp_path, tmp_path / "out", mode="fast")
