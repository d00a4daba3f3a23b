"""The environment after a script's code: as it was before. Loaded where a script has changed it."""

import os


def restore(entries):
    """os.environ, and with it the process's, as the bytes b"NAME=VALUE" tell."""
    before = dict(entry.split(b"=", 1) for entry in reversed(entries) if b"=" in entry)
    for name in {*os.environb} - {*before}:
        del os.environb[name]
    for name, value in before.items():
        if os.environb.get(name) != value:
            os.environb[name] = value
