"""Forked children of a job: they work, and hear an interrupt as any Python does."""

import pytest

PICTURE = """
import os, signal, sys, warnings, lutist
warnings.simplefilter("ignore")  # from 3.12 on: there are threads

def work():
    with lutist.open("a.png") as image:
        return lutist.load("exposure").apply(image, exposure=1) != image

def code_of(child): return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
"""


def test_a_child_opens_applies_and_ends(job, picture):
    picture("a.png")
    done = job(
        PICTURE + "print(work(), flush=True)\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    print(work())\n"
        "    sys.exit(0)\n"
        "print(code_of(child))\n"
    )
    assert (done.stdout, done.stderr) == ("True\nTrue\n0\n", "")


def test_a_pool_of_forks_opens_and_applies(job, picture):
    picture("a.png")
    done = job(
        PICTURE + "import multiprocessing\n"
        "with multiprocessing.get_context('fork').Pool(2) as pool:\n"
        "    print(*[pool.apply(work) for _ in range(4)])\n"
    )
    assert (done.stdout, done.stderr) == ("True True True True\n", "")


AT_WORK = """
if os.fork() == 0:
    try:
        os.write(writer, b"x")
        while True: work()
    except KeyboardInterrupt:
        os.write(writer, b"stopped")
    os._exit(0)
"""
AT_ITS_END = """
class Late:
    def __del__(self):
        os.write(writer, b"x")
        signal.pause()

if os.fork() == 0:
    late = Late()
    sys.exit(0)
"""
IN_A_THREAD = """
def fork():
    if os.fork() == 0:
        pixels = memoryview(bytes(6000 * 9000 * 3)).cast("B", (6000, 9000, 3))
        image, look = lutist.Image.from_buffer(pixels), lutist.load("exposure")
        try:
            os.write(writer, b"x")
            while True: look.apply(image, exposure=0.3)
        except KeyboardInterrupt:
            os.write(writer, b"stopped")
        os._exit(0)

import threading
thread = threading.Thread(target=fork)
thread.start()
thread.join()
"""


@pytest.mark.parametrize(
    ("fork", "end"),
    [(AT_WORK, "stopped 0"), (AT_ITS_END, " -2"), (IN_A_THREAD, "stopped 0")],
    ids=["at work", "at its end", "of a thread"],
)
def test_a_child_hears_an_interrupt(job, picture, fork, end):
    picture("a.png")
    done = job(
        PICTURE + "reader, writer = os.pipe()\n" + fork + "os.close(writer)\n"
        "os.read(reader, 1)\n"
        "child = int(open('/proc/thread-self/children').read())\n"
        "os.kill(child, signal.SIGINT)\n"
        "print(os.read(reader, 99).decode(), code_of(child))\n"
    )
    assert (done.stdout, done.stderr) == (f"{end}\n", "")
