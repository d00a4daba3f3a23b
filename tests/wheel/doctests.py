"""Run the examples of the docstrings of every module of lutist that an ordinary Python has."""

import doctest
import importlib
import pkgutil
import sys

import lutist

# The program's own, looks, and what needs packages that may not be here.
OTHERS = (
    "lutist.host",
    "lutist.scripts",
    "lutist.dask",
    "lutist.notebook",
    "lutist.modes",
    "lutist.recording.numpy",
)


def modules():
    yield lutist
    for found in pkgutil.walk_packages(lutist.__path__, "lutist.", onerror=lambda name: None):
        if not found.name.startswith(OTHERS):
            yield importlib.import_module(found.name)


def main():
    names = {"lutist": lutist}
    results = [doctest.testmod(module, extraglobs=names) for module in modules()]
    failed, tried = (sum(counts) for counts in zip(*results, strict=True))
    print(f"{tried} examples of docstrings, {failed} failed")
    return failed > 0 or tried < 20


if __name__ == "__main__":
    sys.exit(main())
