"""Pillow: one thread, 8 bits, always a new picture. Its 3D table is trilinear."""

import numpy as np
import PIL
from measure import Work
from PIL import Image, ImageFilter
from tasks import POINTS, SATURATE, film

NAME = f"Pillow {PIL.__version__}"


def works(task, cores):
    if task.depth != 8:
        return []
    picture = Image.fromarray(task.source)
    luts = task.luts()
    table = np.concatenate(luts * (3 // len(luts))).tolist()
    mix = tuple(value for row in SATURATE for value in (*row, 0))
    cube = ImageFilter.Color3DLUT(POINTS, film().ravel()) if task.has_cube else None
    calls = {
        "lut1d": ("point", lambda: picture.point(table)),
        "matrix": ("convert(matrix)", lambda: picture.convert("RGB", mix)),
        "tone_matrix_tone": (
            "point, convert, point",
            lambda: picture.point(table).convert("RGB", mix).point(table),
        ),
        "lut3d": ("filter(Color3DLUT)", lambda: picture.filter(cube)),
        "tone_matrix_lut3d": (
            "point, convert, filter(Color3DLUT)",
            lambda: picture.point(table).convert("RGB", mix).filter(cube),
        ),
    }
    return [Work(calls[task.op][0], 1, calls[task.op][1])]
