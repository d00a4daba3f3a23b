"""What people write in a curve: math's functions, int, tables, NumPy's interp; bit for bit."""

import bisect
import functools
import math
import math as m
import os
import random
import struct
import sys
from array import array
from math import pow as power
from math import sqrt

import numpy as np
import pytest
from test_record import EIGHT, OUTSIDE, bits, recorded, run
from test_record import called as called_safely

from _lutist import evaluate
from lutist.recording import symbol
from lutist.recording.record import record

# All values of 16 bits; under a sanitizer, which takes ten times as long, some of them.
SIXTEEN = [i / 65535 for i in range(0, 65536, int(os.environ.get("LUTIST_STRIDE", "1")))]
SPECIAL = [*OUTSIDE, math.inf, -math.inf, 5e-324, -5e-324, 1e-310, 2.2250738585072014e-308, 1e-200,
           1e200, 1.7976931348623157e308, 0.1 + 0.2, 0.285, 1.005, 2.675, 0.5 - 2**-54]  # fmt: skip
rng = random.Random(3)
RANDOM = [rng.uniform(-3, 4) for _ in range(500)] + [
    struct.unpack("d", rng.randbytes(8))[0] for _ in range(500)
]
RANDOM = [x for x in RANDOM if x == x]


def called(function, x):
    try:
        return called_safely(function, x)
    except IndexError:
        return None


def check_widely(function):
    """All values of 16 bits have the function's bits. For any number there is no other value."""
    expression = recorded(function)
    wanted = {x: y for x in SIXTEEN if (y := called(function, x)) is not None}
    assert len(wanted) > 0.9 * len(SIXTEEN)
    assert evaluate(expression, array("d", wanted)) == bits([*wanted.values()])
    inputs = EIGHT + SPECIAL + RANDOM
    for x, got in zip(inputs, run(expression, inputs), strict=True):
        want = called(function, x)
        assert got is None or (want is not None and bits([got]) == bits([want])), (x, got, want)


def test_nan_is_claimed_to_be_nothing():
    for function in (lambda x: math.copysign(1.0, x), lambda x: [0.1, 0.2][int(x)], math.isnan):
        assert run(recorded(function), [math.nan]) == [None]


floats = [i * i / 65025 for i in range(256)]
wholes = [int(255 * (i / 255) ** 0.5) for i in range(256)]
tuples = tuple(floats)
small = array("f", floats)
bytewise = bytes(wholes)
vector = np.array(floats)
knots, heights = [0.0, 0.1, 0.3, 0.6, 1.0], [0.0, 0.2, 0.35, 0.7, 1.0]
steps = [0, 1, 2.5]
curves = {"soft": lambda x: math.sqrt(x) / 2, "hard": floats}
pairs = [(0.0, 0.1), (0.4, 0.7), (1.0, 0.9)]


def helper(x, root=math.sqrt):
    return root(abs(x)) * helper_of_helper(x)


def helper_of_helper(x):
    return math.cos(x)


def own_imports(x):
    import math as inner
    from math import atan

    return inner.exp(-x) + atan(x)


def spline(x):
    i = bisect.bisect_right(knots, x) - 1
    if i < 0:
        return heights[0]
    if i >= len(knots) - 1:
        return heights[-1]
    t = (x - knots[i]) / (knots[i + 1] - knots[i])
    return heights[i] + t * (heights[i + 1] - heights[i])


def between_entries(x):
    at = min(max(x, 0.0), 1.0) * 255
    i = min(int(at), 254)
    return floats[i] + (floats[i + 1] - floats[i]) * (at - i)


def local_table(x):
    table = (0.1, 0.5, 0.4, 0.9)
    return table[int(x * 3)]


def recursive(x, depth=3):
    return math.sin(x) if depth == 0 else recursive(x, depth - 1) * 0.5


def nested(x):
    def inner(y):
        return sqrt(y + offset)

    offset = 0.25
    return inner(abs(x)) + sum(math.sin(x * k) for k in (1.0, 2.0))


def counted(x):
    total = 0.0
    for k in range(int(min(x, 1) * 4)):
        total += k * 0.1
    return total


class Film:
    def __init__(self, gain):
        self.gain, self.table = gain, floats

    def __call__(self, x):
        return self.bent(x) * self.gain

    def bent(self, x):
        return math.tanh(x) + self.table[int(min(max(x, 0), 1) * 255)]


class Faded(Film):
    def __call__(self, x):
        return super().__call__(x) + 0.1


film, faded = Film(0.8), Faded(0.5)

