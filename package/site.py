"""Build the documentation site: ./dev docs.

    package/site.py

The pages of docs/, the README and the changes are laid out in build/site/pages as one folder, and
mkdocs makes build/site/html of them, strictly: a link that leads nowhere is an error, and so is a
page that would fetch anything from the network when it is read.
"""

import re
import shutil
import subprocess
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES, HTML = ROOT / "build/site/pages", ROOT / "build/site/html"
# Where README.md and docs/ name a file, and where it lies in the site.
MOVED = [(r"(\]\()docs/", r"\1"), (r"(\]\()\.\./assets/", r"\1assets/")]
FETCHED = re.compile(
    r"""<(?:script|img|iframe|source)[^>]*\ssrc=["']?(?:https?:)?//[^"' >]+|"""
    r"""<link[^>]*\srel=["']?(?:stylesheet|preconnect|preload|icon)[^>]*//[^>]*|"""
    r"""(?:url\(|@import )["']?(?:https?:)?//[^"')]+"""
)
KEYS = "<!-- lutist keys --markdown -->\n"


def lay_out():
    shutil.rmtree(ROOT / "build/site", ignore_errors=True)
    shutil.copytree(ROOT / "docs", PAGES)
    shutil.copytree(ROOT / "assets/viewer", PAGES / "assets/viewer")
    for name in "screenshot.png", "icon.png":
        shutil.copy(ROOT / "assets" / name, PAGES / "assets")
    shutil.copy(ROOT / "package/site.css", PAGES / "assets")
    shutil.copy(ROOT / "README.md", PAGES / "index.md")
    shutil.copy(ROOT / "CHANGELOG.md", PAGES / "changes.md")
    (PAGES / "keys.md").write_text(key_map())
    texts = {page: page.read_text() for page in PAGES.glob("*.md")}
    titles = {page.stem: text.partition("\n")[0].removeprefix("# ") for page, text in texts.items()}
    for page, text in texts.items():
        for old, new in MOVED:
            text = re.sub(old, new, text)
        # A link that reads as a file's name gets the page's title.
        text = re.sub(r"\[(?:docs/)?(\w+)\.md\]\(", lambda link: f"[{titles[link[1]]}](", text)
        page.write_text(text)
    for page in PAGES / "index.md", PAGES / "scripting.md":  # each is a tab of its own
        page.write_text(f"---\nhide: [navigation]\n---\n\n{page.read_text()}")


def key_map():
    """The tables that `lutist keys --markdown` has put into docs/viewer.md: a section each."""
    tables = (ROOT / "docs/viewer.md").read_text().partition(KEYS)[2].partition("\nAlso:")[0]
    tables = re.sub(r"^\| (\w+) \| \|$", r"## \1\n\n| | |", tables, flags=re.M)
    tables = re.sub(r"^\| (?=\S)(.*?) \| (?=\S)", as_keys, tables, flags=re.M)
    return f"# Keys\n\nEach can be changed ([your own keys](viewer.md#your-own-keys)).\n\n{tables}"


def as_keys(cell):
    """Several are divided by two spaces."""
    keys = (f"<kbd>{escape(key)}</kbd>" for key in cell[1].split("  "))
    return f"| {' '.join(keys)} | "


def fetched():
    """What the pages would fetch from the network."""
    for page in (*HTML.rglob("*.html"), *HTML.rglob("*.css")):
        yield from (f"{page.name}: {found}" for found in FETCHED.findall(page.read_text()))


def main():
    lay_out()
    # With the Python of build/venv, as ./dev docs does.
    build = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "-f",
        ROOT / "package/mkdocs.yml",
    ]  # -q would hide warnings from it
    done = subprocess.run(build, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.exit(f"docs: mkdocs finds:\n{done.stdout}")
    found = sorted(set(fetched()))
    if found:
        sys.exit("docs: a page would fetch from the network:\n" + "\n".join(found))
    print(f"{HTML}/index.html: {len(list(HTML.rglob('*.html')))} pages")


if __name__ == "__main__":
    main()
