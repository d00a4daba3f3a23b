"""Notes on exceptions: below the traceback, or before Python 3.11 in the message."""

_STAGE = "stage "  # the host's notes about a curve begin so


def add(error, text):
    """Add a line to an exception."""
    if hasattr(error, "add_note"):
        error.add_note(text)
    elif len(error.args) == 1 and isinstance(error.args[0], str):
        error.args = (f"{error.args[0]}; {text}",)


def names_stage(error):
    """Does a note name the stage that raised it?"""
    if hasattr(error, "add_note"):
        return any(note.startswith(_STAGE) for note in getattr(error, "__notes__", ()))
    return len(error.args) == 1 and f"; {_STAGE}" in str(error.args[0])
