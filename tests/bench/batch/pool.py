"""A process pool of Python, as one writes it.

pool.py pillow|opencv FOLDER OUTPUT TABLE QUALITY CORES
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path


def with_pillow(job):
    from PIL import Image

    source, target, table, quality = job
    with Image.open(source) as picture:
        curves = list(table[0::3] + table[1::3] + table[2::3])
        result = picture.convert("RGB").point(curves)
        result.save(target, quality=quality, subsampling="4:4:4")


def with_opencv(job):
    import cv2
    import numpy as np

    source, target, table, quality = job
    cv2.setNumThreads(1)  # a process a core
    table = np.frombuffer(table, np.uint8).reshape(1, 256, 3)[..., ::-1]
    sampling = cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444
    result = cv2.LUT(cv2.imread(source), table)
    if not cv2.imwrite(target, result, [cv2.IMWRITE_JPEG_QUALITY, quality, *sampling]):
        raise OSError(f"{target}: not written")


def main(library, folder, output, table, quality, cores):
    work = {"pillow": with_pillow, "opencv": with_opencv}[library]
    entries = Path(table).read_bytes()[-768:]
    jobs = [
        (str(path), f"{output}/{path.name}", entries, int(quality))
        for path in sorted(Path(folder).iterdir())
    ]
    with ProcessPoolExecutor(int(cores)) as pool:
        list(pool.map(work, jobs))


if __name__ == "__main__":
    main(*sys.argv[1:])
