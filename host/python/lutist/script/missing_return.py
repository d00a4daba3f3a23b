"""Does a function that returned None lack a return statement?

`return None` and no return have the same bytecode, so the source decides. Without a source, or
where the None may be meant, the answer is no.
"""

from functools import lru_cache

from .places import definition


def comes_to_its_end(function):
    """Can it end without a return, and can no return have given the None?"""
    try:
        return _open_ended(function.__code__)
    except (SyntaxError, ValueError, RecursionError):  # the file has been edited meanwhile
        return False


@lru_cache(maxsize=64)
def _open_ended(code):
    found = definition(code)
    return found is not None and _falls(found.body) and not _may_mean_none(found.body)


def _name(node):
    return type(node).__name__


def _falls(block):
    """Can control leave a list of statements at its end?"""
    return all(map(_goes_on, block))


def _goes_on(node):
    kind = _name(node)
    if kind in ("Return", "Raise", "Continue", "Break"):
        return False
    if kind == "If":
        return _falls(node.body) or _falls(node.orelse)
    if kind == "With":
        return _falls(node.body)
    if kind == "While":
        return not getattr(node.test, "value", False) or _breaks(node.body)
    if kind in ("Try", "TryStar"):
        ways = [[*node.body, *node.orelse], *(handler.body for handler in node.handlers)]
        return any(map(_falls, ways)) and _falls(node.finalbody)
    if kind == "Match":
        last = node.cases[-1]
        catches_all = _name(last.pattern) == "MatchAs" and not last.pattern.pattern
        if catches_all and not last.guard:
            return any(_falls(case.body) for case in node.cases)
    return True


def _own(block):
    """The statements of a block and those inside them, but not those of inner functions."""
    for node in block:
        if _name(node) in ("FunctionDef", "AsyncFunctionDef", "ClassDef"):
            continue
        yield node
        for part in ("body", "orelse", "finalbody"):
            yield from _own(getattr(node, part, ()))
        for inner in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            yield from _own(inner.body)


def _breaks(block):
    return any(_name(node) == "Break" for node in _own(block))


def _may_mean_none(block):
    """Is there a return without a value, of None, or of one thing or None?"""
    returns = (node.value for node in _own(block) if _name(node) == "Return")
    return any(value is None or _has_none(value) for value in returns)


def _has_none(value):
    if _name(value) == "IfExp":
        return _has_none(value.body) or _has_none(value.orelse)
    return _name(value) not in ("Call", "List", "Tuple", "ListComp")
