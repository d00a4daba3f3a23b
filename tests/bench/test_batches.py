"""The comparison of whole files runs, tells what it could not measure, and adds up right."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import batches
import pytest
from batch import bounds, process, programs, table, tables

HERE = Path(__file__).resolve().parent
SYSTEM = {"libvips", "GraphicsMagick", "ImageMagick", "FFmpeg"}


def test_a_tiny_run_measures_or_tells_everything(lutist_path, tmp_path):
    page = tmp_path / "bench.md"
    page.write_text(f"a {tables.BEGIN} old {tables.END} b")
    words = [sys.executable, HERE / "batches.py", "--tiny", "--runs", "1", "--lutist", lutist_path]
    words += ["--json", tmp_path / "all.json", "--page", page, "--work", tmp_path]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    data = json.loads((tmp_path / "all.json").read_text())
    rows = data["rows"]
    measured = {row["program"].split()[0] for row in rows if row["op"] == "photographs"}
    told = {skip["program"].split()[0] for skip in data["skipped"]}
    assert {"lutist", "Pillow"} <= measured
    assert measured | told == {"lutist", "Pillow", "OpenCV", *SYSTEM}
    assert all(skip["reason"] in done.stdout for skip in data["skipped"])
    assert all(row["ms"] >= row["ms_min"] > 0 for row in rows)
    assert {row["op"] for row in rows} == {*tables.TITLES, "codecs"}
    pillow = bounds.first(rows, "photographs", "Pillow")
    assert pillow["difference"] < 1 and pillow["files"] == 2 and pillow["peak_bytes"] > 0
    assert 0.9 < pillow["size_ratio"] < 1.1
    assert {target["id"] for target in data["targets"]} == {"B1", "B2", "B3", "B4", "B5", "S1"}
    text = page.read_text()
    assert "### Photographs, a table a channel" in text and " old " not in text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.json", "bench.md"]


def test_the_page_has_a_place_for_the_figures():
    text = (HERE.parents[1] / "docs/bench.md").read_text()
    assert text.count(tables.BEGIN) == text.count(tables.END) == 1


def test_a_run_is_timed_and_its_memory_seen():
    code = (
        "import time\n"
        "kept, end = bytearray(60_000_000), time.monotonic() + 1\n"
        "while time.monotonic() < end:\n"
        "    time.sleep(0.01)\n"
    )
    command = process.Command([sys.executable, "-c", code])
    assert process.timed(command).seconds > 1
    assert process.peak_bytes(command) > 60e6
    more = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {code!r}])"
    assert process.peak_bytes(process.Command([sys.executable, "-c", code + more])) > 115e6


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["sh", "-c", "echo first >&2; echo why >&2; exit 3"], "exit status 3: why"),
        (["no-such-program"], "no-such-program: No such file or directory"),
    ],
)
def test_a_failure_has_its_reason(words, reason):
    for way in process.timed, process.peak_bytes:
        with pytest.raises(process.FailedError, match=reason):
            way(process.Command(words))


def test_an_interrupt_leaves_no_process(monkeypatch):
    started = []
    monkeypatch.setattr(process, "is_running", lambda one: started.append(one) or 1 // 0)
    with pytest.raises(ZeroDivisionError):
        process.peak_bytes(process.Command(["cat", "/dev/zero"]))
    assert started[0].returncode == -signal.SIGKILL


def test_a_session_is_read_behind_any_name():
    assert process.session_of("7 (a ) (b) S 1 2 33 0 -1 4194304") == 33


def test_a_missing_program_is_told(monkeypatch):
    monkeypatch.setattr(programs, "found", lambda name: None)
    monkeypatch.setattr(programs, "version_of", lambda *words: "1.2" if "PIL" in words[-1] else "")
    skipped = []
    there = programs.all_programs("lutist", skipped)
    assert [program.name for program in there] == ["lutist", "Pillow"]
    assert {skip["program"] for skip in skipped} == {"OpenCV", *SYSTEM}


def test_the_tables_are_the_look():
    entries = table.pixels()
    assert len(entries) == 768 and entries[:3] == bytes(3)
    names = {}
    exec(table.LOOK.partition("\n\n\n")[0].replace("from lutist", "# "), names)
    assert (names["GAINS"], names["POWER"]) == (table.GAINS, table.POWER)
    assert table.value(20, table.GAINS[2]) == entries[20 * 3 + 2]


def row(op, program, ms, **other):
    return {"op": op, "program": program, "call": "", "ms": ms, **other}


def test_targets_of_files():
    rows = [
        row("photographs", "lutist 1", 10),
        row("photographs", "Pillow 1", 15),
        row("large", "lutist", 6, peak_bytes=20e6, huge_peak_bytes=40e6),
        row("large", "libvips 8", 10),
        row("small", "lutist", 2, growth_bytes=500),
    ]
    found = {target.what: target for target in bounds.all_bounds(rows)}
    assert found["photographs, against Pillow"].reached == 1.5
    assert found["photographs, against FFmpeg"].verdict() == "not measured"
    assert found["a large JPEG, against libvips"].reached == 0.6
    assert found["peak memory for a huge JPEG"].verdict() == "short"
    assert found["memory for a small file more"].reached == 0.5
    assert found["small files, against a process each"].reached is None
    assert found["one small JPEG, against gm convert"].reached is None


def test_sizes_are_of_all_kinds():
    assert batches.SIZES.keys() == batches.TINY.keys()
    assert batches.pixels(batches.SIZES["large"]) == 43_200_000
