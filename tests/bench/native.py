"""The C of the comparison, compiled when it is needed: the picture and the tutorial's loop."""

import ctypes
import functools
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOST = HERE.parents[1] / "host"
SOURCES = (HERE / "tutorial.c", HOST / "bench" / "bench_picture.c")


class ImageInfo(ctypes.Structure):
    """As in host/image/image.h."""

    _fields_ = tuple((name, ctypes.c_int) for name in ("width", "height", "channels", "depth"))


@functools.cache
def library():
    """Raises subprocess.CalledProcessError or FileNotFoundError (no compiler)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "native.so"
        command = ["cc", "-O2", "-shared", "-fPIC", f"-I{HOST}", *SOURCES, "-o", path, "-lm"]
        subprocess.run(command, check=True)
        native = ctypes.CDLL(str(path))
    native.bench_picture_fill.argtypes = [
        ctypes.c_void_p,
        ctypes.c_size_t,
        ImageInfo,
        ctypes.c_bool,
    ]
    native.bench_picture_fill.restype = None
    native.tutorial_process.argtypes = [
        ctypes.c_void_p,
        *[ctypes.c_int] * 2,
        *[ctypes.c_float] * 2,
    ]
    native.tutorial_process.restype = None
    return native


def fill_picture(samples):
    """Put the samples of `lutist bench kernels` into an array of rows, pixels and channels."""
    height, width, channels = samples.shape
    info = ImageInfo(width, height, channels, 8 * samples.itemsize)
    library().bench_picture_fill(samples.ctypes.data, samples.strides[0], info, False)
