"""What others take for one 8-bit table over the same picture, beside lutist.

    python tests/bench/peers.py [--lutist PATH] [--json FILE] [--runs N]

Every peer gets the picture and a result buffer that were allocated and touched before, and
all cores where it can use them. A peer that is not installed is listed with its reason.
"""

import argparse
import ctypes
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
SHAPE = (4500, 9600, 3)


def median_ms(work, runs):
    work()
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def opencv(source, table):
    import cv2

    result = np.zeros_like(source)
    return f"OpenCV {cv2.__version__} LUT", lambda: cv2.LUT(source, table, result)


def pillow(source, table):
    import PIL
    from PIL import Image

    picture = Image.fromarray(source)
    tables = table.tolist() * 3
    return f"Pillow {PIL.__version__} point", lambda: picture.point(tables)


def numpy_take(source, table):
    result = np.zeros_like(source)
    return f"NumPy {np.__version__} take", lambda: np.take(table, source, out=result)


def tutorial(source, table):
    library = Path(tempfile.mkdtemp()) / "tutorial.so"
    command = ["cc", "-O2", "-shared", "-fPIC", HERE / "tutorial.c", "-o", library, "-lm"]
    subprocess.run(command, check=True)
    process = ctypes.CDLL(str(library)).tutorial_process
    process.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_float, ctypes.c_float]

    def work():
        pixels = source.copy()
        threads = [
            threading.Thread(
                target=process,
                args=(pixels.ctypes.data, pixels.size, offset, 2**0.5, 1 / 1.3),
            )
            for offset in range(3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return "tutorial: copy, three ctypes threads", work


def lutist_ms(program):
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        subprocess.run(
            [program, "bench", "kernels", "--json", file.name],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        rows = json.loads(Path(file.name).read_text())["rows"]
    same = [r for r in rows if (r["op"], r["pixel"], r["tables"]) == ("lut1d", "u8x3", 1)]
    return max(same, key=lambda row: row["threads"])["ms"]


def measure(runs):
    rng = np.random.default_rng(1)
    source = rng.integers(0, 256, SHAPE, dtype=np.uint8)
    x = np.arange(256) / 255
    table = np.floor(np.clip((x * 2**0.5) ** (1 / 1.3), 0, 1) * 255 + 0.5).astype(np.uint8)
    rows = []
    for peer in (opencv, tutorial, pillow, numpy_take):
        try:
            name, work = peer(source, table)
            rows.append({"name": name, "ms": median_ms(work, runs)})
        except ImportError as error:
            rows.append({"name": peer.__name__, "skipped": str(error)})
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lutist", default=HERE.parents[1] / "build/release/bin/lutist")
    parser.add_argument("--json", help="write the rows to this file")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    own = lutist_ms(options.lutist)
    rows = [{"name": "lutist, all cores", "ms": own}, *measure(options.runs)]
    print(f"one 8-bit table, {SHAPE[1]}x{SHAPE[0]} RGB, median of {options.runs}\n")
    for row in rows:
        if "ms" in row:
            print(f"{row['name']:40} {row['ms']:9.1f} ms {row['ms'] / own:7.1f}x")
        else:
            print(f"{row['name']:40} skipped: {row['skipped']}")
    if options.json:
        Path(options.json).write_text(json.dumps({"rows": rows}, indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())
