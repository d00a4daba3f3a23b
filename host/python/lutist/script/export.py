"""Pipeline.export: a look as a file for other programs."""

import _lutist
from _lutist import Error, ParameterError

from ..checks import answer, whole, word
from .files_read import stages_and_files

# A pipeline's parameter of such a name would be ambiguous.
_TAKEN = ("size", "format", "overwrite")


class ExportReport:
    """The table that export() has written.

    kind: "1D", "3D" or "Hald". points: their number, in a 3D table and a Hald picture a side.
    depth: of a Hald picture 8 or 16, else 0. largest, mean: the difference of the table from the
    look, in steps of 8 bits (1 is 1/255); at: the colour of the largest, three integers from 0 to
    255.
    """

    __slots__ = ("at", "depth", "kind", "largest", "mean", "points")

    def __init__(self, kind, points, depth, largest, mean, at):
        self.kind, self.points, self.depth = kind, points, depth
        self.largest, self.mean, self.at = largest, mean, at

    def __repr__(self):
        return (
            f"<{self.kind} table of {self.points} points; error at most {self.largest:.3f} of 255, "
            f"in the mean {self.mean:.3f}>"
        )


def export(develop, path, size, format, overwrite, params):
    """The work of Pipeline.export, which has its contract."""
    wish = word("format", format), 0 if size is None else whole("size", size, 2, 65536)
    answer("overwrite", overwrite)
    clash = [name for name in develop.controls if name in _TAKEN]
    if clash:
        raise ParameterError(
            f"{develop.__name__}() has a parameter named {clash[0]}, as export has: rename it",
        )
    settings = develop.settings(**params)
    stages, files = stages_and_files(develop, settings)
    try:
        found = _lutist.export(
            develop,
            tuple(develop.controls[name].plain(settings[name]) for name in develop.shown),
            stages,
            path,
            wish,
            overwrite,
            files,
        )
    except Error as error:
        raise develop.with_settings(error, settings) from None
    except Exception as error:
        develop.note_settings(error, settings)
        raise
    return ExportReport(*found)
