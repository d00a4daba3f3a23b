"""What `import lutist` offers: help() has something to say, and the stubs say the same."""

import ast
import inspect
import math
from pathlib import Path

import pytest

import lutist

HERE = Path(lutist.__file__).parent


def public():
    found = {name: getattr(lutist, name) for name in [*lutist.__all__, "math", "open"]}
    for owner in (lutist.Image, lutist.Pipeline, lutist.Report):
        found.update({f"{owner.__name__}.{k}": v for k, v in vars(owner).items() if k[0] != "_"})
    return found


def test_every_public_name_is_documented():
    found = public()
    assert {"Image.save", "Image.metadata", "Pipeline.apply", "open"} <= set(found)
    assert [name for name, value in found.items() if not value.__doc__] == []


def test_a_star_import_leaves_pythons_own_names_alone():
    names = {}
    exec("import math\nfrom lutist import *", names)
    assert names.pop("math") is math and lutist.math is not math
    hidden = set(vars(__builtins__) if inspect.ismodule(__builtins__) else __builtins__)
    del names["__builtins__"]
    assert names.keys() & hidden == set()
    assert names["tone"] is lutist.tone


def test_the_version_is_the_programs():
    assert lutist.__version__.count(".") == 2


# Of a type made in C these are the interpreter's own, if they are there at all.
SLOTS = {"__eq__", "__buffer__"}


def functions(stub):
    """(name, definition) of the functions of a stub, methods as CLASS.NAME."""
    for node in ast.parse(stub.read_text()).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and inner.name not in SLOTS:
                    yield f"{node.name}.{inner.name}", inner


def is_property(node):
    return any(getattr(item, "id", "") == "property" for item in node.decorator_list)


def declared(node):
    """[(name, kind, has it a default)] of a definition."""
    arguments, P = node.args, inspect.Parameter
    placed = [*((a, P.POSITIONAL_ONLY) for a in arguments.posonlyargs)]
    placed += [(a, P.POSITIONAL_OR_KEYWORD) for a in arguments.args]
    bare = len(placed) - len(arguments.defaults)
    found = [(a.arg, kind, i >= bare) for i, (a, kind) in enumerate(placed)]
    if arguments.vararg:
        found.append((arguments.vararg.arg, P.VAR_POSITIONAL, False))
    for a, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        found.append((a.arg, P.KEYWORD_ONLY, default is not None))
    if arguments.kwarg:
        found.append((arguments.kwarg.arg, P.VAR_KEYWORD, False))
    return found


def real(function):
    signature = inspect.signature(function)
    return [(p.name, p.kind, p.default is not p.empty) for p in signature.parameters.values()]


def resolve(module, name):
    value = module
    for part in name.split("."):
        value = inspect.getattr_static(value, part)
    return value


def without_self(parameters):
    return [p for p in parameters if p[0] not in ("self", "cls", "type")]


@pytest.mark.parametrize(
    ("module", "stub"),
    [(lutist, HERE / "__init__.pyi"), (lutist.math, HERE / "math.pyi")],
    ids=["lutist", "lutist.math"],
)
def test_stubs_and_signatures_agree(module, stub):
    checked, differ = 0, []
    for name, node in functions(stub):
        value = resolve(module, name)
        if is_property(node):
            if not inspect.isdatadescriptor(value):
                differ.append(f"{name}: is no property")
            continue
        if isinstance(value, (classmethod, staticmethod)):
            value = value.__func__
        if isinstance(value, type(vars(dict)["fromkeys"])):  # a classmethod in C
            value = getattr(lutist.Image, name.rpartition(".")[2])
        checked += 1
        if without_self(real(value)) != without_self(declared(node)):
            differ.append(f"{name}{inspect.signature(value)} is not as in the stub")
    assert differ == []
    assert checked > 20


def test_the_stub_has_all_of_an_image():
    found = {name.partition(".")[2] for name, _ in functions(HERE / "__init__.pyi")}
    assert {name for name in vars(lutist.Image) if name[0] != "_"} <= found


def test_defaults_of_stubs_are_the_real_ones():
    """Where a stub gives a value, and not `...`."""
    for name, node in functions(HERE / "__init__.pyi"):
        value = resolve(lutist, name)
        if not callable(value):
            continue
        parameters = inspect.signature(value).parameters
        arguments = [*node.args.posonlyargs, *node.args.args]
        pairs = [*zip(reversed(arguments), reversed(node.args.defaults), strict=False)]
        pairs += zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        for argument, default in pairs:
            if default is not None and getattr(default, "value", ...) is not ...:
                want = ast.literal_eval(default)
                assert parameters[argument.arg].default == want, (name, argument.arg)


def test_dir_lists_what_is_imported_later():
    assert {*lutist.__all__, "math", "open"} <= {*dir(lutist)}
    assert lutist.math.__name__ == "lutist.math" and lutist.where is lutist.math.where


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'lutist' has no attribute 'bath'"):
        lutist.bath  # noqa: B018
    with pytest.raises(ImportError, match="cannot import name 'bath' from 'lutist'"):
        from lutist import bath  # noqa: F401
