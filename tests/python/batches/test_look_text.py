"""A look that is sent to another machine, and the journal of a task there."""

import errno
import fcntl
import os

import pytest

import lutist
from lutist.dask import journals
from lutist.dask.look_text import LookText
from lutist.script.files_read import stages_and_files

FILM = """
from lutist import File, Slider, cube, pipeline, tone
from shapes.basic import lift

@pipeline
def develop(ev: Slider(-1, 1) = 0.5, table: File("*.cube") = ""):
    return [tone(lift(ev)), *([cube(table)] if table else [])]
"""
TABLE = "LUT_1D_SIZE 2\n0 0 0\n1 1 1\n"


@pytest.fixture
def look(script):
    script("def lift(ev):\n    return lambda x: x * 2**ev\n", "home/shapes/basic.py")
    return lutist.load(script(FILM, "home/film.py"))


def sent(look, **settings):
    settings = look.settings(**settings)
    return LookText(look, stages_and_files(look, settings)[1], look.files_of(settings))


def test_what_is_gone_is_unpacked(look, tmp_path):
    text = sent(look)
    assert text.load(tmp_path).path == look.path
    os.rename(tmp_path / "home", tmp_path / "away")
    found = text.load(tmp_path)
    assert found.path.startswith(str(tmp_path / "lutist-look-"))
    assert repr(found.stages()) and text.load(tmp_path).path == found.path
    (tmp_path / "away/shapes/basic.py").write_text("lift = None\n")
    os.rename(tmp_path / "away", tmp_path / "home")
    assert text.load(tmp_path).path == found.path  # the script there is another one


def test_a_file_of_a_parameter_must_be_there(look, tmp_path):
    table = tmp_path / "t.cube"
    table.write_text(TABLE)
    text = sent(look, table=str(table))
    assert text.load(tmp_path).path == look.path
    for change, told in (
        (lambda: table.write_text(TABLE + "\n"), "differs"),
        (table.unlink, "not"),
    ):
        change()
        with pytest.raises(lutist.Error, match=rf"t\.cube: (is )?{told} on the worker"):
            text.load(tmp_path)


def test_another_look_has_another_digest(look, script):
    before = sent(look).digest
    assert sent(look, ev=0.1).digest == before
    script("def lift(ev):\n    return lambda x: x\n", "home/shapes/basic.py")
    assert sent(look).digest != before


def test_a_task_s_journal_begins_with_what_is_known(tmp_path):
    place = str(tmp_path / ".lutist-journal.jsonl")
    line = '{"state": "done", "output": "%s", "look": "x"}'
    part = journals.labelled(place, "2-of-3")
    assert part.endswith("/.lutist-journal.2-of-3.jsonl")
    with journals.Main(place, True) as main:
        main.add([line % "a.png", line % "a.xmp", line % "b.png"])
        with pytest.raises(lutist.Error, match="another run writes there now"):
            journals.Main(place, True).__enter__()
    with open(part, "w") as file:
        file.write(journals.HEAD + line % "c.png" + "\n" + line % "torn")
    outputs = [f"{tmp_path}/{name}.png" for name in "abcd"]
    known = journals.known(place, outputs, f"{tmp_path}/")
    assert {key[-5:]: len(lines) for key, lines in known.items()} == {
        "a.png": 2,
        "b.png": 1,
        "c.png": 1,
    }
    task = journals.labelled(place, "task")
    journals.make(task, known[outputs[0]])
    with open(task, "a") as file:
        file.write(line % "d.png" + "\n" + line % "unnamed.png" + "\n" + journals.END + "\n")
    journals.begin(task)
    (tmp_path / "d.png").touch()
    done, lines = journals.done(task, [*outputs, f"{tmp_path}/unnamed.png"])
    assert done == {outputs[3]} and lines == [line % "d.png", line % "unnamed.png"]


def test_the_driver_makes_a_task_s_journal(tmp_path):
    task = tmp_path / "task.jsonl"
    with pytest.raises(FileNotFoundError):
        journals.begin(str(task))
    journals.make(str(task), ["{}"])
    journals.begin(str(task))
    assert task.read_text() == journals.HEAD + "{}\n" + journals.END + "\n"
    with pytest.raises(lutist.Error, match="task.jsonl: File exists"):
        journals.make(str(task), [])


def test_what_tasks_of_a_dead_driver_have_left_is_kept(tmp_path):
    place = str(tmp_path / ".lutist-journal.jsonl")
    tasks = [journals.labelled(place, f"{journals.LABEL}0-{number}") for number in range(2)]
    for number, task in enumerate(tasks):
        journals.make(task, [])
        with open(task, "a") as file:
            file.write(f'{{"output": "{number}"}}\n')
    with open(tasks[1]) as at_work:
        fcntl.flock(at_work, fcntl.LOCK_EX)
        with journals.Main(place, True):
            pass
        assert journals.lines_of(place) == ['{"output": "0"}']
        assert sorted(os.listdir(tmp_path)) == sorted(map(os.path.basename, [tasks[1], place]))
    with journals.Main(place, True):
        pass
    assert len(journals.lines_of(place)) == 2 and os.listdir(tmp_path) == [os.path.basename(place)]


def owners_file(place, name):
    path = journals.labelled(place, name)
    with open(path, "w") as file:
        file.write(journals.HEAD)
    return path


def test_another_driver_s_tasks_are_left_alone(tmp_path):
    place = str(tmp_path / ".lutist-journal.jsonl")
    dead, living = f"{journals.LABEL}aa", f"{journals.LABEL}bb"
    owners_file(place, dead)
    for name in dead, living:
        journals.make(journals.labelled(place, f"{name}-0"), [])
    with journals.owned(place, living), journals.Main(place, True):
        kept = [journals.labelled(place, name) for name in (living, f"{living}-0")]
        assert sorted(os.listdir(tmp_path)) == sorted(map(os.path.basename, [*kept, place]))
        assert journals.known(place, ["a.png"], "") == {}
    with journals.Main(place, True):
        pass
    assert os.listdir(tmp_path) == [os.path.basename(place)]


def test_without_locks_all_tasks_are_left_alone(tmp_path, monkeypatch):
    def none(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    place = str(tmp_path / ".lutist-journal.jsonl")
    owner = owners_file(place, f"{journals.LABEL}aa")
    task = journals.labelled(place, f"{journals.LABEL}aa-0")
    journals.make(task, [])
    monkeypatch.setattr(fcntl, "flock", none)
    with journals.owned(place, f"{journals.LABEL}bb"), journals.Main(place, True) as main:
        assert os.path.exists(task) and os.path.exists(owner)
        main.take(task)
    assert not os.path.exists(task)


def test_a_driver_s_file_that_was_taken_is_made_again(tmp_path, monkeypatch):
    """By another driver, before it was locked."""
    path = str(tmp_path / f"j.{journals.LABEL}aa.jsonl")
    lock, taken = journals._lock, []

    def late(*args):
        if not taken:
            taken.append(os.unlink(path))
        return lock(*args)

    monkeypatch.setattr(journals, "_lock", late)
    with journals.owned(str(tmp_path / "j.jsonl"), f"{journals.LABEL}aa"):
        assert taken and os.path.exists(path)
    assert os.listdir(tmp_path) == []


def test_a_full_disk_is_told_with_the_journal_s_name(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    place = str(tmp_path / ".lutist-journal.jsonl")
    with journals.Main(place, True) as main:
        monkeypatch.setattr(os, "write", full)
        with pytest.raises(lutist.Error, match=r"\.lutist-journal\.jsonl: No space left on device"):
            main.add(["{}"])
