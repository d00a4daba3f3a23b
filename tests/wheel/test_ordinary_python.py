"""What the program does for its jobs, and an ordinary Python has from the module itself."""

import os
import signal
import subprocess
import time

import pytest

PICTURE = """
import os, sys, threading
import lutist
image = lutist.Image.from_buffer(memoryview(bytes(range(256)) * 9000).cast("B", (600, 1280, 3)))
develop = lutist.load("exposure")
made = develop.apply(image, exposure=0.5)
def workers():
    return len(os.listdir("/proc/self/task")) - threading.active_count()
cpus = len(os.sched_getaffinity(0))
"""


def ran(wheel, code, **options):
    done = wheel.run("-c", PICTURE + code, cwd="/", **options)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_threads_are_one_a_processor_and_made_at_the_first_use(any_wheel):
    assert "True" in ran(any_wheel, "print(workers() <= cpus - 1 and (workers() > 0 or cpus == 1))")
    code = "import lutist, os; print(len(os.listdir('/proc/self/task')))"
    assert any_wheel.run("-c", code, cwd="/").stdout == "1\n"


def test_threads_end_with_the_interpreter(any_wheel):
    """At an exit function that runs after lutist's own they are gone."""
    code = "import atexit\natexit.register(lambda: print(workers()))\n" + PICTURE
    done = any_wheel.run("-c", code, cwd="/")
    assert (done.returncode, done.stdout, done.stderr) == (0, "0\n", "")


def test_a_forked_child_has_threads_of_its_own(any_wheel):
    code = """
before = workers()
child = os.fork()
if child == 0:
    same = develop.apply(image, exposure=0.5) == made
    os._exit(0 if same and workers() == before else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    assert ran(any_wheel, code) == "0\n"


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_workers_of_multiprocessing(any_wheel, tmp_path, method):
    job = tmp_path / "job.py"
    job.write_text(f"""
import multiprocessing as mp
import lutist
image = lutist.Image.from_buffer(memoryview(bytes(range(256)) * 90).cast("B", (60, 128, 3)))
def work(ev):
    return lutist.load("exposure").apply(image, exposure=ev)
if __name__ == "__main__":
    with mp.get_context({method!r}).Pool(2) as pool:
        made = pool.map(work, [0.0, 0.5, 1.0])
    print(made == [work(ev) for ev in (0.0, 0.5, 1.0)])
""")
    done = any_wheel.run(job, cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_daemon_threads_do_not_outlive_the_interpreter(any_wheel):
    """They apply without end; the exit waits for the calls that run, and none begins anew."""
    code = """
def work():
    while True:
        develop.apply(image, exposure=0.5)
for _ in range(4):
    threading.Thread(target=work, daemon=True).start()
print("end")
"""
    assert ran(any_wheel, code) == "end\n"


@pytest.mark.parametrize(
    ("look", "told"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("def f(:", "SyntaxError"),
        ("import sys; sys.exit(7)", "SystemExit"),
        ("def f(): f()\nf()", "RecursionError"),
        ("bytes(1 << 60)", "MemoryError"),
        ("x = 1", "ParameterError"),
    ],
    ids=["exception", "syntax", "exit", "recursion", "memory", "no pipeline"],
)
def test_a_bad_script_is_an_exception(any_wheel, tmp_path, look, told):
    path = tmp_path / "look.py"
    path.write_text(look + "\n")
    code = f"""
import lutist
try:
    lutist.load({str(path)!r})
except BaseException as error:
    print(type(error).__name__, lutist.load("exposure").defaults["exposure"])
"""
    done = any_wheel.run("-c", code, cwd="/")
    assert (done.stdout, done.stderr) == (f"{told} 0.0\n", "")


LOOP = """
import sys
import lutist
@lutist.pipeline
def develop():
    print("begun", flush=True)
    while True: pass
try:
    develop.apply(lutist.Image.from_buffer(memoryview(bytes(4)).cast("B", (2, 2))))
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.fixture
def start(any_wheel):
    """Start code; what a failed test has left of it is killed."""
    children = []

    def begin(code, folder):
        command = [any_wheel.python, "-c", code]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=folder)
        children.append(child)
        return child

    yield begin
    for child in children:
        child.kill()
        child.wait()


def test_ctrl_c_ends_a_loop_of_a_script(start):
    child = start(LOOP, "/")
    assert child.stdout.readline() == "begun\n"
    child.send_signal(signal.SIGINT)
    assert child.communicate(timeout=60)[0] == "interrupted\n"
    assert child.returncode == 0


BATCH = """
import sys
import lutist
look = lutist.load("exposure")
def progress(*_):
    print("file", flush=True)
try:
    lutist.batch(look, ["in"], "out", progress=progress, jobs=1, exposure=0.5, sync="none")
except KeyboardInterrupt as stop:
    print("left", len(stop.report.left) > 0, flush=True)
"""


def test_ctrl_c_ends_a_batch(any_wheel, start, tmp_path):
    (tmp_path / "in").mkdir()
    picture = PICTURE + "made.save(sys.argv[1])"
    any_wheel.run("-c", picture, tmp_path / "in/a.png", cwd="/")
    for i in range(300):
        os.link(tmp_path / "in/a.png", tmp_path / f"in/{i}.png")
    child = start(BATCH, tmp_path)
    assert child.stdout.readline() == "file\n"
    child.send_signal(signal.SIGINT)
    begun = time.monotonic()
    out = child.communicate(timeout=100)[0]
    assert out.splitlines()[-1] == "left True", (out[-300:], time.monotonic() - begun)
