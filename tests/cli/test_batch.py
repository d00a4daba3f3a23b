"""lutist batch: exact pixels, no loss, and a message for every failure."""

import json
import os
import signal
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from waiting import PATIENCE, is_pending, until

MODES = ["RGB", "L", "RGBA", "LA"]


def develop(array, exposure=0.5, gamma=1.3, top=255):
    """What the bundled exposure script is by definition, in double precision."""
    values = (array / top * 2**exposure) ** (1 / gamma)
    return np.floor(np.clip(values, 0, 1) * top + 0.5)


def pixels(path):
    """The samples of a file."""
    return np.asarray(Image.open(path))


def temporary(folder):
    """Files that a killed or failed run left behind."""
    return [path for path in Path(folder).rglob("*") if ".lutist-" in path.name]


@pytest.fixture
def script(tmp_path):
    """Write a script of that body; returns its path."""

    def make(body, name="look.py"):
        path = tmp_path / name
        path.write_text(
            "from lutist import Slider, pipeline, tone\n"
            "@pipeline\n"
            "def look(a: Slider(0, 1) = 0.5):\n    " + body.replace("\n", "\n    ") + "\n"
        )
        return path

    return make


# Pixels


@pytest.mark.parametrize("mode", MODES)
def test_tones_are_exact(lutist, picture, tmp_path, mode):
    source = pixels(picture("a.png", mode))
    done = lutist("batch", "-p", "exposure=0.5", "-p", "gamma=1.3", "-o", "out", "a.png")
    assert (done.returncode, done.stdout) == (0, "a.png -> out/a.png\n")
    result = pixels(tmp_path / "out/a.png")
    wanted = develop(source)
    if mode in ("RGBA", "LA"):
        wanted[..., -1] = source[..., -1]
    assert np.array_equal(result, wanted)


def test_sixteen_bits_are_exact(lutist, tmp_path):
    source = np.random.default_rng(5).integers(0, 65536, (40, 50), dtype=np.uint16)
    Image.fromarray(source).save(tmp_path / "deep.png")
    done = lutist("batch", "-p", "exposure=0.5", "-p", "gamma=1.3", "-o", "out", "deep.png")
    assert done.returncode == 0, done.stderr
    assert np.array_equal(pixels(tmp_path / "out/deep.png"), develop(source, top=65535))


@pytest.mark.parametrize("mode", MODES)
def test_the_defaults_change_nothing(lutist, picture, tmp_path, mode):
    source = pixels(picture("a.png", mode))
    assert lutist("batch", "-o", "out", "a.png").returncode == 0
    assert np.array_equal(pixels(tmp_path / "out/a.png"), source)


def test_threads_and_cpu_levels_agree(lutist, picture, tmp_path):
    names = [
        str(picture(f"{i}.{ext}", mode, seed=i).name)
        for i, (ext, mode) in enumerate(
            [("png", mode) for mode in MODES] + [("jpg", "RGB"), ("jpg", "L")] * 3
        )
    ]
    ways = [
        (["-j", "1"], {}),
        (["-j", "8"], {}),
        (["-t", "1"], {}),
        (["-t", "3"], {}),
        (["--mode", "single"], {}),
        ([], {"LUTIST_CPU": "scalar"}),
        ([], {"LUTIST_CPU": "avx2"}),
    ]
    results = []
    for i, (options, env) in enumerate(ways):
        done = lutist("batch", *options, "-p", "gamma=0.7", "-o", f"o{i}", *names, env=env)
        assert done.returncode == 0, done.stderr
        results.append([(tmp_path / f"o{i}" / name).read_bytes() for name in names])
    assert all(result == results[0] for result in results)


def test_a_picture_of_many_strips(lutist, tmp_path):
    source = np.random.default_rng(2).integers(0, 256, (1900, 1001, 3), dtype=np.uint8)
    Image.fromarray(source).save(tmp_path / "big.png", compress_level=1)
    done = lutist("batch", "-p", "exposure=0.5", "-p", "gamma=1.3", "-o", "out", "big.png")
    assert done.returncode == 0, done.stderr
    assert np.array_equal(pixels(tmp_path / "out/big.png"), develop(source))


