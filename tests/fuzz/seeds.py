"""Small files from which the fuzz targets start: `seeds.py FOLDER` writes FOLDER/TARGET/NAME.

Where a codec's own program is not installed, its files are left out.
"""

import io
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, TiffImagePlugin

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "python"))
sys.path.insert(0, str(Path(__file__).parent.parent / "python/formats"))
sys.path.insert(0, str(Path(__file__).parent.parent / "cli"))
sys.path.insert(0, str(Path(__file__).parent.parent / "cli/formats"))
import codec_files
import sdl_files
import test_raw
from rare_files import ALPHA, COLOURS, FILES, INDICES, PALETTE, SHADES
from test_metadata import exif_with_thumbnail

import icc_profiles

MOST_BYTES = 1 << 14
HEIGHT, WIDTH = SHADES.shape
EXIF = exif_with_thumbnail((WIDTH, HEIGHT))
ICC = icc_profiles.display_p3()
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    b'xmlns:xmpNote="http://ns.adobe.com/xmp/note/" '
    b'xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0" '
    b'xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" GCamera:MicroVideo="1" '
    b'xmpNote:HasExtendedXMP="00" tiff:Orientation="6" tiff:ImageWidth="21">'
    b"<tiff:ImageLength>13</tiff:ImageLength><xmp:Thumbnails><rdf:Alt><rdf:li>a</rdf:li>"
    b"</rdf:Alt></xmp:Thumbnails></rdf:Description></rdf:RDF></x:xmpmeta>"
)


def resource(number, data):
    return b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + bytes(len(data) % 2)


IPTC = b"Photoshop 3.0\0" + resource(0x040C, b"thumbnail") + resource(0x0404, b"\x1c\2\5\0\1a")


def saved(kind, pixels=COLOURS, **options):
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, **options)
    return out.getvalue()


def converted(folder, name, data, *options):
    """By ImageMagick, which makes what Pillow does not. NAME is "tiff64:a.tif" or "a.png"."""
    made = folder / name.partition(":")[2] if ":" in name else folder / name
    kind = name.partition(":")[0] + ":" if ":" in name else ""
    (folder / "in.png").write_bytes(data)
    subprocess.run(
        ["convert", folder / "in.png", *options, f"{kind}{made}"], check=True, capture_output=True
    )
    return made.read_bytes()


def segment(marker, data):
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def jpeg_with_segments():
    """EXIF, a profile in two parts, XMP with an extension's mark, APP13, MPF."""
    half = len(ICC) // 2
    parts = [
        segment(0xE1, b"Exif\0\0" + EXIF),
        segment(0xE2, b"ICC_PROFILE\0\2\2" + ICC[half:]),
        segment(0xE2, b"ICC_PROFILE\0\1\2" + ICC[:half]),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        segment(0xED, IPTC),
        segment(0xE2, b"MPF\0" + EXIF[:60]),
        segment(0xFE, b"a comment"),
    ]
    plain = saved("jpeg", quality=50)
    return plain[:2] + b"".join(parts) + plain[2:]


def jpeg_with_long_xmp():
    """XMP and its extension, in two pieces."""
    name, (start, end) = b"0123456789ABCDEF" * 2, XMP.split(b"</rdf:RDF>")
    rest = start + b"<rdf:Description xmlns:a='urn:a' a:b='c'/></rdf:RDF>" + end
    parts = [
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP.replace(b'"00"', b'"%s"' % name))
    ]
    for at in range(0, len(rest), 400):
        head = b"http://ns.adobe.com/xmp/extension/\0" + name + struct.pack(">II", len(rest), at)
        parts.append(segment(0xE1, head + rest[at : at + 400]))
    plain = saved("jpeg", quality=50)
    return plain[:2] + b"".join(parts) + plain[2:]


def of_jpeg(folder):
    yield "a.jpg", saved("jpeg")
    yield "444.jpg", saved("jpeg", subsampling=0, optimize=True)
    yield "progressive.jpg", saved("jpeg", progressive=True)
    yield "gray.jpg", saved("jpeg", SHADES)
    yield "segments.jpg", jpeg_with_segments()
    yield "long_xmp.jpg", jpeg_with_long_xmp()
    cmyk = io.BytesIO()
    Image.fromarray(COLOURS).convert("CMYK").save(cmyk, "jpeg")
    yield "cmyk.jpg", cmyk.getvalue()
    for name, option in ("arithmetic", ["-arithmetic"]), ("restart", ["-restart", "1B"]):
        done = subprocess.run(
            ["jpegtran", *option], input=saved("jpeg"), capture_output=True, check=True
        )
        yield f"{name}.jpg", done.stdout


