"""Mountains, forest and lake: a height field seen from thirty metres above the water."""

from dataclasses import dataclass

import numpy as np

from .noise import blend, fbm, noise, ridged, smooth
from .sky import SUN, SUN_COLOUR, haze

EYE = 30.0  # metres above the lake
# Massifs: where (x, z), how wide and how high, in metres.
MASSIFS = (
    (2900, 10500, 2900, 3100, 1900),
    (600, 13500, 2600, 3000, 1500),
    (-5200, 8200, 2500, 3300, 1150),
    (5600, 6200, 2600, 2600, 1150),
    (-2200, 16500, 3600, 3000, 1250),
    (-9000, 21000, 6000, 4000, 1700),
    (3000, 24000, 9000, 4000, 1900),
    (-1500, 30000, 16000, 5000, 1900),
)


def shore(x):
    """Distance of the far shore, in metres."""
    return 2700 + 420 * noise(x / 1300 + 4.2, x * 0 + 0.5) + 90 * noise(x / 210, x * 0 + 7.5)


def ground(x, z, octaves=9):
    """Height above the lake, in metres; below 0 under water."""
    bend = 260 * noise(x / 1900 + 3, z / 1900)
    rough = ridged((x + bend) / 2300 + 1.7, (z - bend) / 2300 + 6.3, octaves)
    top = np.zeros_like(x)
    for cx, cz, wx, wz, high in MASSIFS:
        reach = ((x - cx) / wx) ** 2 + ((z - cz) / wz) ** 2
        top = np.maximum(top, high * np.exp(-(reach**0.75)))
    inland = z - shore(x)
    plain = np.clip(inland, -400, 1500) * 0.035
    rise = smooth(150, 2600, inland)
    far = plain + rise * top * (0.34 + 0.86 * rough) + smooth(0, 500, inland) * 60 * (rough - 0.2)
    # A wooded spit from the right, nearer than the shore.
    spit = 24 * smooth(330, 950, x + 70 * noise(z / 110, x * 0)) - 6
    across = np.exp(-(((z - 1330 + 0.20 * (x - 500)) / (110 + 0.1 * np.abs(x))) ** 2))
    return np.maximum(far, (spit + 5) * across - 3 + 3 * noise(x / 40, z / 40) * across)


def _trees(x, ring):
    """Crowns along a ring of forest: height, place across the crown, and a random tone."""
    best, across, tone = np.full_like(x, -9), np.zeros_like(x), np.zeros_like(x)
    cell = 5.5
    for shift in (-1, 0, 1):
        i = np.floor(x / cell) + shift
        r1 = noise(i * 1.37 + 0.5, ring + i * 0.11)
        r2 = noise(i * 2.71 + 0.5, ring + 77.7)
        tall = 12 + 7 * r1 + 4 * r2
        wide = tall * np.where(r2 > 0.15, 0.36, 0.24)
        u = (x - (i + 0.5 + 0.4 * r2) * cell) / wide
        cone = tall * (1 - np.abs(u) ** 0.85)
        ball = tall * np.sqrt(np.clip(1 - u * u, 0, 1)) * 0.85
        crown = np.where(r2 > 0.15, ball, cone)
        nearer = crown > best
        best = np.where(nearer, crown, best)
        across, tone = np.where(nearer, u, across), np.where(nearer, r1, tone)
    return best + 1.3 * noise(x * 1.1, ring * 3.3), np.clip(across, -1, 1), tone


def forested(x, z, h):
    """How much of the ground is forest, 0 to 1."""
    patch = fbm(x / 700 + 3.3, z / 700, 4) + 0.25
    near = np.exp(-(((z - 1250) / 400) ** 2))
    return smooth(-0.12, 0.12, patch + near - h / 1500) * smooth(1, 5, h)


@dataclass
class View:
    """The first thing each ray meets: its distance, and for trees the place on the crown."""

    distance: np.ndarray  # (rows, columns), inf for none
    tree: np.ndarray  # 1 where a crown
    across: np.ndarray
    tone: np.ndarray
    up: np.ndarray  # metres above the tree's foot


