"""OpenColorIO's CPU processor: in this process, from one buffer into another. It has no threads
of its own and lets go of the GIL, so two Python threads, each with a half of the rows, take two
cores. Curves are tables of 4096 points."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import PyOpenColorIO as ocio
from measure import Work
from tasks import GAINS, POWER, SATURATE, film_file

NAME = f"OpenColorIO {ocio.__version__}"
DEPTHS = {8: ocio.BIT_DEPTH_UINT8, 16: ocio.BIT_DEPTH_UINT16}
POINTS = 4096


def tone(task):
    gains = [GAINS[channel] for channel in task.channels]
    gains *= 3 // len(gains)
    x = np.linspace(0, 1, POINTS)[:, np.newaxis]
    table = ocio.Lut1DTransform(POINTS, False)
    table.setData(((x * gains) ** POWER).astype(np.float32).ravel())
    return table


def mixer():
    rows = [[*row, 0] for row in SATURATE]
    return ocio.MatrixTransform(matrix=np.array([*rows, [0, 0, 0, 1]]).ravel().tolist())


def cube(task):
    if not task.has_cube:
        return None
    return ocio.FileTransform(str(film_file()), interpolation=ocio.INTERP_TETRAHEDRAL)


def processor(task):
    own, mix, table = tone(task), mixer(), cube(task)
    chains = {
        "lut1d": [own],
        "matrix": [mix],
        "tone_matrix_tone": [own, mix, own],
        "lut3d": [table],
        "tone_matrix_lut3d": [own, mix, table],
    }
    group = ocio.GroupTransform(chains[task.op])
    made = ocio.Config.CreateRaw().getProcessor(group)
    depth = DEPTHS[task.depth]
    return made.getOptimizedCPUProcessor(depth, depth, ocio.OPTIMIZATION_DEFAULT)


def described(samples, task):
    height, width, channels = samples.shape
    size = samples.itemsize
    strides = size, size * channels, size * channels * width
    return ocio.PackedImageDesc(samples, width, height, channels, DEPTHS[task.depth], *strides)


def works(task, cores):
    if task.op == "lut1d":
        return []
    cpu = processor(task)
    return [on(threads, cpu, task) for threads in sorted({1, cores})]


def on(threads, cpu, task):
    height = len(task.source)
    cuts = [height * i // threads for i in range(threads + 1)]
    parts = [
        tuple(described(whole[cuts[i] : cuts[i + 1]], task) for whole in (task.source, task.result))
        for i in range(threads)
    ]
    pool = ThreadPoolExecutor(threads)

    def run():
        list(pool.map(lambda part: cpu.apply(*part), parts))
        return task.result

    return Work("apply(src, dst)", threads, run, reuses=True)
