/* py_pixels — buffers of others read as pixels: copied, or used where they are.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_IMAGE_PY_PIXELS_H
#define LUTIST_PYTHON_IMAGE_PY_PIXELS_H

#include "python/module/py_state.h"

/* The views are made with PyBUF_STRIDES | PyBUF_FORMAT. */

/* The layout of uint8 or uint16 samples shaped (height, width) or (height, width,
 * channels). False: ValueError set. */
bool py_pixels_info(const Py_buffer *view, ImageInfo *info);
/* A new image. NULL: exception set. */
Image *py_pixels_copy(State *state, const Py_buffer *view, ImageInfo info);
/* Set *image to the buffer's own memory: for run_image alone, while the view is held;
 * no reference may be taken. False: its rows are in pieces, or not aligned; copy it. */
bool py_pixels_borrow(const Py_buffer *view, ImageInfo info, Image *image);

#endif
