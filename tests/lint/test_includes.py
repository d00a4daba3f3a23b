"""Who may include whom: a row a folder of host/, as docs/architecture.md says."""

import graphlib
import posixpath
import re

import pytest
from tree import expect_none, texts

# Beside itself. "kernels.h" is the one door to kernels/; cli is host/*.[ch] but main.c.
MAY_INCLUDE = {
    "main": {"cli", "base"},
    "cli": {"pipe", "base"},
    "cmd": {"cli", "bench", "python", "batch", "opencl", "pipe", "image", "base", "kernels.h"},
    "launcher": {"cli", "cmd", "bench", "viewer", "batch", "base"},
    "viewer": {"python", "opencl", "pipe", "image", "base"},
    "bench": {"opencl", "pipe", "image", "base", "kernels.h"},
    "python": {"batch", "opencl", "pipe", "image", "base"},
    "opencl": {"pipe", "image", "base"},
    "batch": {"pipe", "image", "base"},
    "pipe": {"image", "base", "kernels.h"},
    "image": {"base", "kernels.h"},
    "base": set(),
    "kernels": set(),
}
# The rooms of the window's parts.
PARTS = {
    "modes",
    "control",
    "turn",
    "remember",
    "session",
    "sidecar",
    "panel",
    "overlay",
    "keys",
    "widget",
    "load",
    "picture",
    "screen",
    "script",
    "save",
    "scope",
    "color",
    "edit",
    "export",
    "measure",
    "state",
    "paint",
    "fonts",
    "ui",
    "window",
    "x11",
}
# The rooms of a folder, which may include only these of each other; "" are its own files.
ROOMS = {
    "host/viewer": {
        "": {"action", "app", "keys", "measure"},
        # The app's events ask for actions, which change the app.
        "action": {"app"} | PARTS,
        "app": {"action", "tips"} | PARTS,
        "tips": {"app"} | PARTS,
        "overlay": {"keys", "picture", "scope", "turn", "widget", "state", "ui"},
        "scope": {"ui"},
        "modes": {"widget", "state", "ui"},
        "panel": {"control", "widget", "state", "ui"},
        "control": {"widget", "state", "ui"},
        "widget": {"keys", "state", "ui"},
        "keys": {"state"},
        "edit": {"panel"},
        "save": {"widget", "ui"},
        "load": {"color", "picture", "state"},
        "picture": {"screen", "scope", "turn"},
        "turn": {"screen"},
        "screen": {"scope"},
        "script": {"export", "picture"},
        "color": {"x11"},
        "export": set(),
        "measure": {"ui"},
        "state": set(),
        "ui": {"fonts"},
        "fonts": set(),
        "paint": {"ui"},
        "window": {"paint", "remember", "ui", "x11"},
        "x11": {"paint", "ui"},
        "remember": set(),
        "sidecar": {"panel"},
        "session": {"remember", "sidecar", "turn"},
    },
}
# Libraries that one folder keeps from all others: not even by way of another header.
KEPT = {
    # Headers in its rooms are private.
    r"Python\.h": r"host/python/(.*\.c|.+/.*\.h)|tests/unit/python/.*",
    r"(SDL2/)?SDL.*\.h": r"host/viewer/.*|host/image/sdl/.*|tests/unit/(viewer|frame|panel)/.*"
    r"|tests/fuzz/texts/fuzz_keys\.c",
    # Frames are recorded without a window, so that tests can lay them out without a display.
    r"(SDL2/)?SDL(_render|_ttf|_video)?\.h": r"host/viewer/(viewer\.c|app/.*|action/.*|tips/.*"
    r"|ui/font\.[ch]|paint/.*|window/.*)|host/image/sdl/.*"
    r"|tests/unit/viewer/test_app\.c|tests/unit/frame/.*",
    r".*intrin\.h": r"kernels/x86/.*",
    r"arm_neon\.h": r"kernels/arm/.*",
    r"fontconfig/.*": r"host/viewer/fonts/.*",
}
# What kernels may include: C11's headers, and the intrinsics that KEPT lets them have.
LIBC = re.compile(
    r"(assert|complex|ctype|errno|fenv|float|inttypes|iso646|limits|locale|math|setjmp|signal"
    r"|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|tgmath"
    r"|threads|time|uchar|wchar|wctype|.*intrin|arm_neon)\.h"
)
SEARCHED = "host", "kernels", "tests/unit", "tests/fuzz"
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.M)


