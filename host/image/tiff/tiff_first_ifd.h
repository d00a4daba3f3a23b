/* tiff_first_ifd — a TIFF file's first directory, before libtiff makes room for its
 * strips.
 *
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_TIFF_TIFF_FIRST_IFD_H
#define LUTIST_IMAGE_TIFF_TIFF_FIRST_IFD_H

#include "image/codec/source.h"

/* Is it of a picture that may be read? Fails: ERR_FILE for what is damaged or too
 * large, and for a camera's raw file. The file is at its start afterwards. */
bool tiff_first_ifd(const Source *source, Err *err);

#endif
