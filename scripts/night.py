"""Day for night: moonlight from a daylight picture, dark, blue and nearly without colour."""

from lutist import (
    Annotated,
    Look,
    Slider,
    exposure,
    linear,
    pipeline,
    saturation,
    sigmoid,
    split_tone,
    white_balance,
)


@pipeline
def develop(
    darkness: Annotated[float, Slider(0, 4, unit="EV")] = 1.6,
    moon: Annotated[float, Slider(0, 100, unit="%", help="How blue its light is.")] = 70.0,
    color: Annotated[float, Slider(0, 100, unit="%", help="The eye sees little at night.")] = 45.0,
    contrast: Annotated[float, Slider(0.8, 2)] = 1.25,
) -> Look:
    blue = moon / 100
    return [
        saturation(color / 100),
        linear(exposure(-darkness)),
        white_balance(-blue, 0.2 * blue),
        sigmoid(contrast, 0.3),
        split_tone((-0.04 * blue, 0.0, 0.1 * blue), (0.0, 0.02 * blue, 0.06 * blue)),
    ]
