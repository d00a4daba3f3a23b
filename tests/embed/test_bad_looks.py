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
