"""What ends a job or a look is shown whole: exceptions with their causes, crashes in C."""

import subprocess

import pytest

DEEP = """
def a(n): return b(n - 1) if n else 1 / 0
def b(n): return a(n - 1) if n else 1 / 0
def cause():
    try: a(400)
    except ZeroDivisionError as error:
        if hasattr(error, "add_note"): error.add_note("and a note")
        raise RuntimeError("the end") from error
"""


def test_a_traceback_is_whole(job):
    done = job(DEEP + "print(hasattr(ValueError, 'add_note'), flush=True)\ncause()\n")
    errors = done.stderr
    assert errors.count('job.py", line 2, in a') == 201
    assert errors.count('job.py", line 3, in b') == 200
    assert "direct cause of the following exception" in errors
    assert ("and a note" in errors) == (done.stdout == "True\n")
    assert errors.endswith("RuntimeError: the end\n")
    assert "running.py" not in errors


def test_a_look_s_traceback_has_its_causes(lutist, picture, tmp_path):
    picture("a.png")
    look = "from lutist import pipeline\n@pipeline\ndef develop():\n    cause()\n"
    (tmp_path / "look.py").write_text(DEEP + look)
    done = lutist("batch", "a.png", "-s", "look.py", "-o", "out")
    assert done.returncode == 3
    lines = done.stderr.splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert "ZeroDivisionError: division by zero" in lines
    assert "direct cause of the following exception" in done.stderr
    assert lines[-1] == "RuntimeError: the end"


def test_the_excepthook_is_called(job):
    done = job(
        "import sys\n"
        "sys.excepthook = lambda kind, value, trace: print(kind.__name__, value, trace.tb_lineno)\n"
        "raise ValueError('seen')\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (3, "ValueError seen 3\n", "")


def test_an_excepthook_that_fails_hides_nothing(job):
    done = job("import sys\nsys.excepthook = lambda *three: 1 / 0\nraise ValueError('first')\n")
    assert done.returncode == 3
    wanted = [
        "Error in sys.excepthook:",
        "ZeroDivisionError",
        "Original exception was:",
        "\nValueError: first",
    ]
    places = [done.stderr.find(words) for words in wanted]
    assert places == sorted(places) and places[0] == 0
    assert job("import sys\nsys.excepthook = lambda *three: sys.exit(9)\n1 / 0").returncode == 9


def test_an_interrupt_is_for_a_hook_of_the_job_s_own(job):
    quiet = job("raise KeyboardInterrupt")
    assert (quiet.returncode, quiet.stderr) == (130, "")
    told = job(
        "import sys\nsys.excepthook = lambda kind, *rest: print(kind.__name__)\n"
        "raise KeyboardInterrupt"
    )
    assert (told.returncode, told.stdout) == (130, "KeyboardInterrupt\n")


@pytest.mark.parametrize("command", ["run", "batch"])
def test_a_crash_in_c_says_where(lutist, picture, tmp_path, command):
    picture("a.png")
    (tmp_path / "crash.py").write_text(
        "import os, signal\ndef fall():\n    os.kill(os.getpid(), signal.SIGSEGV)\nfall()\n"
    )
    arguments = ["crash.py"] if command == "run" else ["a.png", "-s", "crash.py", "-o", "out"]
    done = lutist(command, *arguments)
    assert done.returncode  # a signal, or 1 by a sanitizer
    assert "Segmentation fault" in done.stderr
    assert 'crash.py", line 3 in fall' in done.stderr


def test_it_runs_with_no_stderr_at_all(lutist_path, tmp_path):
    (tmp_path / "job.py").write_text("print(6 * 7)")
    command = f"exec {lutist_path} run job.py 2>&-"
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, stdout=subprocess.PIPE, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "42\n")


def test_streams_are_read_without_a_stdin(job):
    done = job(
        "import io, os, lutist\n"
        "os.close(0)\n"
        "image = lutist.Image.from_buffer(memoryview(bytes(6)).cast('B', (2, 3)))\n"
        "stream = io.BytesIO()\n"
        "image.save(stream, format='png')\n"
        "stream.seek(0)\n"
        "print(lutist.open(stream) == image)\n"
    )
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_names_are_absolute(job, tmp_path):
    done = job("import os, sys\nprint(__file__, sys.argv[0], sys.executable[0])\nos.chdir('/')")
    assert done.stdout == f"{tmp_path}/job.py job.py /\n"


def test_a_link_to_a_job_finds_what_lies_beside_its_target(lutist, tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "kit.py").write_text("VALUE = 42")
    (tmp_path / "real" / "job.py").write_text("import kit; print(kit.VALUE, __file__)")
    (tmp_path / "linked.py").symlink_to("real/job.py")
    assert lutist("run", "linked.py").stdout == f"42 {tmp_path}/linked.py\n"
