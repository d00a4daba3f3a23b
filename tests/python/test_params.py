"""Signatures: what they declare, what they refuse, and what a call checks."""

from typing import Annotated

import numpy as np
import pytest

import lutist
from lutist import Choice, Color, ParameterError, Slider, Toggle, pipeline, tone


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
        (dict(exposure=True), "exposure=True is not a number"),
        (dict(exposure=np.bool_(True)), "is not a number"),
        (dict(exposure=1j), "exposure=1j is not a number"),
        (dict(exposure=np.array([0.1, 0.2])), r"exposure=array\(.*is not a number"),
        (dict(exposure=[0]), r"exposure=\[0\] is not a number"),
        (dict(steps=2.5), r"steps=2.5: must be a whole number \(2 to 16\)"),
        (dict(steps=False), "steps=False is not a number"),
        (dict(steps=17), "steps=17 is outside its range: 2 to 16"),
        (dict(style=np.zeros(2)), r"style=array\(.*is not one of: soft, hard"),
        (dict(style=None), "style=None is not one of: soft, hard"),
        (dict(negative="on"), "negative='on' is neither True nor False"),
        (dict(negative=np.zeros(2)), "is neither True nor False"),
        (dict(style="loud"), "style='loud' is not one of: soft, hard"),
        (dict(negative=2), "negative=2 is neither True nor False"),
        (dict(gama=1), "has no parameter gama; it has: exposure, steps, style, negative"),
    ],
)
def test_a_wrong_setting_is_named(wrong, message):
    with pytest.raises(ParameterError, match=message) as caught:
        look(**wrong)
    assert isinstance(caught.value, ValueError)


def test_positions_are_counted():
    with pytest.raises(ParameterError, match="takes 4 parameters, not 5"):
        look(0, 2, "soft", True, 1)
    with pytest.raises(ParameterError, match="got exposure twice"):
        look(0, exposure=1)


def test_the_host_sees_plain_tuples():
    assert look.describe() == [
        (0, "exposure", "Exposure", "EV", -1, 1, 0, False, (), 0.0, False, "", "", "", ""),
        (0, "steps", "Steps", "", 2, 16, 1, False, (), 4, True, "", "", "", ""),
        (1, "style", "Style", "", 0, 0, 0, False, ("soft", "hard"), "hard", False, "", "", "", ""),
        (2, "negative", "Negative", "", 0, 0, 0, False, (), False, False, "", "", "", ""),
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
        lambda: Slider(-1, 1, log=True),
        lambda: Slider(2, 1),
        lambda: Slider(0, 1, step=-0.1),
        lambda: Slider(0, 1, step=float("nan")),
        lambda: Slider(float("nan"), 1),
        lambda: Slider(0, 10**400),
        lambda: Choice(),
        lambda: Choice("a", "A"),
        lambda: Choice("a", 3),
    ],
)
def test_controls_refuse_nonsense(make):
    with pytest.raises(ValueError, match=r"Slider|Choice"):
        make()


@pytest.mark.parametrize(
    "make",
    [
        lambda: Slider("0", 1),
        lambda: Slider(False, True),
        lambda: Slider(0, 1j),
        lambda: Slider(0, 1, step="1"),
        lambda: Slider(0, 1, step=True),
        lambda: Slider(0, 1, unit=5),
        lambda: Slider(0, 1, group=5),
        lambda: Slider(0, 1, help=None),
    ],
)
def test_sliders_want_numbers(make):
    with pytest.raises(TypeError, match=r"^Slider\("):
        make()


def test_a_slider_of_whole_numbers_gives_whole_numbers():
    counted = Slider(1, 5)

    @pipeline
    def steps(n: counted = 2, part: counted = 2.0, five: Slider(0, 100, step=5) = 50):
        return None

    settings = steps.settings(n=np.int64(3), part=2.5)
    assert settings == dict(n=3, part=2.5, five=50)
    assert [type(value) for value in settings.values()] == [int, float, int]
    wanted = r"n=2.5: must be a whole number \(1 to 5\); a default written as 1.0 in the script"
    with pytest.raises(ParameterError, match=wanted):
        steps.settings(n=2.5)
    assert steps.settings(n=4.0)["n"] == 4
    # The host's slider moves by one.
    assert [(row[6], row[10]) for row in steps.describe()] == [(1, True), (0, False), (5, True)]


def test_a_slider_of_a_float_gives_any_number():
    """Whoever writes 0 for 0.0 wants no slider of three places."""

    @pipeline
    def light(
        gain: Annotated[float, Slider(-1, 1)] = 0,
        bare: lutist.Annotated[float, Slider(-1, 1)] = 0,
        text: "Annotated[float, Slider(-1, 1)]" = 0,
        count: Annotated[int, Slider(-1, 1)] = 0,
    ):
        return None

    settings = light.settings(gain=0.25, text=0.5)
    assert settings == dict(gain=0.25, bare=0, text=0.5, count=0)
    assert [type(value) for value in settings.values()] == [float, float, float, int]
    with pytest.raises(ParameterError, match=r"count=0.5: must be a whole number"):
        light.settings(count=0.5)


def test_groups_stand_together_for_the_host_alone():
    @pipeline
    def grouped(
        a: Slider(0, 1, group="Tone", help="Brightens\n  all.") = 0.5,
        b: Toggle = False,
        c: Choice("x", "y", group="Colour") = "x",
        d: Slider(0, 1.0, group="Tone") = 0.25,
        e: Toggle(group="Colour") = True,
    ):
        return [a, b, c, d, e]

    rows = grouped.describe()
    assert [row[1] for row in rows] == ["b", "a", "d", "c", "e"]
    assert [row[11] for row in rows] == ["", "Tone", "Tone", "Colour", "Colour"]
    assert rows[1][12] == "Brightens all."
    assert list(grouped.controls) == ["a", "b", "c", "d", "e"]
    assert grouped(1, True) == [1, True, "x", 0.25, True]
    assert grouped.settings(0, True, "y")["c"] == "y"
    # The host's values, in the order of its rows.
    with pytest.raises(TypeError, match="returned 0.75"):
        grouped.stages_at((True, 0.75, 0.5, "y", False))


