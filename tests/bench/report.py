"""The results as tables: for the terminal, and as Markdown for the docs."""

from dataclasses import dataclass

# The lines of the page between which the figures stand.
BEGIN, END = "<!-- figures: ./dev bench writes them -->", "<!-- end of figures -->"

QUIET = 0.85  # share of the cores that a copy has where nothing else runs
SHORT_MS = 5  # in less, starting the threads is what takes the time
LEFT = {"program", "call", "result", "result agrees", "op", "pixel", "what", "is", ""}


@dataclass
class Table:
    title: str
    headings: tuple
    rows: list  # of tuples of str
    notes: list


def agreement(row):
    worst = row.get("worst")
    if worst is None:
        return ""
    within = "exactly" if worst == 0 else f"within {worst:g} step{'s' if worst > 1 else ''}"
    if row["call"] == "kernel":
        return f"{within}, with double precision"
    return within if worst == 0 else f"{within}, {row['differ']:.2%} differ"


def of_task(rows, key):
    """The task's rows, the fastest first."""
    found = [row for row in rows if (row["op"], row["pixel"], row["tables"]) == key]
    return sorted(found, key=lambda row: row["ms"])


def task_table(data, task):
    headings = ("program", "call", "result", "threads", "cores busy", "ms", "ms to lutist")
    rows = [
        (
            row["program"],
            row["call"],
            row["result"],
            str(row["threads"]),
            f"{row['busy']:.1f}" if "busy" in row else "",
            f"{row['ms']:.1f}",
            f"{row['lutist_ratio']:.2f}",
            f"{row['limit_ratio']:.2f}",
            agreement(row),
        )
        for row in of_task(data["rows"], task.key)
    ]
    return Table(
        task.title, (*headings, "of the limit", "result agrees"), rows, skipped(data, task.title)
    )


def kernels_table(data):
    headings = ("op", "pixel", "tables", "threads", "ms", "ms min", "of memcpy", "of the limit")
    rows = [
        (
            *(str(row[name]) for name in ("op", "pixel", "tables", "threads")),
            *(f"{row[name]:.2f}" for name in ("ms", "ms_min", "memcpy_ratio", "limit_ratio")),
        )
        for row in data["rows"]
        if row["call"] == "kernel" and row["op"] != "pool_wake"
    ]
    return Table("every kernel", headings, rows, [])


def targets_table(data):
    rows = []
    for target in data["targets"]:
        sign = "≤" if target["at_most"] else "≥"
        figure = "" if target["reached"] is None else f"{target['reached']:.2f} {target['unit']}"
        bound = f"{sign} {target['target']:g}"
        rows.append((target["id"], target["what"], figure, bound, target["verdict"]))
    return Table("the targets", ("", "what", "reached", "target", "is"), rows, [])


def skipped(data, title):
    return [
        f"not measured: {s['program']}: {s['reason']}"
        for s in data["skipped"]
        if s["task"] == title
    ]


def tables(data, tasks):
    found = [task_table(data, task) for task in tasks]
    return [*found, kernels_table(data), targets_table(data)]


def disturbance(data):
    """A line that says so when other programs had the cores meanwhile: a copy on all of them
    should keep them all busy."""
    cores = data["cores"]
    copies = [r for r in data["rows"] if r["call"] == "memmove" and r["threads"] == cores]
    least = min((row["busy"] for row in copies if row["ms"] > SHORT_MS), default=cores)
    if least >= QUIET * cores:
        return []
    return [
        "not a quiet machine: other programs left memcpy "
        f"{least:.1f} of {cores} cores; run it again"
    ]


def machine(data):
    copies = " and ".join(f"{gb:.1f} GB/s on {n}" for n, gb in data["memcpy_gb_s"].items())
    return [
        f"{data['cpu']}, {data['cores']} cores, level {data['level']}; Python {data['python']}",
        f"memcpy copies {copies} threads (it reads as much, and writes as much)",
        f"{data['width']}x{data['height']} RGB pixels; medians of {data['runs']} runs in turn; "
        "lutist's kernels: of 9 runs before and 9 after",
        *disturbance(data),
        *skipped(data, None),
    ]


def text(data, tasks):
    return as_text(machine(data), tables(data, tasks))


def as_text(head, found):
    """Lines and tables for the terminal."""
    blocks = ["\n".join(head)]
    for table in found:
        lines = [table.headings, *table.rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        body = (padded(line, table.headings, widths) for line in lines)
        blocks.append("\n".join([table.title, *body, *(f"  {note}" for note in table.notes)]))
    return "\n\n".join(blocks)


def padded(line, headings, widths):
    cells = (
        cell.ljust(width) if heading in LEFT else cell.rjust(width)
        for cell, heading, width in zip(line, headings, widths, strict=True)
    )
    return ("  " + "  ".join(cells)).rstrip()


def markdown(data, tasks):
    return as_markdown(machine(data), tables(data, tasks))


def as_markdown(head, found):
    """The same for the page."""
    blocks = ["\n".join(f"- {line}" for line in head)]
    for table in found:
        rule = ["---" if heading in LEFT else "--:" for heading in table.headings]
        lines = ["| " + " | ".join(line) + " |" for line in (table.headings, rule, *table.rows)]
        title = table.title[0].upper() + table.title[1:]
        blocks += [f"### {title}", "\n".join(lines), *table.notes]
    return "\n\n".join(blocks)


def into_page(page, figures, begin_mark=BEGIN, end_mark=END):
    """The page with other figures. Raises ValueError where it has no place for them."""
    head, begin, rest = page.partition(begin_mark)
    _, end, tail = rest.partition(end_mark)
    if not (begin and end):
        raise ValueError(f"the page lacks the lines {begin_mark} and {end_mark}")
    return f"{head}{begin_mark}\n\n{figures}\n\n{end_mark}{tail}"
