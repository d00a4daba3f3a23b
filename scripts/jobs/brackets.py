"""Exposure brackets: -1, 0 and +1 EV of every image given.

Example:
    lutist run scripts/jobs/brackets.py -o brackets photo.jpg more/*.png
"""

import argparse
import sys

import lutist

STEPS = (-1, 0, 1)


def main() -> int:
    parser = argparse.ArgumentParser(prog="brackets", description="Exposure brackets.")
    parser.add_argument("images", nargs="+", help="image files and folders")
    parser.add_argument("-o", "--output", default="brackets", help="folder (default: brackets)")
    parser.add_argument("--overwrite", action="store_true", help="replace existing files")
    options = parser.parse_args()

    develop = lutist.load("exposure")
    failed = 0
    for ev in STEPS:
        report = lutist.batch(
            develop,
            options.images,
            f"{options.output}/{{stem}}_{ev:+d}EV{{ext}}",
            overwrite=options.overwrite,
            exposure=ev,
        )
        for item in report.failed:
            print(item.reason, file=sys.stderr)
        print(f"{ev:+d} EV: {len(report.done)} of {len(report)} images")
        failed += len(report) - len(report.done)
    return 1 if failed else 0


sys.exit(main())
