"""The comparison with other programs runs, tells what it could not measure, and adds up right.
No time is asserted: figures are for people."""

import json
import re
import subprocess
import sys
from pathlib import Path

import chart
import counts
import document
import kernel_rows
import numpy as np
import peers
import programs
import pytest
import report
import tasks
import window
from targets import ALL, KERNEL_AGAINST, Target, all_targets, fastest, for_level

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROGRAMS = {"memcpy", "opencv", "numba", "libvips", "ffmpeg", "opencolorio", "pillow", "numpy"}
PROGRAMS |= {"tutorial"}


def test_a_small_run_measures_or_tells_everything(lutist, tmp_path):
    done = lutist("run", HERE / "peers.py", "--megapixels", 1, "--runs", 1, "--json", "all.json")
    assert done.returncode == 0, done.stderr
    data = json.loads((tmp_path / "all.json").read_text())
    measured = {re.match(r"\w+", row["program"])[0].lower() for row in data["rows"]}
    missing = {each["program"] for each in data["skipped"] if each["task"] is None}
    assert measured - {"lutist", "streaming"} | missing == PROGRAMS
    assert {"memcpy", "numpy", "pillow", "tutorial"} <= measured
    assert all(each["reason"] in done.stdout for each in data["skipped"])
    exact = [row for row in data["rows"] if "take" in row["call"] or row["call"] == "point"]
    assert len(exact) == 4
    assert {row["worst"] for row in exact} == {0}
    kernels = [row for row in data["rows"] if row["call"] == "kernel" and row["op"] != "pool_wake"]
    assert kernels and all(0 < row["limit_ratio"] <= row["memcpy_ratio"] for row in kernels)
    cubes = [row for row in data["rows"] if row["call"] == "filter(Color3DLUT)"]
    assert [row["worst"] <= 1 for row in cubes] == [True]
    placed = [row for row in data["rows"] if row["op"] in {task.op for task in tasks.all_tasks()}]
    assert placed and all(row["limit_ratio"] > 0 for row in placed)
    assert {target["id"] for target in data["targets"]} >= {f"K{i}" for i in (*range(1, 9), 10, 11)}
    page = report.into_page(f"a {report.BEGIN} old {report.END} b", "new")
    assert page == f"a {report.BEGIN}\n\nnew\n\n{report.END} b"


def test_the_readme_has_the_page_s_figures():
    said = document.PITCH.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert said == [document.pitch((ROOT / "docs/bench.md").read_text(encoding="utf-8"))]


