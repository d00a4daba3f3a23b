"""info of tables and of ICC profiles."""

import json

import pytest

import icc_profiles as icc

ROWS = "".join(f"{r} {g} {b}\n" for b in (0, 1) for g in (0, 1) for r in (0, 1))
TABLES = {
    "adobe.cube": (
        f'TITLE "warm film"\nLUT_3D_SIZE 2\n{ROWS}',
        '"warm film", 3D table, 2 points a side, domain 0 to 1',
        [(3, 2, [0, 0, 0], [1, 1, 1])],
    ),
    "domain.cube": (
        f"LUT_3D_SIZE 2\nDOMAIN_MIN 0 -1 0\nDOMAIN_MAX 1 1 2.5\n{ROWS}",
        "3D table, 2 points a side, domain 0 to 1, -1 to 1, 0 to 2.5",
        [(3, 2, [0, -1, 0], [1, 1, 2.5])],
    ),
    "flat.CUBE": (
        "LUT_1D_SIZE 3\nLUT_1D_INPUT_RANGE -0.1 1.2\n0 0 0\n.5 .5 .5\n1 1 1\n",
        "1D table, 3 points, domain -0.1 to 1.2",
        [(1, 3, [-0.1] * 3, [1.2] * 3)],
    ),
    "both.cube": (
        f"LUT_1D_SIZE 2\nLUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 0 2\n0 0 0\n1 1 1\n{ROWS}",
        "1D table, 2 points, domain 0 to 1; then 3D table, 2 points a side, domain 0 to 2",
        [(1, 2, [0, 0, 0], [1, 1, 1]), (3, 2, [0, 0, 0], [2, 2, 2])],
    ),
    "odd.cube": (
        f'TITLE "a\x1b[2Jb"\nLUT_3D_SIZE 2\n{ROWS}',
        '"a\\x1b[2Jb", 3D table, 2 points a side, domain 0 to 1',
        [(3, 2, [0, 0, 0], [1, 1, 1])],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_tells_what_it_holds(lutist, tmp_path, name):
    text, told, tables = TABLES[name]
    (tmp_path / name).write_text(text)
    done = lutist("info", name)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{name}: {told}\n", "")
    (facts,) = json.loads(lutist("info", "--json", name).stdout)
    title = text.split('"')[1] if "TITLE" in text else None
    assert (facts["cube"], facts["title"]) == (name, title)
    keys = ("dimensions", "size", "lo", "hi")
    assert [tuple(table[key] for key in keys) for table in facts["tables"]] == tables


def test_a_broken_table_says_why(lutist, tmp_path):
    (tmp_path / "a.cube").write_text("LUT_3D_SIZE two\n")
    (tmp_path / "page.cube").write_text("<html>")
    done = lutist("info", "a.cube", "page.cube", "none.cube")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "lutist: a.cube, line 1: two is not a number",
        "lutist: page.cube: a web page is not read; see whether it was downloaded as it should",
        "lutist: none.cube: No such file or directory",
    ]


PROFILES = {
    "adobe.icc": (icc.adobe(), "Adobe RGB (1998), RGB, curves and a matrix", True),
    "gray.icm": (icc.gray(), "Gray, gray, a curve", True),
    "ink.icc": (icc.cmyk(), "Test inks, CMYK, tables", False),
    "scanner.ICC": (icc.rgb_table(5, back=False), "Table RGB, RGB, tables", False),
}


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_tells_what_it_is(lutist, tmp_path, name):
    data, told, two_way = PROFILES[name]
    (tmp_path / name).write_bytes(data)
    done = lutist("info", name)
    end = "" if two_way else ", one way only"
    words = f"{name}: ICC profile, {told}, {len(data)} bytes{end}\n"
    assert (done.returncode, done.stdout.lower(), done.stderr) == (0, words.lower(), "")
    (facts,) = json.loads(lutist("info", "--json", name).stdout)
    assert facts["two_way"] == two_way and facts["bytes"] == len(data)
    assert f"{facts['profile']}, {facts['space']}, {facts['form']}".lower() == told.lower()


def test_a_broken_profile_says_why(lutist, tmp_path):
    (tmp_path / "a.icc").write_bytes(b"text" * 100)
    done = lutist("info", "a.icc")
    assert (done.returncode, done.stderr) == (1, "lutist: a.icc: not an ICC profile\n")
