"""The imports of a script: its own folder comes first, whatever was loaded before.

Two scripts in different folders may each have a helper.py. So a script keeps the modules beside
it, and all its import statements, later ones and those of other threads too, look there first.
An import statement calls __import__ of the builtins of its code: the script and its own modules
get builtins with the __import__ below.

sys.modules has them, too, where the name is free: pickle, dataclasses and importlib.reload look
there.
"""

import _imp
import builtins
import os
import sys

# Parts of importlib: the import of its own modules costs as much as all of lutist.
from _frozen_importlib import _lock_unlock_module, _ModuleLockManager, module_from_spec
from _frozen_importlib_external import PathFinder


class Beside:
    """The modules beside one loaded script, and the files that its look depends on.

    files: by absolute path, the stamp of each when it was read, or None where it was missing.
    lasting: of these, those that no call chooses: noted while the script was loaded, and modules.
    """

    def __init__(self, folder, files):
        self.folder = folder
        self.files = files
        self.lasting = set()
        self.modules = {}  # by name
        self.tables = None  # of cube() in this script, kept by lutist.cubes
        self.builtins = {**vars(builtins), "__import__": self.find}
        self.earlier = self._forget()  # until the load has ended
        if folder not in sys.path:  # for importlib.import_module and for worker processes
            sys.path.append(folder)

    def find(self, name, globals=None, locals=None, fromlist=(), level=0):
        """The same as builtins.__import__."""
        full = _absolute(name, level, globals) if level else name
        top = full.partition(".")[0]
        if self._has(top):
            return self._find_own(full, top, fromlist, level)
        try:
            return builtins.__import__(name, globals, locals, fromlist, level)
        except ModuleNotFoundError:
            self._note_missing(top)
            raise

    def note(self, path):
        """The look depends on this file, as it is now."""
        if path not in self.files:
            self.files[path] = stamp(path)

    def _note_module(self, path):
        self.note(path)
        self.lasting.add(path)

    def _note_missing(self, top):
        """A module of this name would be found here if its file were written."""
        if top:
            self.note(os.path.join(self.folder, f"{top}.py"))

    def withdraw(self):
        """The load has failed: sys.modules gets the modules of the load before back."""
        self._forget()
        sys.modules.update(self.earlier)
        self.settle()

    def settle(self):
        """The load has ended."""
        self.lasting.update(self.files)
        self.earlier = {}

    def _find_own(self, full, top, fromlist, level):
        module = self._load(full)
        if not fromlist:
            return module if level else self.modules[top]
        for part in fromlist:
            self._load_part(module, part)
        return module

    def _has(self, top):
        return top in self.modules or self._spec(top) is not None

    def _spec(self, top):
        """The spec of a module in the folder that precedes its namesakes; None: there is none."""
        if top in sys.builtin_module_names or top == "lutist" or _imp.is_frozen(top):
            return None
        spec = PathFinder.find_spec(top, [self.folder])
        if spec is None or (spec.origin and "-packages" + os.sep in spec.origin):
            return None
        other = getattr(sys.modules.get(top), "__spec__", None)
        if spec.origin is None:  # a folder of that name: only where there is no real module
            other = other or PathFinder.find_spec(top)
            return spec if other is None or other.origin is None else None
        # The job itself has imported it from here: share its module.
        if other and not _is_ours(other) and other.origin == spec.origin:
            self._note_module(spec.origin)
            return None
        return spec

    def _load(self, name):
        """The module, loaded once. Each has a lock of its own, for threads that load it at the same
        time. It is one of importlib's locks, which find deadlocks across all imports.
        """
        lock = f"{name} of {id(self)}"
        module = self.modules.get(name)
        if module is not None and _is_unfinished(module):
            _lock_unlock_module(lock)  # a circle gets the unfinished module
            module = self.modules.get(name)
        if module is not None:
            return module
        parent = name.rpartition(".")[0]
        package = self._load(parent) if parent else None  # without the lock: it may import `name`
        with _ModuleLockManager(lock):
            if name not in self.modules:
                self._load_new(name, package)
            return self.modules[name]

    def _load_new(self, name, package):
        """With the module's lock held. package: the module around it, or None."""
        spec = self._spec_in(package, name) if package else self._spec(name)
        if spec is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        module = self._run(name, spec)
        if package:
            setattr(package, name.rpartition(".")[2], module)

    def _spec_in(self, package, name):
        if not hasattr(package, "__path__"):
            text = f"No module named {name!r}; {package.__name__!r} is not a package"
            raise ModuleNotFoundError(text, name=name)
        return PathFinder.find_spec(name, package.__path__)

    def _run(self, name, spec):
        module = module_from_spec(spec)
        module.__builtins__ = self.builtins
        spec.loader_state = self
        spec._initializing = True  # as importlib has it, whose messages know of it
        self.modules[name] = module
        if spec.origin:
            self._note_module(spec.origin)
        known = getattr(sys.modules.get(name), "__spec__", None)
        if name not in sys.modules or _is_ours(known):
            sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del self.modules[name]
            if sys.modules.get(name) is module:
                del sys.modules[name]
            raise
        finally:
            spec._initializing = False
        return module

    def _load_part(self, package, part):
        """`from package import part`, where that is a module which was not imported yet."""
        if part == "*":
            for other in getattr(package, "__all__", ()):
                self._load_part(package, other)
        elif hasattr(package, "__path__") and not hasattr(package, part):
            name = f"{package.__name__}.{part}"
            try:
                self._load(name)
            except ModuleNotFoundError as error:
                if error.name != name:
                    raise

    def _forget(self):
        """Drop the modules of an earlier load from sys.modules, so that a reload sees edits.
        Returns them by name.
        """
        dropped = {}
        for name, module in list(sys.modules.items()):
            spec = getattr(module, "__spec__", None)
            if _is_ours(spec) and spec.loader_state.folder == self.folder:
                dropped[name] = sys.modules.pop(name)
        return dropped


def owner(frame):
    """The Beside of the script whose code runs in this frame or called it; None: no script's."""
    while frame is not None:
        beside = own(frame)
        if beside:
            return beside
        frame = frame.f_back
    return None


def own(frame):
    """The Beside of the script to which the code of this frame belongs; None: to no script."""
    return _beside(frame.f_builtins)


def owner_of(function):
    """The Beside of the script that has defined a function; None: no script has."""
    return _beside(function.__builtins__)


def _beside(builtins):
    beside = getattr(builtins.get("__import__"), "__self__", None)
    return beside if isinstance(beside, Beside) else None


def stamp(path):
    """The numbers of host/base/watch/watch_files.h, which differ between two states of a file."""
    try:
        info = os.stat(path)
    except (OSError, ValueError):
        return None
    return info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns


def _absolute(name, level, globals):
    from importlib.util import resolve_name

    return resolve_name("." * level + name, (globals or {}).get("__package__"))


def _is_ours(spec):
    return isinstance(getattr(spec, "loader_state", None), Beside)


def _is_unfinished(module):
    return getattr(getattr(module, "__spec__", None), "_initializing", False)