def png_with_empty_texts():
    """XMP and a profile of no bytes."""
    made = saved("png")
    for name, data in (
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0"),
        (b"tEXt", b"Raw profile type exif\0"),
        (b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(b"")),
    ):
        whole = struct.pack(">I", len(data)) + name + data
        made = made[:33] + whole + struct.pack(">I", zlib.crc32(name + data)) + made[33:]
    return made


def of_png(folder):
    plain = saved("png")
    yield "a.png", plain
    yield "empty_texts.png", png_with_empty_texts()
    yield "alpha.png", saved("png", ALPHA)
    yield "blocks.png", saved("png", exif=EXIF, icc_profile=ICC, dpi=(300, 300))
    picture = Image.fromarray(INDICES)
    picture.putpalette(PALETTE.tobytes())
    for bits in 1, 2, 4, 8:
        out = io.BytesIO()
        picture.quantize(2**bits).save(out, "png", bits=bits, transparency=0)
        yield f"palette_{bits}.png", out.getvalue()
    yield "interlaced.png", converted(folder, "a.png", plain, "-interlace", "PNG")
    yield "deep.png", converted(folder, "a.png", plain, "-depth", "16", "-define", "png:depth=16")
    gray = converted(folder, "a.png", plain, "-colorspace", "Gray", "-define", "png:bit-depth=2")
    yield "gray_2.png", gray


def of_tiff(folder):
    plain = saved("png")
    for way in "raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg":
        yield f"{way}.tif", saved("tiff", compression=way)
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[274], tags[33723], tags[34377], tags[700] = 6, b"\x1c\2\5\0\1a", IPTC[14:], XMP
    tags.tagtype.update({33723: 7, 34377: 7, 700: 7})
    yield "blocks.tif", saved("tiff", tiffinfo=tags, icc_profile=ICC)
    yield "alpha.tif", saved("tiff", ALPHA)
    geo = TiffImagePlugin.ImageFileDirectory_v2()
    geo.tagtype.update({33550: 12, 34735: 3, 34737: 2, 42113: 2})
    geo[33550], geo[34735], geo[34737], geo[42113] = (0.5, 0.5, 0.0), (1, 1, 0, 0), "WGS 84|", "0"
    yield "geo.tif", saved("tiff", tiffinfo=geo)
    for name, *options in (
        ("tiles", "-define", "tiff:tile-geometry=16x16"),
        ("planes", "-interlace", "plane", "-compress", "lzw"),
        ("deep", "-depth", "16", "-compress", "zip"),
        ("bits", "-monochrome", "-compress", "group4"),
        ("fax", "-monochrome", "-compress", "fax"),
        ("floats", "-depth", "32", "-define", "quantum:format=floating-point"),
        ("palette", "-type", "Palette"),
        ("cmyk", "-colorspace", "CMYK"),
        ("big_endian", "-endian", "MSB"),
    ):
        yield f"{name}.tif", converted(folder, "a.tif", plain, *options)
    yield "big.tif", converted(folder, "tiff64:a.tif", plain)
    yield "pyramid.tif", converted(folder, "ptif:a.tif", plain)


def of_webp(folder):
    yield "lossy.webp", saved("webp", quality=50)
    yield "lossy_alpha.webp", saved("webp", ALPHA, quality=50)
    yield "blocks.webp", saved("webp", exif=b"Exif\0\0" + EXIF, icc_profile=ICC, xmp=XMP)
    yield "large.webp", saved("webp", np.tile(COLOURS, (20, 20, 1)), quality=5)


def extension(kind, *blocks):
    return bytes((0x21, kind)) + b"".join(bytes((len(b),)) + b for b in blocks) + b"\0"


def gif_with_extensions():
    """A profile in blocks, XMP with the trailer that its form needs, and a comment."""
    trailer = b"\1" + bytes(range(255, -1, -1))
    packet = b"\x21\xff\x0bXMP DataXMP" + XMP + trailer + b"\0"
    pieces = [ICC[at : at + 255] for at in range(0, len(ICC), 255)]
    parts = extension(0xFF, b"ICCRGBG1012", *pieces), packet, extension(0xFE, b"a comment", b"!")
    plain = saved("gif")
    start = 13 + 3 * (2 << (plain[10] & 7))
    return plain[:start] + b"".join(parts) + plain[start:]


def of_gif(folder):
    yield "a.gif", saved("gif")
    yield "extensions.gif", gif_with_extensions()
    yield "plain.gif", saved("gif", interlace=False)
    frames = [Image.fromarray(COLOURS[::-1])]
    yield "moving.gif", saved("gif", save_all=True, append_images=frames, transparency=3)


