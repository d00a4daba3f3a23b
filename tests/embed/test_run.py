"""lutist run: the embedded interpreter behaves as Python does, and never takes the host down."""

import signal
import subprocess
from pathlib import Path

import pytest

from waiting import PATIENCE, passed, until


def test_argv_and_main(job):
    done = job("import sys; print(__name__, sys.argv)", "a", "--help", "-p", "b=1")
    assert done.stdout == "__main__ ['job.py', 'a', '--help', '-p', 'b=1']\n"
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        ("sys.exit()", 0),
        ("sys.exit(0)", 0),
        ("sys.exit(7)", 7),
        ("sys.exit(True)", 1),
        ("sys.exit(-1)", 255),
        ("sys.exit(2**40)", 0),
        ("sys.exit(7 - 2**40)", 7),
        ("sys.exit(10**30)", 255),
        ("sys.stdout.close()", 0),
        ("sys.stdout.close(); sys.exit(5)", 5),
        ("sys.stderr.close()", 0),
        ("sys.stderr.close(); sys.exit('words')", 1),
        ("del sys.stdout", 0),
        ("sys.stdout = sys.stderr = None", 0),
        ("sys.stdout = object()", 1),
        ("raise SystemExit(3)", 3),
        ("import os; os._exit(9)", 9),
        ("raise KeyboardInterrupt", 130),
    ],
)
def test_exit_codes(job, ending, code):
    assert job(f"import sys\n{ending}").returncode == code


@pytest.mark.parametrize("stderr", ["", "sys.stderr = None; ", "del sys.stderr; "])
def test_exit_with_a_message(job, stderr):
    done = job(f"import sys; {stderr}sys.exit('no such film')")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "no such film\n")


def test_a_closed_stdout_is_no_fault(job):
    done = job("import sys; print('all', flush=True); sys.stdout.close()")
    assert (done.returncode, done.stdout, done.stderr) == (0, "all\n", "")


def test_an_exception_is_a_traceback_of_the_job_alone(job):
    done = job("def f():\n    return 1 / 0\nprint('before')\nf()\n")
    assert done.returncode == 3
    assert done.stdout == "before\n"
    lines = done.stderr.splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert 'job.py", line 4' in lines[1]
    assert "return 1 / 0" in done.stderr
    assert lines[-1] == "ZeroDivisionError: division by zero"
    assert "running.py" not in done.stderr


def test_a_syntax_error_names_its_line(job):
    done = job("x = 1\nprint(\n")
    assert done.returncode == 3
    assert 'job.py", line 2' in done.stderr
    assert "SyntaxError" in done.stderr


def test_a_missing_job_is_a_usage_error(lutist):
    done = lutist("run", "nothing.py")
    assert done.returncode == 2
    assert done.stderr == "lutist: nothing.py: No such file or directory\n"


def test_deep_recursion_and_huge_allocation_are_exceptions(job):
    assert "RecursionError" in job("def f(): f()\nf()").stderr
    assert "MemoryError" in job("bytearray(1 << 60)").stderr


def test_python_s_own_prints_come_in_order(job):
    done = job("import os\nprint('first')\nimport sys; sys.stdout.flush()\nos.write(1, b'then\\n')")
    assert done.stdout == "first\nthen\n"


def test_threads_left_running_are_waited_for(job):
    done = job(
        "import threading\n"
        "main = threading.main_thread()\n"
        "threading.Thread(target=lambda: (main.join(), print('late'))).start()\n"
    )
    assert (done.returncode, done.stdout) == (0, "late\n")


def test_daemon_threads_do_not_hold_the_exit(job):
    source = (
        "import threading, time, lutist\n"
        "pixels = memoryview(bytes(750000)).cast('B', (500, 500, 3))\n"
        "image = lutist.Image.from_buffer(pixels)\n"
        "develop = lutist.load('exposure')\n"
        "turns = []\n"
        "def spin():\n"
        "    while True: develop.apply(image, exposure=0.3); turns.append(1)\n"
        "for _ in range(3): threading.Thread(target=spin, daemon=True).start()\n"
        "while len(turns) < 30: time.sleep(0.01)\n"
    )
    assert job(source).returncode == 0


