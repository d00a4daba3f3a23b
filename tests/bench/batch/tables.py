"""The results of whole files as tables, and in the page."""

from report import QUIET, Table, as_markdown, as_text, into_page, targets_table

BEGIN, END = "<!-- files: ./dev bench writes them -->", "<!-- end of files -->"
MEGABYTE = 1e6

TITLES = {
    "photographs": "photographs, a table a channel",
    "large": "one large JPEG, a table a channel",
    "deep": "one large PNG of 16 bits, unchanged",
    "small": "small files of 256×256, for one file",
    "start": "one small JPEG, from the start to the end of the program",
    "version": "a program that does nothing",
}
HEADINGS = ("program", "call", "cores busy", "ms", "best ms", "MP/s", "ms to lutist")
HEADINGS += ("peak MB", "MB written", "size", "difference")


def number(value, digits=1):
    return "" if value is None else f"{value:.{digits}f}"


def line(row):
    speed = row["samples"] / row["ms"] / 1e3 if row["samples"] else None
    return (
        row["program"],
        row["call"],
        number(row["busy"]),
        *(number(row[name]) for name in ("ms", "ms_min")),
        number(speed),
        number(row["lutist_ratio"], 2),
        number(row["peak_bytes"] / MEGABYTE if row["peak_bytes"] else None),
        number(row["bytes"] / MEGABYTE, 2),
        number(row.get("size_ratio"), 2),
        number(row.get("difference"), 2),
    )


def notes(data, op):
    reasons = [skip for skip in data["skipped"] if skip.get("task") == op]
    return [f"not measured: {skip['program']}: {skip['reason']}" for skip in reasons]


def table_of(data, op):
    rows = sorted((row for row in data["rows"] if row["op"] == op), key=lambda row: row["ms"])
    return Table(TITLES[op], HEADINGS, [line(row) for row in rows], notes(data, op))


def codecs_table(data):
    rows = [row for row in data["rows"] if row["op"] == "codecs"]
    least = rows[0]["ms"] if rows else 1
    lines = [
        (row["call"], str(row["threads"]), number(row["ms"]), number(row["ms"] / least, 2))
        for row in rows
    ]
    return Table(
        "photographs, beside the codecs alone", ("what", "threads", "ms", "ratio"), lines, []
    )


def memory_table(data):
    (own, *_), sizes = [r for r in data["rows"] if r["op"] == "large"], data["megapixels"]
    peaks = (("little", own["little_peak_bytes"]), ("large", own["peak_bytes"]))
    peaks += (("huge", own["huge_peak_bytes"]),)
    lines = [(f"{sizes[name]:.0f}", number(peak / MEGABYTE)) for name, peak in peaks]
    return Table("lutist's memory for one JPEG", ("megapixels", "peak MB"), lines, [])


def tables(data):
    found = [table_of(data, "photographs"), codecs_table(data), table_of(data, "large")]
    found += [memory_table(data), table_of(data, "deep"), table_of(data, "small")]
    found += [table_of(data, op) for op in ("start", "version")]
    return [*found, targets_table(data)]


def disturbance(data):
    """A line that says so when other programs had the cores meanwhile."""
    busy = max(row["busy"] for row in data["rows"] if row["op"] == "photographs")
    if busy >= QUIET * data["cores"]:
        return []
    left = f"{busy:.1f} of {data['cores']} cores"
    return [f"not a quiet machine: no program had more than {left}; run it again"]


def head(data):
    sizes = data["megapixels"]
    missing = [skip for skip in data["skipped"] if "task" not in skip]
    return [
        f"{data['cpu']}, {data['cores']} cores; lutist {data['version']}, Python {data['python']}",
        f"{data['photographs']} photographs of {sizes['photographs']:.1f} MP together; a large "
        f"picture of {sizes['large']:.1f} MP; {data['small']} small files",
        f"medians of {data['runs']} runs in turn, of {data['fewer_runs']} where one takes long; "
        "peak memory from a run apart",
        *disturbance(data),
        *(f"not measured: {skip['program']}: {skip['reason']}" for skip in missing),
    ]


def text(data):
    return as_text(head(data), tables(data))


def into_docs(page, data):
    """Write them between their marks of a page, a Path."""
    figures = as_markdown(head(data), tables(data))
    changed = into_page(page.read_text(encoding="utf-8"), figures, BEGIN, END)
    page.write_text(changed, encoding="utf-8")
