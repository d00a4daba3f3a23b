"""What the command line has begun lutist.batch carries on, and the other way round."""

import pytest

LOOK = """
from lutist import Choice, Color, Curve, File, Slider, Toggle, cube, pipeline, tone
import strength

@pipeline
def develop(
    k: Slider(0, 2) = 1.0,
    steps: Slider(0, 4) = 2,
    style: Choice("soft", "hard") = "soft",
    on: Toggle() = True,
    shape: Curve() = ((0, 0), (1, 1)),
    ink: Color() = (0, 0, 0),
    film: File("*.cube") = "",
):
    table = cube(film or f"{style}.cube")
    return [tone(lambda x: k * x * strength.MORE), table]

@pipeline
def other(k: Slider(0, 2) = 1.0):
    return tone(lambda x: k * x * strength.MORE)
"""
# Batches of one script, whose calls read other files, and then the one that counts.
JOB = """
import sys
import lutist
look, options = sys.argv[1], eval(sys.argv[2])
develop = lutist.load(look)
for style in ("soft", "hard") if "style" in develop.controls else ():
    lutist.batch(develop, "in", "aside", dry_run=True, style=style)
report = lutist.batch(develop, "in", "out", resume=True, **options)
assert report.ok, [item.reason for item in report.failed]
print(len(report.done), len(report.skipped))
"""
CUBE = "LUT_3D_SIZE 2\n" + "\n".join(
    f"{r} {g} {b}" for b in (0, "{}") for g in (0, 1) for r in (0, 1)
)


@pytest.fixture
def place(picture, tmp_path):
    """A script with a module and tables, and two pictures."""
    for i in range(2):
        picture(f"in/{i}.png", seed=i)
    (tmp_path / "look.py").write_text(LOOK)
    (tmp_path / "strength.py").write_text("MORE = 1.25\n")
    for name, top in (("soft", 1), ("hard", 0.5), ("given", 0.75)):
        (tmp_path / f"{name}.cube").write_text(CUBE.format(*[top] * 4))
    (tmp_path / "job.py").write_text(JOB)
    return tmp_path


@pytest.fixture
def ways(lutist, place):
    """by_command and by_python: how many files a run has done, and skipped."""

    def by_command(look, *options, **_):
        done = lutist("batch", "in", "-o", "out", "--resume", "-s", look, *options)
        assert done.returncode == 0, done.stderr
        written = len(done.stdout.splitlines())
        return written, 2 - written

    def by_python(look, *_, **options):
        done = lutist("run", "job.py", look, repr(options))
        assert done.returncode == 0, done.stderr
        return tuple(map(int, done.stdout.split()))

    return by_command, by_python


SETTINGS = [
    ("look.py", [], {}),
    (
        "look.py:develop",
        ["-p", "k=1/3", "-p", "steps=3", "-p", "style=hard", "-p", "on=off"],
        {"k": 1 / 3, "steps": 3, "style": "hard", "on": False},
    ),
    (
        "./look.py",
        ["-p", "shape=0,0 0.25,0.3 1,1", "-p", "ink=#102030", "-p", "film=given.cube"],
        {
            "shape": ((0, 0), (0.25, 0.3), (1, 1)),
            "ink": (16 / 255, 32 / 255, 48 / 255),
            "film": "given.cube",
        },
    ),
    (
        "look.py:other",
        ["--format", "jpeg", "--quality", "80", "--resize", "50%", "--strip", "--optimize"],
        {"format": "jpeg", "quality": 80, "resize": "50%", "strip": True, "optimize": True},
    ),
    ("mono", ["-p", "filter=red", "--convert", "srgb"], {"filter": "red", "convert": "srgb"}),
]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: " ".join(setting[1]) or "none")
@pytest.mark.parametrize("first", [0, 1], ids=["command first", "python first"])
def test_one_goes_on_where_the_other_has_stopped(ways, place, first, setting):
    look, words, options = setting
    one, other = ways[first], ways[1 - first]
    assert one(look, *words, **options) == (2, 0)
    assert other(look, *words, **options) == (0, 2)
    (place / "out" / ("1.jpg" if "--format" in words else "1.png")).unlink()
    assert other(look, *words, **options) == (1, 1)
    assert one(look, *words, **options) == (0, 2)


