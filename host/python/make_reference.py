"""Print docs/reference.md: the stubs' signatures and the docstrings of all that is public.

lutist run host/python/make_reference.py >docs/reference.md
"""

import ast
import importlib
import inspect
import re
from pathlib import Path

import lutist
import lutist.dask

STUBS = Path(__file__).resolve().parent / "lutist"
WIDTH = 96

INTRODUCTION = """\
# Reference

All that `import lutist` offers. Made from the docstrings and the type stubs by
`lutist run host/python/make_reference.py`; [scripting.md](scripting.md) is the way in.

Values of samples are normalised: 0.0 is black and 1.0 is white. Path means `str`, `bytes` or
`os.PathLike`. Look is what a pipeline returns: a stage, a nested list of stages, or None.
"""

# Sections: a title, and names, or the module whose names they are.
SECTIONS = (
    ("Looks", ("pipeline", "Pipeline", "load", "data")),
    ("Controls", ("Slider", "Choice", "Toggle", "File", "Curve", "Color", "Annotated")),
    ("Stages", ("tone", "matrix", "cube", "Stage", "where")),
    ("Light", "adjustments.light"),
    ("Curves", "adjustments.curves"),
    ("Display", "adjustments.display"),
    ("Colour", "adjustments.color"),
    ("Colour temperature", "adjustments.color_temperature"),
    ("Grading", "adjustments.grading"),
    ("Toning", "adjustments.toning"),
    (
        "Images and jobs",
        ("open", "Image", "batch", "Report", "PictureInfo", "ExportReport", "MODES"),
    ),
    ("Errors", None),
)


def names_of(group):
    """The public names of a section."""
    if group is None:
        return [n for n in lutist.__all__ if n.endswith("Error")]
    return lutist._LATER[group] if isinstance(group, str) else group


def stub(name):
    """{name: its definition} in a stub."""
    body = ast.parse((STUBS / name).read_text()).body
    body += [inner for node in body if isinstance(node, ast.If) for inner in node.body]
    return {n.name: n for n in body if isinstance(n, (ast.FunctionDef, ast.ClassDef))}


def signature(node, name):
    """name(parameters) -> type, on lines of their own where it is long."""
    if not isinstance(node, ast.FunctionDef):
        return name
    receiver = node.args.posonlyargs or node.args.args
    if receiver and receiver[0].arg in ("self", "cls"):
        del receiver[0]
    result = f" -> {shown(node.returns)}"
    parts = re.sub(r"(: [^=]+?)=", r"\1 = ", shown(node.args).removeprefix("/, "))
    if len(name + parts + result) + 2 <= WIDTH:
        return f"{name}({parts}){result}"
    return f"{name}(\n    " + ",\n    ".join(split(parts)) + f",\n){result}"


def shown(node):
    """The source of an annotation or of parameters, without the stub's own aliases."""
    text = ast.unparse(node)
    for own, plain in ALIASES.items():
        text = text.replace(own, plain)
    return text


ALIASES = {
    "str | bytes | PathLike[str]": "Path",
    "_Path | _Source": "Path | file",
    "_Path | _Sink": "Path | file",
    "_Path": "Path",
    "_Curve": "Callable | Table",
    "_Cube": "Path | Callable | Array",
    "_Channels": "float | Sequence[float]",
    "_Pixels": "Image | Array",
    "_Item": "Item",
    "_Shown": "Image | Array",
}


def split(parameters):
    """Parameters apart, but not at a comma inside brackets."""
    parts, depth = [""], 0
    for character in parameters:
        depth += (character in "([") - (character in ")]")
        if character == "," and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def doc(value):
    """The docstring as Markdown: parameters as a list, the result and errors as paragraphs, an
    example, which stands at the end, as code."""
    text, _, example = inspect.cleandoc(value.__doc__ or "").partition("\n\n>>> ")
    lines, listed = [], False
    for line in text.splitlines():
        before = lines[-1] if lines else ""
        # In the middle of a sentence a word with a colon is no parameter.
        about = PARAMETERS.match(line) if before[-1:] in ".:;" else None
        goes_on = listed and line.startswith(" ")  # the lines of a parameter are indented
        begins = (about and not listed) or (listed and line and not about and not goes_on)
        if (begins or line.startswith(("Raises ", "Returns "))) and before:
            lines.append("")
        listed = bool(about or goes_on)
        if about:
            names = ", ".join(f"`{name}`" for name in about[1].split(", "))
            lines.append(f"- {names}: {about[2]}")
        else:
            lines.append(f"  {line.strip()}" if listed and line else line)
    if example:
        lines += ["", "```pycon", f">>> {example}", "```"]
    return "\n".join(lines)


PARAMETERS = re.compile(r"([a-z_]+(?:, [a-z_]+)*): (.*)")


def entry(name, node, value, level=3):
    """Markdown of one name, and of what is public in a class."""
    yield f"{'#' * level} {name}\n"
    if isinstance(node, ast.ClassDef):
        made = [n for n in node.body if getattr(n, "name", "") == "__init__"]
        yield from (f"```text\n{signature(n, name).removesuffix(' -> None')}\n```\n" for n in made)
    elif node is not None:
        yield f"```text\n{signature(node, name)}\n```\n"
    yield doc(value) + "\n"
    for inner in node.body if isinstance(node, ast.ClassDef) else ():
        if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
            yield from member(name, inner, vars(value).get(inner.name))


def member(owner, node, value):
    if any(getattr(d, "id", "") == "property" for d in node.decorator_list):
        what = f"{node.name}: {shown(node.returns)}"
    else:
        what = signature(node, node.name)
    yield f"#### {owner}.{node.name}\n"
    yield f"```text\n{what}\n```\n"
    yield doc(getattr(value, "__func__", value)) + "\n"


def functions_of_math():
    """One line a function: those of Python's math in one list, then the others."""
    nodes, math = stub("math.pyi"), lutist.math
    own = [n for n in nodes if doc(getattr(math, n, None)) != f"math.{n}"]
    plain = [n for n in nodes if n not in own and n != "cbrt"]
    yield doc(math) + "\n"
    yield "As in Python's math: " + ", ".join(f"`{n}`" for n in sorted([*plain, "cbrt"])) + ".\n"
    for name in own:
        if name != "cbrt":
            yield f"- `{signature(nodes[name], name)}`: {doc(getattr(math, name))}"


def page():
    nodes = stub("__init__.pyi")
    yield INTRODUCTION
    for title, group in SECTIONS:
        yield f"## {title}\n"
        if isinstance(group, str):
            yield doc(importlib.import_module(f"lutist.{group}")) + "\n"
        for name in names_of(group):
            value = getattr(lutist, name)
            yield from entry(name, nodes.get(name), value if name != "MODES" else Modes)
    yield "## lutist.math\n"
    yield from functions_of_math()
    yield "\n## lutist.dask\n"
    yield doc(lutist.dask) + "\n"
    yield from entry("lutist.dask.batch", stub("dask/__init__.pyi")["batch"], lutist.dask.batch)


class Modes:
    """The ways to map pixels, by name. See python.md."""


if __name__ == "__main__":
    print("\n".join(page()).rstrip())
