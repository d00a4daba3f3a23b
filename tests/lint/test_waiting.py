"""No test and no script sleeps for a fixed time: it polls a condition, up to a deadline.

tests/waiting.py is how tests wait. A sleep elsewhere stands in a `while` with a condition; in a
file of its own this loop looks at a clock, too. In a job or a script that a test writes the
test has the deadline.
"""

import ast
import re
import textwrap

import pytest
from tree import expect_none, read, texts

CLOCKS = {"monotonic", "perf_counter"}
NAPS = {"sleep", "usleep", "nanosleep", "clock_nanosleep", "SDL_Delay"}
IN_C = re.compile(rf"\b({'|'.join(sorted(NAPS))})\s*\(")
# A command that sleeps, in a shell script or among the words that a test runs.
IN_SHELL = re.compile(r"(^|[;&|({]|\bdo|\bthen|xdotool\b.*)\s*u?sleep\s+[\d.$]")
WHY = "waits without a condition; see tests/waiting.py"


def names(node):
    """The last part of what an expression names; None where it names nothing."""
    return getattr(node, "attr", getattr(node, "id", None))


def gives_way(node):
    """sleep(0), which only lets another thread have its turn."""
    if not isinstance(node, ast.Call) or names(node.func) not in NAPS:
        return False
    return [ast.unparse(argument) for argument in node.args] == ["0"]


def asks(node, own):
    """Is it a loop with a condition, and, in a file of its own, with a deadline?"""
    if not isinstance(node, ast.While) or isinstance(node.test, ast.Constant):
        return False
    return not own or any(names(inner) in CLOCKS for inner in ast.walk(node))


def naps(tree, own):
    """Line numbers of sleeps outside a loop that asks."""
    for node in ast.iter_child_nodes(tree):
        if names(node) in NAPS:
            yield node.lineno
        if not asks(node, own) and not gives_way(node):
            yield from naps(node, own)


def inner_texts(tree):
    """(line number, text) of the strings of a file; a formatted one with 0 for its values."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield (
                node.lineno,
                "".join(
                    getattr(part, "value", "0")
                    for part in node.values
                    if not isinstance(part, ast.FormattedValue)
                ),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def is_unasked(text):
    """Is it a program that sleeps without a condition?"""
    if IN_SHELL.search(text):
        return True
    if not IN_C.search(text):
        return False
    try:
        return any(naps(ast.parse(textwrap.dedent(text)), own=False))
    except SyntaxError:
        return True


def python_problems(name, text):
    tree = ast.parse(text)
    found = set(naps(tree, own=True))
    found |= {line for line, inner in inner_texts(tree) if is_unasked(inner)}
    yield from (f"{name}:{line}: {WHY}" for line in sorted(found))


def line_problems(name, text, pattern):
    for number, line in enumerate(text.splitlines(), 1):
        if pattern.search(line):
            yield f"{name}:{number}: {WHY}"


def problems(name, text):
    if name.endswith(".py"):
        return python_problems(name, text)
    return line_problems(name, text, IN_C if name.endswith((".c", ".h")) else IN_SHELL)


def sources():
    found = {"dev": read("dev"), **texts(".sh")}
    for folder in "tests/", "scripts/", "assets/":
        found.update(texts(".py", ".c", ".h", under=folder))
    del found["tests/lint/test_waiting.py"]
    return found


def test_nothing_waits_without_a_condition():
    found = sources()
    assert len(found) > 100
    expect_none(problem for name, text in found.items() for problem in problems(name, text))


POLL = "while not there():\n    assert time.monotonic() < end\n    time.sleep(0.1)\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", POLL),
        ("a.py", "time.sleep(0)"),
        ("a.py", "JOB = '''\nwhile closed():\n    time.sleep(0.1)\n'''"),
        ("a.py", '"falls asleep (soon), and a sleep of its own"'),
        ("a.c", "while (serve(queue))\n    count++; /* sleeps */"),
        ("a.sh", "echo sleep well"),
    ],
)
def test_what_asks_may_wait(name, text):
    assert list(problems(name, text)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", "time.sleep(0.3)"),
        ("a.py", "if ready():\n    sleep(wait)"),
        ("a.py", "while not there():\n    time.sleep(0.1)"),
        ("a.py", POLL.replace("not there()", "True")),
        ("a.py", "Process(target=time.sleep, args=(30,))"),
        ("a.py", "for _ in range(9):\n    time.sleep(0.1)"),
        ("a.py", "job('import time; time.sleep(2)')"),
        ("a.py", "job(f'import time; time.sleep({wait})')"),
        ("a.py", "run('sleep 3; ls', shell=True)"),
        ("a.c", "usleep(1000);"),
        ("a.c", "nanosleep (&while_it_runs, NULL);"),
        ("a.sh", "start & sleep 2"),
        ("dev", "xdotool key a sleep 0.3 key b"),
    ],
)
def test_hoping_is_told(name, text):
    lines = len(text.splitlines())
    found = list(problems(name, text))
    assert len(found) == 1 and found[0].endswith(WHY)
    assert 1 <= int(found[0].split(":")[1]) <= lines
