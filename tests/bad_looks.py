"""Looks that go wrong, and what a job that applies them is told: in the program (tests/embed)
and in an ordinary Python (tests/wheel).
"""

from waiting import PATIENCE

HEAD = """import ctypes, os, sys, threading
from lutist import pipeline, tone
def deep(n): return deep(n + 1)
def idle(): threading.Event().wait()
"""
PLACES = {
    "load": HEAD + "{}\n@pipeline\ndef develop(): return tone(lambda x: 1 - x)\n",
    "call": HEAD + "@pipeline\ndef develop():\n    {}\n    return tone(lambda x: 1 - x)\n",
    "curve": HEAD + "def f(x):\n    if str(x):\n        {}\n    return 1 - x\n"
    "@pipeline\ndef develop(): return tone(f)\n",
}
# What the look does: what the job's `except` gets; "none" if all is well.
CAUGHT = {
    "raise RuntimeError('spoilt')": "RuntimeError",
    "(": "SyntaxError",
    "sys.exit(5)": "SystemExit",
    "deep(0)": "RecursionError",
    "bytearray(1 << 62)": "MemoryError",
    "while True: pass": "TimeoutError",
    "idle()": "TimeoutError",
    "threading.Thread(target=idle, daemon=True).start()": "none",
    "os.chdir('/')": "none",
    "os.umask(0o777)": "none",
    "print('x' * 3000)": "none",
    "sys.stderr.write('x' * 3000)": "none",
}
# What ends the process: its exit code, as subprocess gives it.
ENDS = {"os._exit(5)": 5, "os.abort()": -6, "ctypes.string_at(0)": -11}

JOB = """
import os, signal, sys
import lutist


def late(number, frame):
    raise TimeoutError


signal.signal(signal.SIGALRM, late)
samples = bytes(range(256)) * 4
image = lutist.Image.from_buffer(memoryview(samples).cast("B", (16, 64)))
before = lutist.load("exposure").apply(image, exposure=0.5)
caught = "none"
try:
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    made = lutist.load(sys.argv[1]).apply(image)
    signal.setitimer(signal.ITIMER_REAL, 0)
    assert bytes(made) == bytes(255 - sample for sample in samples)
except BaseException as error:
    caught = type(error).__name__
signal.setitimer(signal.ITIMER_REAL, 0)
assert lutist.load("exposure").apply(image, exposure=0.5) == before
print("\\ncaught", caught)
"""


def cases():
    """(what, place) of CAUGHT: a syntax error is one of the load alone, and a flood from each
    of a curve's values would be slow.
    """
    for what in CAUGHT:
        for place in PLACES:
            if place == "load" or (what != "(" and (place == "call" or "3000" not in what)):
                yield what, place


def write(folder, what, place):
    """film.py and job.py in the folder. The job's patience ends soon where the look has no end."""
    (folder / "film.py").write_text(PLACES[place].format(what))
    seconds = 1 if CAUGHT.get(what) == "TimeoutError" else PATIENCE
    (folder / "job.py").write_text(f"SECONDS = {seconds}\n{JOB}")
