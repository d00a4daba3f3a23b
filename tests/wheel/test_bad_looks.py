"""A program of an ordinary Python goes on after a look that went wrong, as a job does."""

import pytest

import bad_looks


@pytest.mark.parametrize(("what", "place"), bad_looks.cases())
def test_the_program_goes_on(any_wheel, tmp_path, what, place):
    bad_looks.write(tmp_path, what, place)
    done = any_wheel.run(tmp_path / "job.py", "./film.py", cwd=tmp_path)
    assert done.stdout.endswith(f"\ncaught {bad_looks.CAUGHT[what]}\n"), done.stderr
    assert done.returncode == 0
    assert done.stderr == "x" * len(done.stderr)


@pytest.mark.parametrize("place", bad_looks.PLACES)
@pytest.mark.parametrize("what", bad_looks.ENDS)
def test_what_ends_a_process(any_wheel, tmp_path, what, place):
    bad_looks.write(tmp_path, what, place)
    done = any_wheel.run(tmp_path / "job.py", "./film.py", cwd=tmp_path)
    assert done.returncode == bad_looks.ENDS[what]
    assert "caught" not in done.stdout
