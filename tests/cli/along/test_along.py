"""What goes along with a picture: --sidecars and --keep-times."""

import os

import pytest

OLD = 1_000_000_000_123_456_789  # ns; of the year 2001


@pytest.fixture
def pair(picture, tmp_path):
    """in/a.jpg with both of its sidecars."""
    picture("in/a.jpg", format="JPEG")
    (tmp_path / "in/a.xmp").write_text("<x>by stem</x>")
    (tmp_path / "in/a.jpg.xmp").write_text("<x>by name</x>")
    return tmp_path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def run(lutist, *args):
    return lutist("batch", "in", "-o", "out", "--sidecars", "xmp", *args)


def test_sidecars_get_the_result_s_name(lutist, pair):
    done = run(lutist, "--format", "png", "-o", "out/{stem}-web{ext}")
    assert done.returncode == 0, done.stderr
    assert names(pair / "out") == ["a-web.png", "a-web.png.xmp", "a-web.xmp"]
    assert (pair / "out/a-web.xmp").read_text() == "<x>by stem</x>"
    assert (pair / "out/a-web.png.xmp").read_text() == "<x>by name</x>"
    assert done.stdout == "in/a.jpg -> out/a-web.png\n"


def test_without_the_option_there_is_none(lutist, pair):
    assert lutist("batch", "in", "-o", "out").returncode == 0
    assert names(pair / "out") == ["a.jpg"]


@pytest.mark.parametrize("sync", ["file", "none"])
def test_a_file_that_differs_is_kept(lutist, pair, sync):
    (pair / "out").mkdir()
    (pair / "out/a.xmp").write_text("mine")
    (pair / "out/a.jpg.xmp").write_text("<x>by name</x>")
    done = run(lutist, "--sync", sync)
    assert done.returncode == 0
    assert done.stderr.splitlines()[0] == (
        "lutist: in/a.jpg: a.xmp is not copied: already exists; only --overwrite replaces it"
    )
    assert (pair / "out/a.xmp").read_text() == "mine"
    done = run(lutist, "--sync", sync, "--overwrite")
    assert done.returncode == 0 and "not copied" not in done.stderr
    assert (pair / "out/a.xmp").read_text() == "<x>by stem</x>"


def test_no_copy_replaces_another_picture_s(lutist, pair, picture):
    """The sidecar of one would get the name of the other's, in the folder of both."""
    picture("in/a-web.jpg", format="JPEG")
    (pair / "in/a-web.xmp").write_text("the other's")
    done = lutist(
        "batch",
        "in/a.jpg",
        "in/a-web.jpg",
        *("--overwrite", "--sidecars", "xmp", "-j", "1"),
        *("-o", "{dir}/{stem}-web.png"),
    )
    assert done.returncode == 0
    assert "would overwrite a sidecar of the input in/a-web.jpg" in done.stderr
    assert (pair / "in/a-web.xmp").read_text() == "the other's"
    assert (pair / "in/a-web-web.xmp").read_text() == "the other's"
    assert (pair / "in/a-web.png.xmp").read_text() == "<x>by name</x>"


def test_two_copies_of_one_name(lutist, pair, picture):
    picture("in/more/a.png")
    (pair / "in/more/a.xmp").write_text("the second")
    done = lutist(
        *("batch", "in/a.jpg", "in/more/a.png", "-o", "out/{stem}{ext}"),
        *("--sidecars", "xmp", "--overwrite", "-j", "1"),
    )
    assert done.returncode == 0
    assert done.stderr.count("would overwrite this run's result of") == 1
    assert (pair / "out/a.xmp").read_text() in ("<x>by stem</x>", "the second")


def test_a_sidecar_in_the_result_s_folder_is_its_own(lutist, pair):
    done = lutist("batch", "in/a.jpg", "-o", "in/a.png", "--sidecars", "xmp")
    assert done.returncode == 0 and "not copied" not in done.stderr
    assert names(pair / "in") == ["a.jpg", "a.jpg.xmp", "a.png", "a.png.xmp", "a.xmp"]


def test_a_sidecar_is_no_more_open_than_its_source(lutist, pair):
    (pair / "in/a.xmp").chmod(0o600)
    assert run(lutist).returncode == 0
    assert (pair / "out/a.xmp").stat().st_mode & 0o777 == 0o600


def test_a_failed_picture_has_no_sidecars(lutist, pair):
    (pair / "in/a.jpg").write_bytes(b"not a picture")
    assert run(lutist).returncode == 1
    assert not (pair / "out").exists() or names(pair / "out") == []