def _shells(dx):
    """Every distance looked at, near to far: slope of the ground or of the crowns there."""
    z = np.concatenate([np.geomspace(500, 4200, 700), np.geomspace(4210, 46000, 900)])
    rings = np.concatenate([np.arange(1050, 1500, 9.0), np.geomspace(2250, 7000, 170)])
    order = np.argsort(np.concatenate([z, rings]), kind="stable")
    for n in order:
        if n < len(z):
            at = np.full_like(dx, z[n])
            yield z[n], ground(dx * at, at), None
        else:
            d = rings[n - len(z)]
            at = np.full_like(dx, d)
            h = ground(dx * at, at)
            crown, across, tone = _trees(dx * at, d * 0.37)
            crown = np.where(forested(dx * at, at, h) > 0.5, h + crown, -99)
            yield d, crown, (h, across, tone)


class Panorama:
    """The height field along every column's line of sight; looked at from any height."""

    def __init__(self, dx):
        self.dx = dx
        shells = list(_shells(dx))
        self.z = np.array([s[0] for s in shells], np.float32)
        self.height = np.stack([s[1] for s in shells]).astype(np.float32)
        self.trees = [s[2] for s in shells]

    def every_other(self):
        """The same for every second column."""
        half = object.__new__(Panorama)
        half.dx, half.z, half.height = self.dx[::2], self.z, self.height[:, ::2]
        half.trees = [s and tuple(a[::2] for a in s) for s in self.trees]
        return half

    def look(self, slopes, eye):
        """What rays of these slopes meet, from `eye` metres above the lake."""
        slope = (self.height - eye) / self.z[:, None]
        ceiling = np.maximum.accumulate(slope, axis=0)
        shape = (len(slopes), len(self.dx))
        index = np.empty(shape, np.int32)
        for col in range(len(self.dx)):
            index[:, col] = np.searchsorted(ceiling[:, col], slopes)
        hit = index < len(self.z)
        k = np.minimum(index, len(self.z) - 1)
        cols = np.broadcast_to(np.arange(len(self.dx)), shape)
        before = np.maximum(k - 1, 0)
        lo, hi = slope[before, cols], slope[k, cols]
        t = np.clip((slopes[:, None] - lo) / np.where(hi > lo, hi - lo, 1), 0, 1)
        distance = self.z[before] * (1 - t) + self.z[k] * t
        is_tree = np.array([s is not None for s in self.trees])[k] & hit
        distance = np.where(is_tree, self.z[k], distance)
        zero = np.zeros(shape, np.float32)
        view = View(np.where(hit, distance, np.inf), is_tree, zero, zero.copy(), zero.copy())
        for j in np.unique(k[is_tree]):
            r, c = np.nonzero(is_tree & (k == j))
            foot, across, tone = self.trees[j]
            view.across[r, c], view.tone[r, c] = across[c], tone[c]
            view.up[r, c] = slopes[r] * self.z[j] + eye - foot[c]
        return view


class Shade:
    """Which places lie in the mountains' shadow: the ceiling of shade over a turned grid."""

    STEP = 22.0

    def __init__(self):
        along = np.array([SUN[0], SUN[2]]) / np.hypot(SUN[0], SUN[2])
        self.along, self.side = along, np.array([along[1], -along[0]])
        a = np.arange(26000, -22000, -self.STEP, dtype=np.float32)
        b = np.arange(-9000, 33000, self.STEP * 1.5, dtype=np.float32)
        self.a0, self.b0 = a[0], b[0]
        fall = self.STEP * SUN[1] / np.hypot(SUN[0], SUN[2])
        ceiling = np.full(len(b), -1e4, np.float32)
        self.grid = np.empty((len(a), len(b)), np.float32)
        for i, at in enumerate(a):
            self.grid[i] = ceiling
            h = ground(at * along[0] + b * self.side[0], at * along[1] + b * self.side[1], 6)
            ceiling = np.maximum(ceiling, h) - fall

    def light(self, x, z, h):
        """Share of the sun that reaches a point, 0 to 1."""
        a = (self.a0 - (x * self.along[0] + z * self.along[1])) / self.STEP
        b = ((x * self.side[0] + z * self.side[1]) - self.b0) / (self.STEP * 1.5)
        i = np.clip(a.astype(np.int32), 0, self.grid.shape[0] - 2)
        j = np.clip(b.astype(np.int32), 0, self.grid.shape[1] - 2)
        u, v = np.clip(a - i, 0, 1), np.clip(b - j, 0, 1)
        g = self.grid
        top = g[i, j] * (1 - u) * (1 - v) + g[i + 1, j] * u * (1 - v)
        top = top + g[i, j + 1] * (1 - u) * v + g[i + 1, j + 1] * u * v
        return smooth(-14, 26, h - top)


