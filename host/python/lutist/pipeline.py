"""@pipeline: a function whose signature declares the parameters and whose result is the stages."""

import os

import _lutist
from _lutist import Error, Image, ParameterError

from . import arrays, exception_notes
from .params.controls import FILE
from .params.signature import check_kind, controls_of, defaults_of

# Loaded before a thread of the script develops: CPython 3.11 can crash where a daemon thread
# imports while Python ends.
from .recording import record as record
from .script.files_read import stages_and_files
from .script.sibling_imports import stamp
from .stages import flatten


def pipeline(function):
    """Make a function of sliders into a look that the viewer, batch and Python can use.

    Every parameter carries a control (Slider, Choice, Toggle, File, Curve, Color) as its
    annotation (or in typing.Annotated) and has a default. The function returns one stage, a
    nested list of stages, or None for no change; it is a pure function of its parameters. A call
    that ends without a return statement raises TypeError.
    Raises TypeError and ValueError for a signature that lacks a control or a default.

    >>> @lutist.pipeline
    ... def darker(by: lutist.Slider(0, 4, unit="EV") = 1.0):
    ...     return lutist.tone(lambda x: x * 2**-by)
    >>> darker.controls, darker.defaults
    ({'by': Slider(0, 4, unit='EV')}, {'by': 1.0})
    >>> darker(by=0.5)
    <lutist tone stage>
    """
    return Pipeline(function)


