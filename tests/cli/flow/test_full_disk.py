"""A disk that fills in the middle of a batch: each file that fails is told by name and reason, none
has a final name or leaves a temporary file, and the rest is done once there is room.

The disk is a file system of its own in memory, if the system permits one.
"""

import json
import shlex
import subprocess

import pytest

from waiting import PATIENCE

FULL = "No space left on device"
PICTURES = 8
HASHES = "find disk -type f ! -name '.lutist-journal*' -exec sha256sum {} + | sort"
MORE = "mount -o remount,size=50m disk"


def alone():
    """The command that runs a shell with mounts of its own; None: not permitted."""
    for user in ([], ["--user", "--map-root-user"]):
        command = ["unshare", *user, "--mount", "sh", "-c"]
        mount = "mount -t tmpfs none /mnt"
        if subprocess.run([*command, mount], capture_output=True).returncode == 0:
            return command
    return None


@pytest.fixture
def disk(tmp_path):
    """Run commands where the folder "disk" is one of so many KiB. Returns the lines of stdout."""
    command = alone()
    if not command:
        pytest.skip("no file system of our own")
    (tmp_path / "disk").mkdir()

    def run(size, *lines):
        mount = f"mount -t tmpfs -o size={size}k none disk || exit"
        done = subprocess.run(
            [*command, "\n".join([mount, *lines])],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            text=True,
            timeout=PATIENCE,
        )
        return done.stdout.splitlines()

    return run


@pytest.fixture
def batch(lutist_path, picture):
    """The shell's words for a batch of pictures, some with sidecars larger than a buffer."""
    for i in range(PICTURES):
        name = f"in/{i}.{'jpg' if i % 2 else 'png'}"
        path = picture(name, size=(120, 60 + 10 * i), seed=i)
        if i % 3 == 0:
            path.with_suffix(".xmp").write_bytes(bytes(200_000))
    return shlex.join([str(lutist_path), "batch", "in", "-q", "-p", "exposure=0.3"])


def check_failures(tmp_path):
    """Every file that failed is told in one line, with its name."""
    report = json.loads((tmp_path / "r.json").read_text())
    errors = (tmp_path / "errors").read_text()
    failed = [file for file in report["files"] if file["state"] == "failed"]
    assert failed and report["done"] + len(failed) + report["left"] == PICTURES
    for file in failed:
        reason, name = file["reason"], file["input"]
        assert FULL in reason and errors.count(f"lutist: {reason}\n") == 1
        assert name in reason or file["output"] in reason
        assert f"{name[:-3]}xmp" not in reason, "it is the copy that has no room"
        assert str(tmp_path) not in reason


@pytest.mark.parametrize("how", ["-j1 --resume", "-j3 --resume", "-j3 --skip-existing"])
@pytest.mark.parametrize("format", ["jpeg", "png", "tiff", "webp", "jxl", None])
def test_results(disk, batch, tmp_path, format, how):
    run = f"{batch} -o disk {how} --sidecars xmp {f'--format {format}' if format else ''}"
    *whole, size = disk(50_000, run, HASHES, "du -sk disk | cut -f1")
    assert len(whole) == PICTURES + 3
    first = f"{run} --report r.json 2> errors; echo $?"
    code, *lines = disk(int(size) * 6 // 10, first, HASHES, MORE, f"{run}; echo $?", HASHES)
    again = lines.index("0")
    assert code == "1" and set(lines[:again]) < set(whole)
    assert lines[again + 1 :] == whole
    check_failures(tmp_path)


def test_the_journal(disk, batch, tmp_path):
    """A result without its line would be done again, so it gets no name."""
    output = f"out/{{stem}}-{230 * 'x'}{{ext}}"  # lines are long
    run = f"{batch} -o {output} -j1 --resume --journal disk/journal"
    first = f"{run} --report r.json 2> errors; echo $?; ls -A out | wc -l"
    count = "grep -c '\"done\".*}$' disk/journal"
    code, done, noted, *last = disk(4, first, count, MORE, f"{run}; echo $?", count)
    assert code == "1" and 0 < int(done) == int(noted) < PICTURES
    assert last == ["0", str(PICTURES)]
    check_failures(tmp_path)


def test_the_report(disk, batch, tmp_path):
    full = "head -c 4096 /dev/zero > disk/filler"
    run = f"{batch} -o out --report disk/r.json 2> errors; echo $?; ls -A disk out"
    code, *names = disk(4, full, run)
    results = [f"{i}.{'jpg' if i % 2 else 'png'}" for i in range(PICTURES)]
    assert (code, names) == ("1", ["disk:", "filler", "", "out:", *results])
    assert (tmp_path / "errors").read_text() == f"lutist: disk/r.json: {FULL}\n"
