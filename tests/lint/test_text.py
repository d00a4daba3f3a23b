"""Texts that no file of the tree may hold."""

import re

import pytest
from tree import FILES, ROOT, expect_none

CODE = (".c", ".h", ".py", ".pyi")
# Written so that these lines are not found themselves.
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|X[X]X)\b")
MACHINE = re.compile(r"(?<![\w.~}])/(root|work)/")


def line_problems(name, line):
    if line != line.rstrip():
        yield "white space at the end"
    if "\t" in line and name.endswith(CODE):
        yield "a tab"
    if UNFINISHED.search(line):
        yield "unfinished work; finish it"
    if MACHINE.search(line):
        yield "a path of one machine"


def text_problems(name, text):
    if "\r" in text:
        yield f"{name}: carriage returns"
    if text and not re.search(r"[^\n]\n\Z", text):
        yield f"{name}: must end with one newline"
    for number, line in enumerate(text.split("\n"), 1):
        yield from (f"{name}:{number}: {p}" for p in line_problems(name, line.rstrip("\r")))


def test_every_text_is_clean():
    found, count = [], 0
    for name in FILES:
        data = (ROOT / name).read_bytes()
        if b"\0" not in data:  # a picture, a font
            found += text_problems(name, data.decode("utf-8"))
            count += 1
    assert count > 200
    expect_none(found)


def test_clean_texts_pass():
    assert list(text_problems("a.c", "int x;\n\n/* mkdtemp: tmp-XXXX" + "XX */\n")) == []
    assert list(text_problems("Makefile", "all:\n\techo network/root/x\n")) == []
    assert list(text_problems("py.typed", "")) == []


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.c", "int x; \n", "a.c:1: white space at the end"),
        ("a.md", "x\n\t\n", "a.md:2: white space at the end"),
        ("a.c", "\tint x;\n", "a.c:1: a tab"),
        ("a.c", "int x;\r\n", "a.c: carriage returns"),
        ("a.c", "int x;", "a.c: must end with one newline"),
        ("a.c", "int x;\n\n", "a.c: must end with one newline"),
        ("a.c", "/* TO" + "DO: x */\n", "a.c:1: unfinished work; finish it"),
        ("a.md", "see /wo" + "rk/main\n", "a.md:1: a path of one machine"),
        ("a.py", 'x = "/ro' + 'ot/x"\n', "a.py:1: a path of one machine"),
    ],
)
def test_an_unclean_text_is_told(name, text, told):
    assert list(text_problems(name, text)) == [told]
