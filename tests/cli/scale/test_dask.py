"""lutist.dask: a batch on two workers, which are processes of this machine."""

import hashlib
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
VENV = Path(os.environ.get("LUTIST_DASK_VENV", ROOT / "build/venv"))
JOURNAL = ".lutist-journal.jsonl"
JOB = """
import json, os, signal, subprocess, sys, time, warnings
from pathlib import Path

from distributed import Client, LocalCluster

import lutist
import lutist.dask.task

HERE = Path.cwd()


def kill_once(info):
    flag = HERE / "killed"
    if info.path.endswith("/17.png") and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return {"exposure": 0.5}


def wait(until):
    end = time.monotonic() + 60
    while not until():
        assert time.monotonic() < end
        time.sleep(0.01)


def until_stopped(info):
    # Both workers have tasks of five: one of them has ended when there are ten
    few = lambda: len(list(HERE.glob("stopped/*.png"))) < 10
    wait(lambda: few() or lutist.dask.task._STOPPED)
    return {}


def wait_for(name, info):
    # In all pictures but the first, until there is such a file
    if not info.path.endswith("/0.png"):
        wait((HERE / name).exists)
    return {"exposure": 0.5}


def until_late_is_told(info):
    return wait_for("late", info)


def until_second_begins(info):
    return wait_for("second", info)


LATE = (
    "import sys; sys.modules['lutist'] = None; sys.argv[0] = 'dask-worker';"
    "from distributed.cli.dask_worker import main; main()"
)


def with_a_late_worker(client, look):
    # (rows, warnings, exit code) of a run to which a worker comes that has no lutist
    late, told = [], []

    def begin(*_):
        if not late:
            how = "--no-nanny", "--no-dashboard", "--nthreads", "1", "--local-directory", "scratch"
            command = sys.executable, "-c", LATE, client.scheduler.address, *how
            late.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))

    def hear(message, *_, **__):
        told.append(str(message))
        (HERE / "late").touch()

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = hear
        report = lutist.dask.batch(client, look, "in", "late-out", per_image=until_late_is_told,
                                   progress=begin, task_bytes=1)
    return rows(report), told, late[0].wait(60)


class Second(lutist.dask._Run):
    def check_workers(self):  # once it has seen what there is
        (HERE / "second").touch()
        super().check_workers()


def with_another_driver(client, look):
    # The rows of two runs in one folder, the second with resume within the first
    second = []
    run = lutist.dask._Run

    def begin(*_):
        if not second:
            second.append(None)
            lutist.dask._Run = Second
            how = {"engine": client, "resume": True, "exposure": 0.5}
            second[0] = lutist.batch(look, halves[1], "two", **how)
            lutist.dask._Run = run

    halves = [[f"in/{i}.png" for i in part] for part in (range(20), range(20, 40))]
    first = lutist.dask.batch(client, look, halves[0], "two", progress=begin, task_bytes=1,
                              per_image=until_second_begins)
    return rows(first) + rows(second[0])


def stop_early(input, output, reason, finished, total):
    if finished >= 5:
        raise KeyboardInterrupt


def rows(report):
    return [[item.input, item.output, item.state, item.reason] for item in report]


def refused(*args, **options):
    try:
        lutist.batch(*args, **options)
    except lutist.Error as error:
        return str(error)


def blind():
    os.path.lexists = lambda path: False


class Twice(lutist.dask._Run):  # the first answer of each task is lost
    def send(self, task):
        super().send(task)
        lost = next(future for future in self.futures if self.futures[future] is task)
        lost.result()
        del self.futures[lost]
        super().send(task)

    def wait(self, *seconds):
        future = super().wait(*seconds)
        return future if future in self.futures else None


def main():
    found = {}
    look = lutist.load("film.py")
    how = {"processes": True, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(n_workers=2, **how) as cluster, Client(cluster) as client:
        told = []
        found["plain"] = rows(lutist.batch(
            look, "in", "plain", exposure=0.5, engine=client, progress=lambda *a: told.append(a)
        ))
        found["told"] = told
        found["killed"] = rows(lutist.dask.batch(
            client, look, ["in"], "killed-out", per_image=kill_once, task_bytes=10**5
        ))
        run, lutist.dask._Run = lutist.dask._Run, Twice
        found["lost"] = rows(lutist.batch(look, "in", "lost", exposure=0.5, engine=client))
        lutist.dask._Run = run
        client.wait_for_workers(2, 60)  # one for the killed may be on its way
        try:
            lutist.batch(look, "in", "stopped", exposure=0.5, engine=client, resume=True,
                         progress=stop_early, per_image=until_stopped)
        except KeyboardInterrupt as error:
            found["stopped"] = rows(error.report)
        found["resumed"] = rows(
            lutist.batch(look, "in", "stopped", exposure=0.5, engine=client, resume=True))
        found["again"] = rows(
            lutist.batch(look, "in", "stopped", exposure=0.5, engine=client, resume=True))
        found["here"] = rows(lutist.batch(look, "in", "stopped", exposure=0.5, resume=True))
        found["anew"] = rows(
            lutist.batch(look, "in", "stopped", exposure=0.5, engine=client, overwrite=True))
        found["late"], found["late_told"], _ = with_a_late_worker(client, look)
        found["two"] = with_another_driver(client, look)
        sys.path.insert(0, str(HERE / "mine"))
        import of_mine
        found["per_image"] = refused(look, "in", "never", engine=client, per_image=of_mine.choose)
        try:
            lutist.batch(look, "in", "never", engine=client, per_image=lambda _, file=sys.stdin: {})
        except TypeError as error:
            found["unsent"] = str(error)
        found["module"] = refused(lutist.load("needs.py"), "in", "never", engine=client)
        make, lutist.dask.journals.make = lutist.dask.journals.make, lambda path, lines: None
        found["outputs"] = refused(look, "in", "never", engine=client)
        lutist.dask.journals.make = make
        client.run(blind)
        found["inputs"] = refused(look, "in", "blind", engine=client)
        found["closed"] = refused(look, "in", "plain", engine=client,
                                  progress=lambda *_: client.close())
        found["before"] = refused(look, "in", "never", engine=client)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
"""
LOOK = """
from lutist import Slider, pipeline, tone
from shape import shaped

@pipeline
def develop(exposure: Slider(-1, 1) = 0.0):
    return tone(shaped(exposure))
"""


