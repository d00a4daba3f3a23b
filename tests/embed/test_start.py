"""What a start loads: no module that the run does not use."""

import numpy as np
from PIL import Image

HEAVY = {
    "ast", "collections", "contextlib", "dataclasses", "enum", "functools", "importlib.util",
    "inspect", "opcode", "pathlib", "re", "site", "tokenize", "traceback", "types", "typing",
}  # fmt: skip

LOOK = """\
import atexit, sys
from lutist import Slider, pipeline, tone
atexit.register(lambda: print(*sys.modules))
{extra}

@pipeline
def look(gain: Slider(0, 2) = 0.5):
    return tone(lambda x: x * gain)
"""


def loaded(lutist, tmp_path, extra=""):
    """The modules at the end of a batch of one file."""
    (tmp_path / "look.py").write_text(LOOK.format(extra=extra))
    Image.fromarray(np.zeros((4, 4, 3), np.uint8)).save(tmp_path / "a.jpg")
    words = "batch a.jpg -s ./look.py -o out -q"
    done = lutist(*words.split(), env={"VIRTUAL_ENV": ""})
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_a_batch_loads_what_it_uses(lutist, tmp_path):
    modules = loaded(lutist, tmp_path)
    assert "lutist.stages" in modules
    assert modules & HEAVY == set()


def test_an_import_that_finds_nothing_runs_site(lutist, tmp_path):
    """Installed packages lie in folders that site knows."""
    extra = "try: import nothing_of_this_name\nexcept ImportError: print('none')"
    modules = loaded(lutist, tmp_path, extra)
    assert {"site", "none"} <= modules


def test_installed_packages_are_found(lutist, tmp_path):
    code = "from importlib.util import find_spec\nprint(find_spec('nothing_of_this_name'))\n"
    code += "print('at', *(p for p in sys.path if p.endswith('-packages')))"
    assert "at" in loaded(lutist, tmp_path, code)
