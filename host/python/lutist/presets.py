"""Named settings of a look: those that its script declares, and the user's own in a JSON file.

A script declares them at module level, presets = {"Faded": {"exposure": 0.5}}; parameters that a
preset leaves out have their defaults. In a file of several pipelines they are those of the one
that load() takes without a name. The user's own lie in lutist/presets/SCRIPT.json of the data
folder (XDG_DATA_HOME), by function and name, and come before the script's of the same name.
"""

import os
from _collections_abc import Mapping
from types import MappingProxyType

from _lutist import Error, ParameterError

from .script.loading import data_folder, main_pipeline
from .values import short

LONGEST = 64  # characters of a name


def presets(pipeline):
    """All of a pipeline: a read-only mapping of names to mappings of parameters.

    A preset of the user's that the look no longer has the parameters for is left out. Raises Error
    where the user's file is damaged, ValueError for a wrong preset of the script.
    """
    found, damage, _ = _known(pipeline)
    if damage:
        raise Error(damage)
    return MappingProxyType({name: MappingProxyType(values) for name, (_, values) in found.items()})


def written(pipeline):
    """The script's presets, checked. Raises ValueError naming a wrong one."""
    home = pipeline.function.__globals__
    given = home.get("presets")
    if given is None or main_pipeline(home, pipeline.path) is not pipeline:
        return {}
    if not isinstance(given, Mapping):
        wanted = 'a dict is wanted, as in presets = {"Faded": {"exposure": 0.5}}'
        _raise_in(pipeline, None, TypeError(f"presets = {short(given)}: {wanted}"))
    found = {}
    for name, values in given.items():
        try:
            found[check_name(name)] = _checked(pipeline, values, "check_written", pipeline.folder)
            continue
        except ParameterError as error:
            wrong = ValueError(f"the preset {short(name)}: {error}")
        _raise_in(pipeline, name, wrong)
    return found


def _raise_in(pipeline, name, error):
    """Raise the error where the script has the preset of that name, or all of them."""
    from .script.places import line_of_preset, raise_at

    line = line_of_preset(pipeline.path, name)
    if line is None:
        raise error
    raise_at(pipeline.path, line, "<module>", pipeline.function.__builtins__, error)


def check_name(name):
    """The name, if it can be one: text of 1 to 64 characters. Raises ParameterError."""
    if not isinstance(name, str) or not name.strip():
        raise ParameterError(f"{short(name)}: a preset's name is text")
    if not name.isprintable() or name != name.strip() or len(name) > LONGEST:
        raise ParameterError(
            f"{short(name)}: a preset's name is one printable line of up to {LONGEST} characters, "
            "without blanks around it",
        )
    return name


def _checked(pipeline, values, check, *more):
    if not isinstance(values, Mapping):
        raise ParameterError(f"{short(values)}: a dict of parameters is wanted")
    unknown = [name for name in values if name not in pipeline.controls]
    if unknown:
        known = ", ".join(pipeline.controls) or "none"
        raise ParameterError(f"there is no parameter {short(unknown[0])}, only: {known}")
    controls = pipeline.controls
    return {n: getattr(controls[n], check)(n, value, *more) for n, value in values.items()}


# The user's own.


def own_path(pipeline):
    """Where the user's presets of this script lie."""
    return os.path.join(data_folder(), "presets", pipeline.script + ".json")


class _Damaged(Exception):
    pass


def _read(path):
    """{function: {name: {parameter: value}}}. Raises _Damaged."""
    if not os.path.lexists(path):
        return {}
    try:
        if not os.path.isfile(path):
            raise ValueError("not a regular file")
        with open(path, "rb") as file:
            return _all_of(file.read())
    except OSError as error:
        raise _Damaged(f"{path}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise _Damaged(
            f"{path} is no file of presets ({error}): mend it, or move it away"
        ) from None


def _all_of(text):
    from json import loads  # most looks have no presets

    found = loads(text)
    found = found.get("presets") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not all(isinstance(v, dict) for v in found.values()):
        raise ValueError('"presets" is missing')
    return found


