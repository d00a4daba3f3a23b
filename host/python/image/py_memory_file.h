/* py_memory_file — a file in memory, for the bytes of image files.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_IMAGE_PY_MEMORY_FILE_H
#define LUTIST_PYTHON_IMAGE_PY_MEMORY_FILE_H

#include <stdio.h>

#include "python/module/py.h"

/* A new file, empty, for reading and writing; NULL: exception set. */
FILE *py_memory_file_open(void);

#endif
