"""The tables of kernels/x86/power_avx2.c are those that their script makes."""

import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "kernels/power"


def test_the_table_is_what_its_script_prints():
    script = [sys.executable, FOLDER / "power_table.py"]
    made = subprocess.run(script, capture_output=True, text=True, check=True).stdout
    kept = (FOLDER / "power_table.c").read_text()
    numbers = re.findall(r"-?0x[0-9a-f.]+p[+-][0-9]+", kept)
    assert numbers == re.findall(r"-?0x[0-9a-f.]+p[+-][0-9]+", made)
    assert len(numbers) == 2 * 2 + 128 * (3 + 2)
