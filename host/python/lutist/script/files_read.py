"""The files that a look reads, which no output may replace."""

from . import data
from .sibling_imports import owner_of


def stages_and_files(develop, settings):
    """The stages of a pipeline at these settings, and the paths of the files that it depends on:
    those that the call reads, its script, the modules beside it, and its parameters' files."""
    files = set()
    data.listeners.append(files)
    try:
        stages = develop.stages(**settings)
    finally:
        data.listeners[:] = [paths for paths in data.listeners if paths is not files]
    script = owner_of(develop.function)
    own = develop.path, *(script.lasting if script else ()), *develop.files_of(settings)
    return stages, [*files, *own]
