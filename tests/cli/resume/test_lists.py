"""Which files a batch takes: --files-from, --include and --exclude, --retry-failed."""

import json
import os
import signal
import subprocess

import pytest

from waiting import PATIENCE


def inputs(done):
    """The inputs that were developed, as stdout tells them."""
    return sorted(line.split(" -> ")[0] for line in done.stdout.splitlines())


@pytest.fixture
def tree(picture):
    """Pictures in folders."""
    names = ["a.png", "b.PNG", "day1/a.png", "day1/raw/c.png", "day2/raw/d.png", "day2/e.bmp"]
    for seed, name in enumerate(names):
        picture(f"in/{name}", seed=seed, format="BMP" if name.endswith("bmp") else "PNG")


@pytest.mark.parametrize(
    ("options", "taken"),
    [
        ([], ["a.png", "b.PNG", "day1/a.png", "day1/raw/c.png", "day2/e.bmp", "day2/raw/d.png"]),
        (["--include", "*.png"], ["a.png", "day1/a.png", "day1/raw/c.png", "day2/raw/d.png"]),
        (["--include", "a.*", "--include", "*.bmp"], ["a.png", "day1/a.png", "day2/e.bmp"]),
        (["--exclude", "raw"], ["a.png", "b.PNG", "day1/a.png", "day2/e.bmp"]),
        (["--include", "day1"], ["day1/a.png", "day1/raw/c.png"]),
        (["--include", "day?/raw"], ["day1/raw/c.png", "day2/raw/d.png"]),
        (["--include", "*/*.png"], ["day1/a.png"]),
        (["--include", "/a.png"], ["a.png"]),
        (["--exclude", "*.[pP][nN][gG]"], ["day2/e.bmp"]),
        (["--include", "*.png", "--exclude", "day*"], ["a.png"]),
    ],
    ids=str,
)
def test_names_are_taken_by_patterns(lutist, tree, options, taken):
    done = lutist("batch", "-r", "in", "-o", "out", "--dry-run", *options)
    assert done.returncode == 0, done.stderr
    assert inputs(done) == [f"in/{name}" for name in taken]


def test_patterns_that_leave_nothing(lutist, tree):
    done = lutist("batch", "in", "-o", "out", "--include", "*.jpg")
    assert done.returncode == 1
    assert "in: --include and --exclude leave no image in this folder" in done.stderr
    done = lutist("batch", "in/a.png", "-o", "out", "--exclude", "a*")
    assert done.returncode == 2 and "--include and --exclude leave no file" in done.stderr


@pytest.mark.parametrize("end", ["\n", "\0"])
def test_names_come_from_a_file(lutist, tree, tmp_path, end):
    odd = "in/odd\nname.png" if end == "\0" else "in/a name.png"
    (tmp_path / odd).write_bytes((tmp_path / "in/a.png").read_bytes())
    (tmp_path / "list").write_text(end.join(["in/day1/a.png", "", odd, "in/missing.png"]))
    options = ["-0"] if end == "\0" else []
    done = lutist("batch", "in/b.PNG", "--files-from", "list", *options, "-o", "out")
    assert done.returncode == 1 and "in/missing.png: No such file" in done.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "a.png",
        "b.PNG",
        odd.removeprefix("in/"),
    }


def test_lists_of_other_systems(lutist, tree, tmp_path):
    (tmp_path / "list").write_bytes(b"\xef\xbb\xbfin/a.png\r\n\r\nin/b.PNG")
    done = lutist("batch", "--files-from", "list", "-o", "out", "--dry-run")
    assert inputs(done) == ["in/a.png", "in/b.PNG"]
    odd = tmp_path / "in/odd\r"  # where one line ends without it, a CR belongs to the name
    odd.write_bytes((tmp_path / "in/a.png").read_bytes())
    (tmp_path / "list").write_bytes(b"in/a.png\nin/odd\r\n")
    done = lutist("batch", "--files-from", "list", "-o", "out", "--dry-run")
    assert "2 would be written" in done.stderr, done.stderr


