"""The chart of the docs: milliseconds by program, for a table, a matrix and a 3D table."""

import io
import re

from report import of_task

OURS, OTHERS, COPY, INK = "#d9480f", "#829ab1", "#cbd5df", "#1f2933"
COPIES = ("memcpy", "streaming")
PANELS = (
    ("One tone curve over {size:.0f} megapixels, 8-bit RGB: shorter is better", "lut1d", 1),
    ("A colour matrix over the same picture", "matrix", 0),
    ("A 3D table of 33³ colours over the same picture", "lut3d", 0),
)
CUT = 4  # a bar more than so many times longer than the next is cut


def bars(data, key):
    """(label, ms, colour), the fastest first: lutist with either kind of result, and of every
    other program its fastest way; a formula and a table are two ways, so both are shown."""
    found, seen = [], set()
    for row in of_task(data["rows"], key):
        program = row["program"].partition(" ")[0].rstrip(",")
        ours = program == "lutist"
        way = (program, row["result"] if ours else "formula" in row["call"])
        if way in seen or (program in ("lutist", *COPIES) and row["threads"] != data["cores"]):
            continue
        seen.add(way)
        found.append((label(row, program), row["ms"], colour(program)))
    return found


def label(row, program):
    threads = f"{row['threads']} thread{'s' if row['threads'] > 1 else ''}"
    call = re.sub(r"\([\w, ]+=?\)", "", row["call"])
    said = {
        "lutist": "lutist" if row["result"] == "reused" else "lutist, a new picture each time",
        "memcpy": "memcpy, a plain copy",
        "streaming": "streaming copy, the limit",
        "tutorial": f"tutorial: {call}",
    }
    if program == "tutorial":
        return said[program]
    return f"{said.get(program, f'{program} {call}')} ({threads})"


def colour(program):
    return OURS if program == "lutist" else COPY if program in COPIES else OTHERS


def scale_end(lengths):
    """Where the axis ends: the longest bar that is not cut short."""
    ordered = sorted(lengths)
    if len(ordered) > 1 and ordered[-1] > CUT * ordered[-2]:
        ordered.pop()
    return ordered[-1]


def panel(axes, title, shown):
    end = scale_end([ms for _, ms, _ in shown])
    for y, (name, ms, fill) in enumerate(shown):
        ours = fill == OURS
        style = {"va": "center", "weight": "bold" if ours else "normal"}
        axes.barh(y, min(ms, end), color=fill, height=0.72)
        if ms > end:  # a gap says that the bar goes on
            axes.barh(y, end * 0.012, left=end * 0.9, color="white", height=0.8)
        axes.text(min(ms, end) + end * 0.01, y, f"{ms:,.0f} ms", ha="left", color=INK, **style)
        axes.text(-end * 0.012, y, name, ha="right", color=OURS if ours else INK, **style)
    axes.set_title(title, loc="left", x=-0.62, fontsize=12, weight="bold", color=INK, pad=10)
    axes.set_xlim(0, end * 1.14)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_axis_off()


def draw(data, path):
    """Write the chart as SVG: white ground, text as text, the same bytes for the same data."""
    import matplotlib  # what is above works without it
    from matplotlib.figure import Figure

    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "lutist"})
    matplotlib.rcParams.update({"font.family": ["DejaVu Sans", "sans-serif"], "font.size": 10})
    shown = [bars(data, (op, "u8x3", tables)) for _, op, tables in PANELS]
    heights = [len(each) for each in shown]
    figure = Figure(figsize=(9.6, 2.5 + 0.29 * sum(heights)), facecolor="white")
    axes = figure.subplots(len(shown), 1, gridspec_kw={"height_ratios": heights})
    figure.subplots_adjust(left=0.385, right=0.985, top=0.94, bottom=0.05, hspace=0.22)
    size = data["width"] * data["height"] / 1e6
    for part, (title, *_), each in zip(axes, PANELS, shown, strict=True):
        panel(part, title.format(size=size), each)
    where = f"{data['cpu']}, {data['cores']} cores; medians of {data['runs']} or more runs in turn"
    figure.text(0.985, 0.015, where, ha="right", fontsize=8.5, color="#52606d")
    made = io.StringIO()
    figure.savefig(made, format="svg", metadata={"Date": None})
    lines = (line.rstrip() for line in made.getvalue().splitlines())
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
