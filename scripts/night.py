"""Day for night: moonlight from a daylight picture, dark, blue and nearly without colour."""

from typing import Annotated

from lutist import (
    Slider,
    color_temperature,
    exposure,
    linear,
    pipeline,
    saturation,
    sigmoid,
    split_tone,
)


@pipeline
def develop(
    darkness: Annotated[float, Slider(0, 4, unit="EV")] = 1.6,
    moon: Annotated[
        float, Slider(2500, 6500, step=50, unit="K", help="Bluer to the left.")
    ] = 4000.0,
    color: Annotated[float, Slider(0, 100, unit="%", help="The eye sees little at night.")] = 45.0,
    contrast: Annotated[float, Slider(0.8, 2)] = 1.25,
):
    return [
        saturation(color / 100),
        linear(exposure(-darkness)),
        color_temperature(moon),
        sigmoid(contrast, 0.3),
        split_tone((-0.02, 0.0, 0.05), (0.0, 0.01, 0.03)),
    ]