FUNCTIONS = [
    lambda x: math.sqrt(abs(x)),
    lambda x: m.exp(-x * x) + sqrt(x * x),
    lambda x: power(abs(x), 1 / 2.2) + m.pow(2, x),
    lambda x: math.log(abs(x) + 1) + math.log(abs(x) + 2, 3) + math.log(8, 2 + abs(x)),
    lambda x: math.log2(x + 1e-3 if x > 0 else 1) + math.log10(x * x + 1) + math.log1p(abs(x)),
    lambda x: math.expm1(x) if x < 1 else math.erf(x) + math.erfc(x),
    lambda x: math.asinh(x) + math.acosh(1 + abs(x)),
    lambda x: math.atanh(x / (1 + abs(x))),
    lambda x: math.fmod(x, 0.3) + math.remainder(x, 0.3) + math.fmod(1.0, x + 2),
    lambda x: math.fmod(-x, 0.3) - math.remainder(0.7, 0.2 + x),
    lambda x: math.copysign(x, -1) + math.copysign(1, x - 0.5),
    lambda x: math.hypot(x, 0.3) + math.hypot(x) + math.hypot(x - 1, x * 3),
    lambda x: math.hypot(x * 1e-3, 1.0 - x),
    lambda x: math.degrees(x) + math.radians(x),
    lambda x: math.modf(x * 5)[0] + math.modf(-x)[1],
    lambda x: 1.0 if math.isclose(x, 0.5, abs_tol=0.1) else x,
    lambda x: 1.0 if math.isclose(x, 0.5, rel_tol=0.2) else x,
    lambda x: x if math.isfinite(x) and not math.isnan(x) and not math.isinf(x) else 0.0,
    lambda x: math.fabs(x) + math.floor(x * 3) / 3 + math.atan2(x, 0.5),
    lambda x: math.prod([x, 0.5, x + 1]) + math.prod((2, x)),
    lambda x: float(x) ** 2 + float(math.floor(x * 3)) / float("4"),
    lambda x: int(x * 7) / 7 + int(-x * 3) // 2,
    lambda x: int(x) + int(True) + int("3") + int(x > 0.5),
    lambda x: float(x > 0.5) if isinstance(x, float) and not isinstance(x, int) else 9.0,
    lambda x: float(x if x > 0.5 else 1 - x) - float((x < 0.2) or 0.25),
    lambda x: round(x, 2),
    lambda x: round(x, 1) + round(x * 3, 3) - round(x, 0),
    lambda x: round(x, 15) + round(int(x * 3), 2),
    lambda x: divmod(x, 0.3)[1] + divmod(int(x * 9), 4)[0],
    lambda x: sum([x, 0.1, x * x]) + sum((0.2, x)),
    lambda x: sum(w * x**k for k, w in enumerate((0.1, 0.3, -0.2, 0.7))),
    lambda x: sum([x > 0.2, x > 0.4, x > 0.7]) / 3,
    lambda x: sum([0.1, 0.2], start=x) + sum([1.0, 1e100, x, -1e100]),
    lambda x: sorted([x, 0.2, 0.7])[1] + max(x, 0.5, 1 - x),
    lambda x: floats[int(x * 255)],
    lambda x: floats[-int(x * 255) - 1],
    lambda x: tuples[round(x * 255)] + small[int(x * 254) + 1],
    lambda x: wholes[int(x * 255)] / 255 + bytewise[math.floor(x * 255)] // 2,
    lambda x: vector[int(x * 255)] * 0.5 if 0 <= x <= 1 else 0.0,
    lambda x: [0.0, 0.5, 1.0][int(x * 2)],
    lambda x: (0.1, 0.9)[x > 0.5] + steps[int(x * 2)],
    lambda x: pairs[int(x * 2)][1] + curves["soft"](abs(x)) + curves["hard"][int(x * 255)],
    lambda x: heights[bisect.bisect(knots, x) - 1] + bisect.bisect_left(knots, x),
    lambda x: bisect.bisect_right([0.1, 0.5, 0.7], x) / 3,
    helper,
    functools.partial(helper, root=lambda y: math.sqrt(y + 0.5)),
    own_imports,
    spline,
    between_entries,
    local_table,
    recursive,
    nested,
    counted,
    film,
    film.bent,
    faded,
    math.sqrt,
    math.atan,
    lambda x: np.interp(x, [0, 0.25, 0.5, 1], [0, 0.4, 0.8, 1]),
    lambda x: np.interp(x, knots, heights, left=-1, right=2) * 0.5,
    lambda x: np.interp(x, vector, tuples) + float(np.interp(x, [0.5], [0.3])),
    lambda x: np.interp(x, [0.0, 0.5, 0.5, 1.0], [0.0, 0.2, 0.8, 1.0]),
    lambda x: np.interp(x, [0.0, 0.5, 1.0], [0.0, 0.5, 1.0]) ** 1.5,
    lambda x: np.polyval([0.3, -0.2, 1, 0.1], x),
    lambda x: np.poly1d([0.3, -0.2, 1])(x),
    lambda x: np.select([x < 0.2, x < 0.6], [x * 2, 0.5], default=1.0),
    lambda x: np.piecewise(x, [x < 0.3, x >= 0.7], [lambda v: v * 2, lambda v: np.sqrt(v), 0.6]),
    lambda x: np.round(x, 2) + np.around(x * 3),
    lambda x: round(np.sqrt(abs(x)), 2) + round(np.square(x)),
    lambda x: np.copysign(x, -1.0) + np.reciprocal(x + 2),
]


