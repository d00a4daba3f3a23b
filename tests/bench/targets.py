"""The targets of lutist, beside the figures of this run. Nothing is asserted.

Where a target is a pair, the first is for processors with AVX-512, the second for all others.
"""

from dataclasses import asdict, dataclass

ONE = ("lut1d", "u8x3", 1)
THREE_16 = ("lut1d", "u16x3", 3)
MATRIX = ("matrix", "u8x3", 0)
FUSED = ("tone_matrix_tone", "u8x3", 0)
CUBE = ("lut3d", "u8x3", 0)
CUBE_16 = ("lut3d", "u16x3", 0)

# (target, what, row, ratio)
OF_LIMIT = (
    ("K1", "u8, one table", ONE, (0.93, 0.85)),
    ("K2", "u8 RGB, a table a channel", ("lut1d", "u8x3", 3), (0.88, 0.65)),
    ("K3", "u8 RGBA, a table a channel", ("lut1d", "u8x4", 3), (0.80, 0.60)),
    ("K4", "u16 RGB, one table", ("lut1d", "u16x3", 1), 0.60),
    ("K4", "u16 RGB, a table a channel", THREE_16, 0.50),
    ("K5", "u8 RGB tone, matrix, tone", FUSED, 0.40),
    ("K10", "u8 RGB matrix", MATRIX, 0.70),
)
OF_MEMCPY = (
    ("K11", "u16 RGB matrix", ("matrix", "u16x3", 0), 0.35),
    ("K11", "u16 RGB tone, matrix, tone", ("tone_matrix_tone", "u16x3", 0), 0.35),
)

ALL = "all"  # cores
# (target, what, row, peer, lutist's threads, the peer's, times as fast)
KERNEL_AGAINST = (
    ("K6", "u8 3D table", CUBE, "FFmpeg", 1, 1, 6),
    ("K6", "u8 3D table", CUBE, "FFmpeg", ALL, ALL, 6),
    ("K6", "u8 3D table", CUBE, "Pillow", ALL, 1, 12),
    ("K6", "u8 3D table", CUBE, "OpenColorIO", 1, 1, 1.2),
    ("K6", "u8 3D table", CUBE, "OpenColorIO", ALL, ALL, 1.2),
    ("K6", "u8 3D table", CUBE, "OpenColorIO", ALL, 1, 2.3),
    ("K6", "u16 3D table", CUBE_16, "FFmpeg", 1, 1, 6),
    ("K6", "u16 3D table", CUBE_16, "FFmpeg", ALL, ALL, 6),
    ("K6", "u16 3D table", CUBE_16, "OpenColorIO", 1, 1, 1.2),
    ("K6", "u16 3D table", CUBE_16, "OpenColorIO", ALL, ALL, 1.2),
    ("K6", "u16 3D table", CUBE_16, "OpenColorIO", ALL, 1, 2.3),
    ("K7", "u8, one table", ONE, "OpenCV", ALL, ALL, 4),
    ("K7", "u8, one table", ONE, "tutorial", ALL, 3, 10),
    ("K7", "u8, one table", ONE, "Pillow", ALL, 1, 15),
    ("K10", "u8 matrix", MATRIX, "OpenCV", 1, 1, (1.6, 1.2)),
    ("K10", "u8 matrix", MATRIX, "OpenCV", ALL, ALL, (3, 2.2)),
)
SCALING = (
    ("u8, one table", ONE),
    ("u16, a table a channel", THREE_16),
    ("u8 tone, matrix, tone", FUSED),
    ("u8 3D table", CUBE),
)


@dataclass
class Target:
    id: str
    what: str
    reached: float | None  # None: not measured in this run
    unit: str
    target: float
    at_most: bool = False  # otherwise at least

    def verdict(self):
        if self.reached is None:
            return "not measured"
        good = self.reached <= self.target if self.at_most else self.reached >= self.target
        return "reached" if good else "short"

    def as_dict(self):
        return {**asdict(self), "verdict": self.verdict()}


def for_level(target, level):
    """The number that counts at a CPU level."""
    if isinstance(target, tuple):
        return target[0 if level == "avx512" else 1]
    return target


def times_as_fast(peer, own):
    return peer["ms"] / own["ms"] if peer and own else None


def of_copies(kernels, level):
    for name, what, key, target in OF_LIMIT:
        row, bound = kernels.row(*key), for_level(target, level)
        yield Target(name, f"{what}, all cores", row and row["limit_ratio"], "of the limit", bound)
    for name, what, key, bound in OF_MEMCPY:
        row = kernels.row(*key)
        yield Target(name, f"{what}, all cores", row and row["memcpy_ratio"], "of memcpy", bound)


def fastest(rows, key, program, threads, result=None):
    """The row of a program's fastest way with so many threads; None where there is none."""
    found = [
        row
        for row in rows
        if (row["op"], row["pixel"], row["tables"], row["threads"]) == (*key, threads)
        and row["program"].startswith(program)
        and result in (None, row["result"])
    ]
    return min(found, key=lambda row: row["ms"], default=None)


def counted(threads):
    return f"{threads} thread{'s' if threads > 1 else ''}"


def against_peers(kernels, rows, level):
    """The kernel against the peer's fastest way; where that makes a new result, lutist's call
    that makes one as well."""
    seen = set()
    for name, what, key, peer, *threads, target in KERNEL_AGAINST:
        own, others = (kernels.cores if number == ALL else number for number in threads)
        if (key, peer, own, others) in seen:  # on one core all are one
            continue
        seen.add((key, peer, own, others))
        other, bound = fastest(rows, key, peer, others), for_level(target, level)
        what = f"{what}, {counted(own)}, against {peer} on {others}"
        ratio = times_as_fast(other, kernels.row(*key, threads=own))
        yield Target(name, what, ratio, "x as fast", bound)
        if other and other["result"] == "new":
            ratio = times_as_fast(other, fastest(rows, key, "lutist", own, "new"))
            yield Target(name, f"{what}, new results", ratio, "x as fast", bound)


def scaling(kernels):
    chain = kernels.row("lut1d_chain20", "u8x3", 1), kernels.row(*ONE)
    yield Target(
        "K8", "twenty tones in a chain, against one", times_as_fast(*chain), "x as long", 1.05, True
    )
    if kernels.cores < 2:
        return
    for what, key in SCALING:
        speed = times_as_fast(kernels.row(*key, threads=1), kernels.row(*key))
        copy = times_as_fast(kernels.limit(*key, threads=1), kernels.limit(*key))
        what = f"1 → {kernels.cores} threads, {what}"
        if copy:
            what += f" (the limit {copy:.2f})"
        yield Target("K9", what, speed, "x as fast", 0.9 * kernels.cores)


def all_targets(kernels, rows, level):
    """In the order of their numbers."""
    found = [*of_copies(kernels, level), *against_peers(kernels, rows, level), *scaling(kernels)]
    return sorted(found, key=lambda target: int(target.id[1:]))
