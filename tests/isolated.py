"""The processes of isolated scripts."""

from pathlib import Path


def processes(name="lutist-isolate"):
    found = set()
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if entry.read_bytes().split(b"\0")[0].decode() == name:
                found.add(int(entry.parent.name))
        except OSError:
            continue
    return found


def children(pid):
    """The script's processes of a host."""
    wanted = str(pid).encode()
    found = set()
    for child in processes():
        try:
            if Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")[1] == wanted:
                found.add(child)
        except OSError:
            continue
    return found
