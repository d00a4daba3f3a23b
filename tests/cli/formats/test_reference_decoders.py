"""Files of the formats' own encoders are read as their own decoders read them."""

import subprocess

import codec_files as files
import numpy as np
import pytest
from codec_files import samples, smooth, tool
from PIL import Image

# name: (channels, the largest sample, the encoder with {} for the source, and the result)
SAMPLES = {
    "lossy.webp": (3, 255, "cwebp -q 75 {} -o"),
    "near.webp": (3, 255, "cwebp -near_lossless 40 {} -o"),
    "sharp.webp": (3, 255, "cwebp -sharp_yuv {} -o"),
    "alpha.webp": (4, 255, "cwebp -q 60 {} -o"),
    "gray.jxl": (1, 255, "cjxl -d 1 {}"),
    "gray16.jxl": (1, 65535, "cjxl -d 0 {}"),
    "color16.jxl": (3, 65535, "cjxl -d 1.5 {}"),
    "modular.jxl": (3, 255, "cjxl -m 1 -d 1 {}"),
    "progressive.jxl": (3, 255, "cjxl -p -d 1 {}"),
    "alpha.jxl": (4, 255, "cjxl -d 1 {}"),
    "color.heic": (3, 255, "heif-enc -q 80 {} -o"),
    "color10.heic": (3, 65535, "heif-enc -b 10 {} -o"),
    "alpha.heic": (4, 255, "heif-enc -q 80 {} -o"),
    "color444.avif": (3, 255, "avifenc -s 10 -y 444 {}"),
    "color10.avif": (3, 65535, "avifenc -s 10 -d 10 -y 444 {}"),
    "color12.avif": (3, 65535, "avifenc -s 10 -d 12 -y 444 {}"),
    "gray.avif": (3, 255, "avifenc -s 10 -y 400 {}"),
    "alpha.avif": (4, 255, "avifenc -s 10 -y 444 {}"),
    "color.jp2": (3, 255, "opj_compress -r 20 -i {} -o"),
    "color16.jp2": (3, 65535, "opj_compress -i {} -o"),
    "gray16.jp2": (1, 65535, "opj_compress -i {} -o"),
    "irreversible.j2k": (3, 255, "opj_compress -I -r 8 -i {} -o"),
    "alpha.jp2": (4, 255, "opj_compress -i {} -o"),
}
DECODERS = {
    ".webp": "dwebp {} -o",
    ".jxl": "djxl {}",
    ".heic": "heif-convert {}",
    ".avif": "avifdec {}",
    ".jp2": "opj_decompress -i {} -o",
    ".j2k": "opj_decompress -i {} -o",
}
# Steps of 8 bits: the tools stretch 10 and 12 bits to 16 with zeros below, and libavif rounds
# after its own matrix.
NEAR = {".heic": 0.3, ".avif": 1}


def run(command, given, made):
    tool(*command.format(given).split(), made)


def as_16(pixels):
    """One shape for all: gray as three channels, an opaque alpha left out."""
    pixels = pixels.astype(int) * (257 if pixels.dtype.itemsize == 1 else 1)
    if pixels.shape[2] in (2, 4) and pixels[..., -1].min() == 65535:
        pixels = pixels[..., :-1]
    if pixels.shape[2] < 3:
        pixels = np.dstack([pixels[..., :1]] * 3 + [pixels[..., 1:]])
    return pixels


def decoded(path):
    done = subprocess.run(
        ["convert", path, "-depth", "16", "pam:-"], check=True, capture_output=True
    )
    head, data = done.stdout.split(b"ENDHDR\n", 1)
    fields = dict(line.split(b" ", 1) for line in head.splitlines() if b" " in line)
    wide, high, deep = (int(fields[name]) for name in (b"WIDTH", b"HEIGHT", b"DEPTH"))
    return np.frombuffer(data, ">u2").reshape(high, wide, deep)


@pytest.mark.parametrize("name", SAMPLES)
def test_pixels_are_those_of_the_reference(lutist, tmp_path, name):
    channels, top, encoder = SAMPLES[name]
    source, made = tmp_path / "source.png", tmp_path / name
    files.write_png(source, smooth(channels, top))
    run(encoder, source, made)
    run(DECODERS[made.suffix], made, tmp_path / "reference.png")
    ours, theirs = as_16(samples(lutist, made)), as_16(decoded(tmp_path / "reference.png"))
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).max() <= 257 * NEAR.get(made.suffix, 0)


@pytest.mark.parametrize("options", [[], ["-progressive"], ["-restart", "1"], ["-arithmetic"]])
def test_a_jpeg_is_that_of_djpeg(lutist, tmp_path, options):
    Image.fromarray(smooth()).save(tmp_path / "a.ppm")
    tool("cjpeg", "-sample", "2x2", *options, "-outfile", tmp_path / "a.jpg", tmp_path / "a.ppm")
    tool("djpeg", "-outfile", tmp_path / "b.ppm", tmp_path / "a.jpg")
    wanted = np.asarray(Image.open(tmp_path / "b.ppm"))
    assert np.array_equal(samples(lutist, tmp_path / "a.jpg"), wanted)
