"""Split toning: one hue in the shadows, another in the highlights."""

from colorsys import hls_to_rgb

from lutist import Annotated, Look, Slider, pipeline, split_tone


def tint(hue: float, strength: float) -> list[float]:
    """The tint of a hue in degrees and a strength in percent, which adds no brightness."""
    color = hls_to_rgb(hue / 360, 0.5, 1.0)
    mean = sum(color) / 3
    return [(channel - mean) * strength / 100 * 0.25 for channel in color]


@pipeline
def develop(
    shadow_hue: Annotated[int, Slider(0, 360, step=1, unit="°")] = 220,
    shadow_strength: Annotated[int, Slider(0, 100, step=1, unit="%")] = 40,
    highlight_hue: Annotated[int, Slider(0, 360, step=1, unit="°")] = 40,
    highlight_strength: Annotated[int, Slider(0, 100, step=1, unit="%")] = 40,
    balance: Annotated[float, Slider(-1, 1)] = 0.0,
) -> Look:
    return split_tone(
        tint(shadow_hue, shadow_strength),
        tint(highlight_hue, highlight_strength),
        balance,
    )
