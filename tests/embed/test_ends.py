"""The end of a job: interrupts at any moment, threads that are in C when Python ends."""

import random
import signal
import subprocess

import pytest

from builds import has_asan
from waiting import PATIENCE, is_pending, passed, until

IMAGE = """
import lutist
def picture(height, width):
    pixels = memoryview(bytes(height * width * 3)).cast("B", (height, width, 3))
    return lutist.Image.from_buffer(pixels)
"""
BUSY = {
    "a loop": "ready()\nwhile True: len('')",
    "a long apply": IMAGE + "look, image = lutist.load('exposure'), picture(6000, 9000)\n"
    "ready()\nwhile True: look.apply(image, exposure=0.3)",
    "C that holds the GIL": "ready()\nsum(range(10**12))",
    "a curve that swallows all": IMAGE + "def curve(x):\n"
    "    while True:\n"
    "        try:\n"
    "            while True: x = x or 1\n"
    "        except BaseException: ready()\n"
    "@lutist.pipeline\ndef look(): return lutist.tone(curve)\n"
    "ready()\nlook.apply(picture(1, 1))",
    "a thread that goes on": "import threading\n"
    "thread = threading.Thread(target=lambda: [len('') for _ in iter(int, 1)])\n"
    "thread.start()\nready()\nthread.join()",
}
READY = "def ready(): print('on', flush=True)\n"


def interrupt(process):
    """Send one more: two that wait to be taken are one."""
    if process.poll() is None:
        until(lambda: process.poll() is not None or not is_pending(process.pid, signal.SIGINT))
        process.send_signal(signal.SIGINT)


