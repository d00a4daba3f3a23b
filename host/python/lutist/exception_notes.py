"""Where an exception came about: a note below its traceback, or before 3.11 in its message."""

_STAGE = "stage "  # how the host's words for a curve begin


def add(error, text):
    """Add a line to an exception."""
    if hasattr(error, "add_note"):
        error.add_note(text)
    elif len(error.args) == 1 and isinstance(error.args[0], str):
        error.args = (f"{error.args[0]}; {text}",)


def names_stage(error):
    """Has the host noted at which stage it was raised?"""
    if hasattr(error, "add_note"):
        return any(note.startswith(_STAGE) for note in getattr(error, "__notes__", ()))
    return len(error.args) == 1 and f"; {_STAGE}" in str(error.args[0])
