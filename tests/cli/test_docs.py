"""The pages agree with the program."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
VIEWER = (ROOT / "docs/viewer.md").read_text()
BATCH = (ROOT / "docs/batch.md").read_text()
TROUBLESHOOTING = (ROOT / "docs/troubleshooting.md").read_text()


def test_the_page_lists_the_keys_of_the_table(lutist):
    """After a change of the table put the output of `lutist keys --markdown --default` there."""
    section = VIEWER[VIEWER.index("<!-- lutist keys --markdown -->\n") :]
    section = section[section.index("\n") + 1 : section.index("\nAlso:")]
    printed = lutist("keys", "--markdown", "--default").stdout
    assert printed.count("\n") > 50
    assert section == printed


def test_every_variable_is_on_the_page():
    sources = "".join(path.read_text() for path in (ROOT / "host").rglob("*.c"))
    variables = set(re.findall(r'getenv\("(LUTIST_\w+)"\)', sources))
    assert len(variables) > 4
    assert [name for name in variables if f"| `{name}` |" not in TROUBLESHOOTING] == []


@pytest.mark.parametrize(("command", "page"), [("batch", BATCH), ("view", VIEWER)])
def test_every_option_is_on_the_page(lutist, command, page):
    listed = lutist(command, "--help").stdout
    options = set(re.findall(r"^ +(?:-\w, )?(--[\w-]+)", listed, re.M))
    options -= {"--verbose", "--quiet", "--help", "--version", "--output", "--script", "--param"}
    assert len(options) > 8
    shorts = {"--jobs": "-j", "--threads": "-t", "--recursive": "-r"}
    assert [name for name in options if shorts.get(name, name) not in page] == []


def test_the_short_options_of_a_batch_are_on_the_page():
    assert all(f"`{name}" in BATCH for name in ("-o", "-q", "-v"))


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
    page = (ROOT / "docs/python.md").read_text()
    assert f"\n    {command}\n" in page
    assert f"```python\n{(ROOT / 'scripts/jobs/contact_sheet.py').read_text()}```" in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target
