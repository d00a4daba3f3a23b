"""The image: exposure and gamma on every sample of an RGB picture, each way there is."""

import ctypes
import inspect
import random
import threading
from functools import partial

from ..measure import Missing, Wrong, measured
from ..row import Row
from .cpu_native import part
from .curve import EXPOSURE, GAIN, GAMMA, POWER, table
from .image_jit import JITS, taichi_gpu
from .numpy_rows import load

GROUP = "Image: exposure and gamma"
# The modes of develop.apply(image, mode=…), and how many threads the host's pool gets.
MODES = {"python": 1, "numpy": 1, "ctypes": 0, "single": 1, "parallel": 0, "opencl": 0}
SLOW = {"python": 20}  # modes that get one of so many parts of the picture
TUTORIAL = (  # its first version in C, and the one with a table
    ("tutorial-formula", "tutorial_formula", "formula"),
    ("tutorial", "tutorial_process", "table"),
)
PUBLISHED = "nearly 130 million samples on 4 logical cores: about 50 ms"


def samples_of(settings):
    width, height = settings["image"]
    return width * height * 3


def picture(settings):
    return random.Random(1).randbytes(samples_of(settings))


def flat_view(result):
    return memoryview(result).cast("B")


def check_against(pixels, flatten=flat_view):
    """A check on some thousands of samples: no result is further off than one step of 255."""
    step = max(1, len(pixels) // 5000) | 1
    wanted = pixels[::step].translate(table())

    def check(result):
        flat = flatten(result)
        if len(flat) != len(pixels):
            raise Wrong(f"wrong result: {len(flat)} samples, not {len(pixels)}")
        if any(abs(a - b) > 1 for a, b in zip(list(flat[::step]), wanted, strict=True)):
            raise Wrong("wrong result: samples differ by more than one step")

    return check


def mapped(make, settings, parts=1):
    """The row of make(pixels, settings): a function to measure, and one to flatten its result."""
    width, height = settings["image"]
    told = {**settings, "image": (width, height // parts)}
    pixels = picture(told)
    run, *flatten = make(pixels, told)
    run()  # not measured: threads and memory pools come into being
    row = measured(run, settings, check_against(pixels, *flatten))
    return whole(row, len(pixels), samples_of(settings))


def whole(row, measured_samples, samples):
    """The row of the picture from that of a part of it."""
    row = {**row, "samples": samples, "work": samples}
    if measured_samples < samples:
        scale = samples / measured_samples
        row.update(wall_s=row["wall_s"] * scale, cpu_s=row["cpu_s"] * scale, extrapolated=True)
        row["note"] = f"{measured_samples:,} samples measured, the whole extrapolated"
    return row


def python_formula(settings):
    """A part of the picture, extrapolated: the whole takes minutes."""
    total = samples_of(settings)
    count = min(total, settings["python_samples"])
    pixels = random.Random(1).randbytes(count)

    def run():
        return bytes([int(min((x / 255 * GAIN) ** POWER, 1.0) * 255 + 0.5) for x in pixels])

    return whole(measured(run, settings, check_against(pixels)), count, total)


def numpy_formula(pixels, _settings):
    np = load()
    one, top, half = np.float32(1), np.float32(255), np.float32(0.5)
    array = np.frombuffer(pixels, np.uint8)

    def run():
        value = (array / top * np.float32(GAIN)) ** np.float32(POWER)
        return (np.minimum(value, one) * top + half).astype(np.uint8)

    return (run,)


def numpy_table(pixels, _settings):
    np = load()
    array, levels = np.frombuffer(pixels, np.uint8), np.frombuffer(table(), np.uint8)
    return (lambda: levels[array],)


def pillow(pixels, settings):
    try:
        from PIL import Image
    except ImportError:
        hint = "pip install pillow in a venv, or apt-get install python3-pil"
        raise Missing(f"no package PIL; {hint}") from None
    image = Image.frombytes("RGB", tuple(settings["image"]), pixels)
    levels = list(table()) * 3
    return lambda: image.point(levels), Image.Image.tobytes


def tutorial(function, threaded, pixels, settings):
    """A copy, then a C function of the tutorial through ctypes on each channel of it."""
    process = getattr(ctypes.CDLL(str(part(settings, "stride.so"))), function)
    process.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_float, ctypes.c_float]

    def run():
        copy = bytearray(pixels)
        data = ctypes.addressof(ctypes.c_char.from_buffer(copy))
        threads = [
            threading.Thread(target=process, args=(data, len(copy), offset, GAIN, POWER))
            for offset in range(3)
        ]
        for thread in threads:
            thread.start() if threaded else thread.run()
        for thread in threads if threaded else ():
            thread.join()
        return copy

    return (run,)


def native(mode, pixels, settings):
    """lutist's own engine in one of its modes."""
    try:
        import lutist
    except ImportError:
        raise Missing("not inside lutist; run this job with: lutist run gil_lab.py") from None
    width, height = settings["image"]
    source = lutist.Image.from_buffer(memoryview(pixels).cast("B", (height, width, 3)))
    look = lutist.load("exposure")
    options = {"exposure": EXPOSURE, "gamma": GAMMA}
    if "mode" in inspect.signature(look.apply).parameters:
        options["mode"] = mode
    elif mode not in ("single", "parallel"):
        raise Missing(f"this lutist's apply() has no mode {mode!r}; a newer lutist has it")
    try:
        look.apply(lutist.Image.from_buffer(memoryview(bytes(1)).cast("B", (1, 1))), **options)
    except lutist.ModeError as error:
        raise Missing(str(error)) from None
    return (lambda: look.apply(source, **options),)


def rows(_cores):
    """In the order of the table."""

    def row(key, strategy, make, **more):
        work = partial(mapped, make)
        return Row(f"image-{key}", GROUP, strategy, work, origin="image-python", **more)

    yield Row(
        "image-python",
        GROUP,
        "Python formula, each sample",
        python_formula,
        origin="image-python",
    )
    yield row("numpy", "NumPy formula, float32", numpy_formula)
    yield row("numpy-table", "NumPy table[image]", numpy_table)
    yield row("pillow", "Pillow point()", pillow)
    for key, function, what in TUTORIAL:
        first = f"{key}-one"
        yield row(
            first,
            f"tutorial: {what}, ctypes in turn",
            partial(tutorial, function, False),
            copies=True,
        )
        yield row(
            key,
            f"tutorial: {what}, three ctypes threads",
            partial(tutorial, function, True),
            base=f"image-{first}",
            copies=True,
            published=PUBLISHED if key == "tutorial" else "",
        )
    for library, kernel in JITS.items():
        key = library.lower()
        yield row(f"{key}-one", f"{library}, one thread", partial(kernel, False))
        yield row(key, f"{library}, all cores", partial(kernel, True), base=f"image-{key}-one")
    yield row("taichi-gpu", "Taichi, GPU, with transfers", taichi_gpu, copies=True)
    for mode, threads in MODES.items():
        yield Row(
            f"image-lutist-{mode}",
            GROUP,
            f"lutist, mode {mode}",
            partial(mapped, partial(native, mode), parts=SLOW.get(mode, 1)),
            base="image-lutist-single" if mode == "parallel" else "",
            origin="image-python",
            threads=threads,
        )
