"""Put the figures of build/bench.json into the docs: the chart, the tables of the page, and the
sentence of the README.

python tests/bench/document.py build/bench.json docs
"""

import json
import re
import sys
from pathlib import Path

import chart
import report
from tasks import all_tasks

PITCH = re.compile(r"43 megapixels in \d+ ms on \d+ cores, where Pillow takes \d+ and NumPy \d+")
NEW = r"^\| {}.* \| new \| \d+ \| [\d.]+ \| ([\d.]+) \|"  # its ms with a new result


def pitch(page):
    """The sentence of the README, by the page's first table: one table for 8 bits."""
    lutist, pillow, numpy = (
        float(re.search(NEW.format(program), page, re.M)[1])
        for program in ("lutist", "Pillow", "NumPy")
    )
    cores = re.search(r"^- .*, (\d+) cores", page, re.M)[1]
    return (
        f"43 megapixels in {lutist:.0f} ms on {cores} cores, "
        f"where Pillow takes {pillow:.0f} and NumPy {numpy:.0f}"
    )


def main():
    results, docs = Path(sys.argv[1]), Path(sys.argv[2])
    data = json.loads(results.read_text(encoding="utf-8"))
    page = docs / "bench.md"
    figures = report.markdown(data, all_tasks())
    text = report.into_page(page.read_text(encoding="utf-8"), figures)
    page.write_text(text, encoding="utf-8")
    readme = docs.parent / "README.md"
    if readme.exists():
        said = PITCH.sub(pitch(text), readme.read_text(encoding="utf-8"))
        readme.write_text(said, encoding="utf-8")
    chart.draw(data, docs / "bench.svg")
    print(f"written: {page} and {docs / 'bench.svg'}")


if __name__ == "__main__":
    main()
