"""lutist.open, and the methods of lutist.Image that need no C."""

from errno import EAGAIN
from io import RawIOBase

import _lutist
from _lutist import Image, ImageError, ParameterError

from .checks import answer, whole, word
from .coding import NAMES, packed

_MOST = 2**64 - 1


def open(file, *, max_pixels=0):
    """An image file as an Image, upright: its EXIF orientation has been applied.

    file: a path, or an object with read() that gives bytes, which is read to its end. Its
        content decides the format: JPEG, PNG, TIFF, and the others that `lutist doctor` lists.
    max_pixels: refuse a larger picture; 0 is the default, 268,435,456.
    Raises ImageError for a file that cannot be read, is damaged, too large or no image. A missing
    file also is a FileNotFoundError, a forbidden one a PermissionError.
    """
    max_pixels = whole("max_pixels", max_pixels, 0, _MOST)
    if not hasattr(file, "read"):
        return _lutist.open(file, max_pixels=max_pixels)
    data = file.read()
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(f"{_name(file)}: read() gives {type(data).__name__}, not bytes")
    return _lutist.decode(data, _name(file), max_pixels)


def _name(file):
    name = getattr(file, "name", None)
    return name if isinstance(name, str) else "the stream"


def save(image, /, file, *, format=None, overwrite=False, **options):
    """Image.save, with coding.NAMES for options."""
    format, overwrite = word("format", format), answer("overwrite", overwrite)
    unknown = options.keys() - NAMES
    if unknown:
        raise TypeError(f"save() got an unexpected keyword argument '{min(unknown)}'")
    coding = packed(options)
    if options.get("depth") == 16 and image.depth == 8:
        image = image.convert(16)
    if hasattr(file, "write"):
        _write(image, file, format, coding)
    else:
        image._saved(file, format, overwrite, coding)


def _write(image, file, format, coding):
    """Into an object with write()."""
    format = format or _name(file).rpartition(".")[2]
    if not format or format == _name(file):
        raise ParameterError(
            f"{_name(file)}: no extension that says which format to write: add format='png'",
        )
    left = memoryview(image._encoded(format, coding))
    while left:
        count = file.write(left)
        if count == 0 or (count is None and isinstance(file, RawIOBase)):  # it would block
            raise ImageError(EAGAIN, "takes no more bytes: use a blocking stream", _name(file))
        left = left[len(left) if count is None else count :]


def metadata(image):
    """The value of Image.metadata."""
    from types import MappingProxyType

    carried = image._carried()
    carried.pop("access", None)  # it describes the file, not the picture
    return MappingProxyType(carried)


def reduce(image, protocol):
    """For pickle."""
    from pickle import PickleBuffer

    view = memoryview(image)
    data = view if view.c_contiguous and protocol >= 5 else view.tobytes()
    data = PickleBuffer(data) if protocol >= 5 else data
    return restored, (data, view.shape, image.depth, image._carried())


def restored(data, shape, depth, carried):
    """The image that reduce() took apart."""
    flat = memoryview(data).cast("B")
    return Image.from_buffer(flat.cast("B" if depth == 8 else "H", shape), metadata=carried)
