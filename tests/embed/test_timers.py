"""A timer that a script leaves running: it does not end the process, and a line tells of it."""

import json

import pytest

TIMERS = {"SIGALRM": "ITIMER_REAL", "SIGVTALRM": "ITIMER_VIRTUAL", "SIGPROF": "ITIMER_PROF"}
# It has gone off when it no longer runs.
WAIT = "signal.setitimer({0}, 1e-4, 1e-4)\nwhile signal.getitimer({0}) != (0, 0): len('')"
LEFT = "signal.setitimer({0}, 1e-4, 1e-4)"
# A handler, and a wait that has an end also where the signal comes before it.
OWN = """import signal, time
came = []
def own(*_): came.append(print('own'))
def wait():
    while not came: time.sleep(0.01)
"""
LOOK = """import signal
from lutist import pipeline, tone
{top}
@pipeline
def develop():
    exec({call!r})
    return tone(lambda x: 1 - x)
"""
COMMANDS = {
    "batch": ["batch", "photo.png", "-o", "out/"],
    "isolated batch": ["batch", "--isolate", "photo.png", "-o", "out/"],
    "export": ["export", "film.py", "-o", "film.cube"],
}


@pytest.fixture
def develop(lutist, picture, tmp_path):
    """Run a command with a look that does `top` when it is loaded, and `call` in each call."""

    def run(command, top="", call=""):
        picture()
        (tmp_path / "film.py").write_text(LOOK.format(top=top, call=call))
        script = [] if command == "export" else ["-s", "film.py", "--report", "r.json"]
        return lutist(*COMMANDS[command], *script)

    return run


@pytest.mark.parametrize("name", TIMERS)
def test_a_look_that_is_loaded_goes_on(develop, tmp_path, name):
    done = develop("batch", top=WAIT.format(f"signal.{TIMERS[name]}"))
    assert done.returncode == 0, done.stderr
    assert done.stderr.count(f"gone off ({name})") == 1
    assert f"signal.setitimer(signal.{TIMERS[name]}, 0)" in done.stderr
    assert (tmp_path / "out" / "photo.png").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_each_call_goes_on_and_the_first_timer_is_told_of(develop, command):
    done = develop(command, call=WAIT.format("signal.ITIMER_REAL") + "\n" + LEFT.format(0))
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("lutist: a timer of the script has gone off (SIGALRM)") == 1


def test_a_handler_of_the_script_is_its_own(develop, tmp_path):
    """Python takes it away at its end, but by then the timer is stopped."""
    top = "signal.signal(signal.SIGALRM, lambda *_: None)\n" + LEFT.format("signal.ITIMER_REAL")
    done = develop("batch", top=top)
    assert done.returncode == 0, done.stderr
    assert "gone off" not in done.stderr
    assert json.loads((tmp_path / "r.json").read_text())["done"] == 1


def test_a_job_goes_on(job):
    done = job(f"import signal\n{WAIT.format('signal.ITIMER_REAL')}\nprint('alive')")
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr
    assert done.stderr.count("gone off (SIGALRM)") == 1


def test_what_takes_the_handler_for_a_while_puts_it_back(job):
    done = job(
        f"{OWN}before = signal.signal(signal.SIGALRM, own)\n"
        "signal.alarm(1)\nwait()\nsignal.signal(signal.SIGALRM, before)\n"
        f"{WAIT.format('signal.ITIMER_REAL')}"
    )
    assert (done.returncode, done.stdout) == (0, "own\n"), done.stderr
    assert done.stderr.count("gone off (SIGALRM)") == 1


def test_a_timer_serves_the_exit_functions(job):
    done = job(
        f"{OWN}import atexit\nsignal.signal(signal.SIGALRM, own)\n"
        "atexit.register(wait)\nsignal.alarm(1)"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "own\n", "")
