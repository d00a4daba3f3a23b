"""Where a script defines a function or its presets, and errors that name that line.

An error about what a function has returned finds no frame of the script on the stack any more.
raise_at() makes one, so that a traceback and a line for a status bar name the place as they name
that of any other exception.
"""

import ast
import linecache


def _tree(path):
    return ast.parse("".join(linecache.getlines(path)))


def definition(code):
    """The `def` of a code object in its file, or None. Raises SyntaxError, ValueError and
    RecursionError for a file that has been edited meanwhile."""
    for node in ast.walk(_tree(code.co_filename)):
        if isinstance(node, ast.FunctionDef) and node.name == code.co_name:
            first = min([node.lineno, *(item.lineno for item in node.decorator_list)])
            if first == code.co_firstlineno:
                return node
    return None


def line_of(function):
    """The line of its `def`; that of its first decorator where the source cannot be read."""
    try:
        node = definition(function.__code__)
    except (SyntaxError, ValueError, RecursionError):
        node = None
    return node.lineno if node else function.__code__.co_firstlineno


def line_of_preset(path, name):
    """The line of a preset in the script's text, or that of `presets`; None: neither is found."""
    try:
        body = _tree(path).body
    except (SyntaxError, ValueError, RecursionError):
        return None
    found = [node for node in body if "presets" in _bound(node)]
    if not found:
        return None
    keys = getattr(getattr(found[-1], "value", None), "keys", ())
    lines = [key.lineno for key in keys if isinstance(key, ast.Constant) and key.value == name]
    return lines[-1] if lines else found[-1].lineno


def _bound(node):
    """The names that an assignment or an import gives a value."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [alias.asname or alias.name for alias in node.names]
    targets = getattr(node, "targets", [getattr(node, "target", None)])
    return [target.id for target in targets if isinstance(target, ast.Name)]


def raise_at(path, line, name, builtins, error):
    """Raise the error in a frame of that line, as if the code of that name had."""
    tree = ast.parse("raise error")
    text = linecache.getline(path, line).rstrip()
    for node in ast.walk(tree):
        if hasattr(node, "lineno"):  # the whole line, which is shown without marks below it
            node.lineno = node.end_lineno = line
            node.col_offset = len(text) - len(text.lstrip())
            node.end_col_offset = len(text.encode())
    code = compile(tree, path, "exec").replace(co_name=name)
    exec(code, {"error": error.with_traceback(None), "__builtins__": builtins})
