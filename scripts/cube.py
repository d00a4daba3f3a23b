"""A look from elsewhere: a .cube table or a HaldCLUT picture, as much of it as you like."""

from lutist import Annotated, File, Look, Slider, cube, exposure, pipeline


@pipeline
def develop(
    table: Annotated[
        str | None,
        File("*.cube *.png *.tif *.tiff", help="The arrow keys leaf through its folder."),
    ] = None,
    mix: Annotated[
        float, Slider(0, 150, unit="%", help="How much of it; beyond 100 it exaggerates.")
    ] = 100.0,
    light: Annotated[float, Slider(-1, 1, unit="EV", help="Before the table.")] = 0.0,
) -> Look:
    return [exposure(light), cube(table, mix=mix / 100) if table else None]
