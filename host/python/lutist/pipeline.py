"""@pipeline: a function whose signature declares the parameters and whose result is the stages."""

import os

import _lutist
from _lutist import Error, Image, ParameterError

from . import arrays, exception_notes
from .params import FILE, Control

# Loaded before a thread of the script develops: CPython 3.11 can crash where a daemon thread
# imports while Python ends.
from .recording import record as record
from .script.sibling_imports import owner_of
from .stages import flatten
from .values import short

# Flags of code objects under the names of the module inspect, whose import costs too much.
_VARIADIC = 0x04 | 0x08  # CO_VARARGS, CO_VARKEYWORDS
_SUSPENDED = 0x20 | 0x80 | 0x100 | 0x200  # generators and coroutines


def pipeline(function):
    """Make a function of sliders into a look that the viewer, batch and Python can use.

    Every parameter carries a control (Slider, Choice, Toggle, File, Curve, Color) as its
    annotation (or in typing.Annotated) and has a default. The function returns one stage, a
    nested list of stages, or None for no change; it is a pure function of its parameters. A call
    that ends without a return statement raises TypeError.
    Raises TypeError and ValueError for a signature that lacks a control or a default.
    """
    return Pipeline(function)


class Pipeline:
    """A look and its parameters. A call checks the parameters and gives the stages."""

    def __init__(self, function):
        _check_kind(function)
        self.function = function
        self.__name__ = function.__name__
        self.__doc__ = function.__doc__
        self.__module__ = function.__module__
        self.__wrapped__ = function
        self.path = function.__code__.co_filename
        self.script = self.path.rpartition("/")[2].removesuffix(".py")
        self.folder = os.path.dirname(os.path.realpath(self.path))
        defaults = _defaults(function)
        self.controls = {
            name: control.for_default(defaults[name])
            for name, control in _controls(function).items()
        }
        self.defaults = {
            name: self._checked_default(name, value) for name, value in defaults.items()
        }
        self.shown = _by_group(self.controls)  # the host's order

    def _checked_default(self, name, value):
        try:
            return self.controls[name].check_written(name, value, self.folder)
        except ParameterError as error:
            raise ValueError(f"{self.__name__}(): the default {error}") from None

    def __repr__(self):
        return f"<lutist pipeline {self.__name__} of {self.path}>"

    def __call__(self, /, *args, **params):
        """The stages for these parameters, as the function returns them.

        Raises ParameterError for an unknown name or a value out of range, TypeError where the
        function ends without a return statement.
        """
        return self._called(self.settings(*args, **params))

    def _called(self, settings):
        try:
            result = self.function(**settings)
        except TypeError as error:
            self._note_hidden_stage(error, settings)
            raise
        if result is None:
            self._check_return()
        return result

    def _note_hidden_stage(self, error, settings):
        from .script.hidden_names import hidden_stage

        name = hidden_stage(error, self.function, settings)
        if name:
            error.args = (
                f"{error}: the parameter {name} hides {name}(): rename the parameter",
                *error.args[1:],
            )

    def _check_return(self):
        from .missing_return import comes_to_its_end  # most pipelines never give None

        if comes_to_its_end(self.function):
            self._raise_here(
                TypeError(
                    f"{self.__name__}() came to its end without a return: "
                    "return the stages, or None for no change",
                ),
            )

    def _flat(self, result):
        """What the function returned, as a flat list. An error names the function's line."""
        try:
            return flatten(result, self.__name__)
        except (TypeError, ValueError) as error:
            wrong = error
        return self._raise_here(wrong)

    def _raise_here(self, error):
        from .script.places import line_of, raise_at

        builtins = self.function.__builtins__
        raise_at(self.path, line_of(self.function), self.__name__, builtins, error)

    def settings(self, /, *args, **params):
        """All parameters: these, checked, and the others' defaults. Raises ParameterError."""
        names = list(self.controls)
        if len(args) > len(names):
            raise ParameterError(
                f"{self.__name__}() takes {len(names)} parameters, not {len(args)}"
            )
        given = dict(zip(names, args, strict=False))
        for name, value in params.items():
            if name not in self.controls:
                known = ", ".join(names) or "none"
                raise ParameterError(f"{self.__name__}() has no parameter {name}; it has: {known}")
            if name in given:
                raise ParameterError(f"{self.__name__}() got {name} twice")
            given[name] = value
        checked = {name: self.controls[name].check(name, value) for name, value in given.items()}
        return {**self.defaults, **checked}

    def stages(self, /, *args, **params):
        """The stages of a call, as the flat list that the host reads."""
        return self._flat(self(*args, **params))

    def stages_at(self, values):
        """For the host: values in the order of describe()."""
        settings = dict(zip(self.shown, values, strict=True))
        self._note_files(settings)
        return self.stages(**settings)

    def _note_files(self, settings):
        """The look depends on the files that its parameters name."""
        paths = [settings[n] for n, control in self.controls.items() if control.kind == FILE]
        script = owner_of(self.function)
        for path in paths:
            if path and script:
                script.note(path)

    def apply(self, image, /, *, mode=None, **params):
        """A new Image: this look at these parameters. The GIL is free meanwhile.

        image: an Image, or a NumPy array of uint8 or uint16 shaped (height, width) or (height,
        width, channels), 1 to 4 of them. An array gives a new array of its type, of the same shape
        unless gray becomes RGB. It is read where it is if its rows are whole, as those of a crop
        are; other threads must not write to it meanwhile.
        mode: how the pixels are mapped, one of lutist.MODES; None is the host's --mode, else
        parallel. The result is the same; python, numpy and ctypes are there for comparing, and
        hold the GIL as Python does.
        Raises ParameterError, TypeError (no Image, no stages), ValueError (an array of another
        type or shape), Error (a curve gave no number),
        ModeError (the mode cannot run here: numpy without NumPy), and what a curve raises, with
        a note (in the message before Python 3.11) of its stage, its input and the parameters.
        """
        if "mode" in self.controls:
            raise ParameterError(
                f"{self.__name__}() has a parameter named mode, as apply has: rename it",
            )
        settings = self.settings(**params)
        stages = self._flat(self._called(settings))
        try:
            if type(image) is not Image and arrays.is_array(image):
                return arrays.apply(stages, image, mode)
            return _lutist.apply(stages, image, mode)
        except Error as error:
            raise self.with_settings(error, settings) from None
        except Exception as error:
            self.note_settings(error, settings)
            raise

    @property
    def presets(self):
        """The script's presets and the user's own: a read-only mapping of names to parameters.

        develop(**develop.presets["Faded"]) gives the stages of one. Raises Error where the user's
        file is damaged, ValueError for a wrong preset of the script.
        """
        from .presets import presets

        return presets(self)

    def save_preset(self, name, /, *args, **params):
        """Keep these parameters, and the others' defaults, among the user's own presets.

        A preset of the user's that has the name is replaced; one of the script's stands back.
        Raises ParameterError; Error where the user's file is damaged (it is left as it is) or
        cannot be written.
        """
        from .presets import save

        save(self, name, self.settings(*args, **params))

    def delete_preset(self, name, /):
        """Remove one of the user's own presets. Raises ParameterError for an unknown one; Error."""
        from .presets import delete

        delete(self, name)

    def interact(self, image, /):
        """In a notebook: the controls as widgets, and a preview that follows them.

        image: an Image or an array, as for apply. The preview has at most 1024 pixels a side; of
        the whole picture develop.apply(image, **panel.settings) makes the same.
        Returns a widget, the panel. Raises Error where ipywidgets is not installed, TypeError for
        another image.
        """
        from .notebook.panel import Panel

        return Panel(self, image)

    def with_settings(self, error, settings):
        """The same error with the parameters in its text."""
        if type(error) is not Error or not settings:
            return error
        return Error(f"{error}; {_with(settings)}")

    def note_settings(self, error, settings):
        """Note the parameters on an exception that a curve has raised."""
        if settings and exception_notes.names_stage(error):
            exception_notes.add(error, _with(settings))

    def words(self):
        """For the host: the function's docstring, or its file's, without indentation."""
        from inspect import cleandoc  # its import costs more than lutist itself

        words = self.__doc__ or self.function.__globals__.get("__doc__") or ""
        return cleandoc(str(words)).encode(errors="replace").decode()

    def describe(self):
        """For the host: the parameters as plain tuples, those of a group as neighbours."""
        return [self.controls[name].describe(name, self.defaults[name]) for name in self.shown]


