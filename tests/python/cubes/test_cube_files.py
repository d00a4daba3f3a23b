"""cube() with files: every dialect, and what is refused."""

import re
import shutil
import subprocess

import numpy as np
import pytest
from broken_cubes import FILES, write
from PIL import Image, ImageFilter
from test_cubes import rounded

import lutist
from lutist import Slider, cube, matrix, pipeline, tone
from tetrahedral import interpolated

LEVEL = 5  # of the HaldCLUT: 25 points a side


def film(colors):
    """A look: float64 colours in and out, (…, 3)."""
    gray = colors @ [0.3, 0.6, 0.1]
    warm = gray[..., None] + (colors - gray[..., None]) * 1.2 + [0.03, 0.0, -0.02]
    return np.clip(warm, 0, 1) ** 0.8


def lattice(size):
    """The colours of a table's points, red fastest: (size³, 3)."""
    axis = np.arange(size) / (size - 1)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    return np.stack([red, green, blue], -1).reshape(-1, 3)


def texted(rows):
    return "\n".join(" ".join(f"{value:.10f}" for value in row) for row in rows) + "\n"


def adobe(path, table):
    size = round(len(table) ** (1 / 3))
    path.write_text(f'TITLE "film"\nLUT_3D_SIZE {size}\n' + texted(table))
    return path


def hald(path, table, depth=16):
    """Pillow writes no RGB of 16 bits; lutist does."""
    level = round(len(table) ** (1 / 6))
    top = 2**depth - 1
    pixels = np.round(table * top).astype(f"u{depth // 8}").reshape(level**3, level**3, 3)
    lutist.Image.from_buffer(pixels).save(path, overwrite=True)
    return path


def colors(depth):
    numbers = np.random.default_rng(depth)
    return numbers.integers(0, 2**depth, (60, 80, 3)).astype(f"u{depth // 8}")


def developed(stages, pixels):
    @pipeline
    def look():
        return stages

    return np.asarray(look.apply(lutist.Image.from_buffer(pixels))).astype(int)


