"""The things on the ledge, each a signed distance and a surface. Metres; y is up."""

import numpy as np

from .noise import blend, fbm, noise, smooth

LEDGE = -0.30  # height of the stone below the eye


def _turn(axis):
    """Rows are a frame whose second axis is `axis`."""
    up = np.array(axis, np.float64) / np.linalg.norm(axis)
    side = np.cross(up, (0.3, 0.1, 0.95))
    side /= np.linalg.norm(side)
    return np.stack([side, up, np.cross(side, up)]).astype(np.float32)


class Thing:
    """Placed at `at`, inside a ball of `reach` around `at` + (0, lift, 0)."""

    steps = 56  # of a ray, at most
    gloss = 0.0  # strength of a clear, sharp reflection
    sheen = 0.0  # down that lights up at the rim
    albedo = (0.5, 0.5, 0.5)  # for light that bounces off it

    def __init__(self, at, reach, lift=0.0, axis=(0, 1, 0)):
        self.at = np.array(at, np.float32)
        self.centre = self.at + np.float32((0, lift, 0))
        self.reach = reach
        self.frame = _turn(axis)

    def local(self, p):
        return (p - self.at) @ self.frame.T

    def coat(self, q):
        """Share of the gloss at local points."""
        return np.ones(len(q), np.float32)


class Peach(Thing):
    sheen = 0.55
    albedo = (0.72, 0.33, 0.16)

    def __init__(self, at, size, axis, seed, blush):
        super().__init__(at, size * 1.12, axis=axis)
        self.size, self.seed, self.blush = size, seed, blush

    def distance(self, p):
        q = self.local(p) / self.size
        around = np.hypot(q[:, 0], q[:, 2])
        length = np.sqrt(around**2 + q[:, 1] ** 2) + 1e-9
        high = q[:, 1] / length
        stem = 0.25 * np.exp(-((around / 0.30) ** 2)) * smooth(0, 0.5, high)
        angle = np.arctan2(q[:, 2], q[:, 0])
        cleft = 0.060 * np.exp(-(np.abs(angle / 0.16) ** 1.7)) * smooth(-0.95, 0.4, high)
        cleft = cleft * smooth(0.10, 0.42, around)
        cheeks = 0.035 * np.cos(2 * angle) * around - 0.03 * high * high
        lumps = 0.018 * noise(q[:, 0] * 1.7 + self.seed, q[:, 1] * 1.7 + q[:, 2])
        tip = 0.05 * np.exp(-((around / 0.16) ** 2)) * (high < 0)
        return (length - (1 + cheeks + lumps + tip - stem - cleft)) * self.size * 0.8

    def colour(self, q):
        q = q / self.size
        s = self.seed
        side = q[:, 0] * np.cos(s) + q[:, 2] * np.sin(s) + 0.25 * q[:, 1]
        mottle = fbm(q[:, 0] * 2.3 + s, q[:, 1] * 2.3 + q[:, 2] * 1.9, 5)
        specks = fbm(q[:, 0] * 17 + s, q[:, 1] * 17 + q[:, 2] * 13, 3)
        red = smooth(-0.55, 0.75, side + 0.75 * mottle + self.blush + 0.22 * specks)
        base = blend((0.86, 0.52, 0.20), (0.88, 0.44, 0.22), smooth(-0.3, 0.3, mottle))
        base = blend(base, (0.68, 0.17, 0.10), red * 0.9)
        base = blend(base, (0.42, 0.055, 0.055), smooth(0.55, 1.0, red) * 0.6)
        down = fbm(q[:, 0] * 60 + s, q[:, 1] * 60 + q[:, 2] * 47, 2)
        base = base * (1 + 0.10 * down)[:, None]
        around = np.hypot(q[:, 0], q[:, 2])
        hollow = np.exp(-((around / 0.22) ** 2)) * (q[:, 1] > 0)
        base = blend(base, (0.62, 0.40, 0.12), hollow * 0.55)
        scar = smooth(0.085, 0.020, around + 0.05 * mottle) * (q[:, 1] > 0)
        return blend(base, (0.22, 0.12, 0.055), scar * 0.85)


def _profile(points, n=400):
    """A smooth radius by height through `points` of (radius, height)."""
    r, y = np.array(points, np.float64).T
    slopes = np.gradient(r, y)
    at = np.linspace(y[0], y[-1], n)
    i = np.clip(np.searchsorted(y, at) - 1, 0, len(y) - 2)
    h = y[i + 1] - y[i]
    t = (at - y[i]) / h
    left = (1 + 2 * t) * (1 - t) ** 2 * r[i] + t * (1 - t) ** 2 * h * slopes[i]
    right = t * t * (3 - 2 * t) * r[i + 1] + t * t * (t - 1) * h * slopes[i + 1]
    return at.astype(np.float32), (left + right).astype(np.float32)


