"""The rows of `lutist bench kernels`: lutist's C without Python around it."""

import json
import os
import subprocess
import tempfile
from pathlib import Path

# The rows that are copies, as the program that made them and its call.
COPIES = {"memcpy": ("memcpy", "memcpy"), "stream_copy": ("streaming copy", "stream_copy")}


def run(program, megapixels=None):
    """The object that it writes as JSON. Raises subprocess.CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kernels.json"
        command = [program, "bench", "kernels", "--verify", "--json", path]
        command += ["--megapixels", str(megapixels)] if megapixels else []
        env = {**os.environ, "OCL_ICD_VENDORS": "/dev/null/none"}  # no device's rows
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=env)
        data = json.loads(path.read_text())
    return {**data, "rows": [row for row in data["rows"] if row["mode"] != "opencl"]}


def fastest_copy(row, limit):
    """The limit for the rows that follow: each measurement begins with memcpy."""
    if row["op"] == "memcpy":
        return row
    return row if row["op"] == "stream_copy" and row["ms"] < limit["ms"] else limit


def mean_rows(before, after):
    """Of two runs: the mean of their medians, the better of their best times, and the ratios to
    the copies that follow."""
    rows, copy, limit = [], None, None
    for one, other in zip(before["rows"], after["rows"], strict=True):
        row = {**one, "ms": (one["ms"] + other["ms"]) / 2}
        row["ms_min"] = min(one["ms_min"], other["ms_min"])
        copy = row if row["op"] == "memcpy" else copy
        limit = fastest_copy(row, limit)
        if row["memcpy_ratio"]:
            row["memcpy_ratio"] = copy["ms"] / row["ms"]
            row["limit_ratio"] = limit["ms"] / row["ms"]
        program, call = COPIES.get(row["op"], (f"lutist {before['version']}", "kernel"))
        rows.append({"program": program, "call": call, "result": "reused", **row})
    return rows


class Kernels:
    """The rows by what they measured, each with the copies that were measured beside it."""

    def __init__(self, rows, cores):
        self.cores = cores
        self.rows = {}
        copies = []
        for row in rows:
            if row["op"] in COPIES:
                copies = [row] if row["op"] == "memcpy" else [*copies, row]
            else:
                self.rows[self._key(row)] = row, copies

    @staticmethod
    def _key(row):
        return row["op"], row["pixel"], row["tables"], row["threads"]

    def _found(self, key, threads):
        return self.rows.get((*key, threads or self.cores), (None, []))

    def row(self, *key, threads=None):
        """The row of (op, pixel, tables), on all cores unless told; None where there is none."""
        return self._found(key, threads)[0]

    def copies(self, *key, threads=None):
        """The rows of the copies beside that row."""
        return self._found(key, threads)[1]

    def limit(self, *key, threads=None):
        """The faster copy beside that row; None where there is none."""
        return min(self.copies(*key, threads=threads), key=lambda row: row["ms"], default=None)

    def of_task(self, key):
        """The rows of (op, pixel, tables), by the number of threads."""
        return [row for (*found, _), (row, _) in self.rows.items() if tuple(found) == key]

    def streams_of_task(self, key):
        """The streaming copies beside those rows, as rows of the task."""
        op, _, tables = key
        return [
            {**row, "op": op, "tables": tables}
            for kernel in self.of_task(key)
            for row in self.copies(*key, threads=kernel["threads"])
            if row["op"] == "stream_copy"
        ]
