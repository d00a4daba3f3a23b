"""Cyanotype: iron salts in the sun, a picture in Prussian blue."""

from typing import Annotated

from lutist import (
    Choice,
    Slider,
    duotone,
    exposure,
    grayscale,
    linear,
    pipeline,
    sigmoid,
    tone,
)

PAPERS = {"white": (0.97, 0.98, 0.97), "cream": (0.97, 0.95, 0.88), "blue": (0.86, 0.92, 0.95)}


@pipeline
def develop(
    sun: Annotated[float, Slider(-2, 2, unit="EV", help="More makes a deeper blue.")] = 0.0,
    contrast: Annotated[float, Slider(0.8, 2)] = 1.3,
    depth: Annotated[float, Slider(0, 100, unit="%", help="Of the darkest blue.")] = 85.0,
    paper: Annotated[str, Choice(*PAPERS)] = "white",
):
    dark = 1 - depth / 100
    blue = (0.02 + 0.05 * dark, 0.09 + 0.2 * dark, 0.24 + 0.3 * dark)
    return [
        # The salts see blue and hardly any red.
        linear(grayscale(0.10, 0.35, 0.55), exposure(-sun)),
        sigmoid(contrast, 0.5),
        duotone(blue, PAPERS[paper]),
        # Prussian blue is purest in the middle tones.
        tone(red=lambda x: x - 0.36 * x * (1 - x), blue=lambda x: x + 0.30 * x * (1 - x)),
    ]
