"""cmake --install: everything lies where the program and the desktop look for it."""

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "assets/sample.jpg"
# What shared-mime-info calls the formats; "pnm" is a family of them.
MIME = {
    "bmp": "image/bmp",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "pcx": "image/vnd.zbrush.pcx",
    "png": "image/png",
    "pnm": "image/x-portable-anymap",
    "qoi": "image/qoi",
    "tga": "image/x-tga",
    "tiff": "image/tiff",
    "webp": "image/webp",
}


@pytest.fixture(scope="module")
def prefix(lutist_path, tmp_path_factory):
    build = os.environ.get("LUTIST_BUILD", lutist_path.resolve().parent.parent)
    target = tmp_path_factory.mktemp("installed")
    subprocess.run(
        ["cmake", "--install", build, "--prefix", target], check=True, capture_output=True
    )
    return target


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


def needed(program):
    """The shared libraries that a program is linked with, those of others aside."""
    text = subprocess.run(
        ["readelf", "-d", program], capture_output=True, text=True, check=True
    ).stdout
    return re.findall(r"NEEDED.*\[(.*?)\]", text)


def test_only_the_viewer_links_sdl(prefix):
    assert not [name for name in needed(prefix / "bin/lutist") if "SDL" in name]
    assert [name for name in needed(prefix / "lib/lutist/lutist-view") if "SDL" in name]


def test_without_the_viewer_a_batch_works(prefix, tmp_path):
    alone = tmp_path / "alone"
    for below in "bin", "share":
        shutil.copytree(prefix / below, alone / below)
    program = alone / "bin/lutist"
    view = subprocess.run([program, SAMPLE], capture_output=True, text=True)
    viewer = alone / "lib/lutist/lutist-view"
    assert (view.returncode, view.stderr) == (4, f"lutist: {viewer}: No such file or directory\n")
    doctor = subprocess.run([program, "doctor"], capture_output=True, text=True)
    assert f"viewer: MISSING: {viewer}" in doctor.stdout and doctor.returncode == 0
    subprocess.run([program, "batch", SAMPLE, "-o", tmp_path / "out"], check=True)
    assert (tmp_path / "out/sample.jpg").exists()


def test_the_icon_can_be_seen(prefix):
    with Image.open(prefix / "share/icons/hicolor/256x256/apps/lutist.png") as icon:
        assert (icon.size, icon.mode) == ((256, 256), "RGBA")
        assert icon.getpixel((0, 0))[3] == 0 and icon.getpixel((128, 128))[3] == 255
        small = icon.convert("RGB").resize((16, 16), Image.BOX)
    assert len({pixel for _, pixel in small.getcolors()}) > 50


def formats():
    """The names of the formats that can be read, as their sources say them."""
    own = [
        re.search(r'\.name = "(\w+)"', path.read_text())
        for path in (ROOT / "host/image").rglob("format_*.c")
    ]
    others = re.findall(
        r"SDL_FORMAT\((\w+), (?:match_|NULL)",
        (ROOT / "host/image/sdl/format_sdl.c").read_text(),
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
