"""Light on the ledge: rays against the shapes, soft sun, and one bounce of everything else."""

import numpy as np

from .noise import blend, fbm, noise, smooth
from .shapes import LEDGE, scene
from .sky import SUN, SUN_COLOUR, clear

EDGE = 1.74  # where the ledge ends, metres ahead
STONE = np.float32((0.34, 0.30, 0.255))
LEDGE_ID = 100
FAR = np.float32(1e9)

CHUNK = 1 << 19
RAYS = 64


def _march(thing, origin, ray, steps=None):
    """Distance along each ray to `thing`, FAR where it misses; and the least relative gap."""
    out = np.full(len(origin), FAR, np.float32)
    gap = np.full(len(origin), FAR, np.float32)
    to = thing.centre - origin
    along = np.einsum("ij,ij->i", to, ray)
    off = np.einsum("ij,ij->i", to, to) - along**2
    reach = thing.reach**2
    near = np.nonzero((off < reach) & (along > -thing.reach))[0]
    if not len(near):
        return out, gap
    half = np.sqrt(reach - off[near])
    t, end = np.maximum(along[near] - half, 2e-4), along[near] + half
    for _ in range(steps or thing.steps):
        d = thing.distance(origin[near] + ray[near] * t[:, None]).astype(np.float32)
        gap[near] = np.minimum(gap[near], d / t)
        done = d < 1.2e-4
        out[near[done]] = t[done]
        go = ~done & (t < end)
        near, t, end, d = near[go], t[go] + np.maximum(d[go], 1e-4), end[go], d[go]
        if not len(near):
            break
    return out, gap


def _nearest(things, origin, ray, steps=None):
    """Distance and index of the first thing or the ledge that each ray meets; -1 for sky."""
    best, which = np.full(len(origin), FAR, np.float32), np.full(len(origin), -1, np.int32)
    drop = (LEDGE - origin[:, 1]) / np.minimum(ray[:, 1], -1e-6)
    floor = (ray[:, 1] < 0) & (drop > 1e-4) & (origin[:, 2] + drop * ray[:, 2] < EDGE)
    best[floor], which[floor] = drop[floor], LEDGE_ID
    for i, thing in enumerate(things):
        t, _ = _march(thing, origin, ray, steps)
        closer = t < best
        best[closer], which[closer] = t[closer], i
    return best, which


def _normal(thing, p):
    eps, n = 2.5e-4, np.empty_like(p)
    for axis in range(3):
        step = np.zeros(3, np.float32)
        step[axis] = eps
        n[:, axis] = thing.distance(p + step) - thing.distance(p - step)
    return n / (np.linalg.norm(n, axis=1, keepdims=True) + 1e-12)


def _sunlit(things, p, n, steps=40):
    """Share of the sun that reaches points, with the soft edge its disc and haze give."""
    share = np.ones(len(p), np.float32)
    facing = np.nonzero(n @ SUN > 0)[0]
    origin = p[facing] + n[facing] * 6e-4
    ray = np.broadcast_to(SUN, origin.shape)
    for thing in things:
        hit, gap = _march(thing, origin, ray, steps)
        open_ = np.where(hit < FAR, 0, smooth(0, 0.022, gap))
        share[facing] = np.minimum(share[facing], open_)
    return share


def environment(ray):
    """Linear RGB of the surroundings in a direction."""
    flat = np.hypot(ray[:, 0], ray[:, 2]) + 1e-6
    azimuth = np.arctan2(ray[:, 0], ray[:, 2])
    slope = ray[:, 1] / flat
    light = clear(azimuth, np.maximum(slope, 0))
    # Behind the eye: a dark garden under the evening sky.
    behind = smooth(1.3, 2.2, np.abs(azimuth)) * smooth(1.6, 0.2, slope)
    light *= (1 - 0.86 * behind)[:, None]
    below = light * np.float32((0.24, 0.24, 0.27))
    return blend(below, light, smooth(-0.02, 0.03, slope)).astype(np.float32)


