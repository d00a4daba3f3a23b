"""Copies of a curve's function that find stand-ins where it would find math.sqrt or float.

C functions ask a number for its float, so a symbol passed to one ends the recording. A copy has
the same code, but globals, a closure and defaults of its own, in which stand_ins.FUNCTIONS,
tables.py's sequences and copies of the script's other functions and objects take the places of
the originals. Nothing that the script holds is changed, and other threads see nothing of it.

The copy gives the function's results if the function is pure: if it neither changes what is
around it, nor asks whether two functions, modules or sequences are the same object.
"""

import builtins
import os
import sys
from array import array
from functools import partial
from types import BuiltinFunctionType, CellType, FunctionType, MethodType, ModuleType

from . import tables
from .calls import renamed, renamed_name
from .record_cache import names_in
from .stand_ins import BUILTINS, FUNCTIONS

_MOST_COPIES = 200
_MOST_ITEMS = 256  # of a list or dict whose items are looked at
_STDLIB = os.path.dirname(os.__file__)
_SEQUENCES = (list, tuple, bytes, array)
_REAL_IMPORT = "__import__"


class _TooMuch(Exception):
    """It reaches too many functions."""


def rewritten(function):
    """The function's copy; None where none can be made."""
    try:
        return _Copies().of(function)
    except Exception:  # too much of it, or the script's own: an attribute may raise anything
        return None


class _Copies:
    """Originals and what stands in for them, each made once."""

    def __init__(self):
        self.made = {}  # by id: the original, so that it lives on, and its stand-in
        self.converted = set()  # names of globals, with the dict's id

    def of(self, value):
        """The stand-in for the value; the value itself if it needs none."""
        kind = type(value)
        if kind is BuiltinFunctionType:
            return FUNCTIONS.get(value, value)
        if id(value) in self.made:
            return self.made[id(value)][1]
        make = _MAKERS.get(kind)
        if make is None and _is_script_s_object(value):
            make = _Copies._object
        return make(self, value) if make else tables.stand_in(value)

    def keep(self, value, stand_in):
        """Note it before its parts are copied: they may lead back to it."""
        if len(self.made) > _MOST_COPIES:
            raise _TooMuch
        self.made[id(value)] = (value, stand_in)
        return stand_in

    def _function(self, function):
        if _is_foreign(function.__globals__.get("__name__"), function.__code__.co_filename):
            return function
        known = function.__globals__
        around = self._globals(known)
        called = {name for name in BUILTINS if name not in known}
        code = renamed(function.__code__, called)
        cells = tuple(map(self._cell, function.__closure__ or ()))
        copy = self.keep(function, FunctionType(code, around, function.__name__, None, cells))
        for name in names_in(function.__code__):
            if name in known and (id(known), name) not in self.converted:
                self.converted.add((id(known), name))
                around[name] = self.of(known[name])
        for cell, own in zip(function.__closure__ or (), cells, strict=True):
            self._fill(cell, own)
        copy.__defaults__ = function.__defaults__ and tuple(map(self.of, function.__defaults__))
        options = function.__kwdefaults__
        copy.__kwdefaults__ = options and {name: self.of(v) for name, v in options.items()}
        copy.__qualname__, copy.__module__ = function.__qualname__, function.__module__
        copy.__dict__.update(function.__dict__)
        return copy

    def _globals(self, known):
        if id(known) not in self.made:
            own = {**known, **{renamed_name(name): f for name, f in BUILTINS.items()}}
            own["__builtins__"] = {**vars(builtins), _REAL_IMPORT: self._import}
            self.keep(known, own)
        return self.made[id(known)][1]

    def _import(self, *words, **options):
        return self.of(builtins.__import__(*words, **options))

    def _cell(self, cell):
        if id(cell) in self.made:
            return self.made[id(cell)][1]
        return self.keep(cell, CellType())

    def _fill(self, cell, own):
        if (id(cell), "") in self.converted:
            return
        self.converted.add((id(cell), ""))
        try:
            value = cell.cell_contents
        except ValueError:  # a name that is not set yet
            return
        own.cell_contents = self.of(value)

    def _method(self, method):
        return MethodType(self.of(method.__func__), self.of(method.__self__))

    def _partial(self, made):
        options = {name: self.of(value) for name, value in made.keywords.items()}
        return partial(self.of(made.func), *map(self.of, made.args), **options)

    def _module(self, module):
        """Its attributes are looked at when they are used."""
        if module.__name__ not in ("math", "bisect") and _is_foreign(
            module.__name__,
            getattr(module, "__file__", None) or "",
        ):
            return module
        own = self.keep(module, ModuleType(module.__name__))
        own.__getattr__ = lambda name: self.of(getattr(module, name))
        return own

    def _sequence(self, value):
        own = tables.stand_in(value)
        if own is value and type(value) in (list, tuple) and len(value) <= _MOST_ITEMS:
            own = type(value)(map(self.of, value))
        return self.keep(value, own)

    def _dict(self, value):
        if len(value) > _MOST_ITEMS:
            return value
        own = self.keep(value, {})
        own.update((key, self.of(item)) for key, item in value.items())
        return own

    def _object(self, value):
        """An object of a class of the script, with copies of its methods."""
        kind = type(value)
        methods = {}
        for base in reversed(kind.__mro__[:-1]):
            methods.update(
                (n, self.of(f)) for n, f in vars(base).items() if type(f) is FunctionType
            )
        own = self.keep(value, object.__new__(type(kind.__name__, (kind,), methods)))
        own.__dict__.update((name, self.of(part)) for name, part in vars(value).items())
        return own


_MAKERS = {
    FunctionType: _Copies._function,
    MethodType: _Copies._method,
    ModuleType: _Copies._module,
    partial: _Copies._partial,
    dict: _Copies._dict,
    **dict.fromkeys(_SEQUENCES, _Copies._sequence),
}


def _is_foreign(name, file):
    """Python's own, NumPy's or lutist's: they work with symbols, or never will."""
    if str(name).partition(".")[0] in ("numpy", "lutist", "_lutist") or file.startswith("<frozen"):
        return True
    return not file or (file.startswith(_STDLIB) and "-packages" not in file)


def _is_script_s_object(value):
    """Is its class plain Python, and its state all in its __dict__?"""
    kind = type(value)
    if type(kind) is not type or kind.__new__ is not object.__new__:
        return False
    if not hasattr(value, "__dict__") or any("__slots__" in vars(b) for b in kind.__mro__):
        return False
    if "__init_subclass__" in {name for base in kind.__mro__[:-1] for name in vars(base)}:
        return False
    return not _is_foreign(kind.__module__, _file_of(kind.__module__))


def _file_of(name):
    return getattr(sys.modules.get(name), "__file__", None) or "<script>"
