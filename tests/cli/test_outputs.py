"""The files that a batch may replace, and the permissions of its results."""

import fcntl
import json
import os
import subprocess
import textwrap

import numpy as np
import pytest
from PIL import Image


def pixels(path):
    """The samples of a file."""
    return np.asarray(Image.open(path))


def names(folder):
    """All names in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def script(tmp_path):
    """Write a look of that body; returns its path."""

    def make(body):
        path = tmp_path / "look.py"
        head = "from lutist import pipeline, tone\n@pipeline\ndef look():\n    "
        path.write_text(
            head + textwrap.indent(textwrap.dedent(body).strip(), "    ").strip() + "\n"
        )
        return path

    return make


def test_a_link_is_replaced_never_written_through(lutist, picture, tmp_path):
    source = picture("a.png")
    other = picture("other.png", seed=2)
    inside, before = source.read_bytes(), other.read_bytes()
    (tmp_path / "out").mkdir()
    for target in (other, source, tmp_path / "nothing"):
        link = tmp_path / "out/a.png"
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        assert lutist("batch", "a.png", "-o", "out").returncode == 1
        done = lutist("batch", "a.png", "-o", "out", "--overwrite", "-p", "exposure=1")
        assert done.returncode == 0, done.stderr
        assert not link.is_symlink() and not np.array_equal(pixels(link), pixels(source))
    assert (source.read_bytes(), other.read_bytes()) == (inside, before)
    assert names(tmp_path) == ["a.png", "other.png", "out"]


def test_a_link_that_is_an_input_is_kept(lutist, picture, tmp_path):
    source = picture("a.png")
    (tmp_path / "link.png").symlink_to(source)
    done = lutist("batch", "link.png", "-o", ".", "--overwrite")
    assert done.returncode == 1 and "its own input" in done.stderr
    assert (tmp_path / "link.png").is_symlink()


# Conflicts


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_up_from_a_folder_that_is_not_there_is_refused(lutist, picture, tmp_path, dry):
    before = picture("photos/a.png").read_bytes()
    for output in ("photos/new/..", "photos/new/../", "photos/new/../{stem}{ext}"):
        done = lutist("batch", "photos", "-o", output, "--overwrite", "-p", "exposure=1", *dry)
        assert done.returncode == 2, done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert "'..' follows photos/new, which is not a folder" in done.stderr
    assert names(tmp_path / "photos") == ["a.png"]
    assert (tmp_path / "photos/a.png").read_bytes() == before


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
@pytest.mark.parametrize("there", [True, False])
def test_two_inputs_never_become_one_file(lutist, picture, tmp_path, dry, there):
    picture("x/a.jpg")
    picture("y/a.jpg", seed=2)
    if there:
        (tmp_path / "out/x").mkdir(parents=True)
        (tmp_path / "out/y").mkdir()
    template = "out/{dir}/../{stem}{ext}"
    done = lutist("batch", "x/a.jpg", "y/a.jpg", "-o", template, "--overwrite", *dry)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert ("would both become" if there else "which is not a folder") in done.stderr
    assert not (tmp_path / "out/a.jpg").exists()


def test_an_input_named_twice_is_done_once(lutist, picture, tmp_path):
    picture("p/a.png")
    picture("p/b.png")
    done = lutist("batch", "p/a.png", "./p/a.png", "-o", "out")
    assert (done.returncode, done.stdout) == (0, "p/a.png -> out/a.png\n")
    assert done.stderr.splitlines()[0] == "lutist: ./p/a.png: is named twice; it is done once"
    done = lutist("batch", "p/a.png", "p", "p//b.png", tmp_path / "p/a.png", "-o", "o2")
    assert done.returncode == 0 and done.stdout.count("->") == 2
    assert "p/a.png: is named twice, like others, 3 in all" in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_a_folder_swapped_for_the_inputs_does_not_cost_them(lutist, picture, tmp_path, script):
    """The look itself swaps it: after the names were checked, before the first output."""
    inputs = [picture(f"photos/{i}.png", seed=i) for i in range(3)]
    before = [path.read_bytes() for path in inputs]
    (tmp_path / "out").mkdir()
    body = f"""
        import os
        os.rename({str(tmp_path / "out")!r}, {str(tmp_path / "away")!r})
        os.symlink({str(tmp_path / "photos")!r}, {str(tmp_path / "out")!r})
        return tone(lambda x: 1 - x)"""
    done = lutist("batch", "photos", "-o", "out", "--overwrite", "-s", script(body))
    assert done.returncode == 1, done.stderr
    assert done.stderr.count("would overwrite the input") == 3
    assert [path.read_bytes() for path in inputs] == before
    assert names(tmp_path / "photos") == ["0.png", "1.png", "2.png"]


def test_a_result_of_the_same_run_is_not_replaced(lutist, picture, tmp_path, script):
    """Two folders become one after the names were checked."""
    picture("x/a.png")
    picture("y/a.png", seed=2)
    (tmp_path / "out/x").mkdir(parents=True)
    body = f"""
        import os
        os.symlink("x", {str(tmp_path / "out/y")!r})
        return tone(lambda x: 1 - x)"""
    look = script(body)
    done = lutist("batch", "x/a.png", "y/a.png", "-o", "out/{dir}", "--overwrite", "-s", look)
    assert done.returncode == 2  # a folder per input is a template with a name
    template = "out/{dir}/{stem}{ext}"
    done = lutist("batch", "x/a.png", "y/a.png", "-o", template, "--overwrite", "-s", look)
    assert done.returncode == 1, done.stderr
    assert "would overwrite this run's result of" in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_a_template_does_not_leave_its_folder(lutist, picture, tmp_path):
    picture("d.jpg").rename(tmp_path / "...jpg")
    (tmp_path / "p/out").mkdir(parents=True)
    for template in ("out/{stem}/x{ext}", "out/{dir}/{stem}{ext}"):
        done = lutist("batch", "../...jpg", "-o", template, cwd=tmp_path / "p")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("lutist: ../...jpg: would become out/../")
        assert "inside out/" in done.stderr
    done = lutist("batch", "../...jpg", "-o", "out", cwd=tmp_path / "p")
    assert done.returncode == 0, done.stderr
    assert names(tmp_path / "p/out") == ["...jpg"]


# Leftovers of killed runs


def test_a_later_run_removes_what_a_killed_one_left(lutist_path, lutist, picture, tmp_path):
    for i in range(8):
        picture(f"in/{i}.png", size=(300, 300), seed=i)
    left = []
    for _ in range(20):
        run = subprocess.Popen(
            [str(lutist_path), "batch", "in", "-o", "out", "--overwrite"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        run.stdout.readline()  # at work
        run.kill()
        run.wait()
        run.stdout.close()
        left = [name for name in names(tmp_path / "out") if ".lutist-" in name]
        if left:
            break
    mine = tmp_path / "out" / ".mine.lutist-notes"
    mine.write_text("kept")
    held = (tmp_path / "out" / ".b.png.lutist-abcd1234307n").open("w")
    fcntl.flock(held, fcntl.LOCK_EX)  # as a run that goes on holds it
    done = lutist("batch", "in", "-o", "out", "--overwrite")
    assert done.returncode == 0, done.stderr
    hidden = [name for name in names(tmp_path / "out") if name.startswith(".")]
    assert hidden == [".b.png.lutist-abcd1234307n", ".mine.lutist-notes"], left
    held.close()
    assert lutist("batch", "in/1.png", "-o", "out", "--dry-run", "--overwrite").returncode == 0
    assert ".b.png.lutist-abcd1234307n" in names(tmp_path / "out")
    assert lutist("batch", "in/1.png", "-o", "out", "--overwrite").returncode == 0
    assert ".b.png.lutist-abcd1234307n" not in names(tmp_path / "out")


# Permissions of the results


def mode(path):
    """The permission bits of a file."""
    return path.stat().st_mode & 0o7777


@pytest.mark.parametrize("bits", [0o600, 0o640, 0o644, 0o664, 0o400, 0o755])
def test_a_result_is_no_more_open_than_its_input(lutist, picture, tmp_path, bits):
    source = picture("a.jpg", size=(30, 20))
    source.chmod(bits)
    mask = os.umask(0)
    os.umask(mask)
    result = tmp_path / "out/a.jpg"
    assert lutist("batch", "a.jpg", "-o", "out").returncode == 0
    assert mode(result) == bits & 0o666 & ~mask
    result.chmod(0o664)
    assert lutist("batch", "a.jpg", "-o", "out", "--overwrite").returncode == 0
    assert mode(result) == 0o664  # as somebody set it


def test_attributes_of_what_is_replaced_stay(lutist, picture, tmp_path):
    picture("a.png")
    result = picture("out/a.png", seed=2)
    try:
        os.setxattr(result, "user.rating", b"5")
    except OSError:
        pytest.skip("the file system has no attributes")
    assert lutist("batch", "a.png", "-o", "out", "--overwrite").returncode == 0
    assert os.getxattr(result, "user.rating") == b"5"


# Standard input and output


@pytest.mark.parametrize(
    "args",
    [
        ["batch", "-", "-o", "out"],
        ["batch", "a.png", "-o", "-"],
        ["batch", "a.png", "-o", "out", "--report", "-"],
        ["info", "-"],
        ["bench", "tables", "--json", "-"],
    ],
)
def test_a_dash_is_refused_in_one_line(lutist, picture, tmp_path, args):
    picture("a.png")
    done = lutist(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1 and "./-" in done.stderr
    assert names(tmp_path) == ["a.png"]


def test_files_that_are_called_dash(lutist, picture, tmp_path):
    picture("a.png").rename(tmp_path / "-")
    done = lutist("batch", "./-", "-o", "./-.png")
    assert done.returncode == 0, done.stderr
    assert names(tmp_path) == ["-", "-.png"]


def test_a_picture_on_standard_input(lutist, picture, tmp_path):
    source = picture("a.png")
    with source.open() as stdin:
        done = lutist("batch", "/dev/stdin", "-o", "out.png", stdin=stdin)
    assert done.returncode == 0, done.stderr
    assert np.array_equal(pixels(tmp_path / "out.png"), pixels(source))
    done = lutist("batch", "/dev/stdin", "-o", "o2.png", stdin=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr.startswith("lutist: /dev/stdin: is a pipe; put the picture into a file")


# The report


def test_a_report_is_no_input_and_no_result(lutist, picture, tmp_path):
    source = picture("a.png")
    before = source.read_bytes()
    os.link(source, tmp_path / "hard.json")
    for report, words in (
        ("out/a.png", "is the output of a.png"),
        ("out/../out/a.png", "'..' follows out"),
        ("./out//a.png", "is the output of a.png"),
        ("a.png", "is the input a.png"),
        ("hard.json", "is the input a.png"),
        ("new/../r.json", "'..' follows new"),
        (".", "folder"),
    ):
        done = lutist("batch", "a.png", "-o", "out", "--overwrite", "--report", report)
        assert done.returncode in (1, 2) and done.stdout == ""
        assert len(done.stderr.splitlines()) == 1 and words in done.stderr, report
        assert done.stderr.startswith("lutist: --report " + report), report
        assert done.returncode == 2 or report == "."
    assert source.read_bytes() == before
    assert names(tmp_path) == ["a.png", "hard.json"]


def test_a_report_makes_its_folder(lutist, picture, tmp_path):
    picture("a.png")
    done = lutist("batch", "a.png", "-o", "out", "--report", "days/1/r.json")
    assert done.returncode == 0, done.stderr
    assert names(tmp_path / "days/1") == ["r.json"]


def test_what_appears_in_a_report_s_place_is_kept(lutist, picture, tmp_path, script):
    picture("a.png")
    photo = picture("b.png")
    for appear, words in (
        ("symlink", "r.json: is a link, which is not replaced; name the file itself"),
        ("link", "r.json: already exists and is not a report; it is not replaced"),
    ):
        body = f"""
            import os
            os.{appear}({str(photo)!r}, {str(tmp_path / "r.json")!r})
            return None"""
        done = lutist(
            "batch", "a.png", "-o", "out", "--overwrite", "-s", script(body), "--report", "r.json"
        )
        assert done.returncode == 2
        assert words in done.stderr
        assert photo.read_bytes() == (tmp_path / "a.png").read_bytes()
        (tmp_path / "r.json").unlink()
    assert names(tmp_path) == ["a.png", "b.png", "look.py", "out"]


def test_a_report_whose_folder_vanished_says_so(lutist, picture, tmp_path, script):
    picture("a.png")
    body = f"""
        import shutil
        shutil.rmtree({str(tmp_path / "days")!r})
        return None"""
    done = lutist("batch", "a.png", "-o", "out", "-s", script(body), "--report", "days/r.json")
    assert done.returncode == 1
    assert "days/r.json: its folder or its temporary file was removed" in done.stderr
    assert names(tmp_path / "out") == ["a.png"]


# Other files that the program writes


def test_the_bench_writes_whole_files_through_no_link(lutist, picture, tmp_path):
    picture("a.png", size=(8, 8))
    other = tmp_path / "other.txt"
    other.write_text("mine")
    for option, name in (("--json", "b.json"), ("--plot", "b.svg")):
        (tmp_path / name).symlink_to(other)
        assert lutist("bench", "modes", "a.png", option, name).returncode == 2
        assert (tmp_path / name).is_symlink()
        (tmp_path / name).unlink()
    done = lutist("bench", "modes", "a.png", "--json", "b.json", "--plot", "b.svg")
    assert done.returncode == 0, done.stderr
    assert other.read_text() == "mine"
    assert json.loads((tmp_path / "b.json").read_text())["rows"]
    assert (tmp_path / "b.svg").read_text().endswith("</svg>\n")


@pytest.mark.parametrize("option", ["--json", "--plot"])
def test_the_bench_knows_early_where_it_cannot_write(lutist, picture, option):
    picture("a.png", size=(8, 8))
    for path, words in (("/dev/stdout", "stands for an open file"), ("no/x", "does not exist")):
        done = lutist("bench", "modes", "a.png", option, path)
        assert (done.returncode, done.stdout) == (1, "")
        assert len(done.stderr.splitlines()) == 1 and words in done.stderr
    assert os.path.islink("/dev/stdout")


def test_a_measurement_replaces_only_one_of_its_kind(lutist, picture, tmp_path):
    picture("a.png")
    photo = (tmp_path / "a.png").read_bytes()
    for option in ("--json", "--plot"):
        done = lutist("bench", "modes", "a.png", option, "a.png")
        assert done.returncode == 2
        assert "a.png: already exists" in done.stderr
        assert (tmp_path / "a.png").read_bytes() == photo
    (tmp_path / "rows.json").write_text('{\n  "version": "0.1.0"}')
    done = lutist("bench", "modes", "a.png", "--json", "rows.json")
    assert done.returncode == 0, done.stderr
    assert "rows" in json.loads((tmp_path / "rows.json").read_text())


def test_a_dry_run_leaves_an_earlier_report(lutist, picture, tmp_path):
    picture("a.png")
    assert lutist("batch", "a.png", "-o", "out", "--report", "r.json").returncode == 0
    report = (tmp_path / "r.json").read_text()
    done = lutist("batch", "a.png", "-o", "o2", "--dry-run", "--report", "r.json")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "r.json").read_text() == report


@pytest.mark.parametrize("stream", [0, 1, 2])
def test_a_closed_stream_is_no_folder(lutist_path, picture, tmp_path, stream):
    picture("a.png")
    command = [lutist_path, "batch", "a.png", "-o", "out"]
    done = subprocess.run(command, cwd=tmp_path, preexec_fn=lambda: os.close(stream), check=False)
    assert done.returncode == 0
    assert (tmp_path / "out" / "a.png").exists()


LOOK_OF_FILES = """
from typing import Annotated

