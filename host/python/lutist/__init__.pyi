"""Types of `import lutist`, for editors and checkers; the docstrings are in the sources."""

from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from typing import Annotated as Annotated
from typing import Any, ClassVar, Literal, Protocol, TypeAlias, TypeVar, final

from . import math as math

_Path: TypeAlias = str | bytes | PathLike[str]
# Any: buffers of float, u8, u16. A stage, or a list of one, has one curve for all channels.
_Curve: TypeAlias = Callable[[float], float] | Sequence[float] | Stage | list[Stage] | Any
_Color: TypeAlias = Callable[[float, float, float], Sequence[float]]
_Cube: TypeAlias = _Path | _Color | Any  # arrays of floats, shaped (N, N, N, 3)
Look: TypeAlias = Stage | Sequence[Look] | None
_Channels: TypeAlias = float | Sequence[float]  # one number, or red, green, blue

class _Shown(Protocol):
    @property
    def __array_interface__(self) -> dict[str, Any]: ...

_Pixels = TypeVar("_Pixels", bound=_Shown)  # an Image, or a NumPy array of uint8 or uint16

class _Source(Protocol):
    def read(self) -> bytes: ...

class _Sink(Protocol):
    def write(self, data: memoryview, /) -> object: ...

__version__: str
MODES: tuple[str, ...]

class Error(Exception): ...
class ImageError(Error, OSError): ...
class ImageNotFoundError(ImageError, FileNotFoundError): ...
class ImageExistsError(ImageError, FileExistsError): ...
class ImagePermissionError(ImageError, PermissionError): ...
class ImageIsADirectoryError(ImageError, IsADirectoryError): ...
class ImageNotADirectoryError(ImageError, NotADirectoryError): ...
class ParameterError(Error, ValueError): ...
class ModeError(Error): ...

