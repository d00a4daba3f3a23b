/* py_cube — 3D tables for lutist.cubes: capsules, each with a reference to a Cube.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_CURVE_PY_CUBE_H
#define LUTIST_PYTHON_CURVE_PY_CUBE_H

#include "pipe/cube/cube.h"
#include "python/module/py.h"

/* The cube in a capsule, borrowed; NULL: exception set. */
const Cube *py_cube_of(PyObject *capsule);

/* _lutist.cube(values, size, name, old) -> capsule: a copy of size³ triples of float32
 * or float64, C-contiguous, red's index fastest; `old`, a capsule or None, where that
 * has the same values. */
PyObject *py_cube_copy(PyObject *module, PyObject *args);
/* _lutist.read_cube(path) -> (cube, shaped, curves, points). `cube` is a capsule, or
 * None where the file has curves alone; `curves` is (red, green, blue, lo, hi), the
 * bytes of float64 and the triples of their domain, or None; `shaped` is a capsule of
 * the cube behind the curves where there are both, else None. `points` tells how large
 * all is. */
PyObject *py_cube_read(PyObject *module, PyObject *args);

#endif
