"""The files that the lab writes: whole or not at all, and in place of nothing but its own."""

import os
import stat
from pathlib import Path

from . import plot, report

_LOOKED_AT = 4096  # bytes at the beginning of a picture


def _is_json(text):
    return text.startswith('{\n "version": ')


def _is_plot(text):
    return text.startswith("<svg ") and plot.TITLE in text[:_LOOKED_AT]


OWN = {"json": _is_json, "plot": _is_plot, "markdown": report.has_markers}
WANTED = {
    "json": "no report of gil_lab.py",
    "plot": "no picture of gil_lab.py's",
    "markdown": f"a page without the lines {report.BEGIN} and {report.END}",
}


def complaint(path, kind):
    """Why `path` cannot be written as a "json", "plot" or "markdown"; "" where it can."""
    folder = Path(path).resolve().parent
    if not folder.is_dir():
        return f"{path}: there is no folder {folder}"
    try:
        mode = Path(path).lstat().st_mode
        text = Path(path).read_text(errors="replace") if stat.S_ISREG(mode) else None
    except FileNotFoundError:
        return ""
    except OSError as error:
        return f"{path}: {error.strerror}"
    if text is None:
        return f"{path}: is no plain file; it is not replaced"
    if text and not OWN[kind](text):
        return f"{path}: exists and is {WANTED[kind]}; it is not replaced"
    return ""


def write(path, kind, text):
    """Under another name first: what has the final name is whole. Raises OSError."""
    draft = Path(f"{path}.{os.getpid()}.part")
    try:
        draft.write_text(text)
        if problem := complaint(path, kind):
            raise FileExistsError(problem)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
