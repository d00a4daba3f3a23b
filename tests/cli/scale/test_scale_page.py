"""The commands of docs/scale.md, as they are printed."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs/scale.md").read_text()
# An array runs at once, four tasks at a time; a job that waits has nothing to wait for.
SBATCH = """#!/bin/sh
case $1 in --dependency=afterany:4711) exec sh -c "$3" ;; esac
for script; do :; done
export SLURM_CPUS_PER_TASK=$(sed -n 's/^#SBATCH --cpus-per-task=//p' "$script")
seq $(sed -n 's/^#SBATCH --array=//p' "$script" | tr - ' ') |
  xargs -P4 -I{} env SLURM_ARRAY_TASK_ID={} sh "$script" && echo 4711
"""
SRUN = '#!/bin/sh\n[ "$1" = -c ] && shift 2 && exec "$@"\n'


def block(language, start):
    """The block of code that begins so."""
    return re.search(rf"^```{language}\n({re.escape(start)}.*?)^```", PAGE, re.M | re.S)[1]


@pytest.fixture
def shell(lutist_path, picture, tmp_path):
    """Runs a command where photos, a look and a cluster are; checks the merged report."""
    for i in range(24):
        picture(f"photos/{i % 3}/{i}.png", seed=i)
    shutil.copy(ROOT / "scripts/exposure.py", tmp_path / "film.py")
    (tmp_path / "bin").mkdir()
    for name, text in (("sbatch", SBATCH), ("srun", SRUN)):
        (tmp_path / "bin" / name).write_text(text)
        (tmp_path / "bin" / name).chmod(0o755)
    path = f"{tmp_path}/bin:{lutist_path.parent}:{os.environ['PATH']}"

    def run(command, wanted=0):
        words = "sh", "-ec", command
        done = subprocess.run(
            words, cwd=tmp_path, env=os.environ | {"PATH": path}, capture_output=True, text=True
        )
        assert done.returncode == wanted, done.stderr
        files = json.loads((tmp_path / "day.json").read_text())["files"]
        return sorted({file["state"] for file in files}), len(files)

    return run


MERGE = "\n" + block("sh", "lutist report merge")


def test_a_slurm_array(shell, tmp_path):
    (tmp_path / "film.sbatch").write_text(block("sh", "#!/bin/sh"))
    assert shell(block("sh", "job=")) == (["done"], 24)


def test_a_shell(shell):
    line = re.search(r"^    seq 16 \| xargs.*\\\n.*\n", PAGE, re.M)[0]
    assert shell(line + MERGE) == (["done"], 24)


@pytest.mark.skipif(not shutil.which("make"), reason="no make")
def test_a_makefile(shell, tmp_path):
    (tmp_path / "Makefile").write_text(block("make", "N :="))
    broken = tmp_path / "photos/0/0.png"
    whole = broken.read_bytes()
    broken.write_bytes(whole[:200])
    assert shell("make -j4", 2) == (["done", "failed"], 24)
    broken.write_bytes(whole)
    again = re.search(r"`(rm .*?make -j4)`", PAGE)[1]
    assert shell(again) == (["done", "skipped"], 24)