def test_a_batch_is_measured_beside_its_codecs(lutist, picture, tmp_path):
    for i in range(3):
        picture(f"in/{i}.jpg", seed=i)
    picture("in/cut.jpg").write_bytes(b"not a picture")
    done = lutist("bench", "batch", "in", "--json", "b.json", env={"TMPDIR": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    assert "3 files, 0.0 MP, 1 failed; look exposure" in done.stdout
    rows = json.loads((tmp_path / "b.json").read_text())["rows"]
    assert [row["mode"] for row in rows] == ["codecs", "batch"]
    assert {row["samples"] for row in rows} == {3 * 61 * 47}
    assert all(row["ms"] >= row["ms_min"] > 0 for row in rows)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.json", "in"]
    done = lutist("bench", "batch", "in/cut.jpg", env={"TMPDIR": str(tmp_path)})
    assert done.returncode == 1 and "in/cut.jpg: " in done.stderr
    done = lutist("bench", "batch")
    assert done.returncode == 2 and "bench batch: a folder is missing" in done.stderr


def test_rows_of_the_window_become_a_table():
    row = {"op": "slider", "view": "fitted", "pixel": "u8x3", "image_width": 4000}
    row |= {"image_height": 3000, "megapixels": 0.951, "ms": 4.04, "p95_ms": 5, "p99_ms": 6.06}
    row |= {
        "max_ms": 7,
        "made_max_ms": 2,
        "shown_ms": 3.2,
        "stall_ms": None,
        "own_ms": 3,
        "peak_bytes": 151e6,
        "renderer": "software",
    }
    row |= {"window_width": 1440, "window_height": 900}
    text = window.table([{"cpu": "A", "cores": 2, "level": "avx2", "rows": [row, row]}])
    lines = text.splitlines()
    assert lines[0] == "- A, 2 cores, level avx2; a window of 1440×900, renderer software"
    assert lines[4] == (
        "| 12 MP, u8x3 | `slider` | fitted | 0.95 | 4.0 | 5.0 | 6.1 | 7.0 | 2.0 | 3.2 "
        "|  | 3.0 | 151 |"
    )
    assert len(lines) == 6


def test_python_alone_says_how_to_run_it():
    done = subprocess.run(
        [sys.executable, HERE / "peers.py"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "lutist run" in done.stderr


def test_a_page_without_a_place_for_figures_is_refused():
    with pytest.raises(ValueError, match="figures"):
        report.into_page("text", "new")


@pytest.mark.parametrize(
    ("reached", "at_most", "verdict"),
    [
        (0.9, False, "reached"),
        (0.89, False, "short"),
        (None, False, "not measured"),
        (0.9, True, "reached"),
        (0.91, True, "short"),
    ],
)
def test_verdicts(reached, at_most, verdict):
    assert Target("K0", "x", reached, "", 0.9, at_most).verdict() == verdict


@pytest.mark.parametrize(
    ("level", "expected"), [("avx512", 1.6), ("avx2", 1.2), ("scalar", 1.2), ("neon", 1.2)]
)
def test_a_pair_of_targets_goes_by_the_processor(level, expected):
    assert for_level((1.6, 1.2), level) == expected
    assert for_level(0.4, level) == 0.4


def row(program, op, threads, ms, result="reused", **other):
    tables = 1 if op == "lut1d" else 0
    shape = {"op": op, "pixel": "u8x3", "tables": tables, "threads": threads, "result": result}
    return {"program": program, **shape, "ms": ms, **other}


def test_the_fastest_way_of_a_program_is_compared():
    key = ("lut1d", "u8x3", 1)
    rows = [row("Peer 1", "lut1d", 2, 9), row("Peer 1", "lut1d", 2, 7, "new")]
    rows += [row("Peer 1", "lut1d", 1, 5), row("Peer 1", "matrix", 2, 1), row("Po", "lut1d", 2, 1)]
    assert fastest(rows, key, "Peer", 2)["ms"] == 7
    assert fastest(rows, key, "Peer", 2, "reused")["ms"] == 9
    assert fastest(rows, key, "Peer", 1)["ms"] == 5
    assert fastest(rows, key, "Other", 2) is None


def kernels_of(*rows, cores=2):
    full = ({**each, "limit_ratio": 0.5, "memcpy_ratio": 0.6} for each in rows)
    return kernel_rows.Kernels(list(full), cores)


def test_targets_against_peers():
    own = [row("lutist", "lut3d", 1, 10), row("lutist", "lut3d", 2, 5)]
    others = [row("OpenColorIO 2", "lut3d", 1, 12), row("OpenColorIO 2", "lut3d", 2, 6)]
    others += [row("Pillow 1", "lut3d", 1, 100, "new"), row("lutist 1", "lut3d", 2, 8, "new")]
    found = all_targets(kernels_of(*own), others, "avx2")
    reached = {target.what: target.reached for target in found if target.id == "K6"}
    assert reached["u8 3D table, 1 thread, against OpenColorIO on 1"] == 1.2
    assert reached["u8 3D table, 2 threads, against OpenColorIO on 2"] == 1.2
    assert reached["u8 3D table, 2 threads, against OpenColorIO on 1"] == 2.4
    assert reached["u8 3D table, 2 threads, against Pillow on 1"] == 20
    assert reached["u8 3D table, 2 threads, against Pillow on 1, new results"] == 12.5
    assert reached["u8 3D table, 2 threads, against FFmpeg on 2"] is None
    assert [int(target.id[1:]) for target in found] == sorted(int(t.id[1:]) for t in found)


def test_targets_of_a_machine_with_one_core():
    found = all_targets(kernels_of(row("lutist", "lut3d", 1, 10), cores=1), [], "avx512")
    assert not any(target.id == "K9" for target in found)
    assert len({target.what for target in found}) == len(found)
    assert ALL in {part for line in KERNEL_AGAINST for part in line}


def test_every_row_is_held_against_the_fastest_copy():
    own = [row("lutist 1", "lut1d", 2, 20)]
    streams = [row("streaming copy", "lut1d", 2, 8)]
    rows = [row("lutist", "lut1d", 2, 40, "new"), row("memcpy, glibc", "lut1d", 2, 10)]
    rows += [row("memcpy, glibc", "lut1d", 1, 12), row("tutorial", "lut1d", 3, 80, "new")]
    peers.relate(rows, own, streams, 2)
    assert [each["limit_ratio"] for each in rows] == [0.2, 0.8, 1, 0.1]
    assert [each["lutist_ratio"] for each in rows] == [1, 0.5, 0.6, 2]
    assert streams[0]["lutist_ratio"] == 0.4
    assert rows[0]["program"] == "lutist 1"


def test_a_program_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setattr(programs, "MODULES", ("memcpy", "gone"))
    loaded, missing = programs.load_all()
    assert [module.__name__ for module in loaded] == ["programs.memcpy"]
    assert missing == {"gone": "ModuleNotFoundError: No module named 'programs.gone'"}


def test_the_table_of_colours_is_the_same_as_a_file():
    film = tasks.film()
    assert film.shape == (33, 33, 33, 3)
    assert film[0, 0, 32, 0] > 1 > film[0, 0, 32, 1]  # red's index is the last
    assert film.min() < 0
    lines = tasks.film_file().read_text().splitlines()
    assert lines[0] == "LUT_3D_SIZE 33"
    written = np.array([line.split() for line in lines[1:]], float)
    assert np.abs(written - film.reshape(-1, 3)).max() <= 1e-10


def test_bars_of_the_chart():
    rows = [row("lutist 1", "lut3d", 2, 5, call="kernel"), row("Pillow 1", "lut3d", 1, 90, "new")]
    rows += [row("streaming copy", "lut3d", threads, 1, call="stream_copy") for threads in (1, 2)]
    rows += [row("OpenColorIO 2", "lut3d", n, 20 - n, call="apply(src, dst)") for n in (1, 2)]
    rows[1]["call"] = "filter(Color3DLUT)"
    assert chart.bars({"rows": rows, "cores": 2}, ("lut3d", "u8x3", 0)) == [
        ("streaming copy, the limit (2 threads)", 1, chart.COPY),
        ("lutist (2 threads)", 5, chart.OURS),
        ("OpenColorIO apply (2 threads)", 18, chart.OTHERS),
        ("Pillow filter (1 thread)", 90, chart.OTHERS),
    ]
    assert chart.scale_end([1, 5, 18]) == 18
    assert chart.scale_end([1, 5, 90]) == 5


def test_two_runs_of_the_kernels_make_one():
    def run(copy, stream, kernel):
        rows = [
            {"op": "memcpy", "pixel": "u8x3", "tables": 0, "threads": 2, "ms": copy},
            {"op": "stream_copy", "pixel": "u8x3", "tables": 0, "threads": 2, "ms": stream},
            {"op": "lut1d", "pixel": "u8x3", "tables": 1, "threads": 2, "ms": kernel},
        ]
        return {"version": "1", "rows": [{**r, "ms_min": r["ms"], "memcpy_ratio": 1} for r in rows]}

    rows = kernel_rows.mean_rows(run(10, 9, 20), run(14, 7, 12))
    assert [row["program"] for row in rows] == ["memcpy", "streaming copy", "lutist 1"]
    kernels = kernel_rows.Kernels(rows, 2)
    found = kernels.row("lut1d", "u8x3", 1)
    assert (found["ms"], found["ms_min"], found["memcpy_ratio"]) == (16, 12, 0.75)
    assert found["limit_ratio"] == 0.5
    assert kernels.limit("lut1d", "u8x3", 1)["ms"] == 8
    assert kernels.of_task(("lut1d", "u8x3", 1)) == [found]
    (stream,) = kernels.streams_of_task(("lut1d", "u8x3", 1))
    assert (stream["program"], stream["op"], stream["tables"]) == ("streaming copy", "lut1d", 1)
    assert kernels.row("lut3d", "u8x3", 1) is None
    assert kernels.limit("lut3d", "u8x3", 1) is None


PROFILE = """\
events: Ir Dr Dw
fn=(1) main
10 5 1 0
cfn=(2) lk_one
calls=1 20
10 100 40 8
fn=(2)
20 60 20 4
+1 40 20 4
"""


def test_counts_of_a_profile():
    found = counts.totals(PROFILE)
    assert found["lk_one"] == {"Ir": 100, "Dr": 40, "Dw": 8}
    assert found["main"] == {"Ir": 105, "Dr": 41, "Dw": 8}


def test_the_program_that_is_counted_fits_the_kernels():
    command = ["cc", "-fsyntax-only", "-Wall", "-Werror", f"-I{counts.KERNELS}"]
    subprocess.run([*command, HERE / "counts.c"], check=True)