class Pipeline:
    """A look and its parameters. A call checks the parameters and gives the stages."""

    def __init__(self, function):
        check_kind(function)
        self.function = function
        self.__name__ = function.__name__
        self.__doc__ = function.__doc__
        self.__module__ = function.__module__
        self.__wrapped__ = function
        self.path = function.__code__.co_filename
        self.script = self.path.rpartition("/")[2].removesuffix(".py")
        self.folder = os.path.dirname(os.path.realpath(self.path))
        defaults = defaults_of(function)
        self.controls = {
            name: control.for_default(defaults[name])
            for name, control in controls_of(function).items()
        }
        self.defaults = {
            name: self._checked_default(name, value) for name, value in defaults.items()
        }
        self.noted = {}  # the files of the look, for the host: as Beside.files
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
        except (OSError, ValueError) as error:
            self._blame_file(error, settings)
            raise
        if result is None:
            self._check_return()
        return result

    def _blame_file(self, error, settings):
        """An unreadable file that a File parameter names is an error of that parameter."""
        path = getattr(error, "filename", None)
        if not path or path not in self.files_of(settings):
            return
        name = next(n for n, value in settings.items() if value == path)
        told = f"{path}: {error.strerror}" if isinstance(error, OSError) else error
        raise ParameterError(f"{name}={told}") from error

    def _note_hidden_stage(self, error, settings):
        from .script.hidden_names import hidden_stage

        name = hidden_stage(error, self.function, settings)
        if name:
            error.args = (
                f"{error}: the parameter {name} hides {name}(): rename the parameter",
                *error.args[1:],
            )

    def _check_return(self):
        from .script.missing_return import comes_to_its_end  # most pipelines never give None

        if comes_to_its_end(self.function):
            self._raise_here(
                TypeError(
                    f"{self.__name__}() came to its end without a return: "
                    "return the stages, or None for no change",
                ),
            )

    def _flat(self, result):
        """The function's result as a flat list of stages. An error names the function's line."""
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
        """All parameters: these, checked, and the others' defaults. Raises ParameterError.

        >>> lutist.load("exposure").settings(gamma=1.5)
        {'exposure': 0.0, 'gamma': 1.5}
        """
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

    def row(self, settings):
        """For the host: the plain values in the order of describe(), None where there is none."""
        return tuple(
            self.controls[name].plain(settings[name]) if name in settings else None
            for name in self.shown
        )

    def stages_at(self, values):
        """For the host: values in the order of describe()."""
        return self._noting(dict(zip(self.shown, values, strict=True)))[0]

    def files_at(self, values):
        """For the host: the paths of the files that the look reads at these values, without those
        that values name."""
        settings = dict(zip(self.shown, values, strict=True))
        named = {*self.files_of(settings)}
        return [path for path in self._noting(settings)[1] if path not in named]

    def _noting(self, settings):
        stages, files = stages_and_files(self, settings)
        for path in files:
            if path not in self.noted:
                self.noted[path] = stamp(path)
        return stages, files

    def files_of(self, settings):
        """The paths that File parameters name."""
        paths = [settings[n] for n, control in self.controls.items() if control.kind == FILE]
        return [path for path in paths if path]

    def apply(self, image, /, *, mode=None, **params):
        """A new Image: this look at these parameters. The GIL is free meanwhile.

        image: an Image, or a NumPy array of uint8 or uint16 shaped (height, width) or (height,
            width, channels), 1 to 4 of them. An array gives a new array of its type, of the same
            shape unless gray becomes RGB. It is read where it is if its rows are whole, as those
            of a crop are; other threads must not write to it meanwhile.
        mode: how the pixels are mapped, one of lutist.MODES; None is the host's --mode, else
            parallel. The result is the same; python, numpy and ctypes are there for comparing,
            and hold the GIL as Python does.
        Raises ParameterError, TypeError (no Image, no stages), ValueError (an array of another
        type or shape), Error (a curve gave no number), ModeError (the mode cannot run here: numpy
        without NumPy, opencl without a device), and what a curve raises, with a note (in the
        message before Python 3.11) of its stage, its input and the parameters.

        >>> gray = lutist.Image.from_buffer(memoryview(bytes([0, 100, 200])).cast("B", (1, 3)))
        >>> memoryview(lutist.load("exposure").apply(gray, exposure=1)).tolist()
        [[0, 200, 255]]
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

    def export(self, path, /, *, size=None, format=None, overwrite=False, **params):
        """Write this look, at these parameters, as a table for other programs.

        path: a .cube file; or .png or .tif for a HaldCLUT picture. Its folder must exist.
        size: the points of the table. Of a 3D one those a side, 2 to 256; None is 33. Of a 1D one
            2 to 65536; None is 65536, which makes it exact at 8 and 16 bits. Of a Hald picture its
            level, 2 to 16; None is 8, which has 64 points a side.
        format: "cube" (1D for a look of tones alone, else 3D), "cube1d", "cube3d"; "png" and
            "tiff", of 16 bits, "png8" and "tiff8"; None is by the name.
        overwrite: replace an existing file, but none that the look reads.
        A .cube file keeps values outside 0 to 1, a Hald picture clamps them. The GIL is free while
        the file is written; it gets its name when it is complete.
        Returns an ExportReport: the file is read back, interpolated as its format says (straight
        lines, tetrahedra) and compared with the look. Raises ParameterError, ImageError for a file
        that cannot be written, and what apply raises for a look.
        """
        from .script.export import export

        return export(self, path, size, format, overwrite, params)

    @property
    def presets(self):
        """The script's presets and the user's own: a read-only mapping of names to parameters.

        develop(**develop.presets["Faded"]) gives the stages of one. Raises Error where the user's
        file is damaged, ValueError for a wrong preset of the script.
        """
        from .params.presets import presets

        return presets(self)

    def save_preset(self, name, /, *args, **params):
        """Keep these parameters, and the others' defaults, among the user's own presets.

        A preset of the user's that has the name is replaced; one of the script's stands back.
        Raises ParameterError; Error where the user's file is damaged (it is left as it is) or
        cannot be written.
        """
        from .params.presets import save

        save(self, name, self.settings(*args, **params))

    def delete_preset(self, name, /):
        """Remove one of the user's own presets. Raises ParameterError for an unknown one; Error."""
        from .params.presets import delete

        delete(self, name)

    def interact(self, image, /):
        """In a notebook: the controls as widgets, and a preview that follows them.

        image: an Image or an array, as for apply.
        The preview has at most 1024 pixels a side; develop.apply(image, **panel.settings) makes
        the same of the whole picture.
        Returns a widget, the panel.
        Raises Error where ipywidgets is not installed, TypeError for another image.
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
        words = self.__doc__ or self.function.__globals__.get("__doc__") or ""
        return _unindented(str(words)).encode(errors="replace").decode()

    def describe(self):
        """For the host: the parameters as plain tuples, those of a group as neighbours."""
        return [self.controls[name].describe(name, self.defaults[name]) for name in self.shown]


def _by_group(controls):
    """The names: those without a group first, then group by group, in order of appearance."""
    groups = ["", *(control.group for control in controls.values())]
    return sorted(controls, key=lambda name: groups.index(controls[name].group))


def _unindented(text):
    """As inspect.cleandoc, whose import costs more than lutist itself."""
    first, *rest = text.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    return "\n".join([first.lstrip(), *(line[margin:] for line in rest)]).strip("\n")


def _with(settings):
    return "with " + ", ".join(f"{name}={value}" for name, value in settings.items())
