"""Debian's changelog, made from CHANGELOG.md."""

import re
import textwrap
from datetime import date

HEADING = re.compile(r"^## (\d+(?:\.\d+)+) \((\d{4}-\d{2}-\d{2})\)$", re.M)
FIRST, NEXT = "  * ", "    "


def versions(markdown):
    """(number, date, text) of every version, the newest first."""
    parts = HEADING.split(markdown)[1:]
    return [
        (number, date.fromisoformat(day), text)
        for number, day, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]


def changes(text):
    """The items of a list, each on one line."""
    return [" ".join(item.split()) for item in re.split(r"^- ", text, flags=re.M)[1:]]


def debian_changelog(markdown, package, maintainer):
    """`maintainer` as debian/control has it."""
    entries = []
    for number, day, text in versions(markdown):
        items = [
            textwrap.fill(item, 78, initial_indent=FIRST, subsequent_indent=NEXT)
            for item in changes(text)
        ]
        signed = f" -- {maintainer}  {day:%a, %d %b %Y} 00:00:00 +0000\n"
        entries.append(
            "\n\n".join(
                [f"{package} ({number}) unstable; urgency=medium", "\n".join(items), signed]
            )
        )
    return "\n".join(entries)
