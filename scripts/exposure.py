"""Exposure and gamma: the classic pair."""

from lutist import Slider, pipeline, tone


@pipeline
def develop(
    exposure: Slider(-1, 1, unit="EV") = 0.0,
    gamma: Slider(0.1, 2.0) = 1.0,
):
    return tone(lambda x: (x * 2**exposure) ** (1 / gamma))
