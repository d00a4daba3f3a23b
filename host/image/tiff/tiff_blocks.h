/* tiff_blocks — metadata in a TIFF file's tags.
 *
 * ICC and XMP stand there as they are. Photoshop's resources lack the head that JPEG
 * gives them, and IPTC may stand beside or among them. EXIF is no block in a TIFF file:
 * what describes the picture stands in the main directory, and the rest in directories
 * of its own. Both are turned into a block of their own and back; a maker's notes go
 * along as bytes, and offsets inside them mean nothing any more. A thumbnail and other
 * directories of a block are left out.
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
bool tiff_blocks_put(const TiffFile *tiff, bool bigtiff, const ImageInfo *info,
                     const Meta *meta, Notes *notes, Err *err);

#endif
