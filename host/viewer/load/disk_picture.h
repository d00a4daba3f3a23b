/* disk_picture — reads a picture that is larger than the memory for it into temporary
 * files, with all its halved sizes.
 *
 * Rows are decoded a band at a time; the halved sizes follow each band while it is in
 * memory, so the file is gone through once. What there is so far can be shown
 * meanwhile.
 * Threads: one at a time for each reader.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_DISK_PICTURE_H
#define LUTIST_VIEWER_LOAD_DISK_PICTURE_H

#include "image/reader.h"
#include "viewer/picture/pyramid.h"

typedef struct DiskReading {
    uint64_t memory; /* what the decoder may hold */
    Pool *pool;      /* may be NULL */
    Cancel *cancel;
    atomic_int *done; /* becomes the finished rows, of 1000 */
    /* Takes over a rough picture whose lower part is black, each time another eighth of
     * the rows is there. NULL: nobody wants it. */
    void (*take)(void *context, Pyramid *rough);
    void *context;
} DiskReading;

/* The picture of a reader of which nothing has been read. Fails: as reader_read and
 * disk_image_new; ERR_FILE where the decoder needs more memory. */
Pyramid *disk_picture_read(Reader *reader, const char *path, const DiskReading *how,
                           Err *err);

#endif
