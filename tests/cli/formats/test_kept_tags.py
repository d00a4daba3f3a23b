"""What only a few formats have: comments, GeoTIFF's tags, the profile and the packet of a GIF file,
XMP in UTF-16. Names and values are what exiftool finds before and after.
"""

import json
import subprocess
import zlib

import codec_files as files
import pytest
from codec_files import tool
from PIL import Image, PngImagePlugin, TiffImagePlugin

from colour_files import chunk

PACKET = files.XMP.decode().replace("kept", "Türe 𝄞")
BYTE, ASCII, SHORT, DOUBLE = 1, 2, 3, 12
GEO = {
    33550: (DOUBLE, (0.5, 0.25, 0.0)),
    33922: (DOUBLE, (0.0, 0.0, 0.0, 440720.25, 3751320.5, 0.0)),
    34264: (DOUBLE, tuple(i / 8 for i in range(16))),
    34735: (SHORT, (1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 2049, 34737, 7, 0)),
    34736: (DOUBLE, (6378137.0, 298.257)),
    34737: (ASCII, "WGS 84|"),
    42112: (ASCII, '<GDALMetadata><Item name="A">b</Item></GDALMetadata>'),
    42113: (ASCII, "-9999"),
}


def found(*paths):
    """What exiftool finds in each of the files, without what it says of the file itself."""
    done = subprocess.run(
        ["exiftool", "-j", "-G1", "-a", "-s", *paths], check=True, capture_output=True
    )
    return json.loads(done.stdout)


def picture(path, **options):
    Image.fromarray(files.smooth()).save(path, **options)
    return path


def tiff(path, tags):
    """A TIFF file with those tags, {number: (type, value)}."""
    info = TiffImagePlugin.ImageFileDirectory_v2()
    for number, (kind, value) in tags.items():
        info.tagtype[number] = kind
        info[number] = value
    return picture(path, tiffinfo=info)


def batch(lutist, *args):
    """The results' folder, and what was told."""
    done = lutist("batch", "-o", "out", "--overwrite", *args)
    assert done.returncode == 0, done.stderr
    return done.stderr


def comments_of(path):
    (tags,) = found(path)
    texts = [value for key, value in tags.items() if key.endswith(":Comment")]
    return texts[0] if texts else None


# Of a JPEG file, with what exiftool finds in it.
COMMENTS = {
    "ascii": ([b"a lute"], "a lute"),
    "utf-8": (["Türe".encode()], "Türe"),
    "ends with zero": ([b"a lute\0"], "a lute"),
}


@pytest.mark.parametrize("name", COMMENTS)
def test_a_comment_stays(lutist, tmp_path, name):
    (comment,), text = COMMENTS[name]
    picture(tmp_path / "a.jpg", comment=comment)
    tool("exiftool", "-ver")
    batch(lutist, "a.jpg")
    assert Image.open(tmp_path / "out/a.jpg").info["comment"] == comment
    batch(lutist, "a.jpg", "--format", "png")
    assert [comments_of(tmp_path / f"out/a.{kind}") for kind in ("jpg", "png")] == [text, text]


def test_comments_stay_in_their_order(lutist, tmp_path):
    data = picture(tmp_path / "a.jpg").read_bytes()
    texts = [b"one", b"", b"three \xe4", bytes(65533)]
    segments = [b"\xff\xfe" + (2 + len(text)).to_bytes(2, "big") + text for text in texts]
    (tmp_path / "a.jpg").write_bytes(data[:2] + b"".join(segments) + data[2:])
    batch(lutist, "a.jpg")
    assert b"".join(segments) in (tmp_path / "out/a.jpg").read_bytes()
    batch(lutist, "a.jpg", "--format", "png")
    made = Image.open(tmp_path / "out/a.png")
    made.load()
    assert made.text == {"Comment": "three ä"}  # the last of two


def with_texts(path, *texts):
    """A PNG file with tEXt, zTXt or iTXt."""
    info = PngImagePlugin.PngInfo()
    for add, *text in texts:
        add(info, *text)
    return picture(path, pnginfo=info)


def text(info, *pair):
    info.add_text(*pair)


def packed(info, *pair):
    info.add_text(*pair, zip=True)


def wide(info, *pair):
    info.add_itxt(*pair, lang="de", tkey="Kommentar")


