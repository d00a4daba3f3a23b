"""Equal exposure over a series: each image gets the middle brightness of all of them.

Example:
    lutist run scripts/jobs/equal_exposure.py -o even timelapse/*.jpg
"""

import argparse
import math
import statistics
import sys
from bisect import bisect_left
from itertools import accumulate
from typing import Annotated

import lutist


@lutist.pipeline
def expose(ev: Annotated[float, lutist.Slider(-4, 4, unit="EV")] = 0.0) -> lutist.Look:
    return lutist.linear(lutist.exposure(ev))


def middle_light(info: lutist.PictureInfo) -> float:
    """The amount of light of the median sample of green (or gray), 1 for white."""
    channels = info.histogram()
    seen = list(accumulate(channels[len(channels) // 2]))
    median = bisect_left(seen, seen[-1] / 2)
    value = max(median, 1) / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def main() -> int:
    parser = argparse.ArgumentParser(prog="equal_exposure", description="Equal exposure.")
    parser.add_argument("images", nargs="+", help="image files")
    parser.add_argument("-o", "--output", default="even", help="folder (default: even)")
    parser.add_argument("--most", type=float, default=2, help="largest change in EV (default: 2)")
    parser.add_argument("--overwrite", action="store_true", help="replace existing files")
    options = parser.parse_args()

    lights: dict[str, float] = {}
    for path in options.images:
        try:
            lights[path] = middle_light(lutist.PictureInfo(path))
        except lutist.ImageError as error:
            print(error, file=sys.stderr)
    if not lights:
        return 1
    target = statistics.median(lights.values())

    def change(info: lutist.PictureInfo) -> dict[str, float]:
        ev = math.log2(target / lights[info.path])
        return {"ev": max(-options.most, min(ev, options.most))}

    report = lutist.batch(
        expose, list(lights), options.output, per_image=change, overwrite=options.overwrite
    )
    for item in report.failed:
        print(item.reason, file=sys.stderr)
    print(f"{len(report.done)} of {len(options.images)} images")
    return 0 if len(report.done) == len(options.images) else 1


sys.exit(main())
