"""Looks that pip has installed: the entry points of the group lutist.looks.

A package declares them in its pyproject.toml:

    [project.entry-points."lutist.looks"]
    portrait = "acme_looks.portrait"            # a module, as a script would be
    portrait-soft = "acme_looks.portrait:soft"  # or one of its pipelines
"""

import sys
from importlib.metadata import distributions

from _lutist import Error, ParameterError

from ..host.errors import place, summary
from ..pipeline import Pipeline
from ..surroundings import HOSTED

GROUP = "lutist.looks"


def entries():
    """({name: entry point}, [a line for each package whose entry points cannot be read]). Where
    two have a name, the first on sys.path counts, as for an import."""
    if HOSTED:
        from ..host.late_site import begin

        begin()  # it knows where packages are
    found, problems = {}, []
    for package in distributions():
        try:
            for entry in package.entry_points:
                if entry.group == GROUP:
                    found.setdefault(entry.name, entry)
        except Exception as error:
            problems.append(f"the installed package {_name(package)}: {summary(error)}")
    return found, problems


def _name(package):
    try:
        return package.metadata["Name"]
    except Exception:
        return getattr(package, "_path", package)


def load(entry, function):
    """The pipeline of an entry point; `function` names one of its module, None takes its own.

    Its script is the entry point's name. Raises Error, one line, for a package that is broken.
    """
    label = f"the installed look {entry.name} ({entry.value})"
    try:
        found = entry.load()
        if function is not None:
            found = getattr(sys.modules[entry.module], function, None)
    except Exception as error:
        where = place(error)
        raise Error(f"{label}: {summary(error)}{where and f' ({where})'}") from None
    pipeline = found if isinstance(found, Pipeline) else _of_module(found)
    if pipeline is None and function is not None:
        raise ParameterError(f"{label}: no @pipeline function is named {function}")
    if pipeline is None:
        raise Error(f"{label}: it is neither a pipeline nor a module with one")
    pipeline.script = entry.name
    return pipeline


def _of_module(found):
    """develop, or the only pipeline that the module has."""
    names = getattr(found, "__dict__", {})
    if isinstance(names.get("develop"), Pipeline):
        return names["develop"]
    every = [value for value in names.values() if isinstance(value, Pipeline)]
    return every[0] if len(every) == 1 else None
