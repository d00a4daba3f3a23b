"""lutist python: an ordinary Python command line that has lutist, and what starts it."""

import os
import pty
import subprocess
import sys

import pytest

WORKERS = """
import multiprocessing as m, os, sys
from concurrent.futures import ProcessPoolExecutor
import lutist

def work(ev):
    image = lutist.Image.from_buffer(memoryview(bytes([64] * 300)).cast("B", (10, 10, 3)))
    return memoryview(lutist.load("exposure").apply(image, exposure=ev))[0, 0, 0]

if __name__ == "__main__":
    for method in ("spawn", "forkserver", "fork"):
        with ProcessPoolExecutor(2, m.get_context(method)) as pool:
            print(method, *pool.map(work, [0, 1]))
"""


@pytest.fixture(params=[["lutist", "python"], ["lutist-python"]], ids=" ".join)
def python(request, lutist_path, tmp_path):
    """Run Python as both commands start it."""

    def run(*args, stdin="", env=None):
        return subprocess.run(
            [lutist_path.parent / request.param[0], *request.param[1:], *args],
            cwd=tmp_path,
            input=stdin,
            env={**os.environ, **(env or {})},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def test_it_is_a_python_command_line(python, tmp_path):
    (tmp_path / "kit.py").write_text("import sys\nprint(__name__, sys.argv[1:])\n")
    code = "import lutist, sys; print(lutist.load('exposure').script, sys.argv)"
    assert python("-c", code, "-q").stdout == "exposure ['-c', '-q']\n"
    assert python("-m", "kit", "-o", "").stdout == "__main__ ['-o', '']\n"
    assert python("kit.py", "--help").stdout == "__main__ ['--help']\n"
    assert python("-", "a", stdin="import sys; print(sys.argv)").stdout == "['-', 'a']\n"
    assert python(stdin="print(6 * 7)").stdout == "42\n"
    assert python("-i", "-c", "x = 6", stdin="print(x * 7)\n").stdout == "42\n"
    assert python("-V").stdout == python("--version").stdout
    assert python("--version").stdout.startswith("Python 3.")
    flags = "import sys; print(sys.flags.isolated, sys.warnoptions, sys._xoptions)"
    assert python("-I", "-W", "error", "-X", "dev", "-c", flags).stdout == (
        "1 ['default', 'error'] {'dev': True}\n"
    )
    assert python("-c", "import kit_2", env={"PYTHONPATH": "nowhere"}).returncode == 1
    assert python("-c", "raise SystemExit(7)").returncode == 7
    assert python("missing.py").returncode == 2
    assert "usage:" in python("-h").stdout


def test_the_environment_is_the_user_s(python, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "kit.py").write_text("VALUE = 42")
    env = {"PYTHONPATH": str(tmp_path / "mine")}
    assert python("-c", "import kit; print(kit.VALUE)", env=env).stdout == "42\n"
    assert python("-E", "-c", "import kit", env=env).returncode == 1


def test_a_prompt_where_there_is_a_terminal(lutist_path, tmp_path):
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [lutist_path, "python", "-q"],
        cwd=tmp_path,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**os.environ, "TERM": "dumb", "PYTHON_BASIC_REPL": "1"},
        close_fds=True,
    )
    os.close(follower)
    os.write(leader, b"import lutist\nprint(lutist.load('mono').script * 2)\nexit(5)\n")
    shown = b""
    try:
        while piece := os.read(leader, 4096):
            shown += piece
    except OSError:  # the other end is closed
        pass
    os.close(leader)
    assert process.wait(30) == 5
    assert b">>> " in shown and b"monomono" in shown


def test_workers_have_lutist(job):
    done = job(WORKERS)
    assert (done.stdout, done.stderr) == ("spawn 64 128\nforkserver 64 128\nfork 64 128\n", "")


def test_workers_of_a_python_file_have_lutist(python, tmp_path):
    (tmp_path / "workers.py").write_text(WORKERS)
    done = python("workers.py")
    assert (done.stdout, done.stderr) == ("spawn 64 128\nforkserver 64 128\nfork 64 128\n", "")