def test_atexit_runs(job):
    assert job("import atexit; atexit.register(print, 'bye')").stdout == "bye\n"


def test_modules_beside_the_job_are_found(job, tmp_path):
    (tmp_path / "kit.py").write_text("VALUE = 42")
    assert job("import kit; print(kit.VALUE)").stdout == "42\n"
    assert not (tmp_path / "__pycache__").exists()


def test_the_environment_is_isolated(job):
    done = job(
        "import sys; print(sys.flags.isolated, sys.flags.utf8_mode)\nprint('\\u00e9\\u2192')",
        env={"PYTHONHOME": "/nonsense", "PYTHONPATH": "/nonsense", "LC_ALL": "C"},
    )
    assert done.stdout == "1 1\n\u00e9\u2192\n"


def test_multiprocessing_starts_a_real_python(job):
    done = job(
        "import multiprocessing as m\n"
        "if __name__ == '__main__':\n"
        "    with m.Pool(2) as pool: print(pool.map(abs, [-1, -2]))\n"
    )
    assert done.stdout == "[1, 2]\n"


def test_an_endless_loop_is_interrupted(lutist_path, tmp_path):
    (tmp_path / "job.py").write_text("print('on', flush=True)\nwhile True: pass\n")
    with subprocess.Popen(
        [lutist_path, "run", "job.py"], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "on\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 130


def test_a_venv_is_honoured(job, tmp_path, lutist):
    python = job("import sys; print(sys.executable)", env={"VIRTUAL_ENV": ""}).stdout.strip()
    subprocess.run([python, "-m", "venv", "--without-pip", tmp_path / "env"], check=True)
    (site,) = (tmp_path / "env" / "lib").glob("python*/site-packages")
    (site / "only_here.py").write_text("x = 'from the venv'")
    source = "import sys, only_here; print(only_here.x, sys.prefix)"
    expected = f"from the venv {tmp_path}/env\n"
    (tmp_path / "job.py").write_text(source)
    assert lutist("run", "--venv", "env", "job.py").stdout == expected
    assert job(source, env={"VIRTUAL_ENV": str(tmp_path / "env")}).stdout == expected
    assert "ModuleNotFoundError" in job(source, env={"VIRTUAL_ENV": ""}).stderr


def test_a_venv_of_another_release_has_this_standard_library(job, lutist, tmp_path):
    """One whose own standard library would not even start."""
    source = "import os, sys, only_here; print(os.__file__, sys.prefix, sys.base_prefix)"
    plain = job(source.replace("only_here", "sys"), env={"VIRTUAL_ENV": ""}).stdout.split()
    library = Path(plain[0]).parent
    for folder in ("other", "env"):
        (tmp_path / folder / "bin").mkdir(parents=True)
        (tmp_path / folder / "lib" / library.name / "site-packages").mkdir(parents=True)
    python = tmp_path / "other" / "bin" / "python"
    python.write_text("#!/bin/false\n")
    python.chmod(0o755)
    (tmp_path / "env" / "bin" / "python").symlink_to(python)
    (tmp_path / "other" / "lib" / library.name / "os.py").write_text("raise ImportError\n")
    site = tmp_path / "env" / "lib" / library.name / "site-packages"
    (site / "only_here.py").write_text("")
    version = library.name.removeprefix("python")
    (tmp_path / "env" / "pyvenv.cfg").write_text(
        f"home = {python.parent}\nversion = {version}.99\n"
    )
    expected = f"{plain[0]} {tmp_path}/env {plain[2]}\n"
    done = job(source, env={"VIRTUAL_ENV": str(tmp_path / "env")})
    assert (done.stdout, done.stderr) == (expected, "")
    told = lutist("doctor", "--venv", "env").stdout.splitlines()
    assert told[1] == lutist("doctor", env={"VIRTUAL_ENV": ""}).stdout.splitlines()[1]
    assert told[2] == f"venv: {tmp_path}/env"


def test_a_venv_of_another_python_is_explained(lutist, tmp_path):
    (tmp_path / "job.py").write_text("print('ran')")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "pyvenv.cfg").write_text("home = /x\nversion = 2.7.18\n")
    done = lutist("run", "--venv", "old", "job.py")
    assert done.returncode == 4
    assert "made for Python 2.7.18, but lutist embeds Python 3." in done.stderr
    done = lutist("run", "--venv", "nowhere", "job.py")
    assert done.returncode == 4
    assert "nowhere: not a virtual environment" in done.stderr
    done = lutist("run", "job.py", env={"VIRTUAL_ENV": str(tmp_path / "old")})
    assert (done.returncode, done.stdout) == (0, "ran\n")
    assert "VIRTUAL_ENV is ignored" in done.stderr


