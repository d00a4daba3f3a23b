"""--part K/N: a batch in parts on several machines, and `lutist report merge`."""

import hashlib
import json
import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from waiting import until

ROOT = Path(__file__).resolve().parents[3]
LOOK = ("-p", "gamma=1.5", "--sync", "none")


def done(run, wanted=0):
    assert run.returncode == wanted, run.stderr
    return run


def results(folder):
    """{path below the folder: hash}"""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".lutist-journal.")
    }


def report(path):
    """A report without its times, and the ends of its outputs' paths."""
    found = json.loads(path.read_text())
    del found["ms"]
    for file in found["files"]:
        del file["ms"]
        file["output"] = file["output"].partition("/")[2]
    return found


@contextmanager
def stuck(journal, *command, cwd):
    """A batch that stops at the first line that it prints: nobody reads them. Its journal tells
    of a result already. At the end it is killed."""
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    with pytest.raises(BlockingIOError):
        while True:
            os.write(theirs, b"\n" * 4096)
    os.set_blocking(theirs, True)
    with subprocess.Popen(command, cwd=cwd, stdout=theirs) as run:
        until(lambda: journal.exists() and '"done"' in journal.read_text())
        yield
        run.send_signal(signal.SIGKILL)
    os.close(ours)
    os.close(theirs)
    assert run.returncode == -signal.SIGKILL


@pytest.fixture
def photos(picture, tmp_path):
    """Sixty pictures in two folders."""
    for i in range(30):
        picture(f"in/a/IMG_{i:04}.png", seed=i)
        picture(f"in/b/{i}.png", seed=i + 100)
    return tmp_path / "in"


@pytest.fixture
def batch(lutist):
    def run(*options, wanted=0):
        return done(lutist("batch", "-r", "in", *LOOK, *options), wanted)

    return run


def test_sixteen_parts_are_one_run(batch, lutist, lutist_path, photos, tmp_path):
    (photos / "a/cut.png").write_bytes((photos / "a/IMG_0001.png").read_bytes()[:500])
    batch("-o", "one", "--report", "one.json", wanted=1)
    command = "batch", "-r", "in", "-o", "out", *LOOK, "--resume", "--report", "day.json"
    killed = "03-of-16", "11-of-16"
    for label in killed:
        journal = tmp_path / f"out/.lutist-journal.{label}.jsonl"
        part = label.replace("-of-", "/")
        with stuck(journal, lutist_path, *command, "-j1", "--part", part, cwd=tmp_path):
            pass
        assert not (tmp_path / f"day.{label}.json").exists()
    with ThreadPoolExecutor(4) as pool:
        parts = [f"{k}/16" for k in range(1, 17)]
        runs = list(pool.map(lambda part: lutist(*command, "--part", part), parts))
    assert {run.returncode for run in runs} == {0, 1}
    merged = lutist("report", "merge", *sorted(tmp_path.glob("day.*")), "-o", "day.json")
    assert done(merged, 1).stderr.endswith("60 done, 0 skipped, 1 failed, 0 not done\n")
    assert report(tmp_path / "day.json") == report(tmp_path / "one.json")
    assert results(tmp_path / "out") == results(tmp_path / "one")
    again = lutist(*command, "--part", "3/16")
    assert "0 done" in again.stderr and " skipped" in done(again).stderr
    whole = batch("-o", "out", "--resume", wanted=1)
    assert "0 done, 60 skipped, 1 failed" in whole.stderr


def test_files_that_are_added_move_no_other(batch, picture, photos):
    def parts():
        found = {}
        for k in range(1, 5):
            for line in batch("-o", "out", "--dry-run", "--part", f"{k}/4").stdout.splitlines():
                assert line not in found
                found[line] = k
        return found

    before = parts()
    assert len(before) == 60 and set(before.values()) == {1, 2, 3, 4}
    for i in range(30, 40):
        picture(f"in/a/IMG_{i:04}.png")
        picture(f"in/0/first{i}.png")
    after = parts()
    assert len(after) == 80 and before.items() <= after.items()


def test_names_are_those_of_one_run(batch, photos, tmp_path):
    batch("-o", "one/{index}{ext}")
    for k in "123":
        batch("-o", "out/{index}{ext}", "--part", f"{k}/3")
    assert results(tmp_path / "out") == results(tmp_path / "one")


def test_a_part_without_files_is_done(lutist, picture, tmp_path):
    picture("a.png")
    runs = [lutist("batch", "a.png", "-o", "out", "--part", f"{k}/2") for k in (1, 2)]
    assert [run.returncode for run in runs] == [0, 0]
    assert sorted(run.stderr.split()[1] for run in runs) == ["0", "1"]


