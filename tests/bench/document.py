"""Put the figures of build/bench.json into the docs: the chart, and the tables of the page.

python tests/bench/document.py build/bench.json docs
"""

import json
import sys
from pathlib import Path

import chart
import report
from tasks import all_tasks


def main():
    results, docs = Path(sys.argv[1]), Path(sys.argv[2])
    data = json.loads(results.read_text(encoding="utf-8"))
    page = docs / "bench.md"
    figures = report.markdown(data, all_tasks())
    page.write_text(report.into_page(page.read_text(encoding="utf-8"), figures), encoding="utf-8")
    chart.draw(data, docs / "bench.svg")
    print(f"written: {page} and {docs / 'bench.svg'}")


if __name__ == "__main__":
    main()
