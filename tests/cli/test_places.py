"""Impossible outputs: a dry run and the real one find the same faults, and leave nothing behind."""

import json
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from waiting import PATIENCE, passed, until

LONG = 300 * "x"


def tree(folder):
    """All names below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.fixture
def both(lutist_path, tmp_path):
    """Run a batch, dry and real, and check that both report the same; returns their errors."""

    def run(*args, code=1, before=()):
        runs = []
        was = tree(tmp_path)
        for dry in (["--dry-run"], []):
            command = [*before, lutist_path, "batch", *args, *dry]
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
            lines = done.stderr.splitlines()
            assert done.returncode == code, lines
            runs.append([line for line in lines if not re.match("lutist: 0 (done|would)", line)])
            assert tree(tmp_path) == was
        assert runs[0] == runs[1]
        return runs[0]

    return run


@pytest.fixture(scope="module")
def powerless():
    """A prefix for a command under which permissions apply even if we are root."""
    if os.geteuid() != 0:
        return []
    command = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"]
    closed = "d=$(mktemp -d) && chmod 0 $d && ! ls $d; e=$?; rmdir $d; exit $e"
    if not shutil.which("setpriv"):
        pytest.skip("root, and no setpriv to give its power up with")
    if subprocess.run([*command, "sh", "-c", closed], capture_output=True).returncode != 0:
        pytest.skip("root, whose power cannot be given up here")
    return command


def test_a_way_through_a_file(both, picture, tmp_path):
    picture("a.png")
    (tmp_path / "file").write_text("in the way")
    for output in ("file", "file/x", "file/x/y"):
        assert both("a.png", "-o", output) == ["lutist: file is not a folder"]
    assert both("a.png", "-o", "file/{stem}{ext}") == ["lutist: file/a.png: file is not a folder"]
    assert both("a.png", "-o", "file/x/b.png") == ["lutist: file/x/b.png: file is not a folder"]


def test_a_folder_where_a_file_shall_be(both, picture, tmp_path):
    picture("a.png")
    (tmp_path / "out/a.png").mkdir(parents=True)
    for more in ([], ["--overwrite"]):
        assert both("a.png", "-o", "out", *more) == ["lutist: out/a.png: is a folder"]


@pytest.mark.parametrize("output", ["out", "out/", "out/x"])
def test_a_link_that_leads_nowhere(both, picture, tmp_path, output):
    picture("a.png")
    (tmp_path / "out").symlink_to("nothing")
    words = "lutist: out is a broken link; make the folder it leads to, or remove it"
    assert both("a.png", "-o", output) == [words]
    assert both("a.png", "-o", "out/{stem}{ext}")[0].startswith(
        "lutist: out/a.png: out is a broken link"
    )


def test_links_in_a_circle(both, picture, tmp_path):
    picture("a.png")
    (tmp_path / "out").symlink_to("there")
    (tmp_path / "there").symlink_to("out")
    words = "lutist: the folder out cannot be opened: Too many levels of symbolic links"
    assert both("a.png", "-o", "out") == [words]


@pytest.mark.parametrize(
    "output",
    [f"new/{LONG}", f"new/{LONG}/{{stem}}{{ext}}", f"new/{LONG}.png", 40 * f"{LONG[:200]}/"],
)
def test_names_that_are_too_long(both, picture, output):
    picture("a.png")
    (line,) = both("a.png", "-o", output)
    assert line.endswith("File name too long")


def test_a_way_that_is_too_long_from_the_root(both, picture, tmp_path):
    """The given path is short enough, but not below the current folder."""
    picture("a.png")
    room = 4095 - len(str(tmp_path)) // 2
    output = ((room // 200 + 1) * ("y" * 199 + "/"))[: room - 6].rstrip("/") + "/a.png"
    (line,) = both("a.png", "-o", output)
    assert line.endswith("File name too long")


def test_a_folder_that_may_not_be_written(both, picture, tmp_path, powerless):
    picture("in/a.png")
    (tmp_path / "out").mkdir(mode=0o555)
    words = "the folder out cannot be written: Permission denied"
    assert both("in", "-o", "out", before=powerless) == [f"lutist: out/a.png: {words}"]
    assert both("in", "-o", "out/new/er", before=powerless) == [f"lutist: {words}"]
    report = both("in", "-o", "new", "--report", "out/r.json", before=powerless)
    assert report == [f"lutist: --report out/r.json: {words}"]


def test_an_input_that_may_not_be_read(both, picture, powerless):
    picture("a.png").chmod(0)
    assert both("a.png", "-o", "out", before=powerless) == ["lutist: a.png: Permission denied"]


def test_a_folder_that_may_be_listed_only(both, picture, tmp_path, powerless):
    """The folder can be listed but not entered: "no image" would be false."""
    picture("in/a.png")
    picture("more/deep/b.png")
    (tmp_path / "in").chmod(0o400)
    (tmp_path / "more/deep").chmod(0o400)
    words = "the files in this folder cannot be reached: Permission denied; chmod +x on it"
    try:
        (line,) = both("in", "-o", "out", before=powerless)
        assert line.startswith(f"lutist: in: {words}")
        (line,) = both("-r", "more", "-o", "out", before=powerless)
        assert line.startswith(f"lutist: more/deep: {words}")
    finally:
        (tmp_path / "in").chmod(0o700)
        (tmp_path / "more/deep").chmod(0o700)


def test_reports_that_cannot_be(both, picture, tmp_path):
    photo = picture("a.png")
    (tmp_path / "link.json").symlink_to(photo)
    (tmp_path / "photo.json").hardlink_to(picture("b.png"))
    (tmp_path / "nowhere").symlink_to("nothing")
    link = "is a link, which is not replaced; name the file itself"
    for report, code, words in (
        ("link.json", 2, f"link.json: {link}"),
        ("photo.json", 2, "photo.json: already exists and is not a report; it is not replaced"),
        ("a.png", 2, "a.png: is the input a.png"),
        ("b.png/r.json", 1, "b.png/r.json: b.png is not a folder"),
        ("nowhere/r.json", 1, "nowhere/r.json: nowhere is a broken link"),
        (f"new/{LONG}.json", 1, f"new/{LONG}.json: File name too long"),
    ):
        (line,) = both("a.png", "-o", "out", "--report", report, code=code)
        assert line.startswith(f"lutist: --report {words}")


def waits_and_listens(pid):
    """Has the process taken SIGINT, and does it sleep now and a moment later?"""
    for _ in range(3):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        status = dict(line.split(":", 1) for line in lines)
        taken = int(status["SigCgt"], 16) >> (signal.SIGINT - 1) & 1
        if not taken or status["State"].split()[0] != "S":
            return False
        until(passed(0.02))
    return True


def test_an_interrupt_while_inputs_are_listed(lutist_path, picture, tmp_path):
    """It waits in a line that nobody reads, goes on to the report, and waits again."""
    picture("a.png")
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    try:
        while True:
            os.write(writing, b"x" * 512)
    except BlockingIOError:
        os.set_blocking(writing, True)
    command = [lutist_path, "batch", "a.png", "a.png", "-o", "out", "--report", "r.json"]
    run = subprocess.Popen(command, cwd=tmp_path, stderr=writing)
    until(lambda: waits_and_listens(run.pid))
    run.send_signal(signal.SIGINT)
    until(lambda: (tmp_path / "r.json").exists())
    run.send_signal(signal.SIGINT)
    assert run.wait(timeout=PATIENCE) == 130
    os.close(reading)
    os.close(writing)
    report = json.loads((tmp_path / "r.json").read_text())
    assert (report["error"], report["done"], report["left"]) == ("interrupted", 0, 1)
    assert tree(tmp_path) == ["a.png", "r.json"]


@pytest.mark.parametrize("report", [[], ["--report", "out/r.json"]])
def test_a_leftover_that_is_an_input_stays(lutist, picture, tmp_path, report):
    """It is the one file that a killed run has left: whoever names it wants it."""
    left = ".a.png.lutist-abcd1234307n"
    picture("a.png").rename(tmp_path / left)
    picture("out/b.png").rename(tmp_path / "out" / left)
    (tmp_path / "link").symlink_to(f"out/{left}")
    done = lutist("batch", left, "link", "-o", "out/{index}.png", *report)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / left).exists()
    done = lutist("batch", left, "-o", "{stem}-{index}.png")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / left).exists()


def test_pipes_are_refused_at_once(lutist, picture, tmp_path):
    """Opening one would wait for a writer, which never comes."""
    picture("a.png")
    for name in ("pipe.py", "helper.py", "pipe.cube", "pipe.png", "pipe.cc", "pipe.icc", "data"):
        os.mkfifo(tmp_path / name)
    (tmp_path / "presets").mkdir()
    heads = {
        "cube": "from lutist import cube\n",
        "png": "from lutist import cube\n",
        "cc": "from lutist import asc_cdl_file\n",
    }
    calls = {
        "cube": "cube('pipe.cube')",
        "png": "cube('pipe.png')",
        "cc": "asc_cdl_file('pipe.cc')",
    }
    for kind, call in calls.items():
        (tmp_path / f"{kind}.py").write_text(
            f"from lutist import pipeline\n{heads[kind]}@pipeline\ndef look():\n    return {call}\n"
        )
    (tmp_path / "helped.py").write_text("import helper\n")
    scripts = {
        "pipe.py": "pipe.py: is a pipe; put its content into a file first",
        "cube.py": "pipe.cube: is a pipe; put the table into a file first",
        "png.py": "pipe.png: is a pipe; put the table into a file first",
        "cc.py": "is a pipe; put its content into a file first",
        "helped.py": "No module named 'helper'",
    }
    commands = (
        ["batch", "a.png", "-o", "out", "-s"],
        ["batch", "a.png", "-o", "out", "--isolate", "-s"],
        ["export", "-o", "a.cube"],
        ["info", "-v"],
    )
    for script, why in scripts.items():
        for command in commands:
            done = lutist(*command, script, timeout=60)
            assert done.returncode in (1, 2, 3) and why in done.stderr, (command, done.stderr)
    (tmp_path / "job.py").write_text(
        "import lutist\n"
        "for name in ('pipe.py', '/dev/null'):\n"
        "    try:\n        lutist.load(name + ':look')\n"
        "    except lutist.ParameterError as error:\n        print(error)\n"
    )
    done = lutist("run", "job.py", timeout=60)
    assert "is a pipe" in done.stdout, done.stderr


def test_the_viewer_does_not_wait_for_a_script_that_is_a_pipe(lutist, picture, tmp_path):
    picture("a.png")
    os.mkfifo(tmp_path / "pipe.py")
    done = lutist("a.png", "-s", "pipe.py", env={"DISPLAY": ""}, timeout=60)
    assert done.returncode in (3, 4, 2) and done.stderr
