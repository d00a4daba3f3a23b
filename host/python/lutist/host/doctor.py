"""The interpreter's lines in lutist doctor."""

import sys


def interpreter():
    """Lines "name: value"."""
    venv = sys.prefix if sys.prefix != sys.base_prefix else "none"
    return "\n".join(
        [
            f"python: {sys.version.split()[0]} ({sys._base_executable})",
            f"venv: {venv}",
            f"numpy: {_numpy()}",
        ],
    )


def _numpy():
    try:
        import numpy
    except Exception as error:
        return f"not found ({type(error).__name__}: {error})"
    return f"{numpy.__version__} ({numpy.__file__.rpartition('/')[0]})"
