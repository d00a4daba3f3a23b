"""Toned print: black and white in the bath of selenium, sepia, gold or copper."""

from lutist import (
    Annotated,
    Choice,
    Look,
    Slider,
    brightness,
    grayscale,
    pipeline,
    sigmoid,
    split_tone,
)

# The tint of each bath in red, green and blue: in the shadows, in the lights. Sepia bleaches the
# lights first, selenium takes the shadows.
BATHS = {
    "selenium": ((0.028, -0.016, 0.006), (0.008, -0.002, 0.0)),
    "sepia": ((0.06, -0.002, -0.055), (0.1, 0.012, -0.105)),
    "gold": ((-0.04, -0.005, 0.05), (-0.025, 0.0, 0.03)),
    "copper": ((0.08, -0.02, -0.04), (0.08, 0.0, -0.05)),
}

presets = {
    "Album": {"bath": "sepia", "time": 130.0, "light": 0.15, "contrast": 0.9},
    "Archive": {"bath": "selenium", "time": 120.0, "contrast": 1.4},
}


@pipeline
def develop(
    bath: Annotated[str, Choice(*BATHS, group="Toning")] = "sepia",
    time: Annotated[
        float, Slider(0, 200, unit="%", group="Toning", help="Longer is stronger.")
    ] = 100.0,
    light: Annotated[float, Slider(-0.5, 0.5, group="Print")] = 0.0,
    contrast: Annotated[float, Slider(0.7, 2.5, group="Print")] = 1.2,
) -> Look:
    shadows, lights = ([share * time / 100 for share in tint] for tint in BATHS[bath])
    return [
        grayscale(),
        brightness(light),
        sigmoid(contrast, 0.45),
        split_tone(shadows, lights) if time else None,
    ]
