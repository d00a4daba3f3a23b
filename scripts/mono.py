"""Black and white: a colour filter before the lens, then a tone curve."""

from lutist import Annotated, Choice, Look, Slider, curve, grayscale, pipeline

# How much of red, green and blue each filter lets through.
FILTERS = {
    "none": (0.2126, 0.7152, 0.0722),
    "yellow": (0.34, 0.60, 0.06),
    "orange": (0.50, 0.45, 0.05),
    "red": (0.78, 0.20, 0.02),
    "green": (0.12, 0.80, 0.08),
    "blue": (0.10, 0.20, 0.70),
}


@pipeline
def develop(
    filter: Annotated[str, Choice(*FILTERS)] = "none",
    shadows: Annotated[float, Slider(-1, 1)] = 0.0,
    midtones: Annotated[float, Slider(-1, 1)] = 0.0,
    highlights: Annotated[float, Slider(-1, 1)] = 0.0,
) -> Look:
    return [
        grayscale(*FILTERS[filter]),
        curve(
            (0, 0),
            (0.25, 0.25 + 0.2 * shadows),
            (0.5, 0.5 + 0.2 * midtones),
            (0.75, 0.75 + 0.2 * highlights),
            (1, 1),
        ),
    ]
