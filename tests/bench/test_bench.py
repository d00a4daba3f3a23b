"""The comparison with other programs runs, tells what it could not measure, and adds up right.
No time is asserted: figures are for people."""

import json
import re
import subprocess
import sys
from pathlib import Path

import counts
import kernel_rows
import pytest
import report
from targets import Target

HERE = Path(__file__).resolve().parent
PROGRAMS = {"memcpy", "opencv", "numba", "libvips", "ffmpeg", "pillow", "numpy", "tutorial"}


def test_a_small_run_measures_or_tells_everything(lutist, tmp_path):
    done = lutist("run", HERE / "peers.py", "--megapixels", 1, "--runs", 1, "--json", "all.json")
    assert done.returncode == 0, done.stderr
    data = json.loads((tmp_path / "all.json").read_text())
    measured = {re.match(r"\w+", row["program"])[0].lower() for row in data["rows"]}
    missing = {each["program"] for each in data["skipped"] if each["task"] is None}
    assert measured - {"lutist"} | missing == PROGRAMS
    assert {"memcpy", "numpy", "pillow", "tutorial"} <= measured
    assert all(each["reason"] in done.stdout for each in data["skipped"])
    exact = [row for row in data["rows"] if "take" in row["call"] or row["call"] == "point"]
    assert len(exact) == 4
    assert {row["worst"] for row in exact} == {0}
    assert {target["id"] for target in data["targets"]} >= {f"K{i}" for i in range(1, 9)}
    page = report.into_page(f"a {report.BEGIN} old {report.END} b", "new")
    assert page == f"a {report.BEGIN}\n\nnew\n\n{report.END} b"


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
        (0.89, False, "first step"),
        (0.5, False, "short"),
        (None, False, "not measured"),
        (0.9, True, "reached"),
        (0.91, True, "short"),
    ],
)
def test_verdicts(reached, at_most, verdict):
    assert Target("K0", "x", reached, "", 0.9, 0.7, at_most).verdict() == verdict


def test_two_runs_of_the_kernels_make_one():
    def run(copy, kernel):
        rows = [
            {"op": "memcpy", "pixel": "u8x3", "tables": 0, "threads": 2, "ms": copy},
            {"op": "lut1d", "pixel": "u8x3", "tables": 1, "threads": 2, "ms": kernel},
        ]
        return {"version": "1", "rows": [{**r, "ms_min": r["ms"], "memcpy_ratio": 1} for r in rows]}

    rows = kernel_rows.mean_rows(run(10, 20), run(14, 12))
    assert [row["program"] for row in rows] == ["memcpy", "lutist 1"]
    kernels = kernel_rows.Kernels(rows, 2)
    row = kernels.row("lut1d", "u8x3", 1)
    assert (row["ms"], row["ms_min"], row["memcpy_ratio"]) == (16, 12, 0.75)
    assert kernels.copy("lut1d", "u8x3", 1)["ms"] == 12
    assert kernels.row("lut3d", "u8x3", 1) is None


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
