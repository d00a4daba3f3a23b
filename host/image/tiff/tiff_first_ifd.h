/* tiff_first_ifd — a check of a TIFF file's first directory, before libtiff allocates
 * its strips.
 *
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_TIFF_TIFF_FIRST_IFD_H
#define LUTIST_IMAGE_TIFF_TIFF_FIRST_IFD_H

#include "image/codec/source.h"

/* Check the size and kind of the first picture. The file is at its start afterwards.
 * Fails: ERR_FILE where the file is damaged, too large, or a camera's raw file. */
bool tiff_first_ifd(const Source *source, Err *err);
/* Is it a camera's raw file? The file's position moves. */
bool tiff_first_ifd_is_raw(const Source *source);

#endif