def test_a_control_says_what_it_is():
    assert repr(Slider(0, 1, group="Tone")) == "Slider(0, 1, group='Tone')"
    assert repr(Choice("a", "b", help="One.")) == "Choice('a', 'b', help='One.')"
    assert repr(Toggle(group="A", help="B")) == "Toggle(group='A', help='B')"
    with pytest.raises(ValueError, match="not printable"):
        Toggle(help="bell \a")


@pytest.mark.parametrize(
    "slider", [Slider(1.0, 5), Slider(1, 5.0), Slider(1, 5, step=0.5), Slider(1, 5, step=1.0)]
)
def test_a_slider_with_one_float_gives_floats(slider):
    @pipeline
    def steps(n: slider = 2):
        return None

    assert steps.settings(n=2.5) == {"n": 2.5}
    assert type(steps.settings()["n"]) is float


def test_a_default_has_to_be_whole_where_it_is_an_integers_slider():
    with pytest.raises(ValueError, match="default n=True is not a number"):

        @pipeline
        def look(n: Slider(1, 5) = True):
            return None


def test_controls_show_how_they_were_made():
    assert repr(Slider(1, 5, step=2, unit="px", log=True)) == (
        "Slider(1, 5, step=2, unit='px', log=True)"
    )
    assert [*map(repr, (Slider(0, 1), Choice("a", "b"), Toggle()))] == [
        "Slider(0, 1)",
        "Choice('a', 'b')",
        "Toggle()",
    ]


def test_a_pipeline_neither_waits_nor_yields():
    async def later():
        return None

    def one_by_one():
        yield tone(lambda x: x)

    async def both():
        yield None

    for function in (later, one_by_one, both):
        with pytest.raises(TypeError, match=f"{function.__name__}.*no async def, and no yield"):
            pipeline(function)


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


@pytest.mark.parametrize(
    "options",
    [
        {"jobs": -1},
        {"jobs": 5000},
        {"quality": 101},
        {"jobs": "2"},
        {"jobs": True},
        {"memory": "2G"},
    ],
)
def test_batch_checks_its_numbers(options):
    name = next(iter(options))
    with pytest.raises(lutist.ParameterError, match=f"{name}="):
        lutist.batch(lutist.load("exposure"), ["a.jpg"], "out", **options)


def test_batch_knows_its_ways_to_sync(tmp_path):
    with pytest.raises(lutist.ParameterError, match="'disk' is unknown; use file or none"):
        lutist.batch(lutist.load("exposure"), ["a.jpg"], tmp_path, sync="disk")


def test_batch_wants_a_pipeline():
    with pytest.raises(TypeError, match=r"as load\('exposure'\) would give"):
        lutist.batch("exposure", ["a.jpg"], "out")


@pytest.mark.parametrize("name", ["quality", "progress", "inputs", "develop"])
def test_a_parameter_may_not_be_called_as_one_of_batch(script, name):
    path = script(
        "from lutist import Slider, pipeline\n@pipeline\n"
        f"def look({name}: Slider(0, 1) = 0.5): return None\n"
    )
    with pytest.raises(ParameterError, match=f"parameter named {name}, as batch has: rename it"):
        lutist.batch(lutist.load(path), ["a.jpg"], "out")


def test_a_parameter_may_be_called_self_or_image(noise):
    @pipeline
    def look(self: Slider(0, 1) = 0.5, image: Slider(0, 1) = 0.5):
        return tone(lambda x: x * self * image)

    array, image = noise()
    got = look.apply(image, self=1, image=1)
    np.testing.assert_array_equal(np.asarray(got), array)
    assert look.settings(self=1) == {"self": 1.0, "image": 0.5}


def test_positional_only_parameters_are_refused():
    with pytest.raises(TypeError, match="leave out the /"):

        @lutist.pipeline
        def look(a: lutist.Slider(0, 1) = 0, /):
            return None


def test_a_number_too_large_is_a_parameter_error():
    with pytest.raises(lutist.ParameterError, match="exposure=1000"):
        lutist.load("exposure").settings(exposure=10**400)


def test_a_control_says_what_it_needs_to_have_an_effect():
    @lutist.pipeline
    def look(
        style: Choice("soft", "hard", "none") = "soft",
        toned: Toggle() = False,
        cut: Slider(0, 1, enabled_by="style=hard|none") = 0.5,
        tint: Color(enabled_by="toned") = (1, 0.5, 0),
    ):
        return None

    assert look.controls["cut"].enabled_by == "style=hard|none"
    assert "enabled_by='toned'" in repr(look.controls["tint"])
    assert look.settings(cut=0.25)["cut"] == 0.25  # its value counts nevertheless


@pytest.mark.parametrize(
    "wrong",
    ["gone", "cut", "style", "style=", "style=loud", "toned=on", "other", "other=1", "=soft"],
)
def test_it_needs_a_toggle_or_words_of_a_choice(wrong):
    def look(
        style: Choice("soft", "hard") = "soft",
        toned: Toggle() = False,
        other: Slider(0, 1) = 0,
        cut: Slider(0, 1, enabled_by=wrong) = 0.5,
    ):
        return None

    with pytest.raises(ValueError, match="enabled_by"):
        lutist.pipeline(look)