def _known(pipeline):
    """({name: (is it the user's, {parameter: value})}, damage of the user's file, {name: why a
    preset of the user's cannot be used})."""
    found = {name: (False, values) for name, values in written(pipeline).items()}
    wrong = {}
    path = own_path(pipeline)
    try:
        own = _read(path).get(pipeline.__name__, {})
    except _Damaged as damage:
        return found, str(damage), {}
    for name, values in own.items():
        try:
            found[check_name(name)] = (True, _checked(pipeline, values, "check_kept"))
        except ParameterError as error:
            wrong[name] = f"{path}: the preset {short(name)}: {error}"
    return found, "", wrong


def values(pipeline, name):
    """{parameter: value} of a preset; case counts only where it decides. Raises ParameterError."""
    found, damage, wrong = _known(pipeline)
    if name in wrong:
        raise ParameterError(wrong[name])
    like = [n for n in found if n.casefold() == name.casefold()]
    if name in found or len(like) == 1:
        return found[name if name in found else like[0]][1]
    if damage:
        raise ParameterError(f"no preset {short(name)}: {damage}")
    raise ParameterError(_unknown(pipeline, name, found))


def _unknown(pipeline, name, found):
    from difflib import get_close_matches

    near = get_close_matches(name, found, 1)
    known = f"only: {', '.join(found)}" if found else "nor any other"
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"{pipeline.script} has no preset {name!r}, {known}{hint}"


def save(pipeline, name, settings):
    """Keep all parameters under a name among the user's own. Raises ParameterError, Error."""
    kept = {n: pipeline.controls[n].plain(value) for n, value in settings.items()}
    with _changed(pipeline) as own:
        own[check_name(name)] = kept


def delete(pipeline, name):
    """Remove one of the user's own. Raises ParameterError where there is none, Error."""
    with _changed(pipeline) as own:
        if name not in own:
            raise ParameterError(f"{pipeline.script}: no preset of yours is named {short(name)}")
        del own[name]


class _changed:
    """The user's presets of a pipeline, to be changed: read and written under a lock."""

    def __init__(self, pipeline):
        self.pipeline = pipeline
        self.path = own_path(pipeline)

    def __enter__(self):
        folder = os.path.dirname(self.path)
        try:
            os.makedirs(folder, exist_ok=True)
            self.folder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            raise Error(f"{folder}: {error.strerror}") from None
        try:
            return self._begin()
        except BaseException:
            os.close(self.folder)
            raise

    def _begin(self):
        from fcntl import LOCK_EX, flock

        try:
            flock(self.folder, LOCK_EX)
            self.all = _read(self.path)
        except OSError as error:
            raise Error(f"{self.path}: {error.strerror}") from None
        except _Damaged as damage:
            raise Error(str(damage)) from None
        return self.all.setdefault(self.pipeline.__name__, {})

    def __exit__(self, kind, error, trace):
        try:
            if kind is None:
                self._write()
        except OSError as failure:
            raise Error(f"{self.path}: {failure.strerror}") from None
        finally:
            os.close(self.folder)

    def _write(self):
        """To a temporary name, which is renamed when it is on the disk."""
        from json import dumps

        text = dumps({"presets": self.all}, indent=2) + "\n"
        new = f"{self.path}.{os.getpid()}.new"
        try:
            with open(new, "x", encoding="ascii") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(new, self.path)
            os.fsync(self.folder)
        except OSError:
            if os.path.lexists(new):
                os.unlink(new)
            raise


# For the host, which has parameters in the order of describe().


def rows(pipeline):
    """([(name, is it the user's, plain values or None for the default)], a problem or "")."""
    found, damage, wrong = _known(pipeline)
    listed = [(name, own, _row(pipeline, values)) for name, (own, values) in found.items()]
    return listed, damage or next(iter(wrong.values()), "")


def row(pipeline, name):
    """The plain values of one preset, None for the default. Raises ParameterError."""
    return _row(pipeline, values(pipeline, name))


def _row(pipeline, given):
    controls = pipeline.controls
    return tuple(controls[n].plain(given[n]) if n in given else None for n in pipeline.shown)


def save_row(pipeline, name, row):
    """save() of values in the host's order."""
    save(pipeline, name, pipeline.settings(**dict(zip(pipeline.shown, row, strict=True))))
