"""Poster: few tones, or only two, positive or negative."""

from lutist import (
    Annotated,
    Choice,
    Look,
    Slider,
    Toggle,
    exposure,
    invert,
    pipeline,
    posterize,
    threshold,
)


@pipeline
def develop(
    style: Annotated[str, Choice("posterize", "threshold")] = "posterize",
    levels: Annotated[int, Slider(2, 16, step=1, enabled_by="style=posterize")] = 4,
    cut: Annotated[float, Slider(0, 1, enabled_by="style=threshold")] = 0.5,
    brightness: Annotated[float, Slider(-2, 2, unit="EV")] = 0.0,
    negative: Annotated[bool, Toggle()] = False,
) -> Look:
    return [
        exposure(brightness),
        posterize(levels) if style == "posterize" else threshold(cut),
        invert() if negative else None,
    ]
