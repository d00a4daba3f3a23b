"""NumPy's matrix product: one call that releases the GIL, and the threads of its BLAS."""

from ..measure import Missing, Wrong, measured, timed
from ..row import Row

GROUP = "NumPy matrix product"
SIZES = (5000, 2500, 1200, 600)
TRIAL = 400
REFERENCE = " (the reference BLAS, which has no threads; apt-get install libopenblas0-pthread)"
VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "GOTO_NUM_THREADS",
)


def load():
    """The package. Raises Missing."""
    try:
        import numpy
    except ImportError:
        hint = "pip install numpy in a venv, or apt-get install python3-numpy"
        raise Missing(f"no package numpy; {hint}") from None
    return numpy


def blas():
    """Which library multiplies, and on how many threads."""
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return mapped_blas()
    found = [one for one in threadpool_info() if one["user_api"] == "blas"]
    names = [
        f"{one['internal_api']} {one['version'] or ''}, threads: {one['num_threads']}"
        for one in found
    ]
    return "; ".join(names) or mapped_blas()


def mapped_blas():
    """The BLAS library this process has mapped; Debian chooses it by a link."""
    names = ("blas", "mkl", "blis", "atlas", "armpl")
    with open("/proc/self/maps") as file:
        paths = {line.split(maxsplit=5)[5].strip() for line in file if "/" in line}
    files = [path for path in sorted(paths) if any(n in path.rpartition("/")[2] for n in names)]
    if not files:
        return "BLAS not recognised"
    reference = "/blas/libblas" in files[0]
    name = files[0].rpartition("/")[2]
    return name + REFERENCE if reference else name


def size(random, seconds):
    """The size of the largest matrices whose product fits that time."""
    trial = random.random((TRIAL, TRIAL))
    best = min(timed(lambda: trial @ trial)[1]["wall_s"] for _ in range(3))
    fitting = [n for n in SIZES if best * (n / TRIAL) ** 3 <= seconds]
    return fitting[0] if fitting else SIZES[-1]


def product(settings):
    """All threads multiply what one thread did."""
    numpy = load()
    random = numpy.random.default_rng(1)
    n = (settings["base"] or {}).get("n") or size(random, settings["matrix_s"])
    a, b = random.random((n, n)), random.random((n, n))

    def check(value):
        if not numpy.isclose(value[0, -1], (a[0] * b[:, -1]).sum()):
            raise Wrong("wrong result")

    row = measured(lambda: a @ b, settings, check)
    return {**row, "n": n, "work": n**3, "note": f"NumPy {numpy.__version__}, {blas()}"}


def rows(cores):
    """In the order of the table."""

    def env(count):
        return dict.fromkeys(VARIABLES, str(count))

    yield Row(
        "numpy-one",
        GROUP,
        "one BLAS thread",
        product,
        published="5000 x 5000: 5.887 s real, 5.753 s user",
        env=env(1),
    )
    yield Row(
        "numpy-all",
        GROUP,
        "all BLAS threads",
        product,
        base="numpy-one",
        published="5000 x 5000 on 4 logical cores: 2.955 s real, 7.415 s user",
        env=env(cores),
    )