def test_quality_and_format(lutist, picture, tmp_path):
    picture("a.png", size=(200, 200))
    assert lutist("batch", "a.png", "-o", "lo", "--format", "jpeg", "--quality", 10).returncode == 0
    assert lutist("batch", "a.png", "-o", "hi", "--format", "jpeg", "--quality", 98).returncode == 0
    low, high = tmp_path / "lo/a.jpg", tmp_path / "hi/a.jpg"
    assert Image.open(low).format == "JPEG"
    assert low.stat().st_size * 3 < high.stat().st_size


def test_webp_stands_upright_and_keeps_what_it_carries(lutist, tmp_path):
    pixels_in = np.random.default_rng(4).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker"
    image = Image.fromarray(pixels_in)
    image.save(tmp_path / "a.webp", lossless=True, exif=exif)
    done = lutist("batch", "-o", "out", "a.webp", "--format", "png")
    assert done.returncode == 0, done.stderr
    result = Image.open(tmp_path / "out/a.png")
    assert np.array_equal(np.asarray(result), np.rot90(pixels_in, -1))
    assert result.getexif()[0x010F] == "Maker" and result.getexif().get(0x0112, 1) == 1


# Files that fail


def bad_files(folder, picture):
    """Files that fail, by name."""
    whole = picture("whole.jpg", size=(400, 300)).read_bytes()
    (folder / "whole.jpg").unlink()
    (folder / "short.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "empty.png").write_bytes(b"")
    (folder / "text.jpg").write_text("This is not a photograph.\n")
    (folder / "folder.png").mkdir()
    return ["short.jpg", "empty.png", "text.jpg", "missing.jpg", "folder.png"]


def test_bad_files_are_named_and_the_others_done(lutist, picture, tmp_path):
    bad = bad_files(tmp_path, picture)
    good = [picture(f"good{i}.png", seed=i).name for i in range(3)]
    done = lutist("batch", "-o", "out", good[0], *bad, *good[1:])
    assert done.returncode == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == good
    *errors, summary = done.stderr.splitlines()
    assert sorted(line.split(": ")[1] for line in errors) == sorted(bad)
    assert summary.startswith("lutist: 3 done, 5 failed")
    assert temporary(tmp_path) == []


def test_fail_fast_starts_nothing_more(lutist, picture, tmp_path):
    names = [picture(f"{i}.png", seed=i).name for i in range(4)]
    done = lutist("batch", "-j1", "--fail-fast", "-o", "out", names[0], "none.png", *names[1:])
    assert done.returncode == 1
    assert os.listdir(tmp_path / "out") == ["0.png"]
    assert "1 failed, 3 not done" in done.stderr
    assert "lutist: 3.png: not done" in done.stderr


def test_an_output_folder_that_cannot_be(lutist, picture):
    picture("a.png")
    done = lutist("batch", "a.png", "-o", "/proc/nothing/x")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 2
    assert done.stderr.startswith("lutist: a.png: ")


def test_too_many_pixels_are_refused(lutist, picture):
    picture("a.png", size=(100, 100))
    done = lutist("batch", "a.png", "-o", "out", "--max-pixels", 9999)
    assert done.returncode == 1
    assert "a.png: " in done.stderr
    assert lutist("batch", "a.png", "-o", "out", "--max-pixels", 10000).returncode == 0


def test_a_reader_that_leaves_does_not_end_the_work(lutist_path, picture, tmp_path):
    names = [picture(f"{i}.png", seed=i).name for i in range(5)]
    with subprocess.Popen(
        [lutist_path, "batch", "-o", "out", *names],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        run.stdout.close()
        assert run.stderr.read().startswith(b"lutist: 5 done")
        assert run.wait() == 0
    assert sorted(os.listdir(tmp_path / "out")) == names


# Names


def test_folders_keep_their_structure(lutist, picture, tmp_path):
    for name in ("p/a.png", "p/deep/er/b.png", "p/.hidden/c.png", "p/.d.png"):
        picture(name)
    (tmp_path / "p/loop").symlink_to(tmp_path / "p")
    (tmp_path / "p/notes.txt").write_text("not an image")
    done = lutist("batch", "-r", "p", "-o", "out")
    assert done.returncode == 0, done.stderr
    found = sorted(
        str(p.relative_to(tmp_path / "out")) for p in (tmp_path / "out").rglob("*") if p.is_file()
    )
    assert found == ["a.png", "deep/er/b.png"]


def test_a_second_run_does_not_take_the_first_one_s_results(lutist, picture, tmp_path):
    picture("a.png")
    for _ in range(2):
        done = lutist("batch", "-r", ".", "-o", "out", "--overwrite")
        assert (done.returncode, done.stdout) == (0, "./a.png -> out/a.png\n")
    assert os.listdir(tmp_path / "out") == ["a.png"]


def test_a_single_file_may_be_named(lutist, picture, tmp_path):
    picture("a.png")
    assert lutist("batch", "a.png", "-o", "new/b.jpg").returncode == 0
    assert Image.open(tmp_path / "new/b.jpg").format == "JPEG"


def test_templates(lutist, picture, tmp_path):
    for i in range(11):
        picture(f"p/{i:02}.png", seed=i)
    done = lutist("batch", "p", "-o", "{dir}/web/{index}-{stem}.jpg")
    assert done.returncode == 0, done.stderr
    assert sorted(os.listdir(tmp_path / "p/web"))[0] == "01-00.jpg"
    done = lutist("batch", "p", "-o", "{name}.jpg")
    assert done.returncode == 2
    assert "{name}" in done.stderr


def test_two_inputs_with_one_output_stop_everything(lutist, picture, tmp_path):
    picture("p/a.png")
    picture("q/a.png")
    done = lutist("batch", "p/a.png", "q/a.png", "-o", "out")
    assert done.returncode == 2
    for name in ("p/a.png", "q/a.png", "out/a.png"):
        assert name in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_script_among_the_images_stops_everything(lutist, picture, tmp_path):
    picture("a.png")
    done = lutist("batch", "a.png", "film.py", "-o", "out")
    assert done.returncode == 2
    told = "film.py: a script, not an image; to use it as the look: -s film.py"
    assert done.stderr == f"lutist: {told}\n"
    assert not (tmp_path / "out").exists()


def test_what_exists_is_kept_without_overwrite(lutist, picture, tmp_path):
    picture("a.png", seed=1)
    existing = picture("out/a.png", seed=2)
    before = existing.read_bytes()
    done = lutist("batch", "a.png", "-o", "out")
    assert done.returncode == 1
    assert "only --overwrite replaces it" in done.stderr.splitlines()[0]
    assert existing.read_bytes() == before
    assert lutist("batch", "a.png", "-o", "out", "--overwrite").returncode == 0
    assert existing.read_bytes() != before


@pytest.mark.parametrize("link", ["same", "hard", "folder"])
def test_an_input_is_never_written_to(lutist, picture, tmp_path, link):
    source = picture("a.png")
    before = source.read_bytes()
    (tmp_path / "out").mkdir()
    output = "out"
    if link == "same":
        output = "."
    elif link == "hard":
        (tmp_path / "out/a.png").hardlink_to(source)
    else:
        (tmp_path / "there").symlink_to(tmp_path)
        output = "there"
    done = lutist("batch", "a.png", "-o", output, "--overwrite", "-p", "exposure=1")
    assert done.returncode == 1
    assert "would overwrite its own input" in done.stderr
    assert source.read_bytes() == before


def test_names_that_are_not_utf_8(lutist_path, picture, tmp_path):
    name = os.fsencode(tmp_path) + b'/\xff"\\\n\xc3\xa9.png'
    os.rename(picture("a.png"), name)
    done = subprocess.run(
        [lutist_path, "batch", name, "-o", "out", "--report", "r.json"],
        cwd=tmp_path,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    (entry,) = json.loads((tmp_path / "r.json").read_text())["files"]
    assert os.fsencode(entry["input"]) == name
    assert os.path.exists(os.path.join(os.fsencode(tmp_path), os.fsencode(entry["output"])))


# Scripts and parameters


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("exposure=1.5", ["exposure", "1.5"]),
        ("exposure=much", ["exposure", "much"]),
        ("exposure=nan", ["exposure", "nan"]),
        ("gama=1", ["gama", "gamma", "exposure"]),
    ],
)
def test_bad_parameters_are_usage_errors(lutist, picture, tmp_path, setting, words):
    picture("a.png")
    done = lutist("batch", "a.png", "-o", "out", "-p", setting)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert all(word in done.stderr for word in words)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("return 1 / 0", ["ZeroDivisionError", "line 4"]),
        ("return tone(lambda x: x / 0)", ["ZeroDivisionError"]),
        ("return tone(lambda x: float('nan'))", ["a=0.5"]),
        ("return 'dark'", ["look()", "'dark'"]),
        ("return (", ["SyntaxError", "line 4"]),
    ],
)
def test_script_errors(lutist, picture, tmp_path, script, body, words):
    picture("a.png")
    done = lutist("batch", "a.png", "-o", "out", "-s", script(body))
    assert done.returncode == 3, done.stderr
    assert all(word in done.stderr for word in words), done.stderr
    assert temporary(tmp_path) == []
    assert not list(tmp_path.glob("out/*"))


