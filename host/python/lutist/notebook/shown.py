"""Images as a notebook shows them."""

from base64 import b64encode

from _lutist import Image

from ..coding import packed

MOST = 1024  # pixels a side: a page of a notebook is no wider


def preview(image):
    """The image within MOST by MOST pixels, at its own depth."""
    longest = max(image.size)
    if longest <= MOST:
        return image
    return image._scaled(*(max(1, round(side * MOST / longest)) for side in image.size))


def encoded(image, profile, format, quality=0):
    """An 8-bit file's bytes; of the metadata it has the colour profile alone."""
    small = image if image.depth == 8 else image.convert(8)
    carried = {"icc": profile} if profile else None
    return Image.from_buffer(small, metadata=carried)._encoded(format, packed({"quality": quality}))


def png(image):
    """The value of Image._repr_png_."""
    return encoded(preview(image), image.metadata.get("icc"), "png")


def mimebundle(image, include=None, exclude=None):
    """The value of Image._repr_mimebundle_."""
    if image.closed:
        return {"text/plain": repr(image)}
    bundle = {"text/plain": repr(image)}
    if (include is None or "image/png" in include) and "image/png" not in (exclude or ()):
        bundle["image/png"] = b64encode(png(image)).decode()
    return bundle
