"""The pages agree with the program."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
KEYS = (ROOT / "host/viewer/app/keys.c").read_text()
VIEWER = (ROOT / "docs/viewer.md").read_text()
BATCH = (ROOT / "docs/batch.md").read_text()

# How the page calls the keys of the table; what other layouts have for "?" is not listed.
KEY_NAMES = {
    "ESCAPE": "Esc",
    "QUESTION": "?",
    "PAGEUP": "Page Up",
    "PAGEDOWN": "Page Down",
    "HOME": "Home",
    "END": "End",
    "PLUS": "+",
    "EQUALS": "`=`",
    "MINUS": "−",
    "BACKSLASH": "| \\ |",
    "UP": "↑",
    "DOWN": "↓",
    "LEFT": "←",
    "RIGHT": "→",
    "TAB": "Tab",
    "BACKSPACE": "Backspace",
    "RETURN": "Enter",
    "SPACE": "Space",
}


def help_lines():
    """The window's help, out of its source: (key or None, text)."""
    body = KEYS[KEYS.index("keys_help[] = {") :]
    found = re.findall(r'\{(NULL|"(?:[^"\\]|\\.)*"),\s*"((?:[^"\\]|\\.)*)"\}', body)
    return [
        (None if key == "NULL" else key.strip('"').replace("\\\\", "\\"), text)
        for key, text in found
    ]


def page_lines():
    """The same lines out of the page's tables."""
    section = VIEWER[VIEWER.index("## Mouse and keys") :]
    section = section[: section.index("\nAlso:")]
    rows = re.findall(r"^\| (.+?) \| (.*?) ?\|$", section, re.M)
    return [(key, text) if text else (None, key) for key, text in rows]


def test_the_page_and_the_help_list_the_same_keys():
    assert len(help_lines()) > 20
    assert page_lines() == help_lines()


def test_every_key_is_on_the_page():
    section = VIEWER[VIEWER.index("## Mouse and keys") : VIEWER.index("## Typing a value")]
    bound = re.findall(r"\{SDLK_(\w+), (\w+), (\w+)\}", KEYS)
    assert len(bound) > 30
    for key, with_, action in bound:
        if key.startswith("KP_"):
            assert "number pad" in section
        elif action != "ACTION_HELP" or with_ != "SHIFT":
            name = KEY_NAMES.get(key, key.upper() if key[0] == "F" and key[1:] else key)
            assert re.search(rf"(?<!\w){re.escape(name)}(?!\w)", section, re.I), key


def test_every_variable_of_the_viewer_is_on_the_page():
    sources = "".join(path.read_text() for path in (ROOT / "host/viewer").rglob("*.c"))
    variables = set(re.findall(r'getenv\("(LUTIST_\w+)"\)', sources))
    assert variables and all(f"`{name}" in VIEWER for name in variables)


@pytest.mark.parametrize(("command", "page"), [("batch", BATCH)])
def test_every_option_is_on_the_page(lutist, command, page):
    listed = lutist(command, "--help").stdout
    options = set(re.findall(r"^ +(?:-\w, )?(--[\w-]+)", listed, re.M))
    options -= {"--verbose", "--quiet", "--help", "--version", "--output", "--script", "--param"}
    assert len(options) > 8
    shorts = {"--jobs": "-j", "--threads": "-t", "--recursive": "-r"}
    assert [name for name in options if shorts.get(name, name) not in page] == []
    assert all(f"`{name}" in page for name in ("-o", "-q", "-v"))


def test_the_report_has_the_page_s_fields(lutist, picture, tmp_path):
    picture("a.png")
    lutist("batch", "a.png", "missing.png", "-o", "out", "--report", "day.json")
    real = json.loads((tmp_path / "day.json").read_text())
    shown = json.loads(re.search(r"```json\n(.*?)```", BATCH, re.S)[1])
    assert list(shown) == list(real)
    assert [list(item) for item in shown["files"]] == [list(item) for item in real["files"]]
    assert [item["state"] for item in real["files"]] == ["done", "failed"]


def test_the_job_of_the_help_is_on_the_page(lutist):
    (command,) = re.findall(r"^ +(lutist run contact.*)", lutist("run", "--help").stdout, re.M)
    assert f"\n    {command}\n" in (ROOT / "docs/python.md").read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target