def peak():
    """The most addresses that the process ever had, in bytes."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmPeak"))


def test_each_broken_file_is_refused_by_line_before_memory_is_taken(tmp_path):
    paths = write(tmp_path)
    assert len(paths) >= 60
    with pytest.raises(ValueError):
        cube(paths["nan"])
    before = peak()
    for name, (_, line, reason) in FILES.items():
        with pytest.raises(ValueError) as caught:
            cube(paths[name])
        start, _, told = str(caught.value).partition(": ")
        assert start == f"{paths[name]}, line {line}", name
        assert reason in told and "\n" not in told, name
    assert peak() - before < 64 << 20  # 256 points a side are 402 MB


def test_a_file_that_holds_nothing_of_a_table_says_so(tmp_path):
    for name, data, reason in (
        ("empty.cube", b"", "the file is empty"),
        ("page.cube", b"<!DOCTYPE html>\n<html>", "a web page is not read; see whether it was"),
        ("lfs.cube", b"version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer is not"),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ValueError) as caught:
            cube(tmp_path / name)
        assert str(caught.value).startswith(f"{tmp_path / name}: {reason}")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_system_s_line_ends_are_read(tmp_path, end):
    """Also where a block of the file ends between the two bytes of one."""
    head = 'TITLE "a"\nLUT_3D_SIZE 2\n'
    good = head + texted(lattice(2))
    (tmp_path / "unix.cube").write_text(good)
    pixels = colors(8)
    wanted = developed(cube(tmp_path / "unix.cube"), pixels)
    for padding in (0, *range(65500, 65540)):
        text = f"# {'x' * 40000}\n# {'x' * (padding - 40005)}\n" if padding else ""
        (tmp_path / "other.cube").write_bytes((text + good).replace("\n", end).encode())
        assert (developed(cube(tmp_path / "other.cube"), pixels) == wanted).all()
    (tmp_path / "bad.cube").write_bytes((head + "0 0 0\n\n0 0 x\n").replace("\n", end).encode())
    with pytest.raises(ValueError, match="line 5: x is not a number"):
        cube(tmp_path / "bad.cube")


def test_a_long_number_is_read(tmp_path):
    rows = texted(lattice(2)).splitlines()
    (tmp_path / "a.cube").write_text("LUT_3D_SIZE 2\n" + "\n".join(rows) + "\n")
    rows[3] = " ".join(f"{float(v):.400f}" for v in rows[3].split())
    (tmp_path / "b.cube").write_text("LUT_3D_SIZE 2\n" + "\n".join(rows) + "\n")
    one, other = (developed(cube(tmp_path / name), colors(16)) for name in ("a.cube", "b.cube"))
    assert (one == other).all()


PNG = b"\x89PNG\r\n\x1a\n"


def broken_pictures(folder):
    """Path and reason."""
    table = np.zeros((4, 4, 4, 3)).reshape(-1, 3)
    good = hald(folder / "good.png", table, 8).read_bytes()

    def saved(name, data):
        (folder / name).write_bytes(data)
        return folder / name

    def drawn(name, mode, size, **options):
        Image.new(mode, size).save(folder / name, **options)
        return folder / name

    yield saved("cut.png", good[:-30]), "the PNG file is cut short"
    yield saved("head.png", good[:20]), "the PNG file is cut short"
    yield saved("magic.png", PNG), "the PNG file is cut short"
    claim = b"\0\0\x10\0\0\0\x10\0"
    yield saved("claim.png", good[:16] + claim + good[24:]), "PNG"
    yield drawn("wide.png", "RGB", (512, 64)), "512 x 64 pixels are no HaldCLUT"
    yield drawn("odd.png", "RGB", (100, 100)), "100 x 100 pixels are no HaldCLUT"
    yield drawn("point.png", "RGB", (1, 1)), "1 x 1 pixels are no HaldCLUT"
    yield drawn("high.png", "RGB", (4913, 4913)), "level 17; 16 is the highest"
    yield drawn("gray.png", "L", (64, 64)), "is gray"
    yield drawn("gray16.png", "I;16", (64, 64)), "is gray"
    yield drawn("alpha.png", "RGBA", (64, 64)), "has an alpha channel"
    yield drawn("alpha.tif", "RGBA", (64, 64)), "has an alpha channel"
    yield drawn("lossy.jpg", "RGB", (64, 64)), "is a picture of the format jpeg"
    yield drawn("lossy.cube", "RGB", (64, 64), format="webp"), "is a picture of the format webp"
    yield drawn("few.gif", "RGB", (64, 64)), "is a picture of the format gif"
    yield drawn("turned.tif", "RGB", (64, 64), tiffinfo={274: 6}), "must be turned"
    yield saved("broken.tif", b"II*\0\xff\xff\xff\xff"), "TIFF"
    yield saved("document.png", b"8BPS\0\1" + bytes(20)), "a Photoshop document is not read"


def test_each_broken_picture_is_refused_before_memory_is_taken(tmp_path):
    pictures = list(broken_pictures(tmp_path))
    with pytest.raises(ValueError):
        cube(pictures[0][0])
    before = peak()
    for path, reason in pictures:
        with pytest.raises(ValueError) as caught:
            cube(path)
        assert str(caught.value).startswith(f"{path}: ")
        assert reason in str(caught.value) and "\n" not in str(caught.value)
    assert peak() - before < 128 << 20  # a library that is opened is a part of it


def resolve(path, curve, ends, table, reach):
    size = round(len(table) ** (1 / 3))
    path.write_text(
        f"LUT_1D_SIZE {len(curve)}\nLUT_1D_INPUT_RANGE {ends[0]} {ends[1]}\n"
        f"LUT_3D_SIZE {size}\nLUT_3D_INPUT_RANGE {reach[0]} {reach[1]}\n"
        + texted(np.broadcast_to(np.transpose([curve]), (len(curve), 3)))
        + texted(table)
    )
    return path


@pytest.mark.parametrize("depth", [8, 16])
def test_the_same_look_in_every_kind_of_file_gives_the_same_picture(tmp_path, depth):
    table = film(lattice(LEVEL**2))
    files = [
        adobe(tmp_path / "adobe.cube", table),
        # shapers that leave the points where they are
        resolve(tmp_path / "same.cube", np.linspace(0, 1, 1025), (0, 1), table, (0, 1)),
        resolve(tmp_path / "half.cube", [0, 0.25, 0.5], (0, 1), table, (0, 0.5)),
        resolve(tmp_path / "wide.cube", [-1, 2], (-1, 2), table, (0, 1)),
        hald(tmp_path / "hald.png", table),
        hald(tmp_path / "hald.tif", table),
        hald(tmp_path / "hald8.png", table, 8),
    ]
    pixels = colors(depth)
    first, *others, png, tif, png8 = (developed(cube(path), pixels) for path in files)
    for other in (*others, png):
        assert np.abs(other - first).max() <= 1
    assert (png == tif).all()
    assert np.abs(png8 - first).max() <= (1 if depth == 8 else 130)  # half a step of 8 bits
    want = film(pixels / (2**depth - 1)) * (2**depth - 1)
    assert np.abs(first - want).max() < 0.03 * 2**depth  # the look bends between the points


@pytest.mark.parametrize("mix", [1.0, 0.4])
def test_a_shaper_bends_before_the_cube(tmp_path, mix):
    curve, table = np.linspace(0, 1, 129) ** 0.4, film(lattice(9))
    path = resolve(tmp_path / "log.cube", curve, (0, 1), table, (0, 1))
    pixels = colors(16)
    x = pixels / 65535
    shaped = np.interp(x, np.linspace(0, 1, 129), curve)
    want = rounded(x + mix * (interpolated(table.reshape(9, 9, 9, 3), shaped) - x), 16)
    assert np.abs(developed(cube(path, mix), pixels) - want).max() <= 1


def test_a_shaper_and_its_cube_are_the_same_look_as_one_table(tmp_path):
    """The same number of points: the shaper maps -0.5 … 1.5 to 0 … 1, as a domain would."""
    table = film(lattice(17))
    domain = tmp_path / "domain.cube"
    domain.write_text(
        "LUT_3D_SIZE 17\nDOMAIN_MIN -.5 -.5 -.5\nDOMAIN_MAX 1.5 1.5 1.5\n" + texted(table)
    )
    shaper = tmp_path / "shaper.cube"
    shaper.write_text(
        "LUT_1D_SIZE 2\nLUT_1D_INPUT_RANGE -.5 1.5\nLUT_3D_SIZE 17\n0 0 0\n1 1 1\n" + texted(table)
    )
    wide = [tone(lambda x: x * 1.8 - 0.4)]
    mixed = [matrix([[1, 0.2, 0], [0.1, 1, 0], [0, 0, 1]])]
    for before in [], wide, mixed, wide + mixed:
        for mix in 1.0, 0.5, -1.0, 0.0:
            for depth in 8, 16:
                stages = [[*before, cube(path, mix)] for path in (domain, shaper)]
                one, other = (developed(stage, colors(depth)) for stage in stages)
                assert np.abs(one - other).max() <= depth // 8


def test_a_shaper_is_a_tone_and_the_look_names_both(tmp_path):
    path = tmp_path / "film.cube"
    path.write_text("LUT_1D_SIZE 2\nLUT_3D_SIZE 2\n0 0 0\n1 1 2\n" + texted(lattice(2)))

    @pipeline
    def look(mix: Slider(0, 1) = 1.0):
        return [tone(lambda x: x * x), cube(path, mix)]

    kinds = [[spec[0] for spec in look.stages(mix=mix)] for mix in (1.0, 0.5, 0.0)]
    assert kinds == [["tone", "tone", "cube"], ["tone", "cube"], ["tone", "cube"]]
    assert repr(cube(path)) == "<lutist shaped cube stage>"
    with pytest.raises(TypeError, match="is not one curve"):
        tone(cube(path))


def test_a_domain_counts_for_curves_too(tmp_path):
    path = tmp_path / "film.cube"
    path.write_text(
        "LUT_1D_SIZE 3\nDOMAIN_MIN -1 0 0.25\nDOMAIN_MAX 1 0.5 0.75\n0 0.2 1\n.5 .4 .25\n1 1 0\n"
    )
    pixels = colors(16)
    x = pixels / 65535
    want = np.stack(
        [
            np.interp(x[..., 0], [-1, 0, 1], [0, 0.5, 1]),
            np.interp(x[..., 1], [0, 0.25, 0.5], [0.2, 0.4, 1]),
            np.interp(x[..., 2], [0.25, 0.5, 0.75], [1, 0.25, 0]),
        ],
        -1,
    )
    off = np.abs(developed(cube(path), pixels) - np.floor(want * 65535 + 0.5))
    assert off.max() <= 1 and (off > 0).mean() < 1e-3  # np.interp rounds otherwise


def test_values_outside_of_0_to_1_live_until_the_end(tmp_path):
    table = lattice(2) * 3 - 1
    path = tmp_path / "wide.cube"
    path.write_text("LUT_3D_SIZE 2\n" + texted(table))
    pixels = colors(16)
    back = matrix([[1 / 3, 0, 0, 1 / 3], [0, 1 / 3, 0, 1 / 3], [0, 0, 1 / 3, 1 / 3]])
    assert np.abs(developed([cube(path), back], pixels) - pixels).max() <= 1
    want = np.floor(np.clip(pixels / 65535 * 3 - 1, 0, 1) * 65535 + 0.5)
    assert np.abs(developed(cube(path), pixels) - want).max() <= 1


@pytest.mark.parametrize("kind", ["cube", "hald", "tiff"])
def test_each_kind_is_read_once_until_it_changes(tmp_path, monkeypatch, kind):
    path = tmp_path / "look"
    first, second = lattice(4), 1 - lattice(4)

    def store(table):
        if kind == "cube":
            adobe(path, table)
        else:
            name = tmp_path / ("x.png" if kind == "hald" else "x.tif")
            hald(name, table).replace(path)

    reads = []
    real = lutist.cubes._lutist.read_cube
    monkeypatch.setattr(
        lutist.cubes._lutist, "read_cube", lambda path: reads.append(path) or real(path)
    )
    store(first)
    pixels = colors(8)
    for mix in 1.0, 0.5, 1.0:
        assert np.abs(developed(cube(path, mix), pixels) - pixels).max() <= 1
    assert len(reads) == 1
    store(second)
    assert np.abs(developed(cube(path), pixels) - (255 - pixels.astype(int))).max() <= 1
    assert len(reads) == 2


def test_a_file_that_may_not_be_read_is_an_oserror(tmp_path):
    (tmp_path / "loop.cube").symlink_to("loop.cube")
    with pytest.raises(OSError):
        cube(tmp_path / "loop.cube")
    with pytest.raises(ValueError, match="not an ordinary file"):
        cube("/dev/null")


def test_a_name_of_any_bytes(tmp_path):
    path = bytes(tmp_path) + b"/f\xffilm.cube"
    with open(path, "w") as file:
        file.write("LUT_3D_SIZE 2\n" + texted(lattice(2)[::-1]))
    pixels = colors(8)
    assert np.abs(developed(cube(path), pixels) - (255 - pixels.astype(int))).max() <= 1
    with open(path, "w") as file:
        file.write("nothing")
    with pytest.raises(ValueError, match=re.escape("f\udcffilm.cube, line 1: nothing is neither")):
        cube(path)


def aligned(size):
    """Colours of 8 bits that lie on the points of a table."""
    numbers = np.random.default_rng(1)
    return (numbers.integers(0, size, (60, 80, 3)) * (255 // (size - 1))).astype("u1")


def test_pillow_agrees_where_no_interpolation_counts(tmp_path):
    """Its own is trilinear: between the points it gives other colours."""
    table = film(lattice(18))
    pixels = aligned(18)
    peer = ImageFilter.Color3DLUT(18, table.astype("f4").ravel())
    want = np.asarray(Image.fromarray(pixels).filter(peer)).astype(int)
    got = developed(cube(adobe(tmp_path / "film.cube", table)), pixels)
    assert np.abs(got - want).max() <= 1


@pytest.mark.parametrize("level", [2, 4, 8])
@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_imagemagick_s_identity_is_one(tmp_path, level, suffix):
    path = tmp_path / f"hald.{suffix}"
    subprocess.run(["convert", f"hald:{level}", path], check=True)
    pixels = colors(8)
    assert np.abs(developed(cube(path), pixels) - pixels).max() <= 1


def test_imagemagick_agrees_where_no_interpolation_counts(tmp_path):
    path = hald(tmp_path / "hald.png", film(lattice(16)))
    pixels = aligned(16)
    Image.fromarray(pixels).save(tmp_path / "in.png")
    command = ["convert", "in.png", "hald.png", "-hald-clut", "-depth", "8", "out.png"]
    subprocess.run(command, check=True, cwd=tmp_path)
    want = np.asarray(Image.open(tmp_path / "out.png").convert("RGB")).astype(int)
    assert np.abs(developed(cube(path), pixels) - want).max() <= 1


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="no ffmpeg")
@pytest.mark.parametrize("kind", ["cube", "hald"])
def test_ffmpeg_agrees(tmp_path, kind):
    """Where it is installed: with a domain of 0 to 1, which it honours, in 8 bits."""
    table, pixels = film(lattice(16)), colors(8)
    Image.fromarray(pixels).save(tmp_path / "in.png")
    if kind == "cube":
        path = adobe(tmp_path / "film.cube", table)
        way = ["-vf", "format=gbrp,lut3d=file=film.cube:interp=tetrahedral"]
    else:
        path = hald(tmp_path / "film.png", table, 8)
        graph = "[0]format=rgb24[a];[1]format=rgb24[b];[a][b]haldclut=interp=tetrahedral"
        way = ["-i", "film.png", "-filter_complex", graph]
    command = ["ffmpeg", "-v", "error", "-i", "in.png", *way, "-frames:v", "1"]
    subprocess.run([*command, "-pix_fmt", "rgb24", "out.png"], check=True, cwd=tmp_path)
    want = np.asarray(Image.open(tmp_path / "out.png")).astype(int)
    assert np.abs(developed(cube(path), pixels) - want).max() <= 1  # it truncates


@pytest.mark.parametrize("dialect", ["adobe", "domain", "curves", "resolve"])
def test_opencolorio_agrees(tmp_path, dialect):
    """Where it is installed: in float32, tetrahedral."""
    ocio = pytest.importorskip("PyOpenColorIO")
    path = tmp_path / "film.cube"
    table = texted(film(lattice(17)))
    curve = texted(np.stack([np.linspace(0, 1, 65) ** g for g in (0.5, 1, 2)], -1))
    path.write_text(
        {
            "adobe": "LUT_3D_SIZE 17\n" + table,
            "domain": "LUT_3D_SIZE 17\nDOMAIN_MIN 0 .1 -.2\nDOMAIN_MAX .9 1 1.2\n" + table,
            "curves": "LUT_1D_SIZE 65\nLUT_1D_INPUT_RANGE -.1 1.1\n" + curve,
            "resolve": "LUT_1D_SIZE 65\nLUT_1D_INPUT_RANGE -.1 1.1\nLUT_3D_SIZE 17\n"
            "LUT_3D_INPUT_RANGE 0 1\n" + curve + table,
        }[dialect]
    )
    transform = ocio.FileTransform(src=str(path), interpolation=ocio.INTERP_TETRAHEDRAL)
    processor = ocio.Config.CreateRaw().getProcessor(transform).getDefaultCPUProcessor()
    pixels = colors(16)
    want = (pixels / 65535).astype("f4")
    processor.applyRGB(want)
    want = np.floor(np.clip(want, 0, 1) * 65535.0 + 0.5)
    assert np.abs(developed(cube(path), pixels) - want).max() <= 8  # its float32