@final
class Image:
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def channels(self) -> int: ...
    @property
    def depth(self) -> int: ...
    @property
    def shape(self) -> tuple[int, ...]: ...
    @property
    def size(self) -> tuple[int, int]: ...
    @property
    def closed(self) -> bool: ...
    @property
    def metadata(self) -> Mapping[str, Any]: ...
    @property
    def __array_interface__(self) -> dict[str, Any]: ...
    @classmethod
    def from_buffer(cls, obj: Any, /, *, metadata: Mapping[str, Any] | None = None) -> Image: ...
    def convert(self, depth: int) -> Image: ...
    def save(
        self,
        file: _Path | _Sink,
        *,
        quality: int | Literal["keep"] = 0,
        lossless: bool = False,
        depth: int | None = None,
        progressive: bool = False,
        optimize: bool = False,
        restart: int = 0,
        level: int = 0,
        compression: str | None = None,
        predictor: str | None = None,
        format: str | None = None,
        overwrite: bool = False,
    ) -> None: ...
    def close(self) -> None: ...
    def _repr_png_(self) -> bytes: ...
    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]: ...
    def __enter__(self) -> Image: ...
    def __exit__(self, *exception: object) -> None: ...
    def __copy__(self) -> Image: ...
    def __deepcopy__(self, memo: Any, /) -> Image: ...
    def __reduce_ex__(self, protocol: Any, /) -> Any: ...
    def __eq__(self, value: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __buffer__(self, flags: int, /) -> memoryview: ...

class _Control:
    group: str
    help: str
    enabled_by: str

class Slider(_Control):
    def __init__(
        self,
        lo: float,
        hi: float,
        *,
        step: float | None = None,
        unit: str = "",
        log: bool = False,
        group: str = "",
        help: str = "",
        enabled_by: str = "",
    ) -> None: ...

class Choice(_Control):
    def __init__(
        self, *choices: str, group: str = "", help: str = "", enabled_by: str = ""
    ) -> None: ...

class Toggle(_Control):
    def __init__(self, *, group: str = "", help: str = "", enabled_by: str = "") -> None: ...

class File(_Control):
    def __init__(
        self, pattern: str = "*", *, group: str = "", help: str = "", enabled_by: str = ""
    ) -> None: ...

class Curve(_Control):
    def __init__(self, *, group: str = "", help: str = "", enabled_by: str = "") -> None: ...

class Color(_Control):
    def __init__(self, *, group: str = "", help: str = "", enabled_by: str = "") -> None: ...

class Stage: ...

class Pipeline:
    script: str
    path: str
    controls: dict[str, _Control]
    defaults: dict[str, Any]
    def __call__(self, /, *args: Any, **params: Any) -> Look: ...
    def settings(self, /, *args: Any, **params: Any) -> dict[str, Any]: ...
    @property
    def presets(self) -> Mapping[str, Mapping[str, Any]]: ...
    def save_preset(self, name: str, /, *args: Any, **params: Any) -> None: ...
    def delete_preset(self, name: str, /) -> None: ...
    def apply(self, image: _Pixels, /, *, mode: str | None = None, **params: Any) -> _Pixels: ...
    def export(
        self,
        path: _Path,
        /,
        *,
        size: int | None = None,
        format: str | None = None,
        overwrite: bool = False,
        **params: Any,
    ) -> ExportReport: ...
    def interact(self, image: _Shown, /) -> Any: ...

class ExportReport:
    kind: str
    points: int
    depth: int
    largest: float
    mean: float
    at: tuple[int, int, int]

class _Item:
    input: str
    output: str
    state: str
    reason: str
    ms: float
    note: str
    damaged: bool

@final
class PictureInfo:
    path: str
    format: str
    width: int
    height: int
    channels: int
    depth: int
    exif: dict[str, str]
    def __init__(self, path: str, max_pixels: int = 0, max_metadata: int = 0) -> None: ...
    @property
    def size(self) -> tuple[int, int]: ...
    @property
    def exposure(self) -> float | None: ...
    @property
    def aperture(self) -> float | None: ...
    @property
    def iso(self) -> float | None: ...
    @property
    def focal(self) -> float | None: ...
    @property
    def camera(self) -> str | None: ...
    @property
    def lens(self) -> str | None: ...
    @property
    def date(self) -> str | None: ...
    def histogram(self) -> list[list[int]]: ...

class Report(list[_Item]):
    stopped: str
    @property
    def done(self) -> list[_Item]: ...
    @property
    def skipped(self) -> list[_Item]: ...
    @property
    def failed(self) -> list[_Item]: ...
    @property
    def left(self) -> list[_Item]: ...
    @property
    def ok(self) -> bool: ...

def open(file: _Path | _Source, *, max_pixels: int = 0) -> Image: ...
def load(spec: str | bytes | PathLike[str]) -> Pipeline: ...
def data(path: _Path, /) -> str: ...
def pipeline(function: Callable[..., Look]) -> Pipeline: ...
def batch(
    develop: Pipeline,
    inputs: _Path | Sequence[_Path],
    output: _Path,
    *,
    progress: Callable[[str, str, str, int, int], object] | None = None,
    per_image: Callable[[PictureInfo], Mapping[str, Any] | None] | None = None,
    engine: Any = None,  # a distributed.Client
    **options: Any,
) -> Report: ...
def tone(
    f: _Curve | None = None,
    *,
    red: _Curve | None = None,
    green: _Curve | None = None,
    blue: _Curve | None = None,
) -> Stage: ...
def where(condition: object, a: float, b: float) -> float: ...
def matrix(rows: Sequence[Sequence[float]]) -> Stage: ...
def cube(
    table: _Cube,
    mix: float = 1.0,
    *,
    size: int | None = None,
) -> Stage: ...
def exposure(ev: float) -> Stage: ...
def brightness(amount: float) -> list[Stage]: ...
def gamma(value: float) -> Stage: ...
def contrast(amount: float) -> Stage: ...
def sigmoid(contrast: float, pivot: float = 0.5) -> list[Stage]: ...
def levels(black: float = 0.0, white: float = 1.0, gamma: float = 1.0) -> Stage: ...
def black_point(value: float) -> list[Stage]: ...
def white_point(value: float) -> list[Stage]: ...
def curve(*points: Sequence[float]) -> Stage: ...  # pairs
def invert() -> Stage: ...
def posterize(count: int) -> Stage: ...
def threshold(cut: float = 0.5) -> Stage: ...
def solarize(cut: float = 0.5) -> Stage: ...
def srgb_to_linear() -> Stage: ...
def linear_to_srgb() -> Stage: ...
def linear(*stages: Look) -> list[Look]: ...
def filmic(curve: str = "hable", exposure: float = 0.0, white: float | None = None) -> Stage: ...
def log_to_display(curve: str = "cineon", exposure: float = 0.0) -> Stage: ...
def grayscale(red: float = ..., green: float = ..., blue: float = ...) -> Stage: ...
def saturation(amount: float) -> Stage: ...
def vibrance(amount: float) -> list[Stage]: ...
def channel_mixer(
    red: Sequence[float] = ...,
    green: Sequence[float] = ...,
    blue: Sequence[float] = ...,
) -> list[Stage]: ...
def hue_rotate(degrees: float) -> list[Stage]: ...
def white_balance(temperature: float = 0.0, tint: float = 0.0) -> Stage: ...
def color_temperature(kelvin: float = 6500.0, tint: float = 0.0) -> list[Look]: ...
def lift_gamma_gain(
    lift: _Channels = 0.0,
    gamma: _Channels = 1.0,
    gain: _Channels = 1.0,
) -> list[Stage]: ...
def asc_cdl(
    slope: _Channels = 1.0,
    offset: _Channels = 0.0,
    power: _Channels = 1.0,
    saturation: float = 1.0,
) -> list[Stage]: ...
def asc_cdl_file(path: _Path, id: str | None = None) -> list[Stage]: ...
def split_tone(
    shadows: Sequence[float] = ...,
    highlights: Sequence[float] = ...,
    balance: float = 0.0,
) -> Stage: ...
def sepia(amount: float = 1.0) -> list[Stage]: ...
def duotone(
    shadows: Sequence[float] = ...,
    highlights: Sequence[float] = ...,
    amount: float = 1.0,
) -> list[Stage]: ...
def bleach_bypass(amount: float = 1.0) -> list[Stage]: ...
def cross_process(amount: float = 1.0) -> list[Stage]: ...

__all__ = [
    "MODES",
    "Annotated",
    "Choice",
    "Color",
    "Curve",
    "Error",
    "ExportReport",
    "File",
    "Image",
    "ImageError",
    "ImageExistsError",
    "ImageIsADirectoryError",
    "ImageNotADirectoryError",
    "ImageNotFoundError",
    "ImagePermissionError",
    "Look",
    "ModeError",
    "ParameterError",
    "PictureInfo",
    "Pipeline",
    "Report",
    "Slider",
    "Stage",
    "Toggle",
    "asc_cdl",
    "asc_cdl_file",
    "batch",
    "black_point",
    "bleach_bypass",
    "brightness",
    "channel_mixer",
    "color_temperature",
    "contrast",
    "cross_process",
    "cube",
    "curve",
    "data",
    "duotone",
    "exposure",
    "filmic",
    "gamma",
    "grayscale",
    "hue_rotate",
    "invert",
    "levels",
    "lift_gamma_gain",
    "linear",
    "linear_to_srgb",
    "load",
    "log_to_display",
    "matrix",
    "pipeline",
    "posterize",
    "saturation",
    "sepia",
    "sigmoid",
    "solarize",
    "split_tone",
    "srgb_to_linear",
    "threshold",
    "tone",
    "vibrance",
    "where",
    "white_balance",
    "white_point",
]
