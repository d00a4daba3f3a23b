"""The figures of `lutist bench viewer IMAGE --json FILE` as a table of docs/bench.md."""

import report

BEGIN, END = "<!-- window: tests/bench/window.py writes them -->", "<!-- end of window -->"
HEAD = (
    "| image | row | view | MP a frame | p50 ms | p95 ms | p99 ms | max ms | made ms "
    "| shown ms | stall ms | own ms | peak MB |",
    "| --- | --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
)
TIMES = ("ms", "p95_ms", "p99_ms", "max_ms", "made_max_ms", "shown_ms", "stall_ms", "own_ms")


def number(value, digits=1):
    return "" if value is None else f"{value:.{digits}f}"


def line(row):
    size = row["image_width"] * row["image_height"] / 1e6
    cells = (
        f"{size:.0f} MP, {row['pixel']}",
        f"`{row['op']}`",
        row["view"] or "",
        number(row["megapixels"], 2),
        *(number(row[name]) for name in TIMES),
        number(row["peak_bytes"] / 1e6, 0),
    )
    return f"| {' | '.join(cells)} |"


def table(results):
    """The rows of all results, which are those of one machine, as Markdown."""
    first = results[0]
    row = first["rows"][0]
    machine = (
        f"{first['cpu']}, {first['cores']} cores, level {first['level']}; a window of "
        f"{row['window_width']}×{row['window_height']}, renderer {row['renderer']}"
    )
    lines = [line(row) for result in results for row in result["rows"]]
    return "\n".join((f"- {machine}", "", *HEAD, *lines))


def write(docs, results):
    page = docs / "bench.md"
    text = report.into_page(page.read_text(encoding="utf-8"), table(results), BEGIN, END)
    page.write_text(text, encoding="utf-8")
    print(f"written: {page}")
