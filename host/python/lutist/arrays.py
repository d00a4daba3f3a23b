"""Pipeline.apply for NumPy arrays: an array in, an array out."""

import sys

import _lutist
from _lutist import Image

_DEPTHS = ("uint8", "uint16")


def is_array(value):
    """Is it a NumPy array? NumPy itself is not imported for that."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, numpy.ndarray)


def apply(stages, array, mode):
    """A new array: the stages over the pixels of this one.

    array: uint8 or uint16, shaped (height, width) or (height, width, channels). Raises ValueError
    for another.
    """
    numpy = sys.modules["numpy"]
    _check(array)
    made = _lutist.apply_array(stages, array, lambda shape: numpy.empty(shape, array.dtype), mode)
    if made is None:  # one of Python's modes, which map images
        image = _lutist.apply(stages, Image.from_buffer(array), mode)
        made = numpy.array(image).reshape(*image.shape[:2], -1)
        made = made[..., 0] if array.ndim == 2 and image.channels == 1 else made
    return made


def _check(array):
    if array.dtype not in _DEPTHS:
        hint = ""
        if array.dtype.kind == "f":
            hint = ": (array * 65535 + 0.5).clip(0, 65535).astype('uint16') makes it of 0 to 1"
        elif array.dtype.kind in "iub":
            hint = ": array.astype('uint8'), or 'uint16', if the values fit"
        raise ValueError(
            f"apply() takes arrays of uint8 or uint16, not of {array.dtype}{hint}",
        )