def hashes(folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != JOURNAL
    }


@pytest.fixture(scope="module")
def python(lutist_path):
    """The command of a Python that has distributed."""
    for more in ([], ["--venv", VENV]):
        command = [lutist_path, "python", *map(str, more)]
        found = subprocess.run([*command, "-c", "import distributed"], capture_output=True)
        if found.returncode == 0:
            return command[1:]
    pytest.skip("no distributed: ./dev test installs it where there is a network")


def test_two_workers_give_what_one_machine_gives(lutist, python, picture, tmp_path):
    for i in range(40):
        picture(f"in/{i}.png", seed=i)
    (tmp_path / "in/5.png").write_bytes(b"\x89PNG\r\n\x1a\nno more")
    (tmp_path / "film.py").write_text(LOOK)
    (tmp_path / "shape.py").write_text("def shaped(ev):\n    return lambda x: x * 2**ev\n")
    (tmp_path / "needs.py").write_text("import of_mine\n" + LOOK)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/of_mine.py").write_text("def choose(info):\n    return {}\n")
    one = lutist("batch", "in", "-o", "one", "-s", "film.py", "-p", "exposure=0.5", "--report", "r")
    assert one.returncode == 1
    wanted = [
        [file["input"], file["output"].partition("/")[2], file["state"], file["reason"] or ""]
        for file in json.loads((tmp_path / "r").read_text())["files"]
    ]
    (tmp_path / "job.py").write_text(JOB)
    done = lutist(*python, "job.py")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert sorted(found["told"])[0][4] == 40 and len(found["told"]) == 40
    runs = ("plain", "plain"), ("killed", "killed-out"), ("lost", "lost"), ("late", "late-out")
    for name, folder in (*runs, ("two", "two")):
        rows = [[a, b.partition("/")[2], c, d] for a, b, c, d in sorted(found[name])]
        assert rows == sorted(wanted), name
        assert hashes(tmp_path / folder) == hashes(tmp_path / "one")
    assert (tmp_path / "killed").exists()
    assert [path.name for path in (tmp_path / "two").glob(".*")] == [JOURNAL]
    assert re.fullmatch(
        r"the worker tcp:\S+ has no lutist \S+: .*; it and others like it leave the cluster",
        *found["late_told"],
    )
    assert "cannot read what per_image needs: No module named 'of_mine'" in found["per_image"]
    assert "cannot be sent to the workers" in found["unsent"]
    resumes = "stopped", "resumed", "again", "anew", "here"
    states = {name: [row[2] for row in found[name]] for name in resumes}
    early = states["stopped"].count("done")
    assert 4 <= early < 39 and states["stopped"].count("left") > 0
    assert states["resumed"].count("skipped") == early and states["resumed"].count("failed") == 1
    assert states["anew"].count("done") == 39
    assert states["again"] == states["here"] and states["again"].count("skipped") == 39
    assert hashes(tmp_path / "stopped") == hashes(tmp_path / "one")
    assert f"has no module of_mine, which {tmp_path}/needs.py needs" in found["module"]
    assert re.search(f"does not see {tmp_path}/in/.*png, which is there", found["inputs"])
    assert f"does not see {tmp_path}/never/.lutist-journal.dask-" in found["outputs"]
    assert found["closed"].startswith("the Dask client was closed; what is done stays")
    assert found["before"].endswith(": is closed")
    assert hashes(tmp_path / "never") == {}


