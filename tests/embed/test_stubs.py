"""mypy's stubtest: the stubs say what the module has when it runs."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / "build/venv"

# What lutist's own modules call, and what a type made in C shows otherwise (PEP 688: a buffer's
# method is there from Python 3.12 on).
ALLOWED = r"""
lutist\.(Choice|Color|Curve|File|Slider|Toggle)\.(check|check_kept|check_written|kind|plain)
lutist\.(Choice|Toggle)\.enables
lutist\.File\.none
lutist\.(File|Slider)\.for_default
lutist\.Slider\.fractional
lutist\.Pipeline\.(describe|files_(at|of)|note_settings|row|stages|stages_at|with_settings|words)
lutist\.(ExportReport|Pipeline|Stage)\.__init__
lutist\.Image(\.__buffer__)?
"""


def test_the_stubs_are_those_of_the_module(lutist, tmp_path):
    started = lutist("python", "--venv", VENV, "-c", "import mypy")
    if started.returncode:
        pytest.skip(f"no mypy in build/venv that this Python has: {started.stderr.strip()}")
    for stub in (ROOT / "host/python/lutist").glob("*.pyi"):
        (tmp_path / "stubs/lutist").mkdir(parents=True, exist_ok=True)
        shutil.copy(stub, tmp_path / "stubs/lutist")
    (tmp_path / "allowed").write_text(ALLOWED)
    options = ["--concise", "--allowlist", "allowed", "--ignore-unused-allowlist"]
    done = lutist(
        "python", "--venv", VENV, "-m", "mypy.stubtest", "lutist", *options,
        env={"MYPYPATH": "stubs", "MYPY_CACHE_DIR": str(tmp_path / "cache")},
    )  # fmt: skip
    assert "lutist.params.controls failed to find stubs" in done.stdout, done.stderr
    wrong = [line for line in done.stdout.splitlines() if "failed to find stubs" not in line]
    assert wrong == [], done.stderr
