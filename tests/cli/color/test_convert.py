"""batch --convert, beside Little CMS itself (Pillow's ImageCms)."""

import io
import json
import os
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

import icc_profiles as icc
from colour_files import chunk, with_chunks

PROFILES = {
    "adobe": icc.adobe,
    "p3": icc.display_p3,
    "linear": lambda: icc.rgb("Linear", icc.P3, icc.gamma(1)),
    "uneven": lambda: icc.rgb("Uneven", icc.ADOBE, icc.gamma(1.8), icc.gamma(2), icc.gamma(2.2)),
    "table": icc.rgb_table,
}


def opened(data):
    return ImageCms.ImageCmsProfile(io.BytesIO(data))


NO_SHORT_CUTS = 0x100  # Little CMS's own tables for 8 bits are up to 7 steps off where it clips


def reference(pixels, source, target, mode="RGB", intent=0, flags=0):
    """Little CMS's own result in 8 bits; a profile that is None is sRGB."""
    ends = [opened(end) if end else ImageCms.createProfile("sRGB") for end in (source, target)]
    image = ImageCms.profileToProfile(
        Image.fromarray(pixels, mode), *ends, renderingIntent=intent, outputMode="RGB", flags=flags
    )
    return np.asarray(image).astype(int)


def colors():
    """Random ones, gray ones, dark ones, saturated ones."""
    pixels = np.random.default_rng(1).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    pixels[:8] = np.arange(512).reshape(8, 64, 1) // 2
    pixels[8:16] //= 16
    pixels[16:24, :, 1] = 0
    return pixels


def name_of(image):
    return ImageCms.getProfileDescription(opened(image.info["icc_profile"])).strip()


@pytest.fixture
def convert(lutist, tmp_path):
    """Develop a file without a change and convert it; returns the opened result."""

    def run(name, *options, to="srgb", output="out/{stem}.png"):
        done = lutist("batch", name, "-q", "--convert", to, *options, "-o", output, "--overwrite")
        assert (done.returncode, done.stderr) == (0, "")
        return Image.open(tmp_path / output.replace("{stem}", name.partition(".")[0]))

    return run


@pytest.mark.parametrize("name", PROFILES)
def test_colours_become_srgb_as_by_little_cms(convert, tmp_path, name):
    profile, pixels = PROFILES[name](), colors()
    Image.fromarray(pixels).save(tmp_path / "a.png", icc_profile=profile)
    result = convert("a.png")
    flags = NO_SHORT_CUTS if name == "table" else 0
    wanted = reference(pixels, profile, None, flags=flags)
    assert np.abs(np.asarray(result) - wanted).max() <= 2
    assert name_of(result) == "sRGB built-in"


@pytest.mark.parametrize("name", PROFILES)
def test_and_srgb_becomes_theirs(convert, tmp_path, name):
    profile, pixels = PROFILES[name](), colors()
    Image.fromarray(pixels).save(tmp_path / "a.png")
    (tmp_path / "target.icc").write_bytes(profile)
    result = convert("a.png", to="target.icc")
    assert np.abs(np.asarray(result) - reference(pixels, None, profile)).max() <= 2
    assert result.info["icc_profile"] == profile


@pytest.mark.parametrize("intent", ["perceptual", "relative", "saturation", "absolute"])
def test_each_intent_is_little_cms_s(convert, tmp_path, intent):
    profile, pixels = icc.rgb_table(), colors()
    Image.fromarray(pixels).save(tmp_path / "a.png", icc_profile=profile)
    number = ["perceptual", "relative", "saturation", "absolute"].index(intent)
    result = convert("a.png", "--intent", intent)
    wanted = reference(pixels, profile, None, intent=number, flags=NO_SHORT_CUTS)
    assert np.abs(np.asarray(result) - wanted).max() <= 2


