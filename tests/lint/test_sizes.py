"""How long files, lines and functions may be. Kernels and tables of data are long by nature."""

import ast
import collections
import posixpath
import statistics

from tree import expect_none, files, read, texts

FILE, HEADER, FUNCTION, MEDIAN, COLUMNS = 600, 120, 60, 12, 100
FOLDER = 20  # files of its own


def c_functions(text):
    """(first line of the signature, its line number, length) of each function in C that
    clang-format has laid out: the body begins and ends with a brace in the first column."""
    lines = text.splitlines()
    opened = None
    for i, line in enumerate(lines):
        if line == "{":
            opened = i
        elif line.startswith("}") and opened is not None:
            first = _signature(lines, opened)
            yield lines[first], first + 1, i + 1 - first
            opened = None


def _signature(lines, opened):
    """Where the declaration in front of a body starts: below the end of something else."""
    first = opened
    while first > 0 and not _ends_something(lines, first - 1):
        first -= 1
    return first


def _ends_something(lines, i):
    line = lines[i]
    last_of_macro = i > 0 and lines[i - 1].endswith("\\")
    return not line or line[0] in "#}" or line.endswith((";", "*/", "\\")) or last_of_macro


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield f"def {node.name}", node.lineno, node.end_lineno + 1 - node.lineno


def length_problems(name, text):
    most = HEADER if name.endswith(".h") else FILE
    length = text.count("\n")
    if length > most:
        yield f"{name}: {length} lines, may have {most}"


def width_problems(name, text):
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > COLUMNS:
            yield f"{name}:{number}: {len(line)} columns, may have {COLUMNS}"


def function_problems(name, text):
    functions = c_functions if name.endswith((".c", ".h")) else python_functions
    for what, number, length in functions(text):
        if length > FUNCTION:
            yield f"{name}:{number}: {length} lines, a function may have {FUNCTION}: {what}"


def folder_problems(names):
    for folder, count in collections.Counter(map(posixpath.dirname, names)).items():
        if count > FOLDER:
            yield f"{folder}: {count} files, a folder may have {FOLDER}"


def code():
    return {**texts(".c", ".h", ".py", ".pyi"), "dev": read("dev")}


def test_files_are_short():
    expect_none(p for name, text in code().items() for p in length_problems(name, text))


def test_folders_have_few_files():
    names = list(files(""))
    assert "dev" in names
    expect_none(folder_problems(names))
    assert list(folder_problems([f"a/{n}.c" for n in range(21)] + ["a/b/c"]))
    assert not list(folder_problems([f"a/{n}.c" for n in range(20)] + ["a/b/c"]))


def test_lines_are_short():
    expect_none(p for name, text in code().items() for p in width_problems(name, text))


def test_functions_are_short():
    sources = {name: text for name, text in code().items() if not name.startswith("kernels/")}
    del sources["dev"]
    expect_none(p for name, text in sources.items() for p in function_problems(name, text))


def test_the_median_function_is_short():
    lengths = [f[2] for name in files(".c", ".h", under="host/") for f in c_functions(read(name))]
    assert len(lengths) > 500
    assert statistics.median(lengths) <= MEDIAN


SAMPLE = """\
#include <stdio.h>
static const int table[] = {
    1,
};
struct Two {
    int x;
};

/* What it does. */
static inline int
add(int x,
    int y)
{
    if (x) {
        return y;
    }
    return x + y;
}

#define F(x) \\
    x
void none(void)
{
}
int after(void);
void one(void)
{
    none();
}
"""


def test_c_functions_are_measured():
    assert list(c_functions(SAMPLE)) == [
        ("static inline int", 10, 9),
        ("void none(void)", 22, 3),
        ("void one(void)", 26, 4),
    ]


def test_python_functions_are_measured():
    text = "class A:\n    @property\n    def one(self):\n        return 1\n\n\ndef two(): ...\n"
    assert sorted(python_functions(text)) == [("def one", 3, 2), ("def two", 7, 1)]


def test_what_is_too_long_is_told():
    long = "void f(void)\n{\n" + "    g();\n" * 58 + "}\n"
    assert list(function_problems("a.c", long)) == [
        "a.c:1: 61 lines, a function may have 60: void f(void)"
    ]
    assert list(function_problems("a.c", long.replace("    g();\n", "", 1))) == []
    assert list(function_problems("a.py", "def f():\n" + "    g()\n" * 60))
    assert list(length_problems("a.h", "\n" * 121)) == ["a.h: 121 lines, may have 120"]
    assert list(length_problems("a.c", "\n" * 601)) == ["a.c: 601 lines, may have 600"]
    assert list(length_problems("a.c", "\n" * 600)) == []
    assert list(width_problems("a.c", "\n" + "é" * 101)) == ["a.c:2: 101 columns, may have 100"]
    assert list(width_problems("a.c", "é" * 100)) == []
