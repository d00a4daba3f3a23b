"""The bundled scripts, the ready-made looks, and the ways of loading a script."""

import gc
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import lutist
from conftest import BUNDLED, ends, rounded
from libm_arrays import libm
from lutist.script import loading


def ramp(look):
    """What a tone look makes of every 8-bit value, (256, channels)."""

    @lutist.pipeline
    def one():
        return look

    array = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    return np.asarray(one.apply(lutist.Image.from_buffer(np.ascontiguousarray(array))))[0]


def test_bundled_scripts_are_known_by_name():
    assert {"exposure", "mono", "negative_film"} <= set(BUNDLED) <= set(loading.names())


@pytest.mark.parametrize("name", BUNDLED)
@pytest.mark.parametrize("shape", [(8, 8), (8, 8, 2), (8, 8, 3), (8, 8, 4)])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_bundled_scripts_run_on_every_layout(noise, name, shape, dtype):
    develop = lutist.load(name)
    _, image = noise(shape, dtype)
    assert develop.apply(image).width == 8
    for which in (0, -1):
        corner = {param: ends(control)[which] for param, control in develop.controls.items()}
        assert develop.apply(image, **corner).height == 8


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_scripts_run_at_the_ends_of_every_slider(noise, name):
    develop = lutist.load(name)
    _, image = noise((8, 8, 3))
    for param, control in develop.controls.items():
        for value in ends(control):
            assert develop.apply(image, **{param: value}).height == 8


def test_the_default_script_is_ten_lines():
    source = Path(lutist.load("exposure").path).read_text()
    assert len([line for line in source.splitlines() if line.strip()]) <= 10


def test_looks_do_what_they_say():
    x = libm(np.arange(256) / 255)
    np.testing.assert_array_equal(ramp(lutist.exposure(1))[:, 0], rounded(x * 2))
    np.testing.assert_array_equal(ramp(lutist.gamma(2.2))[:, 1], rounded(x ** (1 / 2.2)))
    np.testing.assert_array_equal(ramp(lutist.invert())[:, 2], 255 - np.arange(256))
    assert len(set(ramp(lutist.posterize(4))[:, 0])) == 4
    assert set(ramp(lutist.threshold(0.3))[:, 0]) == {0, 255}
    levels = ramp(lutist.levels(0.2, 0.8, 2))[:, 0]
    np.testing.assert_array_equal(levels, rounded(np.clip((x - 0.2) / 0.6, 0, 1) ** 0.5))
    np.testing.assert_array_equal(ramp(lutist.contrast(0))[:, 0], np.arange(256))
    hard = ramp(lutist.contrast(0.6))[:, 0].astype(int)
    assert hard[64] < 64 and hard[192] > 192 and hard[0] == 0 and hard[255] == 255
    warm = ramp(lutist.white_balance(temperature=0.5))[100].astype(int)
    assert warm[0] > 100 > warm[2]
    np.testing.assert_array_equal(ramp(lutist.split_tone())[:, 0], np.arange(256))
    tinted = ramp(lutist.split_tone((0.1, 0, 0), (0, 0, 0.1))).astype(int)
    assert tinted[64, 0] > 64 and tinted[192, 2] > 192
    assert (tinted[0] == 0).all() and (tinted[255] == 255).all()


def test_a_curve_goes_through_its_points_and_never_turns_back():
    points = [(0, 0), (0.2, 0.05), (0.4, 0.5), (0.8, 0.52), (1, 1)]
    got = ramp(lutist.curve(*points))[:, 0].astype(int)
    for x, y in points:
        assert got[round(x * 255)] == rounded(np.float64(y))
    assert (np.diff(got) >= 0).all()
    with pytest.raises(ValueError, match="rising in x"):
        lutist.curve((0, 0), (0, 1))


def test_grayscale_and_saturation_share_their_luma(noise):
    array, image = noise((30, 30, 3))

    @lutist.pipeline
    def gray():
        return lutist.grayscale()

    @lutist.pipeline
    def unsaturated():
        return lutist.saturation(0)

    want = rounded(array / 255 @ np.array([0.2126, 0.7152, 0.0722]))
    for look in (gray, unsaturated):
        got = np.asarray(look.apply(image)).astype(float)
        assert np.abs(got - want[..., None]).max() <= 1


def test_a_script_with_several_pipelines(script):
    path = script(
        "from lutist import invert, pipeline\n"
        "@pipeline\ndef one(): pass\n"
        "@pipeline\ndef two(): return invert()\n"
        "three = 3\n"
    )
    assert lutist.load(path + ":two").__name__ == "two"
    with pytest.raises(lutist.ParameterError, match=r"which one\? add :NAME, one of one, two"):
        lutist.load(path)
    with pytest.raises(lutist.ParameterError, match="no @pipeline function is named three"):
        lutist.load(path + ":three")


