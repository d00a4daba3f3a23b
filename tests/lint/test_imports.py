"""What our Python may import: scripts run on a bare Python, and stand alone.

scripts/*.py are pipelines: the standard library and lutist, one file each; scripts/starter/ has
the one that `lutist new` copies. A job may have a folder of its own beside it in scripts/jobs/.
Third-party packages are imported inside functions or a `try`, so that a script says what is
missing instead of failing to load.
"""

import ast
import sys
from pathlib import PurePosixPath

import pytest
from tree import expect_none, texts

IMPORTS = (ast.Import, ast.ImportFrom)
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.Try)


def roots(node):
    """The top-level packages of an import statement; "." for one of the own package."""
    if isinstance(node, ast.ImportFrom):
        return {"." if node.level else node.module.partition(".")[0]}
    return {alias.name.partition(".")[0] for alias in node.names}


def at_load(node):
    """Packages that are imported whenever the module is."""
    found = set()
    for child in ast.iter_child_nodes(node):
        if isinstance(child, IMPORTS):
            found |= roots(child)
        elif not isinstance(child, SCOPES):
            found |= at_load(child)
    return found


def anywhere(tree):
    imports = (n for n in ast.walk(tree) if isinstance(n, IMPORTS))
    return set().union(*map(roots, imports))


def load_problems(name, text, own):
    for package in sorted(at_load(ast.parse(text)) - sys.stdlib_module_names - own):
        yield f"{name}: import {package} inside a function or a try, or do without"


def has_pipeline(tree):
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    decorators = (d for function in functions for d in function.decorator_list)
    return any(ast.unparse(d).endswith("pipeline") for d in decorators)


def pipeline_problems(name, text, scripts):
    tree = ast.parse(text)
    if not has_pipeline(tree):
        yield f"{name}: has no @pipeline; scripts/ is for pipelines, starter/ and jobs/"
    for package in sorted(anywhere(tree) & (scripts | {"."})):
        yield f"{name}: imports {package}; a script stands alone"
    yield from load_problems(name, text, {"lutist"})


def script_problems(sources):
    paths = [PurePosixPath(name) for name in sources]
    scripts = {path.stem for path in paths if len(path.parts) == 2} | {"jobs"}
    folders = {path.parts[2] for path in paths if len(path.parts) > 3}
    for name, text in sources.items():
        if name.count("/") == 1 or name.startswith("scripts/starter/"):
            yield from pipeline_problems(name, text, scripts)
        elif name.startswith("scripts/jobs/"):
            # What is written for Cython begins with its import.
            own = {"cython"} if name.endswith("_cython.py") else set()
            yield from load_problems(name, text, own | {"lutist", ".", *folders})
        else:
            yield f"{name}: scripts/ is for pipelines, starter/ and jobs/"


def test_scripts_run_on_a_bare_python():
    expect_none(script_problems(texts(".py", under="scripts/")))


def test_the_package_runs_on_a_bare_python():
    package = texts(".py", under="host/python/lutist/")
    assert len(package) > 5
    expect_none(p for name in package for p in load_problems(name, package[name], {".", "_lutist"}))


LOOK = "from lutist import pipeline\n\n\n@pipeline\ndef develop(): ...\n"


def test_good_scripts_pass():
    guarded = "try:\n    import numpy\nexcept ImportError:\n    numpy = None\n"
    inside = "import os.path\nimport lutist\nimport kit.part\n\ndef f():\n    import numba\n"
    sources = {
        "scripts/a.py": guarded + LOOK,
        "scripts/b.py": LOOK.replace("@pipeline", "@lutist.pipeline"),
        "scripts/starter/look.py": LOOK,
        "scripts/jobs/c.py": inside,
        "scripts/jobs/kit/part.py": "from . import other\n",
        "scripts/jobs/kit/other.py": "",
    }
    assert list(script_problems(sources)) == []


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("scripts/a.py", f"import numpy.linalg\n{LOOK}", "import numpy inside a function"),
        ("scripts/a.py", f"if True:\n    from PIL import Image\n{LOOK}", "import PIL inside"),
        ("scripts/a.py", f"from b import tint\n{LOOK}", "imports b; a script stands alone"),
        (
            "scripts/a.py",
            f"{LOOK}\n\ndef f():\n    from . import b\n",
            "imports .; a script stands alone",
        ),
        ("scripts/a.py", "def tint(): ...\n", "has no @pipeline"),
        ("scripts/jobs/a.py", "import numpy\n", "import numpy inside a function"),
        ("scripts/jobs/a.py", "import other\n", "import other inside a function"),
        ("scripts/lib/a.py", "", "scripts/ is for pipelines, starter/ and jobs/"),
    ],
)
def test_a_script_that_cannot_run_is_told(name, text, told):
    found = list(script_problems({"scripts/b.py": LOOK, "scripts/jobs/other.py": "", name: text}))
    assert any(told in problem for problem in found), found
