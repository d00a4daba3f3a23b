"""Pictures that are larger than --cache: they lie in a temporary file."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image


@pytest.fixture
def large(tmp_path):
    """18 MB of pixels in which every place has a colour of its own."""
    y, x = np.mgrid[0:2000, 0:3000]
    pixels = np.stack([x % 251, y % 241, (x + y) % 256], axis=2).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "large.png")
    return pixels


def test_the_views_are_those_of_a_picture_in_memory(view, large, tmp_path):
    env = {"TMPDIR": str(tmp_path)}
    views = []
    for options in ((), ("--cache", "16M")):
        viewer = view("large.png", *options, env=env)
        grabs = [viewer.picture()]
        viewer.key("1")
        viewer.settle(zoom=1)
        grabs.append(viewer.picture())
        views.append(grabs)
        viewer.close()
    for one, other in zip(*views, strict=True):
        assert np.array_equal(one, other)
    exact = views[1][1]
    height, width, _ = exact.shape
    top, left = (2000 - height) // 2, (3000 - width) // 2
    near = [
        large[top + dy : top + dy + height, left + dx : left + dx + width]
        for dy in (0, 1)
        for dx in (0, 1)
    ]
    assert any(np.array_equal(exact, part) for part in near)
    assert [path.name for path in tmp_path.iterdir()] == ["large.png"]


def test_the_whole_is_not_processed(view, large, tmp_path):
    viewer = view("large.png", "--cache", "16M", env={"TMPDIR": str(tmp_path)})
    viewer.key("w")
    viewer.wait("^notice The image is larger than --cache: only its visible part is processed.")
    assert viewer.shown["whole"] == 0


def test_a_folder_that_takes_no_file_is_told(lutist, large, tmp_path):
    done = lutist("large.png", "--cache", "16M", env={"TMPDIR": "/no/such"}, cwd=tmp_path)
    assert done.returncode != 0
    assert done.stderr.splitlines()[-1] == (  # libraries have a line at times
        "lutist: large.png: /no/such: no temporary file can be made: No such file or directory"
    )


@pytest.mark.parametrize("progressive", [False, True])
def test_a_large_jpeg_is_rough_first_and_then_exact(view, tmp_path, progressive):
    y, x = np.mgrid[0:2500, 0:3500]
    pixels = np.stack([x * 255 // 3500, y * 255 // 2500, x * 0 + 99], axis=2).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "a.jpg", quality=90, progressive=progressive)
    viewer = view("a.jpg")  # it has settled: the picture is exact
    files = [line for line in viewer.log if line.startswith("file ")]
    assert files[-1].endswith("rough=0")
    rough = [line[-1] for line in files[:-1]]  # none where the full one came first
    assert rough == ["1"] * len(rough) and (progressive or len(rough) <= 1)
    picture = viewer.picture().astype(int)
    height, width, _ = picture.shape
    assert abs(picture[height // 2, width // 4] - (63, 127, 99)).max() <= 3


@pytest.mark.parametrize("there", [True, False])
def test_one_that_cannot_be_read_leaves_no_window(lutist, display, tmp_path, there):
    noise = np.random.default_rng(1).integers(0, 256, (4000, 4000, 3), np.uint8)
    path = tmp_path / "cut.jpg"
    Image.fromarray(noise).save(path, quality=95)
    path.write_bytes(path.read_bytes()[:-1000])
    env = {"DISPLAY": display if there else ":4095", "WAYLAND_DISPLAY": ""}
    done = lutist("cut.jpg", "--no-config", cwd=tmp_path, env=env)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "lutist: cut.jpg: the JPEG file is cut short"


@pytest.mark.parametrize("kind", ["turned", "progressive", "interlaced"])
def test_what_cannot_be_read_row_by_row_is_held_on_the_disk(view, tmp_path, kind):
    y, x = np.mgrid[0:2000, 0:3000]
    pixels = np.stack([x * 255 // 3000, y * 255 // 2000, x * 0 + 99], axis=2).astype(np.uint8)
    image = Image.fromarray(pixels)
    if kind == "interlaced":
        path = tmp_path / "large.png"
        write_interlaced(path, pixels)
    else:
        path = tmp_path / "large.jpg"
        exif = Image.Exif()
        exif[0x112] = 6  # the stored left edge is the top
        more = {"exif": exif} if kind == "turned" else {"progressive": True}
        image.save(path, quality=90, **more)
    viewer = view(path, "--cache", "8M", env={"TMPDIR": str(tmp_path)})
    picture = viewer.picture().astype(int)
    height, width, _ = picture.shape
    assert (height > width) == (kind == "turned")
    at = (0.25, 0.75)  # down and across on the screen
    down, across = (1 - at[1], at[0]) if kind == "turned" else at
    expected = (255 * across, 255 * down, 99)
    found = picture[round(height * at[0]), round(width * at[1])]
    assert abs(found - expected).max() <= 4
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def write_interlaced(path, pixels):
    """Pillow does not write such files: the seven passes, filter 0."""
    height, width, _ = pixels.shape
    starts = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2))
    data = b""
    for top, left, down, across in (*starts, (1, 0, 2, 1)):
        part = pixels[top::down, left::across]
        rows = part.reshape(part.shape[0], -1)
        data += np.hstack([np.zeros((rows.shape[0], 1), np.uint8), rows]).tobytes()
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 1)),
        (b"IDAT", zlib.compress(data, 1)),
        (b"IEND", b""),
    )
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        for name, content in chunks:
            body = name + content
            file.write(struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body)))


def test_a_killed_viewer_leaves_no_file(view, large, tmp_path):
    viewer = view("large.png", "--cache", "1M", env={"TMPDIR": str(tmp_path)})
    with open(f"/proc/{viewer.process.pid}/maps") as maps:
        held = [line for line in maps if str(tmp_path) in line and "(deleted)" in line]
    assert held  # the pixels lie in files there, which have no names
    viewer.process.kill()
    viewer.process.wait()
    assert [path.name for path in tmp_path.iterdir()] == ["large.png"]
