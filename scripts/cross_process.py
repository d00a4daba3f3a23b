"""Cross processing: slide film in the chemicals of negatives, blue shadows and acid lights."""

from lutist import (
    Annotated,
    Look,
    Slider,
    cross_process,
    exposure,
    linear,
    pipeline,
    saturation,
    white_balance,
)


@pipeline
def develop(
    strength: Annotated[float, Slider(0, 100, unit="%")] = 70.0,
    light: Annotated[float, Slider(-2, 2, unit="EV", help="Before the film.")] = 0.2,
    cast: Annotated[float, Slider(-1, 1, help="Green below 0, magenta above.")] = -0.35,
    color: Annotated[float, Slider(0, 150, unit="%")] = 95.0,
) -> Look:
    return [
        linear(exposure(light)),
        white_balance(0.0, 0.15 * cast),
        cross_process(strength / 100),
        saturation(color / 100),
    ]
