"""Where an error of a look is said to be: the script's line, without frames of lutist."""

import pytest

import lutist
from lutist.host import errors

HEAD = "from lutist import *\n"


def told(script, source, **params):
    """(line, traceback) of the failure of a look at these parameters, as the host asks for them."""
    path = script(HEAD + source)
    with pytest.raises(Exception) as caught:
        lutist.load(path).stages(**params)
    return describe(caught.value)


def describe(error):
    """Below the frame of this file, which is not there in the host."""
    return errors.describe(error.with_traceback(error.__traceback__.tb_next))


def of_develop(body):
    return f"@pipeline\ndef develop(gain: Slider(0, 2) = 1.0):\n    {body}\n"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("return contrast", "film.py:3: TypeError: develop() returned <function contrast"),
        ("return [0.5]", "film.py:3: TypeError: develop() returned 0.5, which is not a stage"),
        ("tone([gain, 0])", "film.py:3: TypeError: develop() came to its end without a return"),
        ("a = []; a.append(a); return a", "film.py:3: ValueError: develop() returned a list that"),
    ],
)
def test_what_a_function_returned_is_told_at_its_line(script, body, line):
    text, trace = told(script, of_develop(body))
    assert text.startswith(line)
    frames = [part for part in trace.splitlines() if part.startswith("  File ")]
    assert len(frames) == 1
    assert frames[0].endswith('film.py", line 3, in develop')
    assert "^" not in trace


def test_the_line_is_that_of_the_def(script):
    source = "\n\n@pipeline\n# A comment.\ndef develop(\n    gain: Slider(0, 2) = 1.0,\n): pass\n"
    assert told(script, source)[0].startswith("film.py:6: TypeError")


def test_a_function_without_source_has_a_line_too():
    made = {}
    exec(compile("\n\ndef look(): return 5\n", "/nowhere/film.py", "exec"), made)
    with pytest.raises(TypeError) as caught:
        lutist.pipeline(made["look"]).stages()
    assert describe(caught.value)[0].startswith("film.py:3: TypeError: look() returned 5")


@pytest.mark.parametrize(
    ("presets", "line"),
    [
        ('presets = {"B": {},\n    "A": {"gg": 1}}', "film.py:3: ValueError: the preset 'A'"),
        ('presets = dict(\n    A={"gg": 1})', "film.py:2: ValueError: the preset 'A'"),
        ('presets: dict = {\n    "A": {"gain": 5}}', "film.py:3: ValueError: the preset 'A'"),
        ("presets = [1]", "film.py:2: TypeError: presets = [1]: must be a dict"),
        ("import os as presets", "film.py:2: TypeError: presets = <module 'os'"),
    ],
)
def test_a_wrong_preset_is_told_at_its_line(script, presets, line):
    text, trace = told(script, presets + "\n" + of_develop("return None"))
    assert text.startswith(line)
    assert trace.count("  File ") == 1
    assert "During handling" not in trace


def test_a_preset_that_is_found_nowhere_is_told_all_the_same(script):
    source = 'globals().update(presets={"A": 1})\n' + of_develop("return None")
    wanted = "ValueError: the preset 'A': 1: must be a dict of parameters"
    assert told(script, source)[0].endswith(wanted)


@pytest.mark.parametrize(
    "body",
    [
        "return tone(5)",
        "return tone([0, None])",
        'return curve((0, 0), (1, "x"))',
        "return linear(5)",
        "return posterize(2.5)",
        "return matrix([1])",
        "return cube('none.cube')",
        "return cube(__file__)",
        "return asc_cdl_file('none.cdl')",
        "return asc_cdl_file(__file__)",
        "return load('none')",
        "return develop(2, 3, 4)",
    ],
)
def test_a_refusal_ends_at_the_line_of_the_script(script, body):
    text, trace = told(script, of_develop(body))
    assert text.startswith("film.py:4: ")
    frames = [part for part in trace.splitlines() if part.startswith("  File ")]
    assert [frame.rpartition("/")[2] for frame in frames] == ['film.py", line 4, in develop']
    assert "During handling" not in trace


def test_a_failure_inside_lutist_keeps_its_frames(script):
    """One that no check has raised is a fault of lutist's, or of an object that it was given."""
    body = "return saturation(type('N', (), {'__float__': lambda self: 1.0, '__rmul__': 0})())"
    assert "color.py" in told(script, of_develop(body))[1]


def test_the_script_below_lutist_keeps_its_frames(script):
    body = "return curve(Points(), (1, 1))"
    points = "class Points:\n    def __len__(self): raise KeyError(1)\n"
    trace = told(script, points + of_develop(body))[1]
    assert "in __len__" in trace and "in develop" in trace


def test_an_interrupt_in_lutist_itself_is_told_at_the_line_of_the_one_before(script):
    """A script that swallows one is interrupted again, perhaps when lutist has the first."""
    develop = lutist.load(script(HEAD + of_develop("raise KeyboardInterrupt")))
    with pytest.raises(KeyboardInterrupt) as caught:
        develop.stages()
    caught.value.__traceback__ = caught.value.__traceback__.tb_next
    second = KeyboardInterrupt("the script was stopped after 0.4 s")
    second.__context__ = caught.value
    assert errors.describe(second)[0] == "film.py:4: the script was stopped after 0.4 s"
    second.__context__ = None
    assert errors.describe(second)[0] == "the script was stopped after 0.4 s"
