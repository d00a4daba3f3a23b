"""The GIL lab: every strategy has a row, and the rows tell the known facts about it."""

import json
import os
import shutil
import signal
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from waiting import PATIENCE, until

JOB = Path(__file__).resolve().parents[2] / "scripts" / "jobs" / "gil_lab.py"
CORES = len(os.sched_getaffinity(0))
PYTHON = [
    "one",
    "threads",
    "pinned-1",
    f"pinned-{CORES}",
    "thread-executor",
    "processes",
    "fork",
    "pool",
    "process-executor",
]
JOBLIB = ["joblib"]
INTERPRETERS = [
    *("newer-one", "newer-threads", "sub-interpreters", "interpreter-pool"),
    *("free-one", "free-threads", "pypy-one", "pypy"),
]
C = ["c-one", "c-held", "c-released", "ctypes", "pthreads", "host-pool"]
OTHER_NATIVE = ["cython-uncompiled", "cython-one", "cython-compiled", "java-one", "java"]
COMPILERS = ["numba-fib", "mypyc", "nuitka", "shedskin", "pythran"]
TOOLS = ["cffi", "swig", "pybind11", *COMPILERS, *(f"{key}-one" for key in COMPILERS)]
DATA = ["echo-one", "echo-threads", "echo-processes", "echo-shared", "echo-packed"]
IMAGE = [
    *("python", "numpy", "numpy-table", "pillow", "tutorial-one", "tutorial"),
    *("tutorial-formula-one", "tutorial-formula"),
    *("numba-one", "numba", "taichi-one", "taichi", "taichi-gpu"),
    *(f"lutist-{mode}" for mode in ("python", "numpy", "ctypes", "single", "parallel", "opencl")),
]
EVERY = [
    *PYTHON,
    *INTERPRETERS,
    *C,
    *OTHER_NATIVE,
    *JOBLIB,
    *TOOLS,
    *DATA,
    "numpy-one",
    "numpy-all",
    *(f"image-{key}" for key in IMAGE),
]


@pytest.fixture(scope="module")
def lab(lutist_path, tmp_path_factory):
    """Run the lab with arguments in a folder of this module; returns the CompletedProcess."""
    folder = tmp_path_factory.mktemp("lab")

    def run(*args, **env):
        return subprocess.run(
            [lutist_path, "run", JOB, *map(str, args)],
            cwd=folder,
            env={**os.environ, "VIRTUAL_ENV": "", **env},
            capture_output=True,
            text=True,
            timeout=10 * PATIENCE,
            check=False,
        )

    run.folder = folder
    return run


@pytest.fixture(scope="module")
def report(lab):
    """One quick run of everything."""
    outputs = ["--json", "all.json", "--plot", "all.svg", "--markdown", "all.md"]
    done = lab("--quick", *outputs)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((lab.folder / "all.json").read_text()) | {"stdout": done.stdout}


@pytest.fixture(scope="module")
def rows(report):
    return {row["key"]: row for row in report["rows"]}


def only(lab, *keys, quick=True, **options):
    """The rows of some keys, measured anew. Options in capitals are of the environment."""
    env = {name: str(value) for name, value in options.items() if name.isupper()}
    words = [word for key in keys for word in ("--only", key)]
    words += [w for name, value in options.items() if name not in env for w in (f"--{name}", value)]
    done = lab(*(["--quick"] if quick else []), "--json", "some.json", *words, **env)
    rows = json.loads((lab.folder / "some.json").read_text())["rows"]
    return done, {row["key"]: row for row in rows}


def test_every_strategy_has_a_row_that_ran_or_says_why_not(rows):
    assert sorted(set(EVERY) - set(rows)) == []
    for row in rows.values():
        ran, skipped = "wall_s" in row, "skipped" in row
        assert ran != skipped, row
        if skipped:
            reason, _, hint = row["skipped"].partition("; ")
            assert reason and hint, row
        else:
            assert row["wall_s"] > 0 and row["cpu_s"] >= 0, row
            assert ("n" in row) != ("samples" in row), row


def test_what_needs_nothing_but_lutist_and_a_compiler_ran(rows):
    needed = [*PYTHON, *C, *DATA, "image-python", "image-tutorial", "image-lutist-parallel"]
    assert [key for key in needed if "wall_s" not in rows[key]] == []


def test_rows_compare_with_the_work_of_their_base(rows):
    for key, base in (("threads", "one"), ("c-released", "c-one"), ("pthreads", "c-one")):
        one, other = rows[base], rows[key]
        rate = (other["work"] / other["wall_s"]) / (one["work"] / one["wall_s"])
        assert other["speedup"] == pytest.approx(rate)
        assert one["speedup"] == 1.0
    python, c = rows["one"], rows["c-one"]
    assert c["n"] > python["n"]
    rate = (c["work"] / c["wall_s"]) / (python["work"] / python["wall_s"])
    assert c["vs_python"] == pytest.approx(rate)
    assert c["work"] / c["cpu_s"] > 3 * python["work"] / python["cpu_s"]