def test_a_script_that_is_not_there(lutist, picture):
    picture("a.png")
    done = lutist("batch", "a.png", "-o", "out", "-s", "nothing_like_it")
    assert done.returncode == 2
    assert "nothing_like_it" in done.stderr


def test_a_script_may_change_folder_and_umask(lutist, picture, tmp_path, script):
    picture("p/a.png")
    look = script("import os; os.chdir('/'); os.umask(0o777)\nreturn None")
    look.write_text("import os; os.chdir('/'); os.umask(0o777)\n" + look.read_text())
    done = lutist("batch", "p", "-o", "out", "-s", "look.py", "--report", "r.json")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out/a.png").exists()
    assert json.loads((tmp_path / "r.json").read_text())["folder"] == str(tmp_path)


CHANGES = """
import atexit, os
from lutist import pipeline
NAMES = "OMP_NUM_THREADS", "GIVEN", "LEFT"
atexit.register(lambda: print("end", *map(os.environ.get, NAMES), *map(os.getenv, NAMES)))

def change():
    print("before", *map(os.environ.get, NAMES))
    os.environ.update(OMP_NUM_THREADS="1", GIVEN="changed")
    del os.environ["LEFT"]
    os.system("echo own $OMP_NUM_THREADS $GIVEN $LEFT")

change()

@pipeline
def look():
    change()
    return None
"""


