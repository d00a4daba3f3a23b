"""Every header starts with its contract: what it is, for which threads, with or without the GIL."""

import re
from pathlib import PurePosixPath

import pytest
from tree import expect_none, texts


def guard(name):
    """LUTIST_ and the path without host/: host/base/err.h is LUTIST_BASE_ERR_H."""
    return "LUTIST_" + re.sub(r"[/.]", "_", name.removeprefix("host/")).upper()


def contract_problems(name, text):
    stem = PurePosixPath(name).stem
    comment, end, rest = text.partition(" */\n")
    if not comment.startswith(f"/* {stem} — ") or not end:
        yield f"{name}: does not start with a comment '/* {stem} — what it is'"
    if not re.search(r"^ \* Threads: \S", comment, re.M):
        yield f"{name}: the first comment has no line ' * Threads: who may call'"
    if name.startswith("kernels/"):
        if "Python:" in comment:
            yield f"{name}: kernels know nothing of Python, not even to say so"
    elif not re.search(r"^ \* Python:  \S", comment, re.M):
        yield f"{name}: the first comment has no line ' * Python:  unaware, or what of the GIL'"
    macro = guard(name)
    guarded = rest.startswith(f"#ifndef {macro}\n#define {macro}\n") and rest.endswith("\n#endif\n")
    if not guarded:
        yield f"{name}: the include guard {macro} does not enclose what follows the contract"


def test_every_header_has_its_contract():
    headers = {}
    for folder in "host/", "kernels/", "tests/":
        headers |= texts(".h", under=folder)
    assert len(headers) > 50
    expect_none(p for name, text in headers.items() for p in contract_problems(name, text))


GOOD = """\
/* err — what went wrong.
 *
 * Threads: a value.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_ERR_H
#define LUTIST_BASE_ERR_H

#endif
"""


def test_good_headers_pass():
    assert list(contract_problems("host/base/err.h", GOOD)) == []
    kernel = GOOD.replace(" * Python:  unaware.\n", "").replace("BASE", "KERNELS")
    assert list(contract_problems("kernels/err.h", kernel)) == []
    main = GOOD.replace("BASE_", "")
    assert list(contract_problems("host/err.h", main)) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("host/base/log.h", "BASE_ERR", "BASE_LOG", "/* log —"),
        ("host/base/err.h", "err — ", "err - ", "/* err —"),
        ("host/base/err.h", " * Threads: a value.\n", "", "Threads:"),
        ("host/base/err.h", ".\n *\n * Threads", ". Threads", "Threads:"),
        ("host/base/err.h", " * Python:  unaware.\n", "", "Python:"),
        ("host/base/err.h", "Python:  unaware.", "Python:", "Python:"),
        ("host/base/err.h", "#ifndef LUTIST_BASE", "#ifndef LUTIST", "LUTIST_BASE_ERR_H"),
        ("host/base/err.h", "#endif\n", "#endif\nint x;\n", "LUTIST_BASE_ERR_H"),
        ("host/base/err.h", " */\n", " */\nint x;\n", "LUTIST_BASE_ERR_H"),
        ("host/err.h", "", "", "LUTIST_ERR_H"),
        ("kernels/err.h", "BASE", "KERNELS", "kernels know nothing of Python"),
    ],
)
def test_a_broken_contract_is_told(name, old, new, told):
    found = list(contract_problems(name, GOOD.replace(old, new)))
    assert len(found) == 1
    assert told in found[0]
