"""The looks of single files, for the engine of lutist.batch: see host/batch/hooks.h, choose."""

import itertools

from _lutist import ImageError, ParameterError

from ..script.files_read import stages_and_files
from ..values import short
from .info import PictureInfo

_REMEMBERED = 64  # looks that are known again


class Looks:
    """What `per_image` says of each file.

    options: the parameters of all files; files: those that the look of these reads; limits:
    PictureInfo's.
    """

    def __init__(self, develop, per_image, options, files, limits):
        self.develop, self.per_image, self.options = develop, per_image, options
        self.files, self.limits = set(files), limits
        self.free = itertools.count(1)  # 0 is the look of files that fail before they have one
        self.known = {}  # settings as text: number
        self.stages = {}  # number: [stages, files in work]

    def choose(self, path):
        """(number, stages, files, plain values, of the files those that neither the other looks
        read nor values name, depth); or the reason why the file fails, a text."""
        try:
            info = PictureInfo(path, *self.limits)
        except ImageError as error:
            return str(error)
        wanted = self._wanted(info)
        try:
            settings = self.develop.settings(**{**self.options, **wanted})
            stages, files = stages_and_files(self.develop, settings)
        except ParameterError as error:
            return f"{path}: {error}"
        number = self._number(repr(settings))
        more = {*files} - self.files - {*self.develop.files_of(settings)}
        self.stages.setdefault(number, [stages, 0])[1] += 1
        return number, stages, files, self.develop.row(settings), [*more], info.depth

    def _wanted(self, info):
        wanted = self.per_image(info)
        if wanted is None:
            return {}
        if not isinstance(wanted, dict):
            raise TypeError(
                f"per_image: {short(wanted)} for {info.path}: must be a dict of parameters",
            )
        return wanted

    def _number(self, words):
        if words not in self.known:
            self.known[words] = next(self.free)
            if len(self.known) > _REMEMBERED:
                del self.known[next(iter(self.known))]
        return self.known[words]

    def stages_of(self, number):
        """Of a look that a file in work has."""
        return self.stages[number][0]

    def done(self, number):
        """A file of that look has ended."""
        entry = self.stages.get(number)
        if entry:
            entry[1] -= 1
            if entry[1] <= 0:
                del self.stages[number]
