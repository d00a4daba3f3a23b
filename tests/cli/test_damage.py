"""Damaged files, and odd files that are read nevertheless."""

import json


def test_a_missing_end_marker_is_a_warning(lutist, picture, tmp_path):
    whole = picture("a.jpg").read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole[:-2])
    done = lutist("batch", "a.jpg", "cut.jpg", "-q", "-o", "out", "--report", "r.json")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "lutist: cut.jpg: warning: the end marker is missing\n"
    assert (tmp_path / "out/a.jpg").read_bytes() == (tmp_path / "out/cut.jpg").read_bytes()
    good, cut = json.loads((tmp_path / "r.json").read_text())["files"]
    assert (good["state"], good["note"], good["damaged"]) == ("done", None, False)
    assert (cut["state"], cut["note"]) == ("done", "the end marker is missing")
    assert cut["damaged"] is True


def test_lenient_does_what_can_be_done(lutist, picture, tmp_path):
    whole = picture("a.jpg", size=(160, 120)).read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "surplus.jpg").write_bytes(whole[:-2] + bytes(range(1, 30)) + whole[-2:])
    (tmp_path / "none.jpg").write_bytes(whole[:100])
    names = ["a.jpg", "cut.jpg", "surplus.jpg", "none.jpg"]
    done = lutist("batch", *names, "--lenient", "-q", "-o", "out", "--report", "r.json")
    assert done.returncode == 1
    assert sorted(done.stderr.splitlines())[0] == (
        "lutist: cut.jpg: warning: the JPEG file is cut short"
    )
    files = json.loads((tmp_path / "r.json").read_text())["files"]
    assert [file["damaged"] for file in files] == [False, True, True, False]
    assert [file["state"] for file in files] == ["done", "done", "done", "failed"]


def test_metadata_are_bounded(lutist, picture, tmp_path):
    exif = b"Exif\0\0II*\0\x08\0\0\0\0\0" + bytes(5000)
    picture("a.jpg", exif=exif)
    for command in (["batch", "-q", "--overwrite", "-o", "out"], ["info"]):
        assert lutist(*command, "a.jpg").returncode == 0
        done = lutist(*command, "a.jpg", "--max-metadata", "4K")
        assert done.returncode == 1
        assert done.stderr == (
            "lutist: a.jpg: more than 4096 bytes of metadata, which is the limit (max-metadata)\n"
        )


def test_surplus_bytes_behind_pixels_are_damage(lutist, picture, tmp_path):
    whole = picture("a.jpg").read_bytes()
    (tmp_path / "surplus.jpg").write_bytes(whole[:-2] + bytes(range(1, 30)) + whole[-2:])
    (tmp_path / "padded.jpg").write_bytes(whole[:-2] + bytes(30) + whole[-2:])
    done = lutist("batch", "surplus.jpg", "padded.jpg", "-q", "-o", "out")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("lutist: surplus.jpg: damaged JPEG file: ")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["padded.jpg"]
