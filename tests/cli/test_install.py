"""cmake --install: everything lies where the program and the desktop look for it."""

import configparser
import os
import re
import shutil
import subprocess
import venv
from pathlib import Path

import pytest
from PIL import Image

from tools import in_venv

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "assets/sample.jpg"
# What shared-mime-info calls the formats; "pnm" is a family of them.
MIME = {
    "avif": "image/avif",
    "bmp": "image/bmp",
    "cur": "image/x-win-bitmap",
    "gif": "image/gif",
    "heic": "image/heif",
    "ico": "image/vnd.microsoft.icon",
    "jpeg": "image/jpeg",
    "jpeg2000": "image/jp2",
    "jxl": "image/jxl",
    "lbm": "image/x-ilbm",
    "pcx": "image/vnd.zbrush.pcx",
    "png": "image/png",
    "pnm": "image/x-portable-anymap",
    "qoi": "image/qoi",
    "raw": "image/x-dcraw",
    "tga": "image/x-tga",
    "tiff": "image/tiff",
    "webp": "image/webp",
    "xpm": "image/x-xpixmap",
}


@pytest.fixture(scope="module")
def prefix(lutist_path, tmp_path_factory):
    build = os.environ.get("LUTIST_BUILD", lutist_path.resolve().parent.parent)
    target = tmp_path_factory.mktemp("installed")
    subprocess.run(
        ["cmake", "--install", build, "--prefix", target], check=True, capture_output=True
    )
    return target


@pytest.fixture(scope="module")
def staged(lutist_path, tmp_path_factory):
    """What a package is made of: installed for /usr, below another folder."""
    build = os.environ.get("LUTIST_BUILD", lutist_path.resolve().parent.parent)
    below = tmp_path_factory.mktemp("staged")
    install = ["cmake", "--install", build, "--prefix", "/usr"]
    environment = {**os.environ, "DESTDIR": str(below)}
    subprocess.run(install, check=True, capture_output=True, env=environment)
    return below


# What people and other programs look for, below /usr.
PLACES = """\
bin/lutist bin/lutist-python lib/lutist/commands.so lib/lutist/viewer.so
share/lutist/python/lutist/__init__.py share/lutist/python/lutist/__init__.pyi
share/lutist/scripts/exposure.py share/lutist/scripts/jobs/brackets.py
share/lutist/scripts/starter/look.py share/lutist/icon.png
share/icons/hicolor/256x256/apps/lutist.png share/applications/lutist.desktop
share/mime/packages/lutist.xml share/man/man1/lutist.1 share/man/man1/lutist-python.1
share/doc/lutist/LICENSE share/doc/lutist/README.md share/doc/lutist/CHANGELOG.md
share/doc/lutist/docs/scripting.md share/doc/lutist/assets/screenshot.png
""".split()


def test_a_staged_installation_is_whole_and_keeps_to_its_folders(staged):
    files = {str(path.relative_to(staged)) for path in staged.rglob("*") if path.is_file()}
    assert {f"usr/{place}" for place in PLACES} <= files
    assert {path.partition("/")[0] for path in files} == {"usr"}
    assert {path.split("/")[1] for path in files} == {"bin", "lib", "share"}
    assert not [path for path in files if "__pycache__" in path]


def test_it_runs_where_it_is_staged_and_where_it_is_moved(staged, tmp_path):
    for place in staged / "usr", shutil.copytree(staged / "usr", tmp_path / "moved"):
        batch = [
            place / "bin/lutist",
            "batch",
            SAMPLE,
            "-s",
            "mono",
            "-o",
            f"{tmp_path}/{place.name}/",
        ]
        subprocess.run([*batch, "--resize", "64x64"], check=True, capture_output=True)
        job = [place / "bin/lutist-python", "-c", "import lutist; print(lutist.__file__)"]
        told = subprocess.run(job, check=True, capture_output=True, text=True).stdout
        assert told.startswith(f"{place}/share/lutist/python/")


