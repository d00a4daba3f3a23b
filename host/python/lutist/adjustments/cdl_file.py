"""Reading the corrections of a .cc, .cdl or .ccc file: the ASC CDL's XML.

Nothing but the corrections' numbers is read. A document type, which could declare entities that
multiply, ends the reading, as does a file that is too long for a list of corrections.
"""

from xml.parsers import expat

from ..script import regular
from ..values import real, short

MOST_BYTES = 16 << 20
# Element: setting of asc_cdl(), how many numbers.
_NUMBERS = {
    "Slope": ("slope", 3),
    "Offset": ("offset", 3),
    "Power": ("power", 3),
    "Saturation": ("saturation", 1),
}


def correction(path, id=None):
    """The settings for asc_cdl(): those of the one correction, or the first one of that id."""
    found = corrections(path)
    if id is not None:
        for name, settings in found:
            if name == id:
                return settings
        raise ValueError(f"{path}: no correction has the id {short(id)}; there are: {_ids(found)}")
    if len(found) > 1:
        raise ValueError(f"{path}: has several corrections; say id=, one of: {_ids(found)}")
    return found[0][1]


def _ids(found):
    names = ", ".join(short(name) if name else "one without an id" for name, _ in found[:20])
    return names + (", …" if len(found) > 20 else "")


def corrections(path):
    """All of a file, as (id, settings). Raises OSError, and ValueError for what is no CDL."""
    text = regular.read(path, MOST_BYTES + 1)
    if len(text) > MOST_BYTES:
        raise ValueError(f"{path}: is longer than {MOST_BYTES >> 20} MiB: no list of corrections")
    reader = _Reader()
    try:
        reader.parser.Parse(text, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages[error.code]
        raise ValueError(f"{path}, line {error.lineno}: is no CDL file: {reason}") from None
    except (LookupError, ValueError) as error:  # LookupError: of an unknown encoding
        line = reader.parser.CurrentLineNumber
        raise ValueError(f"{path}, line {line}: {error}") from None
    if not reader.found:
        raise ValueError(f"{path}: has no ColorCorrection: is it a .cc, .cdl or .ccc file?")
    return reader.found


class _Reader:
    """Collects corrections while expat reads."""

    def __init__(self):
        self.found, self.settings, self.words = [], None, None
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end
        self.parser.CharacterDataHandler = self.text

    def doctype(self, *_):
        raise ValueError("a document type is not read: delete the <!DOCTYPE …>")

    def start(self, name, attributes):
        name = name.rpartition("}")[2]
        if name == "ColorCorrection":
            self.settings = {}
            self.found.append((attributes.get("id", ""), self.settings))
        elif name in _NUMBERS and self.settings is not None:
            self.words = []

    def text(self, text):
        if self.words is not None:
            self.words.append(text)

    def end(self, name):
        name = name.rpartition("}")[2]
        if name == "ColorCorrection":
            if not self.settings:
                raise ValueError("the ColorCorrection has neither SOPNode nor SatNode")
            self.settings = None
        elif name in _NUMBERS and self.words is not None:
            setting, count = _NUMBERS[name]
            self.settings[setting] = _numbers("".join(self.words).split(), name, count)
            self.words = None


def _numbers(words, name, count):
    if len(words) != count:
        many = "one number" if count == 1 else f"{count} numbers"
        raise ValueError(f"<{name}> has {many}, not {short(' '.join(words))}")
    try:
        numbers = [real(float(word), f"<{name}>") for word in words]
    except ValueError:
        raise ValueError(f"<{name}> has numbers, not {short(' '.join(words))}") from None
    return numbers[0] if count == 1 else tuple(numbers)
