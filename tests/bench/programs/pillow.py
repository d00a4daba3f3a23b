"""Pillow: one thread, 8 bits, always a new picture."""

import numpy as np
import PIL
from measure import Work
from PIL import Image
from tasks import SATURATE

NAME = f"Pillow {PIL.__version__}"


def works(task, cores):
    if task.depth != 8:
        return []
    picture = Image.fromarray(task.source)
    luts = task.luts()
    table = np.concatenate(luts * (3 // len(luts))).tolist()
    mix = tuple(value for row in SATURATE for value in (*row, 0))
    calls = {
        "lut1d": ("point", lambda: picture.point(table)),
        "matrix": ("convert(matrix)", lambda: picture.convert("RGB", mix)),
        "tone_matrix_tone": (
            "point, convert, point",
            lambda: picture.point(table).convert("RGB", mix).point(table),
        ),
    }
    return [Work(calls[task.op][0], 1, calls[task.op][1])]