def test_copies_are_told(rows):
    assert rows["echo-processes"]["copies"] and rows["processes"]["copies"]
    assert not rows["echo-threads"]["copies"] and not rows["echo-shared"]["copies"]
    assert rows["echo-threads"]["cpu_s"] < rows["echo-processes"]["cpu_s"]


def test_the_header_names_the_machine(report):
    assert report["cores"] == CORES
    assert report["version"] and report["cpu"] and report["python"].startswith("3.")


def newer_pythons():
    """Python 3.12 and newer that run, looked for without the lab's help."""
    folders = [*Path.home().glob(".pyenv/versions/3.1[2-9]*/bin"), Path("/usr/bin")]
    for folder in [*folders, Path("/usr/local/bin")]:
        for path in folder.glob("python3.1[2-9]"):
            if subprocess.run([path, "-c", ""], check=False).returncode == 0:
                yield path


def test_sub_interpreters_run_in_every_newer_python(lab):
    pythons = list(newer_pythons())
    if not pythons:
        pytest.skip("no Python 3.12 or newer here")
    for python in pythons:
        _, rows = only(lab, "sub-interpreters", interpreter=python)
        version = subprocess.check_output([python, "-V"], text=True).split()[1]
        assert rows["sub-interpreters"]["note"] == f"Python {version}"
        assert rows["sub-interpreters"]["wall_s"] > 0


def test_cores_kept_busy(lab):
    """One by Python threads; by native ones as many as by processes, which need no lock. The
    best of three tries: others may work here."""
    native = [key for key in C if key not in ("c-one", "c-held")]
    best = dict.fromkeys(["processes", *native], 0.0)
    keys = ("threads", "c-held", *best)
    quiet = False
    for _ in range(3):
        _, rows = only(lab, *keys, repeat=3)
        quiet = quiet or all(rows[key]["others"] < 0.1 for key in native)
        assert rows["threads"]["cores_busy"] < 1.3
        assert rows["c-held"]["cores_busy"] < 1.3
        best = {key: max(best[key], rows[key]["cores_busy"]) for key in best}
        if min(best.values()) > 0.75 * best["processes"]:
            return
    if not quiet:
        pytest.skip(f"others used the machine all the time; cores busy: {best}")
    pytest.fail(f"native threads kept too few of {CORES} cores busy: {best}")


def test_the_plot_is_a_picture_of_every_row(lab, report):
    root = ET.parse(lab.folder / "all.svg").getroot()
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {row["strategy"] for row in report["rows"]} <= set(texts)
    polygons = list(root.iter("{http://www.w3.org/2000/svg}polygon"))
    assert len(report["traces"]) == 4
    assert len(polygons) == 2 * sum(len(trace["own"]) for trace in report["traces"])
    for trace in report["traces"]:
        shares = [share for core in trace["own"] for share in core]
        assert shares and 0 < max(shares) <= 1 and min(shares) >= 0


def test_the_markdown_has_the_published_figures_beside_ours(lab, report):
    text = (lab.folder / "all.md").read_text()
    assert "8.754 s real" in text and "| published |" in text
    table = [line for line in text.splitlines() if line.startswith("| ")]
    assert {line.count("|") for line in table} == {10}
    for row in report["rows"]:
        begins = f"| {row['strategy']} |" if "wall_s" in row else f"- {row['strategy']}: skipped: "
        assert any(line.startswith(begins) for line in text.splitlines()), row


def test_the_markdown_of_a_page_is_renewed_between_its_markers(lab, report):
    page = lab.folder / "page.md"
    page.write_text("above\n<!-- gil_lab.py: begin -->\nold\n<!-- gil_lab.py: end -->\nbelow\n")
    for _ in range(2):
        assert lab("--read", "all.json", "--markdown", page).returncode == 0
    assert page.read_text() == f"above\n{(lab.folder / 'all.md').read_text()}below\n"


FOREIGN = {
    "--json": '{"mine": 1}\n',
    "--plot": '<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>\n',
    "--markdown": "# My page\n\n<!-- gil_lab.py: begin -->\n",
}


def test_only_what_is_of_its_own_kind_is_replaced(lab, tmp_path):
    only(lab, "c-one")
    shutil.copy(lab.folder / "some.json", tmp_path / "saved.json")
    told = lab("--read", tmp_path / "saved.json")
    for option, text in FOREIGN.items():
        own = tmp_path / f"own{option}"
        for _ in range(2):  # a new one, and one that is replaced
            done = lab("--read", tmp_path / "saved.json", option, own)
            assert (done.returncode, done.stdout) == (0, told.stdout), done.stderr
        foreign = tmp_path / f"foreign{option}"
        foreign.write_text(text)
        done = lab("--read", tmp_path / "saved.json", option, foreign)
        assert (done.returncode, done.stdout, foreign.read_text()) == (2, "", text)
        assert f"{foreign}: exists and is" in done.stderr.splitlines()[-1]
        empty = tmp_path / f"empty{option}"
        empty.touch()
        assert lab("--read", tmp_path / "saved.json", option, empty).returncode == 0
        assert empty.read_text() == own.read_text()
        done = lab("--read", tmp_path / "saved.json", option, tmp_path)
        assert done.returncode == 2 and "is no plain file" in done.stderr
    assert not list(tmp_path.glob("*.part"))