@pytest.mark.parametrize("kind", [b"mntr", b"prtr"])
def test_absolute_keeps_a_medium_s_white(convert, tmp_path, kind):
    """A display of version 2 has none of its own. Gray pictures stay gray."""
    pixels, paper = colors(), icc.xyz(0.8, 0.9, 0.6)
    profile = icc.adobe().replace(icc.xyz(*icc.D50), paper).replace(b"mntr", kind)
    Image.fromarray(pixels).save(tmp_path / "a.tif", icc_profile=profile)
    Image.fromarray(pixels[..., 0]).save(tmp_path / "gray.tif", icc_profile=profile)
    (tmp_path / "p3.icc").write_bytes(icc.display_p3())
    options = "--intent", "absolute"
    result = np.asarray(convert("a.tif", *options, to="p3.icc"))
    wanted = reference(pixels, profile, icc.display_p3(), intent=3, flags=NO_SHORT_CUTS)
    assert np.abs(result - wanted).max() <= 2
    relative = np.asarray(convert("a.tif", "--intent", "relative", to="p3.icc"))
    assert (result == relative).all() == (kind == b"mntr")
    gray = np.asarray(convert("gray.tif", *options, to="p3.icc"))
    assert (gray == np.asarray(convert("gray.tif", to="p3.icc"))).all()


def test_the_look_comes_first(convert, lutist, tmp_path):
    """Little CMS's conversion of what batch writes without --convert, but for the rounding
    between them, which dark colours make larger."""
    look = "-s", "exposure", "-p", "exposure=0.3", "-p", "gamma=1.2"
    Image.fromarray(colors()).save(tmp_path / "a.png", icc_profile=icc.adobe())
    result = np.asarray(convert("a.png", *look))
    assert lutist("batch", "a.png", "-q", *look, "-o", "kept").returncode == 0
    kept = Image.open(tmp_path / "kept/a.png")
    assert kept.info["icc_profile"] == icc.adobe()
    wanted = reference(np.asarray(kept), icc.adobe(), None)
    assert np.abs(result - wanted)[wanted.min(-1) >= 48].max() <= 2
    for other in ("--isolate",), ("--mode", "numpy"), ("-t", "1"):
        assert (np.asarray(convert("a.png", *look, *other)) == result).all()
    # A look that mixes the channels.
    mixed = np.asarray(convert("a.png", "-s", "mono"))
    assert (mixed == mixed[..., :1]).all()


@pytest.mark.parametrize("profile", [icc.srgb_table(), None])
def test_srgb_stays_to_the_last_bit(convert, tmp_path, profile):
    pixels = colors()
    Image.fromarray(pixels).save(
        tmp_path / "a.png", **({"icc_profile": profile} if profile else {})
    )
    result = convert("a.png")
    assert (np.asarray(result) == pixels).all()
    assert name_of(result) == "sRGB built-in"


def test_16_bits_are_exact_and_alpha_is_kept(lutist, tmp_path):
    """Beside the formulas in double precision, in the mode numpy too."""
    job = tmp_path / "job.py"
    job.write_text(
        "import sys, lutist, numpy\n"
        "pixels = numpy.load('a.npy')\n"
        "lutist.Image.from_buffer(pixels).save('plain.png')\n"
    )
    rng = np.random.default_rng(2)
    pixels = rng.integers(0, 65536, (40, 50, 4), dtype=np.uint16)
    np.save(tmp_path / "a.npy", pixels)
    (tmp_path / "p3.icc").write_bytes(icc.display_p3())
    assert lutist("run", "job.py").returncode == 0
    reader = tmp_path / "read.py"
    reader.write_text(
        "import lutist, numpy\n"
        "for name in ('out', 'numpy'):\n"
        "    numpy.save(name, numpy.asarray(lutist.open(f'{name}/plain.png')))\n"
    )
    to = "--convert", "p3.icc", "-q"
    assert lutist("batch", "plain.png", *to, "-o", "out").returncode == 0
    assert lutist("batch", "plain.png", *to, "-o", "numpy", "--mode", "numpy").returncode == 0
    assert lutist("run", "read.py").returncode == 0
    result, other = np.load(tmp_path / "out.npy"), np.load(tmp_path / "numpy.npy")
    assert result.dtype == np.uint16 and (result == other).all()
    assert (result[..., 3] == pixels[..., 3]).all()
    change = np.linalg.inv(np.array(icc.P3)) @ np.array(icc.SRGB)
    light = np.clip(icc.decoded(pixels[..., :3] / 65535) @ change.T, 0, 1)
    coded = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    # The primaries of two makers of sRGB differ in the fifth digit.
    assert np.abs(result[..., :3] - coded * 65535).max() <= 40


