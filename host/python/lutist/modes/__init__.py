"""The modes in which Python itself maps pixels: python, numpy and ctypes, for comparing.

The host gives a program's tables and the memory of two images as buffers. Each mode maps the
image slice by slice and asks after every slice whether to go on. All give the same bits as the
host's own code, because they do the same operations in the same order.
"""

import sys

from _lutist import ModeError


def load(mode):
    """The module of a mode. Raises ModeError where what it needs is missing."""
    name = f"{__name__}.{mode}"
    __import__(name)
    return sys.modules[name]


def missing(mode, package, error, mend):
    """A ModeError for a module that cannot be imported."""
    return ModeError(
        f"{mode} mode: {package} is not found in this interpreter "
        f"({sys.prefix}: {error}); {mend}",
    )


def run(mode, program, address, source, geometry, result, exact, tick):
    """For the host: map `source` into `result`. True: done; False: tick() said stop.

    program: the dict of py_program_tables.h; address: of the program, for C. source, result: Span,
    all samples of all rows, with the padding between rows. tick(part): called after each slice.
    exact(pixels): the results of colour pixels in double precision, where the tables are in
    doubt.
    """
    way = load(mode)
    return way.run(Job(program, address, source, geometry, result, exact, tick))


class Job:
    """One mapping. Sizes and pitches are in samples."""

    __slots__ = (
        "address",
        "channels",
        "depth",
        "exact",
        "height",
        "made",
        "pitch",
        "program",
        "result",
        "result_pitch",
        "source",
        "tick",
        "width",
    )

    def __init__(self, program, address, source, geometry, result, exact, tick):
        self.program, self.address = program, address
        self.tick, self.exact = tick, exact
        self.source, self.result = source, result
        self.width, self.height, self.depth, *geometry = geometry
        self.channels, self.made, self.pitch, self.result_pitch = geometry

    @property
    def colors(self):
        """Channels of the result without alpha: 1 or 3."""
        return self.made - 1 + self.made % 2

    @property
    def alpha(self):
        """Is there an alpha channel? It is copied."""
        return self.made % 2 == 0

    @property
    def most(self):
        """The value of white."""
        return 2.0**self.depth - 1.0

    def blocks(self, pixels):
        """Slices of about so many pixels: (top, bottom, left, right)."""
        across = min(self.width, pixels)
        down = pixels // across
        for top in range(0, self.height, down):
            for left in range(0, self.width, across):
                yield (
                    top,
                    min(top + down, self.height),
                    left,
                    min(left + across, self.width),
                )

    def goes_on(self, block):
        """Report that this block is done. False: stop."""
        _, bottom, _, right = block
        done = bottom - 1 + right / self.width
        return self.tick(done / self.height)
