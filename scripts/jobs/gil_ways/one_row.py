"""One row in a process of its own: one_row.py KEY SETTINGS RESULT, started by runner.py.

SETTINGS is JSON, RESULT the file that gets the row's JSON. Imports wait for main(), because
multiprocessing's workers run this file again when they start.
"""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])  # where the package gil_ways lies


def main():
    import json

    from gil_ways.measure import Missing, Wrong
    from gil_ways.rows.listing import all_rows

    key, settings, result = sys.argv[1], json.loads(sys.argv[2]), Path(sys.argv[3])
    (row,) = (row for row in all_rows(settings["cores"]) if row.key == key)
    try:
        answer = row.work(settings)
    except Missing as reason:
        answer = {"skipped": str(reason)}
    except Wrong as error:
        answer = {"failed": str(error)}
    except Exception as error:
        answer = {"failed": f"{type(error).__name__}: {error}"}
    result.write_text(json.dumps(answer))


if __name__ == "__main__":
    main()
