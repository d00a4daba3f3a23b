"""lutist batch on a machine that is short of file handles, memory or disk space."""

import contextlib
import json
import os
import re
import resource
import subprocess

import pytest
from PIL import Image

from waiting import until

FILES = 40
HANDLES_A_JOB = 4  # input, result, another of that while it is flushed; one that waits for the disk
HANDLES_A_COPY = 3  # of a sidecar: source, copy, another of that
COPIES = 4  # at a time
# Standard streams, the working folder, the journal, the report and its folder, the outputs'
# folder, and one for a moment.
HANDLES_ASIDE = 9


@pytest.fixture
def photos(picture, tmp_path):
    """A folder of small pictures, p/00.jpg and on."""
    first = picture("p/00.jpg", quality=90, size=(400, 300))
    for i in range(1, FILES):
        os.link(first, tmp_path / f"p/{i:02}.jpg")


def limited(lutist_path, tmp_path, number, most, *options):
    """Run a batch of all pictures under a resource limit, with a report."""
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


@pytest.mark.parametrize("copies", [False, True])
@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_a_job_holds_few_files_open(lutist_path, photos, tmp_path, jobs, copies):
    command = [lutist_path, "batch", "p", "-o", "out", f"-j{jobs}"]
    command += ["--resume", "--report", "r.json"]
    most = HANDLES_A_JOB * jobs + HANDLES_ASIDE
    if copies:
        for path in (tmp_path / "p").iterdir():
            path.with_suffix(".xmp").write_bytes(bytes(1000))
        command += ["--sidecars", "xmp"]
        most += HANDLES_A_COPY * min(jobs, COPIES)
    run = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
    counts = []

    def has_ended():
        with contextlib.suppress(OSError):  # it ends just now
            counts.append(len(os.listdir(f"/proc/{run.pid}/fd")))
        return run.poll() is not None

    until(has_ended)
    assert run.returncode == 0
    assert max(counts) <= most


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


def survives(lutist_path, most):
    """Does lutist find all that it needs in an address space of so many bytes?"""
    done, free = (
        subprocess.run(
            [lutist_path, "doctor"],
            preexec_fn=lambda size=size: resource.setrlimit(resource.RLIMIT_AS, (size, size)),
            capture_output=True,
        )
        for size in (most, resource.RLIM_INFINITY)
    )
    return (done.returncode, done.stdout) == (0, free.stdout)


def test_a_small_address_space_ends_nothing(lutist_path, picture, tmp_path):
    if not survives(lutist_path, 2 << 30):
        pytest.skip("a sanitizer wants more addresses than that")
    least = next(size for size in range(24, 2048, 8) if survives(lutist_path, size << 20))
    turned = Image.Exif()
    turned[0x112] = 6
    picture("p/turned.jpg", size=(2000, 1500), exif=turned)
    picture("p/progressive.jpg", size=(2000, 1500), progressive=True)
    picture("p/plain.jpg", size=(2000, 1500))
    for more in range(0, 96, 8):
        most = (least + more) << 20
        done = limited(lutist_path, tmp_path, resource.RLIMIT_AS, most, "-j8", "--overwrite")
        assert done.returncode in (0, 1, 4), (more, done.stderr)
        for line in done.stderr.splitlines()[:-1]:
            assert re.search("out of memory|no thread can be started|Cannot allocate", line), more
        assert not [path for path in tmp_path.rglob("*") if "lutist-" in path.name]
    done = limited(
        lutist_path, tmp_path, resource.RLIMIT_AS, (least + 256) << 20, "-j99", "--overwrite"
    )
    assert (done.returncode, report_of(tmp_path)["done"]) == (0, 3), done.stderr


def test_a_full_disk_ends_the_run(lutist_path, photos, tmp_path):
    """On a file system of its own, if the system permits one."""
    own = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    mount = "mkdir -p out && mount -t tmpfs -o size=100k tmpfs out"
    if subprocess.run([*own, mount], cwd=tmp_path, capture_output=True).returncode != 0:
        pytest.skip("no file system of our own")
    command = f"{mount} && exec {lutist_path} batch p -o out -j1 --report r.json"
    done = subprocess.run([*own, command], cwd=tmp_path, capture_output=True, text=True)
    report = report_of(tmp_path)
    assert done.returncode == 1
    assert (report["failed"], report["done"] + report["left"]) == (3, FILES - 3)
    assert report["left"] > 0
    assert report["error"] == "No space left on device, 3 files in a row: the rest is left"
    assert f"lutist: {report['error']}\n" in done.stderr


@pytest.mark.parametrize("size", ["0", "2T", "M", "-1M", "1MB", "1.5G", "99999999999999G"])
def test_sizes_that_are_none(lutist, size):
    done = lutist("batch", "a.jpg", "-o", "out", f"--memory={size}")
    assert (done.returncode, done.stderr) == (
        2,
        f"lutist: --memory '{size}': must be a size such as 512M or 2G\n",
    )


def test_a_sync_that_there_is_not(lutist, photos):
    done = lutist("batch", "p", "-o", "out", "--sync", "disk")
    assert (done.returncode, done.stderr) == (
        2,
        "lutist: sync 'disk' is unknown; use file or none\n",
    )
