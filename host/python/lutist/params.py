"""What a pipeline's signature may declare: Slider, Choice, Toggle."""

from math import isfinite

from _lutist import ParameterError

# The numbers of ParamKind in host/pipe/param.h.
SLIDER, CHOICE, TOGGLE = range(3)


class Slider:
    """A number between lo and hi (both included).

    step: what one key press or a drag moves by; None lets the host choose. Where lo, hi,
        step and the default are all integers, so is the value.
    unit: shown after the value, for example "EV" or "%".
    log: equal distances on the slider are equal ratios; lo must be above 0.
    Raises ValueError where the range is empty, not finite, or does not fit log.
    """

    def __init__(self, lo, hi, *, step=None, unit="", log=False):
        if not (isfinite(lo) and isfinite(hi) and lo < hi):
            raise ValueError(f"Slider({lo!r}, {hi!r}): lo must be below hi, both finite")
        if step is not None and not 0 < step <= hi - lo:
            raise ValueError(f"Slider({lo!r}, {hi!r}, step={step!r}): a step is above 0 and fits")
        if log and lo <= 0:
            raise ValueError(f"Slider({lo!r}, {hi!r}, log=True): a log slider starts above 0")
        self.lo, self.hi, self.step, self.unit, self.log = lo, hi, step, unit, log
        self.whole = all(isinstance(v, int) for v in (lo, hi, step))

    def check(self, name, value):
        """The value as the function gets it. Raises ParameterError."""
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            number = None
        if number is None or isinstance(value, str):
            raise ParameterError(f"{name}={value!r} is not a number ({self.lo} to {self.hi})")
        if not self.lo <= number <= self.hi:
            raise ParameterError(f"{name}={value!r} is outside its range: {self.lo} to {self.hi}")
        return round(number) if self.whole else number

    def describe(self, name, default):
        return (
            SLIDER,
            name,
            label(name),
            self.unit,
            self.lo,
            self.hi,
            self.step or 0,
            self.log,
            (),
            default,
        )


class Choice:
    """One of several words, shown as a drop-down list.

    Raises ValueError where there are none, one twice, or one that is no text.
    """

    def __init__(self, *choices):
        if not choices or not all(isinstance(c, str) and c for c in choices):
            raise ValueError('Choice(…) takes one word or more, as in Choice("soft", "hard")')
        if len({c.lower() for c in choices}) < len(choices):
            raise ValueError("Choice(…): a word stands twice (case does not count)")
        self.choices = choices

    def check(self, name, value):
        """The value as the function gets it. Raises ParameterError."""
        if value in self.choices:
            return value
        raise ParameterError(f"{name}={value!r} is not one of: {', '.join(self.choices)}")

    def describe(self, name, default):
        index = self.choices.index(default)
        return (CHOICE, name, label(name), "", 0, 0, 0, False, self.choices, index)


class Toggle:
    """True or False, shown as a box to tick."""

    def check(self, name, value):
        """The value as the function gets it. Raises ParameterError."""
        if value in (True, False):
            return bool(value)
        raise ParameterError(f"{name}={value!r} is neither True nor False")

    def describe(self, name, default):
        return (TOGGLE, name, label(name), "", 0, 1, 0, False, (), default)


def label(name):
    """black_point -> Black point"""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
