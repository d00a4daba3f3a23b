"""--resume: a batch carries on where an earlier one has ended, and --skip-existing, --newer."""

import hashlib
import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

JOURNAL = ".lutist-journal.jsonl"
KILLS = int(os.environ.get("LUTIST_KILLS", "6"))


def lines(folder, state=None):
    """The journal's lines without its head, of one state or of all."""
    head, *rest = (Path(folder) / JOURNAL).read_text().splitlines()
    assert json.loads(head) == {"lutist": "journal", "format": 1}
    found = [json.loads(line) for line in rest]
    return [line for line in found if state in (None, line["state"])]


def hashes(folder):
    """{name: hash} of the results in a folder."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(Path(folder).iterdir())
        if path.name != JOURNAL
    }


def written(done):
    """The names of the inputs that were developed, as stdout tells them."""
    return sorted(Path(line.split(" -> ")[0]).name for line in done.stdout.splitlines())


@pytest.fixture
def pictures(picture):
    """Six pictures in the folder in."""
    return [picture(f"in/{i}.png", seed=i) for i in range(6)]


@pytest.fixture
def resume(lutist):
    """Run a batch of in into out with --resume."""

    def run(*options, wanted=0, **how):
        done = lutist("batch", "in", "-o", "out", "--resume", *options, **how)
        assert done.returncode == wanted, done.stderr
        return done

    return run


@pytest.mark.parametrize("journal", [JOURNAL, "kept.jsonl"])
def test_the_report_is_not_the_journal(resume, pictures, tmp_path, journal):
    report = f"out/{journal}"
    options = () if journal == JOURNAL else ("--journal", f"in/../{report}")
    done = resume(*options, "--report", report, wanted=2)
    assert done.stderr == f"lutist: --report {report}: is the journal (--journal)\n"
    assert not written(done) and not (tmp_path / "out/0.png").exists()


def test_what_is_done_is_skipped(resume, pictures, tmp_path):
    assert len(written(resume("-p", "exposure=0.5"))) == 6
    before = hashes(tmp_path / "out")
    again = resume("-p", "exposure=0.5", "--report", "r.json")
    assert written(again) == [] and "0 done, 6 skipped" in again.stderr
    report = json.loads((tmp_path / "r.json").read_text())
    assert (report["done"], report["skipped"], report["failed"]) == (0, 6, 0)
    assert {file["state"] for file in report["files"]} == {"skipped"}
    assert hashes(tmp_path / "out") == before and len(lines(tmp_path / "out")) == 6


def test_what_has_changed_is_done_again(resume, pictures, picture, tmp_path):
    resume()
    picture("in/2.png", seed=77)
    assert written(resume()) == ["2.png"]
    (tmp_path / "out/4.png").unlink()
    assert written(resume()) == ["4.png"]
    os.utime(pictures[1])
    assert written(resume()) == ["1.png"]
    picture("in/6.png", seed=6)
    assert written(resume()) == ["6.png"]
    assert written(resume()) == []


@pytest.mark.parametrize(
    "options",
    [
        ["-p", "exposure=0.5"],
        ["-s", "mono"],
        ["--format", "jpeg", "--quality", "80"],
        ["--convert", "srgb"],
        ["--convert", "srgb", "--intent", "relative"],
        ["--lenient"],
    ],
    ids=" ".join,
)
def test_each_option_that_changes_bytes_does_all_again(resume, pictures, options):
    resume()
    assert len(written(resume(*options))) == 6
    assert written(resume(*options)) == []


def test_options_that_change_no_byte_do_nothing_again(resume, pictures):
    resume()
    for options in (["-j", "1"], ["-t", "1"], ["--sync", "none"], ["--mode", "single"], ["-q"]):
        assert written(resume(*options)) == [], options


def test_a_change_of_the_script_or_its_module_does_all_again(resume, pictures, tmp_path):
    look = tmp_path / "look.py"
    look.write_text(
        "from lutist import pipeline, tone\nimport strength\n"
        "@pipeline\ndef a(): return tone(lambda x: x * strength.MORE)\n"
        "@pipeline\ndef b(): return tone(lambda x: x * strength.MORE)\n"
    )
    (tmp_path / "strength.py").write_text("MORE = 1.25\n")
    assert len(written(resume("-s", "look.py:a"))) == 6
    assert written(resume("-s", "look.py:a")) == []
    assert len(written(resume("-s", "look.py:b"))) == 6
    (tmp_path / "strength.py").write_text("MORE = 1.5\n")
    assert len(written(resume("-s", "look.py:b"))) == 6
    assert written(resume("-s", "look.py:b", "--isolate")) == []
    look.write_text(look.read_text() + "# a remark\n")
    assert len(written(resume("-s", "look.py:b"))) == 6


def test_a_result_that_was_changed_since_is_not_replaced(resume, pictures, tmp_path):
    resume()
    mine = tmp_path / "out/3.png"
    mine.write_bytes(mine.read_bytes() + b"retouched")
    kept = mine.read_bytes()
    done = resume("-p", "exposure=1", wanted=1)
    assert "out/3.png: has been changed since it was written; only --overwrite" in done.stderr
    assert len(written(done)) == 5 and mine.read_bytes() == kept
    assert written(resume("-p", "exposure=1", "--overwrite")) == ["3.png"]


def test_a_file_that_no_run_wrote_is_not_replaced(resume, pictures, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/5.png").write_bytes(b"somebody's")
    done = resume(wanted=1)
    assert "out/5.png: already exists, and the journal does not know it" in done.stderr
    assert (tmp_path / "out/5.png").read_bytes() == b"somebody's"
    link = tmp_path / "out/1.png"
    link.unlink()
    link.symlink_to(tmp_path / "out/2.png")
    assert "out/1.png" in resume(wanted=1).stderr and link.is_symlink()


def test_by_hash_a_copy_is_known_again(resume, pictures, tmp_path):
    resume("--check", "hash")
    for path in pictures:
        os.utime(path)
    assert written(resume("--check", "hash")) == []
    (tmp_path / "in").rename(tmp_path / "moved")
    (tmp_path / "in").symlink_to(tmp_path / "moved")
    assert written(resume("--check", "hash")) == []
    pictures[0].write_bytes(pictures[1].read_bytes())
    assert written(resume("--check", "hash")) == ["0.png"]


def test_the_folder_of_the_outputs_can_move(lutist, resume, pictures, tmp_path):
    resume()
    (tmp_path / "out").rename(tmp_path / "elsewhere")
    done = lutist("batch", "in", "-o", "elsewhere", "--resume")
    assert written(done) == [] and "6 skipped" in done.stderr


def test_failures_are_noted_and_tried_again(resume, pictures, picture, tmp_path):
    pictures[2].write_bytes(pictures[2].read_bytes()[:200])
    assert "in/2.png" in resume(wanted=1).stderr
    (failed,) = lines(tmp_path / "out", "failed")
    assert failed["output"] == "2.png" and failed["reason"].startswith("in/2.png: ")
    picture("in/2.png", seed=2)
    assert written(resume()) == ["2.png"]


def test_a_dry_run_writes_nothing_and_tells_what_would_be_done(resume, pictures, tmp_path):
    assert len(written(resume("--dry-run"))) == 6
    assert not (tmp_path / "out").exists()
    resume()
    before = (tmp_path / "out" / JOURNAL).read_bytes()
    os.utime(pictures[4])
    done = resume("--dry-run")
    assert written(done) == ["4.png"] and "1 would be written, 5 skipped" in done.stderr
    assert (tmp_path / "out" / JOURNAL).read_bytes() == before


@pytest.mark.parametrize("rest", [b"", b'{"state": "do', b"nonsense\n", b"\n\n", b'{"state": 1}\n'])
def test_lines_that_are_cut_off_or_odd_are_passed_over(resume, pictures, tmp_path, rest):
    resume()
    journal = tmp_path / "out" / JOURNAL
    journal.write_bytes(journal.read_bytes() + rest)
    os.utime(pictures[3])
    assert written(resume()) == ["3.png"]
    assert written(resume()) == []


def test_a_line_whose_file_never_got_its_name(resume, pictures, tmp_path):
    """As of a run that was killed between the two."""
    resume()
    (tmp_path / "out/0.png").unlink()
    (tmp_path / "out/1.png").write_bytes(b"")  # where names are claimed by an empty file
    assert written(resume()) == ["0.png", "1.png"]


def test_a_journal_that_is_none_is_left_alone(resume, pictures, tmp_path):
    (tmp_path / "out").mkdir()
    for content in (b"my notes", b"{}", b'{"lutist": "0.1.0"}\n'):
        (tmp_path / "out" / JOURNAL).write_bytes(content)
        assert "is not a lutist journal" in resume(wanted=1).stderr
        assert (tmp_path / "out" / JOURNAL).read_bytes() == content
    (tmp_path / "out" / JOURNAL).write_bytes(b'{"lutist": "jou')  # its first write was cut
    assert len(written(resume())) == 6


def test_a_journal_with_a_name(lutist, pictures, tmp_path):
    beside = ("batch", "in", "-o", "{dir}/{stem}-x{ext}", "--resume")
    done = lutist(*beside)
    assert done.returncode == 2 and "name a file for the journal with --journal" in done.stderr
    named = (*beside, "--journal", "made/day.jsonl", "--quality", "90")
    assert len(written(lutist(*named))) == 6
    assert (tmp_path / "made/day.jsonl").exists()
    lone = sorted(path for path in (tmp_path / "in").iterdir() if "-x" not in path.name)
    done = lutist("batch", *lone, *named[2:])  # whatever way leads to them
    assert written(done) == [] and "6 skipped" in done.stderr


def test_a_template_has_its_journal_in_its_fixed_folder(lutist, pictures, tmp_path):
    wish = ("batch", "in", "-o", "a/b/{index}-{stem}{ext}", "--resume")
    assert len(written(lutist(*wish))) == 6
    assert len(lines(tmp_path / "a/b")) == 6
    assert written(lutist(*wish)) == []


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--resume", "--skip-existing"], "choose one of --resume, --skip-existing and --newer"),
        (["--newer", "--skip-existing"], "choose one of"),
        (["--skip-existing", "--overwrite"], "--overwrite replaces what --skip-existing keeps"),
        (["--newer", "--overwrite"], "--overwrite replaces what --newer keeps"),
        (["--check", "hash"], "--check hash needs --resume"),
        (["--journal", "j"], "--journal needs --resume"),
        (["--resume", "--check", "size"], "--check 'size' is unknown; use time or hash"),
    ],
)
def test_options_that_do_not_go_together(lutist, pictures, tmp_path, options, reason):
    done = lutist("batch", "in", "-o", "out", *options)
    assert done.returncode == 2 and reason in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_existing_results_are_skipped(lutist, pictures, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/1.png").write_bytes(b"whatever")
    (tmp_path / "out/2.png").write_bytes(b"")
    done = lutist("batch", "in", "-o", "out", "--skip-existing")
    assert done.returncode == 1 and written(done) == ["0.png", "3.png", "4.png", "5.png"]
    assert "out/2.png: already exists" in done.stderr and "1 skipped, 1 failed" in done.stderr
    (tmp_path / "out/2.png").unlink()
    assert written(lutist("batch", "in", "-o", "out", "--skip-existing")) == ["2.png"]
    assert (tmp_path / "out/1.png").read_bytes() == b"whatever"
    assert not (tmp_path / "out" / JOURNAL).exists()


def test_a_newer_input_renews_its_result(lutist, pictures, tmp_path):
    mirror = ("batch", "in", "-o", "out", "--newer")
    assert len(written(lutist(*mirror))) == 6
    assert written(lutist(*mirror)) == []
    now = time.time() + 10
    os.utime(pictures[5], (now, now))
    assert written(lutist(*mirror, "--dry-run")) == ["5.png"]
    assert written(lutist(*mirror)) == ["5.png"]


def test_two_runs_do_not_share_a_journal(resume, pictures, tmp_path, lutist_path):
    fcntl = pytest.importorskip("fcntl")
    resume()
    with (tmp_path / "out" / JOURNAL).open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = resume("-p", "exposure=1", wanted=1)
    assert "another run writes there now" in done.stderr and done.stderr.count("\n") == 1
    assert written(done) == []


def killed(command, seconds, cwd):
    """Start a run and kill it; True: it had ended by itself."""
    run = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return run.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        run.send_signal(signal.SIGKILL)
        run.wait()
        return False


def test_killed_runs_end_as_an_undisturbed_one(lutist, picture, tmp_path, lutist_path):
    files = 10 * KILLS
    for i in range(files):
        picture(f"in/{i:03}.png", seed=i, size=(300, 200))
    start = time.monotonic()
    assert lutist("batch", "in", "-o", "whole", "-p", "gamma=1.5").returncode == 0
    usual = time.monotonic() - start
    command = ("batch", "in", "-o", "out", "--resume", "-p", "gamma=1.5", "-j", "2")
    seed = random.randrange(1000)
    print("seed", seed)
    moments = random.Random(seed)
    kills = 0
    for _ in range(KILLS):
        kills += not killed([lutist_path, *command], moments.uniform(0, usual), tmp_path)
    done = lutist(*command)
    assert done.returncode == 0, done.stderr
    assert hashes(tmp_path / "out") == hashes(tmp_path / "whole")
    whole = lines(tmp_path / "out", "done")
    in_work = 2 + 4 + 2  # two workers, and files that waited for the disk
    assert files <= len(whole) <= files + kills * in_work


def test_a_full_disk_in_the_middle(resume, pictures, tmp_path, lutist_path):
    """Where there is a small file system to fill."""
    whole = resume("-p", "gamma=1.5")
    assert len(written(whole)) == 6
    wanted = hashes(tmp_path / "out")
    small = tmp_path / "small"
    small.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", small], capture_output=True
    )
    if made.returncode:
        pytest.skip("no file system of its own can be mounted here")
    try:
        command = [lutist_path, "batch", "in", "-o", small, "--resume", "-p", "gamma=1.5"]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert run.returncode == 1 and "No space left" in run.stderr
        subprocess.run(["mount", "-o", "remount,size=4m", small], check=True)
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        assert hashes(small) == wanted
    finally:
        subprocess.run(["umount", small], check=True)
