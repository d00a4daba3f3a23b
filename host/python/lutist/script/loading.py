"""Finding a script by name or path and running it in a module of its own."""

import os
import sys

from _lutist import ParameterError, data_folder

from ..pipeline import Pipeline
from ..surroundings import scripts
from . import regular
from .sibling_imports import Beside


def folders():
    """The folders of bare names: the user's scripts, then the bundled ones."""
    own = data_folder()
    return [*([os.path.join(own, "scripts")] if own else []), scripts()]


def load(spec):
    """The pipeline of a script.

    spec: a path ("film.py", "looks/film.py") or a name: of one of the user's scripts, of a bundled
        one ("exposure"), or of a look that an installed package has. ":FUNCTION" behind either
        chooses a pipeline of the script; without it load takes the one named develop, or the only
        one.
    The script runs in a module of its own; its imports look beside it first.
    Raises ParameterError where there is no such script, and whatever the script raises.

    >>> lutist.load("exposure").defaults
    {'exposure': 0.0, 'gamma': 1.0}
    """
    return load_noting(os.fsdecode(spec), {})


def load_noting(spec, files):
    """For the host: load(spec). `files` gets the files that the look depends on (Beside.files),
    also where the load fails."""
    place, function = _split(spec)
    path = _find(place)
    if path is None:
        pipeline = _find_installed(place, function)
    else:
        path = os.path.abspath(path)
        pipeline = _choose(_run(path, files), path, function)
    pipeline.noted = files
    if "presets" in pipeline.function.__globals__:
        from ..params.presets import written

        written(pipeline)  # checks them
    return pipeline


def names():
    """The names of files that load() knows without a path."""
    found = set()
    for folder in folders():
        if os.path.isdir(folder):
            found |= {n[:-3] for n in os.listdir(folder) if n.endswith(".py") and n[0] not in "._"}
    return sorted(found)


def _split(spec):
    place, colon, function = spec.rpartition(":")
    if colon and place and function.isidentifier() and not os.path.exists(spec):
        return place, function
    return spec, None


def _find(place):
    """The path of a script; None: no file has that name."""
    if os.sep in place or place.endswith(".py"):
        return place
    for folder in folders():
        path = os.path.join(folder, place + ".py")
        if os.path.isfile(path):
            return path
    return None


def _find_installed(place, function):
    """The pipeline that a package has under that name."""
    from difflib import get_close_matches

    from . import installed  # what it imports costs more than all of lutist

    entries, problems = installed.entries()
    if place in entries:
        return installed.load(entries[place], function)
    known = sorted({*names(), *entries})
    near = get_close_matches(place, known, 1)
    meant = f"; did you mean {near[0]}?" if near else ""
    hint = ""
    if os.path.isfile(place + ".py"):
        hint = f" (the file here? say {place}.py)"
    elif os.path.isfile(place):
        hint = f" (a file? say ./{place})"
    broken = "".join(f"; {problem}" for problem in problems)
    raise ParameterError(
        f"no script is named {place or repr(place)}{hint}; "
        f"there are: {', '.join(known) or 'none'}, or a path to one{broken}{meant}"
    )


def _run(path, files):
    beside = Beside(os.path.dirname(os.path.realpath(path)), files)
    name = f"__script_{path}__"
    earlier = sys.modules.get(name)
    _forget_lines()
    try:
        module = _run_module(path, name, beside)
        beside.settle()
        return module
    except BaseException:
        beside.withdraw()
        if earlier is None:
            sys.modules.pop(name, None)
        else:
            sys.modules[name] = earlier
        raise


def _run_module(path, name, beside):
    beside.note(path)
    try:
        source = regular.read(path)
    except OSError as error:
        meant = f"; did you mean {path}.py?" if os.path.isfile(path + ".py") else ""
        raise ParameterError(f"{path}: {error.strerror}{meant}") from None
    check_text(source, path)
    module = type(sys)(name)
    module.__file__ = path
    module.__builtins__ = beside.builtins
    sys.modules[name] = module  # dataclasses and pickle look it up
    exec(compile(source, path, "exec", dont_inherit=True), module.__dict__)
    return module


def _forget_lines():
    """Source lines that were kept for messages may be of files that were edited since."""
    lines = sys.modules.get("linecache")
    if lines is not None:
        lines.checkcache()


def check_text(source, path):
    """Raises ParameterError for a file with null bytes."""
    if b"\0" in source:
        raise ParameterError(f"{path}: not a Python script (it contains null bytes)")


def _choose(module, path, function):
    script = os.path.basename(path)
    if function is not None:
        found = getattr(module, function, None)
        if isinstance(found, Pipeline):
            return found
        raise ParameterError(f"{script}: no @pipeline function is named {function}")
    found = main_pipeline(vars(module), path)
    if found:
        return found
    own = _own(vars(module), path)
    if own:
        raise ParameterError(f"{script}: which one? add :NAME, one of {', '.join(own)}")
    raise ParameterError(f"{script}: no function is marked with @pipeline")


def main_pipeline(names, path):
    """The pipeline of a module, given by its names, that load() takes; None where it has none, or
    several and none is named develop."""
    own = _own(names, path)
    if "develop" in own:
        return own["develop"]
    return next(iter(own.values())) if len(own) == 1 else None


def _own(names, path):
    """The pipelines that this file itself defines."""
    found = names.items()
    return {n: value for n, value in found if isinstance(value, Pipeline) and value.path == path}
