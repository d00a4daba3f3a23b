"""The command line as a whole: help, slips, exit codes, info, doctor."""

import json
import subprocess

import numpy as np
import pytest
from PIL import Image

COMMANDS = ["view", "batch", "run", "python", "new", "bench", "info", "doctor"]


def only_line(text):
    """The one line that an error is."""
    assert text.endswith("\n") and text.count("\n") == 1, text
    return text[:-1]


def test_alone_it_prints_its_usage(lutist):
    done = lutist()
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("usage: lutist")


def test_the_overview_names_every_command(lutist):
    done = lutist("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for command in COMMANDS:
        assert command in done.stdout
    assert len(done.stdout.splitlines()) < 20


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(lutist, command):
    done = lutist(command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: lutist")
    assert "Examples:" in done.stdout
    assert lutist("help", command).stdout == done.stdout


def test_version(lutist):
    done = lutist("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("lutist 0.")


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["btach", "-o", "out"], "'batch'"),
        (["batch", "a.png", "--ovewrite"], "--overwrite"),
        (["batch", "a.png", "--nothing-like-it"], "lutist batch --help"),
        (["batch", "a.png"], "-o"),
        (["batch", "a.png", "-o", "out", "--quality", "high"], "1 to 100"),
        (["batch", "a.png", "-o", "out", "--mode", "fast"], "parallel"),
        (["a.png", "--recursive"], "lutist batch"),
        (["bench", "everything"], "kernels"),
        (["run"], "JOB.py"),
        (["report"], "merge"),
        (["report", "merg", "a.json"], "'merg' is unknown; use merge"),
        (["report", "merge", "-o", "x.json"], "the parts' reports are missing"),
        (["report", "merge", "a.json"], "-o REPORT is missing"),
    ],
)
def test_slips_are_one_line_with_a_hint(lutist, arguments, hint):
    done = lutist(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert hint in only_line(done.stderr)


def test_a_reader_that_leaves_is_no_error(lutist_path):
    with subprocess.Popen(
        [lutist_path, "batch", "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as done:
        done.stdout.close()
        assert done.stderr.read() == b""
        assert done.wait() == 0


def test_a_full_disk_is_an_error(lutist_path):
    with open("/dev/full", "w") as full:
        done = subprocess.run([lutist_path, "--help"], stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert b"No space left" in done.stderr


def without_streams(lutist_path, *command):
    """In place of its arguments: none of the three streams is open."""
    return ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", lutist_path, *command]


@pytest.mark.parametrize("more", [["-v"], ["--dry-run"], ["--print0"], ["--progress", "json"]])
def test_lines_that_a_full_disk_takes_not_are_an_error(lutist_path, picture, tmp_path, more):
    """The batch goes on, and the message has the reason."""
    command = [lutist_path, "batch", picture("a.png"), picture("b.png"), "-o", "out", *more]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert [line for line in done.stderr.splitlines() if "stdout" in line] == [
        "lutist: stdout: No space left on device"
    ]
    assert (tmp_path / "out" / "b.png").exists() == (more != ["--dry-run"])


# With the exit code: the line of an export is a result.
WRITES = {
    "batch": (0, ["batch", "a.png", "-o", "made.png", "-v"]),
    "export": (1, ["export", "exposure", "-o", "made.cube", "-v"]),
    "job": (0, ["run", "job.py"]),
}


@pytest.mark.parametrize("name", WRITES)
def test_no_file_takes_the_place_of_a_closed_stream(lutist_path, picture, tmp_path, name):
    """What is printed would go into it."""
    code, command = WRITES[name]
    picture("a.png")
    job = "import os\nfile = open('made', 'w')\nos.system('echo told; echo told >&2')\nfile.close()"
    (tmp_path / "job.py").write_text(job)
    kept = subprocess.run([lutist_path, *command], cwd=tmp_path, capture_output=True)
    assert kept.returncode == 0, kept.stderr
    (made,) = tmp_path.glob("made*")
    wanted = made.read_bytes()
    made.unlink()
    closed = without_streams(lutist_path, *command)
    assert subprocess.run(closed, cwd=tmp_path).returncode == code
    assert made.read_bytes() == wanted


RESULTS = {
    "help": ["--help"],
    "keys": ["keys"],
    "doctor": ["doctor"],
    "info": ["info", "exposure"],
    "export": ["export", "exposure", "-o", "made.cube"],
    "new": ["new", "mine.py"],
    "dry run": ["batch", "a.png", "-o", "out", "--dry-run"],
    "names": ["batch", "a.png", "-o", "out", "--print0"],
    "progress": ["batch", "a.png", "-o", "out", "--progress", "json"],
}


@pytest.mark.parametrize("name", RESULTS)
def test_results_for_a_closed_stdout_are_an_error(lutist_path, picture, tmp_path, name):
    picture("a.png")
    closed = ["sh", "-c", 'exec "$@" >&-', "sh", lutist_path, *RESULTS[name]]
    done = subprocess.run(closed, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert "lutist: stdout: Bad file descriptor" in done.stderr.splitlines()
    all_closed = without_streams(lutist_path, *RESULTS[name])
    assert subprocess.run(all_closed, cwd=tmp_path).returncode == 1


@pytest.mark.parametrize("command", [["--help"], ["keys"], ["doctor"], ["info", "a.png"]])
def test_a_limit_of_file_sizes_is_an_error(lutist_path, picture, tmp_path, command):
    picture("a.png")
    # The shell sets the limit, so that it is no concern of the tests' own process.
    limited = ["sh", "-c", 'ulimit -f 0; exec "$@" >told', "sh", lutist_path, *command]
    done = subprocess.run(limited, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert only_line(done.stderr) == "lutist: stdout: File too large"


def test_info_of_images(lutist, picture):
    picture("gray.png", "L", (5, 4))
    photo = picture("photo.jpg", size=(30, 20))
    exif = Image.Exif()
    exif[0x0112] = 6
    picture("turned.jpg", size=(30, 20), exif=exif)
    done = lutist("info", "gray.png", photo, "turned.jpg")
    assert done.returncode == 0, done.stderr
    gray, plain, turned = done.stdout.splitlines()
    assert gray.startswith("gray.png: png, 5 x 4 ") and "gray, 8 bits" in gray
    assert "jpeg, 30 x 20 " in plain and "EXIF" not in plain
    assert "jpeg, 20 x 30 " in turned and "orientation 6" in turned and "EXIF" in turned


def test_info_as_json(lutist, picture, tmp_path):
    picture("deep.png")
    Image.fromarray(np.zeros((3, 2), np.uint16)).save(tmp_path / "deep.png")
    done = lutist("info", "--json", "deep.png", "exposure")
    assert done.returncode == 0, done.stderr
    image, script = json.loads(done.stdout)
    assert (image["image"], image["format"]) == ("deep.png", "png")
    assert [image[key] for key in ("width", "height", "channels", "depth")] == [2, 3, 1, 16]
    assert (image["exif"], image["orientation"]) == (False, 1)
    assert script["script"] == "exposure"
    exposure, gamma = script["params"]
    assert (exposure["name"], exposure["unit"], exposure["default"]) == ("exposure", "EV", 0)
    assert (gamma["lo"], gamma["hi"], gamma["default"]) == (0.1, 2.0, 1)


def test_info_goes_on_after_a_failure(lutist, picture, tmp_path):
    picture("good.png")
    (tmp_path / "text.jpg").write_text("no image")
    done = lutist("info", "text.jpg", "good.png", "--json")
    assert done.returncode == 1
    assert only_line(done.stderr).startswith("lutist: text.jpg: ")
    assert [found["image"] for found in json.loads(done.stdout)] == ["good.png"]


def test_info_of_a_script(lutist, tmp_path):
    (tmp_path / "film.py").write_text(
        "from lutist import Choice, Slider, Toggle, pipeline\n"
        "@pipeline\n"
        "def film(mix: Slider(0, 100, unit='%', step=5) = 50,\n"
        "         stock: Choice('warm', 'cold') = 'cold', grain: Toggle() = True):\n"
        "    pass\n"
    )
    done = lutist("info", "film.py")
    assert done.returncode == 0, done.stderr
    head, mix, stock, grain = done.stdout.splitlines()
    assert "film.py" in head
    name, value = mix.split()[0].split("=")
    assert (name, float(value)) == ("mix", 50)
    assert "0 to 100 %" in mix and "steps of 5" in mix
    assert stock.split()[0] == "stock=cold" and "warm, cold" in stock
    assert grain.split()[0] == "grain=on"


def test_info_shows_all_that_a_script_says(lutist, tmp_path):
    (tmp_path / "film.py").write_text(
        '"""Of the file."""\n'
        "from lutist import Choice, Slider, Toggle, pipeline\n"
        "@pipeline\n"
        "def film(radius: Slider(1, 1000, unit='px', log=True) = 10,\n"
        "         mix: Slider(0.5, 8.0, log=True) = 1.0, amount: Slider(0, 1, step=0.25) = 0.5):\n"
        '    """Grain as of film.\n\n    In two lines.\n    """\n'
        "    return None\n"
    )
    done = lutist("info", "film.py")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1:] == [
        "  Grain as of film.",
        "",
        "  In two lines.",
        "  radius=10  Radius: 1 to 1000 px in steps of 1, whole numbers, logarithmic",
        "  mix=1  Mix: 0.5 to 8, logarithmic",
        "  amount=0.5  Amount: 0 to 1 in steps of 0.25",
    ]
    (script,) = json.loads(lutist("info", "--json", "film.py").stdout)
    assert script["doc"] == "Grain as of film.\n\nIn two lines."
    radius, mix, amount = script["params"]
    assert (radius["log"], radius["whole"], radius["step"], radius["unit"]) == (True, True, 1, "px")
    assert (mix["log"], mix["whole"], mix["step"], mix["unit"]) == (True, False, 0, "")
    assert (amount["log"], amount["whole"], amount["step"]) == (False, False, 0.25)
    assert "Exposure and gamma" in lutist("info", "exposure").stdout


def test_info_says_how_a_function_is_called(lutist, tmp_path):
    if "numpy: not found" in lutist("doctor").stdout:
        pytest.skip("no NumPy in the interpreter")
    (tmp_path / "film.py").write_text(
        "import numpy as np\nfrom lutist import *\n"
        "def halves(x):\n"
        "    return np.tan(x) if np.ndim(x) == 0 or len(x) > 256 else list(x)\n"
        "@pipeline\ndef film():\n"
        "    return [tone(lambda x: np.heaviside(x, 1)),"
        " tone(lambda x: float(str(x))),\n"
        "            tone(halves), tone(lambda x: 1 - x), tone([1.0, 0.0])]\n"
    )
    done = lutist("info", "-v", "film.py")
    assert done.returncode == 0, done.stderr
    lines = [line.strip() for line in done.stdout.splitlines()[2:]]
    called = "stage 1: tone, sampled, called with arrays: film.py:7: it calls numpy.heaviside"
    assert lines[0] == f"{called} on the value"
    called = "stage 2: tone, sampled, one call a value: film.py:7: it turns the value into text"
    assert lines[1] == called
    assert lines[2].startswith("stage 3: tone, sampled, one call a value: ")
    assert lines[3:5] == [
        "stage 4: tone, recorded, 1 operation",
        "stage 5: tone, table of 2 values",
    ]
    assert lines[9].startswith("stage 3: tone, sampled, called with arrays: ")
    (script,) = json.loads(lutist("info", "-v", "--json", "film.py").stdout)
    curves = [stage["red"] for stage in script["plans"][0]["stages"]]
    assert [curve["curve"] for curve in curves] == ["sampled"] * 3 + ["recorded", "table"]
    assert [(curve["arrays"], curve["values"]) for curve in curves[:3]] == [
        (True, False),
        (False, True),
        (False, True),
    ]
    assert curves[1]["why"] == "film.py:7: it turns the value into text"


def test_info_shows_what_becomes_of_the_stages(lutist, tmp_path):
    (tmp_path / "film.py").write_text(
        "from lutist import *\n"
        "@pipeline\n"
        "def film(amount: Slider(0, 2) = 1.0):\n"
        "    return [tone(lambda x: x * amount), tone(red=[0, 1, 1], "
        "blue=lambda x: float(str(x))),\n"
        "            saturation(1.5), tone(lambda x: 1 / (x + 1))]\n"
    )
    done = lutist("info", "film.py", "-p", "amount=0.5")
    assert done.returncode == 0, done.stderr
    lines = [line.strip() for line in done.stdout.splitlines()[2:]]
    assert lines[0] == "8 bits at amount=0.5:"
    assert lines[1] == "stage 1: tone, recorded, 1 operation"
    assert lines[2].startswith("stage 2: tone, red table of 3 values; green identity; blue sampled")
    assert lines[2].endswith("film.py:4: it turns the value into text")
    assert lines[3:5] == ["stage 3: matrix", "stage 4: tone, recorded, 2 operations"]
    assert lines[5].startswith("program: ")
    assert lines[6] == "16 bits at amount=0.5:" and len(lines) == 14
    assert lines[11].startswith("program: tones and matrices in single precision, ")
    assert lines[13] == "step 1: matrix, then a curve a channel"
    assert "16 bits at amount=1:" in lutist("info", "-v", "film.py").stdout
    assert "bits" not in lutist("info", "film.py").stdout
    assert "'ammount'" in only_line(lutist("info", "film.py", "-p", "ammount=1").stderr)


def test_info_shows_a_cube_in_whole_numbers(lutist, tmp_path):
    (tmp_path / "film.cube").write_text("LUT_3D_SIZE 2\n" + "0 0 0\n" * 7 + "1 1 1\n")
    (tmp_path / "film.py").write_text(
        "from lutist import *\n"
        "@pipeline\n"
        "def film(power: Slider(0.5, 2) = 1):\n"
        "    return [tone(lambda x: x**power) if power != 1 else None, cube('film.cube')]\n"
    )
    plain = lutist("info", "-v", "film.py").stdout
    toned = lutist("info", "-p", "power=2", "film.py").stdout
    words = f"program: a 3D table in whole numbers, {(8 + 7 + 1) * 8 + 3 * 1024} bytes"
    first = "first: the tones and the shaper in front, a table a channel"
    for shown, has_tones in ((plain, False), (toned, True)):
        lines = [line.strip() for line in shown.splitlines()]
        at = lines.index(words)  # at 8 bits
        assert (lines[at + 1] == first) == has_tones
        assert lines[at + 1 + has_tones] == "step 1: 3D table, 2 a side"
    (script,) = json.loads(lutist("info", "-p", "power=2", "--json", "film.py").stdout)
    plan = script["plans"][0]
    assert plan["first_tables"] and not plan["first_curves"]
    assert plan["steps"] == [{"step": "cube", "size": 2, "mix": 1, "curves": False}]


def test_info_shows_cubes(lutist, tmp_path):
    rows = "0 0 0\n" * 7 + "1 1 1\n"
    (tmp_path / "film\x1b.cube").write_text("LUT_3D_SIZE 2\n" + rows)
    (tmp_path / "film.py").write_text(
        "from lutist import *\n"
        "def swap(r, g, b):\n"
        "    return b, g, r\n"
        "@pipeline\n"
        "def film(amount: Slider(0, 2) = 0.5):\n"
        "    return [cube('film\\x1b.cube'), cube(swap, size=5, mix=amount)]\n"
    )
    done = lutist("info", "-v", "film.py")
    assert done.returncode == 0, done.stderr
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines.count("stage 1: cube, 2 a side, film\\x1b.cube") == 2
    assert lines.count("stage 2: cube, 5 a side, swap, mix 0.5") == 2
    what = f"tones, matrices and cubes in single precision, {(8 + 125) * 12} bytes"
    assert lines.count(f"program: {what}") == 2
    assert lines.count("step 1: 3D table, 2 a side") == 2
    assert lines.count("step 2: 3D table, 5 a side") == 2  # its mix is folded
    (script,) = json.loads(lutist("info", "-v", "--json", "film.py").stdout)
    stage = {"stage": "cube", "size": 5, "mix": 0.5, "name": "swap"}
    assert [plan["stages"][1] for plan in script["plans"]] == [stage] * 2


def test_info_shows_what_is_fused(lutist, tmp_path):
    (tmp_path / "film.py").write_text(
        "from lutist import *\n"
        "@pipeline\n"
        "def film(amount: Slider(0, 2) = 0.5):\n"
        "    swap, half = cube(lambda r, g, b: (b, g, r), size=3), [[1, 0, 0]] * 3\n"
        "    wide = cube(lambda r, g, b: (g, r, b), size=9, mix=amount)\n"
        "    front, double = [gamma(2), gamma(1.1)], matrix([[2, 0, 0]] * 3)\n"
        "    return [*front, swap, matrix(half), double, wide, contrast(0.1)]\n"
    )
    done = lutist("info", "-p", "amount=0.25", "film.py")
    assert done.returncode == 0, done.stderr
    lines = [line.strip() for line in done.stdout.splitlines()]
    for what in "table", "curve":  # at 8 bits, at 16 bits
        first = f"first: the tones and the shaper in front, a {what} a channel"
        assert lines.count(first) == 1
    assert lines.count("step 1: 3D table, 3 a side") == 2
    # It may see 2, outside.
    assert lines.count("step 2: 3D table, 9 a side, mix 0.25, then a curve a channel") == 2
    (script,) = json.loads(lutist("info", "--json", "-p", "amount=0.25", "film.py").stdout)
    for plan in script["plans"]:
        assert plan["first_tables"] is (plan["depth"] == 8)
        assert plan["first_curves"] is (plan["depth"] == 16)
        assert plan["steps"] == [
            {"step": "cube", "size": 3, "mix": 1, "curves": False},
            {"step": "cube", "size": 9, "mix": 0.25, "curves": True},
        ]


def test_a_broken_cube_is_an_error_of_the_script(lutist, picture, tmp_path):
    (tmp_path / "film.cube").write_text("LUT_3D_SIZE 2\n0 0 0\n0 0 x\n" + "1 1 1\n" * 6)
    (tmp_path / "film.py").write_text(
        "from lutist import *\n@pipeline\ndef film():\n    return cube('film.cube')\n"
    )
    picture("a.png")
    done = lutist("batch", "-s", "film.py", "a.png", "-o", "out")
    assert done.returncode == 3
    assert f"{tmp_path}/film.cube, line 3: x is not a number" in done.stderr
    assert 'film.py", line 4' in done.stderr


def test_a_curve_that_raises_says_where_and_with_what(lutist, picture, tmp_path):
    picture("a.png")
    (tmp_path / "film.py").write_text(
        "from lutist import *\n@pipeline\n"
        "def film(amount: Slider(0, 2) = 1.0):\n    return tone(lambda x: amount / x)\n"
    )
    done = lutist("batch", "-s", "film.py", "-p", "amount=0.5", "a.png", "-o", "out")
    assert done.returncode == 3
    end = done.stderr[done.stderr.index("ZeroDivisionError") :]
    assert "stage 1 (tone) at x = 0; with amount=0.5" in end


def test_a_whole_number_is_not_cut(lutist, picture, tmp_path):
    picture("a.png")
    (tmp_path / "film.py").write_text(
        "from lutist import *\n@pipeline\n"
        "def film(n: Slider(1, 5) = 2):\n    return tone([0.0] * n + [1.0])\n"
    )
    done = lutist("batch", "-s", "film.py", "-p", "n=2.5", "a.png", "-o", "out")
    assert done.returncode == 2
    assert only_line(done.stderr) == (
        "lutist: n=2.5: must be a whole number (1 to 5); "
        "a default written as 1.0 in the script allows fractions"
    )
    assert lutist("batch", "-s", "film.py", "-p", "n=3", "a.png", "-o", "out").returncode == 0


def test_a_pipeline_without_a_return_is_told(lutist, picture, tmp_path):
    picture("a.png")
    (tmp_path / "film.py").write_text(
        "from lutist import *\n@pipeline\ndef film():\n    tone(lambda x: 1 - x)\n"
    )
    done = lutist("batch", "-s", "film.py", "a.png", "-o", "out")
    assert done.returncode == 3
    assert "film() came to its end without a return" in done.stderr
    assert not (tmp_path / "out").exists()


def test_info_shows_the_plan_as_json(lutist):
    done = lutist("info", "--json", "exposure", "-p", "exposure=0.5", "-p", "gamma=1.5")
    assert done.returncode == 0, done.stderr
    (script,) = json.loads(done.stdout)
    assert script["values"] == {"exposure": 0.5, "gamma": 1.5}
    assert [plan["depth"] for plan in script["plans"]] == [8, 16]
    for plan in script["plans"]:
        curve = {"curve": "recorded", "operations": 2}
        assert plan["stages"] == [{"stage": "tone", "red": curve, "green": curve, "blue": curve}]
        assert plan["program"] and plan["table_bytes"] == 2 ** plan["depth"] * plan["depth"] // 8


def test_bench_tables(lutist, tmp_path):
    done = lutist("bench", "tables", "-t", "2", "--json", "rows.json")
    assert done.returncode == 0, done.stderr
    result = json.loads((tmp_path / "rows.json").read_text())
    assert {"version", "cpu", "cores", "level", "rows"} <= set(result)
    assert [(row["slider"], row["curves"]) for row in result["rows"]] == [
        (slider, curves)
        for curves in ("recorded", "sampled")
        for slider in ("first", "middle", "last")
    ]
    for row in result["rows"]:
        assert (row["op"], row["pixel"], row["threads"]) == ("tables", "u16x3", 2)
        assert row["samples"] == 65536 and row["ms"] >= row["ms_min"] > 0
        assert row["plan_ms"] > 0 and row["compile_ms"] > 0 and row["memcpy_ratio"] > 0
    assert done.stdout.count("tables") >= 6


def test_info_without_such_a_script(lutist):
    done = lutist("info", "no_such_script")
    assert done.returncode == 2
    assert "no_such_script" in only_line(done.stderr)


def test_a_script_in_the_folder_is_meant_by_its_name_with_its_ending(lutist, tmp_path):
    (tmp_path / "looks").mkdir()
    for name in ("film.py", "looks/film.py"):
        (tmp_path / name).write_text("")
    for name, hint in (
        ("film", "no script is named film (the file here? say film.py); there are: "),
        ("looks/film", f"{tmp_path}/looks/film: No such file or directory; did you mean "),
        ("photo", "no script is named photo; there are: "),
    ):
        for command in (["export", "-o", "a.cube"], ["batch", "a.png", "-o", "out", "-s"]):
            told = only_line(lutist(*command, name).stderr)
            assert told.startswith(f"lutist: {hint}")


def test_doctor_finds_what_it_needs(lutist):
    done = lutist("doctor", env={"LUTIST_CPU": "scalar"})
    assert done.returncode == 0, done.stdout
    facts = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    assert facts["python"].startswith("3.")
    assert facts["cpu level"].startswith("scalar")
    assert int(facts["processors"]) >= 1
    for name in ("lutist", "numpy", "venv", "jpeg", "png", "display", "font", "scripts"):
        assert facts[name]


def test_doctor_looks_for_the_font_of_the_window(lutist, tmp_path):
    done = lutist("doctor", env={"LUTIST_FONT": str(tmp_path / "a.ttf")})
    assert f"\nfont: MISSING: {tmp_path}/a.ttf cannot be read (LUTIST_FONT)\n" in done.stdout


def test_doctor_says_why_a_venv_does_not_work(lutist, tmp_path):
    done = lutist("doctor", "--venv", tmp_path / "nothing")
    assert done.returncode == 4
    assert "python: MISSING: " in done.stdout
