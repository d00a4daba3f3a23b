"""Write the package's compiled code into one file: make_bundle.py FOLDER BUNDLE.

A start reads one file instead of finding and reading one a module (lutist/host/bundled.py).
"""

import marshal
import sys
from importlib.util import MAGIC_NUMBER
from pathlib import Path

FINDER = "lutist.host.bundled"


def name_of(path):
    """lutist/math.py -> lutist.math, lutist/host/__init__.py -> lutist.host"""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def modules(folder):
    """By name: is it a package, and its code."""
    found = {}
    for file in sorted(folder.glob("lutist/**/*.py")):
        path = file.relative_to(folder)
        code = compile(file.read_bytes(), str(path), "exec", dont_inherit=True)
        found[name_of(path)] = (path.name == "__init__.py", marshal.dumps(code))
    return found


def main(folder, bundle):
    found = modules(Path(folder))
    finder = marshal.loads(found[FINDER][1])
    Path(bundle).write_bytes(MAGIC_NUMBER + marshal.dumps((finder, found)))


if __name__ == "__main__":
    main(*sys.argv[1:])
