"""Image.metadata: what a file has beside its pixels, and how it gets to another image."""

import pickle

import numpy as np
import PIL.Image
import pytest
from PIL import ImageCms, PngImagePlugin, TiffImagePlugin, TiffTags

import lutist


def tagged(path):
    """A picture with a profile, EXIF, XMP and a resolution."""
    exif = PIL.Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Lute"
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    PIL.Image.new("RGB", (6, 4), (10, 200, 30)).save(
        path, exif=exif, icc_profile=icc, dpi=(300, 300)
    )
    return icc


def test_metadata_is_what_is_carried(noise, tmp_path):
    assert dict(noise()[1].metadata) == {}
    icc = tagged(tmp_path / "a.jpg")
    metadata = lutist.open(tmp_path / "a.jpg").metadata
    assert metadata["icc"] == icc
    assert metadata["exif"][:4] in (b"II*\0", b"MM\0*") and b"Lute" in metadata["exif"]
    assert metadata["orientation"] == 1
    assert metadata["dpi"] == pytest.approx(300)
    assert set(metadata) == {"icc", "exif", "orientation", "dpi"}
    with pytest.raises(TypeError):
        metadata["icc"] = b""


def test_metadata_can_be_given_to_another_image(noise, tmp_path):
    tagged(tmp_path / "a.png")
    first = lutist.open(tmp_path / "a.png")
    array = np.array(first)
    words = {**first.metadata, "xmp": b"<x:xmpmeta/>"}
    second = lutist.Image.from_buffer(array, metadata=words)
    assert second == first and second.metadata == words
    second.save(tmp_path / "b.png")
    assert lutist.open(tmp_path / "b.png").metadata == words
    turned = lutist.Image.from_buffer(array, metadata={"exif": b"MM\0*\0\0\0\x08\0\x01"
        b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"})  # fmt: skip
    assert turned.metadata["orientation"] == 1
    colours = dict(gamma=0.45455, chromaticities=(0.3127, 0.329, *[0.25] * 6), srgb_intent=2)
    colours["cicp"] = 12, 13, 0, 1
    assert lutist.Image.from_buffer(array, metadata=colours).metadata == colours
    primaries = dict(chromaticities=(0, 0, *[0.25] * 6))  # a TIFF file may have no white
    assert lutist.Image.from_buffer(array, metadata=primaries).metadata == primaries


@pytest.mark.parametrize("kind", ["jpg", "gif"])
def test_comments_are_carried(tmp_path, kind):
    PIL.Image.new("RGB", (6, 4)).save(tmp_path / f"a.{kind}", comment=b"a l\xfcte")
    image = lutist.open(tmp_path / f"a.{kind}")
    assert image.metadata["comments"] == (b"a l\xfcte",)
    again = pickle.loads(pickle.dumps(image))
    assert again.metadata == image.metadata
    more = {"comments": (*again.metadata["comments"], bytearray(b""), b"two\0")}
    more = lutist.Image.from_buffer(np.array(image), metadata=more)
    more.save(tmp_path / "b.jpg")
    assert lutist.open(tmp_path / "b.jpg").metadata["comments"] == (b"a l\xfcte", b"", b"two\0")


def test_a_place_on_the_earth_is_carried_with_its_size(tmp_path):
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[33550] = (0.5, 0.25, 0.0)
    info.tagtype[33550] = TiffTags.DOUBLE
    PIL.Image.new("RGB", (6, 4)).save(tmp_path / "a.tif", tiffinfo=info)
    image = pickle.loads(pickle.dumps(lutist.open(tmp_path / "a.tif")))
    assert image.metadata["geotiff_size"] == (6, 4)
    geotiff = image.metadata["geotiff"]
    assert geotiff[:2] in (b"II", b"MM")
    array = np.array(image)
    wrong = geotiff.replace((33550).to_bytes(2, "little"), (256).to_bytes(2, "little"))
    for name, pixels, block, is_there in (
        ("same", array, geotiff, True),
        ("smaller", array[:2], geotiff, False),
        ("torn", array, geotiff[:-5], False),
        ("odd", array, b"odd", False),
        ("another tag", array, wrong, False),
    ):
        metadata = {"geotiff": block, "geotiff_size": (6, 4)}
        lutist.Image.from_buffer(pixels, metadata=metadata).save(tmp_path / f"{name}.tif")
        with PIL.Image.open(tmp_path / f"{name}.tif") as saved:
            assert saved.size[0] == 6 and (saved.tag_v2.get(33550) == info[33550]) == is_there


def test_the_texts_of_a_png_are_carried_through_a_pickle(tmp_path):
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "A. Lutist")
    words.add_itxt("Comment", "plucked")
    PIL.Image.new("RGB", (6, 4)).save(tmp_path / "a.png", pnginfo=words)
    image = lutist.open(tmp_path / "a.png")
    again = pickle.loads(pickle.dumps(image))
    assert again.metadata == image.metadata
    again.save(tmp_path / "b.png")
    with PIL.Image.open(tmp_path / "b.png") as saved:
        saved.load()
        assert saved.info["Author"] == "A. Lutist" and saved.info["Comment"] == "plucked"
    texts = image.metadata["png_texts"]
    for wrong in (texts[:-1], texts[1:], b"tEXt", b"\xff" * 20, texts.replace(b"tEXt", b"IDAT")):
        with pytest.raises(ValueError, match="png_texts are no chunks of text"):
            lutist.Image.from_buffer(np.zeros((2, 2), np.uint8), metadata={"png_texts": wrong})


@pytest.mark.parametrize(
    ("metadata", "error", "message"),
    [
        ({"title": "x"}, ValueError, "nothing is called title"),
        ({"icc": "text"}, TypeError, "icc is bytes"),
        ({"dpi": "300"}, TypeError, "number"),
        ({"dpi": float("nan")}, ValueError, "dpi is outside its range: nan"),
        ({"srgb_intent": 4}, ValueError, "srgb_intent is outside"),
        ({"chromaticities": 1}, TypeError, "chromaticities is a tuple"),
        ({"comments": b"a"}, TypeError, "comments is a tuple, not bytes"),
        ({"comments": ("a",)}, TypeError, "a comment is bytes, not str"),
        ({"cicp": (1, 13, 0)}, TypeError, "four bytes"),
        ({"cicp": (1, 13, 0, 256)}, OverflowError, "maximum"),
        ({"geotiff_size": (1,)}, TypeError, "width, height"),
        ({"chromaticities": (1, 2)}, TypeError, "eight numbers"),
        ({1: b""}, TypeError, "metadata: names are text"),
        (5, (TypeError, AttributeError), "items|mapping"),
    ],
)
def test_wrong_metadata_is_named(metadata, error, message):
    with pytest.raises(error, match=message):
        lutist.Image.from_buffer(np.zeros((2, 2), np.uint8), metadata=metadata)


def test_pickling_keeps_metadata_and_goes_out_of_band(tmp_path):
    tagged(tmp_path / "a.png")
    (tmp_path / "a.png").chmod(0o600)
    image = lutist.open(tmp_path / "a.png")
    buffers = []
    data = pickle.dumps(image, 5, buffer_callback=buffers.append)
    assert len(buffers) == 1 and buffers[0].raw().nbytes == 6 * 4 * 3
    again = pickle.loads(data, buffers=buffers)
    assert again == image and again.metadata == image.metadata
    again.save(tmp_path / "b.png")
    assert (tmp_path / "b.png").stat().st_mode & 0o777 == 0o600