def of_bitmaps(folder):
    yield "a.xpm", converted(folder, "a.xpm", saved("png"), "-colors", "8")
    yield from sdl_files.FILES.items()


TOOLS = {
    "jxl": {
        "a.jxl": ("cjxl", "{}", "{}"),
        "boxes.jxl": ("cjxl", "{}", "{}", "--container=1", "-d", "0"),
    },
    "jp2": {
        "a.jp2": ("opj_compress", "-i", "{}", "-o", "{}", "-r", "5"),
        "tiles.j2k": ("opj_compress", "-i", "{}", "-o", "{}", "-t", "32,32", "-n", "3"),
    },
    "heif": {
        "a.heic": ("heif-enc", "{}", "-o", "{}"),
        "a.avif": ("heif-enc", "-A", "{}", "-o", "{}"),
    },
}


def of_tools(target, folder):
    """By the codecs' own programs. The picture has EXIF and a profile."""
    source = folder / "source.png"
    codec_files.write_png(source, codec_files.smooth(4), exif=EXIF, icc_profile=ICC)
    for name, (program, *words) in TOOLS[target].items():
        places = iter((source, folder / name))
        command = [str(next(places)) if word == "{}" else word for word in words]
        if shutil.which(program):
            subprocess.run([program, *command], check=True, capture_output=True)
            yield name, (folder / name).read_bytes()


def of_raw(folder):
    yield "a.dng", test_raw.dng(test_raw.scene())


def of_hald(folder):
    for side in 8, 27:
        grid = np.random.default_rng(side).integers(0, 256, (side, side, 3), np.uint8)
        plain = saved("png", grid)
        yield f"{side}.png", plain
        yield f"{side}.tif", saved("tiff", grid)
        deep = ["-depth", "16", "-define", "png:depth=16"]
        yield f"{side}_deep.png", converted(folder, "a.png", plain, *deep)
    yield "none.png", saved("png", SHADES[:9, :9])


def of_exif(folder):
    made = Image.Exif()
    made[0x010F], made[0x0112], made[0x8825] = "A maker", 8, {1: "N", 2: (47.0, 22.0, 1.0)}
    photograph = {0xA001: 2, 0xA002: 5, 0x829A: 0.004, 0x829D: 2.8, 0x8827: 400}
    made[0x8769] = {**photograph, 0xA005: {1: "R03"}}
    yield "little", EXIF
    yield "pillow", made.tobytes()[6:]
    yield "photoshop", IPTC
    yield "dng", test_raw.dng(test_raw.scene())[:900]


def of_xmp(folder):
    yield "packet", XMP
    yield "wrapped", b'<?xpacket begin="\xef\xbb\xbf"?>' + XMP + b'<?xpacket end="w"?>'
    yield "wide", XMP.decode().encode("utf-16")
    yield "wide_big", XMP.decode().encode("utf-16-be")


def of_profiles(folder):
    yield "adobe", icc_profiles.adobe()
    yield "p3", icc_profiles.display_p3()
    yield "srgb", icc_profiles.srgb_table()
    yield "gray", icc_profiles.gray()
    yield "table", icc_profiles.rgb_table(5)
    yield "cmyk", icc_profiles.cmyk(5)


MAKERS = {
    name.removeprefix("of_"): make
    for name, make in list(globals().items())
    if name.startswith("of_") and name != "of_tools"
}
TARGETS = (*MAKERS, *TOOLS)
# Names of files that are refused as they are.
REFUSED = {"hald": {"none.png"}, "tiff": {"floats.tif"}}


def program(target):
    """The one that reads a target's files: fuzz_NAME."""
    return target if target in ("exif", "hald", "profiles", "xmp") else "images"


RARE = {"webp": "webp", "bitmaps": ("pbm", "pgm", "ppm", "pam", "qoi", "bmp", "tga", "pcx")}


def seeds(target, folder):
    """Names and contents of a target's files; `folder` is for what programs write."""
    if target in TOOLS:
        yield from of_tools(target, folder)
    else:
        yield from MAKERS[target](folder)
    for name, (data, _) in FILES.items():
        if target in RARE and name.endswith(RARE[target]):
            yield name, data


def write(target, out):
    """Write the files of at most MOST_BYTES into the folder `out`. Returns their names."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = dict(seeds(target, Path(folder)))
    names = {name for name, data in made.items() if len(data) <= MOST_BYTES}
    for name in names:
        (out / name).write_bytes(made[name])
    return names


if __name__ == "__main__":
    for target in TARGETS:
        write(target, Path(sys.argv[1]) / target)
