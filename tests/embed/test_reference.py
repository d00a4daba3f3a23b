"""docs/reference.md is what the program makes of its docstrings and stubs."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAKER = ROOT / "host/python/make_reference.py"


def test_the_reference_is_up_to_date(lutist):
    made = lutist("run", MAKER)
    assert made.returncode == 0, made.stderr
    stale = made.stdout != (ROOT / "docs/reference.md").read_text()
    assert not stale, f"lutist run {MAKER.relative_to(ROOT)} >docs/reference.md"


def test_the_reference_has_every_public_name(lutist):
    printed = lutist("run", MAKER).stdout
    names = lutist("python", "-c", "import lutist; print([*lutist.__all__, 'open'])").stdout
    headings = {line.lstrip("# ") for line in printed.splitlines() if line.startswith("###")}
    assert set(ast.literal_eval(names)) - headings == {"Look"}
    assert "lutist.math" in {line.lstrip("# ") for line in printed.splitlines()}


def test_a_listed_parameter_is_one_of_the_signature():
    wrong, listed = [], 0
    for entry in re.split("^#+ ", (ROOT / "docs/reference.md").read_text(), flags=re.M):
        signature, _, text = entry.partition("```text\n")[2].partition("\n```")
        for line in re.findall("^- ((?:`[a-z_]+`(?:, )?)+): ", text, re.M):
            names = re.findall("[a-z_]+", line)
            listed += len(names)
            wrong += [name for name in names if not re.search(rf"\b{name}\b", signature)]
    assert wrong == [] and listed > 50