def test_names_come_from_standard_input(tree, tmp_path, lutist_path):
    command = [lutist_path, "batch", "--files-from", "-", "-o", "out", "--dry-run"]
    done = subprocess.run(
        command, input="in/a.png\nin/day2\n", cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert inputs(done) == ["in/a.png", "in/day2/e.bmp"]


def test_an_interrupt_ends_the_wait_for_names(tmp_path, lutist_path):
    command = [lutist_path, "batch", "--files-from", "-", "-o", "out"]
    run = subprocess.Popen(
        command, cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while not blocked(run.pid):
        assert run.poll() is None
    run.send_signal(signal.SIGINT)
    run.wait(PATIENCE)
    assert run.returncode == 130 and run.stderr.read() == "lutist: interrupted\n"


def blocked(pid):
    """Does the process wait in a read?"""
    with open(f"/proc/{pid}/syscall") as file:
        return file.read().startswith("0 ")


def test_a_list_without_an_end(lutist, tmp_path):
    done = lutist("batch", "--files-from", "/dev/zero", "-o", "out")
    assert done.returncode == 2 and "/dev/zero: names end with a NUL there" in done.stderr


@pytest.mark.parametrize(
    ("content", "options", "reason"),
    [
        (None, [], "--files-from list: No such file"),
        (b"", [], "--files-from list: names no file"),
        (b"\n\n", [], "names no file"),
        (b"a\0b\0", [], "names end with a NUL there: add -0"),
    ],
)
def test_lists_that_will_not_do(lutist, tmp_path, content, options, reason):
    if content is not None:
        (tmp_path / "list").write_bytes(content)
    done = lutist("batch", "--files-from", "list", "-o", "out", *options)
    assert done.returncode == 2 and reason in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "option", ["--files-from", "--params", "--retry-failed", "--convert", "--script", "--preset"]
)
@pytest.mark.parametrize("kind", ["missing", "folder", "broken"])
def test_a_file_that_an_option_names_is_a_matter_of_usage(lutist, picture, tmp_path, option, kind):
    picture("a.png")
    if kind == "folder":
        (tmp_path / "named.py").mkdir()
    elif kind == "broken":
        (tmp_path / "named.py").write_bytes(b"\0\xff\0")
    done = lutist("batch", "a.png", "-o", "out", option, "named.py")
    assert done.returncode == 2 and "named.py" in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_nul_needs_a_list(lutist, tree):
    done = lutist("batch", "in", "-0", "-o", "out")
    assert done.returncode == 2 and "-0 needs --files-from" in done.stderr


def test_what_failed_is_tried_again(lutist, tree, tmp_path):
    good = (tmp_path / "in/a.png").read_bytes()
    for name in ("in/a.png", "in/day1/a.png"):
        (tmp_path / name).write_bytes(good[:99])
    first = lutist("batch", "-r", "in", "-o", "out", "--report", "day.json")
    assert first.returncode == 1 and "2 failed" in first.stderr
    again = ("batch", "-r", "in", "-o", "out", "--retry-failed", "day.json")
    assert "0 done, 4 skipped, 2 failed" in lutist(*again).stderr
    for name in ("in/a.png", "in/day1/a.png"):
        (tmp_path / name).write_bytes(good)
    done = lutist(*again, "--report", "day.json")
    assert done.returncode == 0 and inputs(done) == ["in/a.png", "in/day1/a.png"]
    assert (tmp_path / "out/day1/a.png").exists()
    done = lutist(*again)
    assert done.returncode == 0 and "0 done, 6 skipped" in done.stderr


def test_without_inputs_they_are_what_failed(lutist, tree, tmp_path):
    good = (tmp_path / "in/a.png").read_bytes()
    (tmp_path / "in/day1/a.png").write_bytes(good[:99])
    assert lutist("batch", "-r", "in", "-o", "out", "--resume").returncode == 1
    (tmp_path / "in/day1/a.png").write_bytes(good)
    journal = "out/.lutist-journal.jsonl"
    done = lutist("batch", "--retry-failed", journal, "-o", "more")
    assert done.returncode == 0, done.stderr
    assert inputs(done) == [str(tmp_path / "in/day1/a.png")]
    assert lutist("batch", "-r", "in", "-o", "out", "--resume").returncode == 0
    done = lutist("batch", "--retry-failed", journal, "-o", "more")
    assert "0 done" in done.stderr and done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"files": []}',
        b'{"folder": "x", "files": [1]}',
        b"\xff\xd8",
        b'{"a": 1}',
    ],
)
def test_what_is_no_report(lutist, tree, tmp_path, content):
    (tmp_path / "day.json").write_bytes(content)
    done = lutist("batch", "in", "-o", "out", "--retry-failed", "day.json")
    assert done.returncode == 2 and "is neither a lutist report nor a journal" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_report_of_every_kind_of_name(lutist, picture, tmp_path):
    name = os.fsdecode(b'in/\xff "quoted"\n.png')
    path = picture(name)
    good = path.read_bytes()
    path.write_bytes(good[:80])
    assert lutist("batch", "in", "-o", "out", "--report", "day.json").returncode == 1
    assert json.loads((tmp_path / "day.json").read_text())["failed"] == 1
    path.write_bytes(good)
    done = lutist("batch", "--retry-failed", "day.json", "-o", "out")
    assert done.returncode == 0 and "1 done" in done.stderr, done.stderr