def test_a_script_s_environment_is_its_own_while_it_runs(lutist, picture, tmp_path):
    """The file's code and each call of the pipeline begin with the environment of the host."""
    picture("a.png")
    (tmp_path / "look.py").write_text(CHANGES)
    words = "batch a.png -s ./look.py -o out -q".split()
    done = lutist(*words, env={"GIVEN": "a=b", "LEFT": "there"})
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    assert [line for line in told if line.startswith("before")] == ["before None a=b there"] * 2
    assert [line for line in told if line.startswith("own")] == ["own 1 changed"] * 2
    assert told[-1] == "end None a=b there None a=b there"


def test_an_error_keeps_its_kind_where_the_module_is_dropped(lutist, picture, tmp_path):
    """lutist's C half is known by more than its name in sys.modules."""
    picture("a.png")
    look = "import lutist, sys\ndel sys.modules['_lutist']\nraise lutist.ParameterError('told')\n"
    (tmp_path / "look.py").write_text(look)
    done = lutist(*"batch a.png -s ./look.py -o out".split())
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.endswith("told\n")


def test_a_pipeline_may_change_folder_and_umask(lutist, picture, tmp_path, script):
    """At each call: the second depth starts in the folder in which the first one ended."""
    picture("p/a.png")
    Image.fromarray(np.zeros((4, 4), np.uint16)).save(tmp_path / "p/deep.png")
    look = script("print(os.getcwd())\nos.chdir('/')\nos.umask(0o777)\nreturn None")
    look.write_text("import os\n" + look.read_text())
    done = lutist("batch", "p", "-o", "out", "-q", "-j1", "-s", "look.py", "--report", "r.json")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(tmp_path)] * 2
    assert all(path.stat().st_mode & 0o400 for path in (tmp_path / "out").iterdir())


