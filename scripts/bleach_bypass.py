"""Bleach bypass: silver stays in the film, hard light, metal colours."""

from lutist import (
    Annotated,
    Look,
    Slider,
    bleach_bypass,
    brightness,
    pipeline,
    saturation,
    split_tone,
)


@pipeline
def develop(
    silver: Annotated[float, Slider(0, 100, unit="%", help="How much of it is left.")] = 70.0,
    color: Annotated[float, Slider(0, 100, unit="%")] = 70.0,
    light: Annotated[float, Slider(-0.5, 0.5, help="Of the middle tones, before.")] = 0.15,
    steel: Annotated[float, Slider(0, 100, unit="%", help="A cold tint in the shadows.")] = 30.0,
) -> Look:
    cold = 0.08 * steel / 100
    return [
        saturation(color / 100),
        brightness(light),
        bleach_bypass(silver / 100),
        split_tone((-cold, 0.2 * cold, cold), (0.0, 0.0, 0.0)) if steel else None,
    ]
