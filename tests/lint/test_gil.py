"""Calls without the GIL go through py_nogil.h, which knows of them when Python ends; and each
function says whether it is called with the GIL.
"""

import re

from tree import expect_none, texts

RELEASES = re.compile(r"Py_BEGIN_ALLOW_THREADS|PyEval_SaveThread")
# Those who release it as Python starts, and the way itself.
MAY = {"host/python/module/py_nogil.c", "host/python/interp.c"}


def problems(name, text):
    for number, line in enumerate(text.splitlines(), 1):
        if name not in MAY and RELEASES.search(line):
            yield f"{name}:{number}: releases the GIL by itself: py_nogil_begin does it"


def test_the_gil_is_released_in_one_place():
    sources = texts(".c", under="host/python/")
    assert set(sources) >= MAY
    expect_none(p for name, text in sources.items() for p in problems(name, text))


def test_a_release_is_found():
    assert list(problems("host/python/py_x.c", "{\n    Py_BEGIN_ALLOW_THREADS\n"))


FUNCTION = re.compile(
    r"^[A-Za-z][\w *]*?\b(?P<name>(?:py|script|interp|job|python_map)_\w+)\([^;{}]*\)\n"
    r"\{\n(?P<body>.*?)^\}\n",
    re.MULTILINE | re.DOTALL,
)
# Those who may come after a job has made subinterpreters: Python's check is off from then on.
UNKNOWN = {"py_nogil_end", "py_nogil_pause", "interp_stop"}


def silent(name, text):
    """py_* is called with the GIL; what the public headers declare, where it takes it, without."""
    for found in FUNCTION.finditer(text):
        inside = found["name"].startswith("py_")
        wanted = "ASSERT_GIL();" if inside else "ASSERT_NO_GIL();"
        asked = (inside or "PyGILState_Ensure" in found["body"]) and found["name"] not in UNKNOWN
        if asked and f"\n    {wanted}" not in f"\n{found['body']}":
            yield f"{name}: {found['name']} has no {wanted}"


def test_each_function_says_whether_it_has_the_gil():
    sources = texts(".c", under="host/python/")
    assert len([found for text in sources.values() for found in FUNCTION.finditer(text)]) > 50
    expect_none(p for name, text in sources.items() for p in silent(name, text))


def test_a_function_that_does_not_say_is_found():
    text = "PyObject *py_one(PyObject *self)\n{\n    return self;\n}\n"
    text += "void script_two(void)\n{\n    PyGILState_Ensure();\n}\n"
    text += "bool job_two(void)\n{\n    PyGILState_Ensure();\n}\n"
    text += "const char *script_three(void)\n{\n    return 0;\n}\n"
    told = [problem.split()[1] for problem in silent("x.c", text)]
    assert told == ["py_one", "script_two", "job_two"]