def test_gray_stays_gray_with_a_gray_profile(convert, tmp_path):
    pixels = np.arange(256, dtype=np.uint8).reshape(16, 16)
    Image.fromarray(pixels).save(tmp_path / "a.png", icc_profile=icc.gray(1.8))
    result = convert("a.png")
    light = (pixels / 255) ** (round(1.8 * 256) / 256)
    coded = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    assert result.mode == "L"
    assert np.abs(np.asarray(result) - coded * 255).max() <= 0.5 + 1e-3
    made = opened(result.info["icc_profile"])
    assert made.profile.xcolor_space.strip() == "GRAY"
    (tmp_path / "gray.icc").write_bytes(icc.gray(1.8))
    back = convert("a.png", to="gray.icc")  # to its own
    assert (np.asarray(back) == pixels).all()


def test_a_gray_picture_with_the_profile_of_colours_stays_gray(convert, tmp_path):
    pixels = np.arange(256, dtype=np.uint8).reshape(16, 16)
    Image.fromarray(pixels).save(tmp_path / "a.tif", icc_profile=icc.adobe())
    result = convert("a.tif")
    wanted = reference(pixels[..., None].repeat(3, -1), icc.adobe(), None)[..., 0]
    assert result.mode == "L"
    assert np.abs(np.asarray(result).astype(int) - wanted).max() <= 1


def test_a_look_that_colours_gray_pictures_is_exact_at_16_bits(lutist, tmp_path):
    pixels = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    Image.fromarray(pixels).save(tmp_path / "a.tif", icc_profile=icc.gray(1.8))
    (tmp_path / "look.py").write_text(
        "import lutist\n"
        "@lutist.pipeline\n"
        "def develop():\n"
        "    return lutist.tone(red=lambda x: x * 0.9, blue=lambda x: 1 - x)\n"
    )
    (tmp_path / "read.py").write_text(
        "import lutist, numpy\nnumpy.save('b', numpy.asarray(lutist.open('b.tif')))\n"
    )
    done = lutist("batch", "a.tif", "-q", "-s", "look.py", "--convert", "srgb", "-o", "b.tif")
    assert (done.returncode, done.stderr) == (0, "")
    assert lutist("run", "read.py").returncode == 0
    value = pixels[..., None] / 65535
    seen = np.concatenate([value * 0.9, value, 1 - value], -1)
    light = seen ** (round(1.8 * 256) / 256)
    coded = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    # The formula in a profile has steps of 1/65536.
    assert np.abs(np.load(tmp_path / "b.npy") - coded * 65535).max() <= 4


def test_a_gray_target_wants_gray_results(lutist, tmp_path, picture):
    picture("a.png")
    (tmp_path / "gray.icc").write_bytes(icc.gray())
    done = lutist("batch", "a.png", "-q", "--convert", "gray.icc", "-o", "out")
    assert done.returncode == 1
    assert done.stderr == (
        "lutist: a.png: the result has colours, and the profile to convert to (Gray) is gray\n"
    )
    assert not list((tmp_path / "out").iterdir())


def test_files_with_many_profiles_are_converted_each_by_its_own(lutist, tmp_path):
    pixels = colors()
    for number in range(24):
        profile = icc.rgb(f"Gamma {number}", icc.ADOBE, icc.gamma(1.2 + number / 20))
        for name in ("a", "b"):
            Image.fromarray(pixels).save(tmp_path / f"{name}{number}.png", icc_profile=profile)
    done = lutist("batch", ".", "-q", "-j", "3", "--convert", "srgb", "-o", "out")
    assert (done.returncode, done.stderr) == (0, "")
    for number in range(24):
        profile = icc.rgb(f"Gamma {number}", icc.ADOBE, icc.gamma(1.2 + number / 20))
        wanted = reference(pixels, profile, None)
        for name in ("a", "b"):
            result = np.asarray(Image.open(tmp_path / f"out/{name}{number}.png"))
            assert np.abs(result - wanted).max() <= 2


def broken(data):
    """Its tables are outside of it."""
    return data[:128] + data[128:132] + data[132:].replace(b"rTRC", b"xTRC")


