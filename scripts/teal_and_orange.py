"""Teal and orange: the cinema's pair, skin and sunlight before cool shadows."""

from lutist import Annotated, Look, Slider, channel_mixer, pipeline, saturation, sigmoid, split_tone


@pipeline
def develop(
    strength: Annotated[
        float, Slider(0, 100, unit="%", help="How far all hues go to the two.")
    ] = 55.0,
    balance: Annotated[float, Slider(-1, 1, help="Where teal ends and orange begins.")] = 0.0,
    contrast: Annotated[float, Slider(0.8, 2)] = 1.15,
    color: Annotated[float, Slider(0, 150, unit="%")] = 100.0,
) -> Look:
    share = strength / 100
    pull = 0.55 * share  # of green towards the middle of red and blue: two hues are left
    return [
        channel_mixer(green=(0.5 * pull, 1 - pull, 0.5 * pull)),
        saturation(color / 100),
        sigmoid(contrast, 0.45),
        split_tone(
            (-0.11 * share, 0.03 * share, 0.07 * share),
            (0.09 * share, 0.01 * share, -0.09 * share),
            balance,
        ),
    ]