def test_rows_of_a_table_find_their_part(lutist, picture, tmp_path):
    for i in range(8):
        picture(f"in/{i}.png", seed=1)
    rows = "".join(f"{i}.png,{i / 10}\n" for i in range(8))
    (tmp_path / "t.csv").write_text("file,exposure\n" + rows)
    done(lutist("batch", "in", "-o", "one", "--params", "t.csv"))
    for k in (1, 2):
        run = lutist("batch", "in", "-o", "out", "--params", "t.csv", "--part", f"{k}/2")
        assert "none of the inputs" not in done(run).stderr
    assert results(tmp_path / "out") == results(tmp_path / "one")
    assert len(set(results(tmp_path / "out").values())) == 8


def test_runs_of_one_part_refuse_each_other(lutist, lutist_path, photos, tmp_path):
    command = "batch", "-r", "in", "-o", "out", *LOOK, "--resume", "--part"
    journal = tmp_path / "out/.lutist-journal.1-of-2.jsonl"
    with stuck(journal, lutist_path, *command, "1/2", cwd=tmp_path):
        refused = lutist(*command, "1/2")
        assert "another run writes there now" in done(refused, 1).stderr
        done(lutist(*command, "2/2"))


@pytest.mark.parametrize("part", ["0/4", "5/4", "4", "1/", "/4", "1/4/2", "-1/4", "1/99999", "x/y"])
def test_wrong_parts(lutist, picture, part):
    picture("a.png")
    refused = lutist("batch", "a.png", "-o", "out", "--part", part)
    assert f"--part '{part}': must be K/N, such as 3/16" in done(refused, 2).stderr


def test_what_does_not_belong_together(batch, lutist, photos, tmp_path):
    for k in (1, 2):
        batch("-o", "out", "--report", "day.json", "--part", f"{k}/3", "--overwrite")
    batch("-o", "out", "--report", "all.json", "--overwrite")
    batch("-o", "out", "--report", "x.json", "--part", "1/4", "--overwrite")
    batch("-o", "out", "--report", "y.json", "--part", "3/3", "--overwrite", "-p", "exposure=1")
    (tmp_path / "torn.json").write_bytes((tmp_path / "day.1-of-3.json").read_bytes()[:900])

    def merge(*names, wanted):
        return done(lutist("report", "merge", *names, "-o", "whole.json"), wanted).stderr

    one, two = "day.1-of-3.json", "day.2-of-3.json"
    assert "part 3/3 has no report" in merge(two, one, wanted=1)
    assert len(json.loads((tmp_path / "whole.json").read_text())["files"]) > 20
    for names, words in (
        ([one, one], "is of the same part as"),
        ([one, "all.json"], "all.json: is a report of a whole batch, not of a part"),
        ([one, "x.1-of-4.json"], "its batch had another number of parts than that of"),
        ([one, "y.3-of-3.json"], "its batch had other parameters than that of"),
        ([one, "torn.json"], "torn.json: is not a report of lutist batch"),
        ([one, "in/b/1.png"], "1.png: is not a report of lutist batch"),
        ([one, "missing.json"], "missing.json: No such file"),
    ):
        assert words in merge(*names, wanted=2)
    refused = lutist("report", "merge", one, "-o", "in/b/1.png")
    assert "already exists and is not a report" in done(refused, 2).stderr


def test_a_part_that_was_stopped_early(lutist, lutist_path, photos, tmp_path):
    (tmp_path / "slow.py").write_text(
        "import os, pathlib, time\n"
        "pathlib.Path('begun').touch()\n"
        "while not pathlib.Path('ready').exists():\n"
        "    time.sleep(0.01)\n" + (ROOT / "scripts/exposure.py").read_text()
    )
    command = "batch", "-r", "in", "-o", "out", "-s", "slow.py", "--sync", "none"
    command += "--resume", "--report", "day.json", "--part"
    with subprocess.Popen([lutist_path, *command, "1/2"], cwd=tmp_path) as run:
        until((tmp_path / "begun").exists)
        run.send_signal(signal.SIGTERM)
    (tmp_path / "ready").touch()
    done(lutist(*command, "2/2"))
    assert run.returncode == 130
    parts = "day.1-of-2.json", "day.2-of-2.json"
    merged = done(lutist("report", "merge", *parts, "-o", "day.json"), 1)
    assert merged.stderr.startswith("lutist: part 1/2: interrupted\n")
    assert json.loads((tmp_path / "day.json").read_text())["script"].endswith("/slow.py")
    done(lutist(*command, "1/2"))
    done(lutist("report", "merge", *parts, "-o", "day.json"))


def test_a_merged_report_spares_the_parts(batch, lutist, photos, tmp_path):
    for k in (1, 2):
        batch("-o", "out", "--report", "day.json", "--part", f"{k}/2")
    one, two = (tmp_path / f"day.{k}-of-2.json" for k in (1, 2))
    before = one.read_bytes()
    (tmp_path / "same.json").hardlink_to(one)
    for name in ("day.1-of-2.json", "./in/../day.1-of-2.json", "same.json"):
        refused = done(lutist("report", "merge", two.name, one.name, "-o", name), 2)
        assert refused.stderr.endswith(f"{name}: is the report {one.name} of part 1/2\n")
        assert one.read_bytes() == before
