"""--isolate: the script in a process of its own gives the same bits, and its end costs nothing
but itself.
"""

import os
import random
import re
import signal
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from builds import has_asan
from isolated import children, processes
from waiting import PATIENCE, is_pending, until

ROOT = Path(__file__).parent.parent.parent

# What a script does, and what is told of it. Under ASan a crash is told by its exit code.
ENDS = {
    "os._exit(0)": r"the script's process ended: exit code 0",
    "os._exit(3)": r"the script's process ended: exit code 3",
    "sys.exit(3)": r"SystemExit: 3",
    "os.abort()": r"the script's process ended: (signal 6 \(aborted\)|exit code 1)",
    "ctypes.string_at(0)": r"the script's process ended: (signal 11 \(segmentation|exit code 1)",
    "os.kill(os.getpid(), 9)": r"the script's process ended: signal 9 \(killed\)",
    "os.closerange(3, 99)": r"the script's process (ended: exit code 0|closed its connection)",
    "os.write(3, b'garbage' * 99)": r"the script's process sent an invalid answer",
    "deep(0)": r"RecursionError: maximum recursion depth exceeded",
    "[0] * (10 << 30)": r"MemoryError|the script's process ended",
}
HEAD = """import ctypes, os, sys
from lutist import pipeline, tone
def deep(n): return deep(n + 1)
"""
PLACES = {
    "load": HEAD + "{}\n@pipeline\ndef develop(): return tone(lambda x: x * x)\n",
    "call": HEAD + "@pipeline\ndef develop():\n    {}\n    return tone(lambda x: x * x)\n",
    "curve": HEAD + "def f(x):\n    if float(x) > 0.5: {}\n    return str(x) and x\n"
    "@pipeline\ndef develop(): return tone(f)\n",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("end", ENDS)
def test_the_end_of_the_script_is_told_and_costs_nothing_else(
    lutist, lutist_path, picture, tmp_path, end, place
):
    if "<< 30" in end and has_asan(lutist_path):
        pytest.skip("a sanitizer's addresses cannot be limited")
    picture()
    (tmp_path / "film.py").write_text(PLACES[place].format(end))
    env = {"LUTIST_ISOLATE_MEMORY": "1G"}
    done = lutist("batch", "--isolate", "-s", "film.py", "photo.png", "-o", "out", env=env)
    assert done.returncode == 3, done.stderr
    assert re.search(ENDS[end], done.stderr)
    assert not (tmp_path / "out" / "photo.png").exists()


def test_the_script_gets_one_more_try(lutist, picture, tmp_path):
    """The process is gone, not the script: another one does the same."""
    picture()
    (tmp_path / "film.py").write_text(
        HEAD + "@pipeline\ndef develop():\n"
        "    if not os.path.exists('been'):\n"
        "        open('been', 'w').close()\n"
        "        os._exit(7)\n"
        "    return tone(lambda x: 1 - x)\n"
    )
    done = lutist("batch", "--isolate", "-s", "film.py", "photo.png", "-o", "out")
    assert done.returncode == 0
    assert "exit code 7; trying once more" in done.stderr
    before = np.asarray(Image.open(tmp_path / "photo.png"))
    assert np.array_equal(np.asarray(Image.open(tmp_path / "out/photo.png")), 255 - before)


def expressions(chance):
    """A random curve: recorded, or called because str() hides its value, or a table."""
    a, b = (round(chance.uniform(0.2, 2), 3) for _ in range(2))
    way = chance.randrange(4)
    if way == 0:
        return f"tone([{', '.join(str(round(chance.random(), 3)) for _ in range(7))}])"
    if way == 1:
        return f"tone(red=lambda x: {a} * float(str(float(x))) ** 2, blue=[1.0, {b}])"
    if way == 2:
        return f"tone(lambda x: max(x, 0) ** {a} if x < {b} else {b} * x - 0.1)"
    rows = [[round(chance.uniform(-0.3, 1), 2) for _ in range(4)] for _ in range(3)]
    return f"matrix({rows})"


CUBE = """def look(r, g, b): return (r * 0.5 + b * 0.5, g, r * g)
"""


def write_tables(folder):
    """A file of each kind: a cube behind a shaper, curves, a picture."""
    cube = "0 0 0\n.9 .1 0\n0 1 0\n1 1 0\n0 .2 1\n1 0 1\n0 1 1\n1 .8 1\n"
    (folder / "shaped.cube").write_text(
        f"LUT_1D_SIZE 3\nLUT_1D_INPUT_RANGE -1 2\nLUT_3D_SIZE 2\n-1 -1 -1\n.4 .5 .6\n2 2 2\n{cube}"
    )
    (folder / "curves.cube").write_text("LUT_1D_SIZE 3\nDOMAIN_MAX 1 2 1\n0 0 0\n.6 .9 1\n1 2 1\n")
    numbers = np.random.default_rng(3)
    Image.fromarray(numbers.integers(0, 256, (27, 27, 3), np.uint8)).save(folder / "hald.png")
    names = "shaped.cube", "curves.cube", "hald.png"
    return [[f"cube({name!r}, {mix})" for mix in (1.0, 0.4)] for name in names]


def write_looks(folder, count):
    """Random looks; every third has a sampled cube, and every third those of a file."""
    chance = random.Random(11)
    files = write_tables(folder)
    for i in range(count):
        stages = [expressions(chance) for _ in range(chance.randrange(1, 6))]
        if i % 3 == 0:
            stages.insert(chance.randrange(len(stages) + 1), f"cube(look, size={5 + i})")
        if i % 3 == 1:
            stages += files[i // 3]
        name = folder / f"look{i}.py"
        name.write_text(
            "from lutist import cube, matrix, pipeline, tone\n"
            f"{CUBE}@pipeline\ndef develop(): return [{', '.join(stages)}]\n"
        )
        yield name


def test_the_bits_are_those_of_the_script_in_this_process(lutist, picture, tmp_path):
    picture("eight.png")
    deep = np.random.default_rng(4).integers(0, 65536, (40, 50), dtype=np.uint16)
    Image.fromarray(deep).save(tmp_path / "deep.png")
    bundled = sorted((ROOT / "scripts").glob("*.py"))
    for script in (*bundled, *write_looks(tmp_path, 9)):
        for out, flags in ("here", ()), ("there", ("--isolate",)):
            done = lutist(
                "batch", *flags, "--overwrite", "-s", script, "eight.png", "deep.png", "-o", out
            )
            assert done.returncode == 0, done.stderr
        for name in "eight.png", "deep.png":
            here, there = (tmp_path / out / name for out in ("here", "there"))
            assert here.read_bytes() == there.read_bytes(), script


def test_what_is_declared_is_the_same(lutist):
    for script in sorted((ROOT / "scripts").glob("*.py")):
        here, there = (lutist("info", *way, "-v", "--json", script) for way in ((), ("--isolate",)))
        assert (there.returncode, there.stdout, there.stderr) == (0, here.stdout, here.stderr)


def test_errors_are_the_same(lutist, tmp_path):
    for number, source in enumerate(
        (
            "1 / 0",
            "syntax error",
            HEAD + "@pipeline\ndef develop(): return 1 / 0",
            HEAD + "@pipeline\ndef develop(): return tone(lambda x: float(str(float(x))) / 0)",
            HEAD + "@pipeline\ndef develop(): return tone(lambda x: 'no' if str(x) else x)",
            HEAD + "@pipeline\ndef develop(): return tone([0.0, float('nan')])",
            "print('said')\nimport sys\nprint('told', file=sys.stderr)\nraise KeyError(3)",
        )
    ):
        (tmp_path / f"film{number}.py").write_text(source + "\n")
        here, there = (
            lutist("info", *way, "-v", f"film{number}.py") for way in ((), ("--isolate",))
        )
        assert here.returncode in (2, 3)
        assert (there.returncode, there.stdout) == (here.returncode, here.stdout)
        assert there.stderr == here.stderr


def start(lutist_path, tmp_path, picture, busy, *args):
    picture()
    (tmp_path / "film.py").write_text(
        HEAD + f"@pipeline\ndef develop():\n    print('on', flush=True)\n    {busy}\n"
    )
    process = subprocess.Popen(
        [lutist_path, "batch", "--isolate", *args, "-s", "film.py", "photo.png", "-o", "out"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "on\n"
    return process


BUSY = {
    "a loop": "while True: pass",
    "C": "sum(range(10**12))",
    "deaf": "import signal\n"
    "    signal.signal(signal.SIGINT, signal.SIG_IGN)\n    while True: pass",
}


@pytest.mark.parametrize("busy", BUSY)
def test_an_interrupt_ends_a_script_that_does_not_return(lutist_path, tmp_path, picture, busy):
    process = start(lutist_path, tmp_path, picture, BUSY[busy])
    (child,) = children(process.pid)
    assert os.getsid(child) == child  # no signal of the terminal reaches it
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "interrupted" in told
    assert child not in processes()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_the_process_does_not_outlive_its_host(lutist_path, tmp_path, picture, number):
    process = start(lutist_path, tmp_path, picture, "sum(range(10**12))")
    (child,) = children(process.pid)
    process.send_signal(number)
    process.communicate(timeout=PATIENCE)
    until(lambda: child not in processes())


def test_its_own_children_end_with_it(lutist_path, tmp_path, picture):
    process = start(
        lutist_path,
        tmp_path,
        picture,
        "pid = os.fork()\n    if pid: print(pid, flush=True)\n    while True: pass",
    )
    grandchild = int(process.stdout.readline())
    process.send_signal(signal.SIGINT)
    until(lambda: not is_pending(process.pid, signal.SIGINT) or process.poll() is not None)
    process.communicate(timeout=PATIENCE)
    until(lambda: not Path(f"/proc/{grandchild}").exists() or state(grandchild) == "Z")


def state(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def test_a_forked_child_that_stays_does_not_hide_an_end(lutist, picture, tmp_path):
    """It holds the connection open."""
    picture()
    (tmp_path / "film.py").write_text(
        HEAD + "import threading\n@pipeline\ndef develop():\n"
        "    if os.fork() == 0:\n        threading.Event().wait()\n    os._exit(5)\n"
    )
    done = lutist("batch", "--isolate", "-s", "film.py", "photo.png", "-o", "out")
    assert done.returncode == 3
    assert "exit code 5" in done.stderr


def test_threads_output_folder_and_mask_are_the_script_s_own(lutist, picture, tmp_path):
    picture()
    (tmp_path / "film.py").write_text(
        HEAD + "import threading\nos.chdir('/')\nos.umask(0o777)\n"
        "def run():\n    while True: pass\n"
        "threading.Thread(target=run, daemon=True).start()\n"
        "@pipeline\ndef develop():\n    print('x' * 5_000_000)\n    return tone(lambda x: 1 - x)\n"
    )
    done = lutist("batch", "--isolate", "-q", "-s", "film.py", "photo.png", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("x") >= 5_000_000
    assert os.access(tmp_path / "out/photo.png", os.R_OK)


def test_the_modes_of_python_work_beside_it(lutist, picture, tmp_path):
    picture()
    for mode in "parallel", "python":
        done = lutist(
            "batch", "--isolate", "--mode", mode, "-p", "exposure=0.5", "photo.png", "-o", mode
        )
        assert done.returncode == 0, done.stderr
    one, other = (tmp_path / mode / "photo.png" for mode in ("parallel", "python"))
    assert one.read_bytes() == other.read_bytes()


def test_a_wrong_memory_limit_is_told(lutist):
    done = lutist("info", "--isolate", "exposure", env={"LUTIST_ISOLATE_MEMORY": "much"})
    assert done.returncode == 2
    assert "LUTIST_ISOLATE_MEMORY=much" in done.stderr


def test_nobody_starts_a_script_s_process_by_hand(lutist_path, tmp_path):
    done = subprocess.run(
        ["lutist-isolate", "1"],
        executable=lutist_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 2
    assert "lutist-isolate" in done.stderr


def test_the_time_limit_ends_what_cannot_be_interrupted(lutist, picture, tmp_path):
    picture()
    (tmp_path / "film.py").write_text(
        HEAD + "@pipeline\ndef develop(): return sum(range(10**12))\n"
    )
    done = lutist(
        "batch", "--isolate", "--script-timeout", 1, "-s", "film.py", "photo.png", "-o", "out"
    )
    assert done.returncode == 3
    assert "the script took longer than 1 s (--script-timeout)" in done.stderr


def test_presets_come_from_the_script_s_process(lutist, picture, tmp_path):
    picture()
    (tmp_path / "film.py").write_text(
        "from lutist import Choice, Color, Curve, Slider, pipeline, tone\n"
        'presets = {"Half": {"gain": 0.5, "tint": "#102030", "shape": ((0, 0), (1, 0.5))}}\n'
        "@pipeline\ndef develop(gain: Slider(0, 2) = 1.0, tint: Color() = '#ffffff',\n"
        "            shape: Curve() = ((0, 0), (1, 1)), way: Choice('a', 'ü') = 'ü'):\n"
        "    return tone(lambda x: x * gain * tint[0] * shape[1][1])\n"
    )
    for out, flags in ("here", ()), ("there", ("--isolate",)):
        done = lutist("batch", *flags, "--preset", "half", "-s", "film.py", "photo.png", "-o", out)
        assert done.returncode == 0, done.stderr
    here, there = (tmp_path / out / "photo.png" for out in ("here", "there"))
    assert here.read_bytes() == there.read_bytes()
    done = lutist("batch", "--isolate", "--preset", "none", "-s", "film.py", "photo.png", "-o", "o")
    assert done.returncode == 2
    assert "no preset 'none'" in done.stderr
