"""What the tests of the embedding share."""

import pytest


@pytest.fixture
def job(lutist, tmp_path):
    """Write a job and run it with arguments."""

    def run(source, *args, **options):
        (tmp_path / "job.py").write_text(source)
        return lutist("run", "job.py", *args, **options)

    return run