def test_a_broken_profile_fails_its_file_alone(lutist, tmp_path, picture):
    Image.fromarray(colors()).save(tmp_path / "a.png", icc_profile=broken(icc.adobe()))
    picture("b.png")
    done = lutist("batch", "a.png", "b.png", "-q", "--convert", "srgb", "-o", "out")
    assert done.returncode == 1
    assert done.stderr == (
        "lutist: a.png: its colours cannot be converted: damaged ICC profile: its tables are "
        "missing\n"
    )
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["b.png"]
    kept = lutist("batch", "a.png", "-q", "-o", "kept")
    assert (kept.returncode, kept.stderr) == (0, "")


UNUSABLE = {
    "junk": (b"junk" * 100, "damaged ICC profile: its header is wrong"),
    "short": (icc.adobe()[:100], "damaged ICC profile: its header is wrong"),
    "cut": (icc.adobe()[:-50], "damaged ICC profile: its tables are missing"),
    "lab": (
        icc.profile(b"Lab ", [(b"desc", icc.text("Lab"))], b"spac", b"Lab "),
        "an ICC profile of another colour space than gray, RGB and CMYK",
    ),
    "gray": (icc.gray(), "its ICC profile is one of gray, and the picture is RGB"),
    "cmyk": (icc.cmyk(), "its ICC profile is one of CMYK, and the picture is RGB"),
}


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif"])
@pytest.mark.parametrize("kind", UNUSABLE)
def test_a_profile_that_cannot_describe_the_picture_fails_it(lutist, tmp_path, kind, name):
    data, reason = UNUSABLE[kind]
    Image.fromarray(colors()).save(tmp_path / name, icc_profile=data)
    done = lutist("batch", name, "-q", "--convert", "srgb", "-o", "out")
    assert done.returncode == 1
    assert done.stderr == f"lutist: {name}: its colours cannot be converted: {reason}\n"
    assert not (tmp_path / "out").exists()
    assert ", ICC (" in lutist("info", name).stdout
    assert lutist("batch", name, "-q", "-o", "kept").returncode == 0


def test_a_gray_picture_with_a_profile_of_inks_fails(lutist, tmp_path):
    Image.fromarray(colors()[..., 0]).save(tmp_path / "a.tif", icc_profile=icc.cmyk())
    done = lutist("batch", "a.tif", "-q", "--convert", "srgb", "-o", "out")
    assert done.returncode == 1
    assert done.stderr.endswith(": its ICC profile is one of CMYK, and the picture is gray\n")


def test_png_s_first_profile_counts_and_a_torn_one_is_told_of(lutist, tmp_path):
    packed = {
        "adobe": zlib.compress(icc.adobe()),
        "p3": zlib.compress(icc.display_p3()),
        "torn": zlib.compress(icc.adobe())[:-40],
        "none": zlib.compress(b""),
    }
    profiles = {kind: chunk(b"iCCP", b"x\0\0" + data) for kind, data in packed.items()}
    Image.fromarray(colors()).save(tmp_path / "plain.png")
    plain = (tmp_path / "plain.png").read_bytes()
    late = plain[:-12] + profiles["adobe"] + plain[-12:]
    pictures = {
        "two": (with_chunks(plain, profiles["adobe"], profiles["p3"]), "Adobe RGB (1998)"),
        "both": (with_chunks(plain, chunk(b"sRGB", b"\0"), profiles["p3"]), "Display P3"),
        "late": (late, None),
        "torn": (with_chunks(plain, profiles["torn"]), None),
        "none": (with_chunks(plain, profiles["none"]), None),
        "unnamed": (with_chunks(plain, chunk(b"iCCP", b"x" * 90)), None),
    }
    for kind, (data, name) in pictures.items():
        (tmp_path / f"{kind}.png").write_bytes(data)
        (facts,) = json.loads(lutist("info", "--json", f"{kind}.png").stdout)
        assert (kind, facts["profile"]) == (kind, name)
        done = lutist("batch", f"{kind}.png", "-q", "--convert", "srgb", "-o", "out")
        told = f"lutist: {kind}.png: warning: the chunk iCCP is damaged and left out\n"
        wanted = told if kind in ("torn", "none", "unnamed") else ""
        assert (done.returncode, done.stderr) == (0, wanted)


