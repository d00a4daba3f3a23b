"""Signatures: what they declare, what they refuse, and what a call checks."""

from typing import Annotated

import pytest

import lutist
from lutist import Choice, ParameterError, Slider, Toggle, pipeline, tone


@pipeline
def look(
    exposure: Slider(-1, 1, unit="EV") = 0.0,
    steps: Slider(2, 16, step=1) = 4,
    style: Annotated[str, Choice("soft", "hard")] = "hard",
    negative: Toggle() = False,
):
    """A look."""
    return tone(lambda x: x)


def test_settings_are_defaults_with_changes():
    assert look.settings() == dict(exposure=0.0, steps=4, style="hard", negative=False)
    assert look.settings(0.5, style="soft")["exposure"] == 0.5
    assert look.settings(steps=7.0)["steps"] == 7
    assert isinstance(look.settings(steps=7.0)["steps"], int)
    assert look.settings(negative=1)["negative"] is True


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (dict(exposure=1.5), "exposure=1.5 is outside its range: -1 to 1"),
        (dict(exposure=float("nan")), "exposure=nan is outside its range: -1 to 1"),
        (dict(exposure="1"), "exposure='1' is not a number"),
        (dict(exposure=None), "exposure=None is not a number"),
        (dict(style="loud"), "style='loud' is not one of: soft, hard"),
        (dict(negative=2), "negative=2 is neither True nor False"),
        (dict(gama=1), "has no parameter gama; it has: exposure, steps, style, negative"),
    ],
)
def test_a_wrong_setting_is_named(wrong, message):
    with pytest.raises(ParameterError, match=message.replace("(", r"\(")) as caught:
        look(**wrong)
    assert isinstance(caught.value, ValueError)


def test_positions_are_counted():
    with pytest.raises(ParameterError, match="takes 4 parameters, not 5"):
        look(0, 2, "soft", True, 1)
    with pytest.raises(ParameterError, match="got exposure twice"):
        look(0, exposure=1)


def test_the_host_sees_plain_tuples():
    assert look.describe() == [
        (0, "exposure", "Exposure", "EV", -1, 1, 0, False, (), 0.0),
        (0, "steps", "Steps", "", 2, 16, 1, False, (), 4),
        (1, "style", "Style", "", 0, 0, 0, False, ("soft", "hard"), 1),
        (2, "negative", "Negative", "", 0, 1, 0, False, (), False),
    ]
    assert look.__doc__ == "A look."


@pytest.mark.parametrize(
    "make",
    [
        lambda: Slider(1, 1),
        lambda: Slider(0, float("inf")),
        lambda: Slider(0, 1, step=2),
        lambda: Slider(0, 1, step=0),
        lambda: Slider(0, 1, log=True),
        lambda: Choice(),
        lambda: Choice("a", "A"),
        lambda: Choice("a", 3),
    ],
)
def test_controls_refuse_nonsense(make):
    with pytest.raises(ValueError, match=r"Slider|Choice"):
        make()


def test_signatures_must_say_everything():
    def no_default(x: Slider(0, 1)):
        return None

    with pytest.raises(TypeError, match="x needs a default value"):
        pipeline(no_default)

    def bare(x=1):
        return None

    with pytest.raises(TypeError, match="x needs a control"):
        pipeline(bare)

    def open_ended(**rest):
        return None

    with pytest.raises(TypeError, match=r"no \* or \*\*"):
        pipeline(open_ended)

    def wrong_default(x: Slider(0, 1) = 2):
        return None

    with pytest.raises(ValueError, match=r"default x=2 is outside its range"):
        pipeline(wrong_default)


def test_annotations_may_be_text(script):
    path = script(
        "from __future__ import annotations\n"
        "from lutist import Slider, Toggle, pipeline\n"
        "@pipeline\n"
        "def develop(x: Slider(0, 1) = 0.5, *, y: Toggle = True): pass\n"
    )
    assert lutist.load(path).settings() == dict(x=0.5, y=True)


@pytest.mark.parametrize("options", [{"jobs": -1}, {"jobs": 5000}, {"quality": 101}, {"jobs": "2"}])
def test_batch_checks_its_numbers(options):
    name = next(iter(options))
    with pytest.raises(lutist.ParameterError, match=f"{name}="):
        lutist.batch(lutist.load("exposure"), ["a.jpg"], "out", **options)


def test_batch_wants_a_pipeline():
    with pytest.raises(TypeError, match=r"as load\('exposure'\) would give"):
        lutist.batch("exposure", ["a.jpg"], "out")


def test_positional_only_parameters_are_refused():
    with pytest.raises(TypeError, match="leave out the /"):

        @lutist.pipeline
        def look(a: lutist.Slider(0, 1) = 0, /):
            return None


def test_a_number_too_large_is_a_parameter_error():
    with pytest.raises(lutist.ParameterError, match="exposure=1000"):
        lutist.load("exposure").settings(exposure=10**400)