def _bezier(points, n):
    """n points along the Bezier curve with these control points."""
    t = np.linspace(0, 1, n)[:, None, None]
    p = np.broadcast_to(np.array(points), (n, len(points), 2))
    while p.shape[1] > 1:
        p = p[:, :-1] * (1 - t) + p[:, 1:] * t
    return p[:, 0].astype(np.float32)


class Jug(Thing):
    """Terracotta, dipped into a cream glaze down to the shoulder, with a handle."""

    albedo = (0.48, 0.22, 0.12)
    gloss = 1.0
    HEIGHT = 0.345
    HANDLE = ((0.048, 0.306), (0.092, 0.345), (0.142, 0.285), (0.128, 0.195), (0.088, 0.176))

    def __init__(self, at):
        super().__init__(at, 0.215, lift=0.17)
        self.y, self.r = _profile(
            [(0.060, 0), (0.0605, 0.008), (0.064, 0.022), (0.088, 0.085), (0.103, 0.145),
             (0.101, 0.195), (0.082, 0.240), (0.056, 0.275), (0.047, 0.300), (0.047, 0.325),
             (0.052, 0.345)]
        )  # fmt: skip
        self.lean = np.gradient(self.r, self.y)
        self.facing = np.radians(-14.0)  # the handle points right, a little towards us
        self.handle = _bezier(self.HANDLE, 28)

    def _polar(self, q):
        around = np.hypot(q[:, 0], q[:, 2])
        return around, np.arctan2(q[:, 2], q[:, 0])

    def local(self, p):
        return p - self.at

    def distance(self, p):
        q = self.local(p)
        around, angle = self._polar(q)
        y = q[:, 1]
        radius = np.interp(y, self.y, self.r).astype(np.float32)
        lean = np.interp(y, self.y, self.lean).astype(np.float32)
        spout = np.clip(np.cos(angle - np.pi - self.facing), 0, 1) ** 9
        radius += 0.022 * spout * smooth(0.290, 0.345, y)
        worn = 0.5 + 0.5 * noise(y * 14 + 3, angle * 0.8)
        rings = 0.00030 * worn * np.sin(y * 640 + 5 * noise(y * 45, angle * 0.5))
        wobble = 0.0009 * noise(y * 22, angle * 1.6 + 7)
        side = (around - radius - rings - wobble) / np.sqrt(1 + lean * lean)
        lip = y - self.HEIGHT - 0.004 * spout
        body = np.maximum(np.maximum(side, lip), -y)
        body = np.maximum(body, -np.maximum(side + 0.0055, 0.3 - y))
        return np.minimum(body, self._handle(q)) * 0.85

    def _handle(self, q):
        u = q[:, 0] * np.cos(self.facing) + q[:, 2] * np.sin(self.facing)
        v = -q[:, 0] * np.sin(self.facing) + q[:, 2] * np.cos(self.facing)
        best = np.full(len(q), 9, np.float32)
        for (ax, ay), (bx, by) in zip(self.handle[:-1], self.handle[1:], strict=True):
            dx, dy = bx - ax, by - ay
            t = np.clip(((u - ax) * dx + (q[:, 1] - ay) * dy) / (dx * dx + dy * dy), 0, 1)
            flat = np.hypot(u - ax - t * dx, q[:, 1] - ay - t * dy)
            best = np.minimum(best, np.hypot(flat, v * 0.62))
        return best - 0.0085

    def glaze(self, q):
        around, angle = self._polar(q)
        runs = 0.016 * fbm(angle * 1.5 + 4, angle * 0 + 2.5, 3)
        drip = 0.030 * smooth(0.30, 0.75, noise(angle * 3.1 + 1.7, angle * 0 + 8.5))
        return smooth(-0.0012, 0.0012, q[:, 1] - 0.205 - runs + drip)

    def coat(self, q):
        return self.glaze(q)

    def colour(self, q):
        around, angle = self._polar(q)
        cloudy = fbm(angle * 2.2, q[:, 1] * 26, 5)
        grit = fbm(angle * 70, q[:, 1] * 700, 3, 0.7)
        clay = blend((0.40, 0.165, 0.085), (0.60, 0.285, 0.165), 0.5 + 0.5 * cloudy)
        clay = clay * (1 + 0.16 * grit)[:, None]
        soot = smooth(0.0, 0.6, fbm(angle * 0.9 + 5, q[:, 1] * 9, 3)) * smooth(0.12, 0.0, q[:, 1])
        clay = blend(clay, (0.13, 0.085, 0.065), soot * 0.7)
        cream = blend((0.62, 0.55, 0.40), (0.72, 0.67, 0.54), 0.5 + 0.6 * cloudy)
        cream = blend(cream, (0.42, 0.27, 0.13), 0.75 * smooth(0.42, 0.62, grit))
        edge = self.glaze(q)
        rim = smooth(0.338, 0.344, q[:, 1])
        cream = blend(cream, (0.50, 0.28, 0.15), 0.8 * rim)
        band = np.exp(-(((edge - 0.5) / 0.35) ** 2))
        return blend(blend(clay, cream, edge), (0.36, 0.20, 0.10), 0.5 * band)