def test_the_links_of_the_installed_pages_lead_somewhere(staged):
    pages = [*(staged / "usr/share/doc/lutist").rglob("*.md")]
    assert len(pages) > 10
    for page in pages:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
            assert "://" in target or (page.parent / target).exists(), (page, target)


def test_no_file_holds_the_builder_s_folders(staged):
    """A release is the same whoever builds it, and where."""
    build = os.environ.get("LUTIST_BUILD", "")
    if not build.endswith("release"):
        pytest.skip("only a release is built for others")
    told = str(ROOT).encode()
    assert not [p for p in staged.rglob("*") if p.is_file() and told in p.read_bytes()]


def test_the_installed_program_finds_its_scripts(prefix, tmp_path):
    done = subprocess.run(
        [prefix / "bin/lutist", "info", "split_toning"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "shadow_hue" in done.stdout
    assert (prefix / "share/lutist/icon.png").exists()


def test_the_shells_find_manual_and_completion(prefix):
    for name in (
        "man/man1/lutist.1",
        "man/man1/lutist-batch.1",
        "bash-completion/completions/lutist",
        "zsh/site-functions/_lutist",
        "fish/vendor_completions.d/lutist.fish",
    ):
        assert "lutist" in (prefix / "share" / name).read_text()


def test_a_checker_finds_the_types_of_the_installed_program(prefix, tmp_path):
    """As docs/python.md says, but with the mypy of build/venv."""
    mypy = in_venv("mypy")
    if not mypy:
        pytest.skip("no mypy in build/venv: ./dev test installs it where there is a network")
    page = (ROOT / "docs/python.md").read_text().partition("## Checking types")[2]
    place = "".join(f"{line}\n" for line in re.findall(r"^ {4}(site=.*|.*\.pth\"?)$", page, re.M))
    assert place.count("\n") == 2
    look = (ROOT / "scripts/exposure.py").read_text()
    (tmp_path / "film.py").write_text(look)
    (tmp_path / "wrong.py").write_text(look.replace("= 0.0", "= 'none'"))
    venv.create(tmp_path / "env")
    path = f"{prefix / 'bin'}{os.pathsep}{os.environ['PATH']}"
    run = {"cwd": tmp_path, "env": {**os.environ, "PATH": path}, "capture_output": True}
    subprocess.run(["bash", "-ec", place], check=True, **run)
    strict = [*mypy, "--strict", "--python-executable", tmp_path / "env/bin/python"]
    assert subprocess.run([*strict, "film.py"], **run, check=False).returncode == 0
    wrong = subprocess.run([*strict, "wrong.py"], **run, check=False)
    assert b"Incompatible default" in wrong.stdout and b"import-not-found" not in wrong.stdout


def needed(program):
    """The shared libraries that a program is linked with, those of others aside."""
    text = subprocess.run(
        ["readelf", "-d", program], capture_output=True, text=True, check=True
    ).stdout
    return re.findall(r"NEEDED.*\[(.*?)\]", text)


def test_the_program_links_libc_alone(prefix):
    """The sanitizers' libraries aside, which a build for tests needs at once."""
    assert [n for n in needed(prefix / "bin/lutist") if "san.so" not in n] == ["libc.so.6"]


def test_only_the_viewer_links_sdl(prefix):
    assert not [name for name in needed(prefix / "lib/lutist/commands.so") if "SDL" in name]
    assert [name for name in needed(prefix / "lib/lutist/viewer.so") if "SDL" in name]


@pytest.mark.parametrize("name", ["commands", "viewer"])
def test_a_module_shows_its_entry_and_what_ctypes_calls(prefix, name):
    text = subprocess.run(
        ["nm", "-D", "--defined-only", prefix / f"lib/lutist/{name}.so"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert [line.split()[-1] for line in text.splitlines()] == [
        "lutist_enter",
        "lutist_map_third",
        "lutist_parallel_for",
    ]


@pytest.fixture
def alone(prefix, tmp_path):
    """An installation that can be damaged."""
    return shutil.copytree(prefix, tmp_path / "alone")


def test_without_the_viewer_a_batch_works(alone, tmp_path):
    program, viewer = alone / "bin/lutist", alone / "lib/lutist/viewer.so"
    viewer.unlink()
    reason = "cannot open shared object file: No such file or directory"
    why = f"{viewer}: {reason}; install lutist again"
    view = subprocess.run([program, SAMPLE], capture_output=True, text=True)
    assert (view.returncode, view.stderr) == (4, f"lutist: {why}\n")
    doctor = subprocess.run([program, "doctor"], capture_output=True, text=True)
    assert f"viewer: MISSING: {why}" in doctor.stdout and doctor.returncode == 0
    subprocess.run([program, "batch", SAMPLE, "-o", tmp_path / "out"], check=True)
    assert (tmp_path / "out/sample.jpg").exists()


def test_without_the_commands_the_program_tells_of_itself(alone):
    module = alone / "lib/lutist/commands.so"
    module.write_text("no library")
    doctor = subprocess.run([alone / "bin/lutist", "doctor"], capture_output=True, text=True)
    assert (doctor.returncode, doctor.stdout) == (4, "")
    assert doctor.stderr.startswith(f"lutist: {module}: ") and doctor.stderr.count("\n") == 1
    for option in "--version", "--help":
        subprocess.run([alone / "bin/lutist", option], check=True, capture_output=True)


def test_a_missing_library_is_named_with_its_package(alone, tmp_path):
    """A module that links a library which was there when it was made."""
    (tmp_path / "empty.c").touch()
    gone, module = tmp_path / "libgone_2.so.5", alone / "lib/lutist/viewer.so"
    link = ["gcc", "-shared", tmp_path / "empty.c"]
    subprocess.run([*link, f"-Wl,-soname,{gone.name}", "-o", gone], check=True)
    subprocess.run([*link, "-Wl,--no-as-needed", gone, "-o", module], check=True)
    gone.unlink()
    why = "libgone_2.so.5 is not found; the package libgone-2-5 has it"
    view = subprocess.run([alone / "bin/lutist", SAMPLE], capture_output=True, text=True)
    assert (view.returncode, view.stderr) == (4, f"lutist: {why}\n")
    doctor = subprocess.run([alone / "bin/lutist", "doctor"], capture_output=True, text=True)
    assert f"viewer: MISSING: {why}\n" in doctor.stdout


def test_the_icon_can_be_seen(prefix):
    with Image.open(prefix / "share/icons/hicolor/256x256/apps/lutist.png") as icon:
        assert (icon.size, icon.mode) == ((256, 256), "RGBA")
        assert icon.getpixel((0, 0))[3] == 0 and icon.getpixel((128, 128))[3] == 255
        small = icon.convert("RGB").resize((16, 16), Image.BOX)
    assert len({pixel for _, pixel in small.getcolors()}) > 50


def formats():
    """The names of the formats that can be read, as their sources say them."""
    own = [
        re.search(r"const Format format_(\w+) = ", path.read_text())
        for path in (ROOT / "host/image").rglob("format_*.c")
    ]
    others = re.findall(
        r"^SDL_FORMAT\((\w+), ",
        (ROOT / "host/image/sdl/format_sdl.c").read_text(),
        re.M,
    )
    return {match[1] for match in own if match} | set(others)


def test_the_desktop_entry_opens_what_can_be_read(prefix):
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(prefix / "share/applications/lutist.desktop")
    entry = entry["Desktop Entry"]
    assert entry["Exec"].split()[0] == "lutist" and "%F" in entry["Exec"]
    assert entry["Icon"] == "lutist"
    offered = set(entry["MimeType"].rstrip(";").split(";"))
    assert formats() and {MIME[name] for name in formats()} <= offered