def stone(x, z):
    """Colour and lean (dx, dz) of the ledge's stone."""

    def relief(x, z):
        coarse = fbm(x * 6 + 1.3, z * 6, 4) * 0.0045
        grain = fbm(x * 60, z * 60 + 4, 6, 0.55) * 0.00085
        pits = smooth(0.22, 0.75, fbm(x * 70 + 9, z * 70, 5)) * -0.0017
        joint = x + 0.47 + 0.012 * noise(z * 5, z * 0 + 1.5) + 0.06 * (z - 1.3)
        groove = -0.010 * np.exp(-((joint / 0.0045) ** 4))
        other = x - 0.66 + 0.010 * noise(z * 6, z * 0 + 4.5) - 0.1 * (z - 1.3)
        return coarse + grain + pits + groove - 0.010 * np.exp(-((other / 0.0045) ** 4))

    eps = 2.5e-4
    h = relief(x, z)
    lean_x = (relief(x + eps, z) - h) / eps
    lean_z = (relief(x, z + eps) - h) / eps
    tone = fbm(x * 9 + 5, z * 9, 5)
    warm = fbm(x * 3.1, z * 3.1 + 8, 4)
    colour = blend((0.25, 0.22, 0.19), (0.44, 0.395, 0.335), smooth(-0.5, 0.5, tone + h * 60))
    colour = blend(colour, (0.40, 0.29, 0.18), smooth(0.05, 0.6, warm) * 0.55)
    patch = fbm(x * 14 + 2, z * 14 + 3, 5, 0.6)
    lichen = smooth(0.30, 0.42, patch) * smooth(0.0, 0.3, fbm(x * 4 + 7, z * 4, 2) + 0.05)
    colour = blend(colour, (0.40, 0.42, 0.33), lichen * 0.65)
    ochre = smooth(0.40, 0.48, fbm(x * 21 + 31, z * 21, 4)) * smooth(0.1, 0.3, warm)
    colour = blend(colour, (0.50, 0.30, 0.07), ochre * 0.6)
    cavity = smooth(-0.007, -0.001, h)
    return colour * (0.25 + 0.75 * cavity)[:, None], lean_x, lean_z


def _gather(things, p, n, rng):
    """Light that arrives at points from everywhere but the sun itself, one bounce deep."""
    total = np.zeros_like(p)
    helper = np.where(np.abs(n[:, :1]) < 0.7, (1, 0, 0), (0, 0, 1)).astype(np.float32)
    side = np.cross(n, helper)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    other = np.cross(n, side)
    spin = rng.random(len(p), np.float32)
    for k in range(RAYS):
        radius = np.sqrt((k + 0.5) / RAYS)
        angle = 2 * np.pi * (spin + k * 0.61803399)
        ray = n * np.sqrt(1 - radius**2)
        ray = ray + side * (radius * np.cos(angle))[:, None]
        ray = (ray + other * (radius * np.sin(angle))[:, None]).astype(np.float32)
        origin = p + n * 1e-3
        t, which = _nearest(things, origin, ray, 22)
        light = environment(ray)
        for i in np.unique(which[which >= 0]):
            pick = which == i
            q = origin[pick] + ray[pick] * t[pick, None]
            if i == LEDGE_ID:
                normal = np.broadcast_to(np.float32((0, 1, 0)), q.shape)
                albedo = STONE
            else:
                normal, albedo = _normal(things[i], q), np.float32(things[i].albedo)
            sun = np.clip(normal @ SUN, 0, 1) * _sunlit(things, q, normal, 18)
            back = sun[:, None] * SUN_COLOUR + np.float32((0.20, 0.20, 0.25))
            light[pick] = albedo * back
        total += light
    return total / RAYS


def _blur(a):
    """Binomial 3x3 blur of (rows, columns, channels), edges repeated."""
    for axis in (0, 1):
        n = a.shape[axis]
        before = np.take(a, np.maximum(np.arange(n) - 1, 0), axis)
        after = np.take(a, np.minimum(np.arange(n) + 1, n - 1), axis)
        a = 0.25 * before + 0.5 * a + 0.25 * after
    return a


