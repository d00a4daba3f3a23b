"""A parameter that hides the stage of its name: what the failed call says."""

import pytest

import lutist

HIDES = r"'float' object is not callable: the parameter exposure hides exposure\(\): rename"


def look(script, body, head="from lutist import *", name="exposure"):
    text = f"{head}\nfrom lutist import Slider, pipeline\n@pipeline\n"
    return lutist.load(script(f"{text}def develop({name}: Slider(0, 2) = 1.0):\n{body}\n"))


@pytest.mark.parametrize(
    "body",
    [
        "    return exposure(exposure)",
        "    return [\n        contrast(0.2),\n        exposure(\n            1\n        ),\n    ]",
        "    def inner():\n        return exposure(0.5)\n    return inner()",
    ],
)
def test_the_error_names_the_parameter(script, body):
    for call in (lambda p: p(), lambda p: p.stages()):
        with pytest.raises(TypeError, match=HIDES):
            call(look(script, body))


def test_a_stage_that_was_not_imported_is_hidden_too(script):
    with pytest.raises(TypeError, match=HIDES):
        look(script, "    return exposure(exposure)", head="import lutist")()


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("    punch = 1.5\n    return punch(exposure)", "exposure"),
        ("    return gain(2)", "gain"),
        ("    return exposure('a')(2)", "gain"),
        ("    return len(exposure)", "exposure"),
        ("    return [contrast(*exposure)]", "exposure"),
        ("    return tone(exposure=1)", "exposure"),
    ],
)
def test_another_typeerror_stays_as_it_is(script, body, name):
    with pytest.raises(TypeError) as caught:
        look(script, body, name=name)()
    assert "hides" not in str(caught.value)


def test_a_file_that_has_been_edited_meanwhile_is_no_second_error(script):
    develop = look(script, "    return exposure(exposure)")
    script("def (:\n")
    with pytest.raises(TypeError, match="'float' object is not callable$"):
        develop()
