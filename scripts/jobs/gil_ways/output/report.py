"""A row's figures made comparable, and the tables that show them."""

BEGIN, END = "<!-- gil_lab.py: begin -->", "<!-- gil_lab.py: end -->"
DISTURBING = 0.3  # cores that others use, from where on it shows in the figures
HEADINGS = ("work", "wall", "CPU", "cores busy", "speed-up", "x Python", "copied")


def finished(row, result, done):
    """The row's JSON object. `done` has the earlier ones by key, base and origin among them."""
    shown = {
        "group": row.group,
        "key": row.key,
        "strategy": row.strategy,
        "copies": row.copies,
        "published": row.published,
    }
    result = {name: value for name, value in result.items() if name not in ("begin", "end")}
    if "wall_s" in result:
        rate = result["work"] / result["wall_s"]
        result["cores_busy"] = result["cpu_s"] / result["wall_s"]
        result["speedup"] = compared(rate, done.get(row.base)) if row.base else 1.0
        result["vs_python"] = 1.0 if row.origin == row.key else compared(rate, done.get(row.origin))
    return {**shown, **result}


def compared(rate, other):
    """How often as fast as another row; None where that one has no figures."""
    if not other or "wall_s" not in other:
        return None
    return rate * other["wall_s"] / other["work"]


def time_text(seconds):
    if seconds < 0.001:
        return f"{seconds * 1e3:.2f} ms"
    if seconds < 1:
        return f"{seconds * 1e3:.{1 if seconds < 0.1 else 0}f} ms"
    return f"{seconds:.{2 if seconds < 100 else 0}f} s"


def times_text(factor):
    if factor is None:
        return "-"
    if factor < 0.095:
        return "1/" + large_text(1 / factor)
    return f"{factor:.2f}" if factor < 10 else large_text(factor)


def large_text(number):
    return f"{number:,.0f}" if number < 1e6 else f"{number / 1e6:.1f} M"


def work_text(row):
    if "samples" in row:
        return f"{row['samples'] / 1e6:.3g} M"
    return f"{row['n']}x{row['n']}" if row["group"].startswith("NumPy") else f"fib({row['n']})"


def cells(row):
    """The figures as text, in the order of HEADINGS."""
    return [
        work_text(row),
        time_text(row["wall_s"]) + ("*" if row.get("extrapolated") else ""),
        time_text(row["cpu_s"]),
        f"{row['cores_busy']:.1f}",
        times_text(row["speedup"]),
        times_text(row["vs_python"]),
        "yes" if row["copies"] else "no",
    ]


def absent(row):
    """The reason for a row without figures."""
    if "failed" in row:
        return f"FAILED: {row['failed']}"
    return f"skipped: {row['skipped']}"


def groups(rows):
    """{group: its rows}, in order."""
    found = {}
    for row in rows:
        found.setdefault(row["group"], []).append(row)
    return found


def notes(rows):
    """Lines below a group; a note that several rows share comes once."""
    shared = {}
    for row in rows:
        if row.get("note"):
            shared.setdefault(row["note"], []).append(row["strategy"])
    measured = [row for row in rows if "wall_s" in row]
    lines = []
    for text, strategies in shared.items():
        who = "" if len(strategies) == len(measured) else f"{', '.join(strategies)}: "
        lines.append(who + text)
    return [*lines, words] if (words := busy_machine(rows)) else lines


def busy_machine(rows):
    """What to say where others used the machine while these rows ran; "": they did not."""
    others = max((row.get("others", 0) for row in rows if "wall_s" in row), default=0)
    if others <= DISTURBING:
        return ""
    return f"other programs used up to {others:.1f} cores meanwhile (see --patience)"


def head(report):
    quick = ", --quick" if report["quick"] else ""
    host = f"lutist {report['version']}, " if report["version"] else ""
    return f"{host}Python {report['python']}, {report['cpu']}, cores: {report['cores']}{quick}"


def plain(report):
    """The table for a terminal."""
    width = max(len(row["strategy"]) for row in report["rows"]) + 2
    lines = [head(report), ""]
    for group, rows in groups(report["rows"]).items():
        titles = "".join(f"{title:>12}" for title in HEADINGS)
        lines.append(f"{group:{width}}{titles}")
        for row in rows:
            if "wall_s" in row:
                text = "".join(f"{cell:>12}" for cell in cells(row))
            else:
                text = f"     {absent(row)}"
            lines.append(f"  {row['strategy']:{width - 2}}{text}")
        lines += [f"  - {line}" for line in notes(rows)] + [""]
    return "\n".join([*lines, *EXPLAINED])


EXPLAINED = (
    "speed-up: against one thread of the same code; x Python: against one thread of plain Python",
    "doing the same work. A worker's start counts, a compiler's work and an interpreter's start",
    "do not. Median of the runs.",
)


def markdown(report):
    """The same as Markdown, the tutorial's figures beside ours."""
    lines = [head(report) + ".", ""]
    for group, rows in groups(report["rows"]).items():
        lines += [f"**{group}**", ""]
        titles = ["strategy", *HEADINGS, "published"]
        lines.append("| " + " | ".join(titles) + " |")
        lines.append("|---|" + "--:|" * len(HEADINGS[:-1]) + "---|---|")
        for row in rows:
            if "wall_s" in row:
                text = [row["strategy"], *cells(row), row["published"] or "-"]
                lines.append("| " + " | ".join(text) + " |")
        lines += ["", *(f"- {line}" for line in [*notes(rows), *absences(rows)]), ""]
    return "\n".join(lines).rstrip() + "\n"


def absences(rows):
    """Rows without figures, with the tutorial's where it has some."""
    for row in rows:
        if "wall_s" not in row:
            published = f" (published: {row['published']})" if row["published"] else ""
            yield f"{row['strategy']}: {absent(row)}{published}"


def spliced(page, tables):
    """The page with new tables between its two markers; of an empty page these make one."""
    before, begin, rest = (page or f"{BEGIN}{END}\n").partition(BEGIN)
    _, end, after = rest.partition(END)
    return f"{before}{begin}\n{tables}{end}{after}"


def has_markers(page):
    return END in page.partition(BEGIN)[2]
