"""Slide film: deep blacks, clean whites, colours that glow on the light table."""

from lutist import (
    Annotated,
    Look,
    Slider,
    channel_mixer,
    exposure,
    linear,
    pipeline,
    saturation,
    sigmoid,
    split_tone,
)

presets = {
    "Landscape": {"light": -0.2, "contrast": 1.5, "separation": 55.0, "color": 105.0},
    "People": {"light": 0.1, "contrast": 1.15, "separation": 10.0, "color": 95.0},
}


@pipeline
def develop(
    light: Annotated[float, Slider(-1, 1, unit="EV", help="Slides like a little less.")] = 0.0,
    contrast: Annotated[float, Slider(1, 2.5)] = 1.3,
    separation: Annotated[float, Slider(0, 100, unit="%", group="Color")] = 30.0,
    color: Annotated[float, Slider(50, 200, unit="%", group="Color")] = 100.0,
) -> Look:
    apart = 0.25 * separation / 100
    return [
        linear(exposure(light)),
        # A layer that develops holds its neighbours back: pure colours get purer.
        channel_mixer(
            (1 + apart, -0.7 * apart, -0.3 * apart),
            (-0.4 * apart, 1 + apart, -0.6 * apart),
            (-0.1 * apart, -0.9 * apart, 1 + apart),
        ),
        saturation(color / 100),
        sigmoid(contrast, 0.42),
        split_tone((0.0, -0.005, 0.015), (0.01, 0.0, -0.01)),
    ]
