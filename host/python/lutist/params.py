"""The controls that a pipeline's signature declares: Slider, Choice, Toggle."""

from math import inf

from _lutist import ParameterError

from .values import is_answer, is_number, is_whole, real, short

# The numbers of ParamKind in host/pipe/param.h.
SLIDER, CHOICE, TOGGLE = range(3)


class Slider:
    """A number between lo and hi (both included).

    lo, hi: finite numbers. The value is an integer where they, the step and the parameter's
        default are integers (2, not 2.0); then a fraction is an error.
    step: the distance of one key press, above 0; None lets the host choose, which takes 1 for
        integers.
    unit: shown after the value, for example "EV" or "%".
    log: equal distances on the slider are equal ratios; lo must be above 0.
    Raises ValueError for a range that is empty, not finite, or does not fit step or log;
    TypeError for a value of another type.
    """

    def __init__(self, lo, hi, *, step=None, unit="", log=False):
        shown = f"Slider({short(lo)}, {short(hi)}"
        for value in (lo, hi) if step is None else (lo, hi, step):
            real(value, f"{shown}, …)")
        if not lo < hi:
            raise ValueError(f"{shown}): lo must be below hi")
        if step is not None and not 0 < step <= hi - lo:
            raise ValueError(f"{shown}, step={step!r}): a step is above 0 and fits")
        if not is_answer(log):
            raise TypeError(f"{shown}, log={short(log)}): log is True or False")
        if log and lo <= 0:
            raise ValueError(f"{shown}, log=True): a log slider starts above 0")
        if not isinstance(unit, str):
            raise TypeError(f"{shown}, unit={short(unit)}): a unit is text")
        self.lo, self.hi, self.unit, self.log = _plain(lo), _plain(hi), unit, bool(log)
        self.step = None if step is None else _plain(step)
        self.whole = all(isinstance(v, int) for v in (self.lo, self.hi, self.step or 0))

    def __repr__(self):
        step = "" if self.step is None else f", step={self.step}"
        unit = f", unit={self.unit!r}" if self.unit else ""
        return f"Slider({self.lo}, {self.hi}{step}{unit}{', log=True' if self.log else ''})"

    def for_default(self, default):
        """The slider for one parameter: a fractional default makes its values fractional."""
        if not self.whole or is_whole(default):
            return self
        fitted = Slider(self.lo, self.hi, step=self.step, unit=self.unit, log=self.log)
        fitted.whole = False
        return fitted

    def check(self, name, value):
        """The value as the function gets it. Raises ParameterError."""
        if not is_number(value):
            raise ParameterError(
                f"{name}={short(value)} is not a number ({self.lo} to {self.hi})",
            )
        try:
            number = float(value)
        except OverflowError:
            number = inf
        if not self.lo <= number <= self.hi:
            raise ParameterError(
                f"{name}={short(value)} is outside its range: {self.lo} to {self.hi}",
            )
        if not self.whole:
            return number
        if not number.is_integer():
            raise ParameterError(
                f"{name}={short(value)}: a whole number is wanted ({self.lo} to {self.hi})",
            )
        return int(number)

    def describe(self, name, default):
        return (
            SLIDER,
            name,
            label(name),
            self.unit,
            self.lo,
            self.hi,
            self.step or int(self.whole),
            self.log,
            (),
            default,
            self.whole,
        )


def _plain(number):
    """Python's own int or float, whatever made it: what messages and the host get."""
    return int(number) if is_whole(number) else float(number)


class Choice:
    """One of several words, shown as a drop-down list.

    Raises ValueError without words, for a word that stands twice, and for one that is no text.
    """

    def __init__(self, *choices):
        if not choices or not all(isinstance(c, str) and c for c in choices):
            raise ValueError('Choice(…) takes one word or more, as in Choice("soft", "hard")')
        if len({c.lower() for c in choices}) < len(choices):
            raise ValueError("Choice(…): a word stands twice (case does not count)")
        self.choices = choices

    def __repr__(self):
        return f"Choice({', '.join(map(repr, self.choices))})"

    def for_default(self, default):
        return self

    def check(self, name, value):
        """The value as the function gets it. Raises ParameterError."""
        if isinstance(value, str) and value in self.choices:
            return value
        raise ParameterError(f"{name}={short(value)} is not one of: {', '.join(self.choices)}")

    def describe(self, name, default):
        index = self.choices.index(default)
        return (CHOICE, name, label(name), "", 0, 0, 0, False, self.choices, index, False)


class Toggle:
    """True or False, shown as a box to tick."""

    def __repr__(self):
        return "Toggle()"

    def for_default(self, default):
        return self

    def check(self, name, value):
        """The value as the function gets it; 1 and 0 will do. Raises ParameterError."""
        if is_answer(value):
            return bool(value)
        raise ParameterError(f"{name}={short(value)} is neither True nor False")

    def describe(self, name, default):
        return (TOGGLE, name, label(name), "", 0, 1, 0, False, (), default, False)


def label(name):
    """black_point -> Black point"""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
