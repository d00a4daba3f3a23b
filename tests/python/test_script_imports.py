"""What a script imports: the modules beside it, whatever was loaded before."""

import importlib
import os
import pickle
import sys
import threading

import pytest

import lutist

LOOK = """
from lutist import pipeline
import helper

@pipeline
def develop():
    import lazy
    import pack.sub
    from pack import other
    from pack.deep import down as renamed
    found.append((helper.NAME, lazy.NAME, pack.sub.NAME, other.NAME, renamed.NAME))
    return None

found = []
"""
HELPERS = ("helper", "lazy", "pack/sub", "pack/other", "pack/deep/down")


@pytest.fixture
def look(script):
    """look(NAME) -> the path of a script among helpers that say NAME."""

    def make(name, source=LOOK):
        for helper in HELPERS:
            script(f"NAME = {name!r}\n", f"{name}/{helper}.py")
        script("", f"{name}/pack/__init__.py")
        script("", f"{name}/pack/deep/__init__.py")
        return script(source, f"{name}/film.py")

    return make


def seen(develop):
    """The one name that all its helpers say."""
    develop()
    found = develop.function.__globals__["found"]
    (name,) = set(found.pop())
    return name


def test_helpers_of_the_same_name_stay_apart(look):
    one, two = look("one"), look("two")
    looks = [lutist.load(path) for path in (one, two, one)]
    assert [seen(develop) for develop in looks] == ["one", "two", "one"]
    assert [seen(develop) for develop in reversed(looks)] == ["one", "two", "one"]


def test_late_imports_find_their_own_in_any_order(look):
    one, two = lutist.load(look("one")), lutist.load(look("two"))
    assert (seen(two), seen(one), seen(two)) == ("two", "one", "two")