class Bowl(Thing):
    """A white glazed bowl with a blue line below its rim."""

    albedo = (0.70, 0.69, 0.66)
    gloss = 1.0
    BALL, RIM, WALL = 0.118, 0.074, 0.0030

    def __init__(self, at):
        super().__init__(at, 0.130, lift=0.045)

    def distance(self, p):
        q = p - self.at
        around = np.hypot(q[:, 0], q[:, 2])
        y = q[:, 1] - self.BALL - 0.006
        h = self.RIM - self.BALL - 0.006
        w = np.sqrt(self.BALL**2 - h * h)
        above = y * w + 0 > h * around
        shell = np.where(
            above, np.hypot(around - w, y - h), np.abs(np.hypot(around, y) - self.BALL)
        )
        foot = np.hypot(around - 0.047, np.maximum(np.abs(q[:, 1] - 0.008) - 0.007, 0)) - 0.0035
        return np.minimum(shell - self.WALL, foot) * 0.9

    def local(self, p):
        return p - self.at

    def colour(self, q):
        angle = np.arctan2(q[:, 2], q[:, 0])
        faint = fbm(angle * 3, q[:, 1] * 50, 4)
        white = blend((0.74, 0.73, 0.69), (0.80, 0.79, 0.77), 0.5 + 0.5 * faint)
        shift = 0.0007 * noise(angle * 5, angle * 0 + 3.5)
        line = np.exp(-(((q[:, 1] - 0.0665 + shift) / 0.0017) ** 4))
        thin = np.exp(-(((q[:, 1] - 0.0605 + shift) / 0.0006) ** 4))
        ink = np.clip(line * (0.8 + 0.25 * faint) + thin * 0.75, 0, 1)
        return blend(white, (0.035, 0.075, 0.24), ink)


class Leaf(Thing):
    albedo = (0.10, 0.16, 0.04)
    gloss = 0.22
    LENGTH, WIDTH = 0.050, 0.0145

    def __init__(self, at, along, up):
        super().__init__(at, 0.06)
        a = np.array(along, np.float64) / np.linalg.norm(along)
        n = np.array(up, np.float64) - a * np.dot(up, a)
        n /= np.linalg.norm(n)
        self.frame = np.stack([a, n, np.cross(a, n)]).astype(np.float32)

    def distance(self, p):
        q = self.local(p)
        u = q[:, 0] / self.LENGTH
        half = self.WIDTH * np.sqrt(np.clip(1 - u * u, 0, 1)) * (1 - 0.35 * u)
        side = np.abs(q[:, 2]) - half
        veins = 0.00012 * np.cos((np.abs(q[:, 2]) * 1.2 - q[:, 0]) * 900)
        bend = -0.011 * u * u + 0.30 * np.abs(q[:, 2]) + 0.002 * np.sin(q[:, 0] * 160) + veins
        sheet = np.abs(q[:, 1] - bend) - 0.0005
        ends = np.abs(q[:, 0]) - self.LENGTH
        return np.maximum(np.maximum(sheet, side), ends) * 0.7

    def colour(self, q):
        rib = np.exp(-((q[:, 2] / 0.0006) ** 2))
        veins = 0.5 + 0.5 * np.cos((np.abs(q[:, 2]) * 1.2 - q[:, 0]) * 900)
        green = blend((0.075, 0.14, 0.025), (0.12, 0.19, 0.04), veins * 0.5)
        patchy = fbm(q[:, 0] * 90, q[:, 2] * 90, 4)
        green = blend(green, (0.22, 0.19, 0.04), smooth(0.1, 0.5, patchy) * 0.5)
        return blend(green, (0.24, 0.27, 0.10), rib * 0.8)


