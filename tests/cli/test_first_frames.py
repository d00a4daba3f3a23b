"""GIF and WebP: odd files, and damaged ones, beside what Pillow makes of them."""

import io
import random

import numpy as np
import pytest
from PIL import Image, ImageSequence

WIDE, HIGH = 53, 41


def noise(colours, size=(HIGH, WIDE), seed=1):
    return np.random.default_rng(seed).integers(0, colours, size, np.uint8)


def indexed(colours, seed=1):
    """A picture of that many colours, some of its rows alike."""
    image = Image.fromarray(np.repeat(noise(colours, (HIGH, WIDE), seed)[::2], 2, 0)[:HIGH], "P")
    image.putpalette(noise(256, (colours, 3), 9).tobytes())
    return image


def gif(image, **options):
    image.save(out := io.BytesIO(), "gif", **options)
    return out.getvalue()


def with_code_size(data, bits):
    """The same indices behind codes of more bits than the palette needs, each cleared."""
    image = Image.open(io.BytesIO(data))
    stream, queue, size = bytearray(), 0, 0
    for code in [c for index in image.tobytes() for c in (1 << bits, index)] + [(1 << bits) + 1]:
        queue |= code << size
        size += bits + 1
        while size >= 8:
            stream.append(queue & 255)
            queue, size = queue >> 8, size - 8
    stream.append(queue & 255)
    blocks = [bytes(stream[i : i + 255]) for i in range(0, len(stream), 255)]
    body = b"".join(bytes([len(block)]) + block for block in blocks)
    at = first_frame(data) + 10
    return data[:at] + bytes([bits]) + body + b"\0;"


def first_frame(data):
    """Where the first image descriptor stands in a file that Pillow has written."""
    at = 13 + (3 << (data[10] & 7) + 1 if data[10] & 128 else 0)
    while data[at] == 0x21:
        at += 2
        while data[at]:
            at += 1 + data[at]
        at += 1
    assert data[at] == 0x2C
    return at


def placed(data, left, top, screen):
    """The frame elsewhere, on a screen of that size."""
    at = first_frame(data)
    out = bytearray(data)
    out[6:10] = np.array(screen, "<u2").tobytes()
    out[at + 1 : at + 5] = np.array([left, top], "<u2").tobytes()
    return bytes(out)


def odd_gifs():
    frames = [indexed(16, seed) for seed in (1, 2, 3)]
    for colours in 2, 3, 4, 17, 128, 256:
        yield f"{colours}_colours", gif(indexed(colours))
        yield f"{colours}_interlaced", gif(indexed(colours), interlace=1)
    for rows in 1, 2, 3, 4, 5, 7, 8, 9:
        yield f"interlaced_{rows}", gif(indexed(16).crop((0, 0, WIDE, rows)), interlace=1)
    yield "transparent", gif(indexed(16), transparency=3)
    yield "animated", gif(frames[0], save_all=True, append_images=frames[1:], loop=0, duration=9)
    yield "comment", gif(indexed(16), comment=b"a comment " * 70)
    yield "87a", gif(indexed(16)).replace(b"GIF89a", b"GIF87a", 1)
    for bits in 4, 5, 8:
        yield f"codes_of_{bits}", with_code_size(gif(indexed(16), interlace=0), bits)
    yield "placed", placed(gif(indexed(16)), 7, 5, (WIDE + 20, HIGH + 9))


def odd_webps():
    def webp(image, **options):
        image.save(out := io.BytesIO(), "webp", **options)
        return out.getvalue()

    colours = Image.fromarray(noise(256, (HIGH, WIDE, 3)))
    alpha = Image.fromarray(noise(256, (HIGH, WIDE, 4)))
    yield "lossy", webp(colours, quality=70)
    yield "lossless", webp(colours, lossless=True)
    yield "lossy_alpha", webp(alpha, quality=70)
    yield "lossless_alpha", webp(alpha, lossless=True, exact=True)
    yield "blocks", webp(colours, lossless=True, icc_profile=b"RGB " * 100, xmp=b"<x/>")
    for lossless in False, True:
        yield (
            f"animated_{lossless}",
            webp(
                colours,
                save_all=True,
                append_images=[colours.rotate(180), colours.transpose(0)],
                lossless=lossless,
                quality=70,
            ),
        )


