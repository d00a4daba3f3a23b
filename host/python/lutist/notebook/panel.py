"""Pipeline.interact: a look's controls and a preview, as widgets of ipywidgets."""

from html import escape
from math import log10

import _lutist
from _lutist import Image

from ..arrays import is_array
from ..params.controls import CHOICE, COLOR, SLIDER, TOGGLE, label
from ..values import short
from .shown import encoded, preview

try:
    import ipywidgets as widgets
except ImportError as error:
    raise _lutist.Error(
        f"interact() needs ipywidgets, which is not found here ({error}): pip install ipywidgets",
    ) from None

_QUALITY = 85  # of the preview's JPEG
_STEPS = 200  # of a slider without a step
_WIDE = {"description_width": "initial"}


class Panel(widgets.VBox):
    """The controls, the picture below them, and a line for what went wrong.

    settings: the parameters as they stand, for develop.apply(image, **panel.settings).
    """

    def __init__(self, develop, image):
        source = Image.from_buffer(image) if is_array(image) else image
        if type(source) is not Image:
            raise TypeError(f"interact() takes an Image or an array, not {short(image)}")
        self._develop, self._source = develop, preview(source)
        self._profile = source.metadata.get("icc")
        self._controls = {
            name: _widget(name, control, develop.defaults[name])
            for name, control in develop.controls.items()
        }
        self._picture = widgets.Image(format="png" if source.channels % 2 == 0 else "jpeg")
        self._line = widgets.HTML()
        super().__init__([*self._grouped(), self._picture, self._line])
        for widget in self._controls.values():
            widget.observe(self._draw, "value")
        self._draw()

    def _grouped(self):
        """The controls, those of a group under its name; first those without one."""
        groups = dict.fromkeys(["", *(c.group for c in self._develop.controls.values())])
        for group in groups:
            if group:
                yield widgets.HTML(f"<b>{escape(group)}</b>")
            for name, control in self._develop.controls.items():
                if control.group == group:
                    yield self._controls[name]

    @property
    def settings(self):
        """The checked parameters by name. Raises ParameterError where a text is none."""
        values = {
            name: _value(self._develop.controls[name], widget.value)
            for name, widget in self._controls.items()
        }
        return self._develop.settings(**values)

    def _draw(self, change=None):
        """The picture at these settings; the last good one where they fail."""
        try:
            made = _lutist.apply(self._develop.stages(**self.settings), self._source)
            self._picture.value = encoded(made, self._profile, self._picture.format, _QUALITY)
            self._line.value = ""
        except Exception as error:
            text = f"{type(error).__name__}: {error}"
            self._line.value = f'<pre style="white-space: pre-wrap">{escape(text)}</pre>'


def _widget(name, control, default):
    """The widget of one control."""
    words = {"description": label(name), "style": _WIDE, "tooltip": control.help or name}
    if control.kind == SLIDER:
        return _slider(control, default, words)
    if control.kind == CHOICE:
        return widgets.Dropdown(options=control.choices, value=default, **words)
    if control.kind == TOGGLE:
        return widgets.Checkbox(value=default, indent=False, **words)
    if control.kind == COLOR:
        return widgets.ColorPicker(value=control.plain(default), **words)
    return widgets.Text(value=control.plain(default), continuous_update=False, **words)


def _slider(control, default, words):
    if control.unit:
        words["description"] += f" ({control.unit})"
    if control.whole:
        step = control.step or 1
        return widgets.IntSlider(default, control.lo, control.hi, step, **words)
    if control.log:
        lo, hi = log10(control.lo), log10(control.hi)
        step = (hi - lo) / _STEPS
        return widgets.FloatLogSlider(default, base=10, min=lo, max=hi, step=step, **words)
    step = control.step or (control.hi - control.lo) / _STEPS
    return widgets.FloatSlider(default, min=control.lo, max=control.hi, step=step, **words)


def _value(control, value):
    """A logarithmic slider's ends are powers, and may be a digit off."""
    if control.kind == SLIDER:
        return min(max(value, control.lo), control.hi)
    return value
