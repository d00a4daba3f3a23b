"""Cameras' raw files in: a DNG of our own, which says what its sensor saw."""

import struct

import codec_files as files
import numpy as np
import pytest
from codec_files import HIGH, WIDE, samples
from PIL import Image

WHITE, BLACK = 60000, 400
NEUTRAL = 0.5, 1.0, 0.8  # what a gray thing gives under the light of the picture
FROM_XYZ = 3.2406, -1.5372, -0.4986, -0.9689, 1.8758, 0.0415, 0.0557, -0.2040, 1.0570  # to sRGB
BYTE, ASCII, SHORT, LONG, RATIONAL, SRATIONAL = 1, 2, 3, 4, 5, 10
LEVELS = 0.18, 0.6


def directory(entries, at):
    """A directory at that offset with the values behind it."""
    table, more = b"", b""
    behind = at + 2 + 12 * len(entries) + 4
    for tag, (kind, values) in sorted(entries.items()):
        count = len(values) if kind in (BYTE, ASCII, SHORT, LONG) else len(values) // 2
        letter = {BYTE: "B", SHORT: "H", LONG: "I", RATIONAL: "I", SRATIONAL: "i"}.get(kind)
        data = values if kind == ASCII else struct.pack(f"<{len(values)}{letter}", *values)
        place = data.ljust(4, b"\0")
        if len(data) > 4:
            place = struct.pack("<I", behind + len(more))
            more += data + bytes(len(data) % 2)
        table += struct.pack("<HHI", tag, kind, count) + place
    return struct.pack("<H", len(entries)) + table + bytes(4) + more


def fractions(values, scale=10000):
    return [number for value in values for number in (round(value * scale), scale)]


def dng(scene, orientation=1):
    """`scene`: light from 0 to 1, gray, as the sensor sees it behind its mosaic RGGB."""
    mosaic = np.empty(scene.shape)
    for row in 0, 1:
        for column in 0, 1:
            mosaic[row::2, column::2] = scene[row::2, column::2] * NEUTRAL[row + column]
    data = np.rint(BLACK + mosaic * (WHITE - BLACK)).astype("<u2").tobytes()
    exif = {33434: (RATIONAL, [1, 250]), 33437: (RATIONAL, [28, 10]), 34855: (SHORT, [800])}
    exif_at, main_at, pixels_at = 8, 108, 1000
    main = {
        254: (LONG, [0]),
        256: (LONG, [scene.shape[1]]),
        257: (LONG, [scene.shape[0]]),
        258: (SHORT, [16]),
        259: (SHORT, [1]),
        262: (SHORT, [32803]),
        271: (ASCII, files.MAKER.encode() + b"\0"),
        272: (ASCII, b"One of them\0"),
        273: (LONG, [pixels_at]),
        274: (SHORT, [orientation]),
        277: (SHORT, [1]),
        278: (LONG, [scene.shape[0]]),
        279: (LONG, [len(data)]),
        33421: (SHORT, [2, 2]),
        33422: (BYTE, [0, 1, 1, 2]),
        34665: (LONG, [exif_at]),
        50706: (BYTE, [1, 4, 0, 0]),
        50708: (ASCII, b"One of them\0"),
        50714: (LONG, [BLACK]),
        50717: (LONG, [WHITE]),
        50721: (SRATIONAL, fractions(FROM_XYZ)),
        50728: (RATIONAL, fractions(NEUTRAL)),
        50778: (SHORT, [21]),
    }
    head = struct.pack("<2sHI", b"II", 42, main_at) + directory(exif, exif_at)
    return (head.ljust(main_at, b"\0") + directory(main, main_at)).ljust(pixels_at, b"\0") + data