def test_a_saved_report_is_shown_again(lab, report):
    again = lab("--read", "all.json", "--plot", "again.svg")
    assert again.stdout == report["stdout"]
    assert (lab.folder / "again.svg").read_text() == (lab.folder / "all.svg").read_text()


def test_pieces_that_are_not_built_are_named_with_the_command(lab, tmp_path, monkeypatch):
    """With a Java that would run them, whether there is one here or not."""
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\nexit 1\n")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    done, rows = only(lab, "c-released", "java", parts="/nowhere")
    assert done.returncode == 0
    assert "cmake --build" in rows["c-released"]["skipped"]
    assert "--target gil_lab" in rows["java"]["skipped"]


def test_without_java_its_package_is_named(lab, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    done, rows = only(lab, "java")
    assert done.returncode == 0
    assert rows["java"]["skipped"] == "no java; apt-get install default-jdk-headless"


def test_a_piece_is_made_once_and_a_tool_that_fails_is_named(lab, tmp_path, monkeypatch):
    """With a Nuitka of our own, which leaves a Python module; then with one that fails."""
    tool = tmp_path / "nuitka"
    tool.write_text("#!/bin/sh\necho made >> $MADE\nmkdir build && cp fib_typed.py build/\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    for _ in range(2):
        _, rows = only(lab, "nuitka", MADE=tmp_path / "made")
        assert rows["nuitka"]["wall_s"] > 0 and rows["nuitka-one"]["wall_s"] > 0
    assert (tmp_path / "made").read_text() == "made\n"
    tool.write_text("#!/bin/sh\necho begins\necho no such luck\nexit 1\n")
    done, rows = only(lab, "nuitka")
    assert done.returncode == 1
    assert rows["nuitka"]["failed"] == "RuntimeError: nuitka: no such luck"


def test_without_a_tool_its_package_is_named(lab, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    done, rows = only(lab, "swig", "mypyc")
    assert done.returncode == 0
    assert rows["swig"]["skipped"] == "no swig; apt-get install swig"
    assert rows["mypyc"]["skipped"] == "no mypyc; pip install mypy setuptools in a venv"


def test_the_chart_says_that_the_machine_was_busy(lab, tmp_path):
    """Its colours are of what others left: two busy cores of four are all that were free."""
    _, rows = only(lab, "c-one")
    told = json.loads((lab.folder / "some.json").read_text())
    for others, words in ((0.0, False), (1.1, True)):
        for row in told["rows"]:
            row |= {"others": others, "cores_busy": 2.5}
        (tmp_path / "told.json").write_text(json.dumps({**told, "cores": 4}))
        lab("--read", tmp_path / "told.json", "--plot", tmp_path / "told.svg")
        text = (tmp_path / "told.svg").read_text()
        assert ("other programs used up to 1.1 cores" in text) == words
        bars = len(rows) if words else 0
        assert text.count('fill="#2166ac"') == 1 + bars  # 1: the legend's box


def left_running(mark):
    """Processes that still carry a mark in their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            pass
    return found


def test_a_row_that_takes_too_long_is_stopped_and_fails_the_run(lab):
    mark = f"late{os.getpid()}"
    done = lab("--only", "one", "--cores", 8, "--limit", 1, LAB_MARK=mark)
    assert done.returncode == 1
    assert "FAILED: stopped after 1 s" in done.stdout
    assert left_running(f"LAB_MARK={mark}") == []


def test_an_interrupt_leaves_nothing_behind(lab, lutist_path):
    command = [lutist_path, "run", JOB, "--only", "processes"]
    mark = f"stopped{os.getpid()}"
    env = {**os.environ, "VIRTUAL_ENV": "", "LAB_MARK": mark}
    with subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL) as process:
        until(lambda: len(left_running(f"LAB_MARK={mark}")) > 2)  # the job, its row, a worker
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 130
    assert left_running(f"LAB_MARK={mark}") == []


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--only", "nonsense"], "no row matches"),
        (["--json", "no/such/folder.json"], "no/such"),
        (["--read", "missing.json"], "missing.json"),
        (["--cores", "0"], "1 or more"),
        (["--json", "one", "--plot", "./one"], "two outputs have the same name"),
    ],
)
def test_bad_usage(lab, args, message):
    done = lab(*args)
    assert done.returncode == 2
    assert message in done.stderr.splitlines()[-1]
