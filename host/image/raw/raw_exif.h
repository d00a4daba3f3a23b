/* raw_exif — EXIF for a raw file, by what LibRaw knows of it.
 *
 * For files that have no directories as TIFF has them.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_RAW_RAW_EXIF_H
#define LUTIST_IMAGE_RAW_RAW_EXIF_H

#include "image/meta/block.h"
#include "image/raw/libraw_library.h"

/* Camera, lens, exposure, aperture, ISO, focal length, time and artist, as far as they
 * are known. Fails: ERR_MEMORY. */
bool raw_exif_make(const libraw_data_t *raw, Block *exif, Err *err);

#endif
