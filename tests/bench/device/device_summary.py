"""What gpu.sh prints: the device, its own copy, and each kernel beside it.

    lutist run device_summary.py KERNELS.json DEVICES

DEVICES has the lines of `lutist doctor` for OpenCL.
"""

import json
import re
import sys
from pathlib import Path


def rate(size, ms):
    """Gigabytes a second, read and written."""
    return round(2 * size / ms / 1e6, 2)


def about(row, data):
    """A kernel's row."""
    size = row["samples"] * (2 if row["pixel"].startswith("u16") else 1)
    native = min(
        (other["ms"] for other in data["rows"] if same_look(other, row)),
        default=None,
    )
    return {
        **{key: row[key] for key in ("op", "pixel", "tables", "worst", "same_bits")},
        "kernel_ms": row["ms"],
        "copy_ms": row.get("device_copy_ms"),
        "of_copy": row["memcpy_ratio"],
        "kernel_gb_per_s": row["ms"] and rate(size, row["ms"]),
        "copy_gb_per_s": row["ms"] and rate(size, row["device_copy_ms"]),
        "tables_sent_ms": row["tables_sent_ms"],
        "all_sent_ms": row["all_sent_ms"],
        "processor_ms": native,
        **({"reason": row["reason"]} if "reason" in row else {}),
    }


def same_look(other, row):
    keys = "op", "pixel", "tables"
    return other["mode"] != "opencl" and all(other[key] == row[key] for key in keys)


def summary(data, devices):
    rows = [row for row in data["rows"] if row["mode"] == "opencl"]
    lines = [line for line in devices.splitlines() if f": {rows[0]['device']} (" in line]
    units, memory = re.search(r"(\d+) units?, ([\d.]+) GB", lines[0]).groups()
    kernels = [about(row, data) for row in rows]
    bytes_alone = [row for row in kernels if row["op"] == "lut1d" and row["pixel"][:3] == "u8x"]
    return {
        "lutist": data["version"],
        "device": rows[0]["device"],
        "driver": rows[0]["driver"],
        "units": int(units),
        "memory_gb": float(memory),
        "cpu": data["cpu"],
        "cores": data["cores"],
        "megapixels": round(rows[0]["samples"] / int(rows[0]["pixel"][-1]) / 1e6, 2),
        "verified": len(kernels),
        "least_of_copy_u8_tables": min(row["of_copy"] for row in bytes_alone if row["of_copy"]),
        "kernels": kernels,
    }


def main():
    data = json.loads(Path(sys.argv[1]).read_text())
    print(json.dumps(summary(data, Path(sys.argv[2]).read_text()), indent=1))


if __name__ == "__main__":
    main()