def test_threads_find_their_own(look):
    looks = {name: lutist.load(look(name)) for name in ("one", "two")}
    wrong, start = [], threading.Barrier(4)

    def work(name):
        start.wait()
        for _ in range(50):
            importing = seen_by_thread(looks[name])
            if importing != name:
                wrong.append((name, importing))

    def seen_by_thread(develop):
        scope = {}
        exec("import helper, pack.sub", develop.function.__globals__, scope)
        return scope["helper"].NAME

    threads = [threading.Thread(target=work, args=(name,)) for name in ("one", "two") * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_package_may_wait_for_a_thread_that_imports(script, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    script(
        "import sys, threading\n"
        "thread = threading.Thread(target=sys.modules['late_of_film'].late, daemon=True)\n"
        "thread.start()\n"
        "thread.join(20)\n"
        "DONE = not thread.is_alive()\n",
        "packages/waits_for_a_thread.py",
    )
    script("", "film/helper.py")
    path = script(
        "import sys, types, lutist\n"
        "def late(): import helper\n"
        "sys.modules['late_of_film'] = types.SimpleNamespace(late=late)\n"
        "from waits_for_a_thread import DONE\n"
        "@lutist.pipeline\n"
        "def develop(): pass\n",
        "film/film.py",
    )
    try:
        assert lutist.load(path).function.__globals__["DONE"]
    finally:
        del sys.modules["late_of_film"], sys.modules["waits_for_a_thread"]


def test_a_module_beside_may_wait_for_a_thread_that_imports(script):
    for name in ("neighbour", "pack/__init__", "pack/part"):
        script("", f"film/{name}.py")
    script(
        "import threading\n"
        "def late():\n"
        "    import colorsys, neighbour, pack.part\n"
        "    done.append(True)\n"
        "done = []\n"
        "thread = threading.Thread(target=late, daemon=True)\n"
        "thread.start()\n"
        "thread.join(20)\n"
        "DONE = bool(done)\n",
        "film/helper.py",
    )
    path = script(
        "import lutist\nfrom helper import DONE\n@lutist.pipeline\ndef develop(): pass\n",
        "film/film.py",
    )
    assert lutist.load(path).function.__globals__["DONE"]


def load_in_threads(path, names):
    """Import names at once, each in a thread, as `path` does: {name: module or exception}."""
    scope, found = lutist.load(path).function.__globals__, {}

    def work(name):
        try:
            exec(f"import {name} as found", scope, own := {})
            found[name] = own["found"]
        except Exception as error:
            found[name] = error

    threads = [threading.Thread(target=work, args=(name,), daemon=True) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return found


MEET = "import threading\nboth = threading.Barrier(2)\n"
PLAIN = "import meet, lutist\n@lutist.pipeline\ndef develop(): pass\n"


def test_threads_that_import_a_circle_end(script):
    """Each has begun one module and asks for the other's."""
    script(MEET, "meet.py")
    for own, other in (("left", "right"), ("right", "left")):
        script(f"import meet\nmeet.both.wait(20)\nimport {other}\nNAME = {own!r}\n", f"{own}.py")
    found = load_in_threads(script(PLAIN), ["left", "right"])
    assert {name: module.NAME for name, module in found.items()} == {
        "left": "left",
        "right": "right",
    }


def test_a_circle_through_a_module_from_elsewhere_ends(script, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    script(
        "import sys\nsys.modules['meet'].both.wait(20)\n"
        "__builtins__ = sys.modules['meet'].__builtins__\n"
        "exec('import helper', {'__builtins__': __builtins__})\nNAME = 'far'\n",
        "packages/far_of_film.py",
    )
    script(MEET, "meet.py")
    script("import meet\nmeet.both.wait(20)\nimport far_of_film\nNAME = 'near'\n", "helper.py")
    try:
        found = load_in_threads(script(PLAIN), ["helper", "far_of_film"])
    finally:
        sys.modules.pop("far_of_film", None)
    assert found["helper"].NAME == "near" and found["far_of_film"].NAME == "far"


def test_a_thread_never_sees_half_a_module(script):
    script(MEET, "meet.py")
    script("import meet\nmeet.both.wait(20)\nSLOW = sum(range(200000))\n", "helper.py")
    script("import meet\nmeet.both.wait(20)\nimport helper\nSLOW = helper.SLOW\n", "asks.py")
    found = load_in_threads(script(PLAIN), ["helper", "asks"])
    assert found["helper"].SLOW == found["asks"].SLOW == sum(range(200000))


def test_helpers_import_their_own_too(script, tmp_path):
    for name in ("one", "two"):
        script("import second\nNAME = second.NAME\n", f"{name}/first.py")
        script(f"NAME = {name!r}\n", f"{name}/second.py")
        script(
            "from lutist import pipeline\nfrom first import NAME\n@pipeline\ndef develop(): pass\n",
            f"{name}/film.py",
        )
    paths = [tmp_path / name / "film.py" for name in ("one", "two", "one")]
    found = [lutist.load(path).function.__globals__["NAME"] for path in paths]
    assert found == ["one", "two", "one"]


def test_relative_imports_and_circles(script):
    script("from . import right\nNAME = 'left'\n", "pack/left.py")
    script("from . import left\nfrom .left import __name__ as other\n", "pack/right.py")
    script("from .left import NAME\n__all__ = ['left', 'right', 'NAME']\n", "pack/__init__.py")
    path = script(
        "from lutist import pipeline\nfrom pack import *\n@pipeline\ndef develop(): pass\n"
    )
    names = lutist.load(path).function.__globals__
    assert names["NAME"] == "left" and names["right"].other == "pack.left"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("import nothing_like_it", "No module named 'nothing_like_it'"),
        ("import plain.part", "No module named 'plain.part'; 'plain' is not a package"),
        ("from plain import missing", "cannot import name 'missing' from 'plain'"),
        ("import broken", "broken from the start"),
        ("from . import plain", "relative import|no package|__package__"),
    ],
)
def test_what_cannot_be_imported_says_so(script, line, words):
    script("", "plain.py")
    script("raise ImportError('broken from the start')\n", "broken.py")
    path = script(f"{line}\n")
    for _ in range(2):
        with pytest.raises(ImportError, match=words):
            lutist.load(path)
    assert "broken" not in sys.modules


def test_a_folder_of_that_name_hides_no_module(script):
    script("nothing", "zoneinfo/readme.txt")
    script("VALUE = 5\n", "parts/values.py")  # a package without __init__.py
    path = script(
        "import zoneinfo\nfrom parts.values import VALUE\nimport lutist\n"
        "@lutist.pipeline\ndef develop(): pass\n"
    )
    names = lutist.load(path).function.__globals__
    assert names["zoneinfo"].ZoneInfo and names["VALUE"] == 5


def test_the_script_s_own_module_goes_first(script):
    script("VALUE = 7\n", "colorsys.py")
    import colorsys

    path = script("import colorsys, lutist\n@lutist.pipeline\ndef develop(): pass\n")
    assert lutist.load(path).function.__globals__["colorsys"].VALUE == 7
    assert sys.modules["colorsys"] is colorsys


def test_a_reload_sees_edits(look, script):
    path = look("one")
    first = lutist.load(path)
    for helper in HELPERS:
        script("NAME = 'edited'\n", f"one/{helper}.py")
    importlib.invalidate_caches()
    assert (seen(lutist.load(path)), first.function.__globals__["helper"].NAME) == ("edited", "one")


def test_what_asks_sys_modules_finds_the_helpers(script):
    script("class Film:\n    pass\nSPEED = 1\n", "stock_of_film.py")
    path = script(
        "import importlib, lutist, stock_of_film\n@lutist.pipeline\ndef develop(): pass\n"
    )
    module = lutist.load(path).function.__globals__["stock_of_film"]
    assert type(pickle.loads(pickle.dumps(module.Film()))) is module.Film
    assert importlib.import_module("stock_of_film") is module
    assert importlib.reload(module) is module


def test_a_job_s_own_modules_are_shared(script, monkeypatch):
    path = script("SETTING = 1\n", "kit_of_the_job.py")
    monkeypatch.syspath_prepend(os.path.dirname(path))
    import kit_of_the_job

    kit_of_the_job.SETTING = 2
    film = script("import kit_of_the_job, lutist\n@lutist.pipeline\ndef develop(): pass\n")
    assert lutist.load(film).function.__globals__["kit_of_the_job"] is kit_of_the_job


def test_a_link_to_a_script_finds_what_lies_beside_its_target(look, tmp_path):
    link = tmp_path / "elsewhere" / "linked.py"
    link.parent.mkdir()
    link.symlink_to(look("one"))
    develop = lutist.load(link)
    assert (seen(develop), develop.script) == ("one", "linked")
