"""mypy --strict and pyright read the stubs, the scripts, and every example of the pages.

They are installed beside ruff (./dev); a machine that has not got them skips, and says so.
"""

import json
import os
import re
import shutil
import subprocess

import pytest
from tree import ROOT, files, read

from tools import in_venv

PACKAGE = ROOT / "host/python"
STUBS = files(".pyi", under="host/python/lutist/")
SCRIPTS = [name for name in files(".py", under="scripts/") if name.count("/") < 3]
PAGES = [name for name in files(".md") if name == "README.md" or name.startswith("docs/")]
UNTYPED = {"scripts/jobs/gil_lab.py"}  # it measures, with NumPy and ctypes where they are


def tool(name):
    found = in_venv(name)
    if not found:
        pytest.skip(f"no {name} in build/venv: ./dev test installs it where there is a network")
    return found


def examples():
    """{file name: text} of the pages' blocks of Python that are whole files."""
    found = {}
    for page in PAGES:
        text = read(page)
        for block in re.finditer(r"^```python\n(.*?)^```", text, re.M | re.S):
            line = text.count("\n", 0, block.start()) + 1
            stem = page.rpartition("/")[2].removesuffix(".md").lower()
            found[f"{stem}_line_{line}.py"] = block[1]
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The stubs alone as a package, the scripts, and the examples."""
    place = tmp_path_factory.mktemp("typed")
    for name in STUBS:
        target = place / "stubs" / os.path.relpath(name, "host/python")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)
    (place / "stubs/lutist/py.typed").touch()
    for name in set(SCRIPTS) - UNTYPED:
        shutil.copy(ROOT / name, place / name.replace("/", "_"))
    for name, text in examples().items():
        (place / name).write_text(text)
    config = {"extraPaths": ["stubs"], "typeCheckingMode": "strict", "reportMissingImports": False,
              "reportMissingModuleSource": False, "reportUnknownMemberType": False,
              "reportUnknownVariableType": False, "reportUnknownArgumentType": False,
              "reportUnknownLambdaType": False, "reportUnknownParameterType": True}  # fmt: skip
    (place / "pyrightconfig.json").write_text(json.dumps(config))
    return place


def check(command, folder):
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "MYPYPATH": "stubs"},
        check=False,
    )
    if done.returncode:
        pytest.fail(done.stdout + done.stderr, pytrace=False)


def test_the_examples_are_many():
    assert len(examples()) > 5 and len(STUBS) >= 2 and len(SCRIPTS) > 10


def test_mypy_is_strict_and_content(folder):
    names = sorted(path.name for path in folder.glob("*.py"))
    strict = ["--strict", "--scripts-are-modules", "--ignore-missing-imports"]
    check([*tool("mypy"), *strict, "stubs/lutist", *names], folder)


def test_pyright_is_content(folder):
    check([*tool("pyright"), "--project", "."], folder)


def test_what_is_wrongly_typed_is_told(folder):
    wrong = folder / "wrong.py"
    wrong.write_text("from lutist import gamma\ngamma('much')\n")
    try:
        with pytest.raises(pytest.fail.Exception, match="incompatible type"):
            check([*tool("mypy"), "--strict", "wrong.py"], folder)
    finally:
        wrong.unlink()