def test_the_executable_is_a_python_that_has_lutist(job):
    done = job(
        "import os, subprocess, sys\n"
        "code = 'import lutist, sys; print(sys.executable)'\n"
        "os.chdir('/')\n"
        "for path in (sys.executable, os.path.realpath(sys.executable)):\n"
        "    for name in (path, 'python', './python'):\n"
        "        print(subprocess.check_output([name, '-c', code], executable=path, text=True)"
        " == sys.executable + '\\n')\n"
        "print(os.path.isabs(sys.executable), os.path.basename(sys.executable))\n"
    )
    assert done.stdout == "True\n" * 6 + "True lutist-python\n"


@pytest.fixture
def venv(tmp_path):
    """A virtual environment of this Python with a module of its own."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "env"], check=True)
    (site,) = (tmp_path / "env" / "lib").glob("python*/site-packages")
    (site / "only_here.py").write_text("x = 'from the venv'")
    return tmp_path / "env"


CHILD = """
import subprocess, sys
code = "import lutist, only_here, sys; print(only_here.x, sys.prefix)"
subprocess.run([sys.executable, "-c", code], check=True)
"""


def test_children_have_the_packages_of_the_venv(job, lutist, venv, tmp_path):
    (tmp_path / "job.py").write_text(CHILD)
    expected = f"from the venv {venv}\n"
    assert lutist("run", "--venv", "env", "job.py", env={"VIRTUAL_ENV": ""}).stdout == expected
    assert lutist("run", "job.py", env={"VIRTUAL_ENV": str(venv)}).stdout == expected
    for way in (["--venv", "env"], ["--venv=env"]):
        assert lutist("python", *way, "job.py", env={"VIRTUAL_ENV": ""}).stdout == expected


def test_a_link_in_a_venv_is_its_python(lutist_path, venv, tmp_path):
    link = venv / "bin" / "lutist-python"
    link.symlink_to(lutist_path.parent / "lutist-python")
    script = tmp_path / "script"
    script.write_text(
        f"#!{link}\nimport lutist, only_here, sys\n"
        "print(only_here.x, sys.executable, sys.prefix)\n"
    )
    script.chmod(0o755)
    env = {**os.environ, "VIRTUAL_ENV": "", "PATH": f"{link.parent}:{os.environ['PATH']}"}
    expected = f"from the venv {link} {venv}\n"
    for command in ([link, script], ["lutist-python", script], [script]):
        done = subprocess.run(
            command, cwd="/", env=env, capture_output=True, text=True, check=False
        )
        assert (done.stdout, done.stderr) == (expected, ""), command


def test_a_venv_of_another_python_is_passed_over(python, tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "pyvenv.cfg").write_text("home = /x\nversion = 2.7.18\n")
    done = python("-c", "import lutist; print('ran')", env={"VIRTUAL_ENV": str(tmp_path / "old")})
    assert (done.returncode, done.stdout) == (0, "ran\n")


def test_a_venv_can_be_made_with_it(python, tmp_path):
    made = python("-m", "venv", "--without-pip", "made")
    assert (made.returncode, made.stderr) == (0, "")
    own = tmp_path / "made" / "bin" / "python"
    done = subprocess.run([own, "-c", "print(6 * 7)"], capture_output=True, text=True, check=False)
    assert done.stdout == "42\n"
    code = "import lutist, sys; print(sys.prefix)"
    env = {"VIRTUAL_ENV": str(tmp_path / "made")}
    assert python("-c", code, env=env).stdout == f"{tmp_path}/made\n"


def test_a_forked_child_works_and_ends(job):
    done = job(
        "import os, sys, warnings, lutist\n"
        "warnings.simplefilter('ignore')  # from 3.12 on: there are threads\n"
        "pixels = memoryview(bytes(1200 * 900 * 3)).cast('B', (900, 1200, 3))\n"
        "image = lutist.Image.from_buffer(pixels)\n"
        "look = lutist.load('exposure')\n"
        "look.apply(image, exposure=1)\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    look.apply(image, exposure=1)\n"
        "    sys.exit(5)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    assert (done.stdout, done.stderr) == ("5\n", "")