def test_start_up_and_shut_down_many_times(job):
    assert {job("import lutist").returncode for _ in range(20)} == {0}


def test_a_daemon_thread_s_batch_leaves_nothing_behind(job, picture, tmp_path):
    for i in range(12):
        picture(f"in/{i}.png", size=(900, 700), seed=i)
    done = job(
        "import pathlib, threading, time, lutist\n"
        "work = lambda: lutist.batch(lutist.load('exposure'), ['in'], 'out', exposure=1)\n"
        "threading.Thread(target=work, daemon=True).start()\n"
        "while not list(pathlib.Path('.').glob('out/*')): time.sleep(0.001)\n"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [p.name for p in (tmp_path / "out").glob(".*")] == []


def test_daemon_threads_may_be_inside_apply_at_the_end(job):
    done = job(
        "import threading, time, lutist\n"
        "look = lutist.load('exposure')\n"
        "pixels = memoryview(bytes(900 * 1200 * 3)).cast('B', (900, 1200, 3))\n"
        "image = lutist.Image.from_buffer(pixels)\n"
        "turns = []\n"
        "def work():\n"
        "    while True: look.apply(image, exposure=0.5); turns.append(1)\n"
        "for _ in range(3): threading.Thread(target=work, daemon=True).start()\n"
        "while len(turns) < 9: time.sleep(0.01)\n"
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_an_early_signal_is_an_interrupt(lutist_path, tmp_path, number):
    """Whenever it comes, also while Python starts."""
    (tmp_path / "job.py").write_text("import select\nwhile True: select.select([], [], [], 0.05)")
    for wait in (0.005, 0.012, 0.02, 0.03, 0.05, 0.2):
        process = subprocess.Popen(
            [lutist_path, "run", "job.py"], cwd=tmp_path, stderr=subprocess.PIPE, text=True
        )
        until(passed(wait))
        process.send_signal(number)
        _, errors = process.communicate(timeout=PATIENCE)
        # Before main() has done anything the signal ends the process, as any other's.
        assert process.returncode in (130, -number), errors
        assert "Python did not start" not in errors and "did not load" not in errors


def test_forked_children_end_at_sigterm(job):
    done = job(
        "import multiprocessing as mp, signal\n"
        "mp.set_start_method('fork')\n"
        "child = mp.Process(target=signal.pause)\n"
        "child.start(); child.terminate(); child.join()\n"
        "print(child.exitcode)\n"
    )
    assert (done.stdout, done.stderr) == ("-15\n", "")


def test_a_full_disk_behind_stdout_is_told(lutist_path, tmp_path):
    (tmp_path / "job.py").write_text("print('x' * 100)")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [lutist_path, "run", "job.py"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1 and "stdout: No space left" in done.stderr


def test_what_is_no_script_says_so(lutist, picture):
    picture("a.png")
    done = lutist("run", "a.png")
    assert done.returncode == 2 and "a.png: not a Python script" in done.stderr
