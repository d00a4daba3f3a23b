"""The finder of lutist's own modules: their compiled code lies in one file, the bundle.

host/python/make_bundle.py writes the bundle, host/python/module/py_bundle.c reads it and runs this
file from it, before lutist can be imported. A module has its file, its source lines and its folder
as any other.
"""

import sys
from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import SourceFileLoader
from _imp import _fix_co_filename
from marshal import loads


class BundledLoader(SourceFileLoader):
    """A loader whose code comes from the bundle."""

    def __init__(self, name, file, code):
        super().__init__(name, file)
        self.code = code

    def get_code(self, fullname):
        """The module's code, which names the installed file in tracebacks."""
        code = loads(self.code)
        _fix_co_filename(code, self.path)
        return code


class Bundle:
    """A finder for sys.meta_path. modules: by name, whether it is a package, and its code."""

    def __init__(self, folder, modules):
        self.folder, self.modules = folder, modules

    def find_spec(self, name, path=None, target=None):
        """A spec, as importlib wants it; None for a module of others."""
        found = self.modules.get(name)
        if found is None:
            return None
        is_package, code = found
        place = f"{self.folder}/{name.replace('.', '/')}"
        file = f"{place}/__init__.py" if is_package else f"{place}.py"
        loader = BundledLoader(name, file, code)
        spec = ModuleSpec(name, loader, origin=file, is_package=is_package)
        spec.has_location = True
        if is_package:
            spec.submodule_search_locations.append(place)
        return spec


def install(folder, modules):
    """Put the bundle before all other finders, so that no other lutist shadows it."""
    sys.meta_path.insert(0, Bundle(folder, modules))