def test_a_script_that_leaves_the_folder_does_not_hide_the_next(lutist, script):
    text = script("return None").read_text()
    script("", "a.py").write_text("import os; os.chdir('/')\n" + text)
    script("return None", "b.py")
    done = lutist("info", "a.py", "b.py")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_script_runs_once_a_depth(lutist, picture, tmp_path, script):
    for i in range(5):
        picture(f"p/{i}.png", seed=i)
    Image.fromarray(np.zeros((4, 4), np.uint16)).save(tmp_path / "p/deep.png")
    done = lutist("batch", "p", "-o", "out", "-q", "-s", script("print('called')\nreturn None"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("called") <= 2


# What it says


def test_a_pipe_gets_plain_lines(lutist, picture):
    names = [picture(f"{i}.png", seed=i).name for i in range(3)]
    done = lutist("batch", "-o", "out", *names)
    assert sorted(done.stdout.splitlines()) == [f"{name} -> out/{name}" for name in names]
    assert done.stderr.startswith("lutist: 3 done in ")
    assert "\r" not in done.stderr and "\x1b" not in done.stderr


def test_quiet_is_quiet(lutist, picture):
    picture("a.png")
    done = lutist("batch", "-q", "-o", "out", "a.png")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = lutist("batch", "-q", "-o", "out", "a.png")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("lutist: out/a.png: ")


def test_a_dry_run_writes_nothing(lutist, picture, tmp_path):
    picture("p/a.png")
    before = sorted(tmp_path.rglob("*"))
    done = lutist("batch", "p", "none.png", "-o", "out", "--dry-run")
    assert done.returncode == 1
    assert done.stdout == "p/a.png -> out/a.png\n"
    assert "none.png" in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_the_report_tells_all(lutist, picture, tmp_path):
    picture("a.png", size=(20, 10))
    done = lutist(
        "batch", "a.png", "none.png", "-o", "out", "-p", "gamma=1.3", "--report", "r.json"
    )
    assert done.returncode == 1
    report = json.loads((tmp_path / "r.json").read_text())
    assert report["params"] == {"exposure": 0, "gamma": 1.3}
    assert (report["done"], report["failed"], report["left"]) == (1, 1, 0)
    assert (report["pixels"], report["folder"]) == (200, str(tmp_path))
    good, bad = report["files"]
    assert (good["input"], good["output"], good["state"]) == ("a.png", "out/a.png", "done")
    assert (good["reason"], good["pixels"]) == (None, 200)
    assert (good["note"], good["damaged"]) == (None, False)
    assert (bad["state"], bad["pixels"]) == ("failed", 0)
    assert bad["reason"].startswith("none.png: ")
    assert temporary(tmp_path) == []


def test_only_a_report_is_replaced_by_a_report(lutist, picture, tmp_path):
    photo = picture("a.png")
    before = photo.read_bytes()
    done = lutist("batch", "a.png", "-o", "out", "--report", "a.png", "--overwrite")
    assert done.returncode == 2
    assert "a.png: " in done.stderr
    assert photo.read_bytes() == before
    for _ in range(2):
        done = lutist("batch", "a.png", "-o", "out", "--overwrite", "--report", "r.json")
        assert done.returncode == 0, done.stderr


# Interrupts


def start_slow_batch(lutist_path, picture, tmp_path, count=300):
    """A batch with many files left when its first file is done."""
    picture("big.png", size=(1800, 1500), compress_level=1)
    names = ["big.png"]
    for i in range(1, count):
        os.link(tmp_path / "big.png", tmp_path / f"{i}.png")
        names.append(f"{i}.png")
    run = subprocess.Popen(
        [lutist_path, "batch", "-j2", "-p", "gamma=1.3", "-o", "out", "--report", "r.json", *names],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    run.stdout.readline()
    return run


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_interrupt_finishes_what_is_running(lutist_path, picture, tmp_path, number):
    run = start_slow_batch(lutist_path, picture, tmp_path)
    run.send_signal(number)
    _, errors = run.communicate(timeout=PATIENCE)
    assert run.returncode == 130, errors
    report = json.loads((tmp_path / "r.json").read_text())
    assert report["left"] > 0 and report["failed"] == 0
    assert len(os.listdir(tmp_path / "out")) == report["done"]
    assert errors.count(": not done\n") == report["left"]
    for path in (tmp_path / "out").iterdir():
        Image.open(path).load()
    assert temporary(tmp_path) == []


def test_two_interrupts_drop_what_is_running(lutist_path, picture, tmp_path):
    run = start_slow_batch(lutist_path, picture, tmp_path)
    run.send_signal(signal.SIGINT)
    until(lambda: not is_pending(run.pid, signal.SIGINT))
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=PATIENCE)
    assert run.returncode == 130, errors
    for path in (tmp_path / "out").iterdir():
        Image.open(path).load()
    assert temporary(tmp_path) == []


def test_an_endless_script_can_be_interrupted(lutist_path, picture, tmp_path, script):
    picture("a.png")
    look = script("print('started', flush=True)\nwhile True: pass")
    run = subprocess.Popen(
        [lutist_path, "batch", "a.png", "-o", "out", "-s", look],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout.readline() == "started\n"
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=PATIENCE)
    assert (run.returncode, errors) == (130, "lutist: interrupted\n")
