"""Faded matte: lifted blacks, dimmed whites, quiet colours, as of an old magazine."""

from lutist import (
    Annotated,
    Look,
    Slider,
    brightness,
    curve,
    pipeline,
    saturation,
    split_tone,
)

presets = {
    "Seventies": {"fade": 70.0, "light": 0.1, "color": 85.0, "tint": -80.0},
    "Quiet": {"fade": 35.0, "light": 0.0, "color": 50.0, "tint": 20.0},
}


@pipeline
def develop(
    fade: Annotated[float, Slider(0, 100, unit="%", help="How gray black has become.")] = 50.0,
    light: Annotated[float, Slider(-0.5, 0.5, help="Of the middle tones.")] = 0.05,
    color: Annotated[float, Slider(0, 120, unit="%")] = 75.0,
    tint: Annotated[float, Slider(-100, 100, unit="%", help="Rosy above 0, cream below.")] = 40.0,
) -> Look:
    black = 0.22 * fade / 100
    warm, cold = max(tint, 0) / 100, max(-tint, 0) / 100
    return [
        saturation(color / 100),
        brightness(light),
        curve(
            (0, black),
            (0.22, 0.19 + 0.6 * black),
            (0.5, 0.5 + 0.1 * black),
            (0.78, 0.79),
            (1, 0.95),
        ),
        split_tone(
            (-0.02 * warm - 0.03 * cold, 0.02 * warm, 0.01 * warm + 0.05 * cold),
            (0.04 * warm + 0.03 * cold, 0.02 * cold, 0.005 * warm - 0.04 * cold),
        ),
    ]