class Cloth(Thing):
    """A linen napkin in loose folds, with a woven blue stripe near its ends."""

    albedo = (0.62, 0.57, 0.48)
    steps = 150
    LONG, SHORT = 0.205, 0.150

    def __init__(self, at, turn):
        super().__init__(at, 0.275)
        c, s = np.cos(turn), np.sin(turn)
        self.frame = np.array([(c, 0, s), (0, 1, 0), (-s, 0, c)], np.float32)

    def _folds(self, u, v):
        edge = np.maximum(np.abs(u) / self.LONG, np.abs(v) / self.SHORT)
        bent = u + 0.035 * noise(v * 8 + 2, u * 3)
        loose = smooth(0.25, 1.0, edge)
        waves = (0.5 + 0.5 * noise(bent * 19 + 3.3, v * 3.5 + 1.1)) ** 2
        lift = 0.0022 + 0.020 * waves * loose
        for side, at, lean, high in (
            (1, 0.055, 0.42, 0.013),
            (1, -0.03, -0.2, 0.010),
            (-1, -0.07, 0.3, 0.011),
            (-1, 0.045, -0.5, 0.009),
        ):
            bow = v - at - lean * u + 0.012 * noise(u * 14 + at * 90, u * 0)
            lift += high * np.exp(-(np.abs(bow / 0.011) ** 1.6)) * smooth(0.02, 0.15, side * u)
        ends = smooth(1.02, 0.86, edge)
        return 0.0016 + (lift - 0.0016) * (0.18 + 0.82 * ends) + 0.0007 * fbm(u * 55, v * 55, 4)

    def distance(self, p):
        q = self.local(p)
        u, v = q[:, 0], q[:, 2]
        wave = 0.006 * noise(u * 12, v * 12)
        du, dv = np.abs(u + wave) - self.LONG, np.abs(v - wave) - self.SHORT
        outline = np.maximum(du, dv)
        top = q[:, 1] - self._folds(u, v)
        threads = 0.000022 * (np.sin(u * 4300) + np.sin(v * 4300))
        return np.maximum(top + threads, outline) * 0.55

    def colour(self, q):
        u, v = q[:, 0], q[:, 2]
        slub = fbm(u * 18, v * 900, 3) * 0.5 + fbm(u * 900, v * 18, 3) * 0.5
        weave = np.sin(u * 4300) * np.sin(v * 4300)
        linen = np.float32((0.66, 0.61, 0.52)) * (1 + 0.30 * slub + 0.10 * weave)[:, None]
        wave = 0.006 * noise(u * 12, v * 12)
        inside = self.LONG - np.abs(u + wave)
        stripe = smooth(0.002, 0.0, np.abs(inside - 0.030) - 0.006)
        stripe = np.maximum(stripe, smooth(0.001, 0.0, np.abs(inside - 0.044) - 0.0012))
        linen = blend(linen, (0.11, 0.16, 0.27), stripe * (0.8 + 0.3 * slub))
        hem = np.minimum(inside, self.SHORT - np.abs(v - wave))
        stitch = np.exp(-(((hem - 0.009) / 0.0007) ** 2)) * (np.sin((u + v) * 1700) > -0.3)
        return linen * (1 - 0.35 * stitch)[:, None]


def scene():
    """Everything on the ledge."""

    def on(x, z, up=0.0):
        return (x, LEDGE + up, z)

    return [
        Jug(on(0.262, 1.43)),
        Bowl(on(-0.105, 1.30, 0.007)),
        Peach(on(-0.140, 1.315, 0.088), 0.040, (0.35, 0.9, -0.45), 1.2, 0.15),
        Peach(on(-0.066, 1.335, 0.087), 0.039, (-0.3, 0.8, -0.6), 3.9, -0.05),
        Peach(on(-0.098, 1.258, 0.090), 0.037, (0.2, 0.75, -0.65), 5.5, 0.30),
        Peach(on(0.110, 1.20, 0.0375), 0.040, (-0.5, 0.75, -0.5), 2.4, 0.22),
        Peach(on(0.187, 1.262, 0.0360), 0.038, (0.55, 0.45, -0.75), 0.7, 0.0),
        Leaf(on(0.158, 1.165, 0.016), (0.8, 0.12, -0.35), (0.1, 1, -0.2)),
        Cloth(on(-0.180, 1.262, -0.001), 0.24),
    ]