def _by_group(controls):
    """The names: those without a group first, then group by group, in order of appearance."""
    groups = ["", *(control.group for control in controls.values())]
    return sorted(controls, key=lambda name: groups.index(controls[name].group))


def _with(settings):
    return "with " + ", ".join(f"{name}={value}" for name, value in settings.items())


def _check_kind(function):
    if not hasattr(function, "__code__"):
        raise TypeError(f"@pipeline stands before a function, not {short(function)}")
    if function.__code__.co_flags & _SUSPENDED:
        raise TypeError(
            f"{function.__name__}(): a pipeline returns its stages: no async def, and no yield",
        )


def _names(function):
    code = function.__code__
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


def _defaults(function):
    names = _names(function)
    positional = function.__code__.co_argcount
    values = function.__defaults__ or ()
    found = dict(zip(names[positional - len(values) : positional], values, strict=True))
    found.update(function.__kwdefaults__ or {})
    missing = [name for name in names if name not in found]
    if missing:
        raise TypeError(f"{function.__name__}(): {missing[0]} needs a default value")
    return {name: found[name] for name in names}


def _controls(function):
    if function.__code__.co_flags & _VARIADIC:
        raise TypeError(f"{function.__name__}(): a pipeline has no * or ** parameters")
    if function.__code__.co_posonlyargcount:
        raise TypeError(f"{function.__name__}(): parameters are given by name: leave out the /")
    return {name: _control(function, name) for name in _names(function)}


def _control(function, name):
    annotation = function.__annotations__.get(name)
    if isinstance(annotation, str):  # from __future__ import annotations
        annotation = eval(annotation, function.__globals__)
    for found in (annotation, *getattr(annotation, "__metadata__", ())):
        if isinstance(found, type) and issubclass(found, Control):
            found = found()
        if isinstance(found, Control):
            return found
    raise TypeError(
        f"{function.__name__}(): {name} needs a control, "
        f"as in {name}: Slider(0, 1) = 0.5 (or Choice, Toggle, File, Curve, Color)",
    )
