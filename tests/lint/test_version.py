"""The version has one place, pyproject.toml, and a chapter of its own in CHANGELOG.md."""

import re
import sys

from tree import ROOT, files, read

sys.path.append(str(ROOT / "package"))
from changelog import changes, debian_changelog, versions

VERSION = re.search(r'^version = "([\d.]+)"', read("pyproject.toml"), re.M)[1]


def test_the_newest_changes_are_this_version_s():
    listed = versions(read("CHANGELOG.md"))
    assert listed[0][0] == VERSION
    assert all(changes(text) for _, _, text in listed)
    days = [day for _, day, _ in listed]
    assert days == sorted(days, reverse=True)


def test_no_other_file_states_it():
    code = [*files(".c", ".h", ".py", ".pyi", ".cmake", under="host/"), "CMakeLists.txt"]
    assert len(code) > 400
    own = re.compile(rf"""["']{re.escape(VERSION)}["']""")
    assert [name for name in code if own.search(read(name))] == []


def test_debian_s_newest_version_is_this_one():
    told = debian_changelog(read("CHANGELOG.md"), "lutist", "somebody <a@b.invalid>")
    assert told.startswith(f"lutist ({VERSION}) ")


def test_the_build_and_the_program_tell_it(lutist, lutist_path):
    """The wheel's own test is in tests/wheel."""
    build = lutist_path.resolve().parent.parent
    if (build / "CMakeCache.txt").exists():
        cache = (build / "CMakeCache.txt").read_text()
        assert f"\nCMAKE_PROJECT_VERSION:STATIC={VERSION}\n" in cache
    assert lutist("--version").stdout == f"lutist {VERSION}\n"
    told = lutist("python", "-c", "import lutist; print(lutist.__version__)").stdout
    assert told.strip() == VERSION
    pages = sorted((build / "share/man/man1").glob("lutist*.1"))
    assert pages and all(f'"lutist {VERSION}"' in page.read_text() for page in pages)


MARKDOWN = """\
# Changes

## 1.10 (2026-02-03)

- One thing
  on two lines.
- Another that is very much longer than the first, so long that it takes more than one line.

## 1.9 (2026-01-02)

- The first.
"""
DEBIAN = """\
film (1.10) unstable; urgency=medium

  * One thing on two lines.
  * Another that is very much longer than the first, so long that it takes
    more than one line.

 -- somebody <a@b.invalid>  Tue, 03 Feb 2026 00:00:00 +0000

film (1.9) unstable; urgency=medium

  * The first.

 -- somebody <a@b.invalid>  Fri, 02 Jan 2026 00:00:00 +0000
"""


def test_debian_s_changelog_is_made_of_it():
    assert debian_changelog(MARKDOWN, "film", "somebody <a@b.invalid>") == DEBIAN
