/* tiff_blocks — metadata in a TIFF file's tags.
 *
 * ICC and XMP are tags as they are. Photoshop's resources lack JPEG's head, and IPTC
 * may stand beside or among them. EXIF is no block in a TIFF file: fields about the
 * picture stand in the main directory, the others in directories of their own. All of
 * them become a block, and a block becomes such directories. A maker's notes stay at
 * their offset if that is near the beginning of the file, since those inside them count
 * on it. A thumbnail and other directories are left out. What tells where on the earth
 * a picture lies (GeoTIFF) is a block of its own.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_TIFF_TIFF_BLOCKS_H
#define LUTIST_IMAGE_TIFF_TIFF_BLOCKS_H

#include "image/ifd/ifd.h"
#include "image/image.h"
#include "image/tiff/tiff_file.h"

/* Of the file's main directory. The orientation becomes a part of the EXIF block.
 * Fails: ERR_FILE where the file ends before a value does, ERR_MEMORY; also look at
 * source->starved. */
bool tiff_blocks_take(IfdSource *source, const Ifd *ifd, Meta *meta, Notes *notes,
                      Err *err);
/* Before the first strip is written; NULL meta is fine. libtiff's complaints are seen
 * by tiff_file_check. Fails: ERR_MEMORY. */
bool tiff_blocks_put(const TiffFile *tiff, bool bigtiff, const Meta *meta, Notes *notes,
                     Err *err);

#endif
