"""A look to begin with: light, tones and colour.

`lutist info` prints this text. While the viewer shows the look, it loads the file again whenever
you save it.
"""

from typing import Annotated

from lutist import (
    Choice,
    Curve,
    Look,
    Slider,
    Toggle,
    curve,
    grayscale,
    pipeline,
    saturation,
    tone,
)

Points = tuple[tuple[float, float], ...]

# Settings to start from, by --preset. A parameter that is left out has its default.
presets = {
    "Faded": {"tones": "0,0.12 0.5,0.52 1,0.92", "color": 0.8},
    "Punchy": {"tones": ((0, 0), (0.25, 0.18), (0.75, 0.83), (1, 1)), "color": 1.2},
}


# Each parameter is a control of the viewer and an option of a batch: -p exposure=0.5. Its type
# comes first, for editors and checkers, then the control, and behind the = the default.
@pipeline
def develop(
    exposure: Annotated[float, Slider(-1, 1, unit="EV")] = 0.0,
    tones: Annotated[Points, Curve(help="Dark at the left, light at the right.")] = (
        (0.0, 0.0),
        (1.0, 1.0),
    ),
    color: Annotated[float, Slider(0, 2, group="Color", help="0 is gray, 1 no change.")] = 1.0,
    film: Annotated[str, Choice("color", "black and white", group="Color")] = "color",
    negative: Annotated[bool, Toggle(group="Color", help="Light becomes dark.")] = False,
) -> Look:
    # A tone is a function of one value: 0.0 is black and 1.0 is white, whatever the file's depth.
    # Values may leave this range between the stages; only the last result is cut to it.
    gain: float = 2**exposure

    def brighten(x: float) -> float:
        return x * gain

    def invert(x: float) -> float:
        return 1 - x

    # The stages, in their order; None is no stage.
    return [
        tone(brighten),
        curve(*tones),
        grayscale() if film == "black and white" else saturation(color),
        tone(invert) if negative else None,
    ]
