"""lutist.batch with resume, skip_existing and newer."""

import os

import pytest

import lutist


@pytest.fixture
def look(tmp_path):
    """A pipeline from a script."""
    path = tmp_path / "look.py"
    path.write_text(
        "from lutist import Slider, pipeline, tone\n"
        "@pipeline\n"
        "def look(k: Slider(0, 2) = 1.0):\n"
        "    return tone(lambda x: k * x)\n"
    )
    return lutist.load(path)


@pytest.fixture
def pictures(tmp_path):
    """Three small pictures."""
    (tmp_path / "in").mkdir()
    for i in range(3):
        image = lutist.Image.from_buffer(memoryview(bytes(range(i, 48 + i))).cast("B", (4, 4, 3)))
        image.save(tmp_path / f"in/{i}.png")
    return tmp_path / "in"


def states(report):
    return [item.state for item in report]


def test_a_run_carries_on(look, pictures, tmp_path):
    out = tmp_path / "out"
    assert states(lutist.batch(look, pictures, out, resume=True, k=1.5)) == ["done"] * 3
    again = lutist.batch(look, pictures, out, resume=True, k=1.5)
    assert states(again) == ["skipped"] * 3 and again.ok and again.skipped == list(again)
    assert states(lutist.batch(look, pictures, out, resume=True, k=1.25)) == ["done"] * 3
    (out / "1.png").unlink()
    told = []
    lutist.batch(look, pictures, out, resume=True, k=1.25, progress=lambda *a: told.append(a[3:]))
    assert sorted(told) == [(1, 3), (2, 3), (3, 3)]


def test_a_changed_script_does_all_again(look, pictures, tmp_path):
    out = tmp_path / "out"
    lutist.batch(look, pictures, out, resume=True)
    path = tmp_path / "look.py"
    path.write_text(path.read_text() + "# more\n")
    assert states(lutist.batch(lutist.load(path), pictures, out, resume=True)) == ["done"] * 3


def test_the_journal_can_lie_elsewhere(look, pictures, tmp_path):
    wish = {"resume": True, "journal": tmp_path / "day.jsonl", "check": "hash"}
    lutist.batch(look, pictures, tmp_path / "out", **wish)
    assert (tmp_path / "day.jsonl").exists()
    for path in pictures.iterdir():
        os.utime(path)
    assert states(lutist.batch(look, pictures, tmp_path / "out", **wish)) == ["skipped"] * 3


def test_existing_results(look, pictures, tmp_path):
    out = tmp_path / "out"
    lutist.batch(look, [pictures / "0.png"], out)
    assert states(lutist.batch(look, pictures, out, skip_existing=True)) == [
        "skipped",
        "done",
        "done",
    ]
    os.utime(pictures / "2.png", (2e9, 2e9))
    assert states(lutist.batch(look, pictures, out, newer=True)) == ["skipped", "skipped", "done"]


def test_names_are_taken_by_patterns(look, pictures, tmp_path):
    def taken(**options):
        report = lutist.batch(look, pictures, tmp_path / "out", dry_run=True, **options)
        return [os.path.basename(item.input) for item in report]

    assert taken(include="[02].*") == ["0.png", "2.png"]
    assert taken(include=["0*", "1*"], exclude=["1.png"]) == ["0.png"]


def test_what_failed_is_tried_again(look, pictures, tmp_path):
    good = (pictures / "1.png").read_bytes()
    (pictures / "1.png").write_bytes(good[:50])
    out = tmp_path / "out"
    assert states(lutist.batch(look, pictures, out, resume=True)) == ["done", "failed", "done"]
    (pictures / "1.png").write_bytes(good)
    journal = out / ".lutist-journal.jsonl"
    again = lutist.batch(look, pictures, tmp_path / "more", retry_failed=journal)
    assert states(again) == ["skipped", "done", "skipped"]
    assert states(lutist.batch(look, [], tmp_path / "third", retry_failed=journal)) == ["done"]


def test_a_pipeline_without_a_file_cannot_resume(pictures, tmp_path):
    scope = {}
    exec(
        compile(
            "from lutist import pipeline\n@pipeline\ndef bare(): return None\n", "<here>", "exec"
        ),
        scope,
    )
    with pytest.raises(lutist.ParameterError, match=r"bare\(\) is in no file"):
        lutist.batch(scope["bare"], pictures, tmp_path / "out", resume=True)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"resume": "yes"}, lutist.ParameterError, "resume='yes' is neither"),
        (
            {"check": "size", "resume": True},
            lutist.ParameterError,
            "check='size': must be 'time' or",
        ),
        ({"journal": 3, "resume": True}, TypeError, "int"),
        ({"resume": True, "newer": True}, lutist.ParameterError, "choose one of"),
        ({"journal": "j"}, lutist.ParameterError, "needs"),
        ({"include": [3]}, TypeError, "include=3"),
        ({"exclude": 3}, TypeError, "3"),
        ({"retry_failed": "missing"}, lutist.ParameterError, "missing: No such file"),
    ],
)
def test_wrong_options(look, pictures, tmp_path, options, error, words):
    with pytest.raises(error, match=words):
        lutist.batch(look, pictures, tmp_path / "out", **options)


def test_the_words_are_those_of_python(look, pictures, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/0.png").write_bytes(b"mine")
    (item,) = lutist.batch(look, pictures, tmp_path / "out", resume=True).failed
    assert item.reason.endswith("the journal does not know it; only overwrite=True replaces it")
