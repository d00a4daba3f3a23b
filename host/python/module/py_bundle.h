/* py_bundle — lutist's Python half, as one file of compiled code.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_MODULE_PY_BUNDLE_H
#define LUTIST_PYTHON_MODULE_PY_BUNDLE_H

#include "python/module/py.h"

/* From now on `import lutist` finds the package, whose bundle and sources lie in
 * `folder`. Fails: ERR_ENV (the bundle cannot be read),
 * ERR_MEMORY. */
bool py_bundle_install(const char *folder, Err *err);

#endif
