"""Golden hour: the last sun, warm lights over shadows that keep the sky's blue."""

from lutist import (
    Annotated,
    Look,
    Slider,
    brightness,
    color_temperature,
    pipeline,
    sigmoid,
    split_tone,
)


@pipeline
def develop(
    sun: Annotated[
        float, Slider(5000, 12000, step=50, unit="K", help="Warmer to the right.")
    ] = 7600.0,
    glow: Annotated[float, Slider(0, 100, unit="%", help="Gold in the highlights.")] = 50.0,
    shade: Annotated[float, Slider(0, 100, unit="%", help="Blue that the shadows keep.")] = 40.0,
    light: Annotated[float, Slider(-0.5, 0.5)] = 0.06,
) -> Look:
    gold, blue = glow / 100, shade / 100
    return [
        color_temperature(sun),
        brightness(light),
        sigmoid(1.08, 0.4),
        split_tone(
            (-0.03 * blue, -0.01 * blue, 0.06 * blue), (0.06 * gold, 0.03 * gold, -0.06 * gold)
        ),
    ]
