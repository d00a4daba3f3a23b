#!/usr/bin/env python3
"""Runs a lutist over the folder that make_cases.py wrote and names what falls short.

python3 check_cases.py LUTIST FOLDER       exit 0: all as cases.json wants
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

LUTIST, FOLDER = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
SECONDS, MEGABYTES = 5, 96  # of processor time: others may keep the machine busy
PATIENCE = 60  # seconds until it is taken for hanging


def run(*args):
    """(exit code, stderr, seconds of processor time, peak MB); -9: it had to be killed."""
    with tempfile.TemporaryFile() as err:
        start = time.monotonic()
        child = subprocess.Popen([LUTIST, *args], stdout=subprocess.DEVNULL, stderr=err)
        while (done := os.wait4(child.pid, os.WNOHANG))[0] == 0:
            if time.monotonic() - start > PATIENCE:
                child.kill()
            time.sleep(0.002)
        child.returncode = code = os.waitstatus_to_exitcode(done[1])
        err.seek(0)
        text = err.read().decode(errors="replace")
        used = done[2].ru_utime + done[2].ru_stime
        return code, text, used, done[2].ru_maxrss / 1024


def same_pixels(got, right):
    a, b = Image.open(got), Image.open(right)
    if a.mode == "I;16":
        return np.array_equal(np.asarray(a).astype(int), np.asarray(b).astype(int))
    if a.mode != b.mode and "A" in a.mode and a.getchannel("A").getextrema() != (255, 255):
        return False
    a, b = (np.asarray(i.convert("RGB")).astype(int) for i in (a, b))
    return a.shape == b.shape and abs(a - b).max() <= (0 if not got.name.endswith("jpg") else 1)


def fault(name, case, out):
    """Why the case fails, or None."""
    target = out / (Path(name).stem + ".png")
    code, err, seconds, peak = run(
        "batch", str(FOLDER / name), "-q", "-o", f"{out}/", "--format", "png"
    )
    lines = err.splitlines()
    if code == -signal.SIGKILL or seconds > SECONDS or peak > MEGABYTES:
        return f"exit {code}, {seconds:.1f} s, {peak:.0f} MB"
    if any(ord(c) < 32 and c != "\n" for c in err) or len(lines) > 1:
        return f"not one clean line: {err[:80]!r}"
    if "pixels" in case:
        if code != 0:
            return f"exit {code}: {err.strip()[-80:]}"
        return None if same_pixels(target, FOLDER / case["pixels"]) else "wrong pixels"
    if name == "gray16.pgm":
        want = (np.arange(64 * 8).reshape(8, 64) * 128).astype(int)
        return (
            None
            if code == 0 and np.array_equal(np.asarray(Image.open(target)).astype(int), want)
            else f"exit {code}: {err.strip()[-80:]}"
        )
    if name.startswith("turned"):
        return thumbnail_fault(name, out)
    if name == "marker_flood.jpg":
        return None
    return (
        None
        if code == 1 and lines and not target.exists()
        else f"exit {code}, wanted 1 and one line"
    )


def thumbnail_fault(name, out):
    code, err, _, _ = run("batch", str(FOLDER / name), "-q", "-o", f"{out}/", "-s", "mono")
    if code != 0:
        return f"exit {code}: {err.strip()[-80:]}"
    image = Image.open(out / name)
    exif = image.getexif()
    size = tuple(exif.get_ifd(0x8769).get(tag) for tag in (0xA002, 0xA003))
    if exif.get(0x0112, 1) != 1 or size != image.size:
        return f"orientation {exif.get(0x0112)}, EXIF size {size} of {image.size}"
    stale = old_thumbnail(name) in (out / name).read_bytes()
    return "the old thumbnail is still there" if stale else None


def old_thumbnail(name):
    """The beginning of the JPEG file inside of the case's EXIF block."""
    data = (FOLDER / name).read_bytes()
    start = data.index(b"\xff\xd8", 2)
    return data[start : start + 64]


def main():
    cases = json.loads((FOLDER / "cases.json").read_text())
    short = 0
    for name, case in sorted(cases.items()):
        with tempfile.TemporaryDirectory() as out:
            reason = fault(name, case, Path(out))
        if reason:
            short += 1
            print(f"{name!r}: {reason}; wanted: {case['want']}")
    print(f"{len(cases) - short} of {len(cases)} cases as wanted")
    return short > 0


if __name__ == "__main__":
    sys.exit(main())
