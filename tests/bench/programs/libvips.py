"""libvips through pyvips, from memory to memory. A matrix gives floats, which cast() truncates.
It has no 3D table."""

import os

import numpy as np
import pyvips
from measure import Work
from tasks import SATURATE

NAME = "libvips " + ".".join(str(pyvips.version(part)) for part in range(3))
FORMATS = {8: "uchar", 16: "ushort"}


def works(task, cores):
    if task.has_cube:
        return []
    os.environ["VIPS_CONCURRENCY"] = str(cores)  # read when a pipeline starts
    height, width, bands = task.source.shape
    layout = FORMATS[task.depth]
    image = pyvips.Image.new_from_memory(task.source.data, width, height, bands, layout)
    lut = pyvips.Image.new_from_array(np.stack(task.luts(), axis=-1)[np.newaxis]).cast(layout)
    mix = pyvips.Image.new_from_array([list(row) for row in SATURATE])
    calls = {
        "lut1d": ("maplut", lambda: image.maplut(lut)),
        "matrix": ("recomb.cast", lambda: image.recomb(mix).cast(layout)),
        "tone_matrix_tone": (
            "maplut.recomb.cast.maplut",
            lambda: image.maplut(lut).recomb(mix).cast(layout).maplut(lut),
        ),
    }
    call, chain = calls[task.op]

    def pixels(made):
        return np.frombuffer(made, task.source.dtype).reshape(task.source.shape)

    return [Work(call, cores, lambda: chain().write_to_memory(), pixels=pixels)]
