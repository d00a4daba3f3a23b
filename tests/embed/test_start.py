"""What a start loads: no module that the run does not use."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

HEAVY = {
    "ast", "collections", "contextlib", "dataclasses", "enum", "functools", "importlib.util",
    "inspect", "opcode", "pathlib", "re", "site", "tokenize", "traceback", "types", "typing",
}  # fmt: skip
OURS = {
    "lutist", "lutist.arrays", "lutist.exception_notes", "lutist.pipeline", "lutist.stages",
    "lutist.surroundings", "lutist.values",
    "lutist.host", "lutist.host.exits", "lutist.host.late_site", "lutist.host.signals",
    "lutist.host.timers",
    "lutist.params", "lutist.params.annotated", "lutist.params.controls", "lutist.params.signature",
    "lutist.recording", "lutist.recording.operations", "lutist.recording.record",
    "lutist.recording.record_cache", "lutist.recording.symbol",
    "lutist.script", "lutist.script.data", "lutist.script.files_read", "lutist.script.loading",
    "lutist.script.regular", "lutist.script.sibling_imports",
}  # fmt: skip

LOOK = """\
import atexit, sys
from lutist import Annotated, Slider, pipeline, tone
atexit.register(lambda: print(*sys.modules))
{extra}

@pipeline
def look(gain: Annotated[float, Slider(0, 2)] = 0.5):
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
    assert {name for name in modules if name.partition(".")[0] == "lutist"} == OURS
    assert modules & HEAVY == set()


def test_an_annotation_without_typing(job):
    done = job(
        "import sys\n"
        "from lutist import Annotated\n"
        "sys.modules.pop('typing', None)\n"
        "light = Annotated[float, 1, 'two']\n"
        "print(light, light.__origin__, light.__metadata__, 'typing' in sys.modules)\n"
        "for odd in (list[int], 3), (Annotated[float, 1], 2):\n"
        "    import typing\n"
        "    print(Annotated[odd] == typing.Annotated[odd])\n"
        "try: Annotated[float]\n"
        "except TypeError as error: print(error)\n"
    )
    first, *same, refused = done.stdout.splitlines()
    assert first == "Annotated[float, 1, 'two'] <class 'float'> (1, 'two') False"
    assert same == ["True", "True"]
    assert refused.startswith("Annotated[...] should be used with at least two arguments")


def test_the_looks_need_no_typing():
    scripts = Path(__file__).resolve().parents[2] / "scripts"
    imports = [path.name for path in scripts.glob("*.py") if "typing" in path.read_text()]
    assert imports == []


def test_an_import_that_finds_nothing_runs_site(lutist, tmp_path):
    """Installed packages lie in folders that site knows."""
    extra = "try: import nothing_of_this_name\nexcept ImportError: print('none')"
    modules = loaded(lutist, tmp_path, extra)
    assert {"site", "none"} <= modules


def test_installed_packages_are_found(lutist, tmp_path):
    code = "from importlib.util import find_spec\nprint(find_spec('nothing_of_this_name'))\n"
    code += "print('at', *(p for p in sys.path if p.endswith('-packages')))"
    assert "at" in loaded(lutist, tmp_path, code)


@pytest.fixture
def alone(lutist_path, tmp_path):
    """The program's files, apart from the build: they can be damaged."""
    prefix = lutist_path.resolve().parent.parent
    for name in "bin/lutist", "lib/lutist/commands.so", "share/lutist/python/lutist.bundle":
        (tmp_path / name).parent.mkdir(parents=True)
        shutil.copy(prefix / name, tmp_path / name)
    return tmp_path


def start(alone):
    (alone / "job.py").write_text("import lutist; print(lutist.invert())")
    words = [alone / "bin/lutist", "run", "job.py"]
    return subprocess.run(words, cwd=alone, capture_output=True, text=True)


def test_a_start_needs_no_source(alone):
    done = start(alone)
    assert (done.stdout, done.stderr) == ("<lutist tone stage>\n", "")


def test_a_missing_bundle_is_told(alone):
    bundle = alone / "share/lutist/python/lutist.bundle"
    bundle.unlink()
    done = start(alone)
    assert (done.returncode, done.stdout) == (4, "")
    reason = "No such file or directory; install lutist again"
    assert done.stderr == f"lutist: {bundle}: {reason}\n"


@pytest.mark.parametrize("damage", [b"", b"\x01\x02\r\n" + bytes(100)], ids=["empty", "other"])
def test_a_bundle_of_another_python_is_told(alone, damage):
    bundle = alone / "share/lutist/python/lutist.bundle"
    bundle.write_bytes(damage)
    done = start(alone)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith(f"lutist: {bundle}: not made for Python 3.")


def test_a_cut_bundle_is_told(alone):
    bundle = alone / "share/lutist/python/lutist.bundle"
    bundle.write_bytes(bundle.read_bytes()[:5000])
    done = start(alone)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == f"lutist: {bundle}: it is damaged; install lutist again\n"


def test_lutist_s_own_modules_have_files_and_source_lines(job):
    done = job(
        "import inspect, lutist, lutist.host, traceback\n"
        "print(inspect.getsource(lutist.invert).splitlines()[0], lutist.host.__path__[0])\n"
        "try: lutist.threshold('a')\n"
        "except TypeError: traceback.print_exc()\n"
    )
    source, folder = done.stdout.split(": /")
    assert source == "def invert()" and folder.endswith("share/lutist/python/lutist/host\n")
    assert 'lutist/adjustments/curves.py", line' in done.stderr
    assert "cut = real(cut, " in done.stderr


def test_a_start_is_no_work_for_the_collector(job):
    """What a job leaves, in a circle or by name, is collected at the end, as ever: an object's
    last words find the job's names."""
    done = job(
        "import gc\n"
        "class Last:\n"
        "    def __init__(self): self.own = self\n"
        "    def __del__(self): print(WORD)\n"
        "WORD = 'collected'\n"
        "print(gc.isenabled(), gc.get_freeze_count() > 1000)\n"
        "Last()\n"
        "named = Last()\n"
    )
    assert (done.stdout, done.stderr) == ("True True\ncollected\ncollected\n", "")


def test_a_look_s_last_words_find_its_names(lutist, tmp_path):
    extra = "class Last:\n    def __del__(self): print(WORD)\nWORD, last = 'collected', Last()"
    assert "collected" in loaded(lutist, tmp_path, extra)