def read_all(lutist, tmp_path, files):
    """What lutist reads of each file, as RGBA; None where it refuses it."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    done = lutist("batch", folder, "-o", "out", "--format", "png", "-q")
    assert done.returncode in (0, 1)
    out = {name: tmp_path / "out" / f"{name.rsplit('.', 1)[0]}.png" for name in files}
    for name in files:
        assert out[name].exists() != (f"/{name}: " in done.stderr), name
    return {
        n: np.asarray(Image.open(p).convert("RGBA")) if p.exists() else None for n, p in out.items()
    }


def shown(pixels):
    """What is transparent has no colour."""
    return np.where(pixels[..., 3:] == 0, 0, pixels)


def pillow(data):
    """The first frame as RGBA; None where Pillow refuses it."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            return np.asarray(next(ImageSequence.Iterator(image)).convert("RGBA"))
    except (OSError, SyntaxError, ValueError, IndexError, EOFError):
        return None


def test_odd_files_are_read_as_others_read_them(lutist, tmp_path):
    files = {f"{name}.gif": data for name, data in odd_gifs()}
    files |= {f"{name}.webp": data for name, data in odd_webps()}
    for name, ours in read_all(lutist, tmp_path, files).items():
        theirs = pillow(files[name])
        assert ours is not None and theirs is not None, name
        if name == "placed.gif":  # what is around the frame is transparent here
            assert not ours[:5, :, 3].any() and not ours[:, :7, 3].any()
            ours, theirs = (pixels[5 : 5 + HIGH, 7 : 7 + WIDE] for pixels in (ours, theirs))
        assert np.array_equal(shown(ours), shown(theirs)), name


@pytest.mark.parametrize("interlace", [0, 1])
def test_no_pixel_of_a_damaged_gif_is_invented(lutist, tmp_path, interlace):
    """giflib gives a pixel for a code that stands for nothing."""
    whole = gif(indexed(256), interlace=interlace)
    dice, start, files = random.Random(3), first_frame(whole) + 14, {}
    for i in range(150):
        data = bytearray(whole)
        data[dice.randrange(start, len(data) - 3)] ^= 1 << dice.randrange(8)
        files[f"flipped{i}.gif"] = bytes(data)
    found = read_all(lutist, tmp_path, files)
    refused = [name for name, pixels in found.items() if pixels is None]
    assert 10 < len(refused) < len(files)
    for name, ours in found.items():
        theirs = pillow(files[name])
        assert (ours is None) == (theirs is None), name
        assert ours is None or np.array_equal(ours, theirs), name


@pytest.mark.parametrize("end", ["gif", "webp"])
def test_a_file_that_is_cut_short_is_refused(lutist, tmp_path, end):
    makers = {"gif": lambda: gif(indexed(64)), "webp": lambda: dict(odd_webps())["lossless"]}
    whole = makers[end]()
    cuts = range(len(whole) // 3, len(whole) - 4, len(whole) // 23)
    files = {f"cut{at}.{end}": whole[:at] for at in cuts}
    assert set(map(type, read_all(lutist, tmp_path, files).values())) == {type(None)}


def test_a_gif_without_its_last_bytes_is_whole(lutist, tmp_path):
    """Every pixel is there; only the marks behind them are missing."""
    whole = gif(indexed(64))
    assert whole[-2:] == b"\0;"
    files = {f"less{n}.gif": whole[: len(whole) - n] for n in (1, 2)}
    for ours in read_all(lutist, tmp_path, files).values():
        assert np.array_equal(ours, pillow(whole))