def layer(name):
    """The row of MAY_INCLUDE that a file belongs to; None: a test, which may include all."""
    folder, *rest = name.split("/")
    if folder == "host":
        return rest[0] if len(rest) > 1 else "main" if rest == ["main.c"] else "cli"
    return folder if folder == "kernels" else None


def includes(name, sources):
    """Each include as (target, written, quoted); target is None for what is not ours."""
    for bracket, written in INCLUDE.findall(sources[name]):
        beside = [posixpath.dirname(name)] if bracket == '"' else []
        places = [posixpath.normpath(f"{at}/{written}") for at in (*beside, *SEARCHED)]
        target = next((place for place in places if place in sources), None)
        yield target, written, bracket == '"'


def may_include(own, target):
    theirs = "kernels.h" if target == "kernels/kernels.h" else layer(target)
    return layer(target) == own or theirs in MAY_INCLUDE[own]


def room(folder, name):
    """The room of a file below `folder`; "": it is the folder's own; None: it is elsewhere."""
    if not name.startswith(f"{folder}/"):
        return None
    return posixpath.dirname(name.removeprefix(f"{folder}/")).partition("/")[0]


def room_problems(name, graph):
    for folder, may_include in ROOMS.items():
        own = room(folder, name)
        for target, written, _ in graph[name] if own is not None else ():
            other = target and room(folder, target)
            if own not in may_include:
                yield f"{name}: {folder}/{own} has no row in ROOMS"
            elif other is not None and other not in may_include[own] | {own}:
                yield f"{name}: {folder}/{own} may not include {written}"


def layer_problems(name, graph):
    own = layer(name)
    if own and own not in MAY_INCLUDE:
        yield f"{name}: host/{own} has no row in MAY_INCLUDE"
        return
    for target, written, quoted in graph[name]:
        if quoted and not target:
            yield f"{name}: {written} is no file of ours; write <{written}>"
        elif own and target and not may_include(own, target):
            yield f"{name}: {own} may not include {written}"
        elif own == "kernels" and not target and not LIBC.fullmatch(written):
            yield f"{name}: kernels include libc and themselves, not {written}"


def way_to(library, name, graph, seen):
    """The chain of includes from a file to a library's header, or None."""
    seen.add(name)
    for target, written, _ in graph[name]:
        if not target and re.fullmatch(library, written):
            return [written]
        rest = target and target not in seen and way_to(library, target, graph, seen)
        if rest:
            return [written, *rest]
    return None


def library_problems(name, graph):
    for library, holders in KEPT.items():
        way = None if re.fullmatch(holders, name) else way_to(library, name, graph, set())
        if way:
            yield f"{name}: may not reach {way[-1]}: {' -> '.join(way)}"


def circle_problems(graph):
    """Files that include each other; a .c and its .h are one file here."""
    units = {}
    for name, found in graph.items():
        unit = units.setdefault(posixpath.splitext(name)[0], set())
        unit |= {posixpath.splitext(target)[0] for target, _, _ in found if target}
    try:
        graphlib.TopologicalSorter({a: b - {a} for a, b in units.items()}).prepare()
    except graphlib.CycleError as error:
        yield f"a circle of includes: {' <- '.join(error.args[1])}"


def problems(sources):
    graph = {name: list(includes(name, sources)) for name in sources}
    yield from circle_problems(graph)
    for name in graph:
        yield from layer_problems(name, graph)
        yield from room_problems(name, graph)
        yield from library_problems(name, graph)


def test_the_tree_keeps_the_include_rule():
    sources = {}
    for folder in "host/", "kernels/", "tests/":
        sources |= texts(".c", ".h", under=folder)
    assert len(sources) > 100
    expect_none(problems(sources))


def test_one_file_draws():
    drawing = re.compile(r"\bSDL_(Render[A-Z]|UpdateTexture)\w*")
    sources = texts(".c", ".h", under="host/viewer/")
    assert {name for name, text in sources.items() if drawing.search(text)} == {
        "host/viewer/paint/painter.c"
    }


