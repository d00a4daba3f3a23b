"""What a picture's file says before it is developed, for per_image of lutist.batch."""

import _lutist


def _number(text):
    """Of "1/250 s", "f/2.8", "ISO 400", "35 mm (like 52 mm)"; None: there is none."""
    words = text.replace("f/", "").replace("ISO", "").split()
    if not words:
        return None
    top, _, bottom = words[0].partition("/")
    try:
        return float(top) / float(bottom or 1)
    except (ValueError, ZeroDivisionError):
        return None


class PictureInfo:
    """A picture that is about to be developed: path, format, width, height, channels, depth, EXIF.

    The path is as the batch has it; the format is "jpeg", "png", "tiff" and so on; width and height
    (size is both) count pixels, upright; the depth is 8 or 16 bits a sample.
    EXIF, None where the file does not say: exposure in seconds, aperture (the f-number), iso,
    focal length in mm, as numbers; camera, lens, date ("2024-05-01 12:33:10") as texts. exif is a
    dict of all of them, as `lutist info` prints them.
    """

    __slots__ = ("_limits", "channels", "depth", "exif", "format", "height", "path", "width")

    def __init__(self, path, max_pixels=0, max_metadata=0):
        self._limits = max_pixels, max_metadata
        self.path = path
        facts = _lutist.file_info(path, *self._limits)
        self.format, self.width, self.height, self.channels, self.depth, exif = facts
        self.exif = {name: text for name, text in exif.items() if text}

    def __repr__(self):
        return f"<{self.path}: {self.format}, {self.width} x {self.height}, {self.depth} bits>"

    @property
    def size(self):
        """(width, height)"""
        return self.width, self.height

    @property
    def exposure(self):
        """The exposure time in seconds, or None."""
        return _number(self.exif.get("exposure", ""))

    @property
    def aperture(self):
        """The f-number, or None."""
        return _number(self.exif.get("aperture", ""))

    @property
    def iso(self):
        """The sensitivity, such as 400, or None."""
        return _number(self.exif.get("iso", ""))

    @property
    def focal(self):
        """The focal length in mm, or None."""
        return _number(self.exif.get("focal", ""))

    @property
    def camera(self):
        """Its maker and model, or None."""
        return self.exif.get("camera")

    @property
    def lens(self):
        """Its name, or None."""
        return self.exif.get("lens")

    @property
    def date(self):
        """When the picture was taken, such as "2024-05-01 12:33:10", or None."""
        return self.exif.get("date")

    def histogram(self):
        """A list of 256 counts a channel (1 or 3; alpha is left out), black first.

        Of a reduced decoding where the format has one, so the counts' sum is not the pixels'
        number. Raises ImageError for a damaged file.
        """
        return _lutist.file_histogram(self.path, *self._limits)
