"""lutist batch where the machine is short of something: files, memory, room on the disk."""

import json
import os
import resource
import subprocess

import pytest

FILES = 40


@pytest.fixture
def photos(picture, tmp_path):
    """A folder of small pictures, p/00.jpg and on."""
    first = picture("p/00.jpg", quality=90, size=(400, 300))
    for i in range(1, FILES):
        os.link(first, tmp_path / f"p/{i:02}.jpg")


def limited(lutist_path, tmp_path, number, most, *options):
    """A batch of all pictures under that limit of the system, with a report."""
    command = [lutist_path, "batch", "p", "-o", "out", "--report", "r.json", *options]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(number, (most, most)),
        capture_output=True,
        text=True,
        timeout=300,
    )
    return done


def report_of(tmp_path):
    return json.loads((tmp_path / "r.json").read_text())


@pytest.mark.parametrize("sync", ["file", "none"])
@pytest.mark.parametrize("most", [24, 32, 64])
def test_few_open_files_are_enough_for_many_jobs(lutist_path, photos, tmp_path, most, sync):
    done = limited(lutist_path, tmp_path, resource.RLIMIT_NOFILE, most, "-j", "99", "--sync", sync)
    assert (done.returncode, report_of(tmp_path)["done"]) == (0, FILES), done.stderr


def test_the_soft_limit_of_open_files_is_raised(lutist_path, photos, tmp_path):
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    done = subprocess.run(
        [lutist_path, "batch", "p", "-o", "out", "-j", "30"],
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (16, hard)),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr


def test_a_thousand_jobs(lutist, photos, tmp_path):
    done = lutist("batch", "p", "-o", "out", "-j", "1000", "--report", "r.json")
    assert (done.returncode, report_of(tmp_path)["done"]) == (0, FILES), done.stderr


def test_a_budget_smaller_than_any_file(lutist, photos, tmp_path):
    done = lutist("batch", "p", "-o", "out", "-j", "8", "--memory", "1K", "--report", "r.json")
    assert (done.returncode, report_of(tmp_path)["done"]) == (0, FILES), done.stderr


@pytest.mark.parametrize("size", ["0", "2T", "M", "-1M", "1MB", "1.5G", "99999999999999G"])
def test_sizes_that_are_none(lutist, size):
    done = lutist("batch", "a.jpg", "-o", "out", f"--memory={size}")
    assert (done.returncode, done.stderr) == (
        2,
        f"lutist: --memory '{size}': a size such as 512M or 2G is wanted\n",
    )


def test_a_sync_that_there_is_not(lutist, photos):
    done = lutist("batch", "p", "-o", "out", "--sync", "disk")
    assert (done.returncode, done.stderr) == (
        2,
        "lutist: --sync 'disk': there is file and none\n",
    )
