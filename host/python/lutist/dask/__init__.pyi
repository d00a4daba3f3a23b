from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from typing import Any

from .. import PictureInfo, Pipeline, Report

_Path = str | bytes | PathLike[str]

def batch(
    client: Any,  # distributed.Client
    develop: Pipeline,
    inputs: _Path | Sequence[_Path],
    output: _Path,
    *,
    progress: Callable[[str, str, str, int, int], object] | None = None,
    per_image: Callable[[PictureInfo], Mapping[str, Any] | None] | None = None,
    task_bytes: int = 300_000_000,
    **options: Any,
) -> Report: ...
