"""lutist.batch(per_image=f): parameters that follow the picture."""

import struct

import pytest

import lutist
from lutist.per_image.looks import Looks

LOOK = """from lutist import Slider, pipeline, tone

@pipeline
def look(k: Slider(0, 2) = 1.0, other: Slider(0, 1) = 0.0):
    if other > 0.9:
        raise OSError("the look fails")
    return tone(lambda x: k * x)
"""


@pytest.fixture
def look(tmp_path):
    """A pipeline from a script."""
    (tmp_path / "look.py").write_text(LOOK)
    return lutist.load(tmp_path / "look.py")


@pytest.fixture
def pictures(tmp_path):
    """Twelve plain pictures, of 10, 20, ... 120; every third has 16 bits."""
    (tmp_path / "in").mkdir()
    for i in range(12):
        value = 10 * i + 10
        data = bytes([value]) * 60
        if i % 3:
            pixels = memoryview(data).cast("B", (5, 4, 3))
        else:
            pixels = memoryview(b"".join(bytes([v, v]) for v in data)).cast("H")
            pixels = pixels.cast("B").cast("H", (5, 4, 3))
        lutist.Image.from_buffer(pixels).save(tmp_path / f"in/{i:02}.png")
    return tmp_path / "in"


def level(path):
    """The first sample, in 8 bits."""
    image = lutist.open(path)
    return memoryview(image).tobytes()[image.depth // 8 - 1]


def test_each_picture_has_its_own(look, pictures, tmp_path):
    seen = []

    def same(info):
        seen.append(info)
        (counts, *_) = info.histogram()
        at = counts.index(max(counts))
        return {"k": 60 / at} if at >= 30 else None

    report = lutist.batch(look, pictures, tmp_path / "out", per_image=same, k=2.0)
    assert report.ok and len(report) == 12
    levels = [level(path) for path in sorted((tmp_path / "out").iterdir())]
    assert levels == [20, 40] + [60] * 10
    assert [info.path for info in seen] == [item.input for item in report]
    assert [info.depth for info in seen] == [16, 8, 8] * 4
    assert {info.size for info in seen} == {(4, 5)}
    assert {info.format for info in seen} == {"png"} and seen[0].channels == 3
    assert all(info.exif == {} and info.iso is None for info in seen)
    assert "png, 4 x 5, 16 bits" in repr(seen[0])


def test_a_wrong_value_fails_its_file(look, pictures, tmp_path):
    def choose(info):
        return (
            {"k": 3.0}
            if info.path.endswith("02.png")
            else {"wrong": 1}
            if "03.png" in info.path
            else {}
        )

    report = lutist.batch(look, pictures, tmp_path / "out", per_image=choose)
    assert [item.state for item in report].count("done") == 10
    reasons = [item.reason for item in report.failed]
    assert "02.png: " in reasons[0] and "k=3.0" in reasons[0]
    assert "03.png: " in reasons[1] and "no parameter wrong" in reasons[1]


def test_a_damaged_file_is_not_asked_about(look, pictures, tmp_path):
    (pictures / "05.png").write_bytes(b"not a picture")
    seen = []
    report = lutist.batch(look, pictures, tmp_path / "out", per_image=lambda i: seen.append(i))
    assert len(seen) == 11 and len(report.failed) == 1
    assert "05.png" in report.failed[0].reason


@pytest.mark.parametrize(
    ("choose", "error", "words"),
    [
        (lambda info: info.nothing, AttributeError, "nothing"),
        (lambda info: {"other": 1.0}, OSError, "the look fails"),
        (lambda info: 5, TypeError, "per_image: 5 for "),
        (lambda info: exec("raise KeyboardInterrupt"), KeyboardInterrupt, ""),
    ],
)
def test_an_exception_ends_the_run(look, pictures, tmp_path, choose, error, words):
    with pytest.raises(error) as caught:
        lutist.batch(look, pictures, tmp_path / "out", per_image=choose)
    assert words in str(caught.value)
    assert len(caught.value.report.left) == 12


def test_a_run_carries_on(look, pictures, tmp_path):
    def run(k, **options):
        def choose(info):
            return {"k": k if info.path.endswith("03.png") else 0.5}

        report = lutist.batch(
            look, pictures, tmp_path / "out", per_image=choose, resume=True, **options
        )
        return [item.state for item in report]

    assert run(1.0) == ["done"] * 12
    assert run(1.0) == ["skipped"] * 12
    again = run(1.5, dry_run=True)
    assert again.count("done") == 1 and again[3] == "done"
    assert run(1.5) == again
    assert level(tmp_path / "out/03.png") == 60


def test_a_function_that_is_added_does_its_own_files_again(look, pictures, tmp_path):
    def run(k, **options):
        report = lutist.batch(look, pictures, tmp_path / "out", k=k, resume=True, **options)
        return [item.state for item in report].count("done")

    assert run(0.5) == 12
    assert run(1.0, per_image=lambda info: {"k": 0.5}) == 0
    assert run(0.5, per_image=lambda info: {"k": 1.0} if "03.png" in info.path else None) == 1
    assert run(0.5) == 1


def test_it_works_with_conversions_and_modes(look, pictures, tmp_path):
    for number, options in enumerate(({"convert": "srgb"}, {"mode": "python"}, {"jobs": 8})):
        out = tmp_path / f"out{number}"
        report = lutist.batch(
            look,
            pictures,
            out,
            per_image=lambda info: {
                "k": 60 / (10 * int(info.path[-6:-4]) + 10) if int(info.path[-6:-4]) > 2 else 1.0
            },
            **options,
        )
        assert report.ok
        assert [level(path) for path in sorted(out.iterdir())] == [10, 20, 30] + [60] * 9


def test_what_is_no_function(look, pictures, tmp_path):
    with pytest.raises(TypeError, match="per_image=5: must be a function"):
        lutist.batch(look, pictures, tmp_path / "out", per_image=5)


def test_a_camera_s_name_may_be_no_utf8(pictures):
    path = pictures.parent / "latin.jpg"
    lutist.open(pictures / "01.png").save(path)
    name = b"Caf\xe9\0"
    entry = struct.pack("<HHII", 0x010F, 2, len(name), 26)  # Make
    exif = b"II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4) + name
    segment = b"Exif\0\0" + exif
    jpeg = path.read_bytes()
    head = b"\xff\xd8\xff\xe1" + struct.pack(">H", len(segment) + 2)
    path.write_bytes(head + segment + jpeg[2:])
    assert lutist.PictureInfo(str(path)).camera == "Caf\\xe9"


def test_a_file_without_a_look_forgets_none(look, pictures):
    looks = Looks(look, lambda info: {"k": 3.0 if "01.png" in info.path else 0.5}, {}, [], ())
    number, *_ = looks.choose(str(pictures / "02.png"))
    assert "k=3.0" in looks.choose(str(pictures / "01.png"))
    looks.done(0)  # BatchItem.look of a file that has none
    assert looks.stages_of(number)
    looks.done(number)
    assert not looks.stages
