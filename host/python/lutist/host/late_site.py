"""The module site, run by the first import that does not find its module.

Without a virtual environment Python starts without site: most scripts import no installed package,
and site costs as much as all of lutist.
"""

import sys
from _frozen_importlib_external import PathFinder
from _thread import RLock


class LateSite:
    """A finder that stands last in sys.meta_path."""

    def __init__(self):
        self.lock = RLock()  # site itself tries to import missing modules, such as sitecustomize
        self.begun = False

    def find_spec(self, name, path=None, target=None):
        """A spec, as importlib wants it. Only top-level modules can need the folders of site."""
        if path is not None:
            return None
        self.begin()
        return PathFinder.find_spec(name)

    def begin(self):
        """Run site, once."""
        with self.lock:
            if not self.begun:
                self.begun = True
                import site

                site.main()


def begin():
    """Run site now, where it has not run."""
    for finder in sys.meta_path:
        if isinstance(finder, LateSite):
            finder.begin()


def install():
    """Put it behind all other finders."""
    sys.meta_path.append(LateSite())
