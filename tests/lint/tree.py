"""The files that the style checks look at, and how they report problems."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MADE = {".git", "build", "out", "__pycache__", ".pytest_cache", ".ruff_cache", ".cache"}


def _known_to_git():
    """Tracked files and new ones that are not ignored; none where git cannot tell."""
    if not shutil.which("git"):
        return []
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    return [name for name in names.split("\0") if (ROOT / name).is_file()]


def _on_disk():
    """For a tree that came without git: every file that no tool of ours has made."""
    names = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return [name.as_posix() for name in names if MADE.isdisjoint(name.parts)]


FILES = sorted(_known_to_git() or _on_disk())


def files(*suffixes, under=""):
    """Names relative to ROOT, with "/", that lie below `under` and end in a suffix."""
    return [name for name in FILES if name.startswith(under) and name.endswith(suffixes)]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def texts(*suffixes, under=""):
    """{name: text} of the same files."""
    return {name: read(name) for name in files(*suffixes, under=under)}


def expect_none(problems):
    """Fail with one line a problem, and without a traceback into the checker."""
    problems = list(problems)
    if problems:
        pytest.fail("\n".join(["", *problems]), pytrace=False)
