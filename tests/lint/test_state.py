"""No state of the whole process but what is listed: interpreters and threads share it.

Read from the objects of a build, since a static inside a function is state, too.
"""

import re
import subprocess

from test_tools import build
from tree import expect_none, texts

LIBRARIES = "kernels", "engine", "py"
# What may change, and why that is sound for several interpreters, with and without a GIL.
STATE = {
    "cpu.c": {"cached"},  # atomic
    "kernels.c": {"tables"},  # filled while the library is loaded
    # Atomic, and the last one under stderr's lock.
    "log.c": {"level_now", "output_now", "sink_now", "status_stands"},
    "interrupt.c": {"self"},  # of the process's signals; the program alone watches them
    # A codec's functions, filled under the library's lock.
    "heif_library.c": {"all", "library"},
    "jxl_library.c": {"all", "library"},
    "lcms_library.c": {"all", "library"},
    "libraw_library.c": {"all", "library"},
    "openjpeg_library.c": {"all", "library"},
    "opencl_library.c": {"all", "library"},
    "device_list.c": {"reading"},  # a lock: drivers are made ready by one thread
    "sdl_library.c": {"all", "library"},
    "tiff_library.c": {"all", "library"},
    "webp_library.c": {"all", "library"},
}
# Tables that Python's types ask for without const, and do not change.
PYTHON_S = {"PyMethodDef", "PyGetSetDef", "PyType_Slot", "PyType_Spec", "PyModuleDef"}
PYTHON_S |= {"PyModuleDef_Slot", "char"}  # names of keywords
LINE = re.compile(r"^\S+ .{6}O (?P<section>\.(?:t?data|t?bss)\S*)\s+\S+\s+(?P<name>[\w.]+)$")


def variables(listing):
    """(source, name) of the writable variables in a listing of objdump -t."""
    source = ""
    for line in listing.splitlines():
        if match := re.match(r"^(\S+\.c)\.o:", line):
            source = match[1]
        found = LINE.match(line)
        if found and not found["section"].startswith((".data.rel.ro", ".tbss", ".tdata")):
            name = found["name"].partition(".")[0]
            if name:
                yield source, name


def is_python_s(source, name, texts):
    kinds = re.findall(
        rf"^\s*static (?:struct )?(\w+) \*?{name}\b(?:\[\])? = ", texts[source], re.M
    )
    return bool(kinds) and set(kinds) <= PYTHON_S


def test_no_other_variable_is_shared():
    sources = texts(".c", under="host/python/")
    by_name = {name.rpartition("/")[2]: text for name, text in sources.items()}
    found = set()
    for library in LIBRARIES:
        archive = build() / f"liblutist_{library}.a"
        done = subprocess.run(["objdump", "-t", archive], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        found |= set(variables(done.stdout))
    assert ("cpu.c", "cached") in found and ("py_module.c", "functions") in found
    expect_none(
        f"{source}: {name} is a variable of the whole process"
        for source, name in sorted(found)
        if name not in STATE.get(source, ())
        and not (source in by_name and is_python_s(source, name, by_name))
    )


def test_a_variable_is_found():
    listing = "\n".join(
        [
            "x.c.o:     file format elf64-x86-64",
            "0000000000000000 l     O .bss\t0000000000000004 counter.1",
            "0000000000000000 l     O .data.rel.ro.local\t0000000000000004 constant",
            "0000000000000000 l     O .data.rel.local\t0000000000000008 kept",
            "0000000000000000 l     O .tbss\t0000000000000004 depth",
            "0000000000000000 l    d  .bss\t0000000000000000 .bss",
        ]
    )
    assert list(variables(listing)) == [("x.c", "counter"), ("x.c", "kept")]
    assert is_python_s("x.c", "names", {"x.c": "    static char *names[] = {NULL};"})
    assert not is_python_s("x.c", "kept", {"x.c": "static PyObject *kept = NULL;"})
