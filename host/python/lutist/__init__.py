"""lutist: write the look of a photograph in Python, let the host do the pixels.

A script declares sliders in a function's signature and returns stages:

    from typing import Annotated
    from lutist import Look, Slider, pipeline, tone

    @pipeline
    def develop(exposure: Annotated[float, Slider(-1, 1, unit="EV")] = 0.0) -> Look:
        return tone(lambda x: x * 2**exposure)

Values are normalised: 0.0 is black and 1.0 is white at every depth.
"""

import atexit as _atexit
import os as _os
import sys as _sys

import _lutist
from _lutist import (
    MODES,
    Error,
    Image,
    ImageError,
    ImageExistsError,
    ImageIsADirectoryError,
    ImageNotADirectoryError,
    ImageNotFoundError,
    ImagePermissionError,
    ModeError,
    ParameterError,
)
from _lutist import __version__ as __version__

from .params.controls import Choice, Slider, Toggle
from .pipeline import Pipeline, pipeline
from .script.loading import load
from .stages import Look, Stage, cube, matrix, tone

# By module: names that most scripts do not use. The first use of one imports its module.
_LATER = {
    "adjustments.color": (
        "channel_mixer",
        "grayscale",
        "hue_rotate",
        "saturation",
        "vibrance",
        "white_balance",
    ),
    "adjustments.color_temperature": ("color_temperature",),
    "adjustments.curves": ("curve", "invert", "posterize", "solarize", "threshold"),
    "adjustments.display": (
        "filmic",
        "linear",
        "linear_to_srgb",
        "log_to_display",
        "srgb_to_linear",
    ),
    "adjustments.grading": ("asc_cdl", "asc_cdl_file", "lift_gamma_gain"),
    "adjustments.light": (
        "black_point",
        "brightness",
        "contrast",
        "exposure",
        "gamma",
        "levels",
        "sigmoid",
        "white_point",
    ),
    "adjustments.toning": ("bleach_bypass", "cross_process", "duotone", "sepia", "split_tone"),
    "batching": ("Report", "batch"),
    "images": ("open",),
    "math": ("where",),
    "params.annotated": ("Annotated",),
    "per_image.info": ("PictureInfo",),
    "script.data": ("data",),
    "params.text_controls": ("Color", "Curve", "File"),
    "script.export": ("ExportReport",),
}


def __getattr__(name):
    for module, names in _LATER.items():
        if name in names or name == module == "math":
            home = __import__(f"lutist.{module}", fromlist=names)
            globals()[name] = home if name == module else getattr(home, name)
            return globals()[name]
    raise AttributeError(f"module 'lutist' has no attribute {name!r}")


def __dir__():
    return sorted({*globals(), *__all__, "math", "open"})


# Waits for threads in C: none may return to a Python that has ended.
_atexit.register(_lutist.close)
_os.register_at_fork(after_in_child=_lutist.after_fork)

# Without math and open: `from lutist import *` must not hide Python's own.
__all__ = [
    "MODES",
    "Choice",
    "Error",
    "Image",
    "ImageError",
    "ImageExistsError",
    "ImageIsADirectoryError",
    "ImageNotADirectoryError",
    "ImageNotFoundError",
    "ImagePermissionError",
    "Look",
    "ModeError",
    "ParameterError",
    "Pipeline",
    "Slider",
    "Stage",
    "Toggle",
    "cube",
    "load",
    "matrix",
    "pipeline",
    "tone",
]
__all__ += [name for names in _LATER.values() for name in names if name != "open"]

if not _sys.flags.no_site:
    from . import whole as _whole  # noqa: F401
