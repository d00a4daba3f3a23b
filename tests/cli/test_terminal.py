"""Output on a terminal: names without control characters, lines that do not mix."""

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios

import pytest

NAMES = {
    "esc\x1b]0;title\x07.png": r"esc\x1b]0;title\a.png",
    "two\nlines.png": r"two\nlines.png",
    "c1\x9b31m.png": r"c1\u009b31m.png",
    "turned\u202egnp.png": r"turned\u202egnp.png",
    os.fsdecode(b"bad\xff.png"): r"bad\xff.png",
    "fine é 漢 \\.png": "fine é 漢 \\.png",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_one_clean_line(lutist, picture, name):
    picture(name)
    done = lutist("batch", name, "-o", "out")
    assert done.returncode == 0
    assert done.stdout == f"{NAMES[name]} -> out/{NAMES[name]}\n"
    again = lutist("batch", name, "-o", "out", "-v")
    assert again.returncode == 1
    assert f"lutist: out/{NAMES[name]}: already exists" in again.stderr
    assert all(line.startswith("lutist: ") for line in again.stderr.splitlines())
    assert all(ord(c) >= 32 or c == "\n" for c in again.stderr)
    assert lutist("info", name).stdout.startswith(f"{NAMES[name]}: png, ")


def test_what_is_no_picture_is_named_in_one_line(lutist, tmp_path):
    for name in NAMES:
        (tmp_path / name).write_bytes(b"not a picture")
        for command in (["info", name], ["batch", name, "-o", "out", "-q"]):
            done = lutist(*command)
            assert done.returncode == 1
            assert done.stderr.startswith(f"lutist: {NAMES[name]}: ")
            assert done.stderr.count("\n") == 1


LOOK = """from lutist import pipeline, tone

@pipeline
def look():
    return tone(lambda x: 1 - x)
"""


@pytest.mark.parametrize("options", [[], ["--isolate"]])
def test_a_script_may_have_any_name(lutist, picture, tmp_path, options):
    picture("photo.png", size=(5, 4))
    for name, shown in NAMES.items():
        script, title = name.replace(".png", ".py"), shown.removesuffix(".png")
        (tmp_path / script).write_text(LOOK)
        told = lutist("info", script, *options)
        assert (told.returncode, told.stderr) == (0, "")
        assert told.stdout.startswith(f"{title}: {tmp_path}/{title}.py\n")
        (facts,) = json.loads(lutist("info", "--json", script, *options).stdout)
        assert facts["script"] == script.removesuffix(".py")
        assert facts["path"] == str(tmp_path / script)
        batch = ["batch", "photo.png", "-o", "out.png", "--overwrite", "-s"]
        export = ["export", "-o", "a.cube", "--size", "2", "--overwrite"]
        for words in (batch, export):
            done = lutist(*words, script, *options)
            assert (done.returncode, done.stderr.count("Error")) == (0, 0), done.stderr
        assert f'TITLE "{title}"\n' in (tmp_path / "a.cube").read_text()
        (tmp_path / script).write_text("")
        told = lutist("info", script, *options).stderr
        assert told.startswith("lutist: ") and told.count("\n") == 1
        if "\n" not in name:  # an exception is told by its first line
            assert told == f"lutist: {title}.py: no function is marked with @pipeline\n"


def test_print0_gives_names_as_they_are(lutist_path, picture, tmp_path):
    for name in NAMES:
        picture(name, size=(5, 4))
    command = [lutist_path, "batch", *NAMES, "-o", "out", "-j", "1", "--print0"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    words = done.stdout.split(b"\0")
    assert words.pop() == b""
    assert words == [word for n in NAMES for word in (os.fsencode(n), os.fsencode(f"out/{n}"))]


def test_a_report_holds_every_name(lutist, picture, tmp_path):
    for name in NAMES:
        picture(name, size=(5, 4))
    lutist("batch", *NAMES, "-o", "out", "-j", "1", "--report", "report.json")
    report = json.loads((tmp_path / "report.json").read_text())
    names = [item["input"].encode("utf-8", "surrogateescape") for item in report["files"]]
    assert names == [os.fsencode(name) for name in NAMES]


def test_a_long_path_does_not_hide_the_reason(lutist, tmp_path):
    folder = "/".join(["d" * 200] * 18)
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "cut.png").write_bytes(b"not a picture")
    short = lutist("info", "cut.png", cwd=tmp_path / folder).stderr
    reason = short.removeprefix("lutist: cut.png: ")
    for command in (["info"], ["batch", "-o", "out", "-q"]):
        done = lutist(*command, f"{folder}/cut.png")
        assert done.returncode == 1
        assert done.stderr.startswith("lutist: dddd")
        assert done.stderr.endswith(f"/cut.png: {reason}")
        assert len(done.stderr) < 1100


def on_terminal(lutist_path, *args, cwd, columns, **env):
    """The output on a terminal of that many columns; 0: of unknown width."""
    control, terminal = pty.openpty()
    fcntl.ioctl(
        terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24 * bool(columns), columns, 0, 0)
    )
    env = {**os.environ, "TERM": "xterm", **env}
    child = subprocess.Popen(
        [lutist_path, *args],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    written = b""
    while True:
        try:
            chunk = os.read(control, 65536)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        written += chunk
    os.close(control)
    child.wait()
    return written.decode()


def status_lines(written):
    return re.findall(r"\r\x1b\[K(\d+/\d+[^\r\n]*)", written)


def screen(written):
    """The lines that are visible at the end."""
    return [re.split(r"\r\x1b\[K", line)[-1] for line in written.replace("\r\n", "\n").split("\n")]


@pytest.mark.parametrize(("columns", "env"), [(20, {}), (0, {"COLUMNS": "20"}), (200, {})])
def test_the_line_fits_the_terminal(lutist_path, picture, tmp_path, columns, env):
    for i in range(9):
        picture(f"{i}.png")
    written = on_terminal(
        lutist_path, "batch", ".", "-o", "out", cwd=tmp_path, columns=columns, **env
    )
    lines = status_lines(written)
    assert lines
    if columns == 200:
        assert all(line.endswith(" to go") for line in lines)
    else:
        assert all(len(line) < 20 for line in lines)
        assert len(max(lines, key=len)) == 19


def test_lines_do_not_run_together(lutist_path, picture, tmp_path):
    for i in range(9):
        picture(f"{i}.png")
    (tmp_path / "4.png").write_bytes(b"not a picture")
    written = on_terminal(lutist_path, "batch", ".", "-o", "out", "-v", cwd=tmp_path, columns=100)
    assert status_lines(written)
    lines = screen(written)
    assert lines.pop() == ""
    assert all(line.startswith("lutist: ") or " -> out/" in line for line in lines), lines
    assert sum(" -> out/" in line for line in lines) == 8
    assert not any("to go" in line for line in lines)
