"""The task of every program, and its samples."""

import functools
import math
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import native
import numpy as np

# The looks of host/bench/bench_looks.c: the rows of `lutist bench kernels` do the same.
GAINS = tuple(2 ** (0.5 + 0.1 * channel) for channel in range(3))
POWER = 1 / 1.3
SATURATE = (
    (1.2362, -0.2146, -0.0217),
    (-0.0638, 1.0854, -0.0217),
    (-0.0638, -0.2146, 1.2783),
)
POINTS = 33  # a side of the 3D table
LUMA = (0.2126, 0.7152, 0.0722)
MEGAPIXELS = 43.2  # 9600 by 4500


def picture_size(megapixels=None):
    """(height, width), as lutist's benchmark has them."""
    unit = math.sqrt((megapixels or MEGAPIXELS) * 1e6 / (32 * 15))
    return int(unit * 15 + 0.5), int(unit * 32 + 0.5)


def curve(channel):
    """The tone of a channel, for normalised values; below black, after a matrix, it is black."""
    return lambda x: (max(x, 0) * GAINS[channel]) ** POWER


@functools.cache
def film():
    """The 3D table of host/bench/bench_cube.c: [blue, green, red, channel], red's index last,
    as the rows of a .cube file stand. Some values are beyond 0 to 1."""
    axis = np.arange(POINTS) / (POINTS - 1)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    v = np.stack([red, green, blue], axis=-1)
    luma = (v @ LUMA)[..., np.newaxis]
    x = luma + (v - luma) * (1.6 - luma)
    return 1.15 * x / (0.15 + np.abs(x)) * np.sqrt(v + 0.01)


@functools.cache
def film_folder():
    return tempfile.TemporaryDirectory(prefix="lutist-bench-")


@functools.cache
def film_file():
    """The same table as a .cube file. It lives as long as the process."""
    path = Path(film_folder().name) / "film.cube"
    rows = (" ".join(f"{value:.10f}" for value in row) for row in film().reshape(-1, 3))
    path.write_text("\n".join([f"LUT_3D_SIZE {POINTS}", *rows, ""]), encoding="ascii")
    return path


@dataclass
class Task:
    """One operation on one picture. `key` is what the rows of lutist's JSON are found by."""

    title: str
    op: str
    pixel: str
    tables: int  # 1, 3, or 0 where a matrix or a cube makes them the wrong measure
    source: np.ndarray = field(repr=False, default=None)
    result: np.ndarray = field(repr=False, default=None)  # for programs that can reuse one

    @property
    def key(self):
        return self.op, self.pixel, self.tables

    @property
    def depth(self):
        return 16 if self.pixel.startswith("u16") else 8

    @property
    def has_matrix(self):
        return "matrix" in self.op

    @property
    def has_cube(self):
        return self.op in ("lut3d", "tone_matrix_lut3d")

    @property
    def channels(self):
        """The channels that have a curve of their own."""
        return range(self.tables or 1)

    def luts(self):
        """The curves as tables, rounded once as lutist does: one, or one a channel."""
        most = 2**self.depth - 1
        x = np.arange(most + 1) / most
        curves = [np.clip((x * GAINS[channel]) ** POWER, 0, 1) for channel in self.channels]
        return [np.floor(y * most + 0.5).astype(f"u{self.depth // 8}") for y in curves]

    def prepare(self, megapixels=None):
        """Allocate and touch the picture and the result."""
        shape = (*picture_size(megapixels), int(self.pixel[-1]))
        self.source = np.empty(shape, f"u{self.depth // 8}")
        native.fill_picture(self.source)
        self.result = np.zeros_like(self.source)
        self.result[:] = 0

    def release(self):
        self.source = self.result = None


def all_tasks():
    return [
        Task("8 bits, one table", "lut1d", "u8x3", 1),
        Task("8 bits, a table a channel", "lut1d", "u8x3", 3),
        Task("16 bits, one table", "lut1d", "u16x3", 1),
        Task("8 bits, 3x3 matrix", "matrix", "u8x3", 0),
        Task("8 bits, tone → matrix → tone", "tone_matrix_tone", "u8x3", 0),
        Task("8 bits, 3D table 33³", "lut3d", "u8x3", 0),
        Task("8 bits, tone → matrix → 3D table 33³", "tone_matrix_lut3d", "u8x3", 0),
        Task("16 bits, 3D table 33³", "lut3d", "u16x3", 0),
    ]
