"""Completion in bash, zsh and fish: what the program answers, and what the shells make of it."""

import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[3]
FILES = ROOT / "assets/completion"
LOOK = """
from typing import Annotated
from lutist import Choice, Slider, Toggle, pipeline

print("noise")
open("ran", "w").close()
presets = {"Very warm": {"warmth": 1.0}}

@pipeline
def develop(
    tone: Annotated[str, Choice("cold blue", "sepia")] = "sepia",
    warmth: Annotated[float, Slider(0, 1)] = 0.5,
    border: Annotated[bool, Toggle()] = False,
):
    return []
"""


@pytest.fixture
def look(tmp_path):
    (tmp_path / "film.py").write_text(LOOK)
    (tmp_path / "photos").mkdir()
    (tmp_path / "photo.jpg").touch()
    (tmp_path / "table.csv").touch()


@pytest.fixture
def answers(lutist):
    """The words, and the patterns of files, that `lutist complete` prints."""

    def ask(*words, **more):
        done = lutist("complete", *words, **more)
        assert (done.returncode, done.stderr) == (0, "")
        return [
            line.rstrip("\t") if line[0] == "\t" else line.partition("\t")[0]
            for line in done.stdout.splitlines()
        ]

    return ask


def test_commands_and_files_come_first(answers):
    found = answers("")
    assert "\t*" in found and {"view", "batch", "doctor"} <= set(found)
    assert answers() == found
    assert "batch" not in answers("photo.jpg", "")
    assert "batch" in answers("help", "") and "\t*" not in answers("help", "")


@pytest.mark.parametrize("command", ["view", "batch", "export", "python", "keys", "info"])
def test_every_option_is_offered_with_its_text(lutist, command):
    done = lutist("complete", command, "-")
    offered = dict(line.split("\t") for line in done.stdout.splitlines())
    assert all(offered.values())
    text = lutist(command, "--help").stdout
    listed = re.findall(r"^  (?:(-.), |    )(--\S+)", text, re.M)
    assert set(offered) == {name for names in listed for name in names if name}


def choices(answers, command, option):
    return [word for word in answers(command, option, "") if word[0] != "\t"]


NEEDS = {"--intent": ["--convert", "srgb"], "--check": ["--resume"]}


def test_the_choices_of_options_are_those_of_the_program(lutist, answers, picture):
    picture("a.png")
    for option in re.findall(r"^      (--\S+) [A-Z0-9]", lutist("batch", "--help").stdout, re.M):
        if option == "--preset":  # the script's
            continue
        more = ["-o", "out", "--dry-run", *NEEDS.get(option, [])]
        for choice in choices(answers, "batch", option):
            done = lutist("batch", "a.png", *more, option, choice)
            no_device = choice == "opencl" and done.returncode == 4
            assert done.returncode == 0 or no_device, done.stderr
    for choice in choices(answers, "export", "--format"):
        kind = re.match("cube|png|tif", choice)[0]
        done = lutist(
            "export",
            "exposure",
            "--size",
            2,
            "--overwrite",
            "--format",
            choice,
            "-o",
            f"out.{kind}",
        )
        assert done.returncode == 0, done.stderr
    assert choices(answers, "batch", "--format") == ["jpeg", "png", "tiff", "webp", "jxl"]
    assert "single" in choices(answers, "batch", "--mode")
    assert answers("batch", "--format=") == [
        f"--format={w}" for w in answers("batch", "--format", "")
    ]


@pytest.mark.parametrize(
    ("words", "patterns"),
    [
        (["batch", "--params", ""], ["\t*.csv", "\t*.json"]),
        (["batch", "--convert", ""], ["\t*.icc"]),
        (["bench", "--plot", ""], ["\t*.svg"]),
        (["--follow", ""], ["\t/"]),
        (["batch", "-ro", ""], ["\t*"]),
        (["batch", "--quality", ""], []),
        (["run", ""], ["\t*.py"]),
        (["run", "job.py", "--any"], ["\t*"]),
        (["batch", "--", "-"], ["\t*"]),
        (["export", ""], ["\t*.py"]),
        (["keys", ""], []),
    ],
)
def test_files_are_of_the_right_kind(answers, words, patterns):
    assert [word for word in answers(*words) if word[0] == "\t"] == patterns


