"""Cyanotype: iron salts in the sun, a picture in Prussian blue."""

from collections.abc import Callable

from lutist import (
    Annotated,
    Choice,
    Look,
    Slider,
    exposure,
    grayscale,
    linear,
    pipeline,
    sigmoid,
    tone,
)

PAPERS = {"white": (0.97, 0.98, 0.97), "cream": (0.97, 0.95, 0.88), "blue": (0.86, 0.92, 0.95)}


def ink(dark: float, light: float, bend: float) -> Callable[[float], float]:
    """From the darkest blue to the paper; bend is more or less of a channel between."""
    return lambda x: dark + (light - dark) * x + bend * x * (1 - x)


@pipeline
def develop(
    sun: Annotated[float, Slider(-2, 2, unit="EV", help="More makes a deeper blue.")] = 0.0,
    contrast: Annotated[float, Slider(0.8, 2)] = 1.4,
    depth: Annotated[float, Slider(0, 100, unit="%", help="Of the darkest blue.")] = 85.0,
    paper: Annotated[str, Choice(*PAPERS)] = "white",
) -> Look:
    pale = 1 - depth / 100
    red, green, blue = PAPERS[paper]
    return [
        # The salts see blue and hardly any red.
        linear(grayscale(0.10, 0.35, 0.55), exposure(-sun)),
        sigmoid(contrast, 0.5),
        # Prussian blue is purest in the middle tones.
        tone(
            red=ink(0.02 + 0.05 * pale, red, -0.42),
            green=ink(0.07 + 0.2 * pale, green, 0.0),
            blue=ink(0.26 + 0.3 * pale, blue, 0.25),
        ),
    ]
