"""Exposure and gamma: the classic pair."""

from lutist import Annotated, Look, Slider, pipeline, tone


@pipeline
def develop(
    exposure: Annotated[float, Slider(-1, 1, unit="EV")] = 0.0,
    gamma: Annotated[float, Slider(0.1, 2.0)] = 1.0,
) -> Look:
    return tone(lambda x: (x * 2**exposure) ** (1 / gamma))
