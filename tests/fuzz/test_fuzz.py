"""The fuzz targets without clang: their files and texts are changed at random, and read or
refused, never a crash.
"""

import os
import re
import subprocess

import pytest
import seeds

ROUNDS = int(os.environ.get("LUTIST_FUZZ", "40"))
SEED = os.environ.get("LUTIST_FUZZ_SEED", "1")

# Files that a library gives remarks about on stderr (libjxl, dav1d).
TALKATIVE = {"jxl", "heif"}
# Each file fills tables.
SLOW = {"profiles"}


def run(lutist_path, name, *arguments):
    """What a target prints."""
    target = lutist_path.parent / f"fuzz_{name}"
    done = subprocess.run([target, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0 and "Sanitizer" not in done.stderr, done.stderr
    return done


@pytest.mark.parametrize("target", seeds.TARGETS)
def test_files_are_read_and_changed_ones_read_or_refused(lutist_path, tmp_path, target):
    """Changes of a file that is refused anyway would find nothing."""
    names = seeds.write(target, tmp_path)
    if not names:
        pytest.skip("the codec's own program is not installed")
    whole = len(names - seeds.REFUSED.get(target, set()))
    done = run(lutist_path, seeds.program(target), tmp_path)
    assert [len(names), whole] == [*map(int, re.findall(r"\d+", done.stdout))]
    rounds = ROUNDS // 4 if target in SLOW else ROUNDS
    done = run(lutist_path, seeds.program(target), tmp_path, rounds, SEED)
    assert target in TALKATIVE or done.stderr == ""
    files, read, of = map(int, re.findall(r"\d+", done.stdout))
    assert (files, of) == (len(names), len(names) * rounds) and 0 < read < of


@pytest.mark.parametrize("target", [t for t in seeds.TARGETS if seeds.program(t) == "images"])
def test_each_allocation_of_a_reader_may_fail(lutist_path, tmp_path, target):
    """What is missing then is memory, not a part of the file."""
    names = seeds.write(target, tmp_path) - seeds.REFUSED.get(target, set())
    if not names:
        pytest.skip("the codec's own program is not installed")
    harness = lutist_path.parent / "unit_out_of_memory"
    files = [tmp_path / name for name in sorted(names)]
    done = subprocess.run([harness, *files], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


TEXTS = {
    "command": "lines",
    "csv": "tables",
    "cubes": "texts",
    "journal": "lines",
    "keys": "files",
    "lists": "lists",
    "params": "tables",
    "report": "reports",
    "retry": "records",
    "sidecar": "sidecars",
    "template": "templates",
    "values": "values",
}


# Each text is a file.
BY_PATH = {"lists", "params", "report", "retry"}


@pytest.mark.parametrize("name", TEXTS)
def test_changed_texts_are_read_or_refused(lutist_path, name):
    rounds = 25 * ROUNDS if name in BY_PATH else 100 * ROUNDS
    done = run(lutist_path, name, rounds, SEED)
    assert done.stderr == ""
    read = re.fullmatch(rf"{rounds} {TEXTS[name]}, (\d+) were read\n", done.stdout)
    assert 0 < int(read[1]) < rounds


def test_changed_answers_of_a_script_s_process_are_read_or_refused(lutist_path):
    done = run(lutist_path, "isolate", 5 * ROUNDS, SEED)
    assert done.stderr == ""
    assert " changed answers were read" in done.stdout