def packed_wide(info, *pair):
    info.add_itxt(*pair, zip=True)


@pytest.mark.parametrize("kind", [text, packed, wide, packed_wide])
def test_the_comment_of_a_png_goes_to_jpeg(lutist, tmp_path, kind):
    others = (text, "Author", "A. Lutist"), (text, "comment", "another keyword")
    with_texts(tmp_path / "a.png", others[0], (kind, "Comment", "Türe ÿ"), others[1])
    assert batch(lutist, "a.png", "--format", "jpeg").count("left out") == 0
    made = tmp_path / "out/a.jpg"
    assert Image.open(made).info["comment"] == "Türe ÿ".encode()
    assert b"Lutist" not in made.read_bytes() and b"another" not in made.read_bytes()
    batch(lutist, str(made), "--format", "png", "-o", "back")
    back = Image.open(tmp_path / "back/a.png")
    back.load()
    assert back.text == {"Comment": "Türe ÿ"}


def test_a_comment_that_is_too_long_is_left_out(lutist, tmp_path):
    most = 65533
    texts = (text, most * "a"), (packed, "b" * (most + 1)), (packed_wide, "ä" * most), (wide, "e")
    with_texts(tmp_path / "a.png", *((kind, "Comment", value) for kind, value in texts))
    told = batch(lutist, "a.png", "--format", "jpeg")
    assert told.count("a.png: a comment of more than 65533 bytes is left out") == 1  # each once
    data = (tmp_path / "out/a.jpg").read_bytes()
    assert b"\xff\xfe\xff\xff" + most * b"a" + b"\xff\xfe\0\x03e" in data and b"bb" not in data


def test_a_packed_comment_that_is_damaged(lutist, tmp_path):
    """It ends where the fault is."""
    whole = zlib.compress(b"lute" + bytes(range(256)) * 3)
    broken = chunk(b"zTXt", b"Comment\0\0" + whole[:-30])
    data = picture(tmp_path / "a.png").read_bytes()
    (tmp_path / "a.png").write_bytes(data[:33] + broken + data[33:])
    batch(lutist, "a.png", "--format", "jpeg")
    assert Image.open(tmp_path / "out/a.jpg").info["comment"].startswith(b"lute\0\1")


@pytest.mark.parametrize("strip", ["--strip", "--strip=all"])
def test_strip_leaves_them_out(lutist, tmp_path, strip):
    picture(tmp_path / "a.jpg", comment=b"a lute")
    picture(tmp_path / "c.gif", comment=b"a lute")
    tiff(tmp_path / "b.tif", GEO)
    batch(lutist, "a.jpg", "b.tif", "c.gif", strip)
    batch(lutist, "a.jpg", strip, "--format", "png")
    for path in (tmp_path / "out").iterdir():
        data = path.read_bytes()
        assert b"a lute" not in data and b"GDAL" not in data and b"WGS" not in data


def geo_of(path):
    tags = Image.open(path).tag_v2
    return {number: (tags.tagtype[number], tags[number]) for number in GEO if number in tags}


def is_geo(key):
    return key.startswith("GeoTiff:") or any(
        word in key for word in ("PixelScale", "ModelT", "GDAL")
    )


def test_a_tiff_file_stays_in_its_place(lutist, tmp_path):
    tiff(tmp_path / "a.tif", GEO)
    assert "GeoTIFF" not in batch(lutist, "a.tif")
    assert geo_of(tmp_path / "out/a.tif") == geo_of(tmp_path / "a.tif") == GEO
    tool("exiftool", "-ver")
    before, after = (
        {key: value for key, value in tags.items() if is_geo(key)}
        for tags in found(tmp_path / "a.tif", tmp_path / "out/a.tif")
    )
    assert before == after and len(before) >= 8


def test_a_profile_and_a_place(lutist, tmp_path):
    tiff(tmp_path / "a.tif", GEO)
    batch(lutist, "a.tif", "--convert", "srgb")
    assert geo_of(tmp_path / "out/a.tif") == GEO


@pytest.mark.parametrize("how", ["--resize=50%", "turned"])
def test_another_raster_has_no_place(lutist, tmp_path, how):
    tags = GEO | ({0x112: (SHORT, 6)} if how == "turned" else {})
    tiff(tmp_path / "a.tif", tags)
    options = [how] if how != "turned" else []
    told = batch(lutist, "a.tif", *options)
    assert "a.tif: its place on the earth (GeoTIFF) is left out: the result is turned" in told
    assert geo_of(tmp_path / "out/a.tif") == {}
    assert "GeoTIFF" not in batch(lutist, "a.tif", "--format", "jpeg", *options)


