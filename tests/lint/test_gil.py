"""Calls without the GIL go through py_call.h, which knows of them when Python ends."""

import re

from tree import expect_none, texts

RELEASES = re.compile(r"Py_BEGIN_ALLOW_THREADS|PyEval_SaveThread")
# Those who release it as Python starts, and the way itself.
MAY = {"host/python/py_call.c", "host/python/interp.c"}


def problems(name, text):
    for number, line in enumerate(text.splitlines(), 1):
        if name not in MAY and RELEASES.search(line):
            yield f"{name}:{number}: releases the GIL by itself: py_let_go and py_take_back do it"


def test_the_gil_is_released_in_one_place():
    sources = texts(".c", under="host/python/")
    assert set(sources) >= MAY
    expect_none(p for name, text in sources.items() for p in problems(name, text))


def test_a_release_is_found():
    assert list(problems("host/python/py_x.c", "{\n    Py_BEGIN_ALLOW_THREADS\n"))
