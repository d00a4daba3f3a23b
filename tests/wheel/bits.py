"""Digests of what every bundled look makes of noise: the same in the host and from a wheel."""

import hashlib
import random

import lutist
from lutist.script.loading import names

SHAPES = (37, 53), (37, 53, 3), (64, 40, 4)
PARTS = 0.0, 0.3, 1.0


def noise(shape, depth):
    """An Image of random samples, without NumPy: sub-interpreters have none."""
    count = depth // 8
    for size in shape:
        count *= size
    data = memoryview(random.Random(len(shape) * depth).randbytes(count))
    return lutist.Image.from_buffer(data.cast("B" if depth == 8 else "H", shape))


def settings(develop, part):
    """Every slider at this part of its range."""
    sliders = {n: c for n, c in develop.controls.items() if isinstance(c, lutist.Slider)}
    places = {name: c.lo + part * (c.hi - c.lo) for name, c in sliders.items()}
    return {name: round(at) if sliders[name].whole else at for name, at in places.items()}


def sampled(x):
    """A curve that cannot be recorded: it is called for each value."""
    return int(x * 7) / 7 + x * float(repr(x)) / 3


@lutist.pipeline
def own():
    mix = lutist.matrix([[0.5, 0.3, 0.2, 0.01], [0.1, 0.8, 0.1, 0], [0.2, 0.2, 0.6, -0.01]])
    return [lutist.tone(sampled), mix, lutist.tone(lambda x: 1.0 if x > 0.4 else x * x)]


def digests():
    """Lines "look depth shape part digest"."""
    looks = {name: lutist.load(name) for name in names()} | {"own": own}
    for name, develop in looks.items():
        for part in PARTS:
            for depth in (8, 16):
                for shape in SHAPES:
                    made = develop.apply(noise(shape, depth), **settings(develop, part))
                    digest = hashlib.sha256(memoryview(made).tobytes()).hexdigest()
                    yield f"{name} {depth} {shape} {part} {made.channels} {digest}"


if __name__ == "__main__":
    print("\n".join(digests()))