def test_tags_of_another_type_are_left_out(lutist, tmp_path):
    tiff(tmp_path / "a.tif", {33550: (ASCII, "abc"), 34737: (BYTE, b"x"), 42113: GEO[42113]})
    batch(lutist, "a.tif")
    assert geo_of(tmp_path / "out/a.tif") == {42113: GEO[42113]}


@pytest.mark.parametrize("kind", ["png", "jpeg", "tiff", "webp"])
def test_gif(lutist, tmp_path, kind):
    picture(tmp_path / "a.gif", comment=b"a lute")
    (tmp_path / "p.icc").write_bytes(files.profile())
    given = ["-XMP-dc:Title=Türe", "-XMP-dc:Description=" + 300 * "ü"]
    given.append(f"-ICC_Profile<={tmp_path / 'p.icc'}")
    tool("exiftool", "-q", "-overwrite_original", *given, tmp_path / "a.gif")
    batch(lutist, "a.gif", "--format", kind)
    (result,) = (tmp_path / "out").iterdir()
    before, after = (
        {key: value for key, value in tags.items() if key.startswith(("XMP-", "ICC"))}
        for tags in found(tmp_path / "a.gif", result)
    )
    assert before == after and len(before) > 20
    assert (comments_of(result) == "a lute") == (kind in ("png", "jpeg"))


def blocks(data):
    parts = (data[at : at + 255] for at in range(0, len(data), 255))
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\0"


@pytest.mark.parametrize("cut", ["nowhere", "comment", "packet", "profile", "frame"])
def test_what_stands_behind_the_first_frame_of_a_gif(lutist, tmp_path, cut):
    """A file that is cut short there has what stands before."""
    frames = [Image.fromarray(files.smooth()).quantize(levels) for levels in (200, 100)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:], transparency=3)
    data = (tmp_path / "a.gif").read_bytes()
    packet = PACKET + 1000 * " "
    extensions = (
        b"!\xff\x0bICCRGBG1012" + blocks(files.profile()),
        b"!\xff\x0bXMP DataXMP" + packet.encode() + b"\1" + bytes(range(255, -1, -1)) + b"\0",
        b"!\xfe" + blocks(b"a lute"),
    )
    parts = dict(zip(["profile", "packet", "comment"], extensions, strict=True))
    whole = data[:-1] + b"".join(extensions) + b";"
    ends = {name: whole.index(part) + 8 for name, part in parts.items()}
    ends |= {"nowhere": len(whole), "frame": len(data) - 20}
    (tmp_path / "a.gif").write_bytes(whole[: ends[cut]])
    batch(lutist, "a.gif", "--format", "png")
    made = Image.open(tmp_path / "out/a.png")
    made.load()
    found = {
        "profile": made.info.get("icc_profile") == files.profile(),
        "packet": packet.encode() in (tmp_path / "out/a.png").read_bytes(),
        "comment": made.text.get("Comment") == "a lute",
    }
    assert found == {name: ends[name] < ends[cut] for name in parts}
    given = Image.open(tmp_path / "a.gif").convert(made.mode)
    assert list(made.getdata()) == list(given.getdata())


WIDE = {
    "little": PACKET.encode("utf-16-le"),
    "big": PACKET.encode("utf-16-be"),
    "marked": b"\xff\xfe" + PACKET.encode("utf-16-le"),
    "declared": ('<?xml version="1.0" encoding="UTF-16"?>' + PACKET).encode("utf-16"),
}


@pytest.mark.parametrize("name", WIDE)
def test_a_packet_in_utf_16(lutist, tmp_path, name):
    tiff(tmp_path / "a.tif", {700: (BYTE, WIDE[name])})
    for kind in "png", "jpeg", "tiff", "webp":
        batch(lutist, "a.tif", "--format", kind)
    for path in (tmp_path / "out").iterdir():
        assert PACKET.encode() in path.read_bytes(), path
    tool("exiftool", "-ver")
    for tags in found(*(tmp_path / "out").iterdir()):
        assert tags["XMP-dc:Source"] == "Türe 𝄞"