def _spread(values, mask):
    """Sparse `values`, valid at `mask`, smoothed a little and spread over their surroundings."""
    weight = mask[..., None].astype(np.float32)
    value = np.where(mask[..., None], values, 0)
    for _ in range(2):
        value, weight = _blur(value), _blur(weight)
    for _ in range(24):
        thin = weight < 1e-4
        v, w = _blur(value), _blur(weight)
        value, weight = np.where(thin, v, value), np.where(thin, w, weight)
    return value / np.maximum(weight, 1e-9)


def _between(value, r, c):
    """Bilinear samples of (rows, columns, channels) at fractional places."""
    r = np.clip(r, 0, value.shape[0] - 1.001).astype(np.float32)
    c = np.clip(c, 0, value.shape[1] - 1.001).astype(np.float32)
    i, j = r.astype(np.int32), c.astype(np.int32)
    u, v = (r - i)[:, None], (c - j)[:, None]
    top = value[i, j] * (1 - v) + value[i, j + 1] * v
    return top * (1 - u) + (value[i + 1, j] * (1 - v) + value[i + 1, j + 1] * v) * u


def _edges(which):
    """Pixels on an outline: those whose neighbours belong to something else."""
    edge = np.zeros(which.shape, bool)
    down, right = which[1:] != which[:-1], which[:, 1:] != which[:, :-1]
    edge[1:] |= down
    edge[:-1] |= down
    edge[:, 1:] |= right
    edge[:, :-1] |= right
    return edge


def _shine(things, thing, p, n, view, coat):
    """Reflection of sky, stone and sun in a glaze."""
    cosine = np.clip(-np.einsum("ij,ij->i", n, view), 0, 1)
    ray = view + 2 * cosine[:, None] * n
    fresnel = (0.045 + 0.955 * (1 - cosine) ** 5) * thing.gloss * coat
    light = environment(ray)
    t, which = _nearest([x for x in things if x is not thing], p + n * 1e-3, ray, 30)
    floor = which == LEDGE_ID
    light[floor] = STONE * np.float32((1.0, 0.8, 0.62))
    light[(which >= 0) & ~floor] *= 0.25
    half = SUN - view
    half /= np.linalg.norm(half, axis=1, keepdims=True)
    spot = np.exp((np.clip(np.einsum("ij,ij->i", n, half), 0, 1) - 1) * 2600) * 55
    wide = np.exp((np.clip(np.einsum("ij,ij->i", n, half), 0, 1) - 1) * 160) * 1.5
    return light * fresnel[:, None], ((spot + wide) * fresnel)[:, None] * SUN_COLOUR