def test_odd_sidecars_are_passed_over(lutist, pair):
    for name in ("a.xmp", "a.jpg.xmp"):
        (pair / "in" / name).unlink()
    (pair / "in/a.xmp").mkdir()
    os.mkfifo(pair / "in/a.jpg.xmp")
    done = run(lutist)
    assert done.returncode == 0 and names(pair / "out") == ["a.jpg"]


def test_other_kinds_are_refused(lutist, pair):
    done = run(lutist, "--sidecars", "pp3")
    assert done.returncode == 2
    assert done.stderr == "lutist: sidecars 'pp3' are unknown; use xmp\n"


@pytest.mark.parametrize("sync", ["file", "none"])
def test_times_are_kept(lutist, pair, sync):
    for name in ("a.jpg", "a.xmp"):
        os.utime(pair / "in" / name, ns=(OLD, OLD))
    assert run(lutist, "--keep-times", "--sync", sync).returncode == 0
    assert (pair / "out/a.jpg").stat().st_mtime_ns == OLD
    assert (pair / "out/a.xmp").stat().st_mtime_ns == OLD
    assert (pair / "out/a.jpg.xmp").stat().st_mtime_ns > OLD


def test_kept_times_and_runs_that_carry_on(lutist, pair):
    os.utime(pair / "in/a.jpg", ns=(OLD, OLD))
    again = ("--keep-times", "--resume")
    assert "1 done in" in run(lutist, *again).stderr
    assert "0 done, 1 skipped" in run(lutist, *again).stderr
    os.utime(pair / "in/a.jpg", ns=(OLD + 1, OLD + 1))
    assert "1 done in" in run(lutist, *again).stderr
    assert (pair / "out/a.jpg").stat().st_mtime_ns == OLD + 1


def test_kept_times_count_as_newer(lutist, pair):
    os.utime(pair / "in/a.jpg", ns=(OLD, OLD))
    again = ("--keep-times", "--newer")
    assert run(lutist, *again).returncode == 0
    assert "0 done, 1 skipped" in run(lutist, *again).stderr
    os.utime(pair / "in/a.jpg", ns=(OLD + 1, OLD + 1))
    assert "1 done in" in run(lutist, *again).stderr


def test_a_run_that_carries_on_knows_its_copies(lutist, pair):
    """Of a picture that is skipped, too: missing and changed ones are copied again."""
    journal = pair / "out/.lutist-journal.jsonl"
    copy = pair / "out/a.xmp"
    assert run(lutist, "--resume").returncode == 0
    before = journal.read_bytes()
    done = run(lutist, "--resume")
    assert "1 skipped" in done.stderr and journal.read_bytes() == before
    copy.unlink()
    done = run(lutist, "--resume")
    assert "1 skipped" in done.stderr and copy.read_text() == "<x>by stem</x>"
    (pair / "in/a.xmp").write_text("<x>newer</x>")
    done = run(lutist, "--resume")
    assert "not copied" not in done.stderr and copy.read_text() == "<x>newer</x>"
    copy.write_text("mine")
    (pair / "in/a.xmp").write_text("<x>newest</x>")
    done = run(lutist, "--resume")
    assert done.returncode == 0 and copy.read_text() == "mine"
    assert "a.xmp is not copied: already exists" in done.stderr
    assert run(lutist, "--resume", "--overwrite").returncode == 0
    assert copy.read_text() == "<x>newest</x>"


def test_a_copy_is_renewed_with_its_picture(lutist, pair):
    for folder in "out", pair / "elsewhere":
        options = ("-o", folder, "--resume", "-p")
        assert run(lutist, *options, "exposure=0").returncode == 0
        (pair / "in/a.xmp").write_text(f"<x>for {folder}</x>")
        done = run(lutist, *options, "exposure=1")
        assert "1 done" in done.stderr and "not copied" not in done.stderr
        assert (pair / folder / "a.xmp").read_text() == f"<x>for {folder}</x>"


def test_a_sidecar_that_came_later_is_copied_along(lutist, pair):
    (pair / "in/a.xmp").rename(pair / "kept.xmp")
    assert lutist("batch", "in", "-o", "out", "--resume").returncode == 0
    (pair / "kept.xmp").rename(pair / "in/a.xmp")
    done = run(lutist, "--resume")
    assert done.returncode == 0 and "1 skipped" in done.stderr
    assert {"a.xmp", "a.jpg.xmp"} < set(names(pair / "out"))
