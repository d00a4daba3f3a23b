"""Colour negative film: soft, warm, with room in the highlights."""

from lutist import (
    Annotated,
    Look,
    Slider,
    channel_mixer,
    curve,
    exposure,
    linear,
    pipeline,
    saturation,
    sigmoid,
    split_tone,
    white_balance,
)

presets = {
    "Portrait": {"light": 0.5, "contrast": 1.0, "warmth": 0.45, "color": 88.0},
    "Overcast": {"light": 0.4, "contrast": 1.25, "warmth": 0.6, "color": 105.0},
    "Expired": {"light": 0.7, "contrast": 0.85, "warmth": -0.5, "color": 70.0},
}


@pipeline
def develop(
    light: Annotated[float, Slider(-2, 2, unit="EV", help="More light on the negative.")] = 0.3,
    contrast: Annotated[float, Slider(0.7, 1.6, step=0.01, help="Of the paper.")] = 1.1,
    warmth: Annotated[float, Slider(-1, 1, group="Color", help="Of the print.")] = 0.3,
    color: Annotated[float, Slider(0, 150, unit="%", group="Color")] = 92.0,
) -> Look:
    return [
        linear(exposure(light)),
        # The layers of dye overlap a little.
        channel_mixer((0.94, 0.05, 0.01), (0.03, 0.93, 0.04), (0.01, 0.07, 0.92)),
        saturation(color / 100),
        sigmoid(contrast, 0.45),
        curve((0, 0.02), (0.25, 0.26), (0.5, 0.53), (0.8, 0.82), (1, 0.965), (2, 0.995)),
        white_balance(0.12 * warmth, 0.04 * warmth),
        split_tone((-0.015, 0.005, 0.02), (0.02, 0.005, -0.035)),
    ]