class Still:
    """The ledge and what stands on it, as the eye sees it."""

    def __init__(self, dx, slopes, grid):
        """`grid`: pixels between the points whose bounced light is gathered."""
        self.grid = grid
        self.things = scene()
        self.rows0 = int(np.searchsorted(-slopes, -0.06))
        self.dx, self.slopes = dx, slopes[self.rows0 :]
        self.pixel = float(dx[1] - dx[0])

    def _see(self, ray):
        """Distance along each ray and what it meets: an index, LEDGE_ID, or -1."""
        t = np.empty(len(ray), np.float32)
        which = np.empty(len(ray), np.int32)
        for lo in range(0, len(ray), CHUNK):
            part = ray[lo : lo + CHUNK]
            t[lo : lo + CHUNK], which[lo : lo + CHUNK] = _nearest(
                self.things, np.zeros_like(part), part
            )
        floor = np.nonzero(which == LEDGE_ID)[0]
        x, z = ray[floor, 0] * t[floor], ray[floor, 2] * t[floor]
        ragged = EDGE - 0.010 + 0.014 * fbm(x * 9, x * 0 + 0.5, 6)
        which[floor[z > ragged]] = -1
        return t, which

    def paint(self, picture):
        """Put the ledge and the things in front of `picture`."""
        below = picture[self.rows0 :]
        shape = below.shape[:2]
        rows, cols = (a.ravel() for a in np.indices(shape, np.int32))
        ray = self._rays(rows, cols, 0, 0)
        t, which = self._see(ray)
        self._gather_grid(t.reshape(shape), which.reshape(shape), ray.reshape(*shape, 3))
        edges = np.nonzero(_edges(which.reshape(shape)))
        behind = below[edges]
        below[:] = self._colour(rows, cols, ray, below.reshape(-1, 3)).reshape(below.shape)
        below[edges] = self._smooth_edges(*edges, behind)

    def _rays(self, rows, cols, down, right):
        ray = np.ones((len(rows), 3), np.float32)
        ray[:, 0] = self.dx[cols] + right * self.pixel
        ray[:, 1] = self.slopes[rows] - down * self.pixel
        return ray / np.linalg.norm(ray, axis=1, keepdims=True)

    def _gather_grid(self, t, which, ray):
        """Bounced light at every grid-th pixel of each thing."""
        rng = np.random.default_rng(4)
        places = (slice(self.grid // 2, None, self.grid),) * 2
        t, which, ray = t[places], which[places], ray[places]
        self.bounced = {}
        for i in (*range(len(self.things)), LEDGE_ID):
            mask = which == i
            p = ray[mask] * t[mask][:, None]
            if i == LEDGE_ID:
                n = np.broadcast_to(np.float32((0, 1, 0)), p.shape).copy()
            else:
                n = _normal(self.things[i], p)
            values = np.zeros((*mask.shape, 3), np.float32)
            values[mask] = _gather(self.things, p, n, rng)
            self.bounced[i] = _spread(values, mask)

    def _light(self, i, rows, cols):
        return _between(self.bounced[i], (rows - self.grid // 2) / self.grid,
                        (cols - self.grid // 2) / self.grid)  # fmt: skip

    def _colour(self, rows, cols, ray, behind):
        """What rays through these pixels see: the ledge, a thing, or what is behind."""
        t, which = self._see(ray)
        out = behind.copy()
        for i in self.bounced:
            found = np.nonzero(which == i)[0]
            for lo in range(0, len(found), CHUNK):
                pick = found[lo : lo + CHUNK]
                p = ray[pick] * t[pick, None]
                light = self._light(i, rows[pick], cols[pick])
                out[pick] = self._shade(i, p, ray[pick], light)
        return out

    def _smooth_edges(self, rows, cols, behind):
        """Pixels on outlines, looked at through eight places in each."""
        total = np.zeros_like(behind)
        for k in range(8):
            down, right = (k + 0.5) / 8 - 0.5, (k * 3 % 8 + 0.5) / 8 - 0.5
            ray = self._rays(rows, cols, down, right)
            total += np.minimum(self._colour(rows, cols, ray, behind), 3)
        return total / 8

    def _shade(self, i, p, view, bounced):
        if i == LEDGE_ID:
            return self._ledge(p, bounced)
        thing = self.things[i]
        n = _normal(thing, p)
        q = thing.local(p)
        colour = thing.colour(q)
        sun = _sunlit(self.things, p, n)
        facing = n @ SUN
        lit = np.clip(facing, 0, 1) * sun
        light = colour * (lit[:, None] * SUN_COLOUR + bounced)
        if thing.sheen:
            rim = (1 - np.clip(-np.einsum("ij,ij->i", n, view), 0, 1)) ** 3
            glow = rim[:, None] * (bounced + lit[:, None] * SUN_COLOUR * 0.7)
            light += thing.sheen * glow * (0.5 * colour + 0.25)
        if thing.gloss:
            shine, spot = _shine(self.things, thing, p, n, view, thing.coat(q))
            light += shine + spot * sun[:, None]
        return light

    def _ledge(self, p, bounced):
        colour, lean_x, lean_z = stone(p[:, 0], p[:, 2])
        edge = smooth(EDGE - 0.020, EDGE - 0.004, p[:, 2])
        n = np.stack([-lean_x, np.ones_like(lean_x), -lean_z + 0.9 * edge], 1).astype(np.float32)
        n /= np.linalg.norm(n, axis=1, keepdims=True)
        up = np.broadcast_to(np.float32((0, 1, 0)), p.shape)
        sun = np.clip(n @ SUN, 0, 1) * _sunlit(self.things, p, up)
        return colour * (sun[:, None] * SUN_COLOUR + bounced * (0.55 + 0.45 * n[:, 1:2]))
