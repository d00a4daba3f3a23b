/* heif_blocks — the metadata of a HEIF picture.
 *
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_HEIF_HEIF_BLOCKS_H
#define LUTIST_IMAGE_HEIF_HEIF_BLOCKS_H

#include "image/codec/source.h"
#include "image/heif/heif_library.h"
#include "image/meta/meta.h"

/* ICC profile, or the colour space that is declared by numbers (nclx); EXIF, whose
 * orientation becomes 1, because libheif applies the file's own; XMP. Notes tell of
 * an alpha channel that libheif does not find. Fails: ERR_MEMORY, ERR_CANCELLED. */
bool heif_blocks_take(const HeifLibrary *lib, const struct heif_image_handle *picture,
                      const Source *source, Meta *meta, Err *err);

#endif