GOOD = {
    "host/main.c": '#include "cli.h"\n',
    "host/cmd/cmd.h": '#include <jpeglib.h>\n#include "cli.h"\n',
    "host/launcher/any.c": '#include "cmd/cmd.h"\n#include "viewer/viewer.h"\n',
    "host/cli.h": "#include <stdbool.h>\n",
    "host/viewer/viewer.h": '#include "pipe/plan.h"\n#include "python/script.h"\n',
    "host/viewer/window/window.h": "#include <SDL.h>\n",
    "host/python/module/py.h": "#include <Python.h>\n",
    "host/python/script.h": '#include "batch/batch.h"\n',
    "host/python/script.c": '#include "python/script.h"\n\n#include "python/module/py.h"\n',
    "host/batch/batch.h": '#include "pipe/plan.h"\n',
    "host/bench/bench.c": '#include "kernels.h"\n',
    "host/pipe/plan.h": '#include "base/err.h"\n#include "kernels.h"\n',
    "host/base/err.h": "#include <stdarg.h>\n",
    "kernels/kernels.h": "#include <stddef.h>\n",
    "kernels/lut1d.h": '#include "kernels.h"\n',
    "kernels/x86/lut1d_avx2.c": '#include <immintrin.h>\n\n#include "lut1d.h"\n',
    "tests/unit/test_any.c": '#include "base/err.h"\n#include "kernels.h"\n',
}


def test_a_tree_that_keeps_the_rule_passes():
    assert list(problems(GOOD)) == []


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("host/base/err.h", '#include "image/image.h"', "base may not include image/image.h"),
        ("host/base/err.h", "#include <image/image.h>", "base may not include image/image.h"),
        ("host/image/a.c", '#include "pipe/plan.h"', "image may not include pipe/plan.h"),
        ("host/batch/a.c", '  #  include "kernels.h"', "batch may not include kernels.h"),
        ("host/pipe/a.c", '#include "lut1d.h"', "pipe may not include lut1d.h"),
        ("host/pipe/a.c", '#include "../batch/batch.h"', "pipe may not include"),
        ("host/batch/a.c", '#include "python/script.h"', "batch may not include"),
        ("host/bench/a.c", '#include "batch/batch.h"', "bench may not include"),
        ("host/python/a.c", '#include "viewer/viewer.h"', "python may not include"),
        (
            "host/viewer/state/shown.h",
            '#include "viewer/window/window.h"',
            "host/viewer/state may not include viewer/window/window.h",
        ),
        ("host/viewer/ui/a.c", '#include "viewer/viewer.h"', "may not include viewer/viewer.h"),
        ("host/viewer/hall/a.c", '#include "base/err.h"', "host/viewer/hall has no row in ROOMS"),
        ("host/viewer/a.c", '#include "batch/batch.h"', "viewer may not include"),
        ("host/viewer/a.c", '#include "cli.h"', "viewer may not include cli.h"),
        ("host/newly/a.c", "", "host/newly has no row"),
        ("kernels/a.c", '#include "base/err.h"', "kernels may not include base/err.h"),
        ("kernels/a.c", "#include <png.h>", "kernels include libc and themselves, not png.h"),
        ("kernels/a.c", "#include <immintrin.h>", "may not reach immintrin.h"),
        ("kernels/x86/a.c", "#include <arm_neon.h>", "may not reach arm_neon.h"),
        ("host/cli.h", '#include "python/module/py.h"', "Python.h: python/module/py.h ->"),
        ("host/python/script.h", '#include "python/module/py.h"', "may not reach Python.h"),
        ("host/batch/a.c", "#include <Python.h>", "may not reach Python.h"),
        ("host/cmd/cmd.h", '#include "viewer/window/window.h"', "may not reach SDL.h"),
        ("host/viewer/ui/ui.h", "#include <SDL.h>", "host/viewer/ui/ui.h: may not reach SDL.h"),
        ("host/main.c", '#include "viewer/viewer.h"', "main may not include viewer/viewer.h"),
        ("host/main.c", '#include "cmd/cmd.h"', "main may not include cmd/cmd.h"),
        ("host/cmd/a.c", '#include "viewer/viewer.h"', "cmd may not include viewer/viewer.h"),
        ("host/cli.h", '#include "cmd/cmd.h"', "cli may not include cmd/cmd.h"),
        ("tests/unit/test_any.c", "#include <SDL2/SDL.h>", "may not reach SDL2/SDL.h"),
        ("host/base/err.h", '#include "stdio.h"', "is no file of ours"),
        ("host/batch/batch.h", '#include "batch/back.h"', "host/batch/back <- host/batch/batch"),
    ],
)
def test_a_broken_rule_is_told(name, text, told):
    back = {"host/batch/back.c": '#include "batch/batch.h"'}
    sources = {**GOOD, **back, "host/batch/back.h": "", "host/image/image.h": "", name: text}
    assert any(told in problem for problem in problems(sources)), list(problems(sources))
