"""--progress: how far a run is, for people and for programs."""

import json
import os


def objects(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_programs_get_an_object_a_line(lutist, picture, tmp_path):
    sizes = [picture(f"in/{i}.png", seed=i).stat().st_size for i in range(3)]
    picture("in/cut.png").write_bytes(b"not a picture")
    done = lutist("batch", "in", "-o", "out", "--progress", "json", "-j", "1")
    assert done.returncode == 1
    told = objects(done)
    assert [o["event"] for o in told] == ["begin", *["file"] * 4, "end"]
    assert told[0]["total"] == 4 and told[0]["bytes_total"] == sum(sizes) + 13
    assert told[0]["finished"] == told[0]["bytes"] == 0 and told[0]["ms_left"] is None
    files = {o["input"]: o for o in told if o["event"] == "file"}
    assert files["in/1.png"]["output"] == "out/1.png"
    assert files["in/1.png"]["state"] == "done" and files["in/1.png"]["reason"] is None
    assert files["in/cut.png"]["state"] == "failed"
    assert files["in/cut.png"]["reason"].startswith("in/cut.png: ")
    assert [o["finished"] for o in told] == [0, 1, 2, 3, 4, 4]
    end = told[-1]
    assert end["bytes"] == end["bytes_total"] and end["ms_left"] == 0
    assert end["failed"] == 1 and end["pixels"] == 3 * 61 * 47
    assert "lutist: 3 done, 1 failed" in done.stderr


def test_what_an_earlier_run_did_is_not_counted(lutist, picture):
    for i in range(3):
        picture(f"in/{i}.png", seed=i)
    run = ("batch", "in", "-o", "out", "--resume", "--progress", "json", "-q")
    assert objects(lutist(*run))[-1]["skipped"] == 0
    new = picture("in/new.png", size=(5, 5)).stat().st_size
    done = lutist(*run)
    assert done.returncode == 0 and done.stderr == ""
    told = objects(done)
    assert told[0]["bytes_total"] == told[-1]["bytes"] == new
    assert told[-1]["skipped"] == 3 and told[-1]["finished"] == 4


def test_the_last_object_comes_with_a_failed_script_too(lutist, picture, tmp_path):
    picture("a.png")
    (tmp_path / "bad.py").write_text(
        "import lutist\n@lutist.pipeline\ndef look():\n    raise ValueError('no')\n"
    )
    done = lutist("batch", "a.png", "-s", "bad.py", "-o", "out", "--progress", "json")
    assert done.returncode == 3 and "ValueError: no" in done.stderr
    assert [o["event"] for o in objects(done)] == ["begin", "end"]


def test_a_name_of_any_bytes(lutist, picture):
    name = os.fsdecode(b'\xff "quoted"\n.png')
    picture(name)
    done = lutist("batch", name, "-o", "out", "--progress", "json")
    (told,) = [o for o in objects(done) if o["event"] == "file"]
    given = told["input"].encode("utf-8", "surrogateescape")
    assert given == os.fsencode(name)


def test_words_that_will_not_do(lutist, picture):
    picture("a.png")
    done = lutist("batch", "a.png", "-o", "out", "--progress", "fast")
    assert done.returncode == 2
    assert done.stderr == "lutist: --progress 'fast' is unknown; use auto, json or none\n"
    done = lutist("batch", "a.png", "-o", "out", "--progress", "json", "--print0")
    assert done.returncode == 2 and "choose one" in done.stderr
