"""Named settings of a look: those that its script declares, and the user's own (preset_file.py).

A script declares them at module level, presets = {"Faded": {"exposure": 0.5}}; parameters that a
preset leaves out have their defaults. In a file of several pipelines they are those of the one
that load() takes without a name. One of the user's comes before the script's of the same name.
"""

from _collections_abc import Mapping
from types import MappingProxyType

from _lutist import Error, ParameterError

from ..script.loading import main_pipeline
from ..values import short
from .preset_file import Changed, Damaged, path_of, read

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
        wanted = 'must be a dict, such as presets = {"Faded": {"exposure": 0.5}}'
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
    from ..script.places import line_of_preset, raise_at

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
        raise ParameterError(f"{short(values)}: must be a dict of parameters")
    unknown = [name for name in values if name not in pipeline.controls]
    if unknown:
        known = ", ".join(pipeline.controls) or "none"
        raise ParameterError(f"there is no parameter {short(unknown[0])}, only: {known}")
    controls = pipeline.controls
    return {n: getattr(controls[n], check)(n, value, *more) for n, value in values.items()}


def _known(pipeline):
    """({name: (is it the user's, {parameter: value})}, damage of the user's file, {name: why a
    preset of the user's cannot be used})."""
    found = {name: (False, values) for name, values in written(pipeline).items()}
    wrong = {}
    path = path_of(pipeline)
    try:
        own = read(path).get(pipeline.__name__, {})
    except Damaged as damage:
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
    with Changed(path_of(pipeline), pipeline.__name__) as own:
        own[check_name(name)] = kept


def delete(pipeline, name):
    """Remove one of the user's own. Raises ParameterError where there is none, Error."""
    with Changed(path_of(pipeline), pipeline.__name__) as own:
        if name not in own:
            raise ParameterError(f"{pipeline.script}: no preset of yours is named {short(name)}")
        del own[name]


def rows(pipeline):
    """For the host: ([(name, is it the user's, plain values)], a problem or ""). Values are in the
    order of describe(), None for the default."""
    found, damage, wrong = _known(pipeline)
    listed = [(name, own, pipeline.row(values)) for name, (own, values) in found.items()]
    return listed, damage or next(iter(wrong.values()), "")


def row(pipeline, name):
    """For the host: the plain values of one preset, as rows() has them. Raises ParameterError."""
    return pipeline.row(values(pipeline, name))


def save_row(pipeline, name, row):
    """For the host: save() of values in the order of describe()."""
    save(pipeline, name, pipeline.settings(**dict(zip(pipeline.shown, row, strict=True))))
