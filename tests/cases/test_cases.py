"""Small inputs on which the program once failed: each is treated right, with any seed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from builds import has_asan

HERE = Path(__file__).resolve().parent


def python(script, *arguments):
    return subprocess.run(
        [sys.executable, "-B", HERE / script, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module", params=[0, 1, 2])
def folder(request, tmp_path_factory):
    """The cases of a seed."""
    path = tmp_path_factory.mktemp("cases")
    made = python("make_cases.py", path, request.param)
    assert made.returncode == 0, made.stderr
    return path


def test_every_case_is_as_wanted(lutist_path, folder):
    if has_asan(lutist_path):
        pytest.skip("AddressSanitizer takes more memory than a case may")
    done = python("check_cases.py", lutist_path, folder)
    assert done.returncode == 0, done.stdout + done.stderr


def test_one_batch_of_all_does_what_can_be_done(lutist, folder, tmp_path):
    cases = json.loads((folder / "cases.json").read_text())
    done = lutist("batch", folder, "-o", "out/{index}.png", "--report", "report.json")
    assert done.returncode == 1, done.stderr
    report = json.loads((tmp_path / "report.json").read_text())
    good = {Path(item["input"]).name for item in report["files"] if item["state"] == "done"}
    bad = {Path(item["input"]).name for item in report["files"] if item["state"] == "failed"}
    assert {name for name, case in cases.items() if "pixels" in case} <= good
    assert {name for name in cases if name.startswith(("flipped", "lie", "huge"))} <= bad
