"""The man pages: a page a command, with all that its --help lists, and sound roff."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

COMMANDS = "view batch run export python new keys bench info report doctor".split()


@pytest.fixture(scope="module")
def pages(lutist_path):
    """{name: its roff}"""
    build = Path(os.environ.get("LUTIST_BUILD", lutist_path.resolve().parent.parent))
    return {path.stem: path for path in (build / "share/man/man1").glob("*.1")}


def shown(page):
    """What a reader sees, on lines that are never broken."""
    env = {**os.environ, "LC_ALL": "C.UTF-8", "MANROFFSEQ": "", "MANWIDTH": "1000"}
    command = ["man", "--warnings", "--nh", "--nj", "-P", "cat", "-l", str(page)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert done.stderr == "", f"{page.name}: {done.stderr}"
    return re.sub(r".\x08", "", done.stdout)


needs_man = pytest.mark.skipif(not shutil.which("man"), reason="no man: ./dev test installs it")


def test_there_is_a_page_a_command(pages):
    assert set(pages) == {"lutist", *(f"lutist-{name}" for name in COMMANDS)}


@needs_man
@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_says_what_the_help_says(lutist, pages, command):
    text = lutist(command, "--help").stdout
    usage, _, rest = text.partition("\n\n")
    page = shown(pages[f"lutist-{command}"])
    options = re.findall(r"^  (?:(-.), |    )(--\S+(?: \S+)?)(?:  |$)", text, re.M)
    assert len(options) > 1
    for letter, name in options:
        entry = f"{letter}, {name}" if letter else name
        assert re.search(rf"^ *{re.escape(entry)}( |$)", page, re.M), entry
    words = " ".join(page.split())
    for line in usage.splitlines():
        assert line[7:] in page
    for paragraph in rest.partition("\n\n")[0].split("\n\n"):
        assert " ".join(paragraph.split()) in words
    for example in text.partition("\nExamples:\n")[2].splitlines():
        assert example.strip() in page


@needs_man
def test_the_first_page_names_the_others(pages):
    page = shown(pages["lutist"])
    for command in COMMANDS:
        assert f"lutist-{command}(1)" in page
