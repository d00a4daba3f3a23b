"""Silver print: black and white film behind a filter, on paper of some grade."""

from lutist import (
    Annotated,
    Choice,
    Look,
    Slider,
    exposure,
    grayscale,
    linear,
    pipeline,
    sigmoid,
    split_tone,
)

# How much red, green and blue light each filter lets through to panchromatic film.
FILTERS = {
    "none": (0.25, 0.60, 0.15),
    "yellow": (0.36, 0.60, 0.04),
    "orange": (0.55, 0.43, 0.02),
    "red": (0.85, 0.14, 0.01),
    "green": (0.12, 0.82, 0.06),
    "blue": (0.06, 0.18, 0.76),
}
PAPERS = {"neutral": (0.0, 0.0, 0.0), "warm": (0.028, 0.002, -0.03), "cold": (-0.02, 0.0, 0.025)}

presets = {
    "Storm": {"filter": "red", "light": -0.4, "grade": 3.5},
    "Foliage": {"filter": "green", "light": 0.2, "grade": 3.0},
    "Old paper": {"filter": "none", "grade": 1.5, "paper": "warm"},
}


@pipeline
def develop(
    filter: Annotated[str, Choice(*FILTERS, group="Film")] = "yellow",
    light: Annotated[float, Slider(-2, 2, unit="EV", group="Film")] = 0.0,
    grade: Annotated[float, Slider(0, 5, step=0.5, group="Paper", help="0 is soft, 5 hard.")] = 2.5,
    paper: Annotated[str, Choice(*PAPERS, group="Paper")] = "neutral",
) -> Look:
    return [
        linear(grayscale(*FILTERS[filter]), exposure(light)),
        sigmoid(0.85 * 1.22**grade, 0.45),
        split_tone(PAPERS[paper], PAPERS[paper]) if paper != "neutral" else None,
    ]