def test_what_cannot_be_done_is_told(lutist, python, picture, tmp_path):
    """And the example of the page runs."""
    page = (ROOT / "docs/scale.md").read_text()
    example = re.search(r"(?:^    .*\n|^\n)+(?=\n`lutist\.dask\.batch)", page, re.M)[0]
    example = example.replace('Client("tcp://head:8786")', "Client(cluster)")
    picture("in/a.png")
    picture("photos/a.png")
    (tmp_path / "job.py").write_text(
        """
import os
import lutist
import lutist.dask.task
from distributed import Client, LocalCluster

exec(compile("@lutist.pipeline\\ndef typed():\\n    return []", "<prompt>", "exec"))

def refused(*args, **options):
    try:
        lutist.batch(*args, **options)
    except (TypeError, lutist.Error, lutist.ParameterError) as error:
        print(type(error).__name__, error)

look = lutist.load("exposure")
refused(look, "in", "out", engine=5)
with LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster:
    with Client(cluster) as client:
        refused(typed, "in", "out", engine=client)
        refused(look, "in", "{dir}/{stem}-new{ext}", engine=client)
        print(lutist.batch(look, "in", "out", engine=client, dry_run=True))
        for how in ({}, {"resume": True}, {"resume": True}, {"overwrite": True}):
            place = {"engine": client, "journal": "kept/j.jsonl", **how}
            print(lutist.batch(look, "in/a.png", "{dir}/new/{stem}{ext}", **place)[0].state)
            if not how:
                os.unlink("in/new/a.png")
        exec("\\n".join(line[4:] for line in EXAMPLE.splitlines()))
        lutist.dask.task.__version__ = "0.0"
        refused(look, "in", "never", engine=client)
""".replace("EXAMPLE", repr(example))
    )
    (tmp_path / "film.py").write_text((ROOT / "scripts/exposure.py").read_text())
    told = lutist(*python, "job.py")
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert lines[0] == "TypeError engine=5: must be a distributed.Client that is not asynchronous"
    assert lines[1].startswith("ParameterError typed() is in no file, so it cannot be sent")
    assert "several folders; name a file for the journal" in lines[2]
    assert lines[3] == "[<done: in/a.png -> out/a.png>]"
    assert lines[4:8] == ["done", "done", "skipped", "done"]
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["j.jsonl"]
    assert lines[8] == "1 done 0 failed"
    assert lines[9].startswith("Error the worker inproc:") and " has lutist 0.0, not " in lines[9]
    assert not (tmp_path / "never").exists()
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"a.png", JOURNAL}
