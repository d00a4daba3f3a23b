/* py_module — the `_lutist` module, the C half of `import lutist`.
 *
 * Threads: Python's main thread, before Python starts.
 * Python:  see each function.
 */
#ifndef LUTIST_PYTHON_MODULE_PY_MODULE_H
#define LUTIST_PYTHON_MODULE_PY_MODULE_H

#include "python/module/py.h"

/* For PyImport_AppendInittab; Python calls it with the GIL held. */
PyMODINIT_FUNC PyInit__lutist(void);

#endif
