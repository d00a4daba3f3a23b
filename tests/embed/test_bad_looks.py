"""A job goes on after a look that went wrong; only what ends a process ends it."""

import pytest

import bad_looks
from builds import has_asan


@pytest.mark.parametrize(("what", "place"), bad_looks.cases())
def test_the_job_goes_on(lutist, lutist_path, tmp_path, what, place):
    if "1 << 62" in what and has_asan(lutist_path):
        pytest.skip("a sanitizer ends the process")
    bad_looks.write(tmp_path, what, place)
    done = lutist("run", "job.py", "./film.py")
    assert done.stdout.endswith(f"\ncaught {bad_looks.CAUGHT[what]}\n"), done.stderr
    assert done.returncode == 0
    assert done.stderr == "x" * len(done.stderr)


@pytest.mark.parametrize("place", bad_looks.PLACES)
@pytest.mark.parametrize("what", bad_looks.ENDS)
def test_what_ends_a_process(lutist, lutist_path, tmp_path, what, place):
    bad_looks.write(tmp_path, what, place)
    done = lutist("run", "job.py", "./film.py")
    sanitized = [1] if has_asan(lutist_path) else []  # it may see the crash first
    assert done.returncode in [bad_looks.ENDS[what], *sanitized]
    assert "caught" not in done.stdout


@pytest.mark.parametrize("place", bad_looks.PLACES)
@pytest.mark.parametrize("code", [0, 5])
def test_a_look_does_not_end_a_batch(lutist, tmp_path, picture, place, code):
    picture("a.png")
    (tmp_path / "film.py").write_text(bad_looks.PLACES[place].format(f"os._exit({code})"))
    done = lutist("batch", "a.png", "-o", "out", "-s", "./film.py", "--report", "r.json")
    assert done.returncode == 3 and done.stderr.count("film.py") >= 1, done.stderr
    assert f"SystemExit: {code}" in done.stderr and (tmp_path / "r.json").exists()


@pytest.mark.parametrize("place", ["load", "call"])
def test_a_fork_of_a_look_does_not_go_on(lutist, tmp_path, picture, place):
    """The run ends when nobody holds its standard streams any more."""
    picture("a.png")
    (tmp_path / "film.py").write_text(bad_looks.PLACES[place].format("os.fork()"))
    done = lutist("batch", "a.png", "-o", "out", "-s", "./film.py", "-q")
    assert done.returncode == 0 and (tmp_path / "out/a.png").exists(), done.stderr
    assert done.stderr.count("lutist: the script has forked; the new process ends here") == 1


def test_a_forked_child_of_a_look_ends_as_ever(lutist, tmp_path, picture):
    picture("a.png")
    (tmp_path / "film.py").write_text(
        bad_looks.PLACES["call"].format(
            "if not (child := os.fork()): os._exit(7)\n"
            "    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7"
        )
    )
    done = lutist("batch", "a.png", "-o", "out", "-s", "./film.py", "-q")
    assert (done.returncode, done.stderr) == (0, "")


def test_an_error_that_cannot_be_described_is_told(lutist, tmp_path, picture):
    """As without a handle or memory for the modules of tracebacks."""
    picture("a.png")
    spoil = "sys.modules['lutist.host.errors'] = None; raise RuntimeError('spoilt')"
    (tmp_path / "film.py").write_text(bad_looks.PLACES["call"].format(spoil))
    done = lutist("batch", "a.png", "-o", "out", "-s", "./film.py")
    assert done.returncode == 3 and done.stderr == "lutist: film.py: RuntimeError: spoilt\n"
