"""All rows, in the order of the table."""

from fnmatch import fnmatch

from . import cpu_native, cpu_python, cpu_tools, data, image, interpreters, numpy_rows

MODULES = (cpu_python, interpreters, cpu_native, cpu_tools, data, numpy_rows, image)


def all_rows(cores):
    """Grouped, a row's base and origin before it."""
    listed = [row for module in MODULES for row in module.rows(cores)]
    groups = list(dict.fromkeys(row.group for row in listed))
    return sorted(listed, key=lambda row: groups.index(row.group))


def matches(row, pattern, keys):
    """A key in full means that row alone."""
    if pattern in keys:
        return row.key == pattern
    names = (row.key.lower(), row.group.lower(), row.strategy.lower())
    return any(fnmatch(name, pattern) or pattern in name for name in names)


def chosen(rows, patterns):
    """Rows that match one of the patterns, and the rows that these compare with."""
    if not patterns:
        return rows
    keys = {row.key for row in rows}
    lower = [pattern.lower() for pattern in patterns]
    wanted = {r.key for r in rows if any(matches(r, pattern, keys) for pattern in lower)}
    needed = {key for r in rows if r.key in wanted for key in (r.base, r.origin)}
    return [row for row in rows if row.key in wanted | needed]
