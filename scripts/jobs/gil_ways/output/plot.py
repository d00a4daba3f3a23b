"""The charts: wall time by strategy, and the use of each core over time."""

import math

from .report import busy_machine, groups, head, time_text, work_text
from .svg import Svg

TITLE = "Ways round Python's global interpreter lock"
WIDTH = 960
LEFT, RIGHT = 300, 740  # the bars' room; labels to the left, figures to the right
STEP = 20  # from one bar to the next
ALL, SOME, ONE = "#2166ac", "#92a8bf", "#d97c1e"
BUSY = ((ALL, "all free cores busy"), (SOME, "in between"), (ONE, "one core busy"))
FAINT, MUTED = "#d5d9de", "#5d6975"


def colour(row, cores):
    """By how much of the machine the row kept busy: of what other programs left of it."""
    free = max(cores - row.get("others", 0), 1)
    if row["cores_busy"] >= 0.75 * free and free > 1.3:
        return ALL
    return ONE if row["cores_busy"] < 1.3 else SOME


def scaled(rows):
    """{key: wall time for as much work as the first row did}, for rows of one scale."""
    measured = [row for row in rows if "wall_s" in row]
    return {row["key"]: row["wall_s"] * measured[0]["work"] / row["work"] for row in measured}


def sections(rows):
    """{title: rows}: the groups that do the same work share a scale."""
    found = {}
    for group, members in groups(rows).items():
        cpu = group.startswith("CPU-bound")
        found.setdefault("CPU-bound" if cpu else group, []).extend(members)
    return found


def title_of(section, rows):
    measured = next((row for row in rows if "wall_s" in row), {})
    if section == "CPU-bound" and measured:
        return f"CPU-bound: fib({measured['n']}) once a core; rows of another n scaled by calls"
    if "samples" in measured:
        return f"{section}, {work_text(measured)[:-2]} million samples"
    return section


class Scale:
    """Seconds to pixels, by logarithm: whole decades, and a stub for the shortest."""

    def __init__(self, seconds):
        self.low = math.floor(math.log10(min(seconds)) - 0.15)
        self.high = max(math.ceil(math.log10(max(seconds))), self.low + 1)

    def __call__(self, seconds):
        share = (math.log10(seconds) - self.low) / (self.high - self.low)
        return LEFT + share * (RIGHT - LEFT)

    def decades(self):
        return [10.0**power for power in range(self.low, self.high + 1)]


def decade_text(seconds):
    units = [(1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")]
    size, unit = next((u for u in units if seconds >= u[0] * 0.999), units[-1])
    return f"{seconds / size:,.0f} {unit}"


def axis(svg, scale, top, bottom):
    for seconds in scale.decades():
        svg.line(scale(seconds), top, scale(seconds), bottom)
        svg.text(scale(seconds), top - 4, decade_text(seconds), 10, MUTED, "middle")


def bar(svg, scale, row, seconds, y, cores):
    end = scale(seconds)
    svg.rect(LEFT, y, max(end - LEFT, 1.5), STEP - 6, colour(row, cores))
    figures = f"{time_text(seconds)} · {row['cores_busy']:.1f} cores"
    if row["copies"]:
        figures += " · copies"
    fewer = "samples" in row and seconds > 1.001 * row["wall_s"]
    if row.get("extrapolated") or fewer:
        figures += " · extrapolated"
    svg.text(end + 6, y + 11, figures, 11)


def section(svg, name, rows, y, cores):
    """One scale and its bars; the y below them."""
    svg.text(20, y, title_of(name, rows), 14, font_weight="bold")
    top = y + 26
    height = STEP * len(rows)
    measured = scaled(rows)
    if measured:
        scale = Scale(measured.values())
        axis(svg, scale, top, top + height)
    for i, row in enumerate(rows):
        below = top + 4 + i * STEP
        svg.text(LEFT - 8, below + 11, row["strategy"], 11, anchor="end")
        if row["key"] in measured:
            bar(svg, scale, row, measured[row["key"]], below, cores)
        else:
            word = "failed" if "failed" in row else "skipped"
            svg.text(LEFT + 6, below + 11, word, 11, MUTED, font_style="italic")
    bottom = top + height
    if words := busy_machine(rows):
        bottom += 16
        svg.text(LEFT, bottom, words, 11, ONE)
    return bottom + 34


def legend(svg, y, entries):
    """Colours and their meaning; the x behind them."""
    x = 20
    for fill, words in entries:
        svg.rect(x, y - 10, 12, 12, fill)
        svg.text(x + 18, y, words)
        x += 40 + 7 * len(words)
    return x


def curve(trace, use, box):
    """One core's use as the outline of an area in box = (x, y, width, height)."""
    x, y, width, height = box
    length = trace["wall_s"]
    inside = [(t, u) for t, u in zip(trace["times"], smooth(use), strict=True) if 0 <= t <= length]
    inside = [(0, inside[0][1]), *inside, (length, inside[-1][1])] if inside else []
    points = [(x + t / length * width, y + (1 - u) * height) for t, u in inside]
    return [(x, y + height), *points, (x + width, y + height)]


def smooth(values):
    """Means of three neighbours: the kernel counts in ticks of 10 ms."""
    padded = [values[0], *values, values[-1]]
    return [sum(padded[i : i + 3]) / 3 for i in range(len(values))]


def panel(svg, trace, x, y, width, height):
    """All cores of one strategy, a strip each."""
    mean = sum(map(sum, trace["own"])) / max(1, len(trace["times"]))
    svg.text(x, y, trace["strategy"], 12, font_weight="bold")
    words = f"{time_text(trace['wall_s'])} · {mean:.1f} cores on average"
    svg.text(x + width, y, words, 11, MUTED, "end")
    each = height / len(trace["own"])
    for core, use in enumerate(trace["own"]):
        top = y + 8 + core * each
        box = (x + 46, top, width - 46, each - 6)
        svg.rect(*box, "#f4f5f7")
        svg.area(curve(trace, trace["all"][core], box), FAINT)
        svg.area(curve(trace, use, box), ALL)
        if each >= 12:
            svg.text(x + 40, top + each / 2 + 2, f"core {core}", 10, MUTED, "end")
    svg.text(x + 46, y + height + 16, "0 s", 10, MUTED)
    svg.text(x + width, y + height + 16, time_text(trace["wall_s"]), 10, MUTED, "end")


def panels(svg, traces, y):
    """Two beside each other; the y below them."""
    svg.text(20, y, "Use of each core over time, 0 to 100 %", 14, font_weight="bold")
    legend(svg, y + 24, ((ALL, "this strategy"), (FAINT, "other programs")))
    y += 56
    height = min(max(90, 14 * len(traces[0]["own"])), 400)
    for i, trace in enumerate(traces):
        panel(svg, trace, 20 + (i % 2) * 475, y + (i // 2) * (height + 56), 445, height)
    return y + math.ceil(len(traces) / 2) * (height + 56)


def chart(report):
    """The picture of a report, as SVG text."""
    svg = Svg(WIDTH)
    svg.text(20, 34, TITLE, 20, font_weight="bold")
    svg.text(20, 56, head(report), 12, MUTED)
    x = legend(svg, 82, BUSY)
    svg.text(x, 82, "wall time, logarithmic; shorter is better", fill=MUTED)
    y = 118
    for name, rows in sections(report["rows"]).items():
        y = section(svg, name, rows, y, report["cores"])
    if report["traces"]:
        y = panels(svg, report["traces"], y)
    return svg.document(y)
