"""NumPy arrays with the bits of the C library.

NumPy has functions of its own for the vector units of some processors, which differ from libm in
the last bit. lutist has libm's bits on every machine, so what it is compared with must have them.
"""

import math

import numpy as np

LIBM = {
    np.power: math.pow,
    np.exp: math.exp,
    np.log: math.log,
    np.log2: math.log2,
    np.log10: math.log10,
    np.tanh: math.tanh,
}


def unwrapped(value):
    return value.view(np.ndarray) if isinstance(value, LibmArray) else value


class LibmArray(np.ndarray):
    """An array whose powers, exponentials and logarithms, with those of all that is computed from
    it, are libm's. They are taken one by one: some 0.2 microseconds a value."""

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        plain = [unwrapped(x) for x in inputs]
        if "out" in options:
            options["out"] = tuple(unwrapped(x) for x in options["out"])
        if ufunc in LIBM and method == "__call__" and not options:
            result = np.asarray(np.frompyfunc(LIBM[ufunc], ufunc.nin, 1)(*plain), float)
        else:
            result = getattr(ufunc, method)(*plain, **options)
        return result.view(LibmArray) if isinstance(result, np.ndarray) else result

    def __array_function__(self, function, types, inputs, options):
        result = super().__array_function__(function, types, inputs, options)
        return result.view(LibmArray) if isinstance(result, np.ndarray) else result


def libm(array):
    """The array as one whose functions are libm's."""
    return np.asarray(array, float).view(LibmArray)