def scene():
    """Darker on the left than on the right, and black above."""
    light = np.full((HIGH, WIDE), LEVELS[0])
    light[:, WIDE // 2 :] = LEVELS[1]
    light[:16] = 0
    return light


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("orientation", [1, 6])
def test_pixels_are_those_of_libraw_s_own_tool(lutist, tmp_path, half, orientation):
    light = np.random.default_rng(1).uniform(0.05, 0.9, (HIGH, WIDE))
    (tmp_path / "a.dng").write_bytes(dng((light + scene()) / 2, orientation))
    ways = ["-w", "-6", "-W", "-g", "2.4", "12.92", "-T", "-Z", tmp_path / "theirs.tif"]
    files.tool("dcraw_emu", *ways, *(["-h"] if half else []), tmp_path / "a.dng")
    done = lutist("batch", "a.dng", "-o", "ours.tif", "--raw", "half" if half else "full")
    assert done.returncode == 0, done.stderr
    ours, theirs = (samples(lutist, tmp_path / name) for name in ("ours.tif", "theirs.tif"))
    assert np.array_equal(ours, theirs)


def encoded(level):
    return (1.055 * level ** (1 / 2.4) - 0.055) * 65535


@pytest.mark.parametrize("name", ["a.dng", "a.tif", "a.nef"])
def test_it_is_developed_with_the_camera_s_white(lutist, tmp_path, name):
    """Gray is gray, as bright as it was, whatever the file is called."""
    (tmp_path / name).write_bytes(dng(scene()))
    read = samples(lutist, tmp_path / name).astype(float)
    assert read.shape == (HIGH, WIDE, 3)
    for level, part in zip(LEVELS, (read[24:-8, 8:40], read[24:-8, -40:-8]), strict=True):
        assert np.abs(part - encoded(level)).max() < 0.01 * 65535
    assert read[:10, 8:-8].max() < 200
    assert "raw, 96 x 64 (0.00614 MP), RGB, 16 bits" in lutist("info", name).stdout


def test_half_is_a_pixel_for_four(lutist, tmp_path):
    (tmp_path / "a.dng").write_bytes(dng(scene()))
    done = lutist("batch", "a.dng", "-o", "a.png", "--raw", "half")
    assert done.returncode == 0, done.stderr
    with Image.open(tmp_path / "a.png") as image:
        assert image.size == (WIDE // 2, HIGH // 2)
    wrong = lutist("batch", "a.dng", "-o", "b.png", "--raw", "quarter")
    assert wrong.returncode == 2 and "--raw 'quarter' is unknown; use full or half" in wrong.stderr


def test_it_stands_upright_and_keeps_what_it_carries(lutist, tmp_path):
    (tmp_path / "a.dng").write_bytes(dng(scene(), orientation=6))
    assert samples(lutist, tmp_path / "a.dng")[8:-8, -10:].max() < 200  # black is on the right
    assert lutist("batch", "a.dng", "-o", "a.jpg").returncode == 0
    with Image.open(tmp_path / "a.jpg") as image:
        exif = image.getexif()
        assert image.size == (HIGH, WIDE)
        assert exif[0x010F] == files.MAKER and exif.get(0x0112, 1) == 1
        assert exif.get_ifd(0x8769)[33434] == 1 / 250
    assert "ICC (sRGB" in lutist("info", "a.jpg").stdout


def test_a_file_that_is_cut_short_is_refused(lutist, tmp_path):
    data = dng(scene())
    (tmp_path / "a.dng").write_bytes(data)
    files.refused_when_cut(lutist, tmp_path / "a.dng", tmp_path / "cut", places=20)


def test_what_a_file_points_to_must_be_there(lutist, tmp_path):
    """LibRaw takes what is missing of many kinds for black; the header alone is read here."""
    data = dng(scene())
    offset = struct.pack("<HHII", 273, 4, 1, 1000)
    assert data.count(offset) == 1
    panasonic = data.replace(offset, struct.pack("<HHII", 273, 4, 1, 0xFFFFFFFF))
    panasonic = panasonic.replace(struct.pack("<HHI", 277, 3, 1), struct.pack("<HHI", 280, 4, 1))
    panasonic = panasonic.replace(
        struct.pack("<HHII", 280, 4, 1, 1), struct.pack("<HHII", 280, 4, 1, 1000)
    )
    fujifilm = b"FUJIFILMCCD-RAW 0201".ljust(100, b"\0") + struct.pack(">II", 200, len(data))
    for name, whole in {
        "a.dng": data,
        "a.rw2": b"IIU\0" + panasonic[4:],
        "a.raf": fujifilm.ljust(200, b"\0") + data,
    }.items():
        (tmp_path / name).write_bytes(whole)
        (tmp_path / f"cut-{name}").write_bytes(whole[:-1])
        assert "cut short" not in lutist("info", name).stderr, name
        done = lutist("info", f"cut-{name}")
        assert done.returncode == 1 and "the raw file is cut short" in done.stderr, name


def test_a_picture_without_bytes_is_no_black_one(lutist, tmp_path):
    """LibRaw stops at what is no picture of the sensor's, and tells nobody."""
    size = struct.pack("<HHII", 279, 4, 1, 2 * WIDE * HIGH)
    data = dng(scene())
    assert data.count(size) == 1
    for left in 0, 5:
        (tmp_path / "a.dng").write_bytes(data.replace(size, struct.pack("<HHII", 279, 4, 1, left)))
        for options in [], ["--lenient"]:
            done = lutist("batch", "a.dng", "-o", "out", *options)
            assert done.returncode == 1 and "the raw file has no pixels" in done.stderr
    (tmp_path / "a.dng").write_bytes(data.replace(size, struct.pack("<HHII", 279, 4, 1, 6)))
    assert "no pixels" not in lutist("info", "a.dng").stderr


def test_its_size_is_refused_by_the_header(lutist, tmp_path):
    (tmp_path / "a.dng").write_bytes(dng(scene()))
    done = lutist("batch", "a.dng", "-o", "out", "--max-pixels", 1000)
    assert done.returncode == 1 and "96 × 64 pixels are more than the limit of 1000" in done.stderr


def test_a_folder_of_a_camera_is_developed(lutist, tmp_path):
    (tmp_path / "roll").mkdir()
    (tmp_path / "roll/a.DNG").write_bytes(dng(scene()))
    Image.new("RGB", (8, 8)).save(tmp_path / "roll/b.JPG", "jpeg")
    done = lutist("batch", "roll", "-o", "out", "-q")
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"a.png", "b.JPG"}
