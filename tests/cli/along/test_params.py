"""--params: a row of parameters a file."""

import json

import numpy as np
import pytest
from PIL import Image

LOOK = """from lutist import Choice, File, Slider, Toggle, pipeline, tone, cube

@pipeline
def look(
    gain: Slider(0, 2) = 1.0,
    way: Choice("as it is", "inverted") = "as it is",
    off: Toggle() = False,
    film: File("*.cube") = "",
):
    if off:
        return None
    return [
        tone(lambda x: gain * (1 - x if way == "inverted" else x)),
        cube(film) if film else None,
    ]
"""

CUBE = "LUT_3D_SIZE 2\n" + "".join(
    f"{red} {green} {blue}\n" for blue in (0, 1) for green in (0, 1) for red in (0, 1)
)


@pytest.fixture
def three(tmp_path):
    """Gray pictures of 100, in two folders."""
    (tmp_path / "look.py").write_text(LOOK)
    for name in ("in/a.png", "in/b.png", "in/more/c.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (5, 4), (100, 100, 100)).save(tmp_path / name)


def run(lutist, table, *args):
    return lutist("batch", "-r", "in", "-o", "out", "-s", "look.py", "--params", table, *args)


def values(folder):
    """The first sample of each result."""
    return {
        str(path.relative_to(folder)): int(np.asarray(Image.open(path)).flat[0])
        for path in sorted(folder.rglob("*.png"))
    }


TABLES = {
    "t.csv": "file,gain,way\nin/a.png,0.5,\nb.png,,inverted\n",
    "excel.csv": '\ufefffile;gain;way\r\n"in/a.png";0,5;\r\nb.png;;inverted\r\n',
    "named.csv": "sep=;\r\nfile;way;gain\r\na.png;;0,5\r\nb.png;inverted;\r\n;;\r\n",
    "t.json": '[{"file": "./in/a.png", "gain": 0.5, "way": null},\n'
    '{"file": "b.png", "way": "inverted"}]',
}


@pytest.mark.parametrize("name", TABLES)
def test_a_row_is_a_file_s(lutist, three, tmp_path, name):
    (tmp_path / name).write_text(TABLES[name])
    done = run(lutist, name)
    assert done.returncode == 0, done.stderr
    assert values(tmp_path / "out") == {"a.png": 50, "b.png": 155, "more/c.png": 100}
    assert f"{name}: 1 of 3 inputs have no row" in done.stderr


def test_the_other_values_are_those_of_the_command(lutist, three, tmp_path):
    (tmp_path / "t.csv").write_text("file,gain,off\na.png,0.5,\nb.png,,on\n")
    done = run(lutist, "t.csv", "-p", "gain=2")
    assert done.returncode == 0, done.stderr
    assert values(tmp_path / "out") == {"a.png": 50, "b.png": 100, "more/c.png": 200}


def test_a_row_without_input_is_told(lutist, three, tmp_path):
    (tmp_path / "t.csv").write_text("file,gain\nin/none.png,1\na.png,1\n")
    done = run(lutist, "t.csv")
    assert done.returncode == 0
    assert "lutist: t.csv, line 2: in/none.png is none of the inputs\n" in done.stderr


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("file,gain\na.png,1\nb.png,3\n", "line 3: gain"),
        ("file,gain\na.png,much\n", "line 2: gain"),
        ("file,gian\n\na.png,1\n", "line 3: look has no parameter 'gian'"),
        ("file,a=b\na.png,1\n", "line 2: 'a=b' is not the name of a parameter"),
        ("name,gain\na.png,1\n", "line 1: there is no column 'file'"),
        ("file,gain,gain\na.png,1,1\n", "line 1: two columns are named gain"),
        ("file,\na.png,1\n", "line 1: column 2 has no name"),
        ("sep=;\nfile;gain\na.png;1\nb.png;3\n", "line 4: gain"),
        ("file,gain\na.png\n", "line 2: it has 1 fields, and the first line 2"),
        ("file,gain\n,1\n", "line 2: it names no file (file)"),
        ("file,gain\na.png,1\nin/a.png,1\n", "line 3: in/a.png has a row already, in line 2"),
        ('file,gain\n"a.png,1\n', "line 2: a quote is not closed"),
        ("file,way\na.png,sideways\n", "line 2: way"),
        ("file,film\na.png,none.cube\n", "line 2: film"),
        ("file,gain\n", "has no row"),
        ("", "has no row"),
    ],
)
def test_tables_that_will_not_do(lutist, three, tmp_path, table, reason):
    (tmp_path / "t.csv").write_text(table)
    done = run(lutist, "t.csv")
    assert done.returncode == 2, done.stderr
    told = done.stderr.splitlines()[-1]
    assert told.startswith("lutist: t.csv") and reason in told, told
    assert not (tmp_path / "out").exists()


def test_a_table_of_many_columns(lutist, three, tmp_path):
    names = ",".join(f"c{i}" for i in range(100_000))
    (tmp_path / "t.csv").write_text(f"file,{names},c7\n")
    done = run(lutist, "t.csv")
    assert done.returncode == 2 and "line 1: two columns are named c7" in done.stderr


