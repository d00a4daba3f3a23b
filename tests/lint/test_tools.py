"""Other programs as checkers: clang-format, clang-tidy, cppcheck, ruff, shellcheck.

A tool that is missing is a failure: a check that is skipped in silence is no check.
"""

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from tree import FILES, ROOT, expect_none, files, read, texts

from tools import PYTHON, in_venv

CPPCHECK = (
    "--quiet",
    "--error-exitcode=1",
    "--enable=warning,performance,portability",
    "--std=c11",
    "--library=posix,gnu,python,sdl",
    "--inline-suppr",
    # Each stream has one reader; readdir_r, which it proposes, is deprecated.
    "--suppress=readdirCalled",
)


def need(name, find=shutil.which):
    """The path of a tool, or what `find` finds; fails where it is missing."""
    found = find(name)
    if not found:
        pytest.fail(f"{name} is missing: ./dev lint installs it", pytrace=False)
    return found


def clang_format(*names):
    return [
        need("clang-format"),
        "--dry-run",
        "-Werror",
        f"--style=file:{ROOT}/.clang-format",
        *names,
    ]


def cppcheck(*what):
    return [need("cppcheck"), *CPPCHECK, *what]


def ruff(command, *arguments):
    return [*need("ruff", in_venv), command, f"--config={ROOT}/ruff.toml", *arguments]


def shellcheck(*names):
    return [need("shellcheck"), *names]


def run(*command):
    return subprocess.run(
        command, cwd=ROOT, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def expect_silence(command):
    done = run(*command)
    if done.returncode != 0:
        name = command[2] if command[0] == str(PYTHON) else Path(command[0]).name
        pytest.fail(f"{name} finds:\n{done.stdout}", pytrace=False)


@cache
def build():
    """The build whose compile commands the C checkers read: $LUTIST_BUILD, else the newest."""
    given = os.environ.get("LUTIST_BUILD")
    found = [Path(given)] if given else list(ROOT.glob("build/*"))
    found = [path for path in found if (path / "compile_commands.json").exists()]
    assert found, "no compile_commands.json: run ./dev lint, or set LUTIST_BUILD"
    return max(found, key=lambda path: (path / "compile_commands.json").stat().st_mtime)


def commands():
    """{name: commands} of our files that this build compiles, some of them for two targets."""
    found = {}
    for entry in json.loads((build() / "compile_commands.json").read_text()):
        found.setdefault(Path(entry["file"]), []).append(entry["command"])
    found = {name: found[ROOT / name] for name in files(".c") if ROOT / name in found}
    assert len(found) > 100
    return found


def test_c_is_laid_out():
    expect_silence(clang_format(*files(".c", ".h")))


def test_python_is_laid_out():
    expect_silence(ruff("format", "--diff", "."))


def test_python_follows_the_rules():
    expect_silence(ruff("check", "--output-format=concise", "."))


SCRIPT = re.compile(r"""venv/bin/(?!python\b)\w+|\b(?:VENV|TOOLS) / "(?:bin/)?(?!python"|bin)\w+""")


def test_programs_of_the_environment_are_called_as_modules():
    """tools.py says why."""
    callers = texts(".py", under="tests/") | texts(".py", under="package/") | {"dev": read("dev")}
    expect_none(
        f"{name}: {found}" for name, text in callers.items() for found in SCRIPT.findall(text)
    )
    assert SCRIPT.search("build/venv/bin/" + "ruff format") and SCRIPT.search("TOOLS / " + '"ruff"')


def is_shell(name):
    with open(ROOT / name, "rb") as file:
        return file.readline().rstrip().endswith((b"/sh", b"/bash", b" sh", b" bash"))


def test_shell_follows_the_rules():
    scripts = list(filter(is_shell, FILES))
    assert {"dev", ".ci/run"} <= set(scripts)
    expect_silence(shellcheck(*scripts))


def test_cppcheck_finds_nothing():
    project = f"--project={build() / 'compile_commands.json'}"
    expect_silence(cppcheck(f"-j{os.cpu_count()}", project))


def fingerprint(compiled, base):
    """A digest of everything that clang-tidy's verdict on a file depends on: its text as
    compiled, with macros and comments, the commands, the tool and its configuration."""
    whole = hashlib.sha256(base.encode())
    for command in compiled:
        words = shlex.split(command)
        words[words.index("-o") + 1] = "-"
        text = run(*words, "-E", "-C", "-dD")
        assert text.returncode == 0, text.stdout
        whole.update(f"{command}\0{text.stdout}".encode())
    return whole.hexdigest()


# The analyzer takes three quarters of the time: ./dev lint and ./dev test --all have it.
CHECKS = [] if os.environ.get("LUTIST_ANALYZE") else ["--checks=-clang-analyzer-*"]


def tidy(name, compiled, base):
    """What clang-tidy finds in a file. Alone: two in one run make it see va_lists that are not
    there. A file that was clean is looked at again when it, or anything it sees, has changed."""
    clean = build() / "lint" / fingerprint(compiled, base)
    if clean.exists():
        return ""
    done = run("clang-tidy", "--quiet", *CHECKS, "-p", build(), name)
    if done.returncode != 0:
        return done.stdout
    clean.parent.mkdir(exist_ok=True)
    clean.touch()
    return ""


def test_clang_tidy_finds_nothing():
    base = run(need("clang-tidy"), "--version").stdout + str(CHECKS)
    base += "".join(read(name) for name in files(".clang-tidy"))
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        found = pool.map(lambda item: tidy(*item, base), commands().items())
        found = [text for text in found if text]
    if found:
        pytest.fail("\n".join(found), pytrace=False)


BAD_C = "int f(int n);\nint f(int n)\n{\n    int x[2]; x[0] = n;\n    return x[n ? 2 : 1];\n}\n"
BAD_PYTHON = "import os\ndef f(x=[]): return x\n"


@pytest.mark.parametrize(
    ("name", "text", "command", "told"),
    [
        ("a.c", BAD_C, clang_format, "clang-format-violations"),
        ("a.c", BAD_C, cppcheck, "[arrayIndexOutOfBounds"),
        ("a.py", BAD_PYTHON, lambda name: ruff("format", "--diff", name), "1 file would be"),
        ("a.py", BAD_PYTHON, lambda name: ruff("check", name), "B006"),
        ("a.sh", "#!/bin/sh\nrm $1\n", shellcheck, "SC2086"),
    ],
)
def test_the_tools_can_fail(tmp_path, name, text, command, told):
    (tmp_path / name).write_text(text)
    done = run(*command(str(tmp_path / name)))
    assert done.returncode != 0
    assert told in done.stdout


def test_clang_tidy_can_fail(tmp_path):
    (tmp_path / "a.c").write_text(BAD_C + "int *g(void)\n{\n    int *p = 0;\n    *p = 1;\n}\n")
    config = f"--config-file={ROOT / '.clang-tidy'}"
    done = run(need("clang-tidy"), "--quiet", config, str(tmp_path / "a.c"), "--", "-std=c11")
    assert done.returncode != 0
    assert "clang-analyzer-core.NullDereference,-warnings-as-errors" in done.stdout