@pytest.mark.parametrize("first", [0, 1], ids=["command first", "python first"])
def test_what_has_changed_is_done_again(ways, place, first):
    one, other = ways[first], ways[1 - first]
    assert one("look.py") == (2, 0)
    assert other("look.py", "-p", "k=0.5", k=0.5) == (2, 0)
    assert one("look.py", "-p", "k=0.5", k=0.5) == (0, 2)
    for name, text in (("strength.py", "MORE = 1.5\n"), ("soft.cube", CUBE.format(*[0.9] * 4))):
        (place / name).write_text(text)
        assert other("look.py", "-p", "k=0.5", k=0.5) == (2, 0), name
        assert one("look.py", "-p", "k=0.5", k=0.5) == (0, 2), name
    assert other("look.py:other", "-p", "k=0.5", k=0.5) == (2, 0)


def test_tables_that_change_places_are_a_change(ways, place):
    """Their contents as a whole are the same."""
    for name in ("soft", "hard"):
        text = (place / "look.py").read_text()
        (place / "look.py").write_text(
            text.replace("return [", f"cube('{name}.cube')\n    return [")
        )
    by_command, by_python = ways
    assert by_command("look.py") == (2, 0)
    soft, hard, between = (place / f"{name}.cube" for name in ("soft", "hard", "between"))
    soft.rename(between)
    hard.rename(soft)
    between.rename(hard)
    assert by_python("look.py") == (2, 0)


def test_a_row_and_a_function_with_the_same_values(lutist, ways, place):
    """--params and per_image."""
    (place / "table.csv").write_text("file,k\n0.png,0.5\n1.png,1.5\n")
    (place / "rows.py").write_text(
        "import lutist\n"
        "choose = lambda info: {'k': 0.5 if '0.png' in info.path else 1.5}\n"
        "look = lutist.load('look.py')\n"
        "report = lutist.batch(look, 'in', 'out', resume=True, per_image=choose)\n"
        "print(len(report.done), len(report.skipped))\n"
    )
    by_command, _ = ways
    assert by_command("look.py", "--params", "table.csv") == (2, 0)
    assert lutist("run", "rows.py").stdout == "0 2\n"
    (place / "table.csv").write_text("file,k\n0.png,0.5\n1.png,1.25\n")
    assert by_command("look.py", "--params", "table.csv") == (1, 1)
    assert lutist("run", "rows.py").stdout == "1 1\n"


@pytest.mark.parametrize("isolate", [False, True])
@pytest.mark.parametrize("table", ["table.csv", "table.json"])
def test_a_file_that_one_row_leads_to(lutist, ways, place, table, isolate):
    """By a choice: only the script knows that the row reads it."""
    (place / "table.csv").write_text("file,style\n0.png,soft\n1.png,hard\n")
    (place / "table.json").write_text('[{"file": "1.png", "style": "hard"}]')
    (place / "rows.py").write_text(
        "import lutist\n"
        "choose = lambda info: {'style': 'soft' if '0.png' in info.path else 'hard'}\n"
        "look = lutist.load('look.py')\n"
        "report = lutist.batch(look, 'in', 'out', resume=True, per_image=choose)\n"
        "print(len(report.done), len(report.skipped))\n"
    )
    by_command, _ = ways
    options = "--params", table, *["--isolate"] * isolate
    assert by_command("look.py", *options) == (2, 0)
    assert lutist("run", "rows.py").stdout == "0 2\n"
    (place / "hard.cube").write_text(CUBE.format(*[0.6] * 4))
    assert by_command("look.py", "--dry-run", *options) == (1, 1)
    assert by_command("look.py", *options) == (1, 1)
    assert lutist("run", "rows.py").stdout == "0 2\n"
    (place / table).write_text((place / table).read_text().replace("hard", "soft"))
    assert by_command("look.py", *options) == (1, 1)
    (place / "hard.cube").write_text(CUBE.format(*[0.5] * 4))
    assert by_command("look.py", *options) == (0, 2)
