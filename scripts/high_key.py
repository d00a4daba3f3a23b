"""High key: much light, few shadows, pale and airy."""

from lutist import (
    Annotated,
    Look,
    Slider,
    black_point,
    brightness,
    curve,
    exposure,
    linear,
    pipeline,
    saturation,
    split_tone,
)


@pipeline
def develop(
    light: Annotated[float, Slider(0, 2, unit="EV")] = 0.7,
    air: Annotated[float, Slider(0, 100, unit="%", help="How far shadows are lifted.")] = 50.0,
    color: Annotated[float, Slider(0, 120, unit="%", group="Color")] = 82.0,
    warmth: Annotated[float, Slider(-1, 1, group="Color")] = 0.2,
) -> Look:
    lift, warm = air / 100, 0.04 * warmth
    return [
        linear(exposure(light)),
        # Values above white come back below it.
        curve((0, 0), (0.45, 0.45), (1, 0.93), (1.5, 1)),
        brightness(0.4 * lift),
        black_point(-0.12 * lift),
        saturation(color / 100),
        split_tone((warm, 0.2 * warm, -warm), (warm, 0.3 * warm, -warm)),
    ]
