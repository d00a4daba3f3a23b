"""Tetrahedral interpolation in float64, as kernels/lut3d/lut3d.h defines it: the tests' reference.

J. M. Kasson, W. Plouffe and S. I. Nin, "A tetrahedral interpolation technique for color space
conversion", Proc. SPIE 1909 (1993): from the corner below towards the channel with the largest
fraction first.
"""

import numpy as np


def interpolated(table, colors, mix=1.0, lo=0.0, hi=1.0):
    """Of a table indexed by blue, green, red; colors: (…, 3), unclamped."""
    last = len(table) - 1.0
    at = np.clip((colors - lo) * (last / (np.subtract(hi, lo))), 0, last)
    cell = np.floor(at).astype(int)
    part = at - cell
    order = np.argsort(-part, axis=-1, kind="stable")
    corners = [table[cell[..., 2], cell[..., 1], cell[..., 0]]]
    for k in range(3):
        axis = order[..., k : k + 1]
        after = np.minimum(np.take_along_axis(cell, axis, -1) + 1, int(last))
        np.put_along_axis(cell, axis, after, -1)
        corners.append(table[cell[..., 2], cell[..., 1], cell[..., 0]])
    v0, v1, v2, v3 = corners
    f1, f2, f3 = (np.take_along_axis(part, order[..., k : k + 1], -1) for k in range(3))
    made = v0 + f3 * (v3 - v0) + (f1 - f3) * (v1 - v0) + (f2 - f3) * (v2 - v1)
    return made if mix == 1.0 else colors + mix * (made - colors)


def lattice(size):
    """The colours of an even lattice from 0 to 1, indexed by blue, green, red."""
    axis = np.linspace(0, 1, size)
    return np.stack(np.meshgrid(axis, axis, axis, indexing="ij")[::-1], -1)