from lutist import File, cube, data, asc_cdl_file, pipeline, tone

LEVEL = float(open(data("level.txt")).read())


@pipeline
def look(film: Annotated[str, File("*.cube *.png")] = "hald.png"):
    return [cube(film), cube("film.cube"), asc_cdl_file("grade.cc"), tone(lambda x: x * LEVEL)]
"""


@pytest.fixture
def look_of_files(lutist, tmp_path):
    """A look that reads a picture, a table, a CDL and a text; returns their names."""
    folder = tmp_path / "look"
    folder.mkdir()
    for name in ("hald.png", "film.cube"):
        done = lutist("export", "mono", "-o", folder / name, "--size", "2", "-q")
        assert done.returncode == 0, done.stderr
    (folder / "grade.cc").write_text(
        '<ColorCorrection id="x"><SOPNode><Slope>1 1 1</Slope><Offset>0 0 0</Offset>'
        "<Power>1 1 1</Power></SOPNode></ColorCorrection>"
    )
    (folder / "level.txt").write_text("0.5")
    (folder / "look.py").write_text(LOOK_OF_FILES)
    return ["hald.png", "film.cube", "grade.cc", "level.txt", "look.py"]


@pytest.mark.parametrize("options", [[], ["--isolate"]])
def test_what_the_look_reads_is_not_replaced(lutist, picture, tmp_path, look_of_files, options):
    """Not by its name, nor by a hard link to it, nor is a link to it."""
    folder = tmp_path / "look"
    kept = {name: (folder / name).read_bytes() for name in look_of_files}
    inputs = [picture(f"in/{name}.png") for name in look_of_files]
    other = picture("in/other.png")
    command = [*inputs, other, "-o", "look/{stem}", "--format", "png", "--overwrite",
               "-s", "look/look.py", *options]  # fmt: skip
    dry = lutist("batch", "--dry-run", *command)
    made = lutist("batch", *command)
    told = [sorted(done.stderr.splitlines()[:-1]) for done in (dry, made)]
    assert dry.returncode == 1 and told[0] == told[1]
    assert made.returncode == 1
    for name in look_of_files:
        told = f"lutist: look/{name}: would overwrite {folder / name}, which the look reads\n"
        assert told in made.stderr
    assert len(made.stderr.splitlines()) == len(look_of_files) + 1  # and the sum
    assert made.stdout == f"{other} -> look/other\n"
    os.link(folder / "film.cube", tmp_path / "hard.png")
    (tmp_path / "soft.png").symlink_to("look/hald.png")
    for name, why in ("hard", "would overwrite"), ("soft", "is a link to"):
        done = lutist("batch", other, "-o", f"{name}.png", "--overwrite", "-s", "look/look.py")
        assert (done.returncode, why in done.stderr) == (1, True)
        assert done.stderr.startswith(f"lutist: {name}.png: ")
    assert {name: (folder / name).read_bytes() for name in look_of_files} == kept


def test_nor_by_lutist_batch(lutist, picture, tmp_path, look_of_files):
    inputs = [str(picture(f"in/{name}.png")) for name in look_of_files]
    (tmp_path / "job.py").write_text(
        "import lutist\n"
        f"report = lutist.batch(lutist.load('look/look.py'), {inputs}, 'look/{{stem}}',\n"
        "                      format='png', overwrite=True)\n"
        "for item in report:\n"
        "    print(item.state, item.reason)\n"
    )
    kept = {name: (tmp_path / "look" / name).read_bytes() for name in look_of_files}
    done = lutist("run", "job.py")
    assert (done.returncode, done.stderr) == (0, "")
    folder = tmp_path / "look"
    assert done.stdout.splitlines() == [
        f"failed look/{name}: would overwrite {folder / name}, which the look reads"
        for name in look_of_files
    ]
    assert {name: (folder / name).read_bytes() for name in look_of_files} == kept
