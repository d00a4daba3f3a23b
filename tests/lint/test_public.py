"""The names of `import lutist` are documented in the source and declared in the stub."""

import ast

from tree import expect_none, read

PACKAGE = "host/python/lutist"
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


# Public, but not for `from lutist import *`: it would hide Python's own.
UNLISTED = {"math", "open"}


def assigned(module, name):
    """The literal that a module or a stub gives a name."""
    for node in module.body:
        if isinstance(node, ast.Assign) and node.targets[0].id == name:
            return ast.literal_eval(node.value)
    raise AssertionError(f"no {name}")


def exported(package):
    """The names in the package's __all__: those that it writes there, and those of _LATER."""
    later = (name for names in assigned(package, "_LATER").values() for name in names)
    return {*assigned(package, "__all__"), *later} - UNLISTED


def definitions(module):
    return {node.name: node for node in module.body if isinstance(node, DEFINITIONS)}


def homes(package):
    """(module, names) of what the package imports from its own modules, at once or later."""
    for node in package.body:
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            yield node.module, [alias.name for alias in node.names]
    yield from assigned(package, "_LATER").items()


def docstring_problems(package, module_of):
    """`module_of(name)` is the syntax tree of a module of the package. What comes from the C
    half, and has no source here, is looked at by tests/python."""
    wanted = {*exported(package), *UNLISTED}
    for home, names in homes(package):
        if home in wanted and not ast.get_docstring(module_of(home)):
            yield f"{home}: is public and has no docstring"
        found = definitions(module_of(home))
        for name in wanted.intersection(names):
            if name in found and not ast.get_docstring(found[name]):
                yield f"{home}.{name}: is public and has no docstring"


def declared(stub):
    """Names that a stub offers: what it defines or assigns without an underscore."""
    names = set(definitions(stub))
    for node in stub.body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names.update(target.id for target in targets)
        if isinstance(node, ast.ImportFrom):  # `import a as a` is how a stub passes a name on
            names.update(alias.asname for alias in node.names if alias.asname)
    return {name for name in names if not name.startswith("_")} - UNLISTED


def stub_problems(package, stub):
    public, stubbed = exported(package), declared(stub)
    yield from (f"{name}: in __all__, not in the stub" for name in sorted(public - stubbed))
    yield from (f"{name}: in the stub, not in __all__" for name in sorted(stubbed - public))
    listed = set(assigned(stub, "__all__"))
    yield from (f"{name}: in one __all__ alone" for name in sorted(public ^ listed))


def module(name):
    return ast.parse(read(f"{PACKAGE}/{name.replace('.', '/')}.py"))


def test_public_names_are_documented():
    assert len(exported(module("__init__"))) > 20
    expect_none(docstring_problems(module("__init__"), module))


def test_the_stub_declares_what_is_public():
    expect_none(stub_problems(module("__init__"), ast.parse(read(f"{PACKAGE}/__init__.pyi"))))


def test_a_missing_docstring_is_told():
    package = ast.parse(
        "from _lutist import Image\nfrom .a import One, _three\n"
        "_LATER = {'a': ('two',)}\n__all__ = ['Image', 'One', 'a']\n"
    )
    bare = ast.parse("class One: ...\ndef two(): ...\ndef _three(): ...\n")
    good = ast.parse('"A."\nclass One:\n    "One."\ndef two():\n    "Two."\ndef _three(): ...\n')
    assert sorted({*docstring_problems(package, lambda name: bare)}) == [
        "a.One: is public and has no docstring",
        "a.two: is public and has no docstring",
        "a: is public and has no docstring",
    ]
    assert list(docstring_problems(package, lambda name: good)) == []


def test_a_stub_that_differs_is_told():
    package = ast.parse("_LATER = {'a': ('two',)}\n__all__ = ['One', 'THREE']")
    stub = ast.parse(
        "_T = int\nclass One: ...\nclass _Four: ...\nTHREE: int\ndef two(): ...\n"
        "__all__ = ['One', 'THREE', 'two']\n"
    )
    assert list(stub_problems(package, stub)) == []
    stub = ast.parse("Path = str\nclass One: ...\nTHREE: int\n__all__ = ['One', 'THREE']\n")
    assert list(stub_problems(package, stub)) == [
        "two: in __all__, not in the stub",
        "Path: in the stub, not in __all__",
        "two: in one __all__ alone",
    ]
