"""The module site, run by the first import that does not find its module.

Python starts without it where no virtual environment asks for it: most scripts import nothing
that is installed, and site costs as much as all of lutist.
"""

import sys
from _frozen_importlib_external import PathFinder
from _thread import RLock


class LateSite:
    """A finder that stands last in sys.meta_path."""

    def __init__(self):
        self.lock = RLock()  # site may import what is not there, such as sitecustomize
        self.begun = False

    def find_spec(self, name, path=None, target=None):
        """As importlib has it. Only a module outside of packages can need the folders of site."""
        if path is not None:
            return None
        with self.lock:
            if not self.begun:
                self.begun = True
                import site

                site.main()
        return PathFinder.find_spec(name)


def install():
    """Let it find what the others do not."""
    sys.meta_path.append(LateSite())
