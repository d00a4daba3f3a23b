"""docs/architecture.md names every room, and files and functions that exist, in short walks."""

import posixpath
import re

import pytest
from tree import FILES, expect_none, files, read, texts

PAGE = "docs/architecture.md"
ROOTS = "", "host/", "kernels/"
FILE = re.compile(r"[\w./-]+\.(?:c|h|py|pyi|map)")
FUNCTION = re.compile(r"[a-z]\w*_\w+(?:\(\))?")
FAMILY = re.compile(r"[a-z]\w*_\*")
TYPE = re.compile(r"[A-Z]\w*[a-z]\w*")
LONGEST_WALK = 12
FOREIGN = {"Python.h"}


def exists(name, names):
    """A path from one of the roots, or the bare name of a file in any room."""
    inside = "/" in name
    return any(
        root + name in names or (not inside and path.rpartition("/")[2] == name)
        for root in ROOTS
        for path in names
    )


def problems(page, names, words):
    """`names` are the tree's files, `words` the identifiers in its sources."""
    for span in re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", page, flags=re.S)):
        if FILE.fullmatch(span):
            if span not in FOREIGN and not exists(span, names):
                yield f"{span}: there is no such file"
        elif FUNCTION.fullmatch(span) or TYPE.fullmatch(span):
            if span.removesuffix("()") not in words:
                yield f"{span}: no source has this name"
        elif FAMILY.fullmatch(span) and not any(word.startswith(span[:-1]) for word in words):
            yield f"{span}: no source has a name that begins so"
    for number in re.findall(r"^(\d+)\. ", page, re.M):
        if int(number) > LONGEST_WALK:
            yield f"a walk has a step {number}"


def test_the_page_matches_the_tree():
    sources = texts(".c", ".h", ".py", under="host/") | texts(".c", ".h", under="kernels/")
    words = set(re.findall(r"\w+", " ".join(sources.values())))
    expect_none(problems(read(PAGE), set(FILES), words))


def test_every_room_is_on_the_page():
    names = [*files("", under="host/"), *files("", under="kernels/")]
    rooms = {posixpath.dirname(name) for name in names}
    page = read(PAGE)
    expect_none(f"{room}: no row" for room in sorted(rooms) if f"`{room}`" not in page)


NAMES = {"host/base/err.h", "docs/architecture.md"}
WORDS = {"err_set", "Err"}


def test_a_page_that_matches_passes():
    page = "1. `base/err.h` `err.h` `docs/architecture.md` `err_set` `err_set()` `err_*` `Err`"
    assert list(problems(page, NAMES, WORDS)) == []


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("`base/log.h`", "base/log.h: there is no such file"),
        ("`log.h`", "log.h: there is no such file"),
        ("`err_get`", "err_get: no source"),
        ("`err_get()`", "err_get(): no source"),
        ("`log_*`", "log_*: no source"),
        ("`Log`", "Log: no source"),
        ("13. on", "a walk has a step 13"),
    ],
)
def test_a_page_that_does_not_is_told(page, told):
    assert [told in problem for problem in problems(page, NAMES, WORDS)] == [True]