def test_json_with_a_byte_order_mark(lutist, three, tmp_path):
    (tmp_path / "t.json").write_text('\ufeff[{"file": "a.png", "gain": 0}]', "utf-8")
    assert run(lutist, "t.json").returncode == 0
    assert values(tmp_path / "out")["a.png"] == 0


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("{}", "line 1: must be a list of objects"),
        ('[\n{"file": "a.png"},\n5]', "line 3: must be a list of objects"),
        (
            '[{"file": "a.png",\n"gain": [1]}]',
            "line 2: gain: must be a text, a number, true, false",
        ),
        ('[{"file": "a.png",\n"gain": 0.5.}]', "line 2: this is not JSON"),
        ('[{"gain": 1}]', "line 1: it names no file"),
        ('[{"file": "a.png"}] 1', "line 1: something follows the list"),
        ('[{"file": "a.png",\n\n"gain": 7}]', "line 1: gain"),
        ("[]", "has no row"),
        ("\0", "line 1: a NUL byte"),
    ],
)
def test_json_that_will_not_do(lutist, three, tmp_path, table, reason):
    (tmp_path / "t.json").write_text(table)
    done = run(lutist, "t.json")
    assert done.returncode == 2 and f"t.json, {reason}" in done.stderr.replace(
        "t.json: has", "t.json, has"
    )
    assert not (tmp_path / "out").exists()


def test_a_name_of_several_inputs(lutist, three, tmp_path):
    (tmp_path / "in/more/c.png").rename(tmp_path / "in/more/a.png")
    (tmp_path / "t.csv").write_text("file,gain\na.png,1\n")
    done = run(lutist, "t.csv")
    assert done.returncode == 2
    assert "line 2: a.png is the name of several inputs; write its path" in done.stderr


def test_a_missing_table(lutist, three):
    done = run(lutist, "none.csv")
    assert done.returncode == 2 and "none.csv: No such file" in done.stderr


def test_a_changed_row_is_done_again(lutist, three, tmp_path):
    def states(table):
        (tmp_path / "t.csv").write_text(table)
        done = run(lutist, "t.csv", "--resume", "--progress", "json", "-q")
        assert done.returncode == 0, done.stderr
        told = [json.loads(line) for line in done.stdout.splitlines()]
        assert told[-1]["bytes"] == told[-1]["bytes_total"]
        return {o["input"]: o["state"] for o in told if o["event"] == "file"}

    first = states("file,gain\na.png,0.5\nb.png,2\n")
    assert set(first.values()) == {"done"} and len(first) == 3
    assert set(states("file,gain\nb.png,2\na.png,0.5\n").values()) == {"skipped"}
    again = states("file,gain\nb.png,1.5\na.png,0.5\n")
    assert again == {"in/a.png": "skipped", "in/b.png": "done", "in/more/c.png": "skipped"}
    done = run(lutist, "t.csv", "--resume", "--dry-run")
    assert "0 would be written, 3 skipped" in done.stderr


def test_a_changed_file_of_a_row_is_seen(lutist, three, tmp_path):
    dark = "LUT_3D_SIZE 2\n" + "0 0 0\n" * 8
    (tmp_path / "film.cube").write_text(dark)
    (tmp_path / "t.csv").write_text("file,film\na.png,film.cube\n")
    assert "3 done" in run(lutist, "t.csv", "--resume").stderr
    assert values(tmp_path / "out")["a.png"] == 0
    assert "3 skipped" in run(lutist, "t.csv", "--resume").stderr
    (tmp_path / "film.cube").write_text(dark.replace("0 0 0", "1 1 1"))
    assert "1 done, 2 skipped" in run(lutist, "t.csv", "--resume").stderr
    assert values(tmp_path / "out")["a.png"] == 255


@pytest.mark.parametrize("options", [["--isolate"], ["--convert", "srgb"], ["--mode", "python"]])
def test_rows_in_every_way(lutist, three, tmp_path, options):
    (tmp_path / "t.csv").write_text("file,gain\na.png,0.5\nb.png,2\n")
    done = run(lutist, "t.csv", *options)
    assert done.returncode == 0, done.stderr
    assert values(tmp_path / "out") == {"a.png": 50, "b.png": 200, "more/c.png": 100}


def test_many_looks_at_once(lutist, tmp_path):
    """More looks than the batch keeps programs of."""
    (tmp_path / "look.py").write_text(LOOK)
    (tmp_path / "in").mkdir()
    rows = ["file,gain"]
    for i in range(60):
        Image.new("RGB", (3, 2), (100, 100, 100)).save(tmp_path / f"in/{i}.png")
        rows.append(f"{i}.png,{i % 20 / 10}")
    (tmp_path / "t.csv").write_text("\n".join(rows))
    assert run(lutist, "t.csv", "-j", "4").returncode == 0
    found = values(tmp_path / "out")
    assert found == {f"{i}.png": i % 20 * 10 for i in range(60)}


def test_a_table_that_is_added_does_its_own_rows_again(lutist, three, tmp_path):
    """Whoever had the values before, by -p or by a row, is not done again."""
    (tmp_path / "film.cube").write_text(CUBE)
    plain = ("batch", "-r", "in", "-o", "out", "-s", "look.py", "--resume")
    values = ("-p", "gain=0.5", "-p", "film=film.cube")
    assert len(lutist(*plain, *values).stdout.splitlines()) == 3
    (tmp_path / "t.csv").write_text("file,gain\na.png,\nb.png,0.5\nc.png,0.25\n")
    done = lutist(*plain, *values, "--params", "t.csv")
    assert done.stdout == "in/more/c.png -> out/more/c.png\n", done.stderr
    (tmp_path / "u.csv").write_text("file,gain\na.png,0.5\nb.png,0.5\nc.png,0.25\n")
    done = lutist(*plain, "-p", "gain=2", "-p", "film=film.cube", "--params", "u.csv")
    assert done.stdout == "" and "3 skipped" in done.stderr
    done = lutist(*plain, *values)
    assert done.stdout == "in/more/c.png -> out/more/c.png\n"
    (tmp_path / "film.cube").write_text(CUBE.replace("1 1 1", "0.9 1 1"))
    assert len(lutist(*plain, *values, "--params", "t.csv").stdout.splitlines()) == 3
