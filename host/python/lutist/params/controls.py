"""The controls Slider, Choice and Toggle, and the class of all controls."""

from math import inf

from _lutist import ParameterError

from ..values import is_answer, is_number, is_whole, real, short

# The numbers of ParamKind in host/pipe/param.h.
SLIDER, CHOICE, TOGGLE, FILE, CURVE, COLOR = range(6)


SHARED = "group", "help", "enabled_by"  # arguments that every control takes


class Control:
    """One parameter's control.

    group: controls of one group stand together, under it as a heading. Those without a group come
        first.
    help: a line that explains it, shown in the viewer while the mouse is over the control.
    enabled_by: the parameter without which it has no effect: the name of a Toggle, or a Choice with
        its words, "style=threshold" or "paper=warm|cold". The viewer dims it otherwise; its value
        counts nevertheless. "" is none.
    Raises TypeError for a group, help or enabled_by that is no text.
    """

    kind = None

    def __init__(self, *, group="", help="", enabled_by=""):
        self.group = self._line("group", group)
        self.help = self._line("help", help)
        self.enabled_by = self._line("enabled_by", enabled_by)

    def _line(self, what, text):
        if not isinstance(text, str):
            raise TypeError(f"{type(self).__name__}(…, {what}={short(text)}): {what} is text")
        line = " ".join(text.split())
        if not line.isprintable():
            raise ValueError(f"{type(self).__name__}(…, {what}={short(text)}): not printable")
        return line

    def _shown(self, *parts):
        """Its repr, with these arguments."""
        named = [f"{what}={text!r}" for what in SHARED if (text := getattr(self, what))]
        return f"{type(self).__name__}({', '.join([*parts, *named])})"

    def __repr__(self):
        return self._shown()

    def for_default(self, default):
        """The control for one parameter with this default."""
        return self

    def check(self, name, value):
        """The value as the function gets it. Raises ParameterError."""
        raise NotImplementedError

    def check_written(self, name, value, folder):
        """The same for a value that a script in this folder has in its text."""
        return self.check(name, value)

    def check_kept(self, name, value):
        """The same for a value that plain() gave earlier."""
        return self.check(name, value)

    def plain(self, value):
        """A checked value as a number, True, False or text: for the host, and for JSON."""
        return value

    def describe(self, name, default):
        """For the host: the control as a plain tuple."""
        whole = getattr(self, "whole", False)
        return (
            self.kind,
            name,
            label(name),
            getattr(self, "unit", ""),
            getattr(self, "lo", 0),
            getattr(self, "hi", 0),
            getattr(self, "step", None) or int(whole),
            getattr(self, "log", False),
            getattr(self, "choices", ()),
            self.plain(default),
            whole,
            self.group,
            self.help,
            getattr(self, "pattern", ""),
            self.enabled_by,
        )

    def enables(self, words):
        """Can a parameter with this control enable others, by these words of it?"""
        return False


class Slider(Control):
    """A number between lo and hi (both included).

    lo, hi: finite numbers. The value is an integer where they, the step and the parameter's
        default are integers (2, not 2.0); then a fraction is an error.
    step: the distance of one key press, above 0; None lets the host choose, which takes 1 for
        integers.
    unit: shown after the value, for example "EV" or "%".
    log: equal distances on the slider are equal ratios; lo must be above 0.
    group: the heading under which it stands, with others of that group; "" is none.
    help: a line about it, shown while the mouse is over it.
    enabled_by: what it needs to have an effect, as in every control; "" is nothing.
    Raises ValueError for a range that is empty, not finite, or does not fit step or log;
    TypeError for a value of another type.

    >>> lutist.Slider(0.25, 4, log=True, unit="x")
    Slider(0.25, 4, unit='x', log=True)
    """

    kind = SLIDER

    def __init__(self, lo, hi, *, step=None, unit="", log=False, group="", help="", enabled_by=""):
        super().__init__(group=group, help=help, enabled_by=enabled_by)
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
        parts = [str(self.lo), str(self.hi)]
        parts += [] if self.step is None else [f"step={self.step}"]
        parts += [f"unit={self.unit!r}"] if self.unit else []
        return self._shown(*parts, *(["log=True"] if self.log else []))

    def for_default(self, default):
        """The slider for one parameter: a fractional default makes its values fractional."""
        return self if is_whole(default) else self.fractional()

    def fractional(self):
        """A slider like this one for any number between its ends."""
        if not self.whole:
            return self
        fitted = Slider.__new__(Slider)
        vars(fitted).update(vars(self), whole=False)
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
                f"{name}={short(value)}: must be a whole number ({self.lo} to {self.hi}); "
                f"a default written as {self.lo:.1f} in the script allows fractions",
            )
        return int(number)


def _plain(number):
    """Python's own int or float, whatever made it: what messages and the host get."""
    return int(number) if is_whole(number) else float(number)


class Choice(Control):
    """One of several words, shown as a drop-down list.

    group: the heading under which it stands, with others of that group; "" is none.
    help: a line about it, shown while the mouse is over it.
    enabled_by: what it needs to have an effect, as in every control; "" is nothing.
    Raises ValueError without words, for a word that stands twice, and for one that is no text.
    """

    kind = CHOICE

    def __init__(self, *choices, group="", help="", enabled_by=""):
        super().__init__(group=group, help=help, enabled_by=enabled_by)
        if not choices or not all(isinstance(c, str) and c for c in choices):
            raise ValueError('Choice(…) takes one word or more, as in Choice("soft", "hard")')
        if len({c.lower() for c in choices}) < len(choices):
            raise ValueError("Choice(…): a word stands twice (case does not count)")
        self.choices = choices

    def __repr__(self):
        return self._shown(*map(repr, self.choices))

    def enables(self, words):
        """By one or more of its own words."""
        return bool(words) and all(word in self.choices for word in words)

    def check(self, name, value):
        """The value as the function gets it. Raises ParameterError."""
        if isinstance(value, str) and value in self.choices:
            return value
        raise ParameterError(f"{name}={short(value)} is not one of: {', '.join(self.choices)}")


class Toggle(Control):
    """True or False, shown as a box to tick.

    group: the heading under which it stands, with others of that group; "" is none.
    help: a line about it, shown while the mouse is over it.
    enabled_by: what it needs to have an effect, as in every control; "" is nothing.
    """

    kind = TOGGLE

    def enables(self, words):
        """By being on, without a word."""
        return not words

    def check(self, name, value):
        """The value as the function gets it; 1 and 0 will do. Raises ParameterError."""
        if is_answer(value):
            return bool(value)
        raise ParameterError(f"{name}={short(value)} is neither True nor False")


def label(name):
    """black_point -> Black point"""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