def test_what_cannot_be_loaded_says_why(script):
    with pytest.raises(lutist.ParameterError, match="no script is named films; there are: .*mono"):
        lutist.load("films")
    for name in ("monno", "Mono:develop"):
        with pytest.raises(lutist.ParameterError, match=r"; did you mean mono\?$"):
            lutist.load(name)
    with pytest.raises(lutist.ParameterError, match="or a path to one$"):
        lutist.load("zzzzzz")
    with pytest.raises(lutist.ParameterError, match=r"none\.py: No such file"):
        lutist.load("/none.py")
    with pytest.raises(lutist.ParameterError, match="no function is marked with @pipeline"):
        lutist.load(script("x = 1\n"))
    with pytest.raises(SyntaxError):
        lutist.load(script("def broken(:\n"))


def test_the_user_s_scripts_come_first(script, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    path = script(
        "from lutist import pipeline\n@pipeline\ndef develop(): pass\n", "lutist/scripts/mono.py"
    )
    assert lutist.load("mono").path == path


def test_a_reload_sees_edits_in_modules_beside_the_script(script):
    script("AMOUNT = 1\n", "kit.py")
    path = script(
        "import kit\nfrom lutist import *\n"
        "@pipeline\ndef develop(x: Slider(0, 9) = kit.AMOUNT): pass\n"
    )
    assert lutist.load(path).defaults == {"x": 1}
    script("AMOUNT = 27 // 9\n", "kit.py")
    assert lutist.load(path).defaults == {"x": 3}


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


@pytest.mark.skipif(
    "libasan" in Path("/proc/self/maps").read_text(),
    reason="the sanitizer keeps freed memory for a while",
)
def test_three_hundred_reloads_keep_memory(script):
    path = script(
        "from lutist import Slider, pipeline, tone\n"
        "table = [i / 9999 for i in range(10000)]\n"
        "@pipeline\ndef develop(x: Slider(0, 1) = 0.0): return tone(table)\n"
    )
    for i in range(300):
        lutist.load(path).stages(x=i / 300)
        if i % 10 == 0:
            gc.collect()
        if i == 50:
            before = resident()
    assert resident() - before < 5_000_000


def test_batch_from_python(noise, tmp_path):
    array, image = noise()
    image.save(tmp_path / "a.png")
    image.save(tmp_path / "b.png")
    (tmp_path / "c.png").write_text("no picture")
    seen = []
    report = lutist.batch(
        lutist.load("exposure"),
        [tmp_path / "a.png", str(tmp_path / "b.png"), tmp_path / "c.png"],
        tmp_path / "out" / "{index}-{stem}{ext}",
        exposure=1.0,
        jobs=2,
        memory=1 << 30,
        sync="none",
        progress=lambda *row: seen.append(row),
    )
    assert report.stopped == ""
    assert [item.state for item in report] == ["done", "done", "failed"]
    assert not report.ok and len(report.done) == 2 and report.left == []
    assert "c.png" in report.failed[0].reason
    assert sorted(row[3] for row in seen) == [1, 2, 3] and {row[4] for row in seen} == {3}
    got = np.asarray(lutist.open(tmp_path / "out" / "2-b.png"))
    np.testing.assert_array_equal(got, rounded(array / 255 * 2))


def test_batch_lets_exceptions_through(noise, tmp_path):
    noise()[1].save(tmp_path / "a.png")
    with pytest.raises(lutist.ParameterError, match="has no parameter speed"):
        lutist.batch(lutist.load("exposure"), tmp_path / "a.png", tmp_path / "o", speed=3)

    def stumble(*row):
        raise KeyError("progress")

    with pytest.raises(KeyError) as failure:
        lutist.batch(lutist.load("exposure"), tmp_path / "a.png", tmp_path / "o", progress=stumble)
    assert [item.state for item in failure.value.report.done] == ["done"]

    @lutist.pipeline
    def broken():
        return lutist.tone(lambda x: 1 / x)

    with pytest.raises(ZeroDivisionError) as failure:
        lutist.batch(broken, tmp_path / "a.png", tmp_path / "p")
    assert [item.input for item in failure.value.report] == [str(tmp_path / "a.png")]
    assert not failure.value.report.done
    assert not (tmp_path / "p" / "a.png").exists()


def test_the_module_s_python_is_a_real_one():
    done = subprocess.run([sys.executable, "-c", "print(6 * 7)"], capture_output=True, text=True)
    assert done.stdout == "42\n"
