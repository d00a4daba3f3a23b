/* disk_image — an image whose pixels lie in a temporary file, mapped into memory.
 *
 * It reads and writes as any other. The system writes its pages to the disk and reads
 * them again as they are needed; what this process has touched counts as its memory
 * until it is forgotten. The file has no name, so that it goes with its last user. It
 * lies in $TMPDIR, else in lutist's folder of $XDG_CACHE_HOME (~/.cache), else in
 * /var/tmp.
 * Threads: as an image.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_DISK_IMAGE_H
#define LUTIST_IMAGE_DISK_IMAGE_H

#include "image/image.h"

/* Pixels are zeros; their place on the disk is reserved. Fails: ERR_FILE where the disk
 * is full or no file can be made, with the folder and what to do; ERR_MEMORY. */
Image *disk_image_new(ImageInfo info, Err *err);
/* The same, or an image in memory. */
Image *disk_image_or_memory(ImageInfo info, bool disk, Err *err);
static inline bool disk_image_is(const Image *image)
{
    return image->mapped > 0;
}
/* How many rows from `y` on to go through before they are forgotten; of an image in
 * memory all that are left. */
int disk_image_rows(const Image *image, int y);
/* Let the pages of these rows go from this process: they keep their pixels. An image in
 * memory stays as it is. */
void disk_image_forget(const Image *image, int y, int rows);

#endif