def _soil(x, z, h, steep):
    """Linear albedo of the ground: meadow, forest, rock, snow."""
    grain = fbm(x / 37 + 1.1, z / 37, 5, 0.6)
    meadow = blend((0.105, 0.115, 0.030), (0.20, 0.16, 0.055), smooth(-0.4, 0.5, grain))
    wood = blend((0.012, 0.024, 0.012), (0.042, 0.058, 0.020), smooth(-0.4, 0.4, grain))
    rock = blend((0.15, 0.125, 0.11), (0.30, 0.26, 0.225), smooth(-0.45, 0.45, grain))
    colour = blend(meadow, wood, forested(x, z, h))
    bare = smooth(0.62, 0.85, steep + 0.25 * grain + (h - 700) / 2400)
    colour = blend(colour, rock, bare)
    snow = smooth(0, 120, h - 1130 + 260 * grain + 420 * (0.62 - steep))
    return blend(colour, (0.78, 0.80, 0.84), snow)


def _ground_light(x, z, shade):
    """Linear RGB of sunlit ground, before the air."""
    h = ground(x, z, 11)
    eps = np.maximum(1.0, z * 0.0006).astype(np.float32)
    gx = (ground(x + eps, z, 11) - h) / eps
    gz = (ground(x, z + eps, 11) - h) / eps
    inverse = 1 / np.sqrt(1 + gx * gx + gz * gz)
    sun = np.clip((-gx * SUN[0] + SUN[1] - gz * SUN[2]) * inverse, 0, 1)
    sun = sun * shade.light(x, z, h)
    sky = 0.5 + 0.5 * inverse
    albedo = _soil(x, z, h, 1 - inverse + 0.18)
    light = sun[..., None] * SUN_COLOUR * 1.9 + sky[..., None] * np.float32((0.15, 0.20, 0.31))
    return albedo * light


def _tree_light(x, z, view, pick, shade):
    """Linear RGB of tree crowns, before the air."""
    across, tone, up = view.across[pick], view.tone[pick], view.up[pick]
    needles = noise(x * 1.9, up * 1.6 + z) * 0.6 + noise(x * 4.3, up * 3.9) * 0.4
    side = across + 0.35 * needles
    facing = np.clip(-side * SUN[0] * -1.0, -1, 1)
    sun = np.clip(0.35 + facing * -1.0 + 0.25 * needles, 0, 1) ** 1.6
    sun = sun * shade.light(x, z, up + 6) * smooth(-2, 9, up)
    albedo = blend((0.020, 0.038, 0.014), (0.085, 0.080, 0.022), smooth(-0.9, 1.0, tone))
    fill = (0.35 + 0.65 * smooth(-2, 14, up)) * (0.8 + 0.4 * needles)
    light = sun[..., None] * SUN_COLOUR * 1.5 + fill[..., None] * np.float32((0.19, 0.24, 0.34))
    return albedo * light


def paint(dx, slopes, panorama, shade, backdrop):
    """Put land in front of `backdrop` (rows, columns, 3); returns where it lies too."""
    view = panorama.look(slopes, EYE)
    water = np.where(slopes < 0, -EYE / np.minimum(slopes, -1e-6), np.inf)[:, None]
    land = np.isfinite(view.distance) & (view.distance < water)
    r, c = np.nonzero(land)
    z = view.distance[r, c].astype(np.float32)
    x = dx[c] * z
    pick = view.tree[r, c]
    colour = np.empty((len(z), 3), np.float32)
    soil = ~pick
    colour[soil] = _ground_light(x[soil], z[soil], shade)
    colour[pick] = _tree_light(x[pick], z[pick], view, (r[pick], c[pick]), shade)
    height = slopes[r] * z + EYE
    air = 1 - np.exp(-(z / 30000) * np.exp(-np.maximum(height, 0) / 2100) - z / 90000)
    out = backdrop.copy()
    out[r, c] = blend(colour, haze(np.arctan(dx[c])), air)
    return out, land


def mirror_rows(slopes, panorama):
    """Row of the upright picture that a mirror lake shows at each row, per column."""
    view = panorama.look(slopes, -EYE)
    z = np.where(np.isfinite(view.distance), view.distance, 1e9)
    return slopes[:, None] - 2 * EYE / z
