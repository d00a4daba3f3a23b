"""The rows of `lutist bench kernels`: lutist's C without Python around it."""

import json
import subprocess
import tempfile
from pathlib import Path


def run(program, megapixels=None):
    """The object that it writes as JSON. Raises subprocess.CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kernels.json"
        command = [program, "bench", "kernels", "--verify", "--json", path]
        command += ["--megapixels", str(megapixels)] if megapixels else []
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return json.loads(path.read_text())


def mean_rows(before, after):
    """Of two runs: the mean of their medians, the better of their best times, and the ratio to
    memcpy that follows."""
    rows, copy = [], None
    for one, other in zip(before["rows"], after["rows"], strict=True):
        row = {**one, "ms": (one["ms"] + other["ms"]) / 2}
        row["ms_min"] = min(one["ms_min"], other["ms_min"])
        copy = row if row["op"] == "memcpy" else copy
        if row["memcpy_ratio"]:
            row["memcpy_ratio"] = copy["ms"] / row["ms"]
        name = ("memcpy", "memcpy") if row is copy else (f"lutist {before['version']}", "kernel")
        rows.append({"program": name[0], "call": name[1], "result": "reused", **row})
    return rows


class Kernels:
    """The rows by what they measured; each follows its own memcpy."""

    def __init__(self, rows, cores):
        self.cores = cores
        self.rows = {}
        copy = None
        for row in rows:
            copy = row if row["op"] == "memcpy" else copy
            self.rows[self._key(row)] = row, copy

    @staticmethod
    def _key(row):
        return row["op"], row["pixel"], row["tables"], row["threads"]

    def row(self, *key, threads=None):
        """The row of (op, pixel, tables), on all cores unless told; None where there is none."""
        return self.rows.get((*key, threads or self.cores), (None, None))[0]

    def copy(self, *key, threads=None):
        """The memcpy beside that row."""
        return self.rows.get((*key, threads or self.cores), (None, None))[1]
