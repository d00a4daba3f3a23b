"""FFmpeg's filters through PyAV, in this process: a frame in memory goes into the graph and the
result comes out of it, without decoding, encoding or pipes. The graph keeps a pool of frames, so
the result's memory is reused."""

from fractions import Fraction
from itertools import pairwise

import av
from av.filter import Graph
from measure import Work
from tasks import GAINS, POWER, SATURATE

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


def graph(task, threads, chain):
    height, width, _ = task.source.shape
    made = Graph()
    made.threads = threads
    options = {"format": FORMATS[task.depth], "time_base": Fraction(1, 25)}
    nodes = [made.add_buffer(width=width, height=height, **options)]
    nodes += [made.add(*step) for step in [*chain, ("buffersink",)]]
    for one, other in pairwise(nodes):
        one.link_to(other)
    made.configure()
    return made


def works(task, cores):
    tone = lutrgb(task)
    chain = {"lut1d": [tone], "matrix": [mixer()], "tone_matrix_tone": [tone, mixer(), tone]}[
        task.op
    ]
    filters = graph(task, cores, chain)
    frame = av.VideoFrame.from_ndarray(task.source, format=FORMATS[task.depth])
    frame.pts = 0

    def run():
        frame.pts += 1
        filters.vpush(frame)
        return filters.vpull()

    call = ",".join(name for name, _ in chain)
    return [Work(call, cores, run, reuses=True, pixels=lambda made: made.to_ndarray())]