@pytest.mark.parametrize("function", FUNCTIONS, ids=range(len(FUNCTIONS)))
def test_a_recording_gives_the_function_s_bits(function):
    check_widely(function)


@pytest.mark.skipif(not hasattr(math, "cbrt"), reason="math.cbrt is new in Python 3.11")
def test_cube_roots():
    check_widely(lambda x: math.cbrt(x) + math.exp2(x))


@pytest.mark.parametrize("digits", range(23))
def test_rounding_is_that_of_the_decimal_text(digits):
    expression = recorded(lambda x: round(x, digits))
    halves = [(k + 0.5) / 10**digits for k in range(-50, 50)] if digits < 16 else []
    inputs = [*SIXTEEN[::7], *RANDOM, *halves, *(math.nextafter(h, 1) for h in halves)]
    values = 0
    for x, got in zip(inputs, run(expression, inputs), strict=True):
        values += got is not None
        assert got is None or bits([got]) == bits([called(lambda v: round(v, digits), x)]), x
    assert values > (len(SIXTEEN) // 14 if digits < 16 else 10)


def test_lengths_are_correctly_rounded():
    lengths = [(rng.uniform(0, 2), 2 ** rng.uniform(-60, 60)) for _ in range(3000)]
    lengths += [(3.0, 4.0), (1e200, 1e-200), (5e-324, 1.0), (0.0, 0.0), (1.5e300, 2e300)]
    for x, y in lengths:
        got = run(recorded(lambda v: math.hypot(v, y)), [x])[0]  # noqa: B023
        assert got is None or bits([got]) == bits([min(math.hypot(x, y), 1e30)])
    assert run(recorded(lambda v: math.hypot(v, 4.0)), [3.0]) == [5.0]


NUMPY = "exp exp2 expm1 log log2 log10 log1p sin cos tan arcsin arccos arctan sinh cosh tanh \
         arcsinh arccosh arctanh cbrt".split()


@pytest.mark.parametrize("name", NUMPY)
def test_numpy_s_functions_are_recorded_where_they_have_libm_s_bits(name):
    ufunc = getattr(np, name)
    expression, why = record(lambda x: ufunc(x))
    if expression is None:
        assert f"numpy.{name}" in why
        real = getattr(math, name.replace("arc", "a"), lambda x: 2.0**x)
        numbers = SIXTEEN + [x * 30 for x in SIXTEEN]
        with np.errstate(all="ignore"):
            assert any(called(ufunc, x) != called(real, x) for x in numbers)
        return
    numbers = [x for x in SIXTEEN if math.isfinite(ufunc(x + (name == "arccosh")))]
    expression = recorded(lambda x: ufunc(x + (1.0 if name == "arccosh" else 0.0)))
    with np.errstate(all="ignore"):
        want = [called(lambda x: ufunc(x + (name == "arccosh")), x) for x in numbers]
    assert evaluate(expression, array("d", numbers)) == bits(want)


@pytest.mark.parametrize("exponent", [2, 0.5, 1, -1, 3, 0.45, 2.2, 0])
def test_numpy_s_powers(exponent):
    expression, why = record(lambda x: np.power(x, exponent))
    assert expression or "numpy.power" in why
    if expression:
        want = [called(lambda x: np.power(x, float(exponent)), x) for x in SIXTEEN[1:]]
        assert evaluate(expression, array("d", SIXTEEN[1:])) == bits(want)


def test_the_script_s_own_objects_are_left_alone():
    before = dict(globals())
    cells = [cell.cell_contents for cell in nested.__closure__ or ()]
    names, code = helper.__code__.co_names, helper.__code__
    for function in (helper, film, nested, curves["soft"]):
        recorded(function)
    assert len(floats) == 256 and film.table is floats and film.__class__ is Film
    assert {k: id(v) for k, v in before.items()} == {k: id(v) for k, v in globals().items()}
    assert (helper.__code__, helper.__code__.co_names) == (code, names)
    assert [cell.cell_contents for cell in nested.__closure__ or ()] == cells
    assert math.sqrt(4) == 2.0 and type(math.sqrt(2)) is float


REFUSED = [
    (lambda x: math.gamma(x + 1), "it calls math.gamma"),
    (lambda x: math.fsum([x, 1.0]), "needs a real number"),
    (lambda x: math.hypot(x, 1, 2), "needs a real number"),
    (lambda x: math.frexp(x)[0], "it calls math.frexp"),
    (lambda x: round(x, -1), "digits"),
    (lambda x: round(x, 23), "digits"),
    (lambda x: float(f"{x:.2f}"), "text"),
    (lambda x: {0.5: 1.0}.get(x, x), "key"),
    (lambda x: max(map(float, [x, 0.5])), "needs a real number"),
    (lambda x: np.interp(x, [0, 1, 0.5], [0, 1, 2]), "numpy.interp"),
    (lambda x: np.interp(x, [0, 1], [0, 1], period=1), "numpy.interp"),
    (lambda x: np.float32(x), "makes an array"),
    (lambda x: np.array(floats, np.float32)[int(x * 20)] + x, "numpy.float32"),
]


@pytest.mark.parametrize(("function", "why"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_refused_is_named_with_its_line(function, why):
    expression, reason = record(function)
    line = function.__code__.co_firstlineno
    assert expression is None and why in reason
    assert reason.startswith(f"test_stand_ins.py:{line}: ")


def test_the_line_is_where_the_recording_ends():
    def outer(x):
        y = x * 2
        return deep(y)

    def deep(y):
        return y + math.lgamma(y)

    line = deep.__code__.co_firstlineno + 1
    assert record(outer)[1] == f"test_stand_ins.py:{line}: it calls math.lgamma"
    assert record(str)[1] == "it turns the value into text"


def test_what_is_not_of_its_kind_raises_as_python_does():
    """Then there is no value, and the function is called."""
    for function in (
        lambda x: floats[x],
        lambda x: [1.0, 2.0][x],
        lambda x: range(x)[0],
        lambda x: floats[int(x) + 1000],
        lambda x: math.sqrt(x, x),
        lambda x: math.isclose(x, 1, rel_tol=-1),
        lambda x: float(x, 1),
    ):
        assert run(recorded(function), [0.5]) == [None]
        with pytest.raises((TypeError, IndexError, ValueError)):
            function(0.5)


def test_a_long_table_of_ints_and_floats_is_called():
    mixed = [0, *floats[1:]]
    expression = recorded(lambda x: mixed[int(x * 255)])
    assert run(expression, [0.0, 0.01, 0.9]) == [0.0, floats[2], None]


def test_sums_of_floats_and_ints():
    expression, why = record(lambda x: sum([x, 1, 0.1]))
    if sys.version_info >= (3, 12):
        assert expression is None and "sum() of floats" in why
    else:
        check_widely(lambda x: sum([x, 1, 0.1]))


class Shy:
    def __init__(self):
        self.gain = 2.0

    @property
    def __dict__(self):
        raise RuntimeError("shy")

    def __call__(self, x):
        return math.sqrt(x) * self.gain


def test_what_cannot_be_copied_is_called():
    assert "needs a real number" in record(Shy())[1]

    def deep(x, depth):
        return deep(x, depth - 1) if depth else math.sqrt(x)

    many = {f"f{i}": f"lambda x: f{i + 1}(x)" for i in range(300)}
    space = {"f300": math.sqrt}
    for name, text in many.items():
        space[name] = eval(text, space)
    assert record(space["f0"])[0] is None
    assert record(space["f250"])[0] is not None
    check_widely(lambda x: deep(x * x, 3))


def test_calls_alone_are_sent_to_stand_ins():
    """A name that is used otherwise, or is the script's own, keeps its meaning."""
    kinds = []

    def types(x):
        kinds.append((float, int, [float][0]))
        return float(x) if type(x + 0.0) is not str else 0.25

    check_widely(types)
    assert set(kinds) == {(float, int, float)}
    space = {"math": math}
    exec("def float(x): return 0.5\ndef f(x): return float(x) + math.sqrt(x * x)", space)
    check_widely(space["f"])


def test_a_kept_symbol_is_a_number_afterwards():
    kept = []
    record(lambda x: kept.append(x) or math.sqrt(x))
    old = kept[0]
    assert math.sqrt(old) == 0.5**0.5 and int(old) == 0 and symbol.is_symbol(old)
    with pytest.raises(TypeError):
        [1, 2][old]
