"""Poster: few tones, or only two, positive or negative."""

from lutist import Choice, Slider, Toggle, exposure, invert, pipeline, posterize, threshold


@pipeline
def develop(
    style: Choice("posterize", "threshold") = "posterize",
    levels: Slider(2, 16, step=1) = 4,
    cut: Slider(0, 1) = 0.5,
    brightness: Slider(-2, 2, unit="EV") = 0.0,
    negative: Toggle() = False,
):
    return [
        exposure(brightness),
        posterize(levels) if style == "posterize" else threshold(cut),
        invert() if negative else None,
    ]
