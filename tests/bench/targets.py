"""The targets of lutist, beside the figures of this run. Nothing is asserted."""

from dataclasses import asdict, dataclass

ONE = ("lut1d", "u8x3", 1)
FUSED = ("tone_matrix_tone", "u8x3", 0)


@dataclass
class Target:
    id: str
    what: str
    reached: float | None  # None: not measured in this run
    unit: str
    target: float
    first_step: float
    at_most: bool = False  # otherwise at least

    def verdict(self):
        if self.reached is None:
            return "not measured"
        bounds = (("reached", self.target), ("first step", self.first_step))
        for word, bound in bounds:
            if self.reached <= bound if self.at_most else self.reached >= bound:
                return word
        return "short"

    def as_dict(self):
        return {**asdict(self), "verdict": self.verdict()}


def ratio(over, under):
    return over["ms"] / under["ms"] if over and under else None


def of_memcpy(kernels):
    wanted = (
        ("K1", "u8, one table", ONE, 0.90, 0.75),
        ("K2", "u8 RGB, a table a channel", ("lut1d", "u8x3", 3), 0.75, 0.55),
        ("K3", "u8 RGBA, a table a channel", ("lut1d", "u8x4", 3), 0.75, 0.55),
        ("K4", "u16 RGB, a table a channel", ("lut1d", "u16x3", 3), 0.60, 0.40),
        ("K5", "u8 RGB tone, matrix, tone", FUSED, 0.50, 0.25),
    )
    for name, what, key, target, first in wanted:
        row = kernels.row(*key)
        reached = row and row["memcpy_ratio"]
        yield Target(name, f"{what}, all cores", reached, "of memcpy", target, first)


class Peers:
    """The rows of other programs, and lutist's to hold against them."""

    def __init__(self, kernels, rows):
        self.kernels, self.rows = kernels, rows

    def find(self, key, program, result=None):
        for row in self.rows:
            same = (row["op"], row["pixel"], row["tables"]) == key
            if same and row["program"].startswith(program) and result in (None, row["result"]):
                return row
        return None

    def against(self, name, what, key, peer, target):
        """The peer's fastest way against the kernel, then whole calls with new results."""
        best = self.find(key, peer, "reused") or self.find(key, peer)
        own = self.kernels.row(*key)
        yield Target(name, f"{what}: kernel", ratio(best, own), "x faster", target, target)
        whole, call = self.find(key, peer, "new"), self.find(key, "lutist", "new")
        if whole and call:
            yield Target(
                name, f"{what}: new result", ratio(whole, call), "x faster", target, target
            )


def against_peers(kernels, rows):
    peers = Peers(kernels, rows)
    transform = peers.find(("matrix", "u8x3", 0), "OpenCV")
    fused = ratio(transform, kernels.row(*FUSED))
    yield Target("K5", "the same against OpenCV's transform alone", fused, "x faster", 1.5, 1.5)
    yield Target("K6", "u8 RGB 3D table 33³: no kernel does it", None, "x faster", 6, 3)
    yield from peers.against("K7", "u8, one table, against OpenCV", ONE, "OpenCV", 2.5)
    yield from peers.against("K7", "u8, one table, against the tutorial", ONE, "tutorial", 5)
    yield from peers.against("K7", "u8, one table, against Pillow", ONE, "Pillow", 15)


def scaling(kernels):
    chain = ratio(kernels.row("lut1d_chain20", "u8x3", 1), kernels.row(*ONE))
    yield Target("K8", "twenty tones in a chain, against one", chain, "x as long", 1.05, 1.05, True)
    if kernels.cores < 2:
        return
    for what, key in (
        ("u8, one table", ONE),
        ("u16, a table a channel", ("lut1d", "u16x3", 3)),
        ("u8 tone, matrix, tone", FUSED),
    ):
        speed = ratio(kernels.row(*key, threads=1), kernels.row(*key))
        copy = ratio(kernels.copy(*key, threads=1), kernels.copy(*key))
        what = f"1 → {kernels.cores} threads, {what}"
        if copy:
            what += f" (memcpy {copy:.2f})"
        yield Target("K9", what, speed, "x faster", 0.9 * kernels.cores, 0.8 * kernels.cores)


def all_targets(kernels, rows):
    return [*of_memcpy(kernels), *against_peers(kernels, rows), *scaling(kernels)]