def start(lutist_path, tmp_path, source):
    (tmp_path / "job.py").write_text(READY + source + "\n")
    return subprocess.Popen(
        [lutist_path, "run", "job.py"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("busy", list(BUSY))
def test_the_second_interrupt_ends_all(lutist_path, tmp_path, busy):
    process = start(lutist_path, tmp_path, BUSY[busy])
    assert process.stdout.readline() == "on\n"
    interrupt(process)
    interrupt(process)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 130


def test_an_apply_is_interrupted_at_once(lutist_path, tmp_path):
    source = IMAGE + (
        "look, image = lutist.load('exposure'), picture(6000, 9000)\n"
        "try:\n"
        "    ready()\n"
        "    while True: look.apply(image, exposure=0.3)\n"
        "except KeyboardInterrupt: print('caught')\n"
        "import sys; sys.exit(9)\n"
    )
    process = start(lutist_path, tmp_path, source)
    assert process.stdout.readline() == "on\n"
    interrupt(process)
    assert process.communicate(timeout=PATIENCE) == ("caught\n", "")
    assert process.returncode == 9


def test_a_job_s_own_handler_leaves_the_reading_of_a_stream_whole(job):
    """The signal comes before the decoder begins, which then finds itself cancelled."""
    done = job(
        IMAGE + "import io, signal\n"
        "signal.signal(signal.SIGTERM, lambda *two: came.append(1))\n"
        "class Stream(io.BytesIO):\n"
        "    def read(self):\n"
        "        signal.raise_signal(signal.SIGTERM)\n"
        "        return super().read()\n"
        "came, stream = [], Stream()\n"
        "picture(300, 400).save(stream, format='png')\n"
        "stream.seek(0)\n"
        "print(lutist.open(stream).size, len(came))\n"
    )
    assert (done.stdout, done.stderr) == ("(400, 300) 1\n", "")


def test_a_job_s_own_handler_leaves_an_apply_whole(job):
    done = job(
        IMAGE + "import os, signal, threading\n"
        "signal.signal(signal.SIGTERM, lambda *two: came.append(1))\n"
        "came, look, image = [], lutist.load('exposure'), picture(2000, 3000)\n"
        "go = threading.Event()\n"
        "def disturb():\n"
        "    while not go.wait(0.01): os.kill(os.getpid(), signal.SIGTERM)\n"
        "thread = threading.Thread(target=disturb)\n"
        "thread.start()\n"
        "while len(came) < 3: result = look.apply(image, exposure=0.3)\n"
        "go.set(); thread.join()\n"
        "print(result.width)\n"
    )
    assert (done.stdout, done.stderr) == ("3000\n", "")


def test_an_end_is_130_whenever_the_interrupts_come(lutist_path, tmp_path):
    """The second one meets the interpreter as it closes, or what comes after."""
    chance = random.Random(5)
    for _ in range(60):
        process = start(lutist_path, tmp_path, "import lutist\nready()\nwhile True: len('')")
        assert process.stdout.readline() == "on\n"
        interrupt(process)
        until(passed(chance.uniform(0, 0.06)))
        interrupt(process)
        process.communicate(timeout=PATIENCE)
        assert process.returncode == 130


def test_an_exit_function_that_hangs_is_interrupted(lutist_path, tmp_path):
    source = (
        "import atexit, select\n"
        "@atexit.register\n"
        "def last():\n"
        "    ready()\n"
        "    while True: select.select([], [], [], 0.05)\n"
    )
    process = start(lutist_path, tmp_path, source)
    assert process.stdout.readline() == "on\n"
    interrupt(process)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 130


# Each child ends as a process does, with daemon threads in C: some at pixels, some in a
# plan that calls Python's functions.
ENDS = (
    IMAGE
    + """
import os, sys, threading, warnings
warnings.simplefilter("ignore")  # from 3.12 on, where there are threads at a fork

def spin(look, image):
    while True: look.apply(image)

@lutist.pipeline
def called(): return lutist.tone(lambda x: float(x) ** 2)

def child(number):
    for look in (lutist.load("exposure"), called, called):
        threading.Thread(target=spin, args=(look, image), daemon=True).start()
    for _ in range(number % 10 * 2000): pass
    sys.exit(0)

image = picture(60, 80)
codes, running = {}, 0
def reap():
    status = os.waitstatus_to_exitcode(os.wait()[1])
    codes[status] = codes.get(status, 0) + 1
for number in range(int(sys.argv[1])):
    if running == 4:
        reap()
    else:
        running += 1
    if os.fork() == 0:
        child(number)
for _ in range(running):
    reap()
print(codes)
"""
)


def test_daemon_threads_in_c_do_not_crash_the_end(job, lutist_path):
    count = 50 if has_asan(lutist_path) else 500  # a sanitizer makes each ten times as long
    done = job(ENDS, count, timeout=5 * PATIENCE)
    assert (done.stdout, done.stderr) == (f"{{0: {count}}}\n", "")


def test_an_exit_function_may_still_work(job):
    done = job(
        "import atexit\n"
        "@atexit.register\n"
        "def last():\n"
        "    image = picture(5, 5)\n"
        "    print(lutist.load('exposure').apply(image, exposure=1).width)\n" + IMAGE
    )
    assert (done.stdout, done.stderr) == ("5\n", "")


def test_an_interrupted_batch_says_what_is_done(job):
    done = job(
        IMAGE + "import os, signal\n"
        "inputs = [f'{i}.png' for i in range(6)]\n"
        "for path in inputs: picture(20, 30).save(path)\n"
        "def interrupt(*row): signal.raise_signal(signal.SIGINT)\n"
        "try:\n"
        # In Python's mode the files wait for the thread that is interrupted.
        "    lutist.batch(lutist.load('exposure'), inputs, 'out', exposure=1, jobs=1,\n"
        "                 progress=interrupt, mode='python')\n"
        "except KeyboardInterrupt as end:\n"
        "    states = [item.state for item in end.report]\n"
        "    print(states[0], states[-1], len(states))\n"
        "    print(end.report.left == [item for item in end.report if item.state == 'left'])\n"
        "    print(states.count('done') == len(os.listdir('out')))\n"
    )
    assert (done.stdout, done.stderr) == ("done left 6\nTrue\nTrue\n", "")


def test_a_look_of_thousands_of_stages_can_be_interrupted(lutist_path, tmp_path):
    """The signal comes when the plan is half made, from a curve in the middle."""
    source = IMAGE + (
        "import os, signal\n"
        "def middle(x):\n"
        "    if type(x) is float and not sent:\n"
        "        sent.append(x)\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    return float(x)\n"
        "sent = []\n"
        "def pair(i): return lutist.gamma(1 + i / 1e7), lutist.saturation(1 - i / 1e7)\n"
        "stages = [s for i in range(2000) for s in pair(i)]\n"
        "stages[2000] = lutist.tone(middle)\n"
        "@lutist.pipeline\n"
        "def look(): return stages\n"
        "ready()\n"
        "try: look.apply(picture(8, 8))\n"
        "except KeyboardInterrupt: print('stopped', len(sent))\n"
    )
    process = start(lutist_path, tmp_path, source)
    out, err = process.communicate(timeout=PATIENCE)
    assert (out, err, process.returncode) == ("on\nstopped 1\n", "", 0)


@pytest.mark.parametrize("busy", ["C that holds the GIL", "a curve that swallows all"])
def test_the_second_interrupt_ends_a_batch(lutist_path, picture, tmp_path, busy):
    picture("a.png")
    look = BUSY[busy].replace("look.apply(picture(1, 1))", "look()")
    (tmp_path / "look.py").write_text(READY + look + "\n")
    process = subprocess.Popen(
        [lutist_path, "batch", "a.png", "-s", "look.py", "-o", "out"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "on\n"
    interrupt(process)
    interrupt(process)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert not list(tmp_path.glob("out/*"))


HELD_BATCH = """
from lutist import modes
def held(*work):
    while True:
        try:
            ready()
            while True: len('')
        except BaseException: pass
picture(40, 60).save("a.png")
modes.run = held
lutist.batch(lutist.load("exposure"), ["a.png"], "out", exposure=1, mode="python")
"""
# Noise, which takes a codec long.
LONG_SAVE = """
import random
noise = memoryview(random.Random(1).randbytes(900 * 1600 * 3)).cast("B", (900, 1600, 3))
image = lutist.Image.from_buffer(noise)
ready()
image.save("out/a.webp", quality=100)
"""


@pytest.mark.parametrize("source", [HELD_BATCH, LONG_SAVE])
def test_the_second_interrupt_leaves_no_temporary_file(lutist_path, tmp_path, source):
    out = tmp_path / "out"
    out.mkdir()
    process = start(lutist_path, tmp_path, IMAGE + source)
    assert process.stdout.readline() == "on\n"
    until(lambda: list(out.glob(".*")) or process.poll() is not None)
    interrupt(process)
    interrupt(process)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 130 or list(out.iterdir()) == [out / "a.webp"]
    assert not list(out.glob(".*"))


# One of each way to a curve: recorded, from a copy, called, a table; a cube, ready-made stages.
OF_ALL_KINDS = """
import math

@lutist.pipeline
def of_all_kinds(path: lutist.File() = "", on: lutist.Toggle() = False):
    return [lutist.tone(lambda x: math.sqrt(float(x)) if x > 0 else x),
            lutist.tone(lambda x: (0.1, 0.5, 0.9)[int(x * 2)]),
            lutist.tone(lambda x: float(repr(float(x)))), lutist.tone([0.0, 0.4, 1.0]),
            lutist.cube(lambda r, g, b: (g, r, b), size=3), lutist.curve((0, 0), (1, 1)),
            lutist.linear(lutist.exposure(0.5)), lutist.vibrance(0.5), lutist.sepia(0.5),
            lutist.color_temperature(5000), lutist.asc_cdl((1.1, 1, 1)), lutist.contrast(0.2)]

@lutist.pipeline
def unchanged():
    return None
"""


@pytest.mark.parametrize("look", ["lutist.load('exposure')", "of_all_kinds", "unchanged"])
def test_a_thread_that_develops_imports_nothing(job, look):
    """CPython 3.11 can crash where a daemon thread imports while Python ends."""
    done = job(
        IMAGE
        + OF_ALL_KINDS
        + f"""
import sys, threading
look, image = {look}, picture(60, 80)
before = set(sys.modules)
thread = threading.Thread(target=look.apply, args=(image,))
thread.start()
thread.join()
print(*(set(sys.modules) - before))
"""
    )
    assert (done.stdout, done.stderr) == ("\n", "")
