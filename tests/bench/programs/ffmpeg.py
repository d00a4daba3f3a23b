"""FFmpeg's filters through PyAV, in this process: a frame in memory goes into the graph and the
result comes out of it, without decoding, encoding or pipes. The graph keeps a pool of frames, so
the result's memory is reused."""

from fractions import Fraction
from itertools import pairwise

import av
from av.filter import Graph
from measure import Work
from tasks import GAINS, POWER, SATURATE, film_file

NAME = f"FFmpeg, libavfilter {'.'.join(map(str, av.library_versions['libavfilter']))}"
FORMATS = {8: "rgb24", 16: "rgb48le"}


def lutrgb(task):
    gains = [GAINS[channel] for channel in task.channels]
    gains *= 3 // len(gains)
    curves = [f"pow(val/maxval*{gain!r}, {POWER!r})*maxval+0.5" for gain in gains]
    return "lutrgb", ":".join(f"{c}='{curve}'" for c, curve in zip("rgb", curves, strict=True))


def mixer():
    cells = [(to + of, SATURATE[i][j]) for i, to in enumerate("rgb") for j, of in enumerate("rgb")]
    return "colorchannelmixer", ":".join(f"{name}={value}" for name, value in cells)


def chain(task):
    """The filters of the task, each with its options."""
    tone, mix = lutrgb(task), mixer()
    cube = ("lut3d", f"file={film_file()}:interp=tetrahedral") if task.has_cube else None
    chains = {
        "lut1d": [tone],
        "matrix": [mix],
        "tone_matrix_tone": [tone, mix, tone],
        "lut3d": [cube],
        "tone_matrix_lut3d": [tone, mix, cube],
    }
    return chains[task.op]


def graph(task, threads, steps):
    height, width, _ = task.source.shape
    made = Graph()
    made.threads = threads
    options = {"format": FORMATS[task.depth], "time_base": Fraction(1, 25)}
    nodes = [made.add_buffer(width=width, height=height, **options)]
    nodes += [made.add(*step) for step in [*steps, ("buffersink",)]]
    for one, other in pairwise(nodes):
        one.link_to(other)
    made.configure()
    return made


def works(task, cores):
    alone = {"matrix", "lut3d"}  # measured on one thread as well
    return [on(threads, task) for threads in sorted({1, cores} if task.op in alone else {cores})]


def on(threads, task):
    steps = chain(task)
    filters = graph(task, threads, steps)
    frame = av.VideoFrame.from_ndarray(task.source, format=FORMATS[task.depth])
    frame.pts = 0

    def run():
        frame.pts += 1
        filters.vpush(frame)
        return filters.vpull()

    call = ",".join(name for name, _ in steps)
    return Work(call, threads, run, reuses=True, pixels=lambda made: made.to_ndarray())