def test_letters_have_the_values_of_their_names(answers, look):
    def same(words, letter, name):
        short = answers(*words, letter, "")
        assert short == answers(*words, name, "") and short
        assert answers(*words, letter) == answers(*words, "-")
        return short

    assert "exposure" in same(["batch"], "-s", "--script")
    assert same(["batch"], "-o", "--output") == ["\t*"]
    assert "warmth=" in same(["batch", "-s", "film.py"], "-p", "--param")
    assert "-rsmono" in answers("batch", "-rsmon")
    assert answers("batch", "-j", "") == []


def test_scripts_are_the_users_too(answers, tmp_path):
    folder = tmp_path / "data/lutist/scripts"
    folder.mkdir(parents=True)
    (folder / "my_own.py").write_text("open('ran', 'w').close()")
    found = answers("batch", "-s", "", env={"XDG_DATA_HOME": tmp_path / "data"})
    assert {"\t*.py", "my_own", "mono", "exposure"} <= set(found)
    assert not (tmp_path / "ran").exists()


def test_scripts_of_packages_are_named_but_not_run(answers, tmp_path):
    env, info = tmp_path / "env", "acme-1.dist-info"
    subprocess.run(["/usr/bin/python3", "-m", "venv", "--without-pip", env], check=True)
    site = next(env.glob("lib/python3*/site-packages"))
    (site / info).mkdir()
    (site / info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1\n")
    (site / info / "entry_points.txt").write_text("[lutist.looks]\nportrait = acme\n")
    (site / "acme.py").write_text("open('ran', 'w').close()")
    assert "portrait" in answers("batch", "--venv", env, "-s", "")
    assert "portrait" in answers("batch", "-s", "", env={"VIRTUAL_ENV": str(env)})
    assert not (tmp_path / "ran").exists()


def test_parameters_presets_and_choices_are_the_scripts(answers, look, tmp_path):
    assert answers("batch", "-s", "film.py", "-p", "") == ["tone=", "warmth=", "border="]
    assert answers("batch", "-sfilm.py", "-p", "tone=") == ["tone=cold blue", "tone=sepia"]
    assert answers("export", "film.py", "-p", "border=") == ["border=on", "border=off"]
    assert answers("export", "film.py", "--preset", "") == ["Very warm"]
    assert "exposure=" in answers("batch", "photo.jpg", "-p", "")
    assert (tmp_path / "ran").exists()


def test_no_script_runs_that_the_line_does_not_name(answers, look, tmp_path):
    for words in (
        ["batch", "film.py", "-p", ""],
        ["-s", "film.py", "-"],
        ["run", "film.py", ""],
        ["batch", "-s", ""],
        ["export", "-p", ""],
    ):
        answers(*words)
    assert not (tmp_path / "ran").exists()


def test_a_failure_is_silent(answers, tmp_path):
    (tmp_path / "bad.py").write_text("print('noise')\nraise SystemExit('noise')")
    for script in "bad.py", "missing.py", "nothing":
        assert answers("batch", "-s", script, "-p", "") == []


@pytest.fixture
def path(lutist_path):
    return f"{lutist_path.resolve().parent}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture
def bash(path, tmp_path):
    """COMPREPLY for words as bash parts them; the last is completed."""

    def ask(*words):
        script = f"""source {FILES}/lutist.bash
            COMP_WORDS=(lutist {shlex.join(words)}); COMP_CWORD={len(words)}
            _lutist lutist {shlex.quote(words[-1])}; printf '%s\\n' "${{COMPREPLY[@]}}" """
        done = subprocess.run(
            ["bash", "--norc", "-uc", script],
            cwd=tmp_path,
            text=True,
            env={**os.environ, "PATH": path},
            capture_output=True,
            check=True,
        )
        assert done.stderr == ""
        return sorted(done.stdout.split("\n")[:-1])

    return ask


def test_bash(bash, look):
    assert bash("bat") == ["batch"]
    assert bash("batch", "--overw") == ["--overwrite"]
    assert {"-o", "-j", "--output", "--jobs"} <= set(bash("batch", "-"))
    assert bash("batch", "-o") == ["-o"]
    assert bash("batch", "-o", "ph") == ["photo.jpg", "photos"]
    assert bash("batch", "-rs", "mon") == ["mono"]
    assert bash("batch", "--format", "p") == ["png"]
    assert bash("batch", "--format", "=", "p") == ["png"]
    assert bash("batch", "--format", "=") == ["jpeg", "jxl", "png", "tiff", "webp"]
    assert bash("batch", "-s", "film.py", "-p", "to") == ["tone="]
    assert bash("batch", "-s", "film.py", "-p", "tone", "=", "c") == [r"cold\ blue"]
    assert bash("batch", "-s", "'film.py'", "-p", "tone", "=") == [r"cold\ blue", "sepia"]
    assert bash("batch", "-s", "film.py", "--preset", '"Ve') == ["Very warm"]
    assert bash("batch", "-s", "mon") == ["mono"]
    assert bash("batch", "-s", "fil") == ["film.py"]
    assert bash("batch", "ph") == ["photo.jpg", "photos"]
    assert bash("batch", "--params", "") == ["photos", "table.csv"]
    assert bash("batch", "--params", "=", "t") == ["table.csv"]
    assert bash("--follow", "ph") == ["photos"]


def typed(command, before, text, expected, **more):
    """Type at a shell's prompt; wait until the line that it shows has `expected`."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(more["cwd"])
        os.execvpe(command[0], command, more["env"])
    seen, deadline = "", time.monotonic() + PATIENCE
    os.write(terminal, before.encode())
    while expected not in re.sub(r"\x1b\[[?\d;]*\w|[^ -~]", "", seen):  # bells and colours
        assert time.monotonic() < deadline, seen
        if not select.select([terminal], [], [], 1)[0]:
            continue
        seen += os.read(terminal, 4096).decode(errors="replace")
        if text and "READY" in seen:
            os.write(terminal, text.encode())
            seen, text = "", ""
    os.close(terminal)
    os.waitpid(pid, 0)


def interactive(name, command, before):
    @pytest.mark.skipif(not shutil.which(name), reason=f"no {name}: ./dev test installs it")
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("lutist bat\t", "batch"),
            ("lutist batch --overw\t", "--overwrite"),
            ("lutist batch -s film.py -p war\t", "warmth="),
            ("lutist batch -s film.py -p tone=se\t", "tone=sepia"),
            ("lutist batch --params tab\t", "table.csv"),
        ],
    )
    def test(path, look, tmp_path, text, expected):
        env = {**os.environ, "PATH": path, "HOME": str(tmp_path), "TERM": "dumb", "PS1": "> "}
        typed(command, before, text, expected, cwd=tmp_path, env=env)

    return test


test_zsh = interactive(
    "zsh",
    ["zsh", "-f", "-i"],
    f"fpath=({FILES} $fpath); autoload -U compinit; compinit -u -D; echo REA''DY\n",
)


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash")
def test_bash_at_a_prompt(path, look, tmp_path):
    env = {**os.environ, "PATH": path, "HOME": str(tmp_path), "TERM": "dumb"}
    before = f"source {FILES}/lutist.bash; echo REA''DY\n"
    typed(
        ["bash", "--norc", "-i"],
        before,
        "lutist batch -s film.py -p tone=c\t",
        "tone=cold\\ blue",
        cwd=tmp_path,
        env=env,
    )


@pytest.mark.skipif(not shutil.which("fish"), reason="no fish: ./dev test installs it")
def test_fish(path, look, tmp_path):
    env = {**os.environ, "PATH": path, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}

    def ask(line):
        script = f"source {FILES}/lutist.fish; complete -C {shlex.quote(line)}"
        done = subprocess.run(
            ["fish", "-N", "-c", script],
            cwd=tmp_path,
            env=env,
            text=True,
            capture_output=True,
            check=True,
        )
        assert done.stderr == ""
        return done.stdout.splitlines()

    assert ask("lutist bat") == ["batch\tdevelop files without a window"]
    assert ask("lutist batch --overw")[0].startswith("--overwrite\treplace")
    assert ask("lutist batch -s film.py -p war") == ["warmth=\tWarmth"]
    assert ask("lutist batch -s film.py -p tone=se") == ["tone=sepia"]
    assert "photo.jpg" in ask("lutist batch ph")
    assert ask("lutist --follow ph")[0].startswith("photos/")
