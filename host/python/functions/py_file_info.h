/* py_file_info — what a picture's file says before its pixels are developed.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL, which is released while a file is read.
 */
#ifndef LUTIST_PYTHON_FUNCTIONS_PY_FILE_INFO_H
#define LUTIST_PYTHON_FUNCTIONS_PY_FILE_INFO_H

#include "python/module/py.h"

/* _lutist.file_info(path, max_pixels, max_metadata) -> (format, width, height,
 * channels, depth, {name: text}); the texts are EXIF's, as `lutist info` prints them.
 */
PyObject *py_file_info(PyObject *module, PyObject *args);
/* _lutist.file_histogram(path, max_pixels, max_metadata) -> a list of 256 counts a
 * channel, without alpha, of a reduced decoding where the format has one. */
PyObject *py_file_histogram(PyObject *module, PyObject *args);

#endif
