"""The process around this module: the program lutist, or an ordinary Python with the wheel.

| | in the program | in an ordinary Python |
|---|---|---|
| `_lutist` | a built-in module | a file, beside this package |
| this package | a bundle of compiled code (host/bundled.py) | a folder in site-packages |
| bundled looks | share/lutist/scripts | lutist/scripts in this package |
| the functions of host/ | called by the program | not called, but host/errors.py |

The C half's table is host/python/module/py_host.h.
"""

import os

import _lutist

HOSTED = not hasattr(_lutist, "__file__")

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def scripts():
    """The folder of the bundled looks."""
    if HOSTED:
        return os.path.normpath(os.path.join(_PACKAGE, "..", "..", "scripts"))
    return os.path.join(_PACKAGE, "scripts")


def library():
    """The path of the library that has the functions for ctypes; None: the program itself."""
    return None if HOSTED else _lutist.__file__