WRONG = {
    "none.icc": (None, "No such file or directory"),
    "text.icc": (b"no profile at all" * 20, "not an ICC profile"),
    "short.icc": (icc.adobe()[:100], "not an ICC profile"),
    "link.icc": (
        icc.profile(b"RGB ", [(b"desc", icc.text("Link"))], b"link", b"RGB "),
        "an ICC device link, which joins two devices; a profile of one is needed",
    ),
    "cmyk.icc": (icc.cmyk(), "a CMYK profile; one of RGB is needed"),
    "lab.icc": (
        icc.profile(b"Lab ", [(b"desc", icc.text("Lab"))], b"spac", b"Lab "),
        "an ICC profile of another colour space than gray, RGB and CMYK",
    ),
    "scanner.icc": (
        icc.rgb_table(5, back=False),
        "an ICC profile of an input device; it has no way back to its samples",
    ),
    "broken.icc": (broken(icc.adobe()), "damaged ICC profile: its tables are missing"),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_what_is_no_target_is_refused_before_the_run(lutist, tmp_path, picture, name, options):
    data, reason = WRONG[name]
    picture("a.png")
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = lutist("batch", "a.png", "--convert", name, "-o", "out", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"lutist: --convert: {name}: {reason}\n"
    assert not (tmp_path / "out").exists()


def test_a_target_that_is_no_file_is_refused(lutist, tmp_path, picture):
    picture("a.png")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name, reason in {
        "folder": "is a folder, not a file",
        "pipe": "is a pipe; put the profile into a file first",
        "/dev/null": "not an ordinary file",
    }.items():
        done = lutist("batch", "a.png", "--convert", name, "-o", "out", timeout=60)
        assert (done.returncode, done.stderr) == (2, f"lutist: --convert: {name}: {reason}\n")
        view = "view", "a.png", "--display-profile", name
        done = lutist(*view, timeout=60, env={"DISPLAY": ""})
        assert done.stderr == f"lutist: --display-profile: {name}: {reason}\n"


def test_wrong_intents_are_refused(lutist, picture):
    picture("a.png")
    done = lutist("batch", "a.png", "--convert", "srgb", "--intent", "nice", "-o", "out")
    assert done.returncode == 2
    assert done.stderr == (
        "lutist: --intent: the rendering intent must be perceptual, relative, saturation or "
        "absolute, not 'nice'\n"
    )
    done = lutist("batch", "a.png", "--intent", "relative", "-o", "out")
    assert (done.returncode, done.stderr) == (2, "lutist: --intent needs --convert\n")


def test_every_format_gets_the_profile(lutist, tmp_path):
    Image.fromarray(colors()).save(tmp_path / "a.png", icc_profile=icc.adobe())
    for format in ("jpeg", "png", "tiff"):
        done = lutist("batch", "a.png", "-q", "--convert", "srgb", "-o", format, "--format", format)
        assert done.returncode == 0
        (result,) = (tmp_path / format).iterdir()
        assert name_of(Image.open(result)) == "sRGB built-in"
    again = lutist("batch", "a.png", "-q", "--convert", "srgb", "-o", "again", "--format", "png")
    assert again.returncode == 0
    assert (tmp_path / "again/a.png").read_bytes() == (tmp_path / "png/a.png").read_bytes()


def test_jobs_convert_as_the_command_does(convert, lutist, tmp_path):
    Image.fromarray(colors()).save(tmp_path / "a.png", icc_profile=icc.rgb_table())
    (tmp_path / "target.icc").write_bytes(icc.display_p3())
    wanted = convert("a.png", "--intent", "relative", to="target.icc", output="wanted/{stem}.png")
    (tmp_path / "job.py").write_text(
        "import pathlib, lutist\n"
        "look = lutist.load('exposure')\n"
        "target = pathlib.Path('target.icc')\n"
        "report = lutist.batch(look, 'a.png', 'job', convert=target, intent='relative')\n"
        "assert report.ok, report\n"
        "for wrong in ({'intent': 'relative'}, {'convert': 'srgb', 'intent': 'nice'},\n"
        "              {'convert': 'a.png'}):\n"
        "    try:\n"
        "        lutist.batch(look, 'a.png', 'no', **wrong)\n"
        "    except lutist.ParameterError as error:\n"
        "        print(error)\n"
        "try:\n"
        "    lutist.batch(look, 'a.png', 'no', convert=3)\n"
        "except TypeError as error:\n"
        "    print(error)\n"
    )
    done = lutist("run", "job.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "intent needs convert",
        "the rendering intent must be perceptual, relative, saturation or absolute, not 'nice'",
        "a.png: not an ICC profile",
        "expected str, bytes or os.PathLike object, not int",
    ]
    made = Image.open(tmp_path / "job/a.png")
    assert made.info["icc_profile"] == icc.display_p3()
    assert (np.asarray(made) == np.asarray(wanted)).all()
    assert not (tmp_path / "no").exists()


def test_info_names_the_profile(lutist, tmp_path):
    for name, data in ("a", icc.adobe()), ("b", broken(icc.adobe())), ("c", None):
        Image.fromarray(colors()).save(tmp_path / f"{name}.png", icc_profile=data)
    said = lutist("info", "a.png", "b.png", "c.png").stdout.splitlines()
    assert said[0].endswith(", ICC (Adobe RGB (1998))")
    assert said[1].endswith(", ICC (damaged ICC profile: its tables are missing)")
    assert "ICC" not in said[2]
    facts = json.loads(lutist("info", "--json", "a.png", "b.png", "c.png").stdout)
    assert [f["profile"] for f in facts] == ["Adobe RGB (1998)", None, None]
    assert [f["icc"] for f in facts] == [True, True, False]


def inks():
    pixels = np.random.default_rng(3).integers(0, 256, (64, 64, 4), dtype=np.uint8)
    pixels[..., 3] //= 3
    return pixels


@pytest.mark.parametrize("name", ["a.jpg", "a.tif", "lzw.tif"])
def test_inks_become_rgb_by_their_profile(lutist, tmp_path, name):
    flat = np.repeat(np.repeat(inks()[::16, ::16], 16, 0), 16, 1)  # JPEG keeps flat squares
    options = {"quality": 100, "subsampling": 0} if name == "a.jpg" else {}
    options |= {"compression": "tiff_lzw"} if name == "lzw.tif" else {}
    Image.fromarray(flat, "CMYK").save(tmp_path / name, icc_profile=icc.cmyk(), **options)
    stored = np.asarray(Image.open(tmp_path / name))
    done = lutist("batch", name, "-q", "-o", "{stem}.png")
    assert (done.returncode, done.stderr) == (0, "")
    result = Image.open((tmp_path / name).with_suffix(".png"))
    wanted = reference(stored, icc.cmyk(), None, "CMYK")
    assert np.abs(np.asarray(result) - wanted).max() <= 2
    assert name_of(result) == "sRGB built-in"
    plain = Image.fromarray(flat, "CMYK")
    plain.save(tmp_path / ("plain" + name), **options)
    assert lutist("batch", "plain" + name, "-q", "-o", "b.png").returncode == 0
    formula = Image.open(tmp_path / "b.png")
    assert "icc_profile" not in formula.info
    assert np.abs(np.asarray(formula).astype(int) - wanted).max() > 10


def test_a_broken_profile_of_inks_is_noted(lutist, tmp_path):
    data = icc.cmyk().replace(b"A2B0", b"xxxx")
    Image.fromarray(inks(), "CMYK").save(tmp_path / "a.tif", icc_profile=data)
    done = lutist("batch", "a.tif", "-o", "b.png", "--report", "report.json")
    assert done.returncode == 0
    (item,) = json.loads((tmp_path / "report.json").read_text())["files"]
    assert item["note"] == (
        "its CMYK profile is not used (damaged ICC profile: its tables are missing)"
    )
    assert "icc_profile" not in Image.open(tmp_path / "b.png").info


@pytest.mark.parametrize("name", ["a.jpg", "a.tif"])
def test_a_profile_that_is_none_of_inks_is_left_out_of_them(lutist, tmp_path, name):
    for folder, data in ("alien", icc.adobe()), ("plain", None):
        (tmp_path / folder).mkdir()
        Image.fromarray(inks(), "CMYK").save(tmp_path / folder / name, icc_profile=data)
        done = lutist("batch", f"{folder}/{name}", "-o", f"{folder}.png")
        told = f"lutist: {folder}/{name}: its profile is left out: it is not one of CMYK\n"
        assert done.returncode == 0 and (told in done.stderr) == (data is not None)
    alien, plain = (Image.open(tmp_path / f"{folder}.png") for folder in ("alien", "plain"))
    assert "icc_profile" not in alien.info
    assert (np.asarray(alien) == np.asarray(plain)).all()
